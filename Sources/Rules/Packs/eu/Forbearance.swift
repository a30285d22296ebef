import Ledger

extension Rule {
  static let euForbearance = Rule(
    "eu.ccd2.forbearance", "Reasonable forbearance before enforcement", .medium, .memory,
    by: ForbearanceFirst.self, versions: [Version("2026-11-20")],
    statement:
      "Creditors exercise reasonable forbearance before they enforce a consumer credit: an offer or its consideration is on record.",
    citation:
      "Directive (EU) 2023/2225; the date is confirmed, the article (35) is from memory, the scope is national."
  )
}

/// A suit follows a plan that was proposed.
struct ForbearanceFirst: Judge {
  static var selectedBy: String { "local date of the suit" }
  static var judges: [UInt16] { [EventCode.legalCaseFiled] }
  static var reads: [UInt16] { [EventCode.planProposed] }

  init(_ values: Values) throws(PackError) {}

  static func judge(_ one: Case, _ laws: Laws<Self>, _ report: inout Report) {
    for claim in one[EventCode.legalCaseFiled] where claim[.proceeding] == "suit" {
      guard let law = laws.on(claim.day, one),
        !one[EventCode.planProposed].contains(where: { $0.precedes(claim) })
      else { continue }
      report.find("no-forbearance-record", claim, law, one)
    }
  }
}
