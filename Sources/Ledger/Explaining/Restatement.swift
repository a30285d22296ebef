/// The difference between a book as it was published and the same book, of the same day, with what
/// is known now: cell by cell, by cause, and event by event.
///
/// The effect of an event is what the account's part of the book is with it and without it, all
/// that was recorded before it being there. Effects follow on each other from the published book to
/// the restated one, so a sum is never left unexplained.
package struct Restatement: Sendable {
  /// What one later event did to one cell.
  package struct Effect: Sendable {
    /// The account through which it reached the book.
    package var account: String
    /// Position, name and day of the event; position 0 for facts that accounts share.
    package var seq: Position, event: String, day: Day
    /// Why.
    package var cause: Cause
    /// The row's key cells and the column.
    package var row: [Sheet.Cell], column: Int
    /// The account's part of the cell without and with it.
    package var before: Sheet.Cell, after: Sheet.Cell

    /// How much it moved a number.
    package var change: Int128? {
      guard before.number != nil || after.number != nil else { return nil }
      return (after.number ?? 0) - (before.number ?? 0)
    }
  }

  /// The book as published and as restated.
  package let published: Sheet, restated: Sheet
  /// Effects in order of account and position.
  package private(set) var effects: [Effect] = []

  /// Nothing different yet between two forms of one book.
  package init(published: Sheet, restated: Sheet) {
    self.published = published
    self.restated = restated
  }

  /// Notes how an account's part of the book changed by an event.
  package mutating func note(
    _ before: Sheet, _ after: Sheet, account: String, seq: Position, event: String, day: Day,
    cause: Cause
  ) {
    let shape = after.columns.isEmpty ? before : after
    let keys = shape.keyColumns.indices
    func index(_ sheet: Sheet) -> [[Sheet.Cell]: [Sheet.Cell]] {
      Dictionary(sheet.rows.map { row in (keys.map { row[$0] }, row) }, uniquingKeysWith: { $1 })
    }
    var rows: [[Sheet.Cell]] = []
    for row in before.rows + after.rows {
      let key = keys.map { row[$0] }
      if !rows.contains(key) { rows.append(key) }
    }
    let (old, new) = (index(before), index(after))
    for key in rows {
      // What one account's ratio does says nothing of the ratio of many.
      for column in shape.columns.indices
      where !keys.contains(column) && shape.ratio(key, column) == nil {
        let a = old[key]?[column] ?? .none
        let b = new[key]?[column] ?? .none
        guard a != b, a.isSomething || b.isSomething else { continue }
        effects.append(
          Effect(
            account: account, seq: seq, event: event, day: day, cause: cause, row: key,
            column: column, before: a, after: b))
      }
    }
  }

  /// The cells that differ, each with its causes.
  package struct Difference: Sendable {
    /// The row's key cells and the column's name.
    package var row: [Sheet.Cell], column: String
    /// The cell as published and now.
    package var published: Sheet.Cell, restated: Sheet.Cell
    /// The part of each cause, for a number.
    package var causes: [Cause: Int128] = [:]
    /// The causes met, for anything else.
    package var met: Set<Cause> = []
    /// Whether it is a ratio of many accounts, whose causes stand at its part and whole.
    package var isRatio = false

    /// How much the number differs; nil for anything else.
    package var difference: Int128? {
      guard published.number != nil || restated.number != nil else { return nil }
      return (restated.number ?? 0) - (published.number ?? 0)
    }

    /// What the causes leave of it: not zero only in a cell that is no sum.
    package var unexplained: Int128 { (difference ?? 0) - causes.values.reduce(0, +) }
  }

  /// Every cell that differs or that events moved to and fro, in the order of the book.
  package var differences: [Difference] {
    let keys = restated.keyColumns.indices
    var order: [[Sheet.Cell]] = []
    var seen: Set<[Sheet.Cell]> = []
    for row in published.rows + restated.rows {
      let key = keys.map { row[$0] }
      if seen.insert(key).inserted { order.append(key) }
    }
    func table(_ sheet: Sheet) -> [[Sheet.Cell]: [Sheet.Cell]] {
      Dictionary(sheet.rows.map { row in (keys.map { row[$0] }, row) }, uniquingKeysWith: { $1 })
    }
    let (old, new) = (table(published), table(restated))
    var parts: [[Sheet.Cell]: [Int: Difference]] = [:]
    for effect in effects {
      var part =
        parts[effect.row]?[effect.column]
        ?? Difference(row: effect.row, column: "", published: .none, restated: .none)
      part.causes[effect.cause, default: 0] += effect.change ?? 0
      part.met.insert(effect.cause)
      parts[effect.row, default: [:]][effect.column] = part
    }
    var out: [Difference] = []
    for key in order {
      for column in restated.columns.indices where !keys.contains(column) {
        let a = old[key]?[column] ?? .none
        let b = new[key]?[column] ?? .none
        let part = parts[key]?[column]
        guard
          (a != b && (a.isSomething || b.isSomething))
            || part?.causes.values.contains(where: { $0 != 0 }) == true
        else { continue }
        var difference = Difference(
          row: key, column: restated.columns[column].name, published: a, restated: b)
        difference.causes = part?.causes ?? [:]
        difference.met = part?.met ?? []
        difference.isRatio = restated.ratio(key, column) != nil
        out.append(difference)
      }
    }
    return out
  }
}

