import Ledger

extension Rule {
  static let inNACHRepresentation = Rule(
    "in.npci.nach.representation", "NACH: two re-presentations, three days apart, confirmed",
    .medium, .confirmed, by: RepresentedMandate.self, versions: [Version("2024-04-01")],
    defaults: ["max_representations": 2, "min_gap_days": 3, "needs_confirmation": true],
    statement:
      "A debit is presented once and re-presented at most twice, three days after the return at the earliest and after the customer confirmed the balance.",
    citation: "NPCI/2023-24/NACH/007 with /012 and /014 (the day of issue is to be checked).")
}

/// How often, how soon and with what confirmation a debit is presented again.
struct RepresentedMandate: Judge {
  static var selectedBy: String { "local date of the presentation" }
  static var judges: [UInt16] { [EventCode.mandatePresented] }
  static var reads: [UInt16] { [EventCode.mandateBounced] }
  static var parameters: [Parameter] {
    [
      Parameter("max_representations", .int, "Presentations after the first."),
      Parameter("min_gap_days", .int, "Days from a return to the next presentation."),
      Parameter("needs_confirmation", .bool, "Whether the customer must have confirmed."),
    ]
  }

  private let most: Int, gap: Int
  private let needsConfirmation: Bool

  init(_ values: Values) throws(PackError) {
    (most, gap) = (try values.int("max_representations"), try values.int("min_gap_days"))
    needsConfirmation = values.bool("needs_confirmation")
  }

  static func judge(_ one: Case, _ laws: Laws<Self>, _ report: inout Report) {
    var seen: [TextKey: Int] = [:]
    for presented in one[EventCode.mandatePresented] where presented[.rail] == "nach" {
      let due = presented[.due] ?? .none
      let before = seen[due, default: 0]
      seen[due] = before + 1
      guard before > 0, let law = laws.on(presented.day, one) else { continue }
      let returned = one[EventCode.mandateBounced].last {
        $0[.due] == due && $0.precedes(presented)
      }
      if before > law.terms.most {
        report.find("too-many-representations", presented, law, one)
      }
      if let returned, presented.day - returned.day < law.terms.gap {
        report.find("represented-too-soon", presented, law, one, because: [returned])
      }
      if law.terms.needsConfirmation, !presented.has(.confirmation) {
        report.find("no-customer-confirmation", presented, law, one)
      }
    }
  }
}
