import Ledger

extension Rule {
  static let inNI138Complaint = Rule(
    "in.ni138.complaint", "15 days to pay, complaint within one month", .critical, .confirmed,
    by: ChequeComplaint.self, versions: [Version("1989-04-01")],
    defaults: ["pay_days": 15, "court_closed": []],
    statement:
      "A cause of action arises when the cheque is unpaid 15 days after the notice was received; the complaint is filed within one calendar month of that day.",
    citation:
      "Negotiable Instruments Act s.138 proviso (c), s.142(1)(b); Econ Antri v. Rom Industries (2013): first day excluded, last included; General Clauses Act s.10."
  )
}

/// A complaint about a returned cheque is neither too early nor too late, and only about what is
/// still unpaid. Delivered, refused and unclaimed all count as service.
struct ChequeComplaint: Judge {
  static var selectedBy: String { "day on which the notice was served" }
  static var judges: [UInt16] { [EventCode.legalNoticeServed] }
  static var reads: [UInt16] {
    [
      EventCode.legalNoticeSent, EventCode.chequeReceived, EventCode.legalCaseFiled,
      EventCode.paymentReceived, EventCode.paymentReversed,
    ]
  }
  static var parameters: [Parameter] {
    [
      Parameter("pay_days", .int, "Days that the drawer has, the day of service not counted."),
      Parameter("court_closed", .days, "Days on which the court is closed besides Sundays."),
    ]
  }

  private let days: Int
  private let court: BusinessCalendar

  init(_ values: Values) throws(PackError) {
    days = try values.int("pay_days")
    let closed = values.texts("court_closed").compactMap { Day($0) }
    court = BusinessCalendar(weekend: [6], holidays: Set(closed))
  }

  static func judge(_ one: Case, _ laws: Laws<Self>, _ report: inout Report) {
    for served in one[EventCode.legalNoticeServed] {
      guard
        let notice = one[EventCode.legalNoticeSent].first(where: {
          $0[.notice] == served[.notice] && $0[.kind] == "s138"
        }), let cheque = notice[.cheque], let law = laws.on(served.day, one)
      else { continue }
      let cause = LegalClocks.cause(served.day, payDays: law.terms.days)
      let last = LegalClocks.complaint(cause, months: 1, court: law.terms.court)
      let sum =
        notice.number(.amount)
        ?? one[EventCode.chequeReceived].first { $0[.cheque] == cheque }?.amount ?? .max
      let isPaid = one.paid(forCheque: notice, by: cause - 1) >= sum
      let complaint = one[EventCode.legalCaseFiled].first {
        $0[.cheque] == cheque && $0[.proceeding] == "complaint" && served.precedes($0)
      }
      guard let complaint else {
        if !isPaid, one.today > last {
          report.find(
            "complaint-missed", served, law, one, on: last + 1,
            [("cause", .day(cause)), ("last", .day(last))])
        }
        continue
      }
      if complaint.day < cause {
        report.find(
          "premature", complaint, law, one, [("cause", .day(cause))], because: [served])
      } else if isPaid {
        report.find("no-cause-of-action", complaint, law, one, because: [served])
      } else if complaint.day > last {
        report.find(
          "complaint-late", complaint, law, one,
          [("cause", .day(cause)), ("last", .day(last))], because: [served])
      }
    }
  }
}
