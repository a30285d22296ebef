import Crypto
package import Journaling
import Ledger
package import Sealing

/// Makes a ledger of an export, or of bare events with `recorded_at`: every type, recorded when it
/// was recorded. Only an empty ledger can be restored into.
package struct Restore {
  /// What a restore did.
  package struct Report: Hashable, Sendable {
    /// Events stored.
    package var events = 0
    /// Whether the whole file was stored.
    package var isComplete = false
    /// An empty report.
    package init() {}
  }

  /// Told about every 16,384 events: bytes read, of how many, and events so far.
  package var progress: ((_ consumed: Int, _ size: Int, _ events: Int) -> Void)?
  /// Asked after some events and at every chunk's end; true stops the restore there.
  package var isStopped: () -> Bool = { false }
  /// Events a chunk.
  package var chunk = 65_536
  /// Whether the ledger was made for this, and is removed again by who made it unless it is whole.
  package var isMaking = false
  /// Seals what stands in the file as plain text.
  package var sealer: Sealer?
  private let file: ByteFile

  /// A restore of a file.
  package init(_ file: ByteFile) { self.file = file }

  /// The first line, when the file is an export; a ledger can be made with its identity.
  package func header() throws(Objection) -> ExportHeader? {
    var lines = LineReader(file, limit: 64 << 20)
    var header: ExportHeader?
    _ = try lines.next { _, _, bytes in if let bytes { header = ExportHeader(bytes) } }
    return header
  }

  /// Stores everything, or says at which line it stopped and what stands in the ledger.
  package func run(into journal: Journal) throws -> Report {
    let head = try journal.read { (snapshot) throws(JournalError) in snapshot.head }
    guard head == 0 else {
      throw Objection(
        "restore.empty", "the ledger holds \(head) events; only an empty one can be restored into",
        remedy: "make a new ledger, or use import to add history")
    }
    let header = try header()
    if let header, header.format > Export.format {
      throw Objection(
        "restore.format",
        "the export has format \(header.format), which is newer than this version",
        remedy: "use the newer version"
      ).at(file.name, 1)
    }
    if let account = header?.account {
      throw Objection(
        "restore.whole", "the file is the export of one account, \(account)",
        remedy: "restore the export of a whole ledger, or import this one"
      ).at(file.name, 1)
    }
    var run = RestoreRun(file: file, header: header, ledger: journal.identity.id)
    try journal.write { (batch: inout Batch) throws(JournalError) in
      try run.store(&batch, self)
    }
    if run.report.isComplete, let header, header.head != UInt64(run.report.events) {
      throw Objection(
        "restore.whole",
        "the export says it has \(header.head) events, and \(run.report.events) were found"
          + (isMaking ? "" : " and stored"),
        remedy: "the file was cut short; export again, and restore into a new ledger"
      ).at(file.name, 0)
    }
    // Bare events are whatever somebody says; an export is a ledger with its acts.
    if run.report.isComplete, header != nil,
      let damage = try journal.strayRedactions(RedactionKey(nil, [])).first
    {
      throw Objection(
        "restore.redaction",
        "a redaction is forged or damaged: \(damage.sentence)"
          + (isMaking ? "" : " The events are stored."),
        remedy: "export again, or take another copy"
      ).at(file.name, Int(clamping: damage.position) + 1)
    }
    return run.report
  }
}

/// One restore on its way.
private struct RestoreRun {
  let file: ByteFile
  let header: ExportHeader?
  let ledger: String
  var report = Restore.Report()
  // Events that stay whatever follows.
  private var durable = 0
  private var lines: LineReader
  private var last: Moment?
  private var files: [String: String] = [:]

  init(file: ByteFile, header: ExportHeader?, ledger: String) {
    self.ledger = ledger
    self.file = file
    self.header = header
    lines = LineReader(file, limit: 64 << 20)
  }

  mutating func store(_ batch: inout Batch, _ restore: Restore) throws(JournalError) {
    // First, since they say where an id that comes of an import is to be looked for.
    for row in header?.imports ?? [] { try batch.put(row) }
    var chunk = 0
    do throws(Objection) {
      while let (event, line) = try next() {
        try place(event, line, &batch, restore.sealer)
        chunk += 1
        let isStopped = chunk & 1023 == 0 && restore.isStopped()
        guard chunk >= restore.chunk || isStopped else { continue }
        chunk = 0
        try Objection.sealing { () throws(SealingError) in try restore.sealer?.flush() }
        try stored(line) { () throws(JournalError) in try batch.checkpoint() }
        durable = report.events
        restore.progress?(lines.consumed, file.size, report.events)
        if isStopped || restore.isStopped() { return }
      }
      try Objection.sealing { () throws(SealingError) in try restore.sealer?.flush() }
    } catch {
      restore.sealer?.abandon()
      throw .invalid(
        "\(error) "
          + (restore.isMaking
            ? "Nothing was restored."
            : "The ledger holds the first \(durable) events; make a new one and start again."))
    }
    if header == nil { try putFiles(&batch) }
    report.isComplete = true
    restore.progress?(file.size, file.size, report.events)
  }

