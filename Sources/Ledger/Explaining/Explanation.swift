/// How one account's cell of a book came to be: its events in the order of the world, the rule that
/// applied to each, and the cell without and with it.
///
/// The steps of a number sum to the number: the cell after one event is the cell before the next,
/// the first starts from an empty account, and the last ends at the cell.
package struct Explanation: Sendable {
  /// One event with what it did to the cell.
  package struct Step: Sendable {
    /// Position of the event.
    package var seq: Position
    /// The day from which it counts.
    package var day: Day
    /// Its name.
    package var event: String
    /// Its body in short.
    package var what: String
    /// The rule or policy that applied, in words.
    package var rule: String
    /// The cell without and with it, all events before it in the order of the world being there.
    package var before: Sheet.Cell, after: Sheet.Cell

    /// How much it changed a number; nil for anything else.
    package var change: Int128? {
      guard let after = after.number ?? (before.number == nil ? nil : 0) else { return nil }
      return after - (before.number ?? 0)
    }
  }

  /// Whose cell, of which book, in which column.
  package var account: String, book: String, column: String
  /// The events, in the order of the world.
  package var steps: [Step] = []
  /// The cell itself.
  package var cell: Sheet.Cell
  /// The rules by which the last figures became the cell, one sentence each.
  package var judgements: [String] = []
  /// The account seen through all steps, for whoever needs more of it than the cell.
  package var figures: Observation

  /// The sum of the steps, for a number.
  package var sum: Int128 { steps.reduce(0) { $0 + ($1.change ?? 0) } }

  /// Explains a cell of one account; nil when the book has no such cell, as `choice` then tells.
  ///
  /// - Parameters:
  ///   - history: the account's events, none later than the question knows.
  ///   - book: the book, empty.
  ///   - shared: policies and house facts as known at the question's position.
  package init?<B: Book>(
    _ history: AccountHistory, of book: B, _ choice: CellChoice, _ question: Question,
    policies: PolicyBook, house: House, naming: Naming
  ) throws(WireError) {
    var question = question
    question.includesUnseen = true
    var fold = Fold(question, policies: policies, house: house) { _ in history.id }
    fold.keepsSplits = true
    var room = history.room(book.reads)
    let order = history.worldOrder(AccountHistory.types(of: book.reads))
    let whole = try history.fold(Observing(book), &room, &fold) { _ in true }
    let sheet = whole.book.sheet(naming)
    guard case .cell(_, let cell) = choice.find(in: sheet) else { return nil }
    let choice = choice.byText(in: sheet)
    let grounds = Grounds(
      policies: policies, who: try history.subject(), asOf: question.vantage.asOf,
      ids: try history.ids(), account: history.number)
    (account, self.book, column, self.cell) = (history.id, B.name, choice.column, cell)
    figures = whole.seen
    var kept = [Bool](repeating: false, count: history.events.count)
    var before = Observation()
    var value = cell.nothing
    for index in order {
      kept[index] = true
      let now = try history.fold(Observing(book), &room, &fold) { kept[$0] }
      var next = cell.nothing
      if case .cell(_, let found) = choice.find(in: now.book.sheet(naming)) { next = found }
      let rule = try history.event(index) { (event) throws(WireError) in
        try grounds.rule(event, before: before, after: now.seen)
      }
      let header = history.header(index)
      let isAhead = header.day > question.vantage.asOf.rawValue
      if !isAhead || next != value {
        let what = try history.event(index) { (event) throws(WireError) in
          Register.event(code: header.type, version: header.version)
            .map { Summary.line(event.body, as: $0) } ?? "?"
        }
        steps.append(
          Step(
            seq: header.seq, day: Day(rawValue: header.day),
            event: Register.name(of: header.type), what: what, rule: rule, before: value,
            after: next))
      }
      value = next
      before = now.seen
    }
    judgements = grounds.judgements(whole.seen, column)
  }

  /// The steps as a table.
  package func sheet() -> Sheet {
    var table = Sheet(
      title:
        "\(book), account \(account): \(column) is \(cell.plain.isEmpty ? "nothing" : cell.plain)",
      columns: [
        .init("seq", .integer), .init("day", .day), .init("event"), .init("before", cell.kind),
        .init("change", cell.kind), .init("after", cell.kind), .init("rule", .prose),
      ])
    for step in steps {
      let same: Sheet.Cell = step.before == step.after ? .none : .text("changed")
      let change = step.change.map { $0 == 0 ? .none : cell.with($0) } ?? same
      table.rows.append([
        .integer(Int64(step.seq)), .day(step.day), .text(step.event), step.before, change,
        step.after, .text(step.rule),
      ])
    }
    table.notes = judgements
    if cell.number != nil {
      table.notes.append(
        "The \(steps.count) steps sum to the cell: \(cell.with(sum).plain).")
    }
    return table
  }
}

extension Sheet.Cell {
  /// What stands there before anything happened.
  var nothing: Sheet.Cell { number == nil ? .none : with(0) }
}

/// A book with the account's figures and splits beside it, as the fold last saw them.
struct Observing<B: Book>: Book {
  static var name: String { B.name }
  var book: B
  var seen = Observation()

  init(_ book: B) { self.book = book }

  var reads: Desk.Reads { book.reads }
  var earlier: [Day] { book.earlier }
  var keepsSplits: Bool { book.keepsSplits }

  mutating func begin(_ house: borrowing House) { book.begin(house) }

  mutating func take(_ account: borrowing AccountView) throws(WireError) {
    try book.take(account)
    seen.take(account)
  }

  mutating func merge(_ other: Observing<B>) { book.merge(other.book) }

  func sheet(_ naming: Naming) -> Sheet { book.sheet(naming) }
}
