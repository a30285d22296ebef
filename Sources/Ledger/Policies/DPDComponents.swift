/// Which unpaid components make a due delinquent.
package struct DPDComponents: PolicyBody, Hashable {
  /// True: only principal and interest give days; charges are overdue without giving any.
  package var principalAndInterestOnly: Bool

  /// Its code in `policy_kind`.
  package static let kind = "dpd_components"
  /// Any component gives days.
  package static let standard = DPDComponents(principalAndInterestOnly: false)
  /// `"dpd_components": "any"` is enough.
  package static let shorthand: String? = "components"

  /// Fields that a body must name.
  package static let required = ["components"]

  /// Takes `components`.
  package mutating func take(_ field: String, _ body: inout CBORReader) throws(WireError) {
    guard field == "components" else { throw Self.unknown(field, body) }
    switch try body.text() {
    case "any": principalAndInterestOnly = false
    case "principal_interest": principalAndInterestOnly = true
    default: throw Self.misfit(field, "any or principal_interest", body)
    }
  }
}
