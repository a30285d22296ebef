/// What a promise asks of money besides sum and day: whether it is tagged, whether it has cleared.
extension Payment: DeskNoun {
  /// How a payment came.
  package typealias Row = Tender

  /// Types of events that leave a tender row.
  package static let reads = TypeMask([
    EventCode.paymentReceived, EventCode.paymentCredited, EventCode.chequeCleared,
  ])

  /// How a payment came, where that is more than sum and day, or the bank's word that it is here.
  ///
  /// A payment that is neither provisional nor tagged leaves no row.
  package struct Tender: DeskRow {
    /// What a row says.
    package enum Kind: UInt8, BitwiseCopyable, Sendable {
      /// payment.received · payment.credited · cheque.cleared
      case received, credited, cleared
    }

    /// Position of the event.
    package var seq: Position
    /// Key of the payment, or of the cheque that cleared.
    package var id: TextKey = .none
    /// Key of the cheque that carried the payment.
    package var cheque: TextKey = .none
    /// Key of the promise the payment is tagged to.
    package var promise: TextKey = .none
    /// The day from which it counts.
    package var day: Int32
    /// Whether the payment counts only when cleared.
    package var provisional = false
    /// What the row says.
    package var kind: Kind
  }

  /// A row for money that is provisional or tagged, and for each clearing.
  package static func note(
    _ event: borrowing EventView, _ account: UInt32, _ isSubject: Bool,
    _ column: inout Column<Tender>
  ) throws(WireError) {
    guard isSubject else { return }
    let header = event.header
    var body = CBORReader(event.body)
    guard header.type == EventCode.paymentReceived else {
      let cleared = header.type == EventCode.chequeCleared
      var row = Tender(seq: header.seq, day: header.day, kind: cleared ? .cleared : .credited)
      let wanted = cleared ? Key.ChequeCleared.cheque : Key.PaymentCredited.payment
      for _ in 0..<(try body.map()) {
        if try body.uint() == wanted { row.id = try body.textKey() } else { try body.skip() }
      }
      column.add(row, account)
      return
    }
    var row = Tender(seq: header.seq, day: header.day, kind: .received)
    for _ in 0..<(try body.map()) {
      switch try body.uint() {
      case Key.PaymentReceived.payment: row.id = try body.textKey()
      case Key.PaymentReceived.cheque: row.cheque = try body.textKey()
      case Key.PaymentReceived.promise: row.promise = try body.textKey()
      case Key.PaymentReceived.provisional: row.provisional = try body.bool()
      default: try body.skip()
      }
    }
    if row.provisional || row.promise != .none { column.add(row, account) }
  }
}
