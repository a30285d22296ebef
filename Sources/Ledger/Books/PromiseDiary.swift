/// The promise diary: what a desk works today. Promised sums due today, in grace, broken yesterday,
/// and due in the next days.
///
/// Where an item stands in the diary hangs on days, and its verdict is that of the end of the day:
/// a sum due today without grace is listed as due today, and will be broken tonight.
package struct PromiseDiary: Book {
  /// The name scripts use.
  package static let name = "promise_diary"

  /// What the lines are sorted by first.
  package enum Order: String, Sendable, CaseIterable {
    case date, account, collector
  }

  /// Why an item is in the diary.
  package enum Section: UInt8, CaseIterable, Sendable {
    case brokenYesterday, inGrace, dueToday, next

    /// The name scripts use.
    package var code: String {
      switch self {
      case .brokenYesterday: "broken_yesterday"
      case .inGrace: "in_grace"
      case .dueToday: "due_today"
      case .next: "next"
      }
    }
  }

  private struct Line: Sendable {
    var account: UInt32
    var customer: String
    var section: Section
    var item: Promise.Item
  }

  let asOf: Day
  let days: Int
  let by: Order
  private var lines: [Line] = []
  private var judge = Promise.Judge()

  /// An empty diary of a day and so many days after it.
  package init(asOf: Day, days: Int, by: Order) {
    self.asOf = asOf
    self.days = days
    self.by = by
  }

  /// Promises, and how money came.
  package var reads: Desk.Reads { [.promises, .tenders] }
  /// Accounts with promises.
  package var leads: Desk.Reads { .promises }
  /// Only accounts with an item that is still waited for, or was yesterday, and is due soon.
  package func concerns(_ rows: borrowing Desk) -> Bool {
    let (first, last) = (asOf.rawValue - 1, Int64(asOf.rawValue) + Int64(days))
    for row in rows.promises.rows where row.kind == .item {
      if row.last >= first, Int64(row.due) <= last { return true }
    }
    return false
  }

  /// Judges the promises of an account and keeps what is to be worked.
  package mutating func take(_ account: borrowing AccountView) {
    judge.judge(account, asOf: asOf)
    for item in judge.items {
      guard let section = section(item) else { continue }
      lines.append(
        Line(
          account: account.number, customer: account.debtor, section: section, item: item))
    }
  }

  private func section(_ item: Promise.Item) -> Section? {
    let (due, last, today) = (item.row.due, item.row.last, asOf.rawValue)
    if item.verdict.isEnded || item.verdict == .kept { return nil }
    if due == today { return .dueToday }
    if due > today { return Int(due) - Int(today) <= days ? .next : nil }
    if today <= last { return .inGrace }
    return last == today - 1 ? .brokenYesterday : nil
  }

  /// Joins the lines of other accounts.
  package mutating func merge(_ other: PromiseDiary) { lines += other.lines }

  /// Lines by promised day, or first by account or collector.
  package func sheet(_ naming: Naming) -> Sheet {
    var table = Sheet(
      title: "Promise diary",
      columns: [
        .init("section"), .init("due_on", .day), .init("last_day", .day), .init("account"),
        .init("customer"), .init("promise"), .init("item", .integer), .init("currency"),
        .init("promised", .money), .init("counted", .money), .init("missing", .money),
        .init("verdict"), .init("supersessions", .integer), .init("collector"), .init("mode"),
      ])
    var actors: [UInt32: String] = [:]
    for line in lines where actors[line.item.row.actor] == nil {
      actors[line.item.row.actor] = naming.actor(line.item.row.actor)
    }
    let sorted = lines.map { line in
      let account = naming.account(line.account)
      let collector = actors[line.item.row.actor] ?? ""
      let first = by == .account ? account : by == .collector ? collector : ""
      return (first, account, collector, line)
    }.sorted(
      on: { ($0.0, $0.3.item.row.due, $0.1, $0.3.item.row.seq, $0.3.item.row.item) }, by: <)
    for (_, account, collector, line) in sorted {
      let row = line.item.row
      let currency = Currency(rawValue: row.currency)
      table.rows.append([
        .text(line.section.code), .day(Day(rawValue: row.due)), .day(Day(rawValue: row.last)),
        .text(account), .text(line.customer),
        .text(naming.text(row.seq, Key.PromiseMade.promise)), .integer(Int64(row.item)),
        .text(currency.code), .money(Int128(row.amount), currency),
        .money(Int128(line.item.counted), currency),
        .money(Int128(row.amount) - Int128(line.item.counted), currency),
        .text(line.item.verdict.code), .integer(Int64(line.item.supersessions)),
        .text(collector), .text(naming.text(row.seq, Key.PromiseMade.mode)),
      ])
    }
    table.notes.append(
      "A verdict is that of the end of \(asOf), if no more money of the days asked about arrives.")
    return table
  }
}
