/// What an account's facts amount to, seen from a vantage under given terms. Nothing of it is
/// stored.
package struct Reckoning: Sendable {
  /// Unpaid part of what was due by the day, minor units.
  package var overdue: Int64 = 0
  /// Unpaid part of everything raised by the day, less money that waits; never below zero.
  package var outstanding: Int64 = 0
  /// Money beyond everything raised.
  package var credit: Int64 = 0
  /// Delinquent days: past-due days less paused ones, after grace and tolerance.
  package var dpd = 0
  /// Days from the oldest unpaid due, pauses not deducted.
  package var pastDueDays = 0
  /// Days deducted.
  package var pausedDays = 0
  /// Date of the oldest unpaid due that is past due; nil when none is.
  package var oldestUnpaid: Day?
  /// Earliest due date of anything unpaid, past or to come; nil when nothing is unpaid.
  package var nextDue: Day?
  /// Whether something is unpaid and all of it is without a due date.
  package var undated = false
  /// Whether the account is non-performing, and since which day-end.
  package var npaSince: Day?
  /// Whether a cheque or debit came back in the month of the day, with nothing older overdue and
  /// something overdue still.
  package var isCurrentBounce = false
  /// Whether it was written off by the day.
  package var writtenOff = false
  /// Whether it is closed.
  package var closed = false
  /// Whether a claim of a source system makes up its figures.
  package var claimed = false
  /// Whether anything about it was seen by the day.
  package var exists = false
  /// Money received less reversed, refunded and moved away, minor units.
  package var received: Int64 = 0
  /// Everything raised by the day (dues, charges, interest) less what was cancelled or waived.
  package var raised: Int64 = 0
  /// The part of `raised` that has fallen due by the day: what fell due in a period is the
  /// difference between its ends.
  package var demanded: Int64 = 0
  /// Unpaid by component, over everything raised by the day.
  package var unpaid = InlineArray<9, Int64>(repeating: 0)
  /// The account's sums are beyond 64 bits: no figure of it can be trusted, and all are zero.
  package var overflows = false
  /// Day and sum of the last payment that stands.
  package var lastPayment: (day: Day, amount: Int64)?

  /// Nothing yet.
  package init() {}
}

/// A due or a free-standing charge, as a reckoning sees it.
package struct Obligation: Sendable {
  /// Key of the due or charge.
  package var id: TextKey
  /// Position of the event that raised it.
  package var seq: Position
  /// When it falls due; `Day.undated` when nobody has said.
  package var due: Int32
  /// From when it is shown.
  package var seen: Int32
  /// From when its age counts, when age runs from the invoice.
  package var invoiced: Int32
  /// Number of the third party who should pay it, 0 for the debtor.
  package var payer: UInt32
  /// Whether it was withdrawn.
  package var cancelled = false
  /// Whether it is a claim of a source system.
  package var claim = false
  /// What is unpaid of it, minor units.
  package internal(set) var open: Int64 = 0
}

/// Which sum of which payment paid what: one step of a waterfall.
package struct Split: Hashable, Sendable {
  /// Position of the payment.
  package var payment: Position
  /// Index of the obligation.
  package var obligation: Int
  /// What was paid of it.
  package var component: Component
  /// Minor units.
  package var amount: Int64
}
