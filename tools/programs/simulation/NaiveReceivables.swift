package import Ledger

/// A second model of receivables ratios and vintages: every account is lived through to every day
/// asked about. It shares no rule with the ledger.
package struct NaiveReceivables: Sendable {
  private let desk: NaiveDesk
  private let period: NaivePeriod

  /// A model of a life.
  package init(_ desk: NaiveDesk) {
    self.desk = desk
    period = NaivePeriod(desk)
  }

  /// `metric,part,whole` of the whole book between two day-ends.
  package func ratios(opening: Day, closing: Day, knownAt: UInt64) -> [String] {
    let known = period.known(knownAt)
    var (open, owed, current, sales): (Int64, Int64, Int64, Int64) = (0, 0, 0, 0)
    var (paid, late, net, lateOnly): (Int64, Int64, Int64, Int64) = (0, 0, 0, 0)
    for (account, told) in known.accounts {
      guard let end = period.stand(account, told, known, on: closing, scheme: closing) else {
        continue
      }
      let start = period.stand(account, told, known, on: opening, scheme: closing)
      open += start?.row.outstanding ?? 0
      owed += end.row.outstanding
      current += max(0, end.row.outstanding - end.life.past(closing))
      sales += end.life.sold(after: opening, by: closing)
      for split in end.life.splits where split.paid > opening {
        guard let due = split.due else { continue }
        let days = Int64(split.paid - due)
        paid += split.amount
        net += split.amount * days
        if days > 0 { (late, lateOnly) = (late + split.amount * days, lateOnly + split.amount) }
      }
    }
    let (first, last) = ((opening + 1).civil, closing.civil)
    let months = Int64((last.year - first.year) * 12 + last.month - first.month + 1)
    let days = Int64(closing - opening)
    func index(_ months: Int64) -> String {
      let base = open * months + sales
      return "\(base - owed * months),\(base - current * months)"
    }
    return [
      "opening_receivables,\(open),", "sales,\(sales),", "closing_receivables,\(owed),",
      "closing_current,\(current),", "cei_average_sales,\(index(months))",
      "cei_total_sales,\(index(1))", "dso,\(owed * days),\(sales)",
      "dso_best_possible,\(current * days),\(sales)",
      "average_days_delinquent,\((owed - current) * days),\(sales)",
      "turnover,\(sales * 2),\(open + owed)", "days_late,\(late),\(paid)",
      "days_late_net_of_early,\(net),\(paid)", "days_late_of_late,\(late),\(lateOnly)",
    ].sorted()
  }

  /// `cohort,month_on_book,month_end,accounts,pool,beyond` of what was opened from a month on.
  package func vintage(isEver: Bool, over: Int, from: Day, asOf: Day, knownAt: UInt64) -> [String] {
    let known = period.known(knownAt)
    var ends: [Day] = []
    var month = from.startOfMonth
    while month.endOfMonth <= asOf {
      ends.append(month.endOfMonth)
      month = month.endOfMonth + 1
    }
    var cells: [String: (accounts: Int, pool: Int64, beyond: Int64)] = [:]
    for one in desk.heard(knownAt) {
      guard case .opened(_, let principal, let on, _, _) = one.deed,
        let told = known.stories[one.account], on >= from.startOfMonth
      else { continue }
      var worst: Int64 = 0
      let mine = ends.filter { $0 >= on }
      for (index, end) in mine.enumerated() {
        let stand = period.stand(one.account, told, known, on: end, scheme: asOf)
        let isBeyond = stand.map { $0.isWrittenOff || $0.row.dpd > over } ?? false
        let sum = isBeyond ? stand?.row.outstanding ?? 0 : 0
        if worst == 0 { worst = sum }
        let cell = "\("\(on)".prefix(7)),\(index),\(end)"
        let old = cells[cell] ?? (0, 0, 0)
        cells[cell] = (
          old.accounts + 1, old.pool + principal, old.beyond + (isEver ? worst : sum)
        )
      }
    }
    return cells.map { "\($0.key),\($0.value.accounts),\($0.value.pool),\($0.value.beyond)" }
      .sorted()
  }
}

extension NaiveAccount {
  /// What is unpaid and past due at the end of a day: its own days, after pauses, are one or more.
  fileprivate func past(_ day: Day) -> Int64 {
    owed.filter { $0.isDue(day) && $0.left > 0 }.reduce(0) { sum, item in
      let (past, paused) = days(since: item.due ?? day, day)
      return past > terms.graceDays && past > paused ? sum + item.left : sum
    }
  }

  /// What fell due between two days, but for the claim of a source system.
  fileprivate func sold(after first: Day, by last: Day) -> Int64 {
    owed.filter { item in
      let isClaim = item.id.isEmpty && item.order.0 == 0
      return !isClaim && item.due.map { first < $0 && $0 <= last } ?? false
    }.reduce(0) { $0 + $1.raised.reduce(0, +) }
  }
}
