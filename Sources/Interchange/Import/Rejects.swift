import Glibc

/// The file of rows that were refused: line, rule and reason, then the row as it stood.
///
/// Nothing personal is readable in it: `RowSource.covered`. It is made when the first row is
/// refused; nothing may stand at its place. Corrected rows can be imported from it as they are,
/// since a mapping does not look at columns it does not name.
struct Rejects {
  private let path: String?
  private let file: ByteFile
  private let dialect: Dialect?
  private let header: [UInt8]
  /// Whether rows are only gone through again: an earlier run wrote them down.
  var isPassing = false
  private var descriptor: Int32 = -1
  private var buffer: [UInt8] = []

  /// Rejects of a CSV file with this header, or of NDJSON without a dialect; no file without a
  /// path.
  init(path: String?, file: ByteFile, dialect: Dialect?, header: [String]) {
    self.path = path
    self.file = file
    self.dialect = dialect
    let delimiter = dialect?.delimiter ?? 44
    var names: [UInt8] = []
    for name in ["line", "rule", "reason"] + header {
      if !names.isEmpty { names.append(delimiter) }
      names.append(contentsOf: Rejects.field(Array(name.utf8), delimiter))
    }
    self.header = names + [10]
  }

  /// Writes down a refused row.
  mutating func add(_ row: SourceRow, _ objection: Objection, covered: [UInt8]?) throws(Objection) {
    guard path != nil, !isPassing else { return }
    let isHuge = row.place.count > 1 << 20
    let end = isHuge ? row.place.lowerBound + 1000 : row.place.upperBound
    var bytes =
      if let covered { covered } else { try file.bytes(row.place.lowerBound..<end) }
    while let last = bytes.last, last == 10 || last == 13 { bytes.removeLast() }
    try start()
    if let delimiter = dialect?.delimiter {
      buffer += Array(String(row.line).utf8) + [delimiter]
      buffer += Rejects.field(Array(objection.rule.utf8), delimiter) + [delimiter]
      buffer += Rejects.field(Array(objection.reason.utf8), delimiter) + [delimiter]
      // A row whose quotes do not fit is kept as one field, so that it spoils nothing behind it.
      let isBroken = isHuge || objection.rule == "csv.quote" || objection.rule == "csv.row-length"
      buffer += isBroken ? Rejects.field(bytes, delimiter, always: true) : bytes
    } else {
      var out = NDJSONText()
      out.add("line", number: row.line)
      out.add("rule", text: objection.rule)
      out.add("reason", text: objection.reason)
      out.add("row", text: String(decoding: bytes, as: UTF8.self))
      buffer += out.line
    }
    buffer.append(10)
    if buffer.count > 1 << 16 { try flush() }
  }

  /// Writes everything and closes the file.
  mutating func close() throws(Objection) {
    guard descriptor >= 0 else { return }
    try flush()
    Glibc.close(descriptor)
    descriptor = -1
  }

  private mutating func start() throws(Objection) {
    guard descriptor < 0, let path else { return }
    descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw failure() }
    if dialect != nil { buffer += header }
  }

  private func failure() -> Objection {
    let reason = unsafe String(cString: strerror(errno))
    return Objection(
      "file.writable", "the rejects file cannot be written: \(reason)",
      remedy: "choose another path for it"
    ).at(path ?? "", 0)
  }

  /// Writes what was added; with the events of a chunk: a later run goes on behind both.
  mutating func flush() throws(Objection) {
    if descriptor < 0 { return }
    var done = 0
    while done < buffer.count {
      let part = unsafe buffer.withUnsafeBytes { bytes in
        unsafe write(descriptor, bytes.baseAddress! + done, bytes.count - done)
      }
      if part < 0, errno == EINTR { continue }
      guard part >= 0 else { throw failure() }
      done += part
    }
    buffer.removeAll(keepingCapacity: true)
  }

  /// A field as CSV has it; quoted when it must be.
  static func field(_ bytes: [UInt8], _ delimiter: UInt8, always: Bool = false) -> [UInt8] {
    guard always || bytes.contains(where: { $0 == delimiter || $0 == 34 || $0 == 10 || $0 == 13 })
    else { return bytes }
    return [34] + bytes.flatMap { $0 == 34 ? [34, 34] : [$0] } + [34]
  }
}
