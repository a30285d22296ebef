import Ledger

extension Rule {
  static let inEmandatePrenotice = Rule(
    "in.rbi.emandate.prenotice", "24-hour notice before a debit (UPI, card, PPI)", .low,
    .confirmed, by: PreDebitNotice.self,
    versions: [Version("2021-10-01", "2026-04-20"), Version("2026-04-21")],
    defaults: ["rails": ["upi", "card", "ppi"], "hours": 24],
    statement:
      "The customer is told at least 24 hours before each debit; hours are elapsed, not dates. NACH is outside.",
    citation:
      "RBI e-mandate framework from 2021-10-01; Digital Payments - E-mandate Framework 2026 from 2026-04-21."
  )
}

/// Each presentation has a notice of its own, early enough.
struct PreDebitNotice: Judge {
  static var selectedBy: String { "local date of the debit" }
  static var judges: [UInt16] { [EventCode.mandatePresented] }
  static var reads: [UInt16] { [EventCode.noticeSent] }
  static var parameters: [Parameter] {
    [
      Parameter("rails", .codes, "Rails it covers."),
      Parameter("hours", .int, "Elapsed hours between notice and debit."),
    ]
  }

  private let rails: [TextKey]
  private let micros: Int64

  init(_ values: Values) throws(PackError) {
    rails = values.codes("rails")
    micros = Int64(try values.int("hours")) * 3_600_000_000
  }

  static func judge(_ one: Case, _ laws: Laws<Self>, _ report: inout Report) {
    var last: [TextKey: Act] = [:]
    for presented in one[EventCode.mandatePresented] {
      let due = presented[.due] ?? .none
      let before = last[due]
      last[due] = presented
      guard let law = laws.on(presented.day, one), let rail = presented[.rail],
        law.terms.rails.contains(rail)
      else { continue }
      let isTold = one[EventCode.noticeSent].contains { notice in
        notice[.kind] == "pre_debit" && notice[.due] == due
          && (before.map { $0.precedes(notice) } ?? true)
          && presented.header.occurred - notice.header.occurred >= law.terms.micros
      }
      if !isTold { report.find("pre-debit-notice-short", presented, law, one) }
    }
  }
}
