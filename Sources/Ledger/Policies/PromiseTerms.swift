/// On what terms a promise is taken, and how often it may be put off.
package struct PromiseTerms: PolicyBody, Hashable {
  /// Days after the promised day on which money still keeps it.
  package var graceDays: Int64
  /// Share of the sum that may be missing, in basis points.
  package var toleranceBP: Int64
  /// `all_receipts`, or `tagged_only`: only receipts tagged with the promise.
  package var counting: String
  /// The last day that may be promised, in days from the day it is said.
  package var horizonDays: Int64
  /// How often one promise may be replaced by another, chain by chain.
  package var maxSupersessions: Int64
  /// Whether money that is not cleared yet counts.
  package var provisionalCounts: Bool

  /// Its code in `policy_kind`.
  package static let kind = "promise_terms"
  /// No grace, no tolerance, all receipts once they are cleared; 90 days ahead; put off at most
  /// three times.
  package static let standard = PromiseTerms(
    graceDays: 0, toleranceBP: 0, counting: "all_receipts", horizonDays: 90, maxSupersessions: 3,
    provisionalCounts: false)

  /// Fields that a body must name.
  package static let required = ["grace_days", "tolerance_bp", "counting"]

  /// Takes one of the six fields.
  package mutating func take(_ field: String, _ body: inout CBORReader) throws(WireError) {
    switch field {
    case "grace_days": graceDays = try body.int()
    case "tolerance_bp": toleranceBP = try body.int()
    case "counting":
      counting = try body.text()
      guard counting == "all_receipts" || counting == "tagged_only" else {
        throw Self.misfit(field, "all_receipts or tagged_only", body)
      }
    case "horizon_days": horizonDays = try body.int()
    case "max_supersessions": maxSupersessions = try body.int()
    case "provisional_counts": provisionalCounts = try body.bool()
    default: throw Self.unknown(field, body)
    }
  }

  /// No negative or absurd number of days, no tolerance beyond the whole sum.
  package var fault: String? {
    let days = 0...3660 as ClosedRange<Int64>
    guard days.contains(graceDays), days.contains(horizonDays), days.contains(maxSupersessions)
    else { return "has a negative or absurd number" }
    return 0...10_000 ~= toleranceBP ? nil : "has a tolerance beyond 0 to 10000 basis points"
  }

  /// The terms as they are frozen in a promise.
  package var frozen: Parts.PromiseTerms {
    Parts.PromiseTerms(graceDays: graceDays, toleranceBp: toleranceBP, counting: counting)
  }
}
