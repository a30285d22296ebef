/// The days that legal clocks run to, each from what starts it. The first day is never counted; a
/// month is a calendar month. Rules, decisions and the legal diary count by these and no others.
package enum LegalClocks {
  /// The last day on which a cheque may be presented.
  package static func presentable(_ chequeDate: Day, months: Int) -> Day {
    chequeDate.plus(months: months)
  }

  /// The last day of a duty that has so many days from what starts it.
  package static func last(_ start: Day, days: Int) -> Day { start + days }

  /// The last day of a demand after a return, so many days after the bank's information; days of
  /// `tolls` are not counted.
  package static func notice(_ info: Day, days: Int, skipping tolls: [ClosedRange<Day>]) -> Day {
    info.adding(days, skipping: tolls)
  }

  /// The day on which the cause of action arises: the one after the last day to pay.
  package static func cause(_ served: Day, payDays: Int) -> Day { served + payDays + 1 }

  /// The last day of a complaint, so many months after the cause.
  package static func complaint(_ cause: Day, months: Int) -> Day { cause.plus(months: months) }

  /// The same where the court is closed on some days: what ends on one of them ends on the next day
  /// on which the court sits (General Clauses Act 1897, section 10).
  package static func complaint(
    _ cause: Day, months: Int, court: borrowing BusinessCalendar
  ) -> Day {
    court.onOrAfter(complaint(cause, months: months))
  }

  /// The first day on which a measure may be taken: the one after all of the waiting days.
  package static func measure(_ start: Day, waitDays: Int) -> Day { start + waitDays + 1 }

  /// The first day after a conversation on which a person may be called again about the debt.
  package static func nextCall(_ conversation: Day, days: Int, isDayOne: Bool) -> Day {
    conversation + days + (isDayOne ? 0 : 1)
  }
}
