/// Why an account that owes is left alone on a day: what protects the person, what a court says,
/// what the desk has to do first, and what was agreed.
package enum LeftAlone {
  /// Columns that say so.
  static let reads: Desk.Reads = [
    .disputes, .legal, .money, .plans, .settlements, .approvals, .tenders,
  ]

  /// The first reason of a fixed order: of the person, of the law, of the desk.
  static func protection(_ account: borrowing AccountView, _ asOf: Day) -> String? {
    let (house, person) = (account.house, TextKey(account.debtor))
    if house.isDead(person, on: asOf) { return "customer deceased" }
    if house.isInsolvent(person, on: asOf) { return "insolvency" }
    let bars = house.restrictions(on: person, account: account.key, asOf).filter {
      $0 == TextKey("cease") || $0 == TextKey("attorney")
    }
    if let bar = bars.first { return "\(house.name(bar) ?? "contact") request" }
    if let hold = hold(account, asOf) { return "hold: \(hold)" }
    let law = account.desk.legal.rows
    if !law.isEmpty, Legal.File(law, asOf: asOf).isStayed { return "stay of a court" }
    if Dispute.cases(account.desk.disputes.rows, asOf: asOf).contains(where: \.stage.isOpen) {
      return "dispute open"
    }
    return nil
  }

  // A hold in force on a day: half-open, as placed or as lifted.
  private static func hold(_ account: borrowing AccountView, _ asOf: Day) -> String? {
    for fact in account.money where fact.kind == .hold && fact.day <= asOf.rawValue {
      guard asOf.rawValue < Hold.end(of: fact, among: account.money.span) else { continue }
      let kind = TextKey(rawValue: fact.link)
      return Register.codes["hold_kind"]?.code(kind)?.code ?? "of no list"
    }
    return nil
  }

  /// A settlement or plan that both sides are bound by, and of which nothing was missed so far.
  struct Arrangement: Sendable {
    /// `settlement` or `plan`.
    var what: String
    /// The first sum that is not paid; nil when all is.
    var next: Instalments.Item?

    /// Why it is left alone while no day of it has come; nil from the day on which a sum is due.
    func reason(_ asOf: Day) -> String? {
      guard let next else { return "\(what) honoured" }
      guard next.due > asOf.rawValue else { return nil }
      return "\(what) kept so far, next sum due on \(Day(rawValue: next.due))"
    }
  }

  /// What was agreed and is honoured so far: a settlement before a plan, the latest of each. The
  /// day is worked before it ends: a sum due today is not missed yet.
  static func arrangement(_ account: borrowing AccountView, _ asOf: Day) -> Arrangement? {
    let (receipts, currency) = (account.reckoner.receipts, account.currency.rawValue)
    let yesterday = asOf + -1
    if account.desk.settlements.rows.contains(where: { $0.kind == .accepted }) {
      let cases = Settlement.cases(
        account.desk, receipts, currency: currency, asOf: asOf, limits: account.terms.settlements)
      let kept = cases.last {
        $0.stage.isInForce || ($0.stage == .lapsed && $0.instalments.missed(yesterday) == nil)
      }
      if let kept { return Arrangement(what: "settlement", next: kept.instalments.next) }
    }
    if account.desk.plans.rows.contains(where: { $0.kind == .agreed }) {
      let cases = Plan.cases(
        account.desk, receipts, currency: currency, asOf: asOf, terms: account.terms.plans)
      let kept = cases.last { $0.stage.isInForce && $0.instalments.behind(yesterday) == 0 }
      if let kept { return Arrangement(what: "plan", next: kept.instalments.next) }
    }
    return nil
  }
}
