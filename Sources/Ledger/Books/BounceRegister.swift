/// The register of returns: every cheque and every debit that came back, and what became of it.
package struct BounceRegister: Book {
  /// `show bounces`.
  package static let name = "bounces"
  /// Cheques, mandates, and the money they carried.
  package var reads: Desk.Reads { [.cheques, .mandates, .paper] }
  /// Paper is followed, not money.
  package var reckons: Bool { false }

  struct Row: Sendable {
    var seq: Position
    var account: UInt32
    var returned: Day
    var isCheque: Bool
    var reason: ReturnReason
    var isTechnical: Bool
    var amount: Int64
    var currency: UInt16
    var attempt: Int64
    var charges: Int64 = 0
    var memoReceived: Day?
    var noticeBy: Day?
    var now: String
    var kept: Int64 = 0
  }

  let from: Day
  let asOf: Day
  private var cheques = Cheque.Lives()
  private var mandates = Mandate.Lives()
  private(set) var rows: [Row] = []

  /// An empty register of the returns from one day to another, both included, as things stand at
  /// the end of the second.
  package init(from: Day, to asOf: Day) {
    self.from = from
    self.asOf = asOf
  }

  /// Enters the account's returns.
  package mutating func take(_ account: borrowing AccountView) {
    let first = rows.count
    takeCheques(account)
    takeMandates(account)
    charge(rows[first...].indices, account)
  }

  private mutating func takeCheques(_ account: borrowing AccountView) {
    cheques.follow(account.desk.cheques, until: asOf)
    for event in account.desk.cheques.rows
    where event.kind == .bounced && event.day >= from.rawValue && event.day <= asOf.rawValue {
      guard let life = cheques.all.first(where: { $0.cheque == event.cheque }) else { continue }
      var row = Row(
        seq: event.seq, account: account.number, returned: Day(rawValue: event.day), isCheque: true,
        reason: event.reason, isTechnical: event.reason.group == "technical",
        amount: event.amount, currency: event.currency,
        attempt: Int64(attempts(before: event, account)),
        memoReceived: Day(rawValue: event.date), now: life.state.code)
      if life.bounce == event.seq {
        row.noticeBy = life.noticeBy(account.terms)
        row.kept = account.desk.paper.credit(keptBy: life, until: asOf)
      }
      rows.append(row)
    }
  }

  // How often the cheque had been deposited when it came back.
  private func attempts(before bounce: Cheque.Row, _ account: borrowing AccountView) -> Int {
    var count = 0
    for row in account.desk.cheques.rows
    where row.kind == .deposited && row.cheque == bounce.cheque {
      if (row.day, row.occurred, row.seq) < (bounce.day, bounce.occurred, bounce.seq) { count += 1 }
    }
    return count
  }

  private mutating func takeMandates(_ account: borrowing AccountView) {
    mandates.follow(account.desk.mandates, account.desk.paper, until: asOf)
    for one in mandates.presentations
    where one.isBounced && one.bounced >= from && one.bounced <= asOf {
      let later = mandates.presentations.filter { $0.due == one.due && $0.day > one.bounced }
      let now = one.isHonoured ? "paid" : later.last?.state ?? "bounced"
      rows.append(
        Row(
          seq: one.bounce, account: account.number, returned: one.bounced, isCheque: false,
          reason: one.reason, isTechnical: one.isTechnical, amount: one.amount,
          currency: one.currency, attempt: Int64(one.attempt), now: now,
          kept: account.desk.paper.credit(carriedBy: one.id, .byPresentation, until: asOf)))
    }
  }

  // A charge for a return belongs to the last return of the account by its day.
  private mutating func charge(_ mine: Range<Int>, _ account: borrowing AccountView) {
    for charge in account.desk.paper.rows
    where charge.kind == .charge && charge.day <= asOf.rawValue {
      var last: Int?
      for index in mine where rows[index].returned.rawValue <= charge.day {
        let isLater =
          last.map {
            (rows[$0].returned, rows[$0].seq) < (rows[index].returned, rows[index].seq)
          } ?? true
        if isLater { last = index }
      }
      if let last { rows[last].charges &+= charge.amount }
    }
  }

  /// Joins the returns of other accounts.
  package mutating func merge(_ other: BounceRegister) { rows += other.rows }

  /// The register by day, then as the returns came in.
  package func sheet(_ naming: Naming) -> Sheet {
    var table = Sheet(
      title: "Returns from \(from) to \(asOf)",
      columns: [
        .init("returned", .day), .init("account"), .init("instrument"), .init("id"),
        .init("currency"), .init("amount", .money), .init("reason"), .init("code"), .init("class"),
        .init("attempt", .integer), .init("charges", .money), .init("memo_received", .day),
        .init("notice_by", .day), .init("now"), .init("credit_kept", .money),
      ])
    var kept = 0
    for row in rows.sorted(by: { ($0.returned, $0.seq) < ($1.returned, $1.seq) }) {
      table.rows.append(cells(row, naming))
      if row.kept > 0 { kept += 1 }
    }
    if kept > 0 {
      table.notes.append(
        "\(kept) returns keep their credit: record payment.reversed with reason=dishonour "
          + "effective=from_original_value_date, caused by the return.")
    }
    return table
  }

  private func cells(_ row: Row, _ naming: Naming) -> [Sheet.Cell] {
    let currency = Currency(rawValue: row.currency)
    let reason = row.isCheque ? Key.ChequeBounced.reason : Key.MandateBounced.reason
    let code = row.isCheque ? Key.ChequeBounced.returnCode : Key.MandateBounced.returnCode
    let group = row.isTechnical ? "technical" : row.reason.group
    return [
      .day(row.returned), .text(naming.account(row.account)),
      .text(row.isCheque ? "cheque" : "mandate"), .text(naming.text(row.seq, 0)),
      .text(currency.code), .money(Int128(row.amount), currency),
      .text(naming.text(row.seq, reason)), .text(naming.text(row.seq, code)), .text(group),
      .integer(row.attempt), .money(Int128(row.charges), currency),
      row.memoReceived.map(Sheet.Cell.day) ?? .none, row.noticeBy.map(Sheet.Cell.day) ?? .none,
      .text(row.now), .money(Int128(row.kept), currency),
    ]
  }
}
