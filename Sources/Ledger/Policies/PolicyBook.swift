/// Whom a policy applies to: `all`, or a list such as `product:two_wheeler, portfolio:north`.
package struct PolicyScope: Hashable, Sendable, CustomStringConvertible {
  /// One term of the list, from the widest to the narrowest.
  package enum Term: Hashable, Sendable {
    case all, product(String), portfolio(String), account(String)

    /// Narrower terms win over wider ones.
    package var rank: Int {
      switch self {
      case .all: 0
      case .product: 1
      case .portfolio: 2
      case .account: 3
      }
    }
  }

  /// The terms; the policy applies to whoever fits one of them.
  package var terms: [Term]

  /// A scope of these terms.
  package init(terms: [Term]) { self.terms = terms }

  /// Reads the grammar; nil or empty text is `all`. Nil for anything it does not have.
  package init?(_ text: String?) {
    guard let text, !text.isEmpty else {
      terms = [.all]
      return
    }
    terms = []
    for item in text.split(separator: ",", omittingEmptySubsequences: false) {
      let trimmed = item.drop { $0 == " " }
      let parts = trimmed.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      let value = parts.count == 2 ? String(parts[1]) : ""
      switch (parts[0], value.isEmpty) {
      case ("all", true) where parts.count == 1: terms.append(.all)
      case ("product", false): terms.append(.product(value))
      case ("portfolio", false): terms.append(.portfolio(value))
      case ("account", false): terms.append(.account(value))
      default: return nil
      }
    }
  }

  /// The scope in the grammar it is read in.
  package var description: String {
    terms.map { term in
      switch term {
      case .all: "all"
      case .product(let name): "product:" + name
      case .portfolio(let name): "portfolio:" + name
      case .account(let id): "account:" + id
      }
    }.joined(separator: ", ")
  }

  /// Rank of the narrowest term that fits, nil when none does.
  package func rank(for who: PolicySubject) -> Int? {
    var best: Int?
    for term in terms {
      let fits =
        switch term {
        case .all: true
        case .product(let product): product == who.product
        case .portfolio(let portfolio): portfolio == who.portfolio
        case .account(let account): account == who.account
        }
      if fits { best = max(best ?? 0, term.rank) }
    }
    return best
  }
}

/// Of an account, what a policy's scope can ask for.
package struct PolicySubject: Hashable, Sendable {
  /// Its product code.
  package var product: String
  /// Its portfolio.
  package var portfolio: String
  /// Its id.
  package var account: String
  /// Somebody a scope may fit.
  package init(product: String, portfolio: String = "", account: String) {
    self.product = product
    self.portfolio = portfolio
    self.account = account
  }
}

/// One adopted version of a policy, as known at some position.
package struct PolicyVersion: Sendable {
  /// Policy id and version: `buckets@2`.
  package var policy: String, version: Int64
  /// Its kind.
  package var kind: String
  /// First and last day it is in force.
  package var from: Day, to: Day
  /// Whether it also judges money of earlier days.
  package var retroactive: Bool
  /// Whom it applies to.
  package var scope: PolicyScope
  /// Position of its adoption.
  package var seq: Position
  /// Its body, canonical CBOR.
  package var body: [UInt8]

  /// A version with all that is known of it.
  package init(
    policy: String, version: Int64, kind: String, from: Day, to: Day, retroactive: Bool,
    scope: PolicyScope, seq: Position, body: [UInt8]
  ) {
    (self.policy, self.version, self.kind) = (policy, version, kind)
    (self.from, self.to, self.retroactive) = (from, to, retroactive)
    (self.scope, self.seq, self.body) = (scope, seq, body)
  }

  /// Whether it speaks about the same people as another, so that of the two the later first day
  /// judges: versions of its kind where a book judges by the kind, else of its own id.
  package func rivals(_ other: PolicyVersion) -> Bool {
    kind == other.kind && scope == other.scope
      && (policy == other.policy || PolicyKind.all.contains(kind))
  }

  /// Whether a day is one of its days.
  package func isInForce(on day: Day) -> Bool { from <= day && day <= to }

  /// `buckets@2`: how an answer names it.
  package var label: String { "\(policy)@\(version)" }
}

