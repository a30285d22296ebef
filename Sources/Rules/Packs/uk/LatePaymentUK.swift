import Ledger

extension Rule {
  static let ukLatePayment = Rule(
    "uk.late-payment", "B2B statutory interest and fixed sum", .low, .confirmed,
    by: LatePayment.self, versions: [Version("2013-03-16")],
    defaults: [
      "year_days": 365, "reference_rate_bp": 375, "margin_bp": 800,
      "compensation": [
        ["below": .money(1_000_00, "GBP"), "sum": .money(40_00, "GBP")],
        ["below": .money(10_000_00, "GBP"), "sum": .money(70_00, "GBP")],
        ["below": nil, "sum": .money(100_00, "GBP")],
      ],
    ],
    statement:
      "Base rate and eight points, simple, from the day after the due day, and a fixed sum by size of debt; more is over-charged.",
    citation:
      "Late Payment of Commercial Debts (Interest) Act 1998 as amended from 2013-03-16; band edges from memory. The reference rate is set by policy each half-year."
  )
}
