/// The query register: what customers asked, how long it waited, who answered with which figures.
package struct QueryRegister: Book {
  /// `show queries`.
  package static let name = "queries"

  private struct Line: Sendable {
    var account: UInt32
    var customer: String
    var query: Query.Case
  }

  let asOf: Day
  let onlyOpen: Bool
  private var lines: [Line] = []

  /// An empty register as it will stand at the end of a day; with `onlyOpen`, of what waits.
  package init(asOf: Day, onlyOpen: Bool) {
    self.asOf = asOf
    self.onlyOpen = onlyOpen
  }

  /// Queries.
  package var reads: Desk.Reads { .queries }
  /// A question is about no sum here.
  package var reckons: Bool { false }

  /// Takes the queries of an account.
  package mutating func take(_ account: borrowing AccountView) {
    for query in Query.cases(account.desk.queries.rows, asOf: asOf)
    where !onlyOpen || query.stage == "open" {
      lines.append(Line(account: account.number, customer: account.debtor, query: query))
    }
  }

  /// Joins the lines of other accounts.
  package mutating func merge(_ other: QueryRegister) { lines += other.lines }

  /// Lines by the day on which they were asked.
  package func sheet(_ naming: Naming) -> Sheet {
    var table = Sheet(
      title: "Query register",
      columns: [
        .init("query"), .init("account"), .init("customer"), .init("category"),
        .init("opened_on", .day), .init("taken_by"), .init("age", .integer), .init("stage"),
        .init("answered_on", .day), .init("answered_by"), .init("answer_hash"),
        .init("figures_hash"), .init("reopens"),
      ])
    table.keys = 2
    let named = naming.ordered(lines, of: \.account) {
      ($0.query.opened.day, $0.query.opened.seq)
    }
    for (account, line) in named {
      let (opened, answer) = (line.query.opened, line.query.answer)
      let end = answer.map { Day(rawValue: $0.day) } ?? asOf
      func text(_ key: UInt64) -> Sheet.Cell { .text(naming.text(opened.seq, key)) }
      func answered(_ key: UInt64) -> Sheet.Cell {
        .text(answer.map { naming.text($0.seq, key) } ?? "")
      }
      table.rows.append([
        text(Key.QueryOpened.query), .text(account), .text(line.customer),
        text(Key.QueryOpened.category), .day(Day(rawValue: opened.day)),
        .text(naming.actor(opened.actor)), .integer(Int64(end - Day(rawValue: opened.day))),
        .text(line.query.stage), answer.map { .day(Day(rawValue: $0.day)) } ?? .none,
        .text(answer.map { naming.actor($0.actor) } ?? ""),
        answered(Key.QueryAnswered.answerHash), answered(Key.QueryAnswered.figuresHash),
        text(Key.QueryOpened.reopens),
      ])
    }
    let open = lines.map(\.query).filter { $0.stage == "open" }
    table.notes.append(Sheet.waiting(since: open.map(\.opened.day), asOf: asOf))
    return table
  }
}
