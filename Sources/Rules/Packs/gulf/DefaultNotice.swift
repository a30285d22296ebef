import Ledger

extension Rule {
  static let saDefaultNotice = Rule(
    "sa.sama.default-notice", "Legal action after more than three or five missed months", .medium,
    .confirmed, by: DefaultBeforeAction.self, versions: [Version("2018-04-11", "2025-03-05")],
    defaults: ["consecutive": 3, "separate": 5],
    statement:
      "Legal action is open after default beyond three consecutive months or five separate ones, with notification, the last attempt by the national address.",
    citation: "SAMA collection rules of 2018; the numbers of the 2025 text are to be checked.")
}

/// A suit follows enough missed instalments and a notice of default by the national address.
///
/// An instalment is missed when it is unpaid at the end of the month in which it fell due.
struct DefaultBeforeAction: Judge {
  static var selectedBy: String { "local date of the suit" }
  static var judges: [UInt16] { [EventCode.legalCaseFiled] }
  static var reads: [UInt16] {
    [
      EventCode.dueRaised, EventCode.dueCancelled, EventCode.paymentReceived,
      EventCode.paymentReversed, EventCode.noticeSent, EventCode.contactAttempted,
    ]
  }
  static var parameters: [Parameter] {
    [
      Parameter("consecutive", .int, "Missed months in a row that are not yet enough."),
      Parameter("separate", .int, "Missed months in all that are not yet enough."),
    ]
  }

  private let consecutive: Int, separate: Int

  init(_ values: Values) throws(PackError) {
    consecutive = try values.int("consecutive")
    separate = try values.int("separate")
  }

  static func judge(_ one: Case, _ laws: Laws<Self>, _ report: inout Report) {
    for claim in one[EventCode.legalCaseFiled] where claim[.proceeding] == "suit" {
      guard let law = laws.on(claim.day, one) else { continue }
      let arrears = Arrears(one, claim.account)
      var (run, longest, total) = (0, 0, 0)
      for due in arrears.dues where due.on.endOfMonth < claim.day {
        let isMissed = arrears.unpaid(on: due.on.endOfMonth).oldest.map { $0 <= due.on } ?? false
        run = isMissed ? run + 1 : 0
        total += isMissed ? 1 : 0
        longest = max(longest, run)
      }
      if longest <= law.terms.consecutive, total <= law.terms.separate {
        report.find(
          "legal-too-early", claim, law, one, [("missed", .number(Int64(total)))])
      }
      let isNotified = one[EventCode.noticeSent].contains {
        $0[.kind] == "default" && $0.precedes(claim)
      }
      let last = one.contacts.last { $0.isOutbound && $0.precedes(claim) }
      if !isNotified || last.map({ $0[.channel] != "national_address" }) ?? false {
        report.find("notice-missing", claim, law, one)
      }
    }
  }
}