// MARK: - What it prints

extension Restatement {
  /// The differences by cause; `labels` stand in front of every row, such as the report's id.
  package func byCause(_ labels: [(name: String, value: String)] = []) -> Sheet {
    let all = differences
    let causes = Cause.allCases.filter { cause in
      all.contains {
        $0.causes[cause, default: 0] != 0 || ($0.difference == nil && $0.met.contains(cause))
      }
    }
    var sheet = Sheet(
      title: "Restatement: as published, as known now, and why",
      columns: labels.map { .init($0.name) } + restated.keyColumns.map { .init($0.name) } + [
        .init("figure"), .init("published", .money), .init("restated", .money),
        .init("difference", .money),
      ] + causes.map { .init($0.rawValue, .money) })
    for item in all {
      let model = item.restated.number == nil ? item.published : item.restated
      var row: [Sheet.Cell] = labels.map { .text($0.value) } + item.row
      row += [.text(item.column), item.published, item.restated]
      guard let difference = item.difference else {
        row.append(.text("changed"))
        row += causes.map { item.met.contains($0) ? .text("changed") : .none }
        sheet.rows.append(row)
        continue
      }
      row.append(model.with(difference))
      row += causes.map { cause in
        item.causes[cause, default: 0] == 0 ? .none : model.with(item.causes[cause] ?? 0)
      }
      sheet.rows.append(row)
    }
    sheet.keys = labels.count + restated.keyColumns.count + 1
    sheet.notes += ratioNote(all)
    let odd = all.filter { $0.unexplained != 0 && !$0.isRatio }
    if !odd.isEmpty {
      let names = Set(odd.map(\.column)).sorted().joined(separator: ", ")
      sheet.notes.append("\(names) is no sum of accounts: its causes need not add up.")
    }
    return sheet
  }

  private func ratioNote(_ all: [Difference]) -> [String] {
    let names = Set(all.filter(\.isRatio).map(\.column)).sorted()
    if names.isEmpty { return [] }
    let are = names.count == 1 ? "is a ratio: its" : "are ratios: their"
    return ["\(names.joined(separator: ", ")) \(are) causes stand at part and whole."]
  }

  /// Event by event: what it did to which cell, through which account.
  package func byEvent() -> Sheet {
    var sheet = Sheet(
      title: "Restatement, event by event",
      columns: [
        .init("seq", .integer), .init("day", .day), .init("event"), .init("cause"),
        .init("account"),
      ] + restated.keyColumns.filter { $0.name != "account" }.map { .init($0.name) } + [
        .init("figure"), .init("without", .money), .init("with", .money), .init("change", .money),
      ])
    sheet.notes += ratioNote(differences)
    let kept = restated.keyColumns.indices.filter { restated.columns[$0].name != "account" }
    for effect in effects.sorted(by: { ($0.seq, $0.account) < ($1.seq, $1.account) }) {
      let model = effect.after.number == nil ? effect.before : effect.after
      sheet.rows.append(
        [
          .integer(Int64(effect.seq)), .day(effect.day), .text(effect.event),
          .text(effect.cause.rawValue), .text(effect.account),
        ] + kept.map { effect.row[$0] } + [
          .text(restated.columns[effect.column].name), effect.before, effect.after,
          effect.change.map { model.with($0) } ?? .text("changed"),
        ])
    }
    return sheet
  }
}
