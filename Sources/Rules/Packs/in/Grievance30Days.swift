import Ledger

extension Rule {
  static let inRBIGrievance30Days = Rule(
    "in.rbi.grievance-30d", "Grievance answered within 30 days", .medium, .partly,
    by: AnsweredWithin.self,
    versions: [Version("2021-11-12", "2026-06-30"), Version("2026-07-01")],
    defaults: ["days": 30],
    statement:
      "A complaint is resolved within 30 days of its receipt; after that the customer may go to the Ombudsman.",
    citation:
      "RB-IOS 2021 and, for complaints received from 2026-07-01, RB-IOS 2026; the 30 days are from memory."
  )
}

/// A complaint is resolved within so many days of its receipt.
struct AnsweredWithin: Judge {
  static var selectedBy: String { "local date on which the complaint was received" }
  static var judges: [UInt16] { [EventCode.complaintReceived] }
  static var reads: [UInt16] { [EventCode.complaintResolved] }
  static var parameters: [Parameter] {
    [Parameter("days", .int, "Days after the day of receipt.")]
  }

  private let days: Int

  init(_ values: Values) throws(PackError) { days = try values.int("days") }

  static func judge(_ one: Case, _ laws: Laws<Self>, _ report: inout Report) {
    for complaint in one[EventCode.complaintReceived] {
      guard let law = laws.on(complaint.day, one) else { continue }
      let due = complaint.day + law.terms.days
      let answer = one[EventCode.complaintResolved].first {
        $0[.complaint] == complaint[.complaint] && complaint.precedes($0)
      }
      guard answer.map({ $0.day > due }) ?? (one.today > due) else { continue }
      report.find(
        "grievance-overdue", complaint, law, one, on: due + 1, [("due", .day(due))],
        because: answer.map { [$0] } ?? [])
    }
  }
}
