/// What ties paper to money: receipts that a cheque or a debit carried, and charges for returns.
///
/// Cheques and debits move no figure themselves; the money they carry does, in payments of its own.
package enum Paper: DeskNoun {
  /// Types of events that leave a row.
  package static let reads = TypeMask([
    EventCode.paymentReceived, EventCode.paymentReversed, EventCode.chargeLevied,
  ])

  /// A receipt, its undoing, or a charge.
  package struct Row: DeskRow {
    /// What it is.
    package enum Kind: UInt8, BitwiseCopyable, Sendable {
      case byCheque, byPresentation, reversal, charge
    }

    /// Position of the event.
    package var seq: Position
    /// The day from which it counts; a reversal from the original value date counts on every day.
    package var day: Int32
    /// What it is.
    package var kind: Kind
    /// Minor units.
    package var amount: Int64
    /// Key of the payment; none for a charge.
    package var payment: TextKey = .none
    /// Key of the cheque or presentation that carried it; none for others.
    package var paper: TextKey = .none
  }

  /// A row for a payment that names a cheque or a presentation, for each reversal of a payment, and
  /// for a charge of kind `bounce`.
  package static func note(
    _ event: borrowing EventView, _ account: UInt32, _ isSubject: Bool,
    _ column: inout Column<Row>
  ) throws(WireError) {
    guard isSubject else { return }
    let header = event.header
    var row = Row(seq: header.seq, day: header.day, kind: .charge, amount: header.amount)
    var body = CBORReader(event.body)
    let isWanted =
      switch header.type {
      case EventCode.paymentReceived: try receipt(&body, &row)
      case EventCode.paymentReversed: try reversal(&body, &row)
      default: try isBounceCharge(&body)
      }
    if isWanted { column.add(row, account) }
  }

  private static func receipt(_ body: inout CBORReader, _ row: inout Row) throws(WireError) -> Bool
  {
    for _ in 0..<(try body.map()) {
      switch try body.uint() {
      case Key.PaymentReceived.payment: row.payment = try body.textKey()
      case Key.PaymentReceived.cheque:
        (row.paper, row.kind) = (try body.textKey(), .byCheque)
        return true
      case Key.PaymentReceived.presentation:
        (row.paper, row.kind) = (try body.textKey(), .byPresentation)
        return true
      case let key:
        // Keys ascend: what follows is of no interest here.
        if key > Key.PaymentReceived.presentation { return false }
        try body.skip()
      }
    }
    return false
  }

  private static func reversal(_ body: inout CBORReader, _ row: inout Row) throws(WireError)
    -> Bool
  {
    row.kind = .reversal
    let counts = row.day
    row.day = .min
    for _ in 0..<(try body.map()) {
      switch try body.uint() {
      case Key.PaymentReversed.payment: row.payment = try body.textKey()
      case Key.PaymentReversed.effective:
        if try body.textKey() == fromNow { row.day = counts }
      default: try body.skip()
      }
    }
    return true
  }

  private static func isBounceCharge(_ body: inout CBORReader) throws(WireError) -> Bool {
    for _ in 0..<(try body.map()) {
      if try body.uint() == Key.ChargeLevied.kind { return try body.textKey() == bounce }
      try body.skip()
    }
    return false
  }

  private static let bounce = TextKey("bounce")
  private static let fromNow = TextKey("from_reversal_date")
}

extension Column<Paper.Row> {
  /// What reversals have left of a receipt at the end of a day. A refund gives money back and
  /// undoes no receipt.
  func left(of receipt: Paper.Row, until asOf: Day) -> Int64 {
    var left = receipt.amount
    for row in rows where row.kind == .reversal && row.payment == receipt.payment {
      if row.day <= asOf.rawValue { left &-= row.amount }
    }
    return max(0, left)
  }

  /// What payments carried by a paper, of the days from `first` to `last`, still credit at the end
  /// of a day.
  func credit(
    carriedBy paper: TextKey, _ kind: Paper.Row.Kind, from first: Day = .none,
    to last: Day = .undated, until asOf: Day
  ) -> Int64 {
    let end = min(last, asOf).rawValue
    var sum: Int64 = 0
    for row in rows where row.kind == kind && row.paper == paper {
      if first.rawValue <= row.day, row.day <= end { sum &+= left(of: row, until: asOf) }
    }
    return sum
  }

  /// What payments carried by a cheque that came back still credit, beyond what the bank paid.
  /// Money of a day after the return was not carried by it: it was paid for it.
  func credit(keptBy life: Cheque.Life, until asOf: Day) -> Int64 {
    guard life.state == .bounced || life.state == .partPaid else { return 0 }
    let last = life.state == .bounced ? life.memo : .undated
    return max(
      0, credit(carriedBy: life.cheque, .byCheque, to: last, until: asOf) &- life.paid)
  }
}
