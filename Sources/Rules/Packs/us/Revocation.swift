import Ledger

extension Rule {
  static let usTCPARevocation = Rule(
    "us.tcpa.revocation", "Revocation for automated contact honoured in 10 business days", .high,
    .confirmed, by: RevocationHonoured.self, versions: [Version("2025-04-11")],
    defaults: ["business_days": 10, "weekend": [5, 6], "holidays": []],
    statement:
      "A revocation by any reasonable means is honoured as soon as practicable, at most ten business days after it.",
    citation: "47 CFR 64.1200(a)(10); the revoke-all limb is delayed and not judged.")
}

/// No automated contact to a line after the days that a revocation has to be honoured in.
struct RevocationHonoured: Judge {
  static var selectedBy: String { "local date of the contact" }
  static var judges: [UInt16] { [EventCode.contactAttempted] }
  static var reads: [UInt16] { [EventCode.consentWithdrawn, EventCode.consentGiven] }
  static var parameters: [Parameter] {
    [
      Parameter("business_days", .int, "Business days after the day of the revocation."),
      Parameter("weekend", .weekdays, "Closed weekdays, Monday 0 to Sunday 6."),
      Parameter("holidays", .days, "Federal holidays, as observed."),
      Parameter("calendar", .code, "A calendar policy that gives weekend and holidays."),
    ]
  }

  private let days: Int
  private let calendar: BusinessCalendar

  init(_ values: Values) throws(PackError) {
    days = try values.int("business_days")
    calendar = values.calendar
  }

  static func judge(_ one: Case, _ laws: Laws<Self>, _ report: inout Report) {
    let withdrawals = one[EventCode.consentWithdrawn].filter {
      $0[.purpose] == "automated_contact"
    }
    if withdrawals.isEmpty { return }
    for contact in one.contacts where contact.isOutbound && contact.says(.automated) {
      guard let law = laws.on(contact.day, one) else { continue }
      let withdrawn = withdrawals.last {
        $0.precedes(contact)
          && ($0[.contactPoint] == nil || $0[.contactPoint] == contact[.contactPoint])
      }
      guard let withdrawn else { continue }
      let isGivenAgain = one[EventCode.consentGiven].contains {
        $0[.purpose] == "automated_contact" && withdrawn.precedes($0) && $0.precedes(contact)
      }
      let last = law.terms.calendar.adding(law.terms.days, to: withdrawn.day)
      if !isGivenAgain, contact.day > last {
        report.find(
          "after-revocation", contact, law, one, [("last", .day(last))], because: [withdrawn])
      }
    }
  }
}
