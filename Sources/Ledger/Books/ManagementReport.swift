/// The management report of a period: opening and closing, and every rate between them, each with
/// the definition it is printed by (`domain.md` 3.3 to 3.6).
///
/// The period runs from the end of the opening day to the end of the day asked about; both ends are
/// known at one position, so the same question asked later restates the opening too. An account
/// belongs to whoever held it at the opening.
package struct ManagementReport: Book {
  /// `show mis`.
  package static let name = "mis"

  let closing: Day
  var lines: PeriodLines
  private(set) var tallies: [PeriodLine: ManagementTally] = [:]
  /// Names of the figures asked for; empty for all.
  let only: Set<String>
  private var promises = Promise.Judge()
  private var bounces = BounceJudge()
  private var rates: [Rate: Int64] = [:]

  private struct Rate: Hashable, Sendable {
    var agency: TextKey
    var day: Int32
  }

  /// Nothing yet, of the days after `opening` up to `closing`.
  package init(by: PeriodGrouping, opening: Day, closing: Day, only: Set<String> = []) {
    self.closing = closing
    self.only = only
    lines = PeriodLines(by: by, opening: opening)
  }

  /// Contacts, promises, paper, legal fees, allocations and endings.
  package var reads: Desk.Reads {
    [
      .endings, .allocations, .contacts, .promises, .tenders, .cheques, .mandates, .paper, .legal,
    ]
  }
  /// Every account is in it.
  package var leads: Desk.Reads { [] }
  /// The opening day.
  package var earlier: [Day] { [lines.opening] }

  /// Adds the account's way through the period to its line.
  package mutating func take(_ account: borrowing AccountView) {
    let passage = account.passage(from: lines.opening, to: closing)
    let line = lines.line(of: account, bucket: passage.fromLabel)
    tallies[line, default: ManagementTally()].takeOpening(passage)
    var end = line
    if lines.by == .bucket { end.label = passage.toLabel }
    if passage.isOpen { tallies[end, default: ManagementTally()].takeClosing(passage) }
    if !account.desk.promises.rows.isEmpty { judge(account, line) }
    takeCosts(account, line)
    if account.isFirst { takePeople(account, line, wasOpen: passage.from != nil) }
  }

  private mutating func judge(_ account: borrowing AccountView, _ line: PeriodLine) {
    promises.judge(account, asOf: closing)
    for item in promises.items
    where item.verdict.isMatured && item.row.due > lines.opening.rawValue
      && item.row.currency == account.currency.rawValue
    {
      tallies[line, default: ManagementTally()].promises.add(item)
    }
  }

  // What was spent on it as far as it is recorded: legal fees, and what agencies earn by their
  // empanelment on money that came while they held it and that stands.
  private mutating func takeCosts(_ account: borrowing AccountView, _ line: PeriodLine) {
    let from = lines.opening.rawValue
    let currency = account.currency.rawValue
    for row in account.desk.legal.rows
    where row.kind == .fee && row.currency == currency && row.day > from
      && row.day <= closing.rawValue
    { tallies[line, default: ManagementTally()].fees += Int128(row.amount) }
    let rows = account.desk.allocations.rows
    guard rows.contains(where: { $0.kind == .agency }) else { return }
    for receipt in account.reckoner.receipts
    where receipt.applied && receipt.live > 0 && receipt.day > from {
      guard let held = Allocation.holder(rows, before: receipt.occurred, receipt.seq),
        held.kind == .agency
      else { continue }
      let asked = Rate(agency: held.holder, day: receipt.day)
      let rate =
        rates[asked]
        ?? max(
          0,
          account.house.seat(of: held.holder, on: Day(rawValue: receipt.day))?.empanelled.commission
            ?? 0)
      rates[asked] = rate
      tallies[line, default: ManagementTally()].commissionPoints +=
        Int128(receipt.live) * Int128(rate)
    }
  }

  // What is no money of one currency: counted once an account.
  private mutating func takePeople(
    _ account: borrowing AccountView, _ line: PeriodLine, wasOpen: Bool
  ) {
    let days = (lines.opening.rawValue &+ 1)...max(lines.opening.rawValue &+ 1, closing.rawValue)
    var tally = ContactTally()
    var seen: Int8 = 0
    for row in account.desk.contacts.rows where days.contains(row.day) {
      seen = tally.add(row, seen)
    }
    for row in account.desk.promises.rows
    where row.kind == .item && row.item == 1 && days.contains(row.made) { tally.promises += 1 }
    let held = Allocation.holder(account.desk.allocations.rows, on: lines.opening)
    tallies[line, default: ManagementTally()].takeContacts(
      tally, isAllocated: wasOpen && held != nil)
    guard !account.desk.cheques.rows.isEmpty || !account.desk.mandates.rows.isEmpty else { return }
    bounces.judge(account, from: lines.opening + 1, asOf: closing)
    for (key, tally) in bounces.found {
      var line = line
      line.currency = key.currency
      tallies[line, default: ManagementTally()].bounces.add(tally)
    }
  }

  /// Joins the lines of other accounts.
  package mutating func merge(_ other: ManagementReport) {
    lines.merge(other.lines)
    for (line, more) in other.tallies {
      tallies[line, default: ManagementTally()].merge(more)
    }
  }

  /// A row for each figure of each line: `part`, `whole` and the ratio in ten-thousandths.
  package func sheet(_ naming: Naming) -> Sheet {
    var table = Sheet(
      title: "Management report from the end of \(lines.opening) to the end of \(closing)",
      columns: lines.column + Metric<ManagementTally>.columns)
    let metrics = ManagementReport.metrics.filter { metric in
      (only.isEmpty || only.contains(metric.name))
        && (lines.by == .bucket || !ManagementReport.ofBuckets.contains(metric.name))
    }
    for (line, name) in lines.ordered(tallies.keys, naming) {
      guard var tally = tallies[line] else { continue }
      if lines.by == .bucket { tally.next = next(line) }
      for metric in metrics {
        table.rows.append(lines.cell(name) + metric.cells(tally, line.currency))
      }
    }
    table.definitions = metrics.map { ($0.name, $0.definition) }
    table.notes.append(
      "bp are ten-thousandths of part over whole; nothing where the whole is nothing. Balance is "
        + "outstanding: the unpaid part of everything raised.")
    table.notes.append(lines.sentence)
    return table
  }

  // Closing balance of the bucket after a line's; nil behind the last.
  private func next(_ line: PeriodLine) -> Int128? {
    guard let index = lines.labels.firstIndex(of: line.label), index > 0,
      index + 1 < lines.labels.count
    else { return nil }
    var next = line
    next.label = lines.labels[index + 1]
    return tallies[next]?.movement.closing ?? 0
  }
}
