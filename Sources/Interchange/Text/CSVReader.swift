/// How a CSV file is written. Everything is declared, nothing guessed.
package struct Dialect: Hashable, Sendable {
  /// What stands between fields.
  package var delimiter: UInt8 = UInt8(ascii: ",")
  /// What encloses a field that holds delimiters, quotes or line ends; nil when nothing does.
  package var quote: UInt8? = UInt8(ascii: "\"")
  /// How text is encoded.
  package var encoding: TextEncoding = .utf8
  /// Names of the columns, when the file has no header row.
  package var header: [String]?
  /// What rows begin with that are for readers only and are passed over.
  package var comment: UInt8?
  /// The longest row that is read, in bytes.
  package var limit = 1 << 20

  /// RFC 4180 in UTF-8 with a header row.
  package init() {}
}

/// The encodings a file may have.
package enum TextEncoding: String, CaseIterable, Sendable {
  /// UTF-8, checked.
  case utf8 = "utf-8"
  /// What older programs of Western Europe write.
  case windows1252 = "windows-1252"
}

/// One row: its fields lie one after another in `bytes`, unquoted and in UTF-8.
package struct CSVRow: Sendable {
  /// The text of all fields; what stands between them has no meaning.
  package var bytes: [UInt8] = []
  /// Where each field starts.
  package var starts: [Int] = []
  /// Where each field ends.
  package var ends: [Int] = []
  /// Physical line of the row's first byte, from 1.
  package var line = 0
  /// Where the row lies in the file, its line end included.
  package var place = 0..<0
  /// Why the row cannot be used; nil for a sound one.
  package var fault: Objection?

  /// An empty row to read into.
  package init() {}

  /// A field's bytes.
  package subscript(_ index: Int) -> ArraySlice<UInt8> { bytes[starts[index]..<ends[index]] }
}

/// Reads CSV (RFC 4180) a row at a time from anywhere in a file; memory is one window, whatever the
/// size of the file. What is wrong with a row is said in the row; only reading itself can fail.
package struct CSVReader {
  /// The column names.
  package private(set) var header: [String] = []
  /// What is read.
  let file: ByteFile
  /// How it is written.
  let dialect: Dialect
  /// A part of the file.
  var window: [UInt8]
  /// Where the next row starts in the window.
  var start = 0
  /// Where the bytes of the window end.
  var end = 0
  private var base = 0
  private var line = 1

  /// A reader behind the header row.
  package init(_ file: ByteFile, _ dialect: Dialect) throws(Objection) {
    self.file = file
    self.dialect = dialect
    window = [UInt8](repeating: 0, count: min(2 * dialect.limit, file.size) + 16)
    guard file.size > 0 else {
      throw Objection(
        "csv.empty", "the file is empty",
        remedy: "check that it was written whole; a CSV file starts with its column names"
      ).at(file.name, 0)
    }
    try skipMark()
    if let names = dialect.header {
      header = names
      return
    }
    var row = CSVRow()
    guard try next(&row) else {
      throw Objection(
        "csv.empty", "the file has no header row",
        remedy: "name the columns in its first line"
      ).at(file.name, 1)
    }
    if let fault = row.fault { throw fault.at(file.name, row.line) }
    header = row.starts.indices.map { String(decoding: row[$0], as: UTF8.self) }
    var seen: Set<String> = []
    for name in header where !name.isEmpty {
      guard seen.insert(name).inserted else {
        throw Objection(
          "csv.header", "two columns are named \(Objection.quote(name))",
          remedy: "give each column a name of its own"
        ).at(file.name, row.line)
      }
    }
  }

  /// Bytes of the file that lie behind the reader.
  package var consumed: Int { base + start }

  /// Continues at a row whose place and line were noted earlier.
  package mutating func move(to place: Int, line: Int) {
    self.line = line
    if place >= base, place < base + end {
      start = place - base
    } else {
      (base, start, end) = (place, 0, 0)
    }
  }

  private mutating func skipMark() throws(Objection) {
    try fill()
    if end >= 2,
      (window[0] == 0xFF && window[1] == 0xFE) || (window[0] == 0xFE && window[1] == 0xFF)
    {
      throw Objection(
        "csv.encoding", "the file is in UTF-16", remedy: "save it as UTF-8 and import that"
      ).at(file.name, 1)
    }
    if end >= 3, window[0] == 0xEF, window[1] == 0xBB, window[2] == 0xBF { start = 3 }
  }

  /// Moves what is left to the front and fills the window; false when the file is at its end.
  @discardableResult private mutating func fill() throws(Objection) -> Bool {
    if start > 0 {
      let left = end - start
      for index in 0..<left { window[index] = window[start + index] }
      (base, start, end) = (base + start, 0, left)
    }
    // A jump to a row far away reads little; reading on reads a window.
    let wanted = end == 0 && base > 0 ? min(window.count, 1 << 16) : window.count - end
    let count = try file.read(wanted, at: base + end, into: &window, from: end)
    end += count
    return count > 0
  }

  /// Reads the next row; false at the end of the file. Lines without a byte are passed over, and
  /// rows that are comments.
  package mutating func next(_ row: inout CSVRow) throws(Objection) -> Bool {
    while try read(&row) {
      guard let comment = dialect.comment, !row.starts.isEmpty, row[0].first == comment else {
        return true
      }
    }
    return false
  }

  private mutating func read(_ row: inout CSVRow) throws(Objection) -> Bool {
    while true {
      if start >= end, try !fill() { return false }
      if window[start] == 13, start + 1 >= end { try fill() }
      let width = window[start] == 10 ? 1 : window[start] == 13 && at(start + 1) == 10 ? 2 : 0
      if width == 0 { break }
      start += width
      line += 1
    }
    row.line = line
    var found = scan(&row, final: false)
    while found == nil {
      if end - start > dialect.limit { return try skipOverlong(&row) }
      found = try fill() ? scan(&row, final: false) : scan(&row, final: true)
    }
    guard var scanned = found else { return false }
    if scanned.unclosed {
      row.fault = Objection(
        "csv.quote", "a quote is opened and never closed",
        remedy: "close it, or double a quote that belongs to the text")
      scanned = firstLine()
    }
    if scanned.length > dialect.limit { return try skipOverlong(&row) }
    row.place = base + start..<base + start + scanned.length
    copy(scanned, into: &row)
    start += scanned.length
    line += scanned.lines
    return true
  }

  /// The byte at an index of the window; 0 behind its end.
  func at(_ index: Int) -> UInt8 { index < end ? window[index] : 0 }

  /// The first physical line of the row, for passing over a row that has no end.
  private func firstLine() -> Scan {
    var index = start
    while index < end, window[index] != 10 { index += 1 }
    return Scan(length: min(index + 1, end) - start)
  }

  /// Passes over the first line of a row that is longer than the limit.
  private mutating func skipOverlong(_ row: inout CSVRow) throws(Objection) -> Bool {
    row.bytes.removeAll(keepingCapacity: true)
    row.starts.removeAll(keepingCapacity: true)
    row.ends.removeAll(keepingCapacity: true)
    row.fault = Objection(
      "csv.row-length", "the row is longer than \(dialect.limit) bytes",
      remedy: "look for a quote that is never closed or a missing line end")
    let from = base + start
    while true {
      while start < end, window[start] != 10 { start += 1 }
      if start < end {
        start += 1
        break
      }
      if try !fill() { break }
    }
    line += 1
    row.place = from..<base + start
    return true
  }
}
