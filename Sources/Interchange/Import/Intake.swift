import Journaling
import Ledger
import Sealing

/// One run over the rows of a file.
struct Intake<Rows: RowSource> {
  /// Where the events come from.
  var rows: Rows
  /// Where refused rows go.
  var rejects: Rejects
  /// The file they stand in.
  let file: ByteFile
  /// What the import was told.
  let options: Import.Options
  /// What was done so far.
  var report: Import.Report
  /// What the row of the import keeps beside the counts.
  var detail: ImportDetail
  private(set) var row = SourceRow()
  private var source: Source
  /// What the events of this chunk said, by the ids that came with them: they are not committed and
  /// no reader sees them yet.
  var pending: [String: [UInt8]] = [:]
  /// Whether a file without a row says something: that a bank has nothing to tell.
  var mayBeEmpty = false
  /// Whether what the row gives further is left out, since it said something that cannot be.
  var isSpoilt = false
  /// What was taken back of the ledger; nil until it is asked for.
  var takenBack: Set<Position>?
  /// Ids of the events that this run took back, since their rows say more.
  var corrected: Set<String> = []

  /// A run from the first row.
  init(
    rows: Rows, rejects: Rejects, file: ByteFile, options: Import.Options, report: Import.Report,
    detail: ImportDetail
  ) {
    self.rows = rows
    self.rejects = rejects
    self.file = file
    self.options = options
    self.report = report
    self.detail = detail
    source = Source(kind: "import", importID: report.importID, fileSHA256: report.fileSHA256)
  }

  /// Reads the next row and counts it; nil at the end. A refused row comes without drafts.
  private mutating func take() throws(Objection) -> Bool {
    isSpoilt = false
    guard try rows.next(&row) else {
      guard report.rows > 0 || mayBeEmpty else {
        throw Objection(
          "import.empty", "the file has no rows", remedy: "check that it was written whole"
        ).at(file.name, 0)
      }
      return false
    }
    report.rows += 1
    report.lastLine = row.line
    if report.rows & 16_383 == 0 { options.progress?(rows.consumed, file.size, report.events) }
    if let objection = row.objection { try refuse(objection) }
    if row.objection != nil { row.drafts.removeAll(keepingCapacity: true) }
    return true
  }

  mutating func refuse(_ objection: Objection) throws(Objection) {
    report.rejected += 1
    let placed = objection.at(file.name, row.line)
    if report.objections.count < 20 { report.objections.append(placed) }
    try rejects.add(row, objection, covered: try rows.covered())
  }

  /// Seals what is personal; false when the row is refused for it.
  private mutating func seal(_ draft: inout Draft, _ ordinal: Int) throws(Objection) -> Bool {
    guard draft.isPlain else { return true }
    guard let sealer = options.sealer else {
      throw Objection(
        "person.sealed", "the row has personal values, and there are no keys to seal them",
        remedy: "name the keys")
    }
    let context = draft.eventID ?? "\(report.importID)-\(row.line).\(ordinal)"
    do throws(SealingError) { try sealer.seal(&draft, context: context) } catch {
      guard case .erased(let owner) = error else { throw Objection(error, rule: "person.sealed") }
      try refuse(
        Objection(
          "person.erased", "the data of \(owner) were erased",
          remedy: "leave the personal fields out, or give a new person an id of their own"))
      return false
    }
    return true
  }

  private mutating func stamp(_ draft: inout Draft, _ ordinal: Int) {
    var source = source
    source.line = UInt64(row.line)
    source.ordinal = UInt64(ordinal)
    source.device = draft.source?.device
    draft.source = source
    if !draft.flags.isEmpty { report.flagged += 1 }
  }

  /// Reads everything and stores nothing; ids are looked up as they would be.
  mutating func rehearse(_ journal: Journal) throws {
    while try take() {
      var drafts = row.drafts
      for index in drafts.indices {
        guard try seal(&drafts[index], index) else { continue }
        guard !isSpoilt else { continue }
        switch try novelty(of: &drafts, index, journal) {
        case .known: continue
        case .new: break
        case .fuller: report.events += 1
        }
        if !drafts[index].flags.isEmpty { report.flagged += 1 }
        report.events += 1
      }
    }
    report.isComplete = true
  }

  /// Passes over the rows that an earlier run has taken, so that what is remembered of each case is
  /// as it was.
  mutating func resume(_ known: ImportRow?) throws(Objection) {
    guard let known else { return }
    rejects.isPassing = true
    defer { rejects.isPassing = false }
    while report.rows < Int(clamping: known.progress), try take() {}
    report.resumedAfter = report.rows
    report.events = Int(clamping: known.events)
    report.rejected = Int(clamping: known.refused)
    (report.first, report.last) = (known.first, known.last)
    if let kept = ImportDetail(known.detail) {
      report.flagged = Int(clamping: kept.flagged)
      report.duplicates = Int(clamping: kept.duplicates)
      (report.corrected, report.correctedFields) = (Int(clamping: kept.corrected), kept.fields)
    }
  }

