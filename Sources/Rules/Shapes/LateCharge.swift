package import Ledger

/// What is charged for paying late: simple interest on the sum, or a part of it after some grace.
///
/// Days after the due day count, the due day itself does not. Half up to the minor unit; no hidden
/// fraction is carried.
package enum LateCharge: Sendable {
  /// Simple interest: rate in basis points a year of so many days.
  case simple(rate: Int64, yearDays: Int64)
  /// A part of the sum in basis points once more than so many days went by.
  case afterGrace(days: Int, rate: Int64)

  /// The charge on a sum that was due on one day and came on another.
  package func charge(on amount: Int64, from due: Day, to paid: Day) -> Int64 {
    let days = Int64(max(0, paid - due))
    switch self {
    case .simple(let rate, let yearDays):
      let base = Int128(yearDays) * 10_000
      let whole = Int128(amount) * Int128(rate) * Int128(days)
      return base > 0 ? Int64(clamping: (whole * 2 + base) / (base * 2)) : 0
    case .afterGrace(let grace, let rate):
      guard days > grace else { return 0 }
      return Int64(clamping: (Int128(amount) * Int128(rate) * 2 + 10_000) / 20_000)
    }
  }
}
