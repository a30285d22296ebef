package import Ledger

/// A version of a policy, as adopted.
package struct NaivePolicy: Sendable {
  /// Id and version.
  package var policy: String, version: Int
  /// First and last day.
  package var from: Day, to: Day?
  /// Whether its status is `in_force`, and whether its retroactivity is anything but `none`.
  package var inForce: Bool, retroactive: Bool
  /// `all`, or `product:x`, `portfolio:x`, `account:x`, with commas between.
  package var scope: String
  /// What it says.
  package var rule: NaiveRule
  /// Position of its adoption.
  package var seq: UInt64 = 0
  private let scopes: [Substring]

  /// A version.
  package init(
    _ policy: String, _ version: Int, from: Day, to: Day? = nil, inForce: Bool = true,
    retroactive: Bool = false, scope: String = "all", _ rule: NaiveRule
  ) {
    self.policy = policy
    self.version = version
    self.from = from
    self.to = to
    self.inForce = inForce
    self.retroactive = retroactive
    self.scope = scope
    self.rule = rule
    scopes = scope.split(separator: ",").map { $0.drop { $0 == " " } }
  }

  /// 3 when it names the account, 2 the portfolio, 1 the product, 0 when it is for all; nil when it
  /// does not apply. An account and a product are given as a scope names them.
  func rank(account: Substring, product: Substring) -> Int? {
    var best: Int?
    for word in scopes {
      if word == "all" { best = max(best ?? 0, 0) }
      if word == product { best = max(best ?? 0, 1) }
      if word == account { best = max(best ?? 0, 3) }
    }
    return best
  }
}

/// What a policy may say, by kind.
package enum NaiveRule: Hashable, Sendable {
  /// The order in which money pays.
  package struct Waterfall: Hashable, Sendable {
    /// Component by component over all dues, instead of due by due.
    package var horizontal = false
    /// Components named, first paid first.
    package var order: [NaivePart.Kind] = [.principal, .interest, .charge, .penal]
    /// Whether money beyond what is due pays dues that are only raised.
    package var atOnce = false
    /// A waterfall; by default the stated one.
    package init(
      horizontal: Bool = false,
      order: [NaivePart.Kind] = [.principal, .interest, .charge, .penal], atOnce: Bool = false
    ) {
      self.horizontal = horizontal
      self.order = order
      self.atOnce = atOnce
    }
    /// Those named, then all others.
    var whole: [NaivePart.Kind] {
      order + NaivePart.Kind.allCases.filter { !order.contains($0) }
    }
  }

  case buckets(current: String?, bands: [String], upTo: [Int], writtenOff: String?)
  /// A label for accounts whose only trouble is a return of this month, besides the bands.
  case currentBounce(String)
  case counting(inclusive: Bool)
  case components(principalAndInterestOnly: Bool)
  case waterfall(Waterfall)
  case grace(days: Int, tolerance: Int64)
  case classification(npaOver: Int, sticky: Bool)
  case pauses([String])

  /// Name of its kind.
  var kind: String {
    switch self {
    case .buckets, .currentBounce: "buckets"
    case .counting: "dpd_counting"
    case .components: "dpd_components"
    case .waterfall: "waterfall"
    case .grace: "grace_and_tolerance"
    case .classification: "classification"
    case .pauses: "hold_effects"
    }
  }
}

/// Everything that policy says about one account on one day.
struct NaiveTerms {
  var current: String? = "current"
  var bands = ["1-30", "31-60", "61-90", "91-120", "121-150", "151-180", "180+"]
  var upTo = [30, 60, 90, 120, 150, 180, Int.max]
  var writtenOff: String? = "written_off"
  var currentBounce: String?
  var inclusive = true
  var principalAndInterestOnly = false
  var (graceDays, tolerance) = (0, Int64(0))
  var (npaOver, sticky) = (90, true)
  var pauses = ["loan_moratorium", "court_stay", "disaster"]
  /// The waterfall for money of a value date.
  var waterfall: (Day) -> NaiveRule.Waterfall = { _ in NaiveRule.Waterfall() }

  mutating func take(_ rule: NaiveRule) {
    switch rule {
    case .buckets(let current, let bands, let upTo, let writtenOff):
      (self.current, self.bands, self.upTo, self.writtenOff) = (current, bands, upTo, writtenOff)
    case .currentBounce(let label): currentBounce = label
    case .counting(let inclusive): self.inclusive = inclusive
    case .components(let only): principalAndInterestOnly = only
    case .waterfall(let waterfall): self.waterfall = { _ in waterfall }
    case .grace(let days, let tolerance): (graceDays, self.tolerance) = (days, tolerance)
    case .classification(let npaOver, let sticky): (self.npaOver, self.sticky) = (npaOver, sticky)
    case .pauses(let kinds): pauses = kinds
    }
  }
}

/// Policies as known at a position.
struct NaivePolicies {
  var adopted: [NaivePolicy] = []

  /// The one that wins among those that apply: the narrower scope, the later first day, the higher
  /// version, the later adoption.
  func winner(
    _ kind: String, account: Substring, product: Substring, among fits: (NaivePolicy) -> Bool
  ) -> NaiveRule? {
    var best: (order: (Int, Int32, Int, UInt64), rule: NaiveRule)?
    for policy in adopted where policy.inForce && policy.rule.kind == kind && fits(policy) {
      guard let rank = policy.rank(account: account, product: product) else { continue }
      let order = (rank, policy.from.rawValue, policy.version, policy.seq)
      if let held = best, held.order > order { continue }
      best = (order, policy.rule)
    }
    return best?.rule
  }

  func terms(account: String, product: String, asOf: Day, drafts: [NaiveRule]) -> NaiveTerms {
    var terms = NaiveTerms()
    let (account, product) = (Substring("account:" + account), Substring("product:" + product))
    func inForce(_ policy: NaivePolicy, on day: Day) -> Bool {
      policy.from <= day && day <= policy.to ?? .undated
    }
    for kind in [
      "buckets", "dpd_counting", "dpd_components", "grace_and_tolerance", "classification",
      "hold_effects",
    ] {
      let rule = winner(kind, account: account, product: product) { inForce($0, on: asOf) }
      if let rule { terms.take(rule) }
    }
    // A version without retroactivity judges money of the days it is in force; the others all
    // money.
    let ends = adopted.compactMap(\.to).filter { $0 < .undated }.map { $0 + 1 }
    let rules = (adopted.map(\.from) + ends + [Day.none]).sorted().map { first in
      let rule = winner("waterfall", account: account, product: product) { policy in
        inForce(policy, on: first) || policy.retroactive && inForce(policy, on: asOf)
      }
      if case .waterfall(let waterfall)? = rule { return (first: first, waterfall: waterfall) }
      return (first: first, waterfall: NaiveRule.Waterfall())
    }
    terms.waterfall = { valueDate in
      rules.last { $0.first <= valueDate }?.waterfall ?? NaiveRule.Waterfall()
    }
    for draft in drafts { terms.take(draft) }
    return terms
  }
}
