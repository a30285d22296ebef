import Ledger

extension Rule {
  static let intPDCValidity = Rule(
    "int.pdc.validity", "No cheque goes stale in the drawer", .high, .policy,
    by: NotStaleInDrawer.self, defaults: ["validity_months": 3, "warn_days": 7],
    statement:
      "A cheque in hand that is neither presented nor given back is told of some days before it goes stale.",
    citation: "House policy; validity as in in.ni138.presentation or ae.cheque.presentation.")
}

/// A cheque in hand near the end of its validity.
struct NotStaleInDrawer: Judge {
  static var selectedBy: String { "date on the cheque" }
  static var judges: [UInt16] { [EventCode.chequeReceived] }
  static var reads: [UInt16] { [EventCode.chequeDeposited, EventCode.chequeWithdrawn] }
  static var parameters: [Parameter] {
    [
      Parameter("validity_months", .int, "Calendar months for which a cheque is good."),
      Parameter("warn_days", .int, "Days before the end from which it is told."),
    ]
  }

  private let months: Int, days: Int

  init(_ values: Values) throws(PackError) {
    (months, days) = (try values.int("validity_months"), try values.int("warn_days"))
  }

  static func judge(_ one: Case, _ laws: Laws<Self>, _ report: inout Report) {
    for cheque in one[EventCode.chequeReceived] {
      guard let date = cheque.day(.chequeDate), let law = laws.on(date, one) else { continue }
      let last = date.plus(months: law.terms.months)
      let warned = last - law.terms.days
      guard one.today > warned else { continue }
      let isGone = one.all(EventCode.chequeDeposited, EventCode.chequeWithdrawn).contains {
        $0[.cheque] == cheque[.cheque]
      }
      if isGone { continue }
      report.find("pdc-expiring", cheque, law, one, on: warned + 1, [("last", .day(last))])
    }
  }
}
