import Ledger

extension Rule {
  static let usRegFValidationNotice = Rule(
    "us.regf.validation-notice", "Validation notice within five days of first communication",
    .high, .confirmed, by: ValidationNotice.self, versions: [Version("1978-03-20")],
    defaults: ["days": 5],
    statement:
      "Validation information is in the initial communication or goes out within five days of it, unless the debt is paid before then; a limited-content message is no communication.",
    citation: "12 CFR 1006.34(a)(1), (b)(2).")
}

/// The first communication about a debt is followed by the validation notice in time.
struct ValidationNotice: Judge {
  static var scope: Rule.Scope { .person }
  static var selectedBy: String { "local date of the initial communication" }
  static var judges: [UInt16] { [EventCode.contactAttempted] }
  static var reads: [UInt16] { [EventCode.noticeSent, EventCode.paymentReceived] }
  static var parameters: [Parameter] {
    [Parameter("days", .int, "Calendar days after the day of the initial communication.")]
  }

  private let days: Int

  init(_ values: Values) throws(PackError) { days = try values.int("days") }

  static func judge(_ one: Case, _ laws: Laws<Self>, _ report: inout Report) {
    guard
      let initial = one.contacts.first(where: {
        $0.says(.conveysDebtInfo) && !$0.says(.limitedContent)
      }), let law = laws.on(initial.day, one), !initial.says(.validationIncluded)
    else { return }
    let due = initial.day + law.terms.days
    let notice = one[EventCode.noticeSent].first { $0[.kind] == "validation" }
    let isPaid = one[EventCode.paymentReceived].contains { $0.says(.inFull) && $0.counts <= due }
    if isPaid { return }
    if let notice {
      if notice.day > due {
        report.find("validation-late", notice, law, one, [("due", .day(due))], because: [initial])
      }
    } else if one.today > due {
      report.find("validation-missed", initial, law, one, on: due + 1, [("due", .day(due))])
    }
  }
}
