import Ledger

extension Rule {
  static let intCashInHand = Rule(
    "int.cash.in-hand", "Cash in hand limit per collector", .high, .policy,
    by: CashInHand.self, defaults: ["limit": .money(50_000_00, "INR")],
    statement:
      "Cash that a collector has received and not banked never exceeds the limit, which is mostly the sum insured.",
    citation: "House policy.")
}

/// Cash received less cash banked, after each receipt.
struct CashInHand: Judge {
  static var scope: Rule.Scope { .collector }
  static var selectedBy: String { "local date of the receipt" }
  static var judges: [UInt16] { [EventCode.paymentReceived] }
  static var reads: [UInt16] { [EventCode.cashDeposited] }
  static var parameters: [Parameter] { [Parameter("limit", .money, "Most that may be held.")] }

  static func wants(_ act: Act) -> Bool {
    act.type != EventCode.paymentReceived || act[.mode] == Codes.cash
  }

  private let limit: Int64

  init(_ values: Values) throws(PackError) { limit = try values.money("limit") }

  static func judge(_ one: Case, _ laws: Laws<Self>, _ report: inout Report) {
    var held: Int64 = 0
    for act in one.all(EventCode.paymentReceived, EventCode.cashDeposited) {
      if act.type == EventCode.cashDeposited {
        held = max(0, held - act.amount)
        continue
      }
      guard act[.mode] == Codes.cash else { continue }
      held += act.amount
      guard let law = laws.on(act.day, one), held > law.terms.limit else { continue }
      report.find("over-cash-limit", act, law, one, [("in_hand", act.shown(held))])
    }
  }
}
