/// Vintage, or static pool: of what was opened in a month, how much is or ever was more than so
/// many days past due, by months on book (`domain.md` 3.6, V10).
///
/// Month 0 ends with the month of opening. Only whole months are points. "Ever" needs history,
/// which a snapshot has not: an account counts from the first month-end that finds it beyond, with
/// its balance at that end, whatever it pays later.
package struct VintageBook: Book {
  /// `show vintage`.
  package static let name = "vintage"

  /// Beyond at the month-end, or at any month-end so far.
  package enum Kind: String, CaseIterable, Sendable { case ever, current }

  struct Cohort: Hashable, Sendable {
    var line: PeriodLine
    var month: Day
  }

  struct Pool: Sendable {
    var accounts: Int64 = 0
    var vintage = Vintage()
  }

  let kind: Kind
  let over: Int
  let ends: [Day]
  /// Month-ends before the day asked about.
  package let earlier: [Day]
  var lines: PeriodLines
  private(set) var pools: [Cohort: Pool] = [:]

  /// Nothing opened yet: cohorts from the month of `first` on, beyond `over` days, at the end of
  /// `asOf`; an account belongs to its holder and bucket of that day.
  package init(
    _ kind: Kind, over: Int, from first: Day, asOf: Day, by: PeriodGrouping = .total
  ) {
    (self.kind, self.over) = (kind, over)
    lines = PeriodLines(by: by, opening: asOf)
    var ends: [Day] = []
    var end = first.endOfMonth
    while end <= asOf {
      ends.append(end)
      end = (end + 1).endOfMonth
    }
    self.ends = ends
    earlier = ends.filter { $0 < asOf }
  }

  /// The opening itself, and who holds the account.
  package var reads: Desk.Reads { lines.holders == nil ? .money : [.money, .allocations] }
  /// Every account is in it.
  package var leads: Desk.Reads { [] }

  /// Adds the account to the pool of its month.
  package mutating func take(_ account: borrowing AccountView) {
    guard let opened = account.money.first(where: { $0.kind == .opened }),
      opened.currency == account.currency.rawValue,
      let start = ends.firstIndex(where: { opened.day <= $0.rawValue }),
      opened.day >= ends[0].startOfMonth.rawValue
    else { return }
    var pool = Pool(accounts: 1)
    pool.vintage.pool = Int128(opened.amount)
    var ever: Int128 = 0
    for index in start..<ends.count {
      let figures = index < account.earlier.count ? account.earlier[index] : account.reckoning
      let isBeyond = figures.writtenOff || figures.dpd > over
      let balance = isBeyond ? Int128(figures.outstanding) : 0
      if ever == 0 { ever = balance }
      pool.vintage.beyond.append(kind == .ever ? ever : balance)
    }
    let line = lines.line(of: account, bucket: account.bucket)
    add(pool, Cohort(line: line, month: ends[start].startOfMonth))
  }

  private mutating func add(_ more: Pool, _ cohort: Cohort) {
    pools[cohort, default: Pool()].accounts += more.accounts
    pools[cohort, default: Pool()].vintage.merge(more.vintage)
  }

  /// Joins other accounts.
  package mutating func merge(_ other: VintageBook) {
    lines.merge(other.lines)
    for (cohort, more) in other.pools { add(more, cohort) }
  }

  /// A row a cohort and month on book.
  package func sheet(_ naming: Naming) -> Sheet {
    var table = Sheet(
      title: "Vintage: \(kind.rawValue) more than \(over) days past due, by month of opening",
      columns: lines.column + [
        .init("cohort"), .init("currency"), .init("month_on_book", .integer),
        .init("month_end", .day), .init("accounts", .integer), .init("pool", .money),
        .init("beyond", .money), .init("bp", .integer, ratio: ["beyond", "pool"]),
      ])
    table.keys = 3 + lines.column.count
    for (line, name) in lines.ordered(Set(pools.keys.map(\.line)), naming) {
      for month in Set(pools.keys.map(\.month)).sorted() {
        guard let pool = pools[Cohort(line: line, month: month)] else { continue }
        let rows = rows(pool, month, line.currency)
        table.rows += rows.map { lines.cell(name) + $0 }
      }
    }
    if lines.by != .total { table.notes.append(lines.sentence) }
    table.definitions = [
      ("pool", "principal of the accounts opened in the month"),
      (
        "beyond",
        kind == .ever
          ? "balance at the first month-end that found the account more than \(over) days past due or "
            + "written off"
          : "balance of accounts more than \(over) days past due, or written off, at the month-end"
      ),
      ("month_on_book", "0 is the month of opening; only months that are over are points"),
      ("bp", "ten-thousandths of beyond over pool"),
    ]
    return table
  }
  private func rows(_ pool: Pool, _ month: Day, _ currency: Currency) -> [[Sheet.Cell]] {
    let start = ends.firstIndex { $0 >= month } ?? 0
    return pool.vintage.curve.enumerated().map { age, point in
      [
        .text(String(month.description.prefix(7))), .text(currency.code), .integer(Int64(age)),
        .day(ends[start + age]), .integer(pool.accounts), .money(pool.vintage.pool, currency),
        .money(point.part, currency), point.basisPoints.map { .integer($0) } ?? .none,
      ]
    }
  }
}
