/// The register of tasks and instructions: what was given to whom, until when, and what is late.
package struct TaskRegister: Sendable {
  /// `show tasks`.
  package static let name = "tasks"
  private let office: Office
  private let asOf: Day
  private let onlyOpen: Bool

  /// The register of an office at the end of a day; with `onlyOpen`, of what is neither completed
  /// nor replaced.
  package init(_ office: Office, asOf: Day, onlyOpen: Bool) {
    self.office = office
    self.asOf = asOf
    self.onlyOpen = onlyOpen
  }

  /// Tasks by deadline, those without one last.
  package var sheet: Sheet {
    var table = Sheet(
      title: "Tasks and instructions",
      columns: [
        .init("task"), .init("unit"), .init("kind"), .init("assignee"), .init("department"),
        .init("given_on", .day), .init("due_on", .day), .init("stage"), .init("ended_on", .day),
        .init("outcome"), .init("days_late", .integer), .init("replaces"), .init("replaced_by"),
      ])
    table.keys = 1
    let duties = office.duties.filter {
      !onlyOpen || $0.stage(asOf) == .open || $0.stage(asOf) == .overdue
    }
    func due(_ duty: Duty.Case) -> Day { duty.given.body.dueAt?.day ?? .undated }
    for duty in duties.sorted(by: { (due($0), $0.given.seq) < (due($1), $1.given.seq) }) {
      let given = duty.given.body
      table.rows.append([
        .text(given.task), .text(duty.given.place), .text(given.kind), .text(given.assignee),
        .text(given.department ?? ""), .day(duty.given.day), .day(due(duty)),
        .text(duty.stage(asOf).rawValue), duty.end.map { .day($0.day) } ?? .none,
        .text(duty.end?.body.outcome ?? ""),
        duty.daysLate(asOf).map { .integer(Int64($0)) } ?? .none, .text(given.replaces ?? ""),
        .text(duty.replacement ?? ""),
      ])
    }
    let late = duties.filter { $0.stage(asOf) == .overdue }.count
    let open = duties.filter { $0.stage(asOf) == .open }.count
    table.notes.append("\(open + late) open, \(late) of them beyond their deadline.")
    return table
  }
}
