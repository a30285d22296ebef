package import Ledger
package import Sealing

/// What one row or line of a file became.
package struct SourceRow: Sendable {
  /// Its line in the file.
  package var line = 0
  /// Where it lies in the file.
  package var place = 0..<0
  /// The events it gives, in order.
  package var drafts: [Draft] = []
  /// Why it gives none.
  package var objection: Objection?

  /// An empty row to read into.
  package init() {}
}

/// Something that gives events row by row.
package protocol RowSource {
  /// Bytes of the file that have been read, for progress.
  var consumed: Int { get }
  /// Reads the next row; false when there is none.
  mutating func next(_ row: inout SourceRow) throws(Objection) -> Bool
  /// The last row as it may stand in a rejects file, nothing personal readable; nil when it may
  /// stand there as it is.
  func covered() throws(Objection) -> [UInt8]?
}

/// What stands in a file where something personal is left out.
let masked = Array("(sealed)".utf8)

/// The rows of a CSV file through a mapping, in the order the mapping asks for.
package struct CSVRows: RowSource {
  private var reader: CSVReader
  private var run: MappingRun
  private var row = CSVRow()
  private var order: RowOrder?
  private let sealer: Sealer?
  private let dialect: Dialect
  private let openColumns: Set<Int>
  private let layout: Layout?
  /// Whether the mapping fills anything that is about a person.
  package let isPersonal: Bool

  /// The column names.
  package var header: [String] { reader.header }
  /// Bytes of the file that have been read; rows that were put in order count one by one.
  package var consumed: Int { order?.consumed ?? reader.consumed }

  /// Reads the header, makes the mapping ready for it, and puts the rows in order if it asks for
  /// that.
  package init(
    _ file: ByteFile, _ mapping: Mapping, zone: Zone, currency: Currency, sealer: Sealer? = nil
  ) throws(Objection) {
    try self.init(file, mapping, zone: zone, currency: currency, sealer: sealer, layout: nil)
  }

  /// The rows of a file that was laid out, each with its place there.
  init(
    _ given: ByteFile, _ mapping: Mapping, zone: Zone, currency: Currency, sealer: Sealer?,
    layout: Layout?
  ) throws(Objection) {
    self.sealer = sealer
    self.layout = layout
    let (file, dialect) = (layout?.file ?? given, layout?.dialect ?? mapping.dialect)
    self.dialect = dialect
    var reader = try CSVReader(file, dialect)
    let program = try mapping.program(header: reader.header, zone: zone, currency: currency)
    if !program.sort.isEmpty {
      let order = try RowOrder(&reader, program.sort, program.numbers)
      self.order = order.isFileOrder ? nil : order
      reader = try CSVReader(file, dialect)
    }
    self.reader = reader
    (isPersonal, openColumns) = (program.isPersonal, program.openColumns)
    run = MappingRun(program)
  }

  /// Reads the next row.
  package mutating func next(_ source: inout SourceRow) throws(Objection) -> Bool {
    if order != nil {
      guard let entry = order?.next() else { return false }
      reader.move(to: entry.place, line: entry.line)
    }
    guard try reader.next(&row) else { return false }
    if let layout {
      row.line = Int(layout.rows[row.line - 1])
      row.fault = row.fault ?? layout.faults[row.line]
    }
    if isPersonal, row.fault == nil { try uncover() }
    source.line = row.line
    source.place = row.place
    source.objection = row.fault
    source.drafts.removeAll(keepingCapacity: true)
    if row.fault != nil { return true }
    do throws(Objection) { source.drafts = try run.events(of: &row) } catch {
      source.objection = error
    }
    return true
  }

  // A row of a rejects file gets back what was covered there.
  private mutating func uncover() throws(Objection) {
    guard let sealer else { return }
    for index in row.starts.indices {
      guard
        let cell = try Objection.sealing({ () throws(SealingError) in
          try sealer.cell(row[index])
        })
      else { continue }
      row.starts[index] = row.bytes.count
      row.bytes += cell
      row.ends[index] = row.bytes.count
    }
  }

  /// The row with every cell sealed that the mapping does not read for something impersonal.
  package func covered() throws(Objection) -> [UInt8]? {
    guard isPersonal else { return nil }
    let isLaidOut = layout?.faults[row.line] != nil
    guard row.fault == nil || isLaidOut, let sealer else { return masked }
    var out: [UInt8] = []
    for index in row.starts.indices {
      if index > 0 { out.append(dialect.delimiter) }
      let cell = Array(row[index])
      out += try Objection.sealing { () throws(SealingError) in
        openColumns.contains(index)
          ? Rejects.field(cell, dialect.delimiter) : try sealer.token(cell)
      }
    }
    return out
  }
}