  private mutating func next() throws(Objection) -> (EventJSON, Int)? {
    while true {
      var read: Result<EventJSON, Objection>?
      var number = 0
      let hasHeader = header != nil
      let more = try lines.next { line, _, bytes in
        number = line
        if line == 1, hasHeader { return }
        guard let bytes else {
          read = .failure(
            Objection(
              "ndjson.line-length", "the line is longer than 64 MB",
              remedy: "look for a missing line end"))
          return
        }
        do throws(Objection) { read = .success(try EventJSON(bytes)) } catch {
          read = .failure(error)
        }
      }
      guard more else { return nil }
      switch read {
      case .success(let event)?: return (event, number)
      case .failure(let objection)?: throw objection.at(file.name, number)
      case nil: continue
      }
    }
  }

  private mutating func place(
    _ event: consuming EventJSON, _ line: Int, _ batch: inout Batch, _ sealer: Sealer?
  ) throws(Objection) {
    let (id, given, digest) = (event.id, event.seq, event.fileSHA256)
    guard let recorded = event.recorded else {
      throw Objection(
        "restore.recorded", "the event does not say when it was recorded", column: "recorded_at",
        remedy: "add recorded_at, or use import, which records now"
      ).at(file.name, line)
    }
    if let last, recorded < last {
      throw Objection(
        "restore.order",
        "the event was recorded at \(recorded), before the one in front of it (\(last))",
        column: "recorded_at", remedy: "put the lines in the order of recorded_at"
      ).at(file.name, line)
    }
    last = recorded
    let seq = batch.head + 1
    if let given, given != seq {
      throw Objection(
        "restore.seq", "the event has position \(given) and would be restored at \(seq)",
        column: "seq", remedy: "restore a whole export, or leave seq out"
      ).at(file.name, line)
    }
    var draft = event.draft
    draft.recorded = recorded
    draft.redacted = event.redacted
    // A whole export names every further account in its refs.
    if header != nil { draft.concerns = [] }
    if let id, isDerived(id, draft, seq) { draft.eventID = nil }
    if let source = draft.source, let name = source.importID, let digest {
      files[name] = digest
    }
    if draft.isPlain {
      do throws(SealingError) { try sealer?.seal(&draft, context: id ?? "\(seq)") } catch {
        throw Objection(error, rule: "person.sealed").at(file.name, line)
      }
    }
    do throws(JournalError) { try batch.append(draft) } catch {
      throw Objection(error, rule: "restore.ledger").at(file.name, line)
    }
    report.events += 1
  }

  /// Whether the ledger will give the event this id by itself.
  private func isDerived(_ id: String, _ draft: Draft, _ seq: Position) -> Bool {
    if id.utf8.starts(with: ledger.utf8), id == "\(ledger)-\(seq)" { return true }
    let utf8 = id.utf8Span.span
    guard utf8.count >= 18, utf8[16] == UInt8(ascii: "-") else { return false }
    guard let source = draft.source, let name = source.importID, let line = source.line else {
      return false
    }
    let prefix = DerivedID.prefix(ofImport: name)
    return id == DerivedID(prefix: prefix, line: line, ordinal: source.ordinal).text
  }

  private static func digest(_ name: String) -> [UInt8] {
    Array(SHA256.hash(data: Array(name.utf8)))
  }

  /// Keeps the digests of files that bare events named.
  private func putFiles(_ batch: inout Batch) throws(JournalError) {
    for (name, digest) in files.sorted(by: { $0.key < $1.key }) {
      let key =
        name.utf8.count == 64
        ? Hex.bytes(name.utf8) ?? RestoreRun.digest(name) : RestoreRun.digest(name)
      var row = ImportRow(digest: key, number: try batch.number(.import, name))
      var detail = ImportDetail()
      detail.fileSHA256 = digest
      row.detail = detail.bytes
      try batch.put(row)
    }
  }

  private func stored(_ line: Int, _ body: () throws(JournalError) -> Void) throws(Objection) {
    do throws(JournalError) { try body() } catch {
      throw Objection(error, rule: "restore.ledger").at(file.name, line)
    }
  }
}
