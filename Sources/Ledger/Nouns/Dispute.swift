/// What a person contests, and how it was settled.
package enum Dispute {}

// MARK: - Events

extension Dispute {
  /// A debt, or part of it, was disputed.
  package struct Raised: Hashable, Sendable {
    /// Dispute id.
    package var dispute: String
    /// On what ground.
    package var category: String
    /// Written or oral.
    package var form: String
    /// Sum in dispute; absent means all.
    package var disputedAmount: Money?
    /// Dues in dispute.
    package var dues: [String]?
    /// Who.
    package var by: String?
    /// How it arrived.
    package var channel: String?
    /// Dispute it reopens.
    package var reopens: String?

    /// Memberwise; what the schema does not require may be left out.
    package init(
      dispute: String, category: String, form: String, disputedAmount: Money? = nil,
      dues: [String]? = nil, by: String? = nil, channel: String? = nil, reopens: String? = nil
    ) {
      self.dispute = dispute
      self.category = category
      self.form = form
      self.disputedAmount = disputedAmount
      self.dues = dues
      self.by = by
      self.channel = channel
      self.reopens = reopens
    }
  }

  /// A dispute was decided.
  package struct Resolved: Hashable, Sendable {
    /// Which.
    package var dispute: String
    /// How.
    package var outcome: String
    /// Credit given, zero if none.
    package var amountCredited: Money?
    /// The credit.
    package var creditEvent: String?

    /// Memberwise; what the schema does not require may be left out.
    package init(
      dispute: String, outcome: String, amountCredited: Money? = nil, creditEvent: String? = nil
    ) {
      self.dispute = dispute
      self.outcome = outcome
      self.amountCredited = amountCredited
      self.creditEvent = creditEvent
    }
  }
}
