import Ledger

/// What a scan found: how far the row goes, and what is to be done to its text.
struct Scan {
  /// Bytes up to and with the line end.
  var length: Int
  /// Physical lines.
  var lines = 1
  /// Whether there is a byte beyond ASCII.
  var high = false
  /// Whether there are doubled quotes.
  var doubled = false
  /// Whether a quote is open at the end of the file.
  var unclosed = false
}

extension CSVReader {
  /// Splits the row at `start`; nil when its end is not in the window.
  func scan(_ row: inout CSVRow, final: Bool) -> Scan? {
    row.starts.removeAll(keepingCapacity: true)
    row.ends.removeAll(keepingCapacity: true)
    row.fault = nil
    let bytes = window.span
    let delimiter = dialect.delimiter
    let quote = dialect.quote ?? 10
    var scan = Scan(length: 0)
    var index = start
    var first = start
    var high: UInt8 = 0
    while index < end {
      let byte = bytes[index]
      high |= byte
      if byte == 10 {
        let last = index > first && bytes[index - 1] == 13 ? index - 1 : index
        add(first..<last, to: &row)
        scan.length = index + 1 - start
        scan.high = scan.high || high >= 128
        return scan
      }
      if byte == delimiter {
        add(first..<index, to: &row)
        first = index + 1
      } else if byte == quote {
        guard index == first else {
          noteStray(&row)
          index += 1
          continue
        }
        guard let after = enclosed(index, &row, &scan, final: final) else { return nil }
        if scan.length > 0 { return scan }
        first = after.field
        index = after.index
        continue
      }
      index += 1
    }
    guard final else { return nil }
    add(first..<(end > first && bytes[end - 1] == 13 ? end - 1 : end), to: &row)
    scan.length = end - start
    scan.high = scan.high || high >= 128
    return scan
  }

  /// Reads the enclosed field whose opening quote stands at `index`. A length in `scan` says that
  /// the row ends with it; otherwise the result says where to go on and where that field starts.
  private func enclosed(_ index: Int, _ row: inout CSVRow, _ scan: inout Scan, final: Bool)
    -> (index: Int, field: Int)?
  {
    let bytes = window.span
    let quote = dialect.quote ?? 10
    var inside = index + 1
    while inside < end {
      let byte = bytes[inside]
      if byte == quote {
        guard inside + 1 < end, bytes[inside + 1] == quote else { break }
        scan.doubled = true
        inside += 2
        continue
      }
      if byte >= 128 { scan.high = true }
      if byte == 10 { scan.lines += 1 }
      inside += 1
    }
    // Whether a quote at the window's end is doubled, or a line end follows, is not known yet.
    if inside + 2 >= end, !final { return nil }
    if inside >= end {
      scan.length = end - start
      scan.unclosed = true
      return (end, end)
    }
    var after = inside + 1
    if at(after) == 13, after + 1 >= end || bytes[after + 1] == 10 { after += 1 }
    if after >= end || bytes[after] == 10 {
      add(index + 1..<inside, to: &row)
      scan.length = min(after + 1, end) - start
      return (end, end)
    }
    if bytes[after] == dialect.delimiter {
      add(index + 1..<inside, to: &row)
      return (after + 1, after + 1)
    }
    noteStray(&row)
    return (inside + 1, index)
  }

  private func add(_ range: Range<Int>, to row: inout CSVRow) {
    row.starts.append(range.lowerBound - start)
    row.ends.append(range.upperBound - start)
  }

  private func noteStray(_ row: inout CSVRow) {
    guard row.fault == nil else { return }
    row.fault = Objection(
      "csv.quote", "a quote stands in the middle of a field", column: name(row.starts.count),
      remedy: "enclose the whole field in quotes and double the one inside, or declare quote: none")
  }

  private func name(_ index: Int) -> String {
    index < header.count ? header[index] : "column \(index + 1)"
  }

  /// Copies a scanned row out of the window and makes its text UTF-8 without doubled quotes.
  func copy(_ scan: Scan, into row: inout CSVRow) {
    row.bytes.removeAll(keepingCapacity: true)
    row.bytes.append(contentsOf: window[start..<start + scan.length])
    if row.fault != nil { return }
    guard row.starts.count == header.count || header.isEmpty else {
      row.fault = Objection(
        "csv.row-width", "the row has \(row.starts.count) fields and the header \(header.count)",
        remedy: "look for a missing or an extra \(Objection.quote([dialect.delimiter]))")
      return
    }
    if scan.doubled { undouble(&row) }
    guard scan.high else { return }
    switch dialect.encoding {
    case .utf8: validate(&row)
    case .windows1252: transcode(&row)
    }
  }

  private func undouble(_ row: inout CSVRow) {
    guard let quote = dialect.quote else { return }
    for field in row.starts.indices {
      // A range that follows a quote is the inside of an enclosed field.
      let first = row.starts[field]
      guard first > 0, row.bytes[first - 1] == quote else { continue }
      var to = first
      var from = first
      while from < row.ends[field] {
        row.bytes[to] = row.bytes[from]
        from += row.bytes[from] == quote ? 2 : 1
        to += 1
      }
      row.ends[field] = to
    }
  }

  private func validate(_ row: inout CSVRow) {
    for field in row.starts.indices where !UTF8Check.isValid(row[field].span) {
      row.fault = Objection(
        "csv.utf8", "the bytes are not UTF-8", column: name(field),
        remedy: "save the file as UTF-8, or declare encoding: windows-1252 in the mapping")
      return
    }
  }

  private func transcode(_ row: inout CSVRow) {
    var out: [UInt8] = []
    out.reserveCapacity(row.bytes.count * 2)
    for field in row.starts.indices {
      let from = out.count
      for byte in row[field] { UTF8Text.append(windows1252: byte, to: &out) }
      row.starts[field] = from
      row.ends[field] = out.count
    }
    row.bytes = out
  }
}
