/// A standing authority to debit, and each presentation of it.
package enum Mandate {}

// MARK: - Events

extension Mandate {
  /// A debit mandate was registered.
  package struct Registered: Hashable, Sendable {
    /// Mandate id.
    package var mandate: String
    /// NACH, UPI, card, direct debit ...
    package var rail: String
    /// Highest debit.
    package var limit: Money
    /// First day.
    package var from: Day
    /// Scheme reference and bank account.
    package var reference: [UInt8]?
    /// Last day.
    package var to: Day?

    /// Memberwise; what the schema does not require may be left out.
    package init(
      mandate: String, rail: String, limit: Money, from: Day, reference: [UInt8]? = nil,
      to: Day? = nil
    ) {
      self.mandate = mandate
      self.rail = rail
      self.limit = limit
      self.from = from
      self.reference = reference
      self.to = to
    }
  }

  /// A mandate was cancelled or expired.
  package struct Ended: Hashable, Sendable {
    /// Which.
    package var mandate: String
    /// Why.
    package var reason: String

    /// Memberwise; what the schema does not require may be left out.
    package init(mandate: String, reason: String) {
      self.mandate = mandate
      self.reason = reason
    }
  }

  /// A debit was presented.
  package struct Presented: Hashable, Sendable {
    /// Presentation id.
    package var presentation: String
    /// Rail.
    package var rail: String
    /// One due's collection cycle; re-presentations share it.
    package var due: String
    /// Sum asked.
    package var amount: Money
    /// First is 1.
    package var attemptNo: Int64
    /// Mandate used.
    package var mandate: String?
    /// Customer's confirmation before a re-presentation.
    package var confirmation: String?
    /// Consent to a further deduction in the cycle.
    package var consent: String?
    /// Court order for it.
    package var order: String?
    /// File it went in.
    package var batchHash: [UInt8]?

    /// Memberwise; what the schema does not require may be left out.
    package init(
      presentation: String, rail: String, due: String, amount: Money, attemptNo: Int64,
      mandate: String? = nil, confirmation: String? = nil, consent: String? = nil,
      order: String? = nil, batchHash: [UInt8]? = nil
    ) {
      self.presentation = presentation
      self.rail = rail
      self.due = due
      self.amount = amount
      self.attemptNo = attemptNo
      self.mandate = mandate
      self.confirmation = confirmation
      self.consent = consent
      self.order = order
      self.batchHash = batchHash
    }
  }

  /// A debit came back unpaid.
  package struct Bounced: Hashable, Sendable {
    /// Which.
    package var presentation: String
    /// Its cycle.
    package var due: String
    /// Normalised reason.
    package var reason: String
    /// Technical returns stay out of rates.
    package var technical: Bool
    /// Sum.
    package var amount: Money
    /// Code of the scheme, as received.
    package var returnCode: String?

    /// Memberwise; what the schema does not require may be left out.
    package init(
      presentation: String, due: String, reason: String, technical: Bool, amount: Money,
      returnCode: String? = nil
    ) {
      self.presentation = presentation
      self.due = due
      self.reason = reason
      self.technical = technical
      self.amount = amount
      self.returnCode = returnCode
    }
  }
}
