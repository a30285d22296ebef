package import Ledger

/// One rule of law or of the house: what it says, where that stands, since when, and how a history
/// is judged by it.
///
/// A rule is one file. Its predicate is a ``Judge``: a shape that other rules share, or one of its
/// own.
package struct Rule: Sendable {
  /// How bad a breach is.
  package enum Severity: String, Sendable {
    case critical, presumptionHigh = "presumption-high", high, medium, low, info
  }

  /// How well the text of the rule is known.
  package enum Evidence: String, Sendable {
    /// A copy of the text was read.
    case confirmed
    /// Its substance was read, some detail was not.
    case partly
    /// The house's own policy.
    case policy
    /// A second-hand source says so.
    case unverified
    /// Nobody looked it up.
    case memory = "from-memory"
    /// It is no law yet.
    case draft

    /// Whether a pack that names no rules takes it.
    package var shipsEnabled: Bool {
      switch self {
      case .confirmed, .partly, .policy: true
      case .unverified, .memory, .draft: false
      }
    }
  }

  /// Whose history a rule looks at.
  package enum Scope: String, Sendable {
    /// One account, with what is known of the people on it.
    case account
    /// One person over all accounts.
    case person
    /// One member of staff.
    case collector
    /// One book of receipts.
    case book
    /// The whole house.
    case house
  }

  /// A version: the days of the acts that it judges, and the values that hold in it.
  package struct Version: Sendable {
    /// First and last day.
    package var from: Day, to: Day
    /// Values of parameters.
    package var values: Value
    /// What its label is: the day it starts.
    package var label: String { from == Version.always ? "policy" : from.description }

    /// The first day of a rule that holds whenever a house adopts it.
    static let always = Day(rawValue: -719_162)

    init(_ from: String, _ to: String? = nil, _ values: Value = [:]) {
      self.init(Day(from) ?? Version.always, to.flatMap { Day($0) } ?? .undated, values)
    }

    init(_ from: Day, _ to: Day, _ values: Value) {
      (self.from, self.to, self.values) = (from, to, values)
    }
  }

  /// Its id: `in.rbi.contact-hours`.
  package var id: String
  /// What it says, in a line.
  package var title: String
  /// What it says, in a sentence.
  package var statement: String
  /// Where that stands.
  package var citation: String
  /// How bad a breach is.
  package var severity: Severity
  /// How well its text is known.
  package var evidence: Evidence
  /// Whose history it looks at.
  package var scope: Scope
  /// Which date selects the version: `local date of the contact`.
  package var selectedBy: String
  /// Its versions, ascending.
  package var versions: [Version]
  /// Values that hold in every version that does not say otherwise.
  package var defaults: Value
  /// Parameters it takes.
  package var parameters: [Parameter]
  /// Types of events that it judges; how many it saw is told with every run.
  package var judges: [UInt16]
  /// Types of events that it reads besides.
  package var reads: [UInt16]
  /// Whether it compares ids of events.
  package var needsEventIDs: Bool
  /// The verdict of another fold that it needs.
  package var derives: Set<Derived>
  /// What it forbids while it stands, so that a duty can be tested against it.
  package var forbids: [String]
  /// Whether it orders contacts, which prohibitions may forbid.
  package var ordersContact: Bool
  /// Whether an event is of use to it, when it looks at the history of staff or of the house.
  let wants: @Sendable (Act) -> Bool
  let bind: @Sendable ([Edition<Values>]) throws(PackError) -> Bound
  /// What it leaves of contacts that were not made yet.
  let limits: @Sendable (Values) throws(PackError) -> [ContactLimits.Limit]

  /// A rule whose predicate is a judge with these values.
  init<J: Judge>(
    _ id: String, _ title: String, _ severity: Severity, _ evidence: Evidence,
    by judge: J.Type, scope: Scope = J.scope, selectedBy: String = J.selectedBy,
    versions: [Version] = [Version(Version.always, .undated, [:])], defaults: Value = [:],
    statement: String, citation: String
  ) {
    (self.id, self.title, self.severity, self.evidence) = (id, title, severity, evidence)
    (self.scope, self.selectedBy) = (scope, selectedBy)
    (self.versions, self.defaults) = (versions, defaults)
    (self.statement, self.citation) = (statement, citation)
    parameters = J.parameters
    (judges, reads, needsEventIDs) = (J.judges, J.reads, J.needsEventIDs)
    (derives, ordersContact) = (J.derives, J.ordersContact)
    forbids = J.forbids(defaults)
    wants = { J.wants($0) }
    limits = { (values) throws(PackError) in try J(values).limits }
    bind = { (editions) throws(PackError) in
      var bound: [Edition<J>] = []
      for edition in editions {
        bound.append(Edition(edition, terms: try J(edition.terms)))
      }
      let laws = Laws(bound)
      return Bound { one, report in J.judge(one, laws, &report) }
    }
  }

  /// Whether a word names it: its id, its pack, or the authority above (`in` names `in.rbi`).
  package func isNamed(_ word: String) -> Bool {
    word == id || word == pack || pack.hasPrefix(word + ".")
  }

  /// The pack it belongs to: its id up to the last dot of its authority (`in.rbi`, `us.regf`).
  package var pack: String {
    let parts = id.split(separator: ".")
    return parts[0] == "int" || parts.count < 3
      ? String(parts[0]) : parts.prefix(2).joined(separator: ".")
  }
}

