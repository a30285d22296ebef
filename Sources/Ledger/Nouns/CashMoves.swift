/// What the custody of cash hears.
extension Cash {
  /// Types of events that decisions of this noun judge on import.
  package static let judged = TypeMask([
    EventCode.cashHandedOver, EventCode.cashDeposited, EventCode.cashDepositConfirmed,
    EventCode.cashCounted,
  ])
}

extension Cash.Move {
  /// The move that an event is, nil for money that is no cash. Without a collector `who` is empty:
  /// the actor took it.
  package init?(_ event: borrowing EventView) throws(WireError) {
    let header = event.header
    let day = header.occurredOn
    let sum = Money(minor: header.amount, currency: Currency(rawValue: header.currency))
    func move(_ what: What, _ amount: Money, of who: String = "") -> Cash.Move {
      Cash.Move(
        seq: header.seq, occurred: header.occurred, day: day, who: who, amount: amount, what: what)
    }
    if header.type == EventCode.paymentReceived {
      guard let (receipt, who) = try Cash.Move.collected(event) else { return nil }
      self = move(.collected(receipt: receipt), sum, of: who)
      return
    }
    // A cheque's id is its account's own.
    func mine(_ cheque: String) -> String { "\(header.account) \(cheque)" }
    switch try Event(reading: event) {
    case .cashHandedOver(let body): self = move(.handedOver(body), body.amount, of: body.from)
    case .cashDeposited(let body): self = move(.deposited(body), body.amount, of: body.holder)
    case .cashCounted(let body): self = move(.counted(body), body.counted, of: body.holder)
    case .cashDepositConfirmed(let body):
      self = move(.confirmed(body), body.amount)
      self.day = Day(rawValue: header.day)
    case .chequeDeposited(let body):
      self = move(.chequeDeposited(cheque: mine(body.cheque), body), body.amount)
    case .chequeCleared(let body): self = move(.chequePaid(cheque: mine(body.cheque)), body.amount)
    case .chequePartPaid(let body): self = move(.chequePaid(cheque: mine(body.cheque)), body.amount)
    case .chequeBounced(let body):
      self = move(.chequeReturned(cheque: mine(body.cheque)), body.amount)
    default: return nil
    }
  }

  // Number of the receipt, or id of the payment, and who took it; nil for what is no cash. Keys
  // ascend: most money is no cash, and is let go at its mode.
  private static func collected(_ event: borrowing EventView) throws(WireError) -> (
    String, String
  )? {
    var (receipt, who) = ("", "")
    var body = CBORReader(event.body)
    for _ in 0..<(try body.map()) {
      switch try body.uint() {
      case Key.PaymentReceived.payment: receipt = try body.text()
      case Key.PaymentReceived.mode: if try body.textKey() != cash { return nil }
      case Key.PaymentReceived.receiptNo: receipt = try body.text()
      case Key.PaymentReceived.collector: who = try body.text()
      default: try body.skip()
      }
    }
    return (receipt, who)
  }

  private static let cash = TextKey("cash")
}
