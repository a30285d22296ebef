import Ledger
import Spreadsheet

/// A sheet of a workbook laid out as CSV, which is what a mapping reads: dates in the form that the
/// mapping declares, sums with its point, every row with its number in the sheet.
///
/// What a spreadsheet may hide from whoever looks at it makes a row refused: formulas, hidden rows,
/// merged cells, errors, numbers of which digits are lost. The row goes to the rejects file as it
/// is.
enum SheetText {
  /// Whether a file is a workbook, by its first bytes.
  static func isOne(_ file: ByteFile) throws(Objection) -> Bool {
    Workbook.isOne(try file.bytes(0..<min(8, file.size)))
  }

  /// Lays out the chosen sheet. Throws where the file as a whole cannot be taken.
  static func layout(
    _ given: ByteFile, _ mapping: Mapping, _ choice: SheetChoice, zone: Zone, currency: Currency
  ) throws(Objection) -> Layout {
    var layout: SheetLayout
    do throws(SpreadsheetError) {
      let start: [UInt8]
      let descriptor: Int32
      do throws(Objection) {
        start = try given.bytes(0..<min(1 << 20, given.size))
        descriptor = try given.duplicate()
      } catch { throw SpreadsheetError(error.rule, error.what, remedy: error.remedy) }
      let book = try Workbook(descriptor: descriptor, start: start)
      let sheet = try SheetText.sheet(book, choice)
      layout = SheetLayout(choice: choice, survey: try book.survey(sheet))
      try book.rows(of: sheet) { (row) throws(SpreadsheetError) in
        do throws(Objection) {
          if layout.header.isEmpty {
            try layout.begin(row, mapping, zone: zone, currency: currency)
            if mapping.dialect.header == nil { return }
          }
          layout.add(row)
        } catch {
          throw SpreadsheetError(error.rule, error.what, remedy: error.remedy, row: error.line)
        }
      }
    } catch {
      throw Objection(error.rule, error.what, remedy: error.remedy).at(given.name, error.row ?? 0)
    }
    return try Layout(of: given, layout.text, mapping.dialect)
  }

  private static func sheet(_ book: Workbook, _ choice: SheetChoice) throws(SpreadsheetError)
    -> Workbook.Sheet
  {
    let names = Objection.list(book.sheets.map { Objection.quote($0.name) })
    if let name = choice.name {
      guard let sheet = book.sheets.first(where: { $0.name == name }) else {
        throw SpreadsheetError(
          "xlsx.sheet", "there is no sheet \(Objection.quote(name))", remedy: "there are \(names)")
      }
      guard !sheet.isHidden || choice.takesHidden else {
        throw SpreadsheetError(
          "xlsx.hidden", "the sheet \(Objection.quote(name)) is hidden",
          remedy: "show it, or take what is hidden: --take hidden")
      }
      return sheet
    }
    let shown = book.sheets.filter { !$0.isHidden }
    guard let only = shown.first, shown.count == 1 else {
      throw SpreadsheetError(
        "xlsx.sheet", "the file has \(shown.count) sheets in sight",
        remedy: "name one with --sheet; there are \(names)")
    }
    return only
  }
}

/// The text of a sheet while it is laid out.
struct SheetLayout {
  /// The names of the columns; empty until the first row came.
  private(set) var header: [String] = []
  /// The text.
  private(set) var text = LayoutText()
  private let choice: SheetChoice
  private let hidden: [ClosedRange<Int>]
  private let merged: [CellRange]
  private var nextMerged = 0
  private var reach: CellRange?
  private var types: [Int: ColumnType] = [:]
  private var numbers = NumberFormat()

  /// A layout of nothing yet.
  init(choice: SheetChoice, survey: SheetSurvey) {
    self.choice = choice
    hidden = survey.hiddenColumns
    merged = survey.merged.sorted { $0.rows.lowerBound < $1.rows.lowerBound }
  }

  /// Takes the names of the columns from the first row, or from the mapping.
  mutating func begin(_ row: SheetRow, _ mapping: Mapping, zone: Zone, currency: Currency)
    throws(Objection)
  {
    if let names = mapping.dialect.header {
      header = names
    } else {
      if let range = isMerged(row.number) {
        throw Objection(
          "xlsx.merged", "the names of the columns are merged cells (\(range.text))",
          remedy: "give every column its name in one cell, above the first row"
        ).at("", row.number)
      }
      for cell in row.cells {
        while header.count < cell.column { header.append("") }
        let (text, fault) = plain(cell, name: CellRange.letters(cell.column))
        if let fault { throw fault.at("", row.number) }
        header.append(text)
      }
    }
    for column in header.indices where !header[column].isEmpty && !choice.takesHidden {
      guard !hidden.contains(where: { $0.contains(column) }) else {
        throw Objection(
          "xlsx.hidden", "the column \(Objection.quote(header[column])) is hidden",
          remedy: "show it, or take what is hidden: --take hidden"
        ).at("", row.number)
      }
    }
    // The mapping is asked with the same names once more when the rows are read.
    let program = try mapping.program(header: header, zone: zone, currency: currency)
    (types, numbers) = (program.types, program.numbers)
    if mapping.dialect.header == nil { text.put(header, row.number) }
  }

