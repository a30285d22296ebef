import Ledger

extension Rule {
  static let ukDisputeSuspend = Rule(
    "uk.conc.dispute-suspend", "Suspend recovery while a reasonable dispute is open", .high,
    .partly, by: WhileBarred.self, versions: [Version("2014-04-01")],
    defaults: [
      "bars": ["dispute"], "blocked_purposes": ["collect"], "finding": "contact-while-disputed",
    ],
    statement:
      "Steps to recover are suspended while the customer disputes the debt on grounds that are, or may be, valid; replies and requests for information are allowed.",
    citation: "FCA CONC 7.14; the wording of the paragraph is from memory.")
}
