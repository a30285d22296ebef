/// The register of cheques: what goes to the bank when, what is there, what came back.
///
/// Every cheque stands in one group, the most pressing that fits; that it goes stale soon, or that
/// a notice is due for it, is said beside it.
package struct ChequeRegister: Book {
  /// `show pdc`.
  package static let name = "pdc"
  /// Cheques only.
  package var reads: Desk.Reads { .cheques }
  /// Paper is followed, not money.
  package var reckons: Bool { false }

  /// Where a cheque stands in the register, in the order of the report.
  package enum Group: Int, CaseIterable, Sendable {
    case overdue, dueToday, dueSoon, onHold, awaiting, bounced, partPaid, stale, unreceived
    case later, security, over

    /// The name that the report prints.
    package var code: String {
      switch self {
      case .overdue: "overdue"
      case .dueToday: "due_today"
      case .dueSoon: "due_soon"
      case .onHold: "on_hold"
      case .awaiting: "awaiting"
      case .bounced: "bounced"
      case .partPaid: "part_paid"
      case .stale: "stale"
      case .unreceived: "unreceived"
      case .later: "later"
      case .security: "security"
      case .over: "over"
      }
    }

    /// Whether it is shown only when everything is asked for.
    var isQuiet: Bool { self == .later || self == .security || self == .over }
  }

  struct Row: Sendable {
    var account: UInt32
    var group: Group
    var life: Cheque.Life
    var depositBy: Day?
    var presentableUntil: Day?
    var noticeBy: Day?
    var isStaleSoon: Bool
  }

  let asOf: Day
  let within: Int
  let all: Bool
  private var lives = Cheque.Lives()
  private(set) var rows: [Row] = []

  /// An empty register at the end of a day: what falls due within so many days after it is due
  /// soon; `all` shows as well what is due later, held as security, or over.
  package init(asOf: Day, within: Int = 7, all: Bool = false) {
    self.asOf = asOf
    self.within = within
    self.all = all
  }

  /// Enters the account's cheques.
  package mutating func take(_ account: borrowing AccountView) {
    lives.follow(account.desk.cheques, until: asOf)
    for life in lives.all {
      rows.append(ChequeRegister.row(life, account.number, account.terms, asOf, within))
    }
  }

  static func row(
    _ life: Cheque.Life, _ account: UInt32, _ terms: borrowing Terms, _ asOf: Day, _ within: Int
  ) -> Row {
    var row = Row(account: account, group: .over, life: life, isStaleSoon: false)
    if life.received == 0 {
      if !life.state.isOver { row.group = .unreceived }
      return row
    }
    let last = terms.cheques.presentable(life.date)
    row.presentableUntil = last
    row.noticeBy = life.noticeBy(terms)
    if life.state == .inHand, !life.isSecurity { row.depositBy = life.depositBy(terms) }
    row.isStaleSoon =
      life.state.isHere && !life.isSecurity && asOf <= last
      && last - asOf <= terms.cheques.staleSoonDays
    row.group = group(life, row.depositBy, last, asOf, within)
    return row
  }

  private static func group(
    _ life: Cheque.Life, _ depositBy: Day?, _ last: Day, _ asOf: Day, _ within: Int
  ) -> Group {
    switch life.state {
    case .deposited: return .awaiting
    case .bounced: return .bounced
    case .partPaid: return .partPaid
    case .inHand: break
    default: return .over
    }
    if life.isSecurity { return .security }
    if asOf > last { return .stale }
    if life.isHeld(on: asOf) { return .onHold }
    guard let depositBy else { return .later }
    if depositBy < asOf { return .overdue }
    if depositBy == asOf { return .dueToday }
    return depositBy - asOf <= within ? .dueSoon : .later
  }

  /// Joins the cheques of other accounts.
  package mutating func merge(_ other: ChequeRegister) { rows += other.rows }

  /// The register by group, then by the day of the deposit, then as the cheques came in.
  package func sheet(_ naming: Naming) -> Sheet {
    var table = Sheet(
      title: "Register of cheques, due within \(within) days",
      columns: [
        .init("group"), .init("account"), .init("cheque"), .init("number"), .init("bank"),
        .init("drawer"), .init("currency"), .init("amount", .money), .init("cheque_date", .day),
        .init("deposit_by", .day), .init("presentable_until", .day), .init("custodian"),
        .init("hold_till", .day), .init("state"), .init("deposited", .day),
        .init("attempts", .integer), .init("bounces", .integer), .init("reason"),
        .init("notice_by", .day), .init("alert"),
      ])
    let twice = repeated()
    var sums: [Group: (count: Int, sums: [Currency: Int128])] = [:]
    let shown = rows.indices.filter { all || !rows[$0].group.isQuiet }
    for at in shown.sorted(by: { ChequeRegister.precedes(rows[$0], rows[$1]) }) {
      let row = rows[at]
      table.rows.append(cells(row, twice.contains(row.life.twin), naming))
      sums[row.group, default: (0, [:])].count += 1
      let currency = Currency(rawValue: row.life.currency)
      sums[row.group]?.sums[currency, default: 0] += Int128(row.life.amount)
    }
    let totals = Group.allCases.compactMap { group in
      sums[group].map { (count, sums) in
        let money = sums.keys.sorted().map { "\($0.decimal(sums[$0] ?? 0)) \($0.code)" }
        return "\(count) \(group.code) of " + money.joined(separator: " and ")
      }
    }
    if !totals.isEmpty { table.notes.append(totals.joined(separator: ", ") + ".") }
    if !twice.isEmpty {
      table.notes.append(
        "\(twice.count) cheques are in custody more than once: same bank, drawer, number.")
    }
    return table
  }

  private static func precedes(_ a: Row, _ b: Row) -> Bool {
    (a.group.rawValue, a.depositBy ?? a.life.deposited, a.life.first, a.account)
      < (b.group.rawValue, b.depositBy ?? b.life.deposited, b.life.first, b.account)
  }

  // Papers that are in custody more than once, on one account or several.
  private func repeated() -> Set<TextKey> {
    var met: Set<TextKey> = []
    var twice: Set<TextKey> = []
    for row in rows where row.life.twin != .none && !row.life.state.isOver {
      if !met.insert(row.life.twin).inserted { twice.insert(row.life.twin) }
    }
    return twice
  }

  private func cells(_ row: Row, _ isTwice: Bool, _ naming: Naming) -> [Sheet.Cell] {
    let life = row.life
    func day(_ day: Day?) -> Sheet.Cell {
      day.map { $0 == .none ? .none : .day($0) } ?? .none
    }
    func received(_ key: UInt64) -> Sheet.Cell {
      .text(life.received == 0 ? "" : naming.text(life.received, key))
    }
    var alerts: [String] = []
    if row.isStaleSoon { alerts.append("stale_soon") }
    if let notice = row.noticeBy { alerts.append(notice < asOf ? "notice_late" : "notice_due") }
    if isTwice { alerts.append("twice") }
    let reason =
      life.bounce == 0 ? "" : naming.text(life.bounce, Key.ChequeBounced.reason)
    return [
      .text(row.group.code), .text(naming.account(row.account)), .text(naming.text(life.first, 0)),
      received(Key.ChequeReceived.number), received(Key.ChequeReceived.bank),
      received(Key.ChequeReceived.drawer),
      .text(Currency(rawValue: life.currency).code),
      .money(Int128(life.amount), Currency(rawValue: life.currency)), day(life.date),
      day(row.depositBy), day(row.presentableUntil), .text(life.custodian(naming)),
      life.isHeld(on: asOf) ? .day(life.heldUntil) : .none, .text(life.state.code),
      day(life.deposited), .integer(Int64(life.attempts)), .integer(Int64(life.bounces)),
      .text(reason), day(row.noticeBy), .text(alerts.joined(separator: " ")),
    ]
  }
}

extension Cheque.Life {
  /// Who holds it; empty when nobody said.
  func custodian(_ naming: Naming) -> String {
    if custody == 0 || holder == .none { return "" }
    let key = custody == received ? Key.ChequeReceived.custodian : Key.ChequeMoved.to
    return naming.text(custody, key)
  }
}
