import Ledger

extension Rule {
  static let intReportApproval = Rule(
    "int.report.approval", "Collector's report reviewed before approval", .low, .policy,
    by: ReviewedReports.self,
    statement: "A collector's daily report is reviewed by somebody else before it is approved.",
    citation: "House policy.")
}

/// The approval of a report follows a review by another person than the collector.
struct ReviewedReports: Judge {
  static var scope: Rule.Scope { .house }
  static var selectedBy: String { "local date of the approval" }
  static var judges: [UInt16] { [EventCode.approvalGranted] }
  static var reads: [UInt16] { [EventCode.reportSubmitted, EventCode.reportReviewed] }

  static func wants(_ act: Act) -> Bool {
    act.type != EventCode.approvalGranted || act[.action] == "collector_report"
  }

  init(_ values: Values) throws(PackError) {}

  static func judge(_ one: Case, _ laws: Laws<Self>, _ report: inout Report) {
    let reviews = one[EventCode.reportReviewed]
    let submitted = one[EventCode.reportSubmitted]
    for approved in one[EventCode.approvalGranted] where approved[.action] == "collector_report" {
      guard let law = laws.on(approved.day, one) else { continue }
      let mine = submitted.last { $0[.report] == approved[.proposal] }
      let isReviewed = reviews.contains { review in
        review[.report] == approved[.proposal] && review.precedes(approved)
          && (mine.map { $0.person != review[.reviewer] && $0.actor != review[.reviewer] } ?? true)
      }
      if !isReviewed { report.find("unreviewed-report", approved, law, one) }
    }
  }
}
