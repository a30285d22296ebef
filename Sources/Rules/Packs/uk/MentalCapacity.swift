import Ledger

extension Rule {
  static let ukMentalCapacity = Rule(
    "uk.conc.mental-capacity", "Suspend when capacity is in doubt", .high, .confirmed,
    by: WhileBarred.self, versions: [Version("2014-04-01")],
    defaults: [
      "bars": ["capacity"], "finding": "contact-while-capacity-hold",
      "blocked_purposes": ["collect", "default_reminder"],
    ],
    statement:
      "Pursuit is suspended when the firm was told, or ought to know, that the customer might lack mental capacity.",
    citation: "FCA CONC 7.10.")
}
