import Ledger

extension Rule {
  static let usRegFTimeBarred = Rule(
    "us.regf.time-barred", "No suit or threat on time-barred debt", .critical, .confirmed,
    by: NotTimeBarred.self, versions: [Version("2021-11-30")],
    statement:
      "A debt collector must not bring or threaten a legal action on a time-barred debt; proofs of claim in bankruptcy are excepted. Strict liability.",
    citation: "12 CFR 1006.26(b).")
}

/// No suit and no threat of one after the day that limitation was computed to.
struct NotTimeBarred: Judge {
  static var selectedBy: String { "local date of the suit or threat" }
  static var judges: [UInt16] { [EventCode.legalCaseFiled, EventCode.legalNoticeSent] }
  static var reads: [UInt16] { [EventCode.legalLimitationRecorded] }

  init(_ values: Values) throws(PackError) {}

  static func judge(_ one: Case, _ laws: Laws<Self>, _ report: inout Report) {
    for step in one.all(EventCode.legalCaseFiled, EventCode.legalNoticeSent) {
      let isSuit = step[.proceeding] == "suit"
      guard isSuit || step[.kind] == "suit_threat", let law = laws.on(step.day, one),
        let limit = one[EventCode.legalLimitationRecorded].last(where: { $0.precedes(step) }),
        let last = limit.day(.expiresOn), step.day > last
      else { continue }
      report.find(
        isSuit ? "time-barred-suit" : "time-barred-threat", step, law, one,
        [("last", .day(last))], because: [limit])
    }
  }
}
