import Ledger

extension Rule {
  static let intDisputeNoContact = Rule(
    "int.dispute.no-contact", "No collection contact during a dispute", .high, .policy,
    by: WhileBarred.self,
    defaults: [
      "bars": ["dispute"], "blocked_purposes": ["collect"], "finding": "contact-while-disputed",
      "finding_unknown": "contact-before-dispute-known",
    ],
    statement:
      "No contact to collect, automatic ones included, while a dispute is open and known; contact before it was known is told as information.",
    citation: "House policy.")
}
