/// Which days are working days of a court, a bank or an office: a weekend and a list of holidays,
/// both data. Rules and the legal diary roll days forward by this one.
package struct BusinessCalendar: Hashable, Sendable {
  /// Weekdays that are closed, Monday 0 to Sunday 6.
  package var weekend: [Int]
  /// Days that are closed besides.
  package var holidays: Set<Day>
  /// The house's calendar, by policy, in place of both.
  package var house: Calendar?

  /// A calendar with these closed days.
  package init(weekend: [Int], holidays: Set<Day>, house: Calendar? = nil) {
    (self.weekend, self.holidays, self.house) = (weekend, holidays, house)
  }

  /// Whether a day is a working day.
  package func isOpen(_ day: Day) -> Bool {
    house?.isWorking(day)
      ?? (!weekend.contains(day.weekday) && (holidays.isEmpty || !holidays.contains(day)))
  }

  /// The day itself when it is open, else the next one that is.
  package func onOrAfter(_ day: Day) -> Day {
    var day = day
    // A calendar without any open day would never end.
    for _ in 0..<3660 {
      if isOpen(day) { break }
      day = day + 1
    }
    return day
  }

  /// The day `count` working days later, the first day not counted.
  package func adding(_ count: Int, to day: Day) -> Day {
    var day = day
    for _ in 0..<max(0, count) { day = onOrAfter(day + 1) }
    return day
  }
}

extension Day {
  /// Monday 0 to Sunday 6.
  package var weekday: Int {
    let shifted = (Int(rawValue) + 3) % 7
    return shifted < 0 ? shifted + 7 : shifted
  }

  /// Calendar months later, clamped to the month's end; the last day there is when that is beyond
  /// the calendar.
  package func plus(months: Int) -> Day { adding(months: months) ?? .undated }

  /// The day `count` days later, days of `tolls` (both ends included) not counted, the first day
  /// neither.
  package func adding(_ count: Int, skipping tolls: [ClosedRange<Day>]) -> Day {
    if tolls.isEmpty { return self + count }
    var (day, left) = (self, count)
    while left > 0 {
      day = day + 1
      if let toll = tolls.first(where: { $0.contains(day) }) { day = toll.upperBound + 1 }
      left -= 1
    }
    return day
  }
}