  /// Adds a row with its fault, if it has one.
  mutating func add(_ row: SheetRow) {
    var fields = [String](repeating: "", count: header.count)
    var fault: Objection?
    if row.isHidden, !choice.takesHidden {
      fault = Objection(
        "xlsx.hidden", "the row is hidden, by hand or by a filter",
        remedy: "show it, delete it, or take what is hidden: --take hidden")
    }
    if let range = isMerged(row.number), fault == nil {
      fault = Objection(
        "xlsx.merged", "the row has merged cells (\(range.text))",
        remedy: "unmerge them and write into every row what holds for it")
    }
    for cell in row.cells {
      guard cell.column < header.count else {
        fault =
          fault
          ?? Objection(
            "xlsx.width",
            "there is something in column \(CellRange.letters(cell.column)), "
              + "right of the last column that has a name",
            remedy: "give the column a name or clear the cell")
        continue
      }
      let (value, objection) = plain(cell, name: header[cell.column])
      fields[cell.column] = value
      if let objection, fault == nil { fault = objection }
    }
    if fields.allSatisfy(\.isEmpty), fault == nil { return }
    text.put(fields, row.number, fault)
  }

  // Rows come from the top, so that each range is looked at once.
  private mutating func isMerged(_ row: Int) -> CellRange? {
    while nextMerged < merged.count, merged[nextMerged].rows.lowerBound <= row {
      let range = merged[nextMerged]
      if range.rows.upperBound > reach?.rows.upperBound ?? 0 { reach = range }
      nextMerged += 1
    }
    guard let reach, reach.rows.upperBound >= row else { return nil }
    return reach
  }

  private func plain(_ cell: SheetCell, name: String) -> (String, Objection?) {
    var fault: Objection?
    if cell.isFormula, !choice.takesFormulas {
      fault = Objection(
        "xlsx.formula", "a formula stands there, and what it gives may change", column: name,
        remedy: "paste the value in its place, or take the last results: --take formulas")
    }
    switch cell.value {
    case .text(let text): return (text, fault)
    case .truth(let truth): return (truth ? "true" : "false", fault)
    case .fault(let what):
      let error = Objection(
        "xlsx.error", "the cell holds \(Objection.quote(what))", column: name,
        remedy: "correct it in the spreadsheet")
      return (what, fault ?? error)
    case .number(let written):
      guard let number = PlainNumber(written) else { return (written, fault) }
      if number.isCut {
        fault =
          fault
          ?? Objection(
            "xlsx.digits", "the number has more digits than the fifteen a spreadsheet keeps",
            column: name, remedy: "format the column as text and write it again")
      }
      return (number.text(point: numbers.point == 44 ? "," : "."), fault)
    case .moment(let day, let milliseconds, let hasTime):
      guard let day = Int32(exactly: day).map(Day.init(rawValue:)) else { return ("", fault) }
      let (text, objection) = moment(day, milliseconds, hasTime, name, types(of: name))
      return (text, fault ?? objection)
    }
  }

  private func types(of name: String) -> ColumnType? {
    header.firstIndex(of: name).flatMap { types[$0] }
  }

  // A date of a spreadsheet is a number; it is written in the form that the mapping declares.
  private func moment(
    _ day: Day, _ milliseconds: Int, _ hasTime: Bool, _ name: String, _ type: ColumnType?
  ) -> (String, Objection?) {
    let format: DateFormat? =
      switch type {
      case .date(let format), .local(let format): format
      default: nil
      }
    guard let format else {
      let whole = DateFormat.iso(hasTime || milliseconds != 0, milliseconds)
      return (whole?.text(day, milliseconds) ?? day.description, nil)
    }
    if let text = format.text(day, milliseconds) { return (text, nil) }
    let whole = DateFormat.iso(true, milliseconds)?.text(day, milliseconds) ?? day.description
    return (
      whole,
      Objection(
        "xlsx.time", "\(whole) has a time of day, and the form \(format.text) has no place for it",
        column: name, remedy: "declare the column as a time in the mapping, or write the day alone")
    )
  }
}

extension DateFormat {
  /// The form of ISO 8601 that has a place for this time of day.
  static func iso(_ hasTime: Bool, _ milliseconds: Int) -> DateFormat? {
    if !hasTime { return DateFormat("YYYY-MM-DD") }
    return DateFormat(milliseconds % 1000 == 0 ? "YYYY-MM-DDTHH:mm:ss" : "YYYY-MM-DDTHH:mm:ss.SSS")
  }

  /// A day and the milliseconds of it in this form; nil when the form would lose something.
  func text(_ day: Day, _ milliseconds: Int) -> String? {
    let (year, month, date) = day.civil
    func padded(_ value: Int, _ width: Int) -> String {
      let digits = String(value)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    let months = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    var out = ""
    var rest = milliseconds
    for piece in pieces {
      switch piece {
      case .year: out += padded(year, 4)
      case .month: out += padded(month, 2)
      case .shortMonth: out += String(month)
      case .monthName: out += months[month - 1]
      case .day: out += padded(date, 2)
      case .shortDay: out += String(date)
      case .hour, .shortHour:
        out += padded(milliseconds / 3_600_000, piece == .hour ? 2 : 1)
        rest -= milliseconds / 3_600_000 * 3_600_000
      case .minute:
        out += padded(milliseconds / 60_000 % 60, 2)
        rest -= milliseconds / 60_000 % 60 * 60_000
      case .second:
        out += padded(milliseconds / 1_000 % 60, 2)
        rest -= milliseconds / 1_000 % 60 * 1_000
      case .fraction:
        out += "." + padded(milliseconds % 1_000, 3)
        rest -= milliseconds % 1_000
      case .literal(let byte): out += String(UnicodeScalar(byte))
      }
    }
    return rest == 0 ? out : nil
  }
}
