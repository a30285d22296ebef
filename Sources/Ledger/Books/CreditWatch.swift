/// The credit watch: which customers owe too much or too long to get new credit, and for which of
/// them it is stopped.
///
/// The order is `restriction.placed` of kind `credit_stop` on the customer; the limits are the
/// policy `credit_limits`. Exposure is what is outstanding over all accounts of the debtor.
package struct CreditWatch: Book {
  /// `show credit`.
  package static let name = "credit"

  private struct Line: Hashable, Sendable {
    var customer: String
    var currency: Currency
  }

  private struct Tally: Hashable, Sendable {
    var accounts: Int64 = 0
    var exposure: Int128 = 0, overdue: Int128 = 0
    var dpd = 0
    var isBeyond = false
    var limit: Int64?
    var order: Position?
    var since: Day?
  }

  /// Where a customer stands.
  package enum Stage: String, CaseIterable, Sendable {
    /// Beyond a limit without an order; under an order; under one and within the limits again;
    /// within the limits.
    case toStop = "to_stop"
    case stopped
    case toReview = "to_review"
    case within
  }

  let asOf: Day
  let all: Bool
  private var tallies: [Line: Tally] = [:]

  /// Nobody looked at yet; with `all` also of customers who are within the limits.
  package init(asOf: Day, all: Bool) {
    self.asOf = asOf
    self.all = all
  }

  /// Adds an account to its customer.
  package mutating func take(_ account: borrowing AccountView) {
    let figures = account.reckoning
    let limits = account.terms.credit
    let line = Line(customer: account.debtor, currency: account.currency)
    var tally = tallies[line] ?? Tally()
    tally.accounts += 1
    tally.exposure += Int128(figures.outstanding)
    tally.overdue += Int128(figures.overdue)
    tally.dpd = max(tally.dpd, figures.dpd)
    if figures.dpd > limits.dpdOver { tally.isBeyond = true }
    if let limit = limits.exposureOver { tally.limit = min(limit, tally.limit ?? .max) }
    if let order = account.house.creditStop(on: TextKey(account.debtor), asOf) {
      (tally.order, tally.since) = (order.seq, Day(rawValue: order.from))
    }
    tallies[line] = tally
  }

  /// Joins other accounts.
  package mutating func merge(_ other: CreditWatch) {
    for (line, more) in other.tallies {
      var tally = tallies[line] ?? Tally()
      tally.accounts += more.accounts
      tally.exposure += more.exposure
      tally.overdue += more.overdue
      tally.dpd = max(tally.dpd, more.dpd)
      tally.isBeyond = tally.isBeyond || more.isBeyond
      tally.limit = [tally.limit, more.limit].compactMap(\.self).min()
      (tally.order, tally.since) = (tally.order ?? more.order, tally.since ?? more.since)
      tallies[line] = tally
    }
  }

  private static func stage(_ tally: Tally) -> Stage {
    let isOver = tally.limit.map { tally.exposure > Int128($0) } ?? false
    if tally.isBeyond || isOver { return tally.order == nil ? .toStop : .stopped }
    return tally.order == nil ? .within : .toReview
  }

  /// Customers by what is to be done, the largest exposure first.
  package func sheet(_ naming: Naming) -> Sheet {
    var table = Sheet(
      title: "Customers and new credit on \(asOf)",
      columns: [
        .init("customer"), .init("currency"), .init("stage"), .init("accounts", .integer),
        .init("exposure", .money), .init("limit", .money), .init("overdue", .money),
        .init("dpd", .integer), .init("stopped_since", .day), .init("order"),
      ])
    table.keys = 2
    let stages = Stage.allCases
    let rows = tallies.map { (line: $0, tally: $1, stage: CreditWatch.stage($1)) }
      .filter { all || $0.stage != .within }
    let sorted = rows.sorted {
      (
        stages.firstIndex(of: $0.stage) ?? 0, -$0.tally.exposure, $0.line.customer,
        $0.line.currency.code
      ) < (
        stages.firstIndex(of: $1.stage) ?? 0, -$1.tally.exposure, $1.line.customer,
        $1.line.currency.code
      )
    }
    for (line, tally, stage) in sorted {
      let order = tally.order.map { naming.text($0, Key.RestrictionPlaced.restriction) }
      table.rows.append([
        .text(line.customer), .text(line.currency.code), .text(stage.rawValue),
        .integer(tally.accounts), .money(tally.exposure, line.currency),
        tally.limit.map { .money(Int128($0), line.currency) } ?? .none,
        .money(tally.overdue, line.currency), .integer(Int64(tally.dpd)),
        tally.since.map { .day($0) } ?? .none, .text(order ?? ""),
      ])
    }
    table.definitions = CreditWatch.definitions
    table.notes.append(
      "\(rows.count { $0.stage == .toStop }) to stop, \(rows.count { $0.stage == .stopped }) stopped, "
        + "\(rows.count { $0.stage == .toReview }) to review. Limits are the policy `credit_limits`."
    )
    return table
  }

  private static let definitions = [
    ("exposure", "outstanding over all accounts of the customer in the currency"),
    ("limit", "the least `exposure_over` of the policies of these accounts"),
    ("dpd", "the most days past due of any of them"),
    (
      "stage",
      "to_stop: beyond a limit, no order; stopped: beyond, under an order; to_review: under an order, "
        + "within the limits; within: neither"
    ),
    ("order", "restriction of kind credit_stop that stands"),
  ]
}
