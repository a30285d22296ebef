/// Who may approve a repayment plan, and when it is broken.
package struct PlanTerms: PolicyBody, Hashable {
  /// Lowest level that approves a plan.
  package var approvalLevel: Int64
  /// Days after an instalment's day on which it is still in time.
  package var graceDays: Int
  /// How many instalments that were missed and are unpaid break a plan.
  package var breaksAfter: Int

  /// Its code in `policy_kind`.
  package static let kind = "plan_terms"
  /// Level 1, no grace, broken by the second instalment missed.
  package static let standard = PlanTerms(approvalLevel: 1, graceDays: 0, breaksAfter: 2)
  /// Fields that a body must name.
  package static let required = ["breaks_after"]

  /// Takes `approval_level`, `grace_days` or `breaks_after`.
  package mutating func take(_ field: String, _ body: inout CBORReader) throws(WireError) {
    switch field {
    case "approval_level": approvalLevel = try body.int()
    case "grace_days": graceDays = Int(clamping: try body.int())
    case "breaks_after": breaksAfter = Int(clamping: try body.int())
    default: throw Self.unknown(field, body)
    }
  }

  /// No number that is negative or beyond all use; a plan is broken by one instalment at least.
  package var fault: String? {
    (0...100).contains(approvalLevel) && (0...366).contains(graceDays)
      && (1...1000).contains(breaksAfter) ? nil : "has a negative or absurd number"
  }
}
