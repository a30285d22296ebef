/// How long a dispute may stay open.
package struct DisputeTerms: PolicyBody, Hashable {
  /// Days from the day a dispute was raised in which it is to be decided.
  package var slaDays: Int

  /// Its code in `policy_kind`.
  package static let kind = "dispute_terms"
  /// 30 days, the time in which a lender must answer before its customer may turn to the ombudsman
  /// (RBI Integrated Ombudsman Scheme, 2021, clause 10).
  package static let standard = DisputeTerms(slaDays: 30)

  /// Fields that a body must name.
  package static let required = ["sla_days"]

  /// Takes `sla_days`.
  package mutating func take(_ field: String, _ body: inout CBORReader) throws(WireError) {
    guard field == "sla_days" else { throw Self.unknown(field, body) }
    slaDays = Int(try body.int())
  }

  /// No negative days, and ten years are no time to answer in.
  package var fault: String? {
    0...3660 ~= slaDays ? nil : "has a negative or absurd number of days"
  }
}
