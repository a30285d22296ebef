import Ledger

extension Rule {
  static let saObjectionHold = Rule(
    "sa.sama.objection-hold", "No default reminders until the objection is resolved", .high,
    .confirmed, by: WhileBarred.self, versions: [Version("2025-03-06")],
    defaults: [
      "bars": ["dispute"], "blocked_purposes": ["default_reminder", "collect"],
      "finding": "contact-while-disputed",
    ],
    statement:
      "On an objection to the amount claimed nobody is reminded of the default until it is resolved.",
    citation: "SAMA regulations of 2025, Art. 6.")
}
