import Ledger

extension Rule {
  static let inSARFAESI132 = Rule(
    "in.sarfaesi.13-2", "No 13(4) measure before 60 days from a valid 13(2) notice", .critical,
    .confirmed, by: WaitAfterNotice.self, versions: [Version("2002-06-21")],
    defaults: ["wait_days": 60],
    statement:
      "The secured creditor of an NPA account gives 60 days' notice, and only after all of day 60 takes a measure under section 13(4).",
    citation:
      "SARFAESI Act 2002 s.13(2), 13(4). Runs from service where one is recorded, else from the notice."
  )
}

/// Possession waits for the notice's days, and the notice is for an account that was NPA.
struct WaitAfterNotice: Judge {
  static var selectedBy: String { "local date of the measure" }
  static var judges: [UInt16] { [EventCode.securityPossessionTaken, EventCode.legalNoticeSent] }
  static var reads: [UInt16] { [EventCode.legalNoticeServed] }
  static var parameters: [Parameter] {
    [Parameter("wait_days", .int, "Days that the borrower has, the day of the notice not counted.")]
  }

  private let days: Int

  init(_ values: Values) throws(PackError) { days = try values.int("wait_days") }

  static func judge(_ one: Case, _ laws: Laws<Self>, _ report: inout Report) {
    let notices = one[EventCode.legalNoticeSent].filter { $0[.kind] == "sarfaesi_13_2" }
    for notice in notices where notice[.statedClass].map({ $0 != "npa" }) ?? false {
      guard let law = laws.on(notice.day, one) else { continue }
      report.find("account-not-npa", notice, law, one)
    }
    for measure in one[EventCode.securityPossessionTaken]
    where measure[.under] == "sarfaesi_13_4" {
      guard let law = laws.on(measure.day, one) else { continue }
      guard let notice = notices.last(where: { $0.precedes(measure) }) else {
        report.find("no-13-2-notice", measure, law, one)
        continue
      }
      let served = one[EventCode.legalNoticeServed].first { $0[.notice] == notice[.notice] }
      let earliest = LegalClocks.measure((served ?? notice).day, waitDays: law.terms.days)
      if measure.day < earliest {
        report.find(
          "measure-too-early", measure, law, one, [("earliest", .day(earliest))],
          because: [notice])
      }
    }
  }
}
