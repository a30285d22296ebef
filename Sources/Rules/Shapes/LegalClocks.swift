package import Ledger

/// The days that legal clocks run to, each from what starts it. The first day is never counted; a
/// month is a calendar month. Rolling forward over closed days is the rule's, not the clock's.
package enum LegalClocks {
  /// The last day on which a cheque may be presented.
  package static func presentable(_ chequeDate: Day, months: Int) -> Day {
    chequeDate.plus(months: months)
  }

  /// The last day of a duty that has so many days from what starts it.
  package static func last(_ start: Day, days: Int) -> Day { start + days }

  /// The day on which the cause of action arises: the one after the last day to pay.
  package static func cause(_ served: Day, payDays: Int) -> Day { served + payDays + 1 }

  /// The last day of a complaint, so many months after the cause.
  package static func complaint(_ cause: Day, months: Int) -> Day { cause.plus(months: months) }

  /// The first day after a conversation on which a person may be called again about the debt.
  package static func nextCall(_ conversation: Day, days: Int, isDayOne: Bool) -> Day {
    conversation + days + (isDayOne ? 0 : 1)
  }
}
