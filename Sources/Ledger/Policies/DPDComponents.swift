/// Which unpaid components make a due delinquent.
package struct DPDComponents: PolicyBody, Hashable {
  /// True: only principal and interest give days; charges are overdue without giving any.
  package var principalAndInterestOnly: Bool

  package static let kind = "dpd_components"
  package static let standard = DPDComponents(principalAndInterestOnly: false)
  package static let shorthand: String? = "components"

  package mutating func take(_ field: String, _ body: inout CBORReader) throws(WireError) {
    guard field == "components" else { throw Self.unknown(field, body) }
    switch try body.text() {
    case "any": principalAndInterestOnly = false
    case "principal_interest": principalAndInterestOnly = true
    default: throw Self.misfit(field, "any or principal_interest", body)
    }
  }
}
