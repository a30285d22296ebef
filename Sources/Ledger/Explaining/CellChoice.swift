/// Which cell of a book is meant: a column, and what stands in other columns of its row.
package struct CellChoice: Hashable, Sendable {
  /// The column's published name.
  package var column: String
  /// Names of columns and what must stand there.
  package var rows: [Condition]

  /// What must stand in a column.
  package struct Condition: Hashable, Sendable {
    /// The column's name.
    package var column: String
    /// The cell as a script reads it.
    package var value: String
    /// A condition.
    package init(_ column: String, _ value: String) {
      self.column = column
      self.value = value
    }
  }

  /// A cell of `column` in the row where every condition holds.
  package init(_ column: String, rows: [Condition] = []) {
    self.column = column
    self.rows = rows
  }

  /// What came of looking for it.
  package enum Finding: Sendable {
    /// The row's index and the cell.
    case cell(Int, Sheet.Cell)
    /// There is no such column; one name of a column that is missing.
    case noColumn(String)
    /// No row fits.
    case noRow
    /// More than one row fits.
    case rows(Int)
  }

  /// Looks for the cell in a table.
  package func find(in sheet: Sheet) -> Finding {
    func index(_ name: String) -> Int? { sheet.columns.firstIndex { $0.name == name } }
    guard let column = index(column) else { return .noColumn(column) }
    for row in rows where index(row.column) == nil { return .noColumn(row.column) }
    let places = rows.map { (index($0.column) ?? 0, $0.value) }
    let fitting = sheet.rows.indices.filter { at in
      places.allSatisfy { sheet.rows[at][$0.0].plain == $0.1 }
    }
    guard let first = fitting.first else { return .noRow }
    return fitting.count == 1 ? .cell(first, sheet.rows[first][column]) : .rows(fitting.count)
  }

  /// The same cell in a table where it is found, by the key columns of its row: what an account
  /// puts there has those, and figures of its own. Conditions of rows that share their keys stay.
  package func byKeys(in sheet: Sheet) -> CellChoice {
    guard case .cell(let row, _) = find(in: sheet) else { return self }
    var choice = self
    choice.rows = sheet.keyColumns.indices.map {
      Condition(sheet.columns[$0].name, sheet.rows[row][$0].plain)
    }
    if case .rows = choice.find(in: sheet) { choice.rows += rows }
    return choice
  }

  /// The same cell without conditions on figures, which differ from event to event; itself where
  /// they are needed to tell its row.
  package func byText(in sheet: Sheet) -> CellChoice {
    var choice = self
    choice.rows.removeAll { condition in
      sheet.columns.contains {
        $0.name == condition.column && ($0.kind == .integer || $0.kind == .money)
      }
    }
    if case .rows = choice.find(in: sheet) { return self }
    return choice
  }

  /// The sentence for a cell that is not there; nil when it is.
  package func fault(in sheet: Sheet) -> String? {
    switch find(in: sheet) {
    case .cell: return nil
    case .noColumn(let name):
      return "This book has no column \(name); there are "
        + sheet.columns.map(\.name).joined(separator: ", ") + "."
    case .noRow:
      guard let row = rows.first else { return "The book is empty, so it has no cell \(column)." }
      let at = sheet.columns.firstIndex { $0.name == row.column } ?? 0
      var met: [String] = []
      for cells in sheet.rows where !met.contains(cells[at].plain) { met.append(cells[at].plain) }
      let some = met.prefix(12).map { $0.isEmpty ? "(nothing)" : $0 }.joined(separator: ", ")
      return "The book has no row where "
        + rows.map { "\($0.column) is \($0.value)" }.joined(separator: " and ")
        + (some.isEmpty ? "." : "; in \(row.column) stand \(some)\(met.count > 12 ? " …" : "").")
    case .rows(let count):
      return "\(count) rows fit; name one with --row COLUMN=VALUE, by "
        + sheet.keyColumns.map(\.name).joined(separator: ", ") + "."
    }
  }
}

extension Sheet {
  /// The leading columns that tell rows apart: those that hold text.
  package var keyColumns: ArraySlice<Column> {
    let count = keys ?? columns.prefix { $0.kind == .text }.count
    return columns.prefix(count)
  }
}

extension Sheet.Cell {
  /// The number in a cell, if it holds one; no number is none, and counts as nothing.
  package var number: Int128? {
    switch self {
    case .integer(let value): Int128(value)
    case .money(let minor, _): minor
    default: nil
    }
  }

  /// The same kind of cell with another number; itself when it holds none.
  package func with(_ number: Int128) -> Sheet.Cell {
    switch self {
    case .integer: .integer(Int64(clamping: number))
    case .money(_, let currency): .money(number, currency)
    default: self
    }
  }
}
