/// placeholder doc
package enum Payment {}

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
      for _ in 0..<(try body.map()) {
        switch try body.uint() {
        case Key.PaymentReceived.payment: fact.id = try body.textKey()
        case Key.PaymentReceived.instructions:
          try noteInstructions(&body, account, &fact, &facts)
        default: try body.skip()
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
      facts.add(Fact(.refund, event.header), account)
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
      var part = Part(amount: 0, component: Part.anyComponent)
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
