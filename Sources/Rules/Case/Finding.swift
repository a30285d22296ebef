package import Ledger

/// A breach that a rule finds in a history, with what made it.
package struct Finding: Sendable {
  /// Something a finding shows besides its code: what it is called (`due`, `count`), and the value.
  package typealias Extra = (name: String, value: Shown)

  /// What tells a finding from others with the same anchor.
  package enum Part: Hashable, Sendable {
    case none
    case day(Day)
    case number(Int64)
    case digest(TextKey)
    case text(String)

    /// As it goes into the finding's id.
    package var words: String {
      switch self {
      case .none: ""
      case .day(let day): day.description
      case .number(let number): String(number)
      case .digest(let key): String(key.rawValue, radix: 16)
      case .text(let text): text
      }
    }
  }

  /// A value as it is shown.
  package enum Shown: Hashable, Sendable {
    case number(Int64)
    case day(Day)
    case money(Int64, Currency)
    case text(String)
    case texts([String])
    /// The id of an account number.
    case account(UInt32)
    /// The text of a property of the event at a position, by its name in the schema.
    case property(Position, String)
  }

  /// Index of the rule among those that judged.
  package var rule: Int
  /// Label of the version, and the policy that put it in force.
  package var version: String, pack: String
  /// What is wrong: `outside-hours`.
  package var code: String
  /// Whose history it is.
  package var scope: Rule.Scope
  /// The account, or 0.
  package var account: UInt32
  /// Digest of the person, member of staff or book, when there is no account.
  package var key: TextKey
  /// The event it hangs on; 0 when there is none.
  package var anchor: Position
  /// Digest of the id of a derived verdict it hangs on, when there is no event.
  package var derived: TextKey
  /// The entry that tells this finding from others with the same anchor; 0 for none.
  package var of: Position
  /// What tells it from others with the same anchor besides: a document, a number.
  package var part: Part
  /// The day of the breach.
  package var on: Day
  /// Digests of who acted and for which agency.
  package var actor: TextKey, agency: TextKey
  /// Number of the actor.
  package var actorNumber: UInt32
  /// What else it shows.
  package var extras: [Extra]
  // Where the events that made it stand in the report.
  fileprivate var first: Int, count: Int
  /// Whether it only informs.
  package var informs: Bool
}

/// The findings of a run, as judges write them.
package struct Report: Sendable {
  /// The findings so far.
  package internal(set) var findings: ContiguousArray<Finding> = []
  // The events behind them, one after another.
  private var events: ContiguousArray<Position> = []
  /// How many events each rule judged.
  package internal(set) var examined: [Int]
  /// The position behind which the log was read; acts before it came from views.
  package internal(set) var keptUpTo: Position = 0
  /// First and last day of what is reported.
  var days: ClosedRange<Day>
  var rule = 0
  var isSkipped = false

  init(rules: Int, days: ClosedRange<Day>) {
    examined = Array(repeating: 0, count: rules)
    self.days = days
  }

  /// Writes a finding down, if its day is among those asked about.
  ///
  /// - Parameters:
  ///   - on: the day of the breach; that of the anchor when none is given.
  ///   - because: events that made it besides the anchor.
  ///   - other: the entry that tells it from others with the same anchor.
  mutating func find<Terms>(
    _ code: String, _ anchor: Act, _ law: Edition<Terms>, _ one: Case, on day: Day? = nil,
    _ extras: [Finding.Extra] = [], because: [Act] = [], of other: Act? = nil,
    part: Finding.Part = .none, informs: Bool = false
  ) {
    find(
      code, anchor, law, one, on: day, extras, seqs: because.map(\.header.seq), of: other,
      part: part, informs: informs)
  }

  /// The same, the events that made it given by their positions.
  mutating func find<Terms>(
    _ code: String, _ anchor: Act, _ law: Edition<Terms>, _ one: Case, on day: Day? = nil,
    _ extras: [Finding.Extra], seqs: [Position], of other: Act? = nil,
    part: Finding.Part = .none, informs: Bool = false
  ) {
    let day = day ?? anchor.day
    guard days.contains(day) else { return }
    let isDerived = anchor.header.seq == 0
    let first = events.count
    if !isDerived { events.append(anchor.header.seq) }
    for seq in seqs where seq != 0 { events.append(seq) }
    if let other, other.header.seq != 0 { events.append(other.header.seq) }
    findings.append(
      Finding(
        rule: rule, version: law.label, pack: law.pack, code: code, scope: one.scope,
        account: anchor.account != 0 ? anchor.account : one.account, key: one.key,
        anchor: anchor.header.seq, derived: isDerived ? anchor.id : .none,
        of: other?.header.seq ?? 0, part: part, on: day,
        actor: anchor.actor, agency: anchor.agency, actorNumber: anchor.header.actor,
        extras: extras, first: first, count: events.count - first, informs: informs))
  }

  /// The events that made a finding, the anchor first.
  package func events(of finding: Finding) -> ArraySlice<Position> {
    ArraySlice(events[finding.first..<finding.first + finding.count])
  }

  /// Adds what was found in other cases by the same rules.
  mutating func merge(_ other: Report) {
    for index in examined.indices { examined[index] += other.examined[index] }
    let shift = events.count
    events += other.events
    findings.reserveCapacity(findings.count + other.findings.count)
    for var finding in other.findings {
      finding.first += shift
      findings.append(finding)
    }
  }

  /// Writes a finding down that hangs on no event: something that is not there, near one that is.
  mutating func miss<Terms>(
    _ code: String, near act: Act, _ law: Edition<Terms>, _ one: Case,
    part: Finding.Part, _ extras: [Finding.Extra]
  ) {
    let before = findings.count
    find(code, act, law, one, extras, part: part)
    if findings.count > before { findings[before].anchor = 0 }
  }
}

extension Act {
  /// A sum in the currency of the event.
  func shown(_ minor: Int64) -> Finding.Shown {
    .money(minor, Currency(rawValue: header.currency))
  }
}
