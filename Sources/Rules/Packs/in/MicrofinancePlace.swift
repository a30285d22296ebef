import Ledger

extension Rule {
  static let inRBIMicrofinancePlace = Rule(
    "in.rbi.mfi.place", "Microfinance: central place first", .medium, .partly,
    by: CentralPlaceFirst.self, versions: [Version("2022-04-01")],
    defaults: ["no_shows": 2, "products": ["microfinance"]],
    statement:
      "Recovery is at the agreed central place; home or workplace is visited only after two successive meetings that the borrower missed.",
    citation:
      "RBI Microfinance Loans Directions 2022; confirmed in substance for the 2026 draft, the 2022 clause is from memory."
  )
}

/// A visit at home or at work needs a run of missed meetings right before it.
struct CentralPlaceFirst: Judge {
  static var selectedBy: String { "local date of the visit" }
  static var judges: [UInt16] { [EventCode.contactAttempted] }
  static var reads: [UInt16] { [EventCode.contactMeetingHeld] }
  static var parameters: [Parameter] {
    [
      Parameter("no_shows", .int, "Successive missed meetings after which a visit is allowed."),
      Parameter("products", .codes, "Products it covers."),
    ]
  }

  private let misses: Int
  private let products: [TextKey]

  init(_ values: Values) throws(PackError) {
    misses = try values.int("no_shows")
    products = values.codes("products")
  }

  static func judge(_ one: Case, _ laws: Laws<Self>, _ report: inout Report) {
    for visit in one.contacts
    where visit.isOutbound && visit[.channel] == Codes.visit
      && (visit[.place] == "home" || visit[.place] == "work")
    {
      guard let law = laws.on(visit.day, one),
        law.terms.products.contains(one.product)
      else { continue }
      let before = one[EventCode.contactMeetingHeld].filter { $0.precedes(visit) }
      let run = before.reversed().prefix { !$0.says(.attended) }
      if run.count < law.terms.misses {
        report.find("visit-before-no-shows", visit, law, one, because: Array(run.reversed()))
      }
    }
  }
}
