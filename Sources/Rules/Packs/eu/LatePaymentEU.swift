import Ledger

extension Rule {
  static let euLatePayment = Rule(
    "eu.late-payment", "B2B: reference rate and eight points, EUR 40", .low, .confirmed,
    by: LatePayment.self, versions: [Version("2013-03-16")],
    defaults: [
      "year_days": 365, "reference_rate_bp": 215, "margin_bp": 800,
      "compensation": [["below": nil, "sum": .money(40_00, "EUR")]],
    ],
    statement:
      "Statutory interest at the reference rate and eight points, and EUR 40; more needs proof of costs.",
    citation: "Directive 2011/7/EU as transposed; national rates differ, the rate is set by policy."
  )
}
