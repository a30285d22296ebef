/// Ratios of receivables (domain 3.5), from sums that a ledger or a table gives.
package enum Receivables {
  /// Days sales outstanding: receivables over credit sales, times the days of the period.
  package static func daysSalesOutstanding(_ receivables: Int64, sales: Int64, days: Int64)
    -> Ratio
  {
    Ratio(Int128(receivables) * Int128(days), of: Int128(sales))
  }

  /// Best possible DSO: only what is not yet due. Average days delinquent is DSO less this.
  package static func bestPossible(current: Int64, sales: Int64, days: Int64) -> Ratio {
    daysSalesOutstanding(current, sales: sales, days: days)
  }

  /// Countback DSO: whole months are taken back from the newest until the receivables are used up;
  /// the rest is a part of the days of the month in which it ends. In tenths of a day; nil when the
  /// months are fewer than the receivables.
  ///
  /// - Parameter months: sales and days of each month, newest first.
  package static func countback(_ receivables: Int64, months: [(sales: Int64, days: Int64)])
    -> Int64?
  {
    var left = receivables
    var days: Int64 = 0
    for month in months {
      if left == 0 { break }
      if left < month.sales {
        let rest = Ratio(Int128(left) * Int128(month.days), of: Int128(month.sales))
        return rest.scaled(by: 10).map { days * 10 + $0 }
      }
      left -= month.sales
      days += month.days
    }
    return left == 0 ? days * 10 : nil
  }

  /// Days late of paid items, weighted by amount; what operations people mean by average days
  /// delinquent. Days before the due date are negative.
  package struct DaysLate: Hashable, Sendable {
    private var amount: Int128 = 0
    private var late: Int128 = 0
    private var net: Int128 = 0
    private var lateAmount: Int128 = 0

    /// Nothing paid yet.
    package init() {}

    /// Takes one paid item.
    package mutating func take(_ paid: Int64, days: Int64) {
      amount += Int128(paid)
      net += Int128(paid) * Int128(days)
      guard days > 0 else { return }
      late += Int128(paid) * Int128(days)
      lateAmount += Int128(paid)
    }

    /// Joins other items.
    package mutating func merge(_ other: DaysLate) {
      amount += other.amount
      late += other.late
      net += other.net
      lateAmount += other.lateAmount
    }

    /// Early payment counts as on time.
    package var weighted: Ratio { Ratio(late, of: amount) }
    /// Early payment counts against late payment.
    package var netOfEarly: Ratio { Ratio(net, of: amount) }
    /// Of late items only.
    package var lateOnly: Ratio { Ratio(late, of: lateAmount) }
  }

  /// Collection effectiveness index: (opening + sales - closing) over (opening + sales - closing
  /// current). Both variants are in print: with the average monthly sales of the period, and with
  /// the total; `months` is 1 for the second.
  package static func effectiveness(
    opening: Int64, sales: Int64, months: Int64, closing: Int64, closingCurrent: Int64
  ) -> Ratio {
    // Everything times the months, so that the average needs no division.
    let base = Int128(opening) * Int128(months) + Int128(sales)
    return Ratio(
      base - Int128(closing) * Int128(months), of: base - Int128(closingCurrent) * Int128(months))
  }

  /// Receivables turnover: sales over average receivables.
  package static func turnover(sales: Int64, opening: Int64, closing: Int64) -> Ratio {
    Ratio(Int128(sales) * 2, of: Int128(opening) + Int128(closing))
  }
}
