import Ledger

extension Rule {
  static let intDeathNoContact = Rule(
    "int.death.no-contact", "No collection contact with a person known to have died", .critical,
    .policy, by: WhileBarred.self,
    defaults: [
      "bars": ["death"], "blocked_purposes": ["collect", "default_reminder"],
      "finding": "contact-after-death-known",
    ],
    statement:
      "After a death was recorded nobody is contacted to collect in that person's name; contact before it was known is no breach, whatever the day of death.",
    citation: "House policy (domain.md 2.13: death reported late).")
}
