import Ledger

extension Rule {
  static let usRegFAttorney = Rule(
    "us.regf.attorney", "No direct contact with a represented consumer", .critical, .confirmed,
    by: WhileBarred.self, versions: [Version("1978-03-20")],
    defaults: [
      "bars": ["attorney"], "finding": "contact-while-represented",
      "roles": ["debtor", "co_debtor", "guarantor", "spouse"],
    ],
    statement:
      "While an attorney is known to represent the consumer, the attorney is contacted, unless the attorney does not respond or consents.",
    citation: "15 USC 1692c(a)(2).")
}
