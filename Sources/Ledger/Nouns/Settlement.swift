/// A debt ended for less than is owed, from proposal to end.
package enum Settlement {}

// MARK: - Events

extension Settlement {
  /// A settlement was worked out and put forward.
  package struct Proposed: Hashable, Sendable {
    /// Settlement id.
    package var settlement: String
    /// Sum to be paid.
    package var offer: Money
    /// Total outstanding then.
    package var outstanding: Money
    /// Sum to be given up.
    package var waived: Money
    /// Payments.
    package var items: [Parts.Item]
    /// Last day to accept.
    package var validUntil: Day
    /// What is given up, by component.
    package var components: [Parts.Component]?
    /// Why.
    package var reason: String?
    /// Present value over outstanding.
    package var npvBp: Int64?
    /// Offer it extends or replaces.
    package var supersedes: String?

    /// Memberwise; what the schema does not require may be left out.
    package init(
      settlement: String, offer: Money, outstanding: Money, waived: Money, items: [Parts.Item],
      validUntil: Day, components: [Parts.Component]? = nil, reason: String? = nil,
      npvBp: Int64? = nil, supersedes: String? = nil
    ) {
      self.settlement = settlement
      self.offer = offer
      self.outstanding = outstanding
      self.waived = waived
      self.items = items
      self.validUntil = validUntil
      self.components = components
      self.reason = reason
      self.npvBp = npvBp
      self.supersedes = supersedes
    }
  }

  /// A checker tested the proposal.
  package struct Validated: Hashable, Sendable {
    /// Which.
    package var settlement: String
    /// Each test and its result.
    package var checks: [Parts.Check]

    /// Memberwise; what the schema does not require may be left out.
    package init(settlement: String, checks: [Parts.Check]) {
      self.settlement = settlement
      self.checks = checks
    }
  }

  /// An authority approved the settlement.
  package struct Approved: Hashable, Sendable {
    /// Which.
    package var settlement: String
    /// Who.
    package var approver: String
    /// Level in the matrix.
    package var approverLevel: Int64
    /// Waiver approved.
    package var waived: Money
    /// Last payment day.
    package var finalPaymentOn: Day?

    /// Memberwise; what the schema does not require may be left out.
    package init(
      settlement: String, approver: String, approverLevel: Int64, waived: Money,
      finalPaymentOn: Day? = nil
    ) {
      self.settlement = settlement
      self.approver = approver
      self.approverLevel = approverLevel
      self.waived = waived
      self.finalPaymentOn = finalPaymentOn
    }
  }

  /// The settlement letter went to the debtor.
  package struct Offered: Hashable, Sendable {
    /// Which.
    package var settlement: String
    /// Digest.
    package var letterHash: [UInt8]

    /// Memberwise; what the schema does not require may be left out.
    package init(settlement: String, letterHash: [UInt8]) {
      self.settlement = settlement
      self.letterHash = letterHash
    }
  }

  /// The debtor accepted.
  package struct Accepted: Hashable, Sendable {
    /// Which.
    package var settlement: String
    /// How.
    package var acceptance: String
    /// Evidence.
    package var document: String?

    /// Memberwise; what the schema does not require may be left out.
    package init(settlement: String, acceptance: String, document: String? = nil) {
      self.settlement = settlement
      self.acceptance = acceptance
      self.document = document
    }
  }

  /// The house declared the settlement lapsed.
  package struct LapseDeclared: Hashable, Sendable {
    /// Which.
    package var settlement: String
    /// What failed.
    package var causeEvent: String?

    /// Memberwise; what the schema does not require may be left out.
    package init(settlement: String, causeEvent: String? = nil) {
      self.settlement = settlement
      self.causeEvent = causeEvent
    }
  }

  /// The last payment cleared and the waiver was posted.
  package struct Executed: Hashable, Sendable {
    /// Which.
    package var settlement: String
    /// Sum given up.
    package var waived: Money
    /// Outstanding at the proposal.
    package var outstanding: Money

    /// Memberwise; what the schema does not require may be left out.
    package init(settlement: String, waived: Money, outstanding: Money) {
      self.settlement = settlement
      self.waived = waived
      self.outstanding = outstanding
    }
  }
}
