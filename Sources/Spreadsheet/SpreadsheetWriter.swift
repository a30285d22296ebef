import CSpreadsheet

/// Writes a spreadsheet (`.xlsx`) row by row through libxlsxwriter, in memory that does not grow
/// with the rows. A text is a text whatever it begins with: nothing written here is ever a formula.
@safe package struct SpreadsheetWriter: ~Copyable {
  /// A cell: what a spreadsheet can hold without losing anything.
  package enum Cell: Hashable, Sendable {
    /// Text, at most 32,767 characters.
    case text(String)
    /// A number of at most fifteen digits: its digits, and how many of them stand after the point.
    case number(Int64, decimals: Int)
    /// A day, counted from 1 January 1970; one that the calendar of spreadsheets lacks becomes
    /// text.
    case day(Int, text: String)
    /// Nothing.
    case none
  }

  /// A column: what stands over it, how wide it is, in characters, and how what is written there
  /// later is taken.
  package struct Column: Hashable, Sendable {
    /// How a program takes what is written into an empty cell: as it likes, as text with its zeros
    /// in front, as a day, as a sum.
    package enum Style: Hashable, Sendable { case free, text, day, sum }
    /// The name in the first row.
    package var name: String
    /// Its width.
    package var width: Double
    /// How it takes what is written later.
    package var style: Style

    /// A column.
    package init(_ name: String, width: Double, style: Style = .free) {
      self.name = name
      self.width = width
      self.style = style
    }
  }

  /// The most rows a sheet has, the row of names among them.
  package static let rowLimit = 1_048_576
  /// The most characters (UTF-16) a cell holds.
  package static let textLimit = 32_767
  /// A spreadsheet computes with fifteen digits; from here on a number must be text.
  package static let numberLimit: Int64 = 1_000_000_000_000_000

  private let book: UnsafeMutablePointer<lxw_workbook>
  private var sheet: UnsafeMutablePointer<lxw_worksheet>?
  private let heading: UnsafeMutablePointer<lxw_format>?
  private let date: UnsafeMutablePointer<lxw_format>?
  private let text: UnsafeMutablePointer<lxw_format>?
  private var numbers: [UnsafeMutablePointer<lxw_format>?] = unsafe []
  private var row: UInt32 = 0
  private var columns: [Column] = []
  private var isOpen = true

  /// Begins the file at `path`, which is made or overwritten when it is closed. `created` is what
  /// the file says of its making, in seconds from 1970, so that the same answer has the same bytes.
  /// `temporary` is the folder of the rows until then; without one the system's.
  package init(path: String, created: Int, temporary: String? = nil) throws(SpreadsheetError) {
    var options = unsafe lxw_workbook_options()
    unsafe options.constant_memory = 1
    let folder = unsafe temporary.map { unsafe strdup($0) } ?? nil
    defer { unsafe free(folder) }
    unsafe options.tmpdir = unsafe folder
    guard let book = unsafe workbook_new_opt(path, &options) else {
      throw SpreadsheetError(
        "xlsx.write", "the spreadsheet could not be begun", remedy: "look for memory and disk space"
      )
    }
    unsafe self.book = unsafe book
    var about = unsafe lxw_doc_properties()
    unsafe about.created = created
    _ = unsafe workbook_set_properties(book, &about)
    unsafe heading = unsafe workbook_add_format(book)
    unsafe format_set_bold(heading)
    unsafe date = unsafe workbook_add_format(book)
    _ = unsafe format_set_num_format(date, "yyyy-mm-dd")
    unsafe text = unsafe workbook_add_format(book)
    _ = unsafe format_set_num_format(text, "@")
    for decimals in 0...4 {
      let format = unsafe workbook_add_format(book)
      let zeros = String(repeating: "0", count: decimals)
      _ = unsafe format_set_num_format(format, decimals == 0 ? "#,##0" : "#,##0." + zeros)
      unsafe numbers.append(format)
    }
  }

  deinit {
    // A file that was given up is closed all the same, or its temporary files would stay.
    if isOpen { _ = unsafe workbook_close(book) }
  }

  /// Begins the next sheet with its row of names, which stays in sight and can be filtered by.
  package mutating func begin(sheet name: String, _ columns: [Column]) throws(SpreadsheetError) {
    try endSheet()
    unsafe sheet = unsafe workbook_add_worksheet(book, name)
    guard unsafe sheet != nil else {
      throw SpreadsheetError(
        "xlsx.write", "there can be no sheet of the name \(name)", remedy: "use another name")
    }
    self.columns = columns
    row = 0
    unsafe worksheet_freeze_panes(sheet, 1, 0)
    for (index, column) in columns.enumerated() {
      let at = UInt16(clamping: index)
      let format =
        switch column.style {
        case .free: unsafe UnsafeMutablePointer<lxw_format>?.none
        case .text: unsafe text
        case .day: unsafe date
        case .sum: unsafe numbers[2]
        }
      _ = unsafe worksheet_set_column(sheet, at, at, column.width, format)
      try unsafe put(column.name, at, heading)
    }
    row = 1
  }

  /// Writes the next row.
  package mutating func write(_ cells: [Cell]) throws(SpreadsheetError) {
    guard Int(row) < SpreadsheetWriter.rowLimit else {
      throw SpreadsheetError(
        "xlsx.rows", "a sheet holds \(SpreadsheetWriter.rowLimit) rows and no more",
        remedy: "ask for less, or for csv")
    }
    for index in cells.indices {
      let at = UInt16(clamping: index)
      switch cells[index] {
      case .text(let text): try unsafe put(text, at, nil)
      case .number(let digits, let decimals):
        try put(number: digits, decimals: decimals, at)
      case .day(let day, let text):
        // The calendar of 1900 has a day too many; what is before 1 March 1900 would be off by one.
        guard day >= -25_508, day <= 2_932_896 else {
          try unsafe put(text, at, nil)
          continue
        }
        let serial = Double(day + 25_569)
        try check(unsafe worksheet_write_number(sheet, row, at, serial, date))
      case .none: break
      }
    }
    row += 1
  }

  private static let scale: [Double] = [1, 10, 100, 1_000, 10_000]

  private func put(number digits: Int64, decimals: Int, _ at: UInt16) throws(SpreadsheetError) {
    let scale = SpreadsheetWriter.scale
    guard digits.magnitude < SpreadsheetWriter.numberLimit.magnitude, scale.indices ~= decimals
    else {
      throw SpreadsheetError(
        "xlsx.digits", "a spreadsheet computes with fifteen digits", remedy: "write it as text")
    }
    // A quotient of two numbers that are exact is the nearest there is, so the digits come back.
    let value = Double(digits) / scale[decimals]
    try check(unsafe worksheet_write_number(sheet, row, at, value, numbers[decimals]))
  }

  private func put(
    _ text: String, _ at: UInt16, _ format: UnsafeMutablePointer<lxw_format>?
  ) throws(SpreadsheetError) {
    var text = text
    if text.utf8.count > SpreadsheetWriter.textLimit, text.utf16.count > SpreadsheetWriter.textLimit
    {
      let name = columns.indices.contains(Int(at)) ? columns[Int(at)].name : ""
      throw SpreadsheetError(
        "xlsx.text",
        "a cell of the column \(name) has \(text.utf16.count) characters, and one of a spreadsheet "
          + "holds \(SpreadsheetWriter.textLimit)",
        remedy: "ask for csv, or leave the column out", row: Int(row) + 1)
    }
    if text.isEmpty { return }
    if SpreadsheetWriter.isOdd(text) { text = SpreadsheetWriter.escaped(text) }
    try check(unsafe worksheet_write_string(sheet, row, at, text, format))
  }

  // Whether a text has what XML or C cannot hold as it is, or what looks like its substitute.
  private static func isOdd(_ text: String) -> Bool {
    var before: UInt8 = 0
    for byte in text.utf8 {
      if byte < 32 && byte != 10 && byte != 9 || byte == 0xEF { return true }
      if before == UInt8(ascii: "_"), byte == UInt8(ascii: "x") { return true }
      before = byte
    }
    return false
  }

  // A spreadsheet writes such characters as `_x0000_`, and the sign before a text that looks so
  // too.
  private static func escaped(_ text: String) -> String {
    func substitute(_ value: UInt32) -> String {
      let digits = String(value, radix: 16, uppercase: true)
      return "_x" + String(repeating: "0", count: 4 - digits.count) + digits + "_"
    }
    var out = ""
    var rest = text.unicodeScalars[...]
    while let scalar = rest.first {
      let isControl = scalar.value < 32 && scalar.value != 10 && scalar.value != 9
      if isControl || scalar.value == 0xFFFE || scalar.value == 0xFFFF {
        out += substitute(scalar.value)
      } else if scalar == "_", rest.dropFirst().first == "x",
        rest.dropFirst(2).prefix(4).count(where: { $0.properties.isHexDigit }) == 4,
        rest.dropFirst(6).first == "_"
      {
        out += substitute(scalar.value)
      } else {
        out.unicodeScalars.append(scalar)
      }
      rest = rest.dropFirst()
    }
    return out
  }

  private func check(_ code: lxw_error) throws(SpreadsheetError) {
    guard code != LXW_NO_ERROR else { return }
    let reason = unsafe lxw_strerror(code).map { unsafe String(cString: $0) } ?? "an unknown error"
    throw SpreadsheetError(
      "xlsx.write", "the spreadsheet could not be written: \(reason)",
      remedy: "look for disk space in the folder and in the temporary folder")
  }

  private func endSheet() throws(SpreadsheetError) {
    guard unsafe sheet != nil, !columns.isEmpty, row > 1 else { return }
    let last = UInt16(clamping: columns.count - 1)
    try check(unsafe worksheet_autofilter(sheet, 0, 0, row - 1, last))
  }

  /// Writes everything to the file.
  package consuming func close() throws(SpreadsheetError) {
    try endSheet()
    isOpen = false
    try check(unsafe workbook_close(book))
  }
}
