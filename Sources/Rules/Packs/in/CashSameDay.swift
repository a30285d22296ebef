import Ledger

extension Rule {
  static let inRBICashSameDay = Rule(
    "in.rbi.dl.cash-same-day", "Digital loan: recovery cash reflected the same day", .high,
    .memory, by: PostedWithin.self, versions: [Version("2022-09-02")],
    defaults: ["modes": ["cash"], "days": 0],
    statement:
      "Cash recovered for a delinquent digital loan is reflected in full in the borrower's account on the same day.",
    citation: "RBI (Digital Lending) Directions 2025; the sentence on the same day is from memory.")
}
