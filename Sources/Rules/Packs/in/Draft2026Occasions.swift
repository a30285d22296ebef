import Ledger

extension Rule {
  static let inRBIDraft2026Occasions = Rule(
    "in.rbi.draft2026.occasions", "DRAFT: no contact on bereavement, wedding, festival, calamity",
    .medium, .draft, by: WhileBarred.self, versions: [Version("2026-07-01")],
    defaults: ["bars": ["occasion"], "finding": "occasion"],
    statement:
      "Calls and visits are not made during bereavement in the family, marriage functions, festivals and natural calamities that are known.",
    citation: "RBI draft of 2026-02-12, revised draft of 2026-05-20: no law yet.")
}
