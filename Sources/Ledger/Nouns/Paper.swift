/// What ties paper to money: receipts that a cheque or a debit carried, and charges for returns.
///
/// Cheques and debits move no figure themselves; the money they carry does, in payments of its own.
package enum Paper {
  /// Types of events that leave a row.
  package static let reads = TypeMask([EventCode.paymentReceived, EventCode.chargeLevied])

  /// A receipt or a charge.
  package struct Row: DeskRow {
    /// What it is.
    package enum Kind: UInt8, BitwiseCopyable, Sendable { case byCheque, byPresentation, charge }

    /// Position of the event.
    package var seq: Position
    /// The day from which it counts.
    package var day: Int32
    /// What it is.
    package var kind: Kind
    /// Minor units.
    package var amount: Int64
    /// Key of the payment; none for a charge.
    package var payment: TextKey = .none
    /// Key of the cheque or presentation that carried it; none for a charge.
    package var paper: TextKey = .none
  }

  /// A row for a payment that names a cheque or a presentation, and for a charge of kind `bounce`.
  static func note(
    _ event: borrowing EventView, _ account: UInt32, _ isSubject: Bool,
    _ column: inout Column<Row>
  ) throws(WireError) {
    guard isSubject else { return }
    let header = event.header
    let isPayment = header.type == EventCode.paymentReceived
    var row = Row(
      seq: header.seq, day: header.day, kind: isPayment ? .byCheque : .charge,
      amount: header.amount)
    var body = CBORReader(event.body)
    var isWanted = false
    reading: for _ in 0..<(try body.map()) {
      let key = try body.uint()
      switch (isPayment, key) {
      case (true, Key.PaymentReceived.payment): row.payment = try body.textKey()
      case (true, Key.PaymentReceived.cheque):
        row.paper = try body.textKey()
        isWanted = true
        break reading
      case (true, Key.PaymentReceived.presentation):
        (row.paper, row.kind) = (try body.textKey(), .byPresentation)
        isWanted = true
        break reading
      // Keys ascend: what follows is of no interest here.
      case (true, let key) where key > Key.PaymentReceived.presentation: break reading
      case (false, Key.ChargeLevied.kind):
        isWanted = try body.textKey() == bounce
        break reading
      default: try body.skip()
      }
    }
    if isWanted { column.add(row, account) }
  }

  private static let bounce = TextKey("bounce")
}
