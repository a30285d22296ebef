import Ledger

extension Rule {
  static let aeExecutionAmount = Rule(
    "ae.cheque.execution-amount", "A bounced cheque is an executive instrument for what is unpaid",
    .high, .confirmed, by: ExecutionForBalance.self, versions: [Version("2022-01-02")],
    defaults: ["reasons": ["no_balance", "insufficient_funds"]],
    statement:
      "A cheque returned for want of balance goes straight to the execution court, for the part that the bank did not pay.",
    citation: "UAE Decree-Law 14/2020, from 2022-01-02.")
}

/// Execution is asked only on returns that allow it, and only for what is unpaid.
struct ExecutionForBalance: Judge {
  static var selectedBy: String { "local date of the execution" }
  static var judges: [UInt16] { [EventCode.legalCaseFiled] }
  static var reads: [UInt16] {
    [
      EventCode.chequeBounced, EventCode.chequePartPaid, EventCode.paymentReceived,
      EventCode.paymentReversed,
    ]
  }
  static var parameters: [Parameter] {
    [Parameter("reasons", .codes, "Reasons of return that make it an executive instrument.")]
  }

  private let reasons: [TextKey]

  init(_ values: Values) throws(PackError) { reasons = values.codes("reasons") }

  static func judge(_ one: Case, _ laws: Laws<Self>, _ report: inout Report) {
    for claim in one[EventCode.legalCaseFiled]
    where claim[.proceeding] == "execution" && claim.has(.cheque) {
      guard let law = laws.on(claim.day, one),
        let returned = one[EventCode.chequeBounced].last(where: {
          $0[.cheque] == claim[.cheque] && $0.precedes(claim)
        })
      else { continue }
      if returned[.reason].map({ !law.terms.reasons.contains($0) }) ?? true {
        report.find("not-executive-instrument", claim, law, one, because: [returned])
        continue
      }
      let part = one[EventCode.chequePartPaid].reduce(Int64(0)) {
        $1[.cheque] == claim[.cheque] && $1.precedes(claim) ? $0 + $1.amount : $0
      }
      let most = returned.amount - part - one.paid(forCheque: returned, by: claim.day)
      if claim.number(.claim) ?? 0 > most {
        report.find(
          "execution-overclaims", claim, law, one, [("max", claim.shown(max(0, most)))],
          because: [returned])
      }
    }
  }
}
