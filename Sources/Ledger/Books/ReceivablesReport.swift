/// Ratios of receivables between two day-ends (`domain.md` 3.5): collection effectiveness, days
/// sales outstanding, the best possible, what lies between, and how late what was paid was paid.
package struct ReceivablesReport: Book {
  /// `show receivables`.
  package static let name = "receivables"

  /// What the accounts of one currency come to.
  package struct Tally: Sendable {
    /// Days of the period, and calendar months it touches.
    package var days: Int64 = 1, months: Int64 = 1
    /// Receivables at both ends, and what of the closing ones is not past due.
    package var opening: Int128 = 0, closing: Int128 = 0, current: Int128 = 0
    /// Invoiced in the period.
    package var sales: Int128 = 0
    /// How late what was paid in the period was.
    package var late = Receivables.DaysLate()
    /// Invoiced by month: months since the year 0.
    package var byMonth: [Int: Int128] = [:]
    /// Days sales outstanding counted back, in tenths; set when the table is made.
    package var countback: Int64?

    mutating func merge(_ other: Tally) {
      opening += other.opening
      closing += other.closing
      current += other.current
      sales += other.sales
      late.merge(other.late)
      for (month, sum) in other.byMonth { byMonth[month, default: 0] += sum }
    }
  }

  let opening: Day
  let closing: Day
  var lines: PeriodLines
  private(set) var tallies: [PeriodLine: Tally] = [:]
  private var days: [Position: Int32] = [:]

  /// Nothing yet, of the days after `opening` up to `closing`.
  package init(by: PeriodGrouping = .total, opening: Day, closing: Day) {
    self.opening = opening
    self.closing = closing
    lines = PeriodLines(by: by, opening: opening)
  }

  /// Who held the accounts, where it adds up by holders.
  package var reads: Desk.Reads { lines.reads }
  /// Every account is in it.
  package var leads: Desk.Reads { [] }
  /// The opening day.
  package var earlier: [Day] { [opening] }
  /// Days late are of the dues that each payment paid.
  package var keepsSplits: Bool { true }

  /// Adds the account's invoices, balances and payments.
  package mutating func take(_ account: borrowing AccountView) {
    let before = account.earlier[0]
    let label = before.exists ? account.terms.buckets.labels[account.bucketIndex(of: before)] : ""
    let line = lines.line(of: account, bucket: before.exists ? label : Passage.notOpen)
    var tally = Tally()
    tally.opening = Int128(before.outstanding)
    tally.closing = Int128(account.reckoning.outstanding)
    var past: Int64 = 0
    Aging.forEachUnpaid(account, asOf: closing) { _, left, slot in if slot > 1 { past += left } }
    tally.current = max(0, tally.closing - Int128(past))
    sell(account, &tally)
    pay(account, &tally)
    tallies[line, default: Tally()].merge(tally)
  }

  private func sell(_ account: borrowing AccountView, _ tally: inout Tally) {
    let reckoner = account.reckoner
    for index in reckoner.obligations.indices where !reckoner.obligations[index].claim {
      let on = reckoner.obligations[index].invoiced
      guard on <= closing.rawValue else { continue }
      var sum: Int64 = 0
      for component in 0..<Component.count where reckoner.present >> UInt16(component) & 1 == 1 {
        sum += reckoner.raised[index * Component.count + component]
      }
      let (year, month, _) = Day(rawValue: on).civil
      tally.byMonth[year * 12 + month - 1, default: 0] += Int128(sum)
      if on > opening.rawValue { tally.sales += Int128(sum) }
    }
  }

  private mutating func pay(_ account: borrowing AccountView, _ tally: inout Tally) {
    let reckoner = account.reckoner
    if reckoner.splits.isEmpty { return }
    days.removeAll(keepingCapacity: true)
    for receipt in reckoner.receipts { days[receipt.seq] = receipt.day }
    for split in reckoner.splits {
      let due = reckoner.obligations[split.obligation].due
      guard let day = days[split.payment], day > opening.rawValue, due < Day.undated.rawValue
      else { continue }
      tally.late.take(split.amount, days: Int64(day) - Int64(due))
    }
  }

  /// Joins other accounts.
  package mutating func merge(_ other: ReceivablesReport) {
    lines.merge(other.lines)
    for (line, more) in other.tallies { tallies[line, default: Tally()].merge(more) }
  }

  /// A row for each figure of each line.
  package func sheet(_ naming: Naming) -> Sheet {
    var table = Sheet(
      title: "Receivables from the end of \(opening) to the end of \(closing)",
      columns: lines.column + Metric<Tally>.columns)
    for (line, name) in lines.ordered(tallies.keys, naming) {
      guard var tally = tallies[line] else { continue }
      tally.days = Int64(closing - opening)
      let (first, last) = (month(opening + 1), month(closing))
      tally.months = Int64(last - first + 1)
      tally.countback = countback(tally, last)
      for metric in ReceivablesReport.metrics {
        table.rows.append(lines.cell(name) + metric.cells(tally, line.currency))
      }
    }
    table.definitions = ReceivablesReport.metrics.map { ($0.name, $0.definition) }
    table.notes.append(
      "bp are ten-thousandths: of one, or of a day (268407 is 26.8407 days). The period has "
        + "\(closing - opening) days.")
    table.notes.append(lines.sentence)
    return table
  }

  private func month(_ day: Day) -> Int {
    let (year, month, _) = day.civil
    return year * 12 + month - 1
  }

  // From the closing month back to the first in which anything was invoiced.
  private func countback(_ tally: Tally, _ last: Int) -> Int64? {
    guard let first = tally.byMonth.keys.min(), let left = Int64(exactly: tally.closing) else {
      return tally.closing == 0 ? 0 : nil
    }
    var months: [(sales: Int64, days: Int64)] = []
    for month in stride(from: last, through: min(first, last), by: -1) {
      let whole = Day.length(ofMonth: month % 12 + 1, year: month / 12)
      let days = month == last ? closing.civil.day : whole
      months.append((Int64(clamping: tally.byMonth[month] ?? 0), Int64(days)))
    }
    return Receivables.countback(left, months: months)
  }
}

