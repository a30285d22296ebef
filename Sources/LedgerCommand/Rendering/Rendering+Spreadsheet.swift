import Ledger
import Spreadsheet

extension Rendering {
  /// Writes the answer as a spreadsheet: the rows on its first sheet, what it stands on and what
  /// must not be missed on its second, what its names mean on a third, where it says so.
  static func spreadsheet(
    _ table: Sheet, _ provenance: Provenance, asOf: Day, to path: String
  ) throws {
    guard table.rows.count < SpreadsheetWriter.rowLimit else {
      throw Failure(
        "The answer has \(table.rows.count) rows, and a spreadsheet holds "
          + "\(SpreadsheetWriter.rowLimit - 1) under its names; ask for less, or for csv.")
    }
    do throws(SpreadsheetError) {
      var writer = try SpreadsheetWriter(
        path: path, created: Int(asOf.rawValue) * 86_400, temporary: Outlet.folder)
      try writer.begin(sheet: "Answer", columns(table))
      for row in table.rows { try writer.write(row.map(cell)) }
      try writer.begin(
        sheet: "Provenance", [.init("what", width: 14), .init("value", width: 100)])
      try writer.write([.text("title"), .text(table.title)])
      for note in table.notes { try writer.write([.text("note"), .text(note)]) }
      for item in provenance.items { try writer.write([.text(item.name), .text(item.value)]) }
      if !table.definitions.isEmpty {
        try writer.begin(
          sheet: "Definitions", [.init("name", width: 34), .init("definition", width: 120)])
        for item in table.definitions {
          try writer.write([.text(item.name), .text(item.sentence)])
        }
      }
      try writer.close()
    } catch {
      throw Failure("The answer: \(error.description)")
    }
  }

  // Wide enough for what stands there, which is looked at in the first thousand rows.
  private static func columns(_ table: Sheet) -> [SpreadsheetWriter.Column] {
    table.columns.enumerated().map { index, column in
      var width = column.name.count
      for row in table.rows.prefix(1_000) {
        var length = row[index].plain.count
        if column.kind == .money || column.kind == .integer { length += length / 3 }
        width = max(width, length)
      }
      return .init(column.name, width: Double(min(width, 60) + 3))
    }
  }

  // A sum or a count that a spreadsheet would round is written as text, with all its digits.
  private static func cell(_ cell: Sheet.Cell) -> SpreadsheetWriter.Cell {
    switch cell {
    case .text(let text): return text.isEmpty ? .none : .text(text)
    case .integer(let value):
      let fits = value.magnitude < SpreadsheetWriter.numberLimit.magnitude
      return fits ? .number(value, decimals: 0) : .text(cell.plain)
    case .money(let minor, let currency):
      guard let small = Int64(exactly: minor),
        small.magnitude < SpreadsheetWriter.numberLimit.magnitude
      else { return .text(cell.plain) }
      return .number(small, decimals: currency.exponent)
    case .day(let day):
      return day == .undated ? .none : .day(Int(day.rawValue), text: day.description)
    case .none: return .none
    }
  }
}
