/// Money in, its confirmation, its posting and its undoing.
package enum Payment {}

// MARK: - Events

extension Payment {
  /// Money was received for an account, or into suspense.
  package struct Received: Hashable, Sendable {
    /// Payment id.
    package var payment: String
    /// Sum.
    package var amount: Money
    /// How.
    package var mode: String
    /// Who paid.
    package var payer: String?
    /// Receipt number.
    package var receiptNo: String?
    /// Receipt book.
    package var book: String?
    /// Who took it, if not the actor.
    package var collector: String?
    /// Bank, UPI or card reference.
    package var instrumentRef: String?
    /// Cheque that carried it.
    package var cheque: String?
    /// Mandate presentation that carried it.
    package var presentation: String?
    /// Transaction it belongs to for cash limits.
    package var transactionRef: String?
    /// Payer's direction on what it pays.
    package var instructions: [Parts.Instruction]?
    /// Promise it is tagged to.
    package var promise: String?
    /// Counts only when cleared.
    package var provisional: Bool?
    /// Receipt says it pays all that is due.
    package var inFull: Bool?
    /// Payer signed with it.
    package var acknowledgedInWriting: Bool?
    /// Court order it obeys.
    package var order: String?
    /// Insurer, subsidy, corporate.
    package var thirdPartyKind: String?

    /// Memberwise; what the schema does not require may be left out.
    package init(
      payment: String, amount: Money, mode: String, payer: String? = nil, receiptNo: String? = nil,
      book: String? = nil, collector: String? = nil, instrumentRef: String? = nil,
      cheque: String? = nil, presentation: String? = nil, transactionRef: String? = nil,
      instructions: [Parts.Instruction]? = nil, promise: String? = nil, provisional: Bool? = nil,
      inFull: Bool? = nil, acknowledgedInWriting: Bool? = nil, order: String? = nil,
      thirdPartyKind: String? = nil
    ) {
      self.payment = payment
      self.amount = amount
      self.mode = mode
      self.payer = payer
      self.receiptNo = receiptNo
      self.book = book
      self.collector = collector
      self.instrumentRef = instrumentRef
      self.cheque = cheque
      self.presentation = presentation
      self.transactionRef = transactionRef
      self.instructions = instructions
      self.promise = promise
      self.provisional = provisional
      self.inFull = inFull
      self.acknowledgedInWriting = acknowledgedInWriting
      self.order = order
      self.thirdPartyKind = thirdPartyKind
    }
  }

  /// The bank confirmed the credit.
  package struct Credited: Hashable, Sendable {
    /// Which.
    package var payment: String
    /// Sum credited.
    package var amount: Money
    /// Our account.
    package var bankAccount: String
    /// Bank reference.
    package var bankRef: String?

    /// Memberwise; what the schema does not require may be left out.
    package init(payment: String, amount: Money, bankAccount: String, bankRef: String? = nil) {
      self.payment = payment
      self.amount = amount
      self.bankAccount = bankAccount
      self.bankRef = bankRef
    }
  }

  /// The payment was reflected on the customer's account, with its split if stated.
  package struct Posted: Hashable, Sendable {
    /// Which.
    package var payment: String
    /// Asserted appropriation; the fold checks it.
    package var splits: [Parts.Split]?
    /// Order policy named.
    package var waterfall: String?

    /// Memberwise; what the schema does not require may be left out.
    package init(payment: String, splits: [Parts.Split]? = nil, waterfall: String? = nil) {
      self.payment = payment
      self.splits = splits
      self.waterfall = waterfall
    }
  }

  /// A payment was undone by the world.
  package struct Reversed: Hashable, Sendable {
    /// Which.
    package var payment: String
    /// Dishonour, chargeback, recall ...
    package var reason: String
    /// From the original value date or from now.
    package var effective: String
    /// Sum undone.
    package var amount: Money

    /// Memberwise; what the schema does not require may be left out.
    package init(payment: String, reason: String, effective: String, amount: Money) {
      self.payment = payment
      self.reason = reason
      self.effective = effective
      self.amount = amount
    }
  }

