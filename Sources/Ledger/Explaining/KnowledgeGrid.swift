/// One account's figures by day and by knowledge: the same day reads differently as more is known.
package struct KnowledgeGrid: Sendable {
  /// A column: how much was known.
  package struct Knowledge: Hashable, Sendable {
    /// As it was asked for.
    package var label: String
    /// The position, and the last day it is the knowledge of.
    package var position: Position, day: Day
    /// A column.
    package init(label: String, position: Position, day: Day) {
      (self.label, self.position, self.day) = (label, position, day)
    }
  }

  /// The account, its days and what was known.
  package let account: String, days: [Day], known: [Knowledge]
  /// Rows of cells; nil where the day was not over, which could only be projected.
  package private(set) var cells: [[Observation?]] = []
  /// What was learned since the column before, where the figures differ from it.
  package private(set) var causes: [[String]] = []

  /// The grid of an account. `policies` are asked for each position.
  package init(
    _ history: AccountHistory, days: [Day], known: [Knowledge], _ question: Question,
    policies: (Position) throws(WireError) -> (PolicyBook, House)
  ) throws(WireError) {
    (account, self.days, self.known) = (history.id, days, known)
    for day in days {
      var row: [Observation?] = []
      for column in known {
        guard column.day >= day else {
          row.append(nil)
          continue
        }
        var question = question
        question.vantage = Vantage(asOf: day, knownAt: column.position)
        let (book, house) = try policies(column.position)
        row.append(
          try history.observe(question, policies: book, house: house) {
            history.header($0).seq <= column.position
          })
      }
      cells.append(row)
      causes.append(KnowledgeGrid.causes(history, row, known))
    }
  }

  private static func causes(
    _ history: AccountHistory, _ row: [Observation?], _ known: [Knowledge]
  ) -> [String] {
    row.indices.map { index in
      guard index > 0, let now = row[index], let before = row[index - 1],
        !before.changes(to: now).isEmpty
      else { return "" }
      let learned = history.headers.filter {
        $0.seq > known[index - 1].position && $0.seq <= known[index].position
          && Facts.reads.contains($0.type)
      }
      let names = learned.map { "seq \($0.seq) \(Register.name(of: $0.type))" }
      return before.changes(to: now).joined(separator: ", ") + "; learned: "
        + (names.isEmpty ? "a policy" : names.joined(separator: ", "))
    }
  }

  /// Overdue and days past due, a row a day.
  package func sheet() -> Sheet {
    var sheet = Sheet(
      title: "Account \(account): overdue and days past due, by day (down) and knowledge (across)",
      columns: [.init("as_of", .day)] + known.map { .init($0.label) })
    sheet.keys = 1
    for (day, row) in zip(days, cells) {
      sheet.rows.append(
        [.day(day)]
          + row.map { cell in
            guard let cell else { return .text("-") }
            let sum = Money(minor: cell.reckoning.overdue, currency: cell.currency).decimal
            return .text("\(sum), \(cell.reckoning.dpd)")
          })
    }
    sheet.notes.append("A dash: the day was not over, so it could only be projected.")
    return sheet
  }
}
