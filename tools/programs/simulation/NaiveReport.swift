import Ledger

/// Days, bucket and class.
extension NaiveAccount {
  /// Days of the oldest unpaid due at the end of a day: past due, paused, and delinquent after
  /// pauses, grace and tolerance.
  func age(_ day: Day) -> (past: Int, paused: Int, delinquent: Int) {
    guard let start = oldest(day)?.due else { return (0, 0, 0) }
    let (past, paused) = days(since: start, day)
    if past <= terms.graceDays || overdue(day) <= terms.tolerance { return (past, paused, 0) }
    return (past, paused, past - paused)
  }

  /// The oldest of what has fallen due and gives days while it is unpaid.
  func oldest(_ day: Day) -> Owed? {
    owed.first { item in
      guard item.isDue(day) else { return false }
      if terms.principalAndInterestOnly { return item.left(0) > 0 || item.left(1) > 0 }
      return item.left > 0
    }
  }

  /// Days past due, and paused, of something due on a day.
  func days(since start: Day, _ day: Day) -> (past: Int, paused: Int) {
    // Inclusive: the due date, unpaid at day-end, is day 1. Elapsed: the day after it is.
    let first = terms.inclusive ? start : start + 1
    let past = max(0, day - first + 1)
    var paused = 0
    var counted = first
    while counted <= day, !pauses.isEmpty {
      if pauses.contains(where: { $0.from <= counted && counted < $0.to }) { paused += 1 }
      counted = counted + 1
    }
    return (past, paused)
  }

  // Holds that pause: the first day is paused, the last one (as placed, or as lifted) counts again.
  static func pauses(_ told: [NaiveEvent], _ terms: NaiveTerms) -> [(from: Day, to: Day)] {
    var pauses: [(from: Day, to: Day)] = []
    for event in told {
      guard case .held(let id, let kind, let from, let to) = event.what,
        terms.pauses.contains(kind)
      else { continue }
      var end = to ?? .undated
      for other in told {
        if case .lifted(id, let lifted) = other.what { end = min(end, lifted) }
      }
      pauses.append((from, end))
    }
    return pauses
  }

  /// What aging says at the end of a day that was just lived through.
  func report(_ asOf: Day) -> NaiveRow {
    let currency = told.first { $0.currency != "" }?.currency ?? ""
    var row = NaiveRow(account: account, currency: currency)
    let shown = owed.filter { $0.isDue(asOf) || $0.shown <= asOf }
    let raised = shown.reduce(0) { $0 + $1.left }
    let waits = money.reduce(0) { $0 + $1.waits }
    row.overdue = overdue(asOf)
    row.outstanding = max(0, raised - waits)
    row.credit = max(0, waits - raised)
    let age = age(asOf)
    (row.dpd, row.pastDueDays, row.pausedDays) = (age.delinquent, age.past, age.paused)
    let writtenOff = told.contains { event in
      if case .writtenOff = event.what { return event.day <= asOf }
      return false
    }
    let undated = row.outstanding > 0 && !shown.contains { $0.left > 0 && $0.due != nil }
    row.bucket = bucket(row.dpd, writtenOff: writtenOff, undated: undated)
    if isCurrentBounce(asOf), !writtenOff || terms.writtenOff == nil, !undated,
      let label = terms.currentBounce
    {
      row.bucket = label
    }
    row.assetClass = assetClass(row.dpd)
    return row
  }

  // Something came back this month, and the oldest unpaid due that gives days is of this month.
  private func isCurrentBounce(_ asOf: Day) -> Bool {
    let (year, month, _) = asOf.civil
    guard let start = Day(year: year, month: month, day: 1), overdue(asOf) > 0 else { return false }
    let came = told.contains { event in
      if case .bounced = event.what { return start <= event.day && event.day <= asOf }
      return false
    }
    return came && (oldest(asOf)?.due).map { $0 >= start } ?? false
  }

  func bucket(_ dpd: Int, writtenOff: Bool, undated: Bool) -> String {
    if writtenOff, let label = terms.writtenOff { return label }
    if undated { return "undated" }
    if dpd <= 0, let label = terms.current { return label }
    for (label, last) in zip(terms.bands, terms.upTo) where dpd <= last { return label }
    return terms.bands.last ?? ""
  }

  private func assetClass(_ dpd: Int) -> String {
    if dpd > terms.npaOver || (terms.sticky && isNPA) { return "npa" }
    if dpd <= 0 { return "standard" }
    if dpd <= 30 { return "sma_0" }
    return dpd <= 60 ? "sma_1" : "sma_2"
  }
}
