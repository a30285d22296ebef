/// How days past due are counted.
package struct Counting: PolicyBody, Hashable {
  /// True: the due date, unpaid at day-end, is day 1 (RBI, circulars of 12 November 2021 and 15
  /// February 2022, as read in `domain.md` V1). False: the plain difference of dates.
  package var inclusive: Bool

  /// Its code in `policy_kind`.
  package static let kind = "dpd_counting"
  /// Inclusive.
  package static let standard = Counting(inclusive: true)
  /// `"dpd_counting": "elapsed"` is enough.
  package static let shorthand: String? = "counting"

  /// Fields that a body must name.
  package static let required = ["counting"]

  /// Takes `counting`.
  package mutating func take(_ field: String, _ body: inout CBORReader) throws(WireError) {
    guard field == "counting" else { throw Self.unknown(field, body) }
    switch try body.text() {
    case "inclusive": inclusive = true
    case "elapsed": inclusive = false
    default: throw Self.misfit(field, "inclusive or elapsed", body)
    }
  }
}
