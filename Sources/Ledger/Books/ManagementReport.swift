/// The management report of a period: opening and closing, and every rate between them, each with
/// the definition it is printed by (`domain.md` 3.3 to 3.6).
///
/// The period runs from the end of the opening day to the end of the day asked about; both ends are
/// known at one position, so the same question asked later restates the opening too. An account
/// belongs to whoever held it at the opening.
package struct ManagementReport: Book {
  /// `show mis`.
  package static let name = "mis"

  /// A row a figure, or of the movement alone a row a line.
  package enum Form: String, CaseIterable, Sendable { case figures, roll }

  let form: Form
  let closing: Day
  var lines: PeriodLines
  private(set) var tallies: [PeriodLine: ManagementTally] = [:]
  /// Names of the figures asked for; empty for all.
  let only: Set<String>
  private var promises = Promise.Judge()
  private var bounces = BounceJudge()
  private var rates: [Rate: Int64] = [:]
  private var npa = ""

  private struct Rate: Hashable, Sendable {
    var agency: TextKey
    var day: Int32
  }

  /// Nothing yet, of the days after `opening` up to `closing`.
  package init(
    by: PeriodGrouping, form: Form = .figures, opening: Day, closing: Day, only: Set<String> = []
  ) {
    self.form = form
    self.closing = closing
    self.only = only
    lines = PeriodLines(by: by, opening: opening)
    let stays = [2, 1].compactMap { closing.adding(months: -$0) }
    earlier = [opening] + (stays.allSatisfy { $0 > opening } ? stays : [])
  }

  /// Contacts, promises, paper, legal fees, plans, allocations and endings.
  package var reads: Desk.Reads {
    [
      .endings, .allocations, .contacts, .promises, .tenders, .cheques, .mandates, .paper, .legal,
      .plans, .approvals,
    ]
  }
  /// Every account is in it.
  package var leads: Desk.Reads { [] }
  /// The opening day, and the two month-ends before the closing where they lie behind it.
  package let earlier: [Day]

  /// Adds the account's way through the period to its line.
  package mutating func take(_ account: borrowing AccountView) {
    let passage = account.passage(from: lines.opening, to: closing)
    let line = lines.line(of: account, bucket: passage.fromLabel)
    tallies[line, default: ManagementTally()].takeOpening(passage, stayed: stayed(account))
    var end = line
    if lines.by == .bucket { end.label = passage.toLabel }
    if passage.isOpen {
      tallies[end, default: ManagementTally()].takeClosing(
        passage, isRestructured: account.isUnderPlan(closing))
    }
    if !account.desk.promises.rows.isEmpty { judge(account, line) }
    takeCosts(account, line)
    if account.isFirst { takePeople(account, line, passage) }
    note(account.terms)
  }

  // The label of the first bucket that is npa, as the first account has it.
  private mutating func note(_ terms: borrowing Terms) {
    guard npa.isEmpty else { return }
    let days = terms.classification.npaOver + 1
    npa =
      terms.buckets.labels[
        terms.buckets.index(days: days, writtenOff: false, undated: false)]
  }

  private func stayed(_ account: borrowing AccountView) -> Bool? {
    guard account.earlier.count == 3 else { return nil }
    for index in 1...2 {
      let figures = account.earlier[index]
      let isCurrent = Buckets.rank(account.bucketIndex(of: figures)) == 0
      guard figures.closed || isCurrent else { return false }
    }
    return true
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
    _ account: borrowing AccountView, _ line: PeriodLine, _ passage: Passage
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
      tally, isAllocated: passage.from != nil && held != nil,
      isResolved: passage.from ?? 0 > 0 && passage.move == .normalised)
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
    if npa.isEmpty { npa = other.npa }
    for (line, more) in other.tallies {
      tallies[line, default: ManagementTally()].merge(more)
    }
  }

  /// A row for each figure of each line: `part`, `whole` and the ratio in ten-thousandths; or a row
  /// for each line, of how its accounts moved.
  package func sheet(_ naming: Naming) -> Sheet {
    form == .roll ? rollSheet(naming) : figureSheet(naming)
  }

  private func figureSheet(_ naming: Naming) -> Sheet {
    var table = Sheet(
      title: "Management report from the end of \(lines.opening) to the end of \(closing)",
      columns: lines.column + Metric<ManagementTally>.columns)
    let metrics = ManagementReport.metrics.filter { metric in
      (only.isEmpty || only.contains(metric.name))
        && (lines.by == .bucket || !ManagementReport.ofBuckets.contains(metric.name))
    }
    for (line, name) in lines.ordered(tallies.keys, naming) {
      guard var tally = tallies[line] else { continue }
      if lines.by == .bucket { flow(line, &tally) }
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

  // What flows on from a bucket: to the next, and by all between to npa and to written off.
  private func flow(_ line: PeriodLine, _ tally: inout ManagementTally) {
    guard let index = lines.labels.firstIndex(of: line.label), index > 0 else { return }
    func tallied(_ index: Int) -> ManagementTally? {
      var other = line
      other.label = lines.labels[index]
      return tallies[other]
    }
    if index + 1 < lines.labels.count { tally.next = tallied(index + 1)?.movement.closing ?? 0 }
    func chain(to end: Int?, _ rate: (Int) -> Ratio) -> [Ratio] {
      end.map { index < $0 ? (index..<$0).map(rate) : [] } ?? []
    }
    func net(_ index: Int) -> Ratio {
      Ratio(
        tallied(index + 1)?.movement.closing ?? 0, of: tallied(index)?.movement.sum ?? 0)
    }
    func tracked(_ index: Int) -> Ratio {
      let movement = tallied(index)?.movement
      return Ratio(movement?.tracked ?? 0, of: movement?.sum ?? 0)
    }
    let bad = lines.labels.firstIndex(of: npa)
    tally.netToNPA = chain(to: bad, net)
    tally.trackedToNPA = chain(to: bad, tracked)
    tally.netToWriteOff = chain(to: lines.labels.count - 1, net)
  }
}