/// The order of the rows of a file by some columns: keys and places, never whole rows.
struct RowOrder {
  /// Where a row begins.
  struct Entry {
    /// Its first byte.
    var place: Int
    /// Its line.
    var line: Int
    fileprivate var key: Int
    fileprivate var length: Int
  }

  /// Whether the file is in that order already.
  private(set) var isFileOrder = true
  private var entries: [Entry] = []
  private var keys: [UInt8] = []
  private var index = 0

  /// Bytes before the last row that was given.
  var consumed: Int { index }

  /// Reads the whole file once. A row that cannot be read stands where it stood in the file, after
  /// the row before it.
  init(_ reader: inout CSVReader, _ sort: [SortKey], _ numbers: NumberFormat)
    throws(Objection)
  {
    var row = CSVRow()
    var key: [UInt8] = []
    var last = 0..<0
    while try reader.next(&row) {
      if row.fault == nil {
        key.removeAll(keepingCapacity: true)
        for column in sort { RowOrder.append(row[column.column], column, numbers, to: &key) }
      }
      let start = keys.count
      keys.append(contentsOf: key)
      if isFileOrder, !entries.isEmpty,
        keys[start...].lexicographicallyPrecedes(keys[last])
      {
        isFileOrder = false
      }
      last = start..<keys.count
      entries.append(
        Entry(place: row.place.lowerBound, line: row.line, key: start, length: key.count))
    }
    if isFileOrder {
      entries = []
      keys = []
      return
    }
    let all = keys
    entries.sort { a, b in
      let length = min(a.length, b.length)
      for offset in 0..<length {
        let (x, y) = (all[a.key + offset], all[b.key + offset])
        if x != y { return x < y }
      }
      return a.length == b.length ? a.line < b.line : a.length < b.length
    }
    keys = []
  }

  /// The next row; nil at the end.
  mutating func next() -> Entry? {
    guard index < entries.count else { return nil }
    index += 1
    return entries[index - 1]
  }

  /// Appends bytes that sort as the value does; what cannot be read sorts first.
  private static func append(
    _ bytes: ArraySlice<UInt8>, _ column: SortKey, _ numbers: NumberFormat, to key: inout [UInt8]
  ) {
    let start = key.count
    var number: Int64?
    switch column.type {
    case .text, .reference:
      // A zero byte ends a text, so that a shorter one sorts before a longer one.
      key.append(contentsOf: bytes)
      key.append(0)
    case .integer: number = ColumnReader.integer(bytes) ?? .min
    case .money: number = numbers.minor(bytes, exponent: 3) ?? .min
    case .date(let format): number = format.read(bytes).map { Int64($0.day.rawValue) } ?? .min
    case .local(let format):
      number =
        format.read(bytes).map { Int64($0.day.rawValue) * 86_400_000_000 + $0.micros } ?? .min
    case .instant: number = ClockTime(utf8: bytes)?.moment.rawValue ?? .min
    }
    if let number {
      let bits = UInt64(bitPattern: number) ^ (1 << 63)
      for shift in stride(from: UInt64(56), through: 0, by: -8) {
        key.append(UInt8(truncatingIfNeeded: bits >> shift))
      }
    }
    if column.descends { for index in start..<key.count { key[index] = ~key[index] } }
  }
}