/// A rule with the editions that judge, ready to be asked.
struct Bound: Sendable {
  let judge: @Sendable (Case, inout Report) -> Void
}

/// The values of a rule that judge acts of some days, for whom they fit.
final class Edition<Terms: Sendable>: Sendable {
  /// First and last day of the acts it judges.
  let from: Day, to: Day
  /// `2022-08-12`, and the policy that changed it.
  let label: String
  /// The policy that put it in force.
  let pack: String
  /// Whom it judges; nil for everybody.
  let scope: PolicyScope?
  /// The values.
  let terms: Terms

  init(from: Day, to: Day, label: String, pack: String, scope: PolicyScope?, terms: Terms) {
    (self.from, self.to, self.label, self.pack) = (from, to, label, pack)
    (self.scope, self.terms) = (scope, terms)
  }

  /// The same edition with its values taken by a judge.
  convenience init<Values>(_ other: Edition<Values>, terms: Terms) {
    self.init(
      from: other.from, to: other.to, label: other.label, pack: other.pack, scope: other.scope,
      terms: terms)
  }
}

/// The editions of one rule, the one that comes first judging first.
struct Laws<Terms: Sendable>: Sendable {
  private let editions: [Edition<Terms>]
  private let single: Edition<Terms>?

  init(_ editions: [Edition<Terms>]) {
    self.editions = editions
    single = editions.count == 1 && editions[0].scope == nil ? editions[0] : nil
  }

  /// What was in force on a day for the account of a case; nil when nothing was.
  func on(_ day: Day, _ one: Case) -> Edition<Terms>? {
    if let single { return single.from <= day && day <= single.to ? single : nil }
    for edition in editions where edition.from <= day && day <= edition.to {
      if let scope = edition.scope, scope.rank(for: one.who) == nil { continue }
      return edition
    }
    return nil
  }
}

/// A predicate over one case, with the values of its parameters.
protocol Judge: Sendable {
  /// Whose history it looks at, unless the rule says otherwise.
  static var scope: Rule.Scope { get }
  /// Which date selects the version.
  static var selectedBy: String { get }
  /// Parameters it takes.
  static var parameters: [Parameter] { get }
  /// Types of events it judges.
  static var judges: [UInt16] { get }
  /// Types of events it reads besides.
  static var reads: [UInt16] { get }
  /// Whether it compares ids of events.
  static var needsEventIDs: Bool { get }
  /// Verdicts of other folds that it needs.
  static var derives: Set<Derived> { get }
  /// Whether it orders contacts.
  static var ordersContact: Bool { get }
  /// Kinds of bar under which it forbids contacts.
  static func forbids(_ values: Value) -> [String]
  /// Whether an event is of use, when the history of staff or of the house is looked at, which is
  /// long.
  static func wants(_ act: Act) -> Bool
  /// Takes the values of an edition.
  init(_ values: Values) throws(PackError)
  /// What it says of hours, counts and channels of contacts before they are made.
  var limits: [ContactLimits.Limit] { get }
  /// Judges a case by the editions in force.
  static func judge(_ one: Case, _ laws: Laws<Self>, _ report: inout Report)
}

extension Judge {
  /// One account.
  static var scope: Rule.Scope { .account }
  /// The day of what is judged.
  static var selectedBy: String { "local date of the act" }
  /// None.
  static var parameters: [Parameter] { [] }
  /// Nothing besides.
  static var reads: [UInt16] { [] }
  /// It does not.
  static var needsEventIDs: Bool { false }
  /// None.
  static var derives: Set<Derived> { [] }
  /// It orders none.
  static var ordersContact: Bool { false }
  /// Every event is.
  static func wants(_ act: Act) -> Bool { true }
  /// Nothing.
  var limits: [ContactLimits.Limit] { [] }
  /// It forbids nothing of that kind.
  static func forbids(_ values: Value) -> [String] { [] }
}
