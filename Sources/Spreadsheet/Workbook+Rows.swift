/// What a cell holds.
package enum CellValue: Hashable, Sendable {
  /// Text, or what a program writes instead of a result, such as `#REF!`.
  case text(String), fault(String)
  /// A number as it was written, when its style says nothing else.
  case number(String)
  /// A moment on a clock without a zone: days from 1 January 1970, milliseconds of the day; what a
  /// style shows as a date and the calendar does not have is a fault.
  case moment(day: Int, milliseconds: Int, hasTime: Bool)
  /// True or false.
  case truth(Bool)
}

/// A cell that is not empty.
package struct SheetCell: Hashable, Sendable {
  /// Its column, from 0.
  package var column: Int
  /// What it holds; of a formula what it gave last.
  package var value: CellValue
  /// Whether a formula stands in it.
  package var isFormula: Bool
}

/// A row with something in it.
package struct SheetRow: Hashable, Sendable {
  /// Its number, from 1.
  package var number = 0
  /// Whether it is hidden, by hand or by a filter.
  package var isHidden = false
  /// Its cells from the left.
  package var cells: [SheetCell] = []
}

/// A range of cells, its ends included, columns from 0 and rows from 1.
package struct CellRange: Hashable, Sendable {
  /// Its columns.
  package var columns: ClosedRange<Int>
  /// Its rows.
  package var rows: ClosedRange<Int>
  /// As it was written, such as `B4:C5`.
  package var text: String

  /// Reads `B4:C5` or `B4`; nil when it is neither.
  package init?(_ text: String) {
    let ends = text.split(separator: ":", omittingEmptySubsequences: false)
    guard let first = CellRange.place(ends.first ?? ""), ends.count <= 2,
      let last = CellRange.place(ends.last ?? ""), first.column <= last.column,
      first.row <= last.row
    else { return nil }
    columns = first.column...last.column
    rows = first.row...last.row
    self.text = text
  }

  /// Column and row of `B4`.
  static func place(_ text: some StringProtocol) -> (column: Int, row: Int)? {
    var (column, row) = (0, 0)
    for byte in text.utf8 {
      if (65...90).contains(byte), row == 0, column < 20_000 {
        column = column * 26 + Int(byte) - 64
      } else if (48...57).contains(byte), column > 0, row < 10_000_000 {
        row = row * 10 + Int(byte) - 48
      } else if byte != UInt8(ascii: "$") {
        return nil
      }
    }
    guard (1...16_384).contains(column), (1...1_048_576).contains(row) else { return nil }
    return (column - 1, row)
  }

  /// The letters of a column, from 0.
  package static func letters(_ column: Int) -> String {
    var (rest, text) = (column + 1, "")
    while rest > 0 {
      text = String(UnicodeScalar(UInt8(65 + (rest - 1) % 26))) + text
      rest = (rest - 1) / 26
    }
    return text
  }
}

/// What a sheet has beside its values, found before the first row is taken.
package struct SheetSurvey: Hashable, Sendable {
  /// Cells that were made one.
  package var merged: [CellRange] = []
  /// Columns that are hidden, from 0.
  package var hiddenColumns: [ClosedRange<Int>] = []
}

extension Workbook {
  /// The most characters that are read of one cell; a spreadsheet holds 32,767.
  static let cellLimit = 1 << 20

  /// Looks for merged cells and hidden columns, which stand behind and before the rows.
  package func survey(_ sheet: Sheet) throws(SpreadsheetError) -> SheetSurvey {
    var survey = SheetSurvey()
    let scan = XMLScan(part: sheet.part)
    scan.start = { name, attributes in
      switch name {
      case "mergeCell":
        if let range = CellRange(attributes["ref"] ?? "") { survey.merged.append(range) }
      case "col":
        guard ["1", "true"].contains(attributes["hidden"] ?? ""),
          let first = Int(attributes["min"] ?? ""), let last = Int(attributes["max"] ?? ""),
          first >= 1, last >= first
        else { return }
        survey.hiddenColumns.append(first - 1...last - 1)
      default: break
      }
    }
    try scan.run(archive)
    return survey
  }

