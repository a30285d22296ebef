/// Facts that many accounts share: who works where, which firms and certificates stand. Folded
/// first, in one pass over the few events that make them, and given to every account's fold and to
/// every decision.
///
/// Nothing in it is concluded: rows keep their position and their days, and every question names a
/// day. How much was known is `known`. Units, people and firms are told apart by keys of their ids;
/// with the few thousand ids that a house has, two share a key with a chance of 10^-12.
package struct House: Sendable {
  /// Versions of each unit: where it hangs, from when to when.
  var units = Roll<Unit.Row>()
  /// Placements of each member of staff.
  var placements = Roll<Placement>()
  /// What happened to each firm on the panel.
  var agencies = Roll<Agency.Row>()
  /// Certificates of each agent.
  var certificates = Roll<Agent.Row>()
  /// Limits on contact with a person.
  var restrictions = Roll<Restriction.Row>()
  /// Whether any of them names single accounts, so that a fold must know their keys.
  var namesAccounts = false
  /// Targets, by whose they are.
  var targets = Roll<Target.Row>()
  /// What everybody must know about a person.
  var people = Roll<Person.Row>()
  /// Debtors of whom an account is npa, where policy classes borrowers: the one conclusion in it,
  /// drawn by a fold before the fold for whoever asks for figures.
  package var npaBorrowers: Set<String> = []
  /// How much of what was heard counts; all of it, unless somebody asks what was known earlier.
  package var known: Position = .max

  private var names: [TextKey: String] = [:]
  var reversals = Reversals()

  /// Types of events that make it; a scan skips bundles without any of them.
  package static let reads = TypeMask(facts + [TypeMask.reversalOnNoAccount])

  /// Types of those events alone, which stand on no account.
  package static let types = TypeMask(facts + [EventCode.eventReversed])

  private static let facts: [UInt16] =
    [
      EventCode.unitDefined, EventCode.partyAssigned, EventCode.agencyEmpanelled,
      EventCode.agencySuspended, EventCode.agencyReinstated, EventCode.agentCertified,
      EventCode.targetSet, EventCode.restrictionPlaced, EventCode.restrictionLifted,
    ] + Person.types

  /// Types of the events about persons, who are many: what they say can be kept as rows.
  package static let rowed = TypeMask(
    [EventCode.restrictionPlaced, EventCode.restrictionLifted] + Person.types)

  /// Nobody and nothing yet.
  package init() {}

  /// Notes one event. The log keeps a number for the stream of such an event; `name` gives its id.
  package mutating func note(
    _ event: borrowing EventView, name: (NameKind, UInt32) -> String
  ) throws(WireError) {
    let envelope = try Envelope(reading: event.envelope)
    let seq = event.header.seq
    if event.header.type == EventCode.eventReversed {
      if let target = envelope.target { reversals.note(seq, of: target) }
      return
    }
    guard case .numbered(let kind, let number) = envelope.subject else { return }
    let id = name(kind, number)
    // Persons are many, and nobody prints the id of one from here.
    let key = House.rowed.contains(event.header.type) ? TextKey(id) : call(id)
    switch event.header.type {
    case EventCode.unitDefined: try Unit.note(event, key, &self)
    case EventCode.partyAssigned: try Placement.note(event, key, &self)
    case EventCode.agencyEmpanelled, EventCode.agencySuspended, EventCode.agencyReinstated:
      try Agency.note(event, key, &self)
    case EventCode.agentCertified: try Agent.note(event, key, &self)
    case EventCode.restrictionPlaced, EventCode.restrictionLifted:
      try Restriction.note(event, key, &self)
    case EventCode.targetSet: try Target.note(event, &self)
    default: try Person.note(event, key, &self)
    }
  }

  /// The key of an id, whose text is remembered for whoever prints it.
  mutating func call(_ id: String) -> TextKey {
    let key = TextKey(id)
    names[key] = id
    return key
  }

  /// The id behind a key; nil when the house never heard of it.
  package func name(_ key: TextKey) -> String? { names[key] }

  /// Whether the row of a position counts: heard by `known`, and not taken back by then.
  func stands(_ seq: Position) -> Bool {
    seq <= known && reversals.stands(seq, upTo: known)
  }
}
