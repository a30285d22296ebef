import Ledger

extension Rule {
  static let intPaymentPosting = Rule(
    "int.payment.posting", "Payments reflected on the account in days", .medium, .policy,
    by: PostedWithin.self, defaults: ["modes": ["cash", "cheque", "transfer"], "days": 1],
    statement:
      "A payment is reflected on the customer's account within so many days of its receipt.",
    citation: "House policy.")
}