  /// A payment was moved to its right account, or out of suspense.
  package struct Transferred: Hashable, Sendable {
    /// Which.
    package var payment: String
    /// Account or suspense it leaves.
    package var from: String
    /// Account it joins.
    package var to: String
    /// Sum.
    package var amount: Money
    /// Why.
    package var reason: String

    /// Memberwise; what the schema does not require may be left out.
    package init(payment: String, from: String, to: String, amount: Money, reason: String) {
      self.payment = payment
      self.from = from
      self.to = to
      self.amount = amount
      self.reason = reason
    }
  }

  /// Money was paid back.
  package struct Refunded: Hashable, Sendable {
    /// Refund id.
    package var refund: String
    /// Sum.
    package var amount: Money
    /// To whom.
    package var to: String
    /// Why.
    package var reason: String

    /// Memberwise; what the schema does not require may be left out.
    package init(refund: String, amount: Money, to: String, reason: String) {
      self.refund = refund
      self.amount = amount
      self.to = to
      self.reason = reason
    }
  }
}

// MARK: - Facts

extension Payment {
  /// Money in, with the payer's instructions; its undoing; money paid back.
  static func note(_ event: borrowing EventView, _ account: UInt32, _ facts: inout Facts)
    throws(WireError)
  {
    var body = CBORReader(event.body)
    switch event.header.type {
    case EventCode.paymentReceived:
      var fact = Fact(.payment, event.header)
      // Keys ascend: what follows the instructions is of no interest here.
      reading: for _ in 0..<(try body.map()) {
        switch try body.uint() {
        case Key.PaymentReceived.payment: fact.id = try body.textKey()
        case Key.PaymentReceived.instructions:
          try noteInstructions(&body, account, &fact, &facts)
          break reading
        case let key:
          if key > Key.PaymentReceived.instructions { break reading }
          try body.skip()
        }
      }
      facts.add(fact, account)
    case EventCode.paymentReversed:
      var fact = Fact(.reversal, event.header)
      for _ in 0..<(try body.map()) {
        switch try body.uint() {
        case Key.PaymentReversed.payment: fact.id = try body.textKey()
        case Key.PaymentReversed.effective: fact.mark = try body.textKey() == fromNow ? 1 : 0
        default: try body.skip()
        }
      }
      facts.add(fact, account)
    default:
      var fact = Fact(.refund, event.header)
      for _ in 0..<(try body.map()) {
        switch try body.uint() {
        case Key.PaymentRefunded.refund: fact.id = try body.textKey()
        default: try body.skip()
        }
      }
      facts.add(fact, account)
    }
  }

  /// A payment that moved: out of one account, into another, on the transfer's value date.
  static func noteTransfer(_ event: borrowing EventView, _ account: UInt32, _ facts: inout Facts)
    throws(WireError)
  {
    let me = facts.accountKey(account)
    var fact = Fact(.transferOut, event.header)
    var (from, to) = (TextKey.none, TextKey.none)
    var body = CBORReader(event.body)
    for _ in 0..<(try body.map()) {
      switch try body.uint() {
      case Key.PaymentTransferred.payment: fact.id = try body.textKey()
      case Key.PaymentTransferred.from: from = try body.textKey()
      case Key.PaymentTransferred.to: to = try body.textKey()
      default: try body.skip()
      }
    }
    guard from != to else { return }
    if from == me {
      facts.add(fact, account)
    } else if to == me {
      fact.kind = .transferIn
      facts.add(fact, account)
    }
  }

  private static func noteInstructions(
    _ body: inout CBORReader, _ account: UInt32, _ fact: inout Fact, _ facts: inout Facts
  ) throws(WireError) {
    fact.parts = UInt32(facts.parts.count)
    for _ in 0..<(try body.array()) {
      var part = Piece(amount: 0, component: Piece.anyComponent)
      var mine = true
      for _ in 0..<(try body.map()) {
        switch try body.uint() {
        case Key.Instruction.amount: part.amount = try body.minor()
        case Key.Instruction.due: part.due = try body.textKey()
        case Key.Instruction.component:
          part.component = Component(key: try body.textKey()).rawValue
        case Key.Instruction.account: mine = try body.textKey() == facts.accountKey(account)
        default: try body.skip()
        }
      }
      if mine { facts.parts.append(part) }
    }
    fact.partCount = UInt16(clamping: facts.parts.count - Int(fact.parts))
  }

  private static let fromNow = TextKey("from_reversal_date")
}
