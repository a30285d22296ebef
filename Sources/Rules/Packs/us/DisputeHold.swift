import Ledger

extension Rule {
  static let usRegFDisputeHold = Rule(
    "us.regf.dispute-hold", "Cease collection on timely written dispute until verification",
    .critical, .partly, by: VerifyBeforeCollecting.self, versions: [Version("1978-03-20")],
    defaults: [
      "receipt_business_days": 5, "validation_days": 30, "weekend": [5, 6], "holidays": [],
    ],
    statement:
      "A written dispute within the validation period stops collection of what is disputed until verification is sent; the period is 30 days from assumed receipt, five business days after sending.",
    citation: "12 CFR 1006.34(b)(5), 1006.38(d)(2); the final text is from memory.")
}

/// No collecting contact between a timely written dispute and its verification.
struct VerifyBeforeCollecting: Judge {
  static var selectedBy: String { "local date of the contact" }
  static var judges: [UInt16] { [EventCode.contactAttempted] }
  static var reads: [UInt16] {
    [EventCode.noticeSent, EventCode.disputeRaised, EventCode.disputeResolved]
  }
  static var parameters: [Parameter] {
    [
      Parameter("receipt_business_days", .int, "Business days until receipt is assumed."),
      Parameter("validation_days", .int, "Days after assumed receipt."),
      Parameter("weekend", .weekdays, "Closed weekdays, Monday 0 to Sunday 6."),
      Parameter("holidays", .days, "Legal public holidays, as observed."),
      Parameter("calendar", .code, "A calendar policy that gives weekend and holidays."),
    ]
  }

  private let receipt: Int, days: Int
  private let calendar: BusinessCalendar

  init(_ values: Values) throws(PackError) {
    receipt = try values.int("receipt_business_days")
    days = try values.int("validation_days")
    calendar = values.calendar
  }

  static func judge(_ one: Case, _ laws: Laws<Self>, _ report: inout Report) {
    let notices = one[EventCode.noticeSent]
    for bar in one.bars where bar.kind == "dispute" && bar.act[.form] == "written" {
      guard
        let notice = notices.last(where: { $0[.kind] == "validation" && $0.precedes(bar.act) })
      else { continue }
      for contact in one.contacts
      where contact.isOutbound && contact.purpose == Codes.collect && bar.binds(contact)
        && bar.protects(contact, one)
      {
        guard let law = laws.on(contact.day, one) else { continue }
        let received = law.terms.calendar.adding(law.terms.receipt, to: notice.day)
        if bar.act.day > received + law.terms.days { continue }
        let isVerified = notices.contains {
          $0[.kind] == "verification" && bar.act.precedes($0) && $0.precedes(contact)
        }
        if !isVerified { report.find("collect-while-disputed", contact, law, one, of: bar.act) }
      }
    }
  }
}
