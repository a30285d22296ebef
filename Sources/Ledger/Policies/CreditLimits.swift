/// From when a customer gets no new credit.
package struct CreditLimits: PolicyBody, Hashable {
  /// Days past due of any account above which new credit is stopped.
  package private(set) var dpdOver: Int
  /// Sum outstanding over all accounts above which it is, in minor units of each currency; nil for
  /// any sum.
  package private(set) var exposureOver: Int64?

  /// Its code in `policy_kind`.
  package static let kind = "credit_limits"
  /// Above 90 days past due; whatever is outstanding.
  package static let standard = CreditLimits(dpdOver: 90, exposureOver: nil)

  /// Fields that a body must name.
  package static let required = ["dpd_over"]

  /// Takes `dpd_over` or `exposure_over`.
  package mutating func take(_ field: String, _ body: inout CBORReader) throws(WireError) {
    switch field {
    case "dpd_over": dpdOver = Int(clamping: try body.int())
    case "exposure_over": exposureOver = try body.int()
    default: throw Self.unknown(field, body)
    }
  }

  /// Nothing may be negative.
  package var fault: String? {
    dpdOver < 0 || exposureOver ?? 0 < 0 ? "has a negative limit" : nil
  }
}
