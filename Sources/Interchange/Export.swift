import Glibc
package import Journaling
package import Ledger
package import Sealing

/// Writes a ledger, or one account of it, as NDJSON: a header, then every event as it stands.
///
/// `Restore` makes the same ledger of it: the export of the restored ledger is the same bytes.
package struct Export {
  /// Format of the header line.
  package static let format = 1

  /// Only events in the trail of this account; the whole ledger without one.
  package var account: String?
  private var sealer: Sealer?
  private var mayOpen: (Field) -> Bool = { _ in true }
  /// Told about every 65,536 events: how many of how many.
  package var progress: ((_ events: Int, _ of: Int) -> Void)?

  /// An export of everything.
  package init() {}

  /// From now on writes as plain text what a sealer opens and `may` lets through.
  package mutating func open(_ sealer: Sealer, may: @escaping (Field) -> Bool) {
    (self.sealer, mayOpen) = (sealer, may)
  }

  /// Writes all lines, in pieces of about 64 KB. Gives the number of events.
  @discardableResult
  package func run(_ journal: Journal, _ write: ([UInt8]) throws(JournalError) -> Void)
    throws(JournalError) -> Int
  {
    try journal.read { (snapshot) throws(JournalError) in
      let imports = try snapshot.imports()
      var lines = ExportLines(writer: EventWriter(imports), head: snapshot.head, progress: progress)
      lines.writer.sealer = sealer
      lines.writer.mayOpen = mayOpen
      header(journal.identity, snapshot.head, imports, &lines.out)
      if let account {
        guard let number = try snapshot.number(.account, account) else {
          throw .invalid("The ledger knows no account \(account); check the spelling.")
        }
        try snapshot.trail(of: number) { (event) throws(JournalError) in
          try lines.add(event, snapshot, write)
        }
      } else {
        try snapshot.bundles { (bundle) throws(JournalError) in
          for index in 0..<bundle.count { try lines.add(bundle.event(index), snapshot, write) }
        }
      }
      try write(lines.out.bytes)
      return lines.count
    }
  }

  /// Writes to a descriptor.
  @discardableResult
  package func run(_ journal: Journal, to descriptor: Int32) throws(JournalError) -> Int {
    try run(journal) { (bytes) throws(JournalError) in
      var done = 0
      while done < bytes.count {
        let part = unsafe bytes.withUnsafeBytes { bytes in
          unsafe Glibc.write(descriptor, bytes.baseAddress! + done, bytes.count - done)
        }
        if part < 0, errno == EINTR { continue }
        guard part >= 0 else { throw .system("Writing the export", errno) }
        done += part
      }
    }
  }

  private func header(
    _ identity: Identity, _ head: Position, _ imports: [ImportRow], _ out: inout JSONWriter
  ) {
    var first = true
    out.raw("{")
    out.name("arrears", &first)
    out.int(Int64(Export.format))
    out.name("ledger", &first)
    out.text(identity.id)
    out.name("zone", &first)
    out.text(identity.zone)
    out.name("currency", &first)
    out.text(identity.currency.code)
    out.name("created", &first)
    out.text(identity.created.description)
    out.name("head", &first)
    out.int(Int64(clamping: head))
    if let account {
      out.name("account", &first)
      out.text(account)
    } else if !imports.isEmpty {
      out.name("imports", &first)
      out.raw("[")
      for (index, row) in imports.enumerated() {
        if index > 0 { out.raw(",") }
        write(row, &out)
      }
      out.raw("]")
    }
    out.raw("}\n")
  }

  private func write(_ row: ImportRow, _ out: inout JSONWriter) {
    let figures: [(StaticString, UInt64)] = [
      ("number", UInt64(row.number)), ("first", row.first), ("last", row.last),
      ("rows", row.rows), ("events", row.events), ("refused", row.refused),
      ("progress", row.progress),
    ]
    var first = true
    out.raw("{")
    out.name("digest", &first)
    out.hex(row.digest.span)
    out.name("complete", &first)
    out.bool(row.isComplete)
    for (name, figure) in figures {
      out.name(name, &first)
      out.int(Int64(clamping: figure))
    }
    out.name("detail", &first)
    out.hex(row.detail.span)
    out.raw("}")
  }
}

/// The lines of an export on their way out.
private struct ExportLines {
  var writer: EventWriter
  let head: Position
  let progress: ((_ events: Int, _ of: Int) -> Void)?
  var out = JSONWriter(capacity: 1 << 17)
  var count = 0

  mutating func add(
    _ event: borrowing EventView, _ snapshot: borrowing Snapshot,
    _ write: ([UInt8]) throws(JournalError) -> Void
  ) throws(JournalError) {
    try writer.write(event, in: snapshot, into: &out)
    out.raw("\n")
    count += 1
    if count & 65_535 == 0 { progress?(count, Int(head)) }
    guard out.bytes.count > 1 << 16 else { return }
    try write(out.bytes)
    out.bytes.removeAll(keepingCapacity: true)
  }
}

/// The first line of an export.
package struct ExportHeader: Hashable, Sendable {
  /// Format of the export.
  package var format = 0
  /// What the ledger said of itself.
  package var identity = Identity(
    id: "", zone: "", currency: .none, created: Moment(rawValue: 0))
  /// The last position.
  package var head: Position = 0
  /// The account, when it is the export of one.
  package var account: String?
  /// What was known of its imports.
  package var imports: [ImportRow] = []

  /// Reads the line; nil when it is no header but an event or something else.
  package init?(_ line: Span<UInt8>) {
    var isHeader = false
    do throws(BodyError) {
      var reader = JSONReader(line)
      var first = true
      try reader.object()
      while let name = try reader.name(&first) {
        switch reader.string(name) {
        case "arrears":
          isHeader = true
          format = Int(try reader.integer())
        case "ledger": identity.id = reader.string(try reader.text())
        case "zone": identity.zone = reader.string(try reader.text())
        case "currency":
          identity.currency = Currency(code: reader.string(try reader.text())) ?? .none
        case "created":
          let text = reader.string(try reader.text())
          identity.created = ClockTime(text)?.moment ?? identity.created
        case "head": head = Position(clamping: try reader.integer())
        case "account": account = reader.string(try reader.text())
        case "imports":
          var start = true
          try reader.array()
          while try reader.item(&start) { imports.append(try ExportHeader.row(&reader)) }
        default: try reader.skip()
        }
      }
    } catch {
      return nil
    }
    if !isHeader { return nil }
  }

  private static func row(_ reader: inout JSONReader) throws(BodyError) -> ImportRow {
    var row = ImportRow(digest: [], number: 0)
    var first = true
    try reader.object()
    while let name = try reader.name(&first) {
      switch reader.string(name) {
      case "digest": row.digest = Hex.bytes(reader.string(try reader.text()).utf8) ?? []
      case "complete": row.isComplete = try reader.truth()
      case "number": row.number = UInt32(clamping: try reader.integer())
      case "first": row.first = Position(clamping: try reader.integer())
      case "last": row.last = Position(clamping: try reader.integer())
      case "rows": row.rows = UInt64(clamping: try reader.integer())
      case "events": row.events = UInt64(clamping: try reader.integer())
      case "refused": row.refused = UInt64(clamping: try reader.integer())
      case "progress": row.progress = UInt64(clamping: try reader.integer())
      case "detail": row.detail = Hex.bytes(reader.string(try reader.text()).utf8) ?? []
      default: try reader.skip()
      }
    }
    guard row.digest.count == 32 else { throw BodyError("an import needs a digest of 32 bytes") }
    return row
  }
}
