/// What somebody with authority granted or declined.
package enum Approval {}

// MARK: - Events

extension Approval {
  /// An authority allowed an act.
  package struct Granted: Hashable, Sendable {
    /// What is allowed.
    package var action: String
    /// What it is for.
    package var proposal: String
    /// Who.
    package var approver: String
    /// Level in the matrix.
    package var approverLevel: Int64?
    /// Up to how much.
    package var amount: Money?
    /// Last day.
    package var until: Day?

    /// Memberwise; what the schema does not require may be left out.
    package init(
      action: String, proposal: String, approver: String, approverLevel: Int64? = nil,
      amount: Money? = nil, until: Day? = nil
    ) {
      self.action = action
      self.proposal = proposal
      self.approver = approver
      self.approverLevel = approverLevel
      self.amount = amount
      self.until = until
    }
  }

  /// An authority refused or returned a proposal.
  package struct Declined: Hashable, Sendable {
    /// What was asked.
    package var action: String
    /// What it is for.
    package var proposal: String
    /// Who.
    package var approver: String
    /// Sent back for change rather than refused.
    package var returned: Bool
    /// Why.
    package var reason: String?

    /// Memberwise; what the schema does not require may be left out.
    package init(
      action: String, proposal: String, approver: String, returned: Bool, reason: String? = nil
    ) {
      self.action = action
      self.proposal = proposal
      self.approver = approver
      self.returned = returned
      self.reason = reason
    }
  }
}
