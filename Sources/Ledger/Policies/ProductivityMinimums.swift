/// How much a collector does at least on a day worked.
package struct ProductivityMinimums: PolicyBody, Hashable {
  /// Outbound attempts.
  package var attempts: Int64
  /// Visits.
  package var visits: Int64
  /// Right-party contacts.
  package var rightParty: Int64
  /// Promises taken.
  package var promises: Int64

  /// Its code in `policy_kind`.
  package static let kind = "productivity_minimums"
  /// Nothing is asked for.
  package static let standard = ProductivityMinimums(
    attempts: 0, visits: 0, rightParty: 0, promises: 0)

  /// Fields that a body must name.
  package static let required = ["attempts"]

  /// Takes `attempts`, `visits`, `right_party` or `promises`.
  package mutating func take(_ field: String, _ body: inout CBORReader) throws(WireError) {
    switch field {
    case "attempts": attempts = try body.int()
    case "visits": visits = try body.int()
    case "right_party": rightParty = try body.int()
    case "promises": promises = try body.int()
    default: throw Self.unknown(field, body)
    }
  }

  /// Nothing may be negative.
  package var fault: String? {
    min(attempts, visits, rightParty, promises) < 0 ? "has a negative minimum" : nil
  }
}