// MARK: - Figures

extension ReceivablesReport {
  private typealias Figure = Metric<Tally>

  /// The figures and their definitions, in the order in which they are printed.
  package static let metrics: [Metric<Tally>] = sums + ratios + lateness

  private static let sums: [Figure] = [
    .sum("opening_receivables", .money, "outstanding at the opening") { $0.opening },
    .sum(
      "sales", .money,
      "invoiced in the period, by invoice date or else by due date, less what was waived or cancelled"
    ) { $0.sales },
    .sum("closing_receivables", .money, "outstanding at the closing") { $0.closing },
    .sum(
      "closing_current", .money, "of it not past due; due today without a day past due is current"
    ) {
      $0.current
    },
  ]

  private static let ratios: [Figure] = [
    .money(
      "cei_average_sales",
      "collection effectiveness with sales as their average by month of the period: (opening + sales "
        + "- closing) over (opening + sales - closing current)"
    ) { index($0, months: $0.months) },
    .money("cei_total_sales", "the same with all sales of the period") { index($0, months: 1) },
    .days("dso", "closing receivables over sales, times the days of the period") {
      Ratio($0.closing * Int128($0.days), of: $0.sales)
    },
    .days("dso_best_possible", "closing current over sales, times the days of the period") {
      Ratio($0.current * Int128($0.days), of: $0.sales)
    },
    .days("average_days_delinquent", "dso less dso_best_possible") {
      Ratio(($0.closing - $0.current) * Int128($0.days), of: $0.sales)
    },
    .count(
      "dso_countback",
      "days back from the closing, whole months first, whose sales make up closing receivables; in "
        + "tenths of a day over ten"
    ) { Ratio($0.countback ?? 0, of: $0.countback == nil ? 0 : 10) },
    .money("turnover", "sales over the mean of opening and closing receivables") {
      Ratio($0.sales * 2, of: $0.opening + $0.closing)
    },
  ]

  private static let lateness: [Figure] = [
    .days(
      "days_late",
      "days from due date to payment of what was paid in the period, by amount; early is 0"
    ) { $0.late.weighted },
    .days("days_late_net_of_early", "the same, days before the due date counted against") {
      $0.late.netOfEarly
    },
    .days("days_late_of_late", "the same, of what was paid late only") { $0.late.lateOnly },
  ]

  private static func index(_ tally: Tally, months: Int64) -> Ratio {
    let base = tally.opening * Int128(months) + tally.sales
    return Ratio(
      base - tally.closing * Int128(months), of: base - tally.current * Int128(months))
  }
}
