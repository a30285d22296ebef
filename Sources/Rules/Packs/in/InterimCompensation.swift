import Ledger

extension Rule {
  static let inNI138InterimCompensation = Rule(
    "in.ni138.interim-compensation", "Deposits under ss. 143A and 148 tracked", .low, .confirmed,
    by: CourtDeposits.self, versions: [Version("2018-09-01")],
    defaults: ["pct_bp": 2000, "days": 60, "extension": 30],
    statement:
      "Interim compensation is at most 20 % of the cheque and is paid within 60 days, 30 more for cause.",
    citation: "Negotiable Instruments (Amendment) Act 2018, ss. 143A and 148.")
}

/// Deposits that a court ordered come in time, and are no larger than they may be.
struct CourtDeposits: Judge {
  static var selectedBy: String { "day of the order" }
  static var judges: [UInt16] { [EventCode.legalOrderPassed] }
  static var reads: [UInt16] {
    [EventCode.legalCaseFiled, EventCode.chequeReceived, EventCode.paymentReceived]
  }
  static var parameters: [Parameter] {
    [
      Parameter("pct_bp", .int, "Most that may be ordered, in basis points of the cheque."),
      Parameter("days", .int, "Days to pay."),
      Parameter("extension", .int, "Days more where a later order extends the first."),
    ]
  }

  private let most: Int64
  private let days: Int, extra: Int

  init(_ values: Values) throws(PackError) {
    most = Int64(try values.int("pct_bp"))
    (days, extra) = (try values.int("days"), try values.int("extension"))
  }

  static func judge(_ one: Case, _ laws: Laws<Self>, _ report: inout Report) {
    let kinds: [TextKey] = ["interim_compensation_143a", "appeal_deposit_148"]
    for order in one[EventCode.legalOrderPassed]
    where !order.has(.extends) && order[.kind].map({ kinds.contains($0) }) ?? false {
      guard let day = order.day(.on), let law = laws.on(day, one) else { continue }
      let filed = one[EventCode.legalCaseFiled].first { $0[.case] == order[.case] }
      let cheque = one[EventCode.chequeReceived].first { $0[.cheque] == filed?[.cheque] }
      if order[.kind] == kinds[0], let cheque,
        Int128(order.amount) * 10_000 > Int128(cheque.amount) * Int128(law.terms.most)
      {
        report.find("order-over-cap", order, law, one, on: day, because: [cheque])
      }
      let isExtended = one[EventCode.legalOrderPassed].contains { $0[.extends] == order[.order] }
      let due = order.day(.complyBy) ?? day + law.terms.days + (isExtended ? law.terms.extra : 0)
      let paid = one[EventCode.paymentReceived].reduce(Int64(0)) {
        $1[.order] != nil && $1[.order] == order[.order] && $1.counts <= due ? $0 + $1.amount : $0
      }
      if one.today > due, paid < order.amount {
        report.find("deposit-overdue", order, law, one, on: due + 1, [("due", .day(due))])
      }
    }
  }
}
