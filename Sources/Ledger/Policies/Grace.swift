/// Days and sums that do not count yet.
package struct Grace: PolicyBody, Hashable {
  /// Days after the due date in which an unpaid due gives no days; afterwards days count from the
  /// due date.
  package var days: Int
  /// Overdue sum, in minor units of the account's currency, at or below which nothing is
  /// delinquent.
  package var tolerance: Int64

  /// Its code in `policy_kind`.
  package static let kind = "grace_and_tolerance"
  /// No days, no tolerance.
  package static let standard = Grace(days: 0, tolerance: 0)

  /// Fields that a body must name.
  package static let required = ["grace_days"]

  /// Takes `grace_days` or `tolerance_minor`.
  package mutating func take(_ field: String, _ body: inout CBORReader) throws(WireError) {
    switch field {
    case "grace_days": days = Int(try body.int())
    case "tolerance_minor": tolerance = try body.int()
    default: throw Self.unknown(field, body)
    }
  }

  /// Nothing may be negative, and ten years are no grace.
  package var fault: String? {
    days < 0 || days > 3660 || tolerance < 0 ? "has a negative or absurd number of days" : nil
  }
}
