/// The register of collectors' reports: handed in, returned, reviewed, approved; with their papers.
package struct ReportRegister: Sendable {
  /// `show reports`.
  package static let name = "reports"
  private let office: Office

  /// The register of an office.
  package init(_ office: Office) { self.office = office }

  /// Reports by day and collector, then the reviews held.
  package var sheet: Sheet {
    var table = Sheet(
      title: "Collectors' reports",
      columns: [
        .init("on", .day), .init("collector"), .init("report"), .init("stage"),
        .init("times", .integer), .init("currency"), .init("collected", .money),
        .init("receipts", .integer), .init("deposits", .integer), .init("reviewer"),
        .init("reviewed_on", .day), .init("approver"), .init("decided_on", .day),
        .init("documents"), .init("not_filed"),
      ])
    let reports = office.collectorReports
    var incomplete = 0
    for one in reports.sorted(by: ReportRegister.precedes) {
      let body = one.handedIn.body
      let papers = body.documents ?? []
      let missing = papers.filter { office.documents[$0] == nil }
      if !missing.isEmpty { incomplete += 1 }
      table.rows.append([
        .day(body.on), .text(one.collector), .text(body.report), .text(one.stage.rawValue),
        .integer(Int64(one.times)), .text(body.collected?.currency.code ?? ""),
        body.collected.map { .money(Int128($0.minor), $0.currency) } ?? .none,
        .integer(Int64(body.receipts?.count ?? 0)), .integer(Int64(body.deposits?.count ?? 0)),
        .text(one.review?.body.reviewer ?? ""), one.review.map { .day($0.day) } ?? .none,
        .text(one.approver ?? ""), one.decidedOn.map { .day($0) } ?? .none,
        .text(
          papers.map { id in office.documents[id].map { "\(id) \($0)" } ?? id }
            .joined(separator: ", ")),
        .text(missing.joined(separator: ", ")),
      ])
    }
    let waiting = reports.filter { $0.stage == .submitted }.count
    table.notes.append(
      "\(waiting) wait for a review; \(incomplete) name papers that nobody filed.")
    for review in office.reviews {
      table.notes.append(
        "Review of \(review.body.kind) held on \(review.day) by "
          + review.body.attendees.joined(separator: ", ")
          + ", of the list \(Hex.text(review.body.listHash)).")
    }
    return table
  }

  private static func precedes(_ a: CollectorReport.Case, _ b: CollectorReport.Case) -> Bool {
    (a.handedIn.body.on, a.collector, a.handedIn.seq)
      < (b.handedIn.body.on, b.collector, b.handedIn.seq)
  }
}