  /// Stores the rest in chunks.
  mutating func store(_ batch: inout Batch, _ journal: Journal, digest: [UInt8])
    throws(JournalError)
  {
    var chunk = 0
    var drafts: [Draft] = []
    while true {
      do throws(Objection) { guard try take() else { break } } catch {
        throw .invalid("\(error)")
      }
      swap(&drafts, &row.drafts)
      for index in drafts.indices {
        do throws(Objection) {
          guard try seal(&drafts[index], index) else { continue }
        } catch { throw .invalid("\(error)") }
        guard !isSpoilt else { continue }
        let novelty: Novelty
        do throws(Objection) { novelty = try self.novelty(of: &drafts, index, journal) } catch {
          throw .invalid("\(error)")
        }
        switch novelty {
        case .known: continue
        case .new: break
        case .fuller(let id):
          var correction = try reversal(of: id, at: batch.now)
          chunk += try append(&correction, index, &batch)
        }
        chunk += try append(&drafts[index], index, &batch)
      }
      guard chunk >= options.chunk else { continue }
      chunk = 0
      try note(&batch, digest)
      try flushKeys()
      do throws(Objection) { try rejects.flush() } catch { throw .invalid("\(error)") }
      try batch.checkpoint()
      pending.removeAll(keepingCapacity: true)
      options.progress?(rows.consumed, file.size, report.events)
      if options.isStopped() { return }
    }
    report.isComplete = true
    try complete(&batch, journal.identity.id)
    try note(&batch, digest)
    try flushKeys()
    options.progress?(file.size, file.size, report.events)
  }

  // Gives how many events that are: none when it is too long, and its row refused.
  private mutating func append(_ draft: inout Draft, _ ordinal: Int, _ batch: inout Batch)
    throws(JournalError) -> Int
  {
    stamp(&draft, ordinal)
    let position: Position
    do throws(JournalError) { position = try batch.append(draft) } catch {
      guard case .tooLong(let what, let bytes, let limit) = error else {
        throw .invalid("\(file.name), line \(row.line): \(error)")
      }
      let objection = Objection(
        "event.length", "\(what) has \(bytes) bytes", remedy: "\(limit) are the most; shorten it")
      do throws(Objection) { try refuse(objection) } catch { throw .invalid("\(error)") }
      return 0
    }
    if report.first == 0 { report.first = position }
    report.last = position
    report.events += 1
    report.added += 1
    return 1
  }

  // Keys are durable before what they seal.
  private func flushKeys() throws(JournalError) {
    do throws(SealingError) { try options.sealer?.flush() } catch { throw .invalid("\(error)") }
  }

  private mutating func note(_ batch: inout Batch, _ digest: [UInt8]) throws(JournalError) {
    var known = ImportRow(digest: digest, number: try batch.number(.import, report.importID))
    known.isComplete = report.isComplete
    (known.first, known.last) = (report.first, report.last)
    known.rows = UInt64(report.rows)
    known.events = UInt64(report.events)
    known.refused = UInt64(report.rejected)
    known.progress = UInt64(report.rows)
    detail.flagged = UInt64(report.flagged)
    detail.duplicates = UInt64(report.duplicates)
    (detail.corrected, detail.fields) = (UInt64(report.corrected), report.correctedFields)
    detail.line = UInt64(report.lastLine)
    known.detail = detail.bytes
    try batch.put(known)
  }

  /// Appends the event that says the import ended.
  private mutating func complete(_ batch: inout Batch, _ ledger: String) throws(JournalError) {
    guard let type = Register.event("ledger.import_completed") else { return }
    var body = NDJSONText()
    body.add("import", text: report.importID)
    body.add("file_sha256", text: report.fileSHA256)
    body.add("rows", number: report.rows)
    body.add("accepted", number: report.events)
    body.add("flagged", number: report.flagged)
    body.add("duplicates", number: report.duplicates)
    body.add("rejected", number: report.rejected)
    let bytes: [UInt8]
    do throws(BodyError) { bytes = try BodyCodec.encode(body.line, as: type) } catch {
      throw .invalid("ledger.import_completed does not fit its schema: \(error)")
    }
    let now = ClockTime(moment: batch.now, offset: 0)
    var draft = Draft(
      type: type.code, subject: Reference(kind: "ledger", id: ledger), occurred: now, day: now.day,
      actor: options.actor, body: bytes)
    draft.version = type.version
    draft.imported = false
    draft.source = Source(kind: "import", importID: report.importID)
    try batch.append(draft)
  }
}