  /// Gives the rows that have something in them, from the top.
  package func rows(of sheet: Sheet, _ body: (SheetRow) throws(SpreadsheetError) -> Void)
    throws(SpreadsheetError)
  {
    var row = SheetRow()
    var (type, style, column) = ("n", 0, -1)
    var (value, isFormula, isSpoken): ([UInt8], Bool, Bool) = ([], false, false)
    let scan = XMLScan(part: sheet.part)
    try withoutActuallyEscaping(body) { body throws(SpreadsheetError) in
      scan.start = { (name, attributes) throws(SpreadsheetError) in
        switch name {
        case "row":
          let number = Int(attributes["r"] ?? "") ?? row.number + 1
          guard number > row.number else {
            throw SpreadsheetError(
              "xlsx.order", "the row \(number) stands behind the row \(row.number)",
              remedy: "open the file in a spreadsheet program and save it again", row: number)
          }
          row = SheetRow(
            number: number, isHidden: ["1", "true"].contains(attributes["hidden"] ?? ""))
          column = -1
        case "c":
          column = CellRange.place(attributes["r"] ?? "")?.column ?? column + 1
          (type, style) = (attributes["t"] ?? "n", Int(attributes["s"] ?? "") ?? 0)
          isFormula = false
          value.removeAll(keepingCapacity: true)
        case "f": isFormula = true
        case "rPh": isSpoken = true
        default: break
        }
        scan.wantsText = name == "v" || (name == "t" && !isSpoken)
      }
      scan.text = { (bytes) throws(SpreadsheetError) in
        for index in 0..<bytes.count { value.append(bytes[index]) }
        guard value.count <= Workbook.cellLimit else {
          throw SpreadsheetError(
            "xlsx.bomb", "a cell has more than \(Workbook.cellLimit) bytes",
            remedy: "a spreadsheet holds 32,767 characters; ask where the file was made",
            row: row.number)
        }
      }
      scan.end = { (name) throws(SpreadsheetError) in
        scan.wantsText = false
        switch name {
        case "rPh": isSpoken = false
        case "c":
          let text = String(decoding: value, as: UTF8.self)
          guard let read = self.value(text, type: type, style: style) else {
            if isFormula {
              row.cells.append(SheetCell(column: column, value: .text(""), isFormula: true))
            }
            return
          }
          row.cells.append(SheetCell(column: column, value: read, isFormula: isFormula))
        case "row": if !row.cells.isEmpty { try body(row) }
        default: break
        }
      }
      defer { scan.fallSilent() }
      try scan.run(archive)
    }
  }

  private func value(_ text: String, type: String, style: Int) -> CellValue? {
    switch type {
    case "s": return texts.text(Int(text) ?? -1).flatMap { $0.isEmpty ? nil : Workbook.plain($0) }
    case "inlineStr", "str", "d": return text.isEmpty ? nil : Workbook.plain(text)
    case "b": return .truth(text == "1" || text == "true")
    case "e": return .fault(text)
    default:
      if text.isEmpty { return nil }
      let look = looks.indices.contains(style) ? looks[style] : .number
      return look == .number ? .number(text) : moment(text, look)
    }
  }

  // The calendar of 1900 counts a 29 February 1900 that never was, so what is before it is one
  // less.
  private func moment(_ text: String, _ look: Look) -> CellValue {
    guard let (days, milliseconds) = PlainNumber(text)?.dayAndMilliseconds else {
      return .fault("no date: \(text)")
    }
    if countsFrom1904 {
      return .moment(day: days - 24_107, milliseconds: milliseconds, hasTime: look != .date)
    }
    guard days > 0, days != 60, days <= 2_958_465 else {
      return .fault(days == 60 ? "29 February 1900, which never was" : "no date: \(text)")
    }
    let day = days > 60 ? days - 25_569 : days - 25_568
    return .moment(day: day, milliseconds: milliseconds, hasTime: look != .date)
  }

  // `_x000D_` in a text stands for the character of that number.
  private static func plain(_ text: String) -> CellValue {
    guard text.contains("_x") else { return .text(text) }
    let bytes = Array(text.utf8)
    var (out, index): ([UInt8], Int) = ([], 0)
    while index < bytes.count {
      if index + 6 < bytes.count, bytes[index] == UInt8(ascii: "_"),
        bytes[index + 1] == UInt8(ascii: "x"), bytes[index + 6] == UInt8(ascii: "_"),
        let number = UInt16(
          String(decoding: bytes[index + 2..<index + 6], as: UTF8.self), radix: 16),
        let scalar = UnicodeScalar(number)
      {
        out += Array(String(Character(scalar)).utf8)
        index += 7
      } else {
        out.append(bytes[index])
        index += 1
      }
    }
    return .text(String(decoding: out, as: UTF8.self))
  }
}
