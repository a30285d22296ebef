/// An agreed way to pay over time.
package enum Plan {}

// MARK: - Events

extension Plan {
  /// A repayment plan or forbearance was proposed.
  package struct Proposed: Hashable, Sendable {
    /// Plan id.
    package var plan: String
    /// Instalments, payment holiday, reduced rate ...
    package var kind: String
    /// House or debtor.
    package var proposedBy: String
    /// Sums and days.
    package var items: [Parts.Item]?
    /// Sum.
    package var total: Money?
    /// Instalment over free income.
    package var affordabilityBp: Int64?
    /// Continue, freeze, waive on completion.
    package var interestTreatment: String?
    /// Proposal it answers.
    package var counters: String?
    /// Asked for on hardship.
    package var hardship: Bool?

    /// Memberwise; what the schema does not require may be left out.
    package init(
      plan: String, kind: String, proposedBy: String, items: [Parts.Item]? = nil,
      total: Money? = nil, affordabilityBp: Int64? = nil, interestTreatment: String? = nil,
      counters: String? = nil, hardship: Bool? = nil
    ) {
      self.plan = plan
      self.kind = kind
      self.proposedBy = proposedBy
      self.items = items
      self.total = total
      self.affordabilityBp = affordabilityBp
      self.interestTreatment = interestTreatment
      self.counters = counters
      self.hardship = hardship
    }
  }

  /// Both sides agreed the plan.
  package struct Agreed: Hashable, Sendable {
    /// Which.
    package var plan: String
    /// Signed, code, recorded call ...
    package var acceptance: String
    /// Evidence.
    package var document: String?

    /// Memberwise; what the schema does not require may be left out.
    package init(plan: String, acceptance: String, document: String? = nil) {
      self.plan = plan
      self.acceptance = acceptance
      self.document = document
    }
  }

  /// A plan was ended by decision.
  package struct Cancelled: Hashable, Sendable {
    /// Which.
    package var plan: String
    /// Why; default itself is derived.
    package var reason: String

    /// Memberwise; what the schema does not require may be left out.
    package init(plan: String, reason: String) {
      self.plan = plan
      self.reason = reason
    }
  }
}
