import Ledger

extension Rule {
  static let intPDCPresentation = Rule(
    "int.pdc.presentation", "Post-dated cheque banked on its date", .high, .policy,
    by: BankedOnDate.self,
    defaults: ["weekend": [6], "holidays": [], "grace_business_days": 0],
    statement:
      "Every post-dated cheque is banked on its date, or the next business day, unless a hold was approved before or it went back to the customer.",
    citation: "House policy.")
}

/// A post-dated cheque is presented on its day: not before and not after. A hold that was placed
/// by then and reaches over it excuses; one that had run out does not.
struct BankedOnDate: Judge {
  static var selectedBy: String { "date on the cheque" }
  static var judges: [UInt16] { [EventCode.chequeReceived] }
  static var reads: [UInt16] {
    [EventCode.chequeDeposited, EventCode.chequeHeld, EventCode.chequeWithdrawn]
  }
  static var parameters: [Parameter] {
    [
      Parameter("weekend", .weekdays, "Closed weekdays, Monday 0 to Sunday 6."),
      Parameter("holidays", .days, "Bank holidays."),
      Parameter("grace_business_days", .int, "Business days of grace."),
      Parameter("calendar", .code, "A calendar policy that gives weekend and holidays."),
    ]
  }

  private let calendar: BusinessCalendar
  private let grace: Int

  init(_ values: Values) throws(PackError) {
    calendar = values.calendar
    grace = try values.int("grace_business_days")
  }

  static func judge(_ one: Case, _ laws: Laws<Self>, _ report: inout Report) {
    for cheque in one[EventCode.chequeReceived] where cheque[.kind] == "post_dated" {
      guard let date = cheque.day(.chequeDate), let law = laws.on(date, one) else { continue }
      let open = law.terms.calendar.onOrAfter(date)
      let due = law.terms.calendar.adding(law.terms.grace, to: open)
      func mine(_ act: Act) -> Bool { act[.cheque] == cheque[.cheque] }
      let presented = one[EventCode.chequeDeposited].first(where: mine)
      if let presented, presented.day < date {
        report.find("presented-before-date", presented, law, one, because: [cheque])
        continue
      }
      if presented.map({ $0.day <= due }) ?? (one.today <= due) { continue }
      let isHeld = one[EventCode.chequeHeld].contains { hold in
        mine(hold) && hold.day <= due && hold.day(.until).map { $0 >= date } ?? false
      }
      let isBack = one[EventCode.chequeWithdrawn].contains { mine($0) && $0.day <= due }
      if isHeld || isBack { continue }
      report.find(
        "pdc-not-presented", cheque, law, one, on: due + 1, [("due", .day(due))],
        because: presented.map { [$0] } ?? [])
    }
  }
}
