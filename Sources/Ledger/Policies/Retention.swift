/// How long what is about a person must be kept, and what forbids to erase it.
package struct Retention: PolicyBody, Hashable {
  /// Days after the last entry about the person, or on an account of theirs.
  package var keepDays: Int
  /// Kinds of hold on an account of theirs that forbid erasure.
  package var holds: [String]

  /// Its code in `policy_kind`.
  package static let kind = "retention"
  /// A year after the last processing (India, DPDP Rules 2025, rule 8(3)); a hold to retain, and
  /// the stay of a court.
  package static let standard = Retention(keepDays: 365, holds: ["retention", "court_stay"])

  /// Fields that a body must name.
  package static let required = ["keep_days"]

  /// Takes `keep_days` or `holds`.
  package mutating func take(_ field: String, _ body: inout CBORReader) throws(WireError) {
    switch field {
    case "keep_days": keepDays = Int(try body.int())
    case "holds":
      holds = []
      for _ in 0..<(try body.array()) { holds.append(try body.text()) }
    default: throw Self.unknown(field, body)
    }
  }

  /// A hundred years are enough.
  package var fault: String? {
    keepDays < 0 || keepDays > 36_525 ? "has a negative or absurd number of days" : nil
  }
}
