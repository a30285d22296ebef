/// What is added to the debt besides scheduled dues, and what is given up.
package enum Charge {}

// MARK: - Events

extension Charge {
  /// A charge was put on the account.
  package struct Levied: Hashable, Sendable {
    /// Charge id.
    package var charge: String
    /// Late payment, bounce, visit, legal, penal ...
    package var kind: String
    /// Total with tax.
    package var amount: Money
    /// Tax inside the amount.
    package var tax: Money?
    /// Interest inside a statutory late-payment claim.
    package var interestPart: Money?
    /// Fixed sum inside a statutory late-payment claim.
    package var compensationPart: Money?
    /// What caused it.
    package var reasonEvent: String?
    /// Due it belongs to.
    package var due: String?

    /// Memberwise; what the schema does not require may be left out.
    package init(
      charge: String, kind: String, amount: Money, tax: Money? = nil, interestPart: Money? = nil,
      compensationPart: Money? = nil, reasonEvent: String? = nil, due: String? = nil
    ) {
      self.charge = charge
      self.kind = kind
      self.amount = amount
      self.tax = tax
      self.interestPart = interestPart
      self.compensationPart = compensationPart
      self.reasonEvent = reasonEvent
      self.due = due
    }
  }

  /// A charge, or interest, was given up in whole or part.
  package struct Waived: Hashable, Sendable {
    /// Charge, penal or interest.
    package var scope: String
    /// Sum given up.
    package var waived: Money
    /// Sum owed of that kind before.
    package var outstanding: Money
    /// Proposal the approval names.
    package var proposal: String
    /// Who proposed.
    package var proposer: String
    /// Which charge.
    package var charge: String?
    /// Kind, when no id is known.
    package var chargeKind: String?
    /// Why.
    package var reason: String?

    /// Memberwise; what the schema does not require may be left out.
    package init(
      scope: String, waived: Money, outstanding: Money, proposal: String, proposer: String,
      charge: String? = nil, chargeKind: String? = nil, reason: String? = nil
    ) {
      self.scope = scope
      self.waived = waived
      self.outstanding = outstanding
      self.proposal = proposal
      self.proposer = proposer
      self.charge = charge
      self.chargeKind = chargeKind
      self.reason = reason
    }
  }
}
