import Ledger

extension Rule {
  static let inRBISettlementFramework = Rule(
    "in.rbi.settlement-framework", "Compromise settlement: authority, timing, cooling", .high,
    .confirmed, by: CompromiseTerms.self, versions: [Version("2023-06-08")],
    defaults: ["min_levels_above": 1, "restructure_after_months": 3, "cooling_months": 12],
    statement:
      "The approver is at least one level above the sanctioning authority and none of those who sanctioned; payment beyond three months is restructuring; fresh exposure waits twelve months.",
    citation: "RBI/2023-24/40 DOR.STR.REC.20/21.04.048/2023-24, 8 Jun 2023.")
}

/// Who may approve a settlement, how long it may run, and when the borrower may borrow again.
struct CompromiseTerms: Judge {
  static var scope: Rule.Scope { .person }
  static var selectedBy: String { "local date of the approval" }
  static var judges: [UInt16] { [EventCode.settlementApproved] }
  static var reads: [UInt16] { [EventCode.accountOpened, EventCode.settlementExecuted] }
  static var parameters: [Parameter] {
    [
      Parameter("min_levels_above", .int, "Levels between sanction and approval."),
      Parameter("restructure_after_months", .int, "Months beyond which it is restructuring."),
      Parameter("cooling_months", .int, "Months without fresh exposure after a settlement."),
    ]
  }

  private let levels: Int64
  private let months: Int, cooling: Int

  init(_ values: Values) throws(PackError) {
    levels = Int64(try values.int("min_levels_above"))
    months = try values.int("restructure_after_months")
    cooling = try values.int("cooling_months")
  }

  static func judge(_ one: Case, _ laws: Laws<Self>, _ report: inout Report) {
    for approved in one[EventCode.settlementApproved] {
      guard let law = laws.on(approved.day, one) else { continue }
      let opened = one.on(approved.account, EventCode.accountOpened).first
      if let sanction = opened?.number(.sanctionLevel),
        approved.number(.approverLevel) ?? 0 < sanction + law.terms.levels
      {
        report.find("approver-level-too-low", approved, law, one)
      }
      if let opened, let approver = approved[.approver],
        one.texts(opened, .sanctionedBy).contains(approver)
      {
        report.find("approver-was-sanctioner", approved, law, one, because: [opened])
      }
      let last = approved.day.plus(months: law.terms.months)
      if let final = approved.day(.finalPaymentOn), final > last {
        report.find("treat-as-restructuring", approved, law, one, [("last", .day(last))])
      }
    }
    for executed in one[EventCode.settlementExecuted] {
      guard let law = laws.on(executed.day, one) else { continue }
      let until = executed.day.plus(months: law.terms.cooling)
      for opened in one[EventCode.accountOpened]
      where opened.account != executed.account && executed.precedes(opened) && opened.day < until {
        report.find(
          "cooling-period", opened, law, one, [("until", .day(until))], because: [executed])
      }
    }
  }
}
