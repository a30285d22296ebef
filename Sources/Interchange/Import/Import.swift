import Crypto
package import Journaling
package import Ledger
package import Sealing

/// Brings a file into a ledger: CSV through a mapping, or NDJSON.
///
/// Rows are history: recorded now, stored even when a command would have refused them, each with
/// the file's digest and its line. What cannot be read goes to the rejects file and the rest is
/// stored. The same file through the same mapping is stored once; an import that was stopped goes
/// on where it was.
package struct Import {
  /// What an import may be told.
  package struct Options {
    /// Only says what it would do.
    package var isDryRun = false
    /// Where refused rows go; nowhere without a path.
    package var rejects: String?
    /// Events a chunk: after each the writer yields, and the import can be stopped.
    package var chunk = 16_384
    /// Who imports; the actor of `ledger.import_completed`.
    package var actor = Actor(id: "arrears")
    /// Which sheet of a workbook.
    package var sheet = SheetChoice()
    /// Seals what is personal; without one a row with personal values stops the import.
    package var sealer: Sealer?
    /// Told about every 16,384 rows: bytes read, of how many, and events so far.
    package var progress: ((_ consumed: Int, _ size: Int, _ events: Int) -> Void)?
    /// Asked at every chunk's end; true stops the import there.
    package var isStopped: () -> Bool = { false }
    /// The usual options.
    package init() {}
  }

  /// What an import did, all its runs together.
  package struct Report: Hashable, Sendable {
    /// Id of the import: the digest of file and mapping.
    package var importID = ""
    /// SHA-256 of the file, in hexadecimal.
    package var fileSHA256 = ""
    /// Rows read.
    package var rows = 0
    /// Events stored; in a dry run those that would be.
    package var events = 0
    /// Events stored with a code that its list does not have.
    package var flagged = 0
    /// Events that stood in the ledger already.
    package var duplicates = 0
    /// Events that stood there under a natural key and said less: taken back, and stored anew.
    package var corrected = 0
    /// What they did not say, `actor` for who did it.
    package var correctedFields: [String] = []
    /// Rows refused.
    package var rejected = 0
    /// Lines whose `recorded_at` was not taken over.
    package var stamped = 0
    /// Positions of the first and last event; 0 for none.
    package var first: Position = 0, last: Position = 0
    /// Line of the last row that was taken.
    package var lastLine = 0
    /// Events stored by this run.
    package var added = 0
    /// Whether the whole file was read.
    package var isComplete = false
    /// Whether the file had been imported before.
    package var wasKnown = false
    /// Rows that an earlier run had taken.
    package var resumedAfter = 0
    /// The first objections, at most 20.
    package var objections: [Objection] = []
    /// An empty report.
    package init() {}
  }

  /// What is imported.
  let file: ByteFile
  /// How its rows become events; nil for NDJSON.
  let mapping: Mapping?
  /// What it was told.
  let options: Options
  /// What it did so far.
  var report = Report()
  /// What its row keeps beside the counts.
  var detail = ImportDetail()
  /// SHA-256 over file and mapping; of a file with personal values a keyed digest of that.
  private var digest: [UInt8]

  /// Prepares an import; without a mapping the file is NDJSON.
  package init(_ file: ByteFile, mapping: Mapping?, options: Options = Options()) {
    self.file = file
    self.mapping = mapping
    self.options = options
    var hash = SHA256()
    let bytes =
      file.digest + (mapping?.digest ?? Array("ndjson".utf8)) + Array(options.sheet.words.utf8)
    unsafe bytes.withUnsafeBytes { unsafe hash.update(bufferPointer: $0) }
    digest = Array(hash.finalize())
    report.importID = Hex.text(digest)
    report.fileSHA256 = file.sha256
    detail.file = file.name
    detail.fileSHA256 = file.sha256
    detail.mapping = mapping?.name ?? ""
  }

  /// Runs it. Throws an `Objection` before the first row or a `JournalError`; what was stored until
  /// then stays, and the next run goes on behind it.
  package mutating func run(into journal: Journal) throws -> Report {
    let identity = journal.identity
    guard let zone = Zone(identity.zone) else {
      throw Objection(
        "ledger.zone", "the ledger's zone \(identity.zone) is not in this version's zone data",
        remedy: "use a newer version")
    }
    if let mapping {
      let layout = try layout(mapping, zone, identity.currency)
      let rows = try CSVRows(
        file, mapping, zone: zone, currency: identity.currency, sealer: options.sealer,
        layout: layout)
      if rows.isPersonal { try keyDigests() }
      let known = try known(journal)
      if let known, known.isComplete, !options.isDryRun { return answer(known) }
      let rejects = Rejects(
        path: options.rejects, file: layout?.file ?? file,
        dialect: layout?.dialect ?? mapping.dialect, header: rows.header)
      try take(rows, rejects, journal, known, of: layout?.file ?? file)
    } else {
      let rows = try NDJSONRows(file)
      if try NDJSONRows.isPersonal(file) { try keyDigests() }
      let known = try known(journal)
      if let known, known.isComplete, !options.isDryRun { return answer(known) }
      let rejects = Rejects(path: options.rejects, file: file, dialect: nil, header: [])
      try take(rows, rejects, journal, known, of: file)
    }
    return report
  }

  // What a bank writes is told by the mapping, a workbook by its first bytes.
  private func layout(_ mapping: Mapping, _ zone: Zone, _ currency: Currency) throws(Objection)
    -> Layout?
  {
    switch mapping.format {
    case .camt053: return try Camt053.layout(file, mapping, currency)
    case .mt940: return try MT940.layout(file, mapping, currency)
    case .csv:
      guard try SheetText.isOne(file) else { return nil }
      return try SheetText.layout(file, mapping, options.sheet, zone: zone, currency: currency)
    }
  }

  private func known(_ journal: Journal) throws(JournalError) -> ImportRow? {
    let digest = digest
    return try journal.read { (snapshot) throws(JournalError) in try snapshot.importRow(digest) }
  }

  // A digest that anyone can compute would let anyone test guesses at a short file.
  private mutating func keyDigests() throws(Objection) {
    guard let sealer = options.sealer else { return }
    let (whole, bytes) = (digest, file.digest)
    try Objection.sealing { () throws(SealingError) in
      digest = try sealer.digest(ofFile: whole)
      report.fileSHA256 = Hex.text(try sealer.digest(ofFile: bytes))
    }
    report.importID = Hex.text(digest)
    detail.fileSHA256 = report.fileSHA256
  }

  private func answer(_ row: ImportRow) -> Report {
    var report = report
    report.wasKnown = true
    report.isComplete = true
    report.rows = Int(clamping: row.rows)
    report.events = Int(clamping: row.events)
    report.rejected = Int(clamping: row.refused)
    (report.first, report.last) = (row.first, row.last)
    if let detail = ImportDetail(row.detail) {
      report.flagged = Int(clamping: detail.flagged)
      report.duplicates = Int(clamping: detail.duplicates)
      report.corrected = Int(clamping: detail.corrected)
      report.correctedFields = detail.fields
      report.lastLine = Int(clamping: detail.line)
    }
    return report
  }

  /// What stands in the ledger of a file whose import failed.
  private func accepted(_ journal: Journal) -> String {
    let row = try? journal.read { (snapshot) throws(JournalError) in
      try snapshot.importRow(digest)
    }
    guard let row, row.events > 0 else { return "Nothing of \(file.name) was stored." }
    let line = ImportDetail(row.detail)?.line ?? 0
    return
      "Of \(file.name) the \(row.events) events up to line \(line) are stored, at \(row.first) to "
      + "\(row.last); the same import goes on behind them."
  }

  private mutating func take(
    _ rows: some RowSource, _ rejects: consuming Rejects, _ journal: Journal, _ known: ImportRow?,
    of file: ByteFile
  ) throws {
    var intake = Intake(
      rows: rows, rejects: rejects, file: file, options: options, report: report, detail: detail)
    intake.mayBeEmpty = mapping.map { $0.format != .csv } ?? false
    defer { report = intake.report }
    if options.isDryRun {
      try intake.rehearse(journal)
    } else {
      try intake.resume(known)
      let digest = digest
      do throws(JournalError) {
        try journal.write { (batch: inout Batch) throws(JournalError) in
          try intake.store(&batch, journal, digest: digest)
        }
      } catch {
        options.sealer?.abandon()
        throw JournalError.invalid("\(error) " + accepted(journal))
      }
    }
    try intake.rejects.close()
    if let rows = intake.rows as? NDJSONRows { intake.report.stamped = rows.stamped }
  }
}
