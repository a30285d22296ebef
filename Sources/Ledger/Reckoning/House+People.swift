/// What accounts and rules must know about a person whatever account they look at: death,
/// insolvency, vulnerability, erasure.
package enum Person {
  /// What a row says.
  package enum Kind: UInt8, BitwiseCopyable, Sendable {
    /// A death was claimed, verified or retracted.
    case death = 0
    /// An insolvency began or ended.
    case insolvency
    /// A vulnerability was noted or cleared.
    case vulnerability
    /// Personal data were erased.
    case erasure
  }

  /// One thing said about a person.
  package struct Row: DeskRow {
    /// Position of the event.
    package var seq: Position
    /// What it says.
    package var kind: Kind
    /// Key of the code of its status: `verified`, `started`, `active` …
    package var status: TextKey = .none
    /// Key of the code of the procedure or vulnerability; `.none` for others.
    package var of: TextKey = .none
    /// From which day it holds: of death if known, of the procedure, else of the event.
    package var day: Int32

    /// Whether a death is verified.
    package var isVerified: Bool { status == Person.verified }
  }

  static let verified = TextKey("verified"), retracted = TextKey("retracted")
  static let started = TextKey("started"), active = TextKey("active")

  /// Types of events that make these facts.
  static let types: [UInt16] = [
    EventCode.partyDeathRecorded, EventCode.partyInsolvencyRecorded,
    EventCode.partyVulnerabilityRecorded, EventCode.partyDataErased,
  ]

  /// Notes an event about the person `key`.
  static func note(
    _ event: borrowing EventView, _ key: TextKey, _ house: inout House
  ) throws(WireError) {
    let header = event.header
    var body = CBORReader(event.body)
    switch header.type {
    case EventCode.partyDeathRecorded:
      let said = try Party.DeathRecorded(reading: &body)
      house.people.add(
        Row(
          seq: header.seq, kind: .death, status: TextKey(said.status),
          day: said.diedOn?.rawValue ?? header.day), key)
    case EventCode.partyInsolvencyRecorded:
      let said = try Party.InsolvencyRecorded(reading: &body)
      house.people.add(
        Row(
          seq: header.seq, kind: .insolvency, status: TextKey(said.status), of: TextKey(said.kind),
          day: said.from.rawValue), key)
    case EventCode.partyVulnerabilityRecorded:
      let said = try Party.VulnerabilityRecorded(reading: &body)
      house.people.add(
        Row(
          seq: header.seq, kind: .vulnerability, status: TextKey(said.status),
          of: TextKey(said.kind), day: header.day), key)
    case EventCode.partyDataErased:
      house.people.add(Row(seq: header.seq, kind: .erasure, day: header.day), key)
    default: break
    }
  }
}

extension House {
  private func last(_ kind: Person.Kind, of person: TextKey) -> Person.Row? {
    people[person].last { $0.kind == kind && stands($0.seq) }
  }

  /// The death of a person as known: claimed or verified, and the day from which they are dead; nil
  /// when nobody said so, or it was retracted.
  package func death(of person: TextKey) -> Person.Row? {
    guard let row = last(.death, of: person), row.status != Person.retracted else { return nil }
    return row
  }

  /// Whether a person is known to have been dead on a day, by a certificate or by a claim.
  package func isDead(_ person: TextKey, on day: Day) -> Bool {
    death(of: person).map { $0.day <= day.rawValue } ?? false
  }

  /// Whether a procedure of this kind has begun and was not ended.
  package func isInsolvent(_ person: TextKey, of kind: TextKey) -> Bool {
    let rows = people[person]
    let row = rows.last { $0.kind == .insolvency && $0.of == kind && stands($0.seq) }
    return row?.status == Person.started
  }

  /// Whether any insolvency of a person runs on a day.
  package func isInsolvent(_ person: TextKey, on day: Day) -> Bool {
    var running: [TextKey: Bool] = [:]
    for row in people[person]
    where row.kind == .insolvency && row.day <= day.rawValue && stands(row.seq) {
      running[row.of] = row.status == Person.started
    }
    return running.values.contains(true)
  }

  /// Kinds of vulnerability that are active, by the keys of their codes; on a day, those noted by
  /// then.
  package func vulnerabilities(of person: TextKey, on day: Day? = nil) -> [TextKey] {
    var found: [TextKey] = []
    for row in people[person] where row.kind == .vulnerability && stands(row.seq) {
      if let day, row.day > day.rawValue { continue }
      found.removeAll { $0 == row.of }
      if row.status == Person.active { found.append(row.of) }
    }
    return found
  }

  /// Whether the personal data of a person were erased.
  package func isErased(_ person: TextKey) -> Bool { last(.erasure, of: person) != nil }
}
