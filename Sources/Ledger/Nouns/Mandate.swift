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

// MARK: - Facts

extension Mandate: DeskNoun {
  /// Types of events that leave a row.
  package static let reads = TypeMask([
    EventCode.mandateRegistered, EventCode.mandateEnded, EventCode.mandatePresented,
    EventCode.mandateBounced,
  ])

  /// What one event said of a mandate or a presentation.
  package struct Row: DeskRow {
    /// Kinds of events.
    package enum Kind: UInt8, BitwiseCopyable, Sendable {
      case registered, ended, presented, bounced
    }

    /// Position of the event.
    package var seq: Position
    /// When it happened, microseconds UTC.
    package var occurred: Int64
    /// The limit, or the sum asked; minor units.
    package var amount: Int64
    /// Key of the mandate; of the presentation when it was presented or came back.
    package var id: TextKey = .none
    /// Presented: key of the mandate used.
    package var mandate: TextKey = .none
    /// Presented and bounced: key of the due.
    package var due: TextKey = .none
    /// The day from which it counts.
    package var day: Int32
    /// Registered: its last day, if it has one.
    package var last: Int32 = .max
    /// Presented: which attempt it says it is.
    package var attempt: Int32 = 0
    /// Currency of `amount`.
    package var currency: UInt16
    /// What kind of event.
    package var kind: Kind
    /// Bounced: why, and whether it was called technical.
    package var reason = ReturnReason.unknown, isTechnical = false
  }

  /// A row of whatever happened to a mandate.
  package static func note(
    _ event: borrowing EventView, _ account: UInt32, _ isSubject: Bool,
    _ column: inout Column<Row>
  ) throws(WireError) {
    guard isSubject else { return }
    let header = event.header
    let kind: Row.Kind =
      switch header.type {
      case EventCode.mandateRegistered: .registered
      case EventCode.mandateEnded: .ended
      case EventCode.mandatePresented: .presented
      default: .bounced
      }
    var row = Row(
      seq: header.seq, occurred: header.occurred, amount: header.amount, day: header.day,
      currency: header.currency, kind: kind)
    var body = CBORReader(event.body)
    for _ in 0..<(try body.map()) {
      switch (kind, try body.uint()) {
      case (_, 0): row.id = try body.textKey()
      case (.registered, Key.MandateRegistered.to): row.last = Int32(clamping: try body.int())
      case (.presented, Key.MandatePresented.due): row.due = try body.textKey()
      case (.presented, Key.MandatePresented.attemptNo):
        row.attempt = Int32(clamping: try body.int())
      case (.presented, Key.MandatePresented.mandate): row.mandate = try body.textKey()
      case (.bounced, Key.MandateBounced.due): row.due = try body.textKey()
      case (.bounced, Key.MandateBounced.reason): row.reason = ReturnReason(try body.textKey())
      case (.bounced, Key.MandateBounced.technical): row.isTechnical = try body.bool()
      default: try body.skip()
      }
    }
    column.add(row, account)
  }
}
