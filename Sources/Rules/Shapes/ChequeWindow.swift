import Ledger

/// A cheque is presented on its date or after it, within its validity in months.
struct ChequeWindow: Judge {
  static var selectedBy: String { "date on the cheque" }
  static var judges: [UInt16] { [EventCode.chequeDeposited] }
  static var reads: [UInt16] { [EventCode.chequeReceived] }
  static var parameters: [Parameter] {
    [Parameter("validity_months", .int, "Calendar months for which a cheque is good.")]
  }

  private let months: Int

  init(_ values: Values) throws(PackError) { months = try values.int("validity_months") }

  static func judge(_ one: Case, _ laws: Laws<Self>, _ report: inout Report) {
    for presented in one[EventCode.chequeDeposited] {
      guard
        let cheque = one[EventCode.chequeReceived].last(where: {
          $0[.cheque] == presented[.cheque]
        }), let date = cheque.day(.chequeDate), let law = laws.on(date, one)
      else { continue }
      let last = LegalClocks.presentable(date, months: law.terms.months)
      if presented.day < date {
        report.find("presented-before-date", presented, law, one, because: [cheque])
      } else if presented.day > last {
        report.find("stale", presented, law, one, [("last", .day(last))], because: [cheque])
      }
    }
  }
}
