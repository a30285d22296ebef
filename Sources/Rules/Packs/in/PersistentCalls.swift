import Ledger

extension Rule {
  static let inRBIPersistentCalls = Rule(
    "in.rbi.persistent-calls", "No persistent calling", .medium, .confirmed,
    by: ContactFrequency.self, versions: [Version("2022-08-12")],
    defaults: [
      "limits": [
        ["channels": ["call"], "days": 1, "max": 3], ["channels": ["call"], "days": 7, "max": 15],
      ]
    ],
    statement:
      "Agents must not call a borrower persistently. The circular gives no number; three calls a day and fifteen a week are the house's.",
    citation: "RBI/2022-23/108, 12 Aug 2022, footnote “for example - calling repeatedly”.")
}
