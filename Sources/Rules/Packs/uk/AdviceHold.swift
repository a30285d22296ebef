import Ledger

extension Rule {
  static let ukAdviceHold = Rule(
    "uk.conc.advice-hold", "Hold while the customer works with a debt adviser", .medium, .memory,
    by: WhileBarred.self, versions: [Version("2014-04-01")],
    defaults: [
      "bars": ["adviser_engaged"], "days": 30, "finding": "contact-in-advice-hold",
      "blocked_purposes": ["collect", "default_reminder"],
    ],
    statement:
      "Active pursuit is suspended for a reasonable period, thirty days as a rule, when a debt counsellor is helping to agree a plan.",
    citation: "FCA CONC 7.3.11R, 7.3.12G; from memory.")
}
