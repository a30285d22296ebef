/// The legal diary: every returned cheque, secured measure, case and notice that is followed, where
/// it stands, which day comes next, and which were missed.
package struct LegalDiary: Book {
  /// `show legal`.
  package static let name = "legal"

  struct Line: Sendable {
    var account: UInt32
    var customer: String
    var currency: Currency
    var matter: Legal.Matter
  }

  let asOf: Day
  let all: Bool
  private(set) var lines: [Line] = []

  /// An empty diary at the end of a day; with `all` also of what is over.
  package init(asOf: Day, all: Bool) {
    self.asOf = asOf
    self.all = all
  }

  /// Notices and cases, the cheques behind them with their money, and collateral.
  package var reads: Desk.Reads { [.legal, .cheques, .paper, .security] }
  /// Notices and cases, and cheques that came back.
  package var leads: Desk.Reads { [.legal, .cheques] }
  /// A cheque that never came back is no matter of the law.
  package func concerns(_ rows: borrowing Desk) -> Bool {
    !rows.legal.rows.isEmpty || rows.cheques.rows.contains { $0.kind == .bounced }
  }

  /// Takes the matters of an account.
  package mutating func take(_ account: borrowing AccountView) {
    let brief = Legal.Brief(account.desk, account.terms, asOf: asOf)
    for matter in brief.matters(owes: account.reckoning.outstanding > 0)
    where all || !matter.isOver {
      lines.append(
        Line(
          account: account.number, customer: account.debtor, currency: account.currency,
          matter: matter))
    }
  }

  /// Joins the matters of other accounts.
  package mutating func merge(_ other: LegalDiary) { lines += other.lines }

  /// Matters whose clock runs first, by its day; then by the next hearing.
  package func sheet(_ naming: Naming) -> Sheet {
    var table = Sheet(
      title: "Legal diary",
      columns: [
        .init("account"), .init("matter"), .init("ref"), .init("customer"), .init("stage"),
        .init("clock"), .init("day", .day), .init("days_left", .integer), .init("missed"),
        .init("next_hearing", .day), .init("alert"), .init("forum"), .init("court"),
        .init("number"), .init("advocate"), .init("currency"), .init("sum", .money),
        .init("costs", .money), .init("heard_on", .day),
      ])
    table.keys = 3
    let named = lines.map { (account: naming.account($0.account), line: $0) }
    for (account, line) in named.sorted(on: place, by: <) {
      table.rows.append(cells(account, line, naming))
    }
    func count(_ test: (Legal.Matter) -> Bool) -> Int { lines.filter { test($0.matter) }.count }
    let missed = count { $0.clocks.contains { $0.isMissed(asOf: asOf) } }
    let soon = count {
      $0.running(asOf: asOf).map { $0.name.isDuty && $0.day - asOf <= 7 } ?? false
    }
    let unheard = count { $0.suit?.unheard(before: asOf) != nil }
    table.notes.append(
      "Matters: \(lines.count); with a duty due within 7 days: \(soon), with a clock missed: "
        + "\(missed), with a hearing of which nobody told the outcome: \(unheard).")
    return table
  }

  private func place(of one: (account: String, line: Line)) -> (Int, Day, String, Position) {
    let matter = one.line.matter
    let first =
      matter.notice?.sent.seq ?? matter.suit?.filed.seq ?? matter.cheque?.first ?? Position.max
    if let clock = matter.running(asOf: asOf) { return (0, clock.day, one.account, first) }
    if let next = matter.suit?.next(from: asOf) { return (1, next, one.account, first) }
    return (2, .undated, one.account, first)
  }

  private func cells(_ account: String, _ line: Line, _ naming: Naming) -> [Sheet.Cell] {
    let matter = line.matter
    let (clock, suit) = (matter.running(asOf: asOf), matter.suit)
    let court = [
      Key.LegalCaseFiled.forum, Key.LegalCaseFiled.court, Key.LegalCaseFiled.number,
      Key.LegalCaseFiled.advocate,
    ]
    let filed = suit.map { naming.texts($0.filed.seq, court) } ?? court.map { _ in "" }
    let missed = matter.clocks.filter { $0.isMissed(asOf: asOf) }
      .map { "\($0.name.rawValue) \($0.day)" }
    return [
      .text(account), .text(matter.kind.rawValue), .text(reference(matter, naming)),
      .text(line.customer), .text(stage(matter, naming)), .text(clock?.name.rawValue ?? ""),
      clock.map { .day($0.day) } ?? .none, clock.map { .integer(Int64($0.day - asOf)) } ?? .none,
      .text(missed.joined(separator: ", ")),
      suit?.next(from: asOf).map { .day($0) } ?? .none, .text(alert(matter)),
      .text(filed[0]), .text(filed[1]), .text(filed[2]), .text(filed[3]),
      .text(line.currency.code), sum(matter, line.currency),
      suit.map { .money(Int128($0.costs), line.currency) } ?? .none,
      suit.map { .day($0.heard) } ?? .none,
    ]
  }

  private func reference(_ matter: Legal.Matter, _ naming: Naming) -> String {
    if let cheque = matter.cheque { return naming.text(cheque.first, 0) }
    if let suit = matter.suit { return naming.text(suit.filed.seq, Key.LegalCaseFiled.case) }
    return matter.notice.map { naming.text($0.sent.seq, Key.LegalNoticeSent.notice) } ?? ""
  }

  // The court's own word for the stage where it gave one.
  private func stage(_ matter: Legal.Matter, _ naming: Naming) -> String {
    guard let suit = matter.suit, matter.stage == .filed || matter.stage == .ended else {
      return matter.stage.rawValue
    }
    if let end = suit.end { return naming.text(end.seq, Key.LegalCaseEnded.outcome) }
    guard let row = suit.staged else { return Legal.Stage.filed.rawValue }
    let key = row.kind == .held ? Key.LegalHearingHeld.stage : Key.LegalHearingListed.stage
    return naming.text(row.seq, key)
  }

  private func alert(_ matter: Legal.Matter) -> String {
    if let day = matter.suit?.unheard(before: asOf) { return "no outcome of \(day)" }
    return matter.notice?.failure != nil && matter.notice?.service == nil ? "not served" : ""
  }

  private func sum(_ matter: Legal.Matter, _ currency: Currency) -> Sheet.Cell {
    if let filed = matter.suit?.filed, filed.currency != 0 {
      return .money(Int128(filed.amount), Currency(rawValue: filed.currency))
    }
    if let sent = matter.notice?.sent, sent.currency != 0 {
      return .money(Int128(sent.amount), Currency(rawValue: sent.currency))
    }
    return matter.cheque.map { .money(Int128($0.amount), Currency(rawValue: $0.currency)) } ?? .none
  }
}
