import Ledger

extension Rule {
  static let inCashLimit = Rule(
    "in.it.cash-limit", "No cash receipt of Rs 2,00,000 or more", .critical, .memory,
    by: CashADay.self, versions: [Version("2017-04-01")],
    defaults: ["limit": .money(200_000_00, "INR")],
    statement: "Nobody receives two lakh rupees or more in cash from one person in a day.",
    citation: "Income-tax Act 1961 s.269ST to 2026-03-31, then Income-tax Act 2025; from memory.")
}

/// Cash of one payer on one local date stays below a sum; the receipt that reaches it is a breach.
struct CashADay: Judge {
  static var scope: Rule.Scope { .person }
  static var selectedBy: String { "local date of the receipt" }
  static var judges: [UInt16] { [EventCode.paymentReceived] }
  static var parameters: [Parameter] {
    [Parameter("limit", .money, "The sum that is reached at the earliest by a breach.")]
  }

  private let limit: Int64

  init(_ values: Values) throws(PackError) { limit = try values.money("limit") }

  static func judge(_ one: Case, _ laws: Laws<Self>, _ report: inout Report) {
    var today: (day: Day, sums: [(payer: TextKey, sum: Int64, acts: [Act])])?
    for received in one[EventCode.paymentReceived] where received[.mode] == Codes.cash {
      if today?.day != received.day { today = (received.day, []) }
      let payer = received[.payer] ?? one.key
      var place = today?.sums.firstIndex { $0.payer == payer }
      if place == nil {
        today?.sums.append((payer, 0, []))
        place = (today?.sums.count ?? 1) - 1
      }
      guard let place, let law = laws.on(received.day, one) else { continue }
      let before = today?.sums[place].sum ?? 0
      let sum = before + received.amount
      if before < law.terms.limit, sum >= law.terms.limit {
        report.find(
          "cash-limit", received, law, one, [("day_total", received.shown(sum))],
          because: today?.sums[place].acts ?? [])
      }
      today?.sums[place].sum = sum
      today?.sums[place].acts.append(received)
    }
  }
}