/// The policies that were adopted by a position, and which of them judges whom on which day.
///
/// Precedence: the narrowest scope wins (account, portfolio, product, all); then the later
/// effective day; then the higher version; then the later adoption.
package struct PolicyBook: Sendable {
  /// Adopted versions in order of adoption.
  package private(set) var versions: [PolicyVersion] = []
  /// Bodies that come before everything adopted: a draft that is being tried.
  package private(set) var overrides: [(kind: String, body: [UInt8])] = []

  /// Nothing adopted: the stated defaults judge.
  package init() {}

  /// What a bundle must have for it to be read.
  package static let reads = TypeMask([
    EventCode.policyAdopted, EventCode.policyRetired, TypeMask.reversalOnNoAccount,
  ])

  /// Types of the events it is made of.
  package static let types = TypeMask([
    EventCode.policyAdopted, EventCode.policyRetired, EventCode.eventReversed,
  ])

  /// Tries a body without adopting it.
  package mutating func override(kind: String, body: [UInt8]) throws(WireError) {
    try PolicyKind.check(kind, body.span)
    overrides.append((kind, body))
  }

  /// Supposes that a version had been adopted: it stands beside what was, and instead of its later
  /// rivals.
  package mutating func suppose(_ version: PolicyVersion) throws(WireError) {
    try PolicyKind.check(version.kind, version.body.span)
    versions.removeAll { $0.rivals(version) && $0.from >= version.from }
    versions.append(version)
  }

  /// Adds a version that nobody adopted yet beside all that were.
  package mutating func add(_ version: PolicyVersion) { versions.append(version) }

  private enum Note {
    case adopted(PolicyVersion, inForce: Bool)
    case retired(Position, policy: String, version: Int64, to: Day)
    case reversed(Position, target: Position)
  }
  private var notes: [Note] = []
  // Positions of the notes.
  private var noted: Set<Position> = []

  /// Notes an adoption, a retirement, or the reversal of either. Versions that are not in force
  /// (drafts, announcements) judge nothing; a later status of the same version replaces the
  /// earlier. Whether it changes anything, now or later, is answered.
  @discardableResult
  package mutating func note(_ event: borrowing EventView) throws(WireError) -> Bool {
    let seq = event.header.seq
    switch event.header.type {
    case EventCode.policyAdopted:
      var inForce = false
      guard let adopted = try PolicyVersion(adopted: event, inForce: &inForce) else {
        return false
      }
      note(.adopted(adopted, inForce: inForce), at: seq)
    case EventCode.policyRetired:
      var body = CBORReader(event.body)
      let retired = try Policy.Retired(reading: &body)
      note(
        .retired(seq, policy: retired.policy, version: retired.version, to: retired.effectiveTo),
        at: seq)
    case EventCode.eventReversed:
      // Most reversals are of other entries of the house; only those that reach a policy, or the
      // reversal of one, count.
      guard let target = try Envelope(reading: event.envelope).target, noted.contains(target)
      else { return false }
      note(.reversed(seq, target: target), at: seq)
    default: return false
    }
    return true
  }

  private mutating func note(_ note: Note, at seq: Position) {
    notes.append(note)
    noted.insert(seq)
    settle()
  }

  // From the last to the first, so that a reversal that was itself reversed takes nothing back.
  private mutating func settle() {
    var dead: Set<Position> = []
    for case .reversed(let seq, let target) in notes.reversed() where !dead.contains(seq) {
      dead.insert(target)
    }
    versions = []
    for note in notes {
      switch note {
      case .adopted(let adopted, let inForce) where !dead.contains(adopted.seq):
        versions.removeAll { $0.policy == adopted.policy && $0.version == adopted.version }
        if inForce { versions.append(adopted) }
      case .retired(let seq, let policy, let version, let to) where !dead.contains(seq):
        for index in versions.indices
        where versions[index].policy == policy && versions[index].version == version {
          versions[index].to = min(versions[index].to, to)
        }
      default: break
      }
    }
  }

  /// The version of `kind` that judges `who` on `day`; nil when the default does. With a second
  /// day, a retroactive version that is in force then counts on every day.
  package func version(
    of kind: String, for who: PolicySubject, on day: Day, retroactiveOn later: Day? = nil
  ) -> PolicyVersion? {
    var best: (rank: Int, version: PolicyVersion)?
    for version in versions where version.kind == kind {
      let reaches = later.map { version.retroactive && version.isInForce(on: $0) } ?? false
      guard reaches || version.isInForce(on: day) else { continue }
      guard let rank = version.scope.rank(for: who) else { continue }
      if let held = best {
        let newer =
          (rank, version.from.rawValue, version.version, version.seq)
          > (held.rank, held.version.from.rawValue, held.version.version, held.version.seq)
        if !newer { continue }
      }
      best = (rank, version)
    }
    return best?.version
  }

  /// All that policy says about `who` on `day`.
  package func terms(for who: PolicySubject, on day: Day) throws(WireError) -> Terms {
    var terms = Terms()
    for kind in PolicyKind.all {
      if let body = overrides.last(where: { $0.kind == kind })?.body {
        try terms.take(kind, body.span)
      } else if kind == Waterfall.kind {
        terms.waterfalls = try waterfalls(for: who, on: day)
      } else if let version = version(of: kind, for: who, on: day) {
        try terms.take(kind, version.body.span)
      }
    }
    return terms
  }

  // A waterfall that is not retroactive judges money of the days it is in force; one that is, all
  // money, while it is in force on the day asked about. Among those, precedence decides as ever.
  private func waterfalls(for who: PolicySubject, on day: Day) throws(WireError) -> [(
    from: Int32, rule: Waterfall
  )] {
    var days: [Int32] = [.min]
    for version in versions where version.kind == Waterfall.kind && version.from <= day {
      days.append(version.from.rawValue)
      if version.to < day { days.append(version.to.rawValue + 1) }
    }
    days.sort()
    var steps: [(from: Int32, rule: Waterfall)] = []
    for step in days {
      let winner = version(
        of: Waterfall.kind, for: who, on: Day(rawValue: step), retroactiveOn: day)
      guard let winner else {
        steps.append((step, .standard))
        continue
      }
      steps.append((step, try Waterfall(reading: winner.body.span)))
    }
    return steps
  }

  /// Whether any scope names single accounts, so that terms cannot be shared by product.
  package var namesAccounts: Bool {
    versions.contains { $0.scope.terms.contains { $0.rank > 1 } }
  }

  /// Whether any policy in force on a day, or tried, classes borrowers and not accounts.
  package func classesBorrowers(on day: Day) throws(WireError) -> Bool {
    let tried = overrides.filter { $0.kind == Classification.kind }.map(\.body)
    let adopted = versions.filter { $0.kind == Classification.kind && $0.isInForce(on: day) }
    for body in tried + adopted.map(\.body) {
      if try Classification(reading: body.span).borrowerWise { return true }
    }
    return false
  }

  /// What an answer says about the policies behind it: the versions in force on the day, the drafts
  /// tried, and that the stated default judges wherever nothing is adopted.
  package func label(on day: Day) -> String {
    var used: [String] = []
    for kind in PolicyKind.all {
      if overrides.contains(where: { $0.kind == kind }) {
        used.append("\(kind): draft")
        continue
      }
      // Of several versions for the same people, the one that wins.
      var winners: [PolicyVersion] = []
      for version in versions where version.kind == kind && version.isInForce(on: day) {
        let newer = (version.from.rawValue, version.version, version.seq)
        guard let index = winners.firstIndex(where: { $0.scope == version.scope }) else {
          winners.append(version)
          continue
        }
        let held = winners[index]
        if newer > (held.from.rawValue, held.version, held.seq) { winners[index] = version }
      }
      used += winners.map(\.label)
    }
    return used.isEmpty
      ? "stated defaults" : used.joined(separator: ", ") + ", else stated defaults"
  }
}
