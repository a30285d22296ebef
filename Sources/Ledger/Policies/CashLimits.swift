/// How much cash a collector may hold, and for how long.
package struct CashLimits: PolicyBody, Hashable {
  /// Most that may be held at the end of a day, minor units.
  package var limit: Int64
  /// Working days after the day of a receipt by which its cash is banked.
  package var depositDays: Int

  /// Its code in `policy_kind`.
  package static let kind = "cash_limits"
  /// 50,000.00, banked by the next working day: what the rules `int.cash.in-hand` and
  /// `int.cash.deposit` ask for.
  package static let standard = CashLimits(limit: 50_000_00, depositDays: 1)
  /// Fields that a body must name.
  package static let required = ["limit"]

  /// Takes `limit` or `deposit_days`.
  package mutating func take(_ field: String, _ body: inout CBORReader) throws(WireError) {
    switch field {
    case "limit": limit = try body.int()
    case "deposit_days": depositDays = Int(clamping: try body.int())
    default: throw Self.unknown(field, body)
    }
  }

  /// No negative limit, and no number of days that is beyond all use.
  package var fault: String? {
    limit >= 0 && (0...366).contains(depositDays) ? nil : "has a negative or absurd number"
  }

  /// The last day on which cash taken on a day is banked in time.
  package func depositBy(_ taken: Day, _ calendar: Calendar) -> Day {
    var day = taken
    for _ in 0..<depositDays { day = calendar.working(onOrAfter: day + 1) }
    return day
  }
}
