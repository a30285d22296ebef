/// The register of complaints: what was complained of, against whom, how long it waits, and how it
/// ended.
package struct ComplaintRegister: Book {
  /// `show complaints`.
  package static let name = "complaints"

  private struct Line: Sendable {
    var account: UInt32
    var customer: String
    var complaint: Complaint.Case
  }

  let asOf: Day
  let onlyOpen: Bool
  private var lines: [Line] = []

  /// An empty register as it will stand at the end of a day; with `onlyOpen`, of what waits.
  package init(asOf: Day, onlyOpen: Bool) {
    self.asOf = asOf
    self.onlyOpen = onlyOpen
  }

  /// Complaints.
  package var reads: Desk.Reads { .complaints }
  /// A complaint is about no sum.
  package var reckons: Bool { false }

  /// Takes the complaints about an account.
  package mutating func take(_ account: borrowing AccountView) {
    for complaint in Complaint.cases(account.desk.complaints.rows, asOf: asOf)
    where !onlyOpen || complaint.isOpen {
      lines.append(
        Line(account: account.number, customer: account.debtor, complaint: complaint))
    }
  }

  /// Joins the lines of other accounts.
  package mutating func merge(_ other: ComplaintRegister) { lines += other.lines }

  /// Lines by the day on which they were received.
  package func sheet(_ naming: Naming) -> Sheet {
    var table = Sheet(
      title: "Register of complaints",
      columns: [
        .init("complaint"), .init("account"), .init("customer"), .init("category"),
        .init("forum"), .init("against"), .init("received_on", .day), .init("taken_by"),
        .init("age", .integer), .init("stage"), .init("resolved_on", .day), .init("resolved_by"),
      ])
    table.keys = 2
    let named = naming.ordered(lines, of: \.account) {
      ($0.complaint.received.day, $0.complaint.received.seq)
    }
    for (account, line) in named {
      let (received, resolved) = (line.complaint.received, line.complaint.resolved)
      let end = resolved.map { Day(rawValue: $0.day) } ?? asOf
      func text(_ key: UInt64) -> Sheet.Cell { .text(naming.text(received.seq, key)) }
      table.rows.append([
        text(Key.ComplaintReceived.complaint), .text(account), .text(line.customer),
        text(Key.ComplaintReceived.category), text(Key.ComplaintReceived.forum),
        text(Key.ComplaintReceived.against), .day(Day(rawValue: received.day)),
        .text(naming.actor(received.actor)), .integer(Int64(end - Day(rawValue: received.day))),
        .text(resolved.map { naming.text($0.seq, Key.ComplaintResolved.outcome) } ?? "open"),
        resolved.map { .day(Day(rawValue: $0.day)) } ?? .none,
        .text(resolved.map { naming.actor($0.actor) } ?? ""),
      ])
    }
    let open = lines.map(\.complaint).filter(\.isOpen)
    table.notes.append(Sheet.waiting(since: open.map(\.received.day), asOf: asOf))
    return table
  }
}
