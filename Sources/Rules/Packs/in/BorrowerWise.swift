import Ledger

extension Rule {
  static let inRBIBorrowerWise = Rule(
    "in.rbi.irac.borrower-wise", "All facilities of an NPA borrower are NPA", .high, .confirmed,
    by: OneClassABorrower.self,
    statement:
      "Classification is by borrower, not by facility: while one account is NPA, no other of the same borrower with the same lender is recorded as anything else.",
    citation: "RBI prudential norms (long-standing).")
}

/// No account of a borrower is recorded as not NPA on a day on which another one is NPA.
struct OneClassABorrower: Judge {
  static var scope: Rule.Scope { .person }
  static var selectedBy: String { "date for which the class was recorded" }
  static var judges: [UInt16] { [EventCode.accountClassified] }
  static var reads: [UInt16] { [EventCode.accountOpened] }

  init(_ values: Values) throws(PackError) {}

  static func judge(_ one: Case, _ laws: Laws<Self>, _ report: inout Report) {
    let recorded = one[EventCode.accountClassified]
    func lender(_ act: Act) -> TextKey? {
      one.on(act.account, EventCode.accountOpened).first?[.lender]
    }
    for claim in recorded where claim[.class] != "npa" {
      guard let day = claim.day(.forDate), let law = laws.on(day, one) else { continue }
      var latest: [UInt32: Act] = [:]
      for other in recorded where other.account != claim.account {
        if let on = other.day(.forDate), on <= day, lender(other) == lender(claim) {
          latest[other.account] = other
        }
      }
      let npa = latest.values.filter { $0[.class] == "npa" }.min { $0.precedes($1) }
      if let npa {
        report.find("facility-wise-classification", claim, law, one, on: day, because: [npa])
      }
    }
  }
}
