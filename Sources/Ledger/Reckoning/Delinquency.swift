/// Days past due, and the class that hangs on them.
extension Reckoner {
  /// Unpaid part of what has fallen due.
  func overdue() -> Int64 {
    if !irregular { return due }
    var sum: Int64 = 0
    for obligation in min(settled, active)..<active { sum += unpaid(obligation) }
    return sum
  }

  /// Index of the oldest obligation past due whose unpaid components give days.
  func oldestDelinquent(_ terms: borrowing Terms) -> Int? {
    for obligation in min(settled, active)..<active {
      let gives =
        terms.components.principalAndInterestOnly
        ? unpaid(obligation, 0) > 0 || unpaid(obligation, 1) > 0 : unpaid(obligation) > 0
      if gives { return obligation }
    }
    return nil
  }

  /// The day from which an obligation's age counts.
  func ageFrom(_ obligation: Int, _ terms: borrowing Terms) -> Int32 {
    terms.fromInvoiceDate ? obligations[obligation].invoiced : obligations[obligation].due
  }

  /// Past-due and paused days at the end of `day` of something due since `start`.
  ///
  /// Inclusive counting counts the days from `start` to `day`, both; elapsed counting those after
  /// `start`. Paused days among the counted ones are deducted; days before `start` never are.
  package func days(
    from start: Int32, to day: Int32, _ terms: borrowing Terms
  ) -> (past: Int, paused: Int) {
    let first = terms.counting.inclusive ? start : start &+ 1
    guard day >= first else { return (0, 0) }
    var paused = 0
    for pause in pauses {
      let from = max(pause.from, first)
      let to = min(Int(pause.to), Int(day) + 1)
      if to > Int(from) { paused += to - Int(from) }
    }
    return (Int(day) - Int(first) + 1, paused)
  }

  /// Delinquent days at the end of `day` of something due since `start`: past less paused, none
  /// within grace.
  package func delinquent(from start: Int32, to day: Int32, _ terms: borrowing Terms) -> Int {
    let (past, paused) = days(from: start, to: day, terms)
    return past <= terms.grace.days ? 0 : past - paused
  }

  // Between two days on which something happens the oldest due stays the same and days only grow:
  // the first day-end beyond the limit is found by halving.
  mutating func watch(until day: Int32, _ terms: borrowing Terms) {
    guard npaSince == nil, watched != .min, day - 1 >= watched, irregular || due > 0,
      let oldest = oldestDelinquent(terms), overdue() > terms.grace.tolerance
    else { return }
    let start = obligations[oldest].due
    guard delinquent(from: start, to: day - 1, terms) > terms.classification.npaOver else { return }
    var (low, high) = (watched, day - 1)
    while low < high {
      let middle = low + (high - low) / 2
      if delinquent(from: start, to: middle, terms) > terms.classification.npaOver {
        high = middle
      } else {
        low = middle + 1
      }
    }
    npaSince = low
  }

  /// Sums up at the end of `asOf`.
  mutating func conclude(_ asOf: Day, _ terms: borrowing Terms, _ result: inout Reckoning) {
    var owed: Int64 = 0
    var dated = false
    for obligation in obligations.indices {
      let isDue = obligation < active
      guard isDue || obligations[obligation].seen <= asOf.rawValue else { continue }
      var rest = present
      while rest != 0 {
        let component = rest.trailingZeroBitCount
        rest &= rest - 1
        let sum = raised[obligation * Component.count + component]
        result.raised += sum
        if isDue { result.demanded += sum }
        result.unpaid[component] += unpaid(obligation, component)
      }
      let left = unpaid(obligation)
      guard left > 0 else { continue }
      owed += left
      if isDue { result.overdue += left }
      let due = Day(rawValue: obligations[obligation].due)
      if due < .undated { dated = true }
      if due < .undated, due < result.nextDue ?? .undated { result.nextDue = due }
    }
    result.outstanding = max(0, owed - waiting)
    result.credit = max(0, waiting - owed)
    result.undated = result.outstanding > 0 && !dated
    for receipt in receipts.prefix(received) where receipt.live > 0 {
      result.received += receipt.live
      result.lastPayment = (Day(rawValue: receipt.day), receipt.live)
    }
    // Age by invoice looks at everything unpaid; age by due date at what is past due.
    if let oldest = terms.fromInvoiceDate ? oldestInvoice(asOf, terms) : oldestDelinquent(terms) {
      let start = ageFrom(oldest, terms)
      result.oldestUnpaid = Day(rawValue: start)
      (result.pastDueDays, result.pausedDays) = days(from: start, to: asOf.rawValue, terms)
      if result.overdue > terms.grace.tolerance || terms.fromInvoiceDate {
        result.dpd = delinquent(from: start, to: asOf.rawValue, terms)
      }
    }
    if result.isCurrentBounce {
      let isLater = result.oldestUnpaid.map { $0 >= asOf.startOfMonth } ?? false
      result.isCurrentBounce = result.overdue > 0 && isLater
    }
    let stands = terms.classification.sticky || result.dpd > terms.classification.npaOver
    result.npaSince = stands ? npaSince.map(Day.init(rawValue:)) : nil
  }

  private func oldestInvoice(_ asOf: Day, _ terms: borrowing Terms) -> Int? {
    var oldest: Int?
    for obligation in obligations.indices where unpaid(obligation) > 0 {
      guard obligation < active || obligations[obligation].seen <= asOf.rawValue else { continue }
      if obligations[obligation].invoiced < obligations[oldest ?? obligation].invoiced
        || oldest == nil
      {
        oldest = obligation
      }
    }
    return oldest
  }
}
