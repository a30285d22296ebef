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

  /// `buckets@2`: how an answer names it.
  package var label: String { "\(policy)@\(version)" }
}

/// The policies that were adopted by a position, and which of them judges whom on which day.
///
/// Precedence: the narrowest scope wins (account, portfolio, product, all); then the later effective
/// day; then the higher version; then the later adoption.
package struct PolicyBook: Sendable {
  /// Adopted versions in order of adoption.
  package private(set) var versions: [PolicyVersion] = []
  /// Bodies that come before everything adopted: a draft that is being tried.
  package private(set) var overrides: [(kind: String, body: [UInt8])] = []

  /// Nothing adopted: the stated defaults judge.
  package init() {}

  /// Event types it reads.
  package static let reads = TypeMask([
    EventCode.policyAdopted, EventCode.policyRetired, EventCode.eventReversed,
  ])

  /// Tries a body without adopting it.
  package mutating func override(kind: String, body: [UInt8]) throws(WireError) {
    try PolicyKind.check(kind, body.span)
    overrides.append((kind, body))
  }

  /// Notes an adoption, a retirement, or the reversal of either. Versions that are not in force
  /// (drafts, announcements) judge nothing; a later status of the same version replaces the earlier.
  package mutating func note(_ event: borrowing EventView) throws(WireError) {
    switch event.header.type {
    case EventCode.policyAdopted:
      var inForce = false
      guard let adopted = try PolicyVersion(adopted: event, inForce: &inForce) else { return }
      versions.removeAll { $0.policy == adopted.policy && $0.version == adopted.version }
      if inForce { versions.append(adopted) }
    case EventCode.policyRetired:
      var (policy, version) = ("", Int64(0))
      var body = CBORReader(event.body)
      for _ in 0..<(try body.map()) {
        switch try body.uint() {
        case Key.PolicyRetired.policy: policy = try body.text()
        case Key.PolicyRetired.version: version = try body.int()
        default: try body.skip()
        }
      }
      for index in versions.indices
      where versions[index].policy == policy && versions[index].version == version {
        versions[index].to = min(versions[index].to, Day(rawValue: event.header.day))
      }
    case EventCode.eventReversed:
      guard let target = try Envelope(reading: event.envelope).target else { return }
      versions.removeAll { $0.seq == target }
    default: break
    }
  }

  /// The version of `kind` that judges `who` on `day`; nil when the default does.
  package func version(of kind: String, for who: PolicySubject, on day: Day) -> PolicyVersion? {
    var best: (rank: Int, version: PolicyVersion)?
    for version in versions where version.kind == kind && version.from <= day && day <= version.to {
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

  // A waterfall that is not retroactive judges money from its own day on; one that is judges all.
  private func waterfalls(for who: PolicySubject, on day: Day) throws(WireError) -> [(
    from: Int32, rule: Waterfall
  )] {
    var steps: [(from: Int32, rule: Waterfall)] = [(.min, .standard)]
    if let now = version(of: Waterfall.kind, for: who, on: day), now.retroactive {
      return [(.min, try Waterfall(reading: now.body.span))]
    }
    var days: [Int32] = []
    for version in versions where version.kind == Waterfall.kind && version.from <= day {
      days.append(version.from.rawValue)
      if version.to < day { days.append(version.to.rawValue + 1) }
    }
    days.sort()
    for step in days {
      guard let winner = version(of: Waterfall.kind, for: who, on: Day(rawValue: step)) else {
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

  /// What an answer says about the policies behind it: the versions in force on the day, the drafts
  /// tried, and that the stated default judges wherever nothing is adopted.
  package func label(on day: Day) -> String {
    var used: [String] = []
    for kind in PolicyKind.all {
      if overrides.contains(where: { $0.kind == kind }) {
        used.append("\(kind): draft")
        continue
      }
      for version in versions
      where version.kind == kind && version.from <= day && day <= version.to {
        used.append(version.label)
      }
    }
    return used.isEmpty
      ? "stated defaults" : used.joined(separator: ", ") + ", else stated defaults"
  }
}
