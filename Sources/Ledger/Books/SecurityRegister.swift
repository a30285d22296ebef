/// The register of collateral in our possession: taken, valued, auctioned, sold, given back; and
/// what a sale left over or fell short of.
package struct SecurityRegister: Book {
  /// `show security`.
  package static let name = "security"

  struct Line: Sendable {
    var account: UInt32
    var customer: String
    var currency: Currency
    var holding: Security.Holding?
    var life: Security.Life
    var notice: Legal.Notice?
    var saleFrom: Day?
    var owed: Int64?
  }

  let asOf: Day
  let onlyHeld: Bool
  private(set) var lines: [Line] = []
  private var reckoner = Reckoner()

  /// An empty register at the end of a day; with `onlyHeld` of what is in our possession then.
  package init(asOf: Day, onlyHeld: Bool) {
    self.asOf = asOf
    self.onlyHeld = onlyHeld
  }

  /// Collateral, notices of its sale, and the money owed on the day of a sale.
  package var reads: Desk.Reads { [.security, .legal, .money] }
  /// Collateral.
  package var leads: Desk.Reads { .security }

  /// Takes the collateral of an account: a line for each time it was taken, or one for what
  /// happened to it and its papers without.
  package mutating func take(_ account: borrowing AccountView) throws(WireError) {
    let brief = Legal.Brief(account.desk, account.terms, asOf: asOf)
    var line = Line(
      account: account.number, customer: account.debtor, currency: account.currency,
      life: brief.security)
    if brief.security.holdings.isEmpty {
      let life = brief.security
      let isThere = life.valued != nil || life.papersBack != nil || life.papersLost != nil
      if !onlyHeld, isThere { lines.append(line) }
      return
    }
    for holding in brief.security.holdings where !onlyHeld || holding.stage.isHeld {
      line.holding = holding
      line.notice = brief.saleNotice(of: holding)
      line.saleFrom = holding.isStatutory ? brief.saleFrom(holding) : nil
      line.owed = nil
      if let sold = holding.sold {
        let day = Day(rawValue: sold.day) - 1
        line.owed = try account.reckoned(asOf: day, with: &reckoner).outstanding
      }
      lines.append(line)
    }
  }

  /// Joins the lines of other accounts.
  package mutating func merge(_ other: SecurityRegister) { lines += other.lines }

  /// Lines by account, then as possession was taken.
  package func sheet(_ naming: Naming) -> Sheet {
    var table = Sheet(
      title: "Collateral in our possession",
      columns: [
        .init("account"), .init("customer"), .init("stage"), .init("taken_on", .day),
        .init("under"), .init("agency"), .init("yard"), .init("police"), .init("currency"),
        .init("value", .money), .init("valuer"), .init("valued_on", .day),
        .init("sale_notice_on", .day), .init("sale_from", .day), .init("auctions", .integer),
        .init("last_auction"), .init("reserve", .money), .init("best_bid", .money),
        .init("ended_on", .day), .init("price", .money), .init("owed", .money),
        .init("surplus", .money), .init("shortfall", .money), .init("alert"), .init("papers"),
      ])
    let named = lines.map { (account: naming.account($0.account), line: $0) }.sorted(
      on: { ($0.account, $0.line.holding?.first.day ?? .min, $0.line.holding?.first.seq ?? 0) },
      by: <)
    table.keys = 4
    for (account, line) in named { table.rows.append(cells(account, line, naming)) }
    let held = lines.filter { $0.holding?.stage.isHeld ?? false }.count
    let sold = lines.filter { $0.holding?.sold != nil }.count
    table.notes.append(
      "\(held) held, \(sold) sold. Surplus and shortfall compare the price with what was owed at "
        + "the end of the day before the sale.")
    return table
  }

  private func cells(_ account: String, _ line: Line, _ naming: Naming) -> [Sheet.Cell] {
    let holding = line.holding
    let (taken, valued) = (holding?.taken, holding.map(\.valued) ?? line.life.valued)
    let (sold, auction) = (holding?.sold, holding?.auctions.last)
    func text(_ row: Security.Row?, _ key: UInt64) -> Sheet.Cell {
      .text(row.map { naming.text($0.seq, key) } ?? "")
    }
    func day(_ day: Int32?) -> Sheet.Cell { day.map { .day(Day(rawValue: $0)) } ?? .none }
    func money(_ minor: Int64?) -> Sheet.Cell {
      minor.flatMap { $0 == .min ? nil : .money(Int128($0), line.currency) } ?? .none
    }
    let rest = sold.flatMap { sold in line.owed.map { sold.amount &- $0 } }
    return [
      .text(account), .text(line.customer), .text(holding?.stage.rawValue ?? ""),
      day(holding?.first.day), text(taken, Key.SecurityPossessionTaken.under),
      text(taken, Key.SecurityPossessionTaken.agency),
      text(taken, Key.SecurityPossessionTaken.yard), .text(police(taken)),
      .text(line.currency.code), money(valued?.amount), text(valued, Key.SecurityValued.valuer),
      day(valued?.day), line.notice.map { .day($0.sentOn) } ?? .none,
      line.saleFrom.map { .day($0) } ?? .none,
      holding.map { .integer(Int64($0.auctions.count)) } ?? .none,
      text(auction, Key.SecurityAuctionHeld.outcome), money(auction?.second),
      auction.map { $0.amount == 0 ? .none : money($0.amount) } ?? .none,
      day(sold?.day ?? holding?.released?.day), money(sold?.amount), money(line.owed),
      rest.map { money(max(0, $0)) } ?? .none, rest.map { money(max(0, 0 &- $0)) } ?? .none,
      .text(alerts(line, rest).joined(separator: " ")), .text(papers(line.life)),
    ]
  }

  private func police(_ taken: Security.Row?) -> String {
    guard let taken else { return "" }
    return [(taken.policeBefore, "before"), (taken.policeAfter, "after")]
      .filter(\.0).map(\.1).joined(separator: " ")
  }

  private func papers(_ life: Security.Life) -> String {
    if let back = life.papersBack { return "back \(Day(rawValue: back.day))" }
    return life.papersLost.map { "lost \(Day(rawValue: $0.day))" } ?? ""
  }

  private func alerts(_ line: Line, _ rest: Int64?) -> [String] {
    guard let holding = line.holding else { return [] }
    var alerts: [String] = []
    let sales = [holding.sold].compactMap(\.self) + holding.auctions.suffix(1)
    if holding.isStatutory, !sales.isEmpty,
      line.saleFrom.map({ first in sales.contains { $0.day < first.rawValue } })
        ?? (holding.sold != nil)
    {
      alerts.append("sold_before_notice_ran")
    }
    if let sold = holding.sold, sold.second != .min, let rest, sold.second != max(0, rest) {
      alerts.append("stated_surplus_differs")
    }
    if holding.stage.isHeld, holding.valued == nil { alerts.append("not_valued") }
    return alerts
  }
}
