/// What makes an account urgent: the weights of ``Priority``, the cap of the overdue sum, and what
/// each bucket weighs.
package struct PriorityScore: PolicyBody, Hashable {
  /// Points of the signs.
  package private(set) var weights: Priority
  /// Overdue sum from which more counts no more, minor units.
  package private(set) var cap: Int64
  private var labels: [String]
  private var bucketWeights: [Int64]

  /// Its code in `policy_kind`.
  package static let kind = "priority_score"
  /// The weights of `domain.md` V15, a cap of 60,000.00, all buckets alike.
  package static let standard = PriorityScore(
    weights: Priority(), cap: 6_000_000, labels: [], bucketWeights: [])
  /// Fields that a body must name.
  package static let required = ["overdue"]

  /// The weight of a bucket in basis points; one that no policy names weighs in full.
  package func weight(of bucket: String) -> Int64 {
    labels.firstIndex(of: bucket).map { bucketWeights[$0] } ?? 10_000
  }

  /// Takes `overdue`, `cap`, `roll`, `bucket`, `promise`, `broken`, `silence` or `bucket_weights`.
  package mutating func take(_ field: String, _ body: inout CBORReader) throws(WireError) {
    switch field {
    case "overdue": weights.overdueWeight = try body.int()
    case "cap": cap = try body.int()
    case "roll": weights.rollWeight = try body.int()
    case "bucket": weights.bucketWeight = try body.int()
    case "promise": weights.promiseWeight = try body.int()
    case "broken": weights.brokenWeight = try body.int()
    case "silence": weights.silenceWeight = try body.int()
    case "bucket_weights":
      (labels, bucketWeights) = ([], [])
      for _ in 0..<(try body.array()) { try takeWeight(&body) }
    default: throw Self.unknown(field, body)
    }
  }

  private mutating func takeWeight(_ body: inout CBORReader) throws(WireError) {
    var (label, weight): (String, Int64) = ("", 10_000)
    for _ in 0..<(try body.map()) {
      switch try body.text() {
      case "label": label = try body.text()
      case "weight_bp": weight = try body.int()
      case let other: throw Self.unknown(other, body)
      }
    }
    labels.append(label)
    bucketWeights.append(weight)
  }

  /// Nothing may be negative, nor so large that a score no longer fits.
  package var fault: String? {
    let all = [
      weights.overdueWeight, weights.rollWeight, weights.bucketWeight, weights.promiseWeight,
      weights.brokenWeight, weights.silenceWeight,
    ]
    if all.contains(where: { !(0...10_000).contains($0) }) {
      return "has a weight below 0 or above 10000"
    }
    if bucketWeights.contains(where: { !(0...100_000).contains($0) }) {
      return "weighs a bucket below 0 or above 100000 basis points"
    }
    return cap < 1 ? "has a cap below 1" : nil
  }
}
