/// When a cheque goes to the bank, how long it is good, and what follows when it comes back.
package struct ChequeTerms: PolicyBody, Hashable {
  /// Working days before its date on which a cheque is handed in.
  package var leadDays: Int
  /// Months from its date in which it may be presented: three in India for cheques dated from
  /// 2012-04-01 on (RBI, DBOD.AML BC.No.47/14.01.001/2011-12).
  package var validityMonths: Int
  /// Days before the end of validity from which it is called stale soon.
  package var staleSoonDays: Int
  /// Days from the memo's arrival in which the drawer must have notice (Negotiable Instruments Act,
  /// section 138, proviso b: thirty).
  package var noticeDays: Int
  /// Reasons of return that ground a notice.
  package var noticeReasons: [String]

  /// Its code in `policy_kind`.
  package static let kind = "pdc_lead_days"
  /// On its date, three months, fifteen days, thirty days; want of funds and what courts hold equal
  /// to it.
  package static let standard = ChequeTerms(
    leadDays: 0, validityMonths: 3, staleSoonDays: 15, noticeDays: 30,
    noticeReasons: [
      "insufficient_funds", "exceeds_arrangement", "account_closed", "payment_stopped",
    ])
  /// `"pdc_lead_days": 2` is enough.
  package static let shorthand: String? = "lead_days"
  /// Fields that a body must name.
  package static let required = ["lead_days"]

  /// Takes one of its fields.
  package mutating func take(_ field: String, _ body: inout CBORReader) throws(WireError) {
    switch field {
    case "lead_days": leadDays = Int(try body.int())
    case "validity_months": validityMonths = Int(try body.int())
    case "stale_soon_days": staleSoonDays = Int(try body.int())
    case "notice_days": noticeDays = Int(try body.int())
    case "notice_reasons":
      noticeReasons = []
      for _ in 0..<(try body.array()) { noticeReasons.append(try body.text()) }
    default: throw Self.unknown(field, body)
    }
  }

  /// No number may be negative or beyond all use.
  package var fault: String? {
    let fits =
      (0...60).contains(leadDays) && (1...120).contains(validityMonths)
      && (0...366).contains(staleSoonDays) && (0...366).contains(noticeDays)
    return fits ? nil : "has a negative or absurd number of days or months"
  }
}

extension ChequeTerms {
  /// Last day on which a cheque of this date may be presented; a day the month does not have
  /// becomes its last: 31 January and three months is 30 April.
  package func presentable(_ date: Day) -> Day {
    LegalClocks.presentable(date, months: validityMonths)
  }

  /// The day on which a cheque of this date is to be handed in, and the first on which a bank pays
  /// it: a working day on or after its date, and so many working days before that.
  package func deposit(_ date: Day, _ calendar: Calendar) -> Day {
    calendar.working(leadDays, before: calendar.working(onOrAfter: date))
  }

  /// Last day for the notice when the memo came on a day; days of `tolls` are not counted.
  package func notice(_ memoReceived: Day, skipping tolls: [ClosedRange<Day>]) -> Day {
    LegalClocks.notice(memoReceived, days: noticeDays, skipping: tolls)
  }
}
