internal import Glibc
internal import LMDB
package import Ledger
internal import Proof

/// Destroying the content of one entry, for good.
///
/// The entry keeps its place, its facts and its leaf hash, so every proof and figure stays; the act
/// is an event of the same transaction. Then everything of the file that is not in use is
/// overwritten, and the views are removed.
extension Journal {
  /// Destroys the content of the entry at a position; `draft` is the act, without its body.
  ///
  /// The act carries the signature of the log's key over what is left; a ledger whose checkpoints
  /// are signed refuses one without. `run` runs the command of a key that has one, under the
  /// writer's lock.
  ///
  /// When it returns, no page and no view of the ledger holds the content. After a power cut it is
  /// there whole, or the next opening destroys it. This journal writes no more afterwards: its
  /// memory still holds what was destroyed, and LMDB writes pages with whatever their gaps hold.
  package func redact(
    _ seq: Position, _ draft: Draft, authority: String, reason: String, zone: Zone,
    isRehearsal: Bool = false, key: CheckpointKey? = nil,
    run: (_ command: String, _ text: String) throws(JournalError) -> String = {
      (command, _) throws(JournalError) in throw .invalid("`\(command)` is not run here.")
    }
  ) throws(JournalError) -> Receipt {
    func act(_ remains: Remains?) -> LedgerFact.EntryRedacted {
      let bytes = remains?.bytes ?? []
      return LedgerFact.EntryRedacted(
        seq: Int64(clamping: seq), leaf: remains?.leaf ?? [UInt8](repeating: 0, count: 32),
        remains: TreeHash.plain(bytes.span).bytes, authority: authority, reason: reason)
    }
    func entry(_ act: LedgerFact.EntryRedacted) -> Draft {
      var entry = draft
      entry.body = act.encoded
      return entry
    }
    if Files.exists(folder.redacting) {
      guard try finishRedaction(patience: lock.patience) else {
        throw .invalid(
          "An earlier redaction is not finished: somebody reads the ledger since before, and its "
            + "bytes cannot be overwritten. Try again when that reader is done.")
      }
    }
    let told = try rehearse(entry(act(nil)), zone: zone)
    try requireKeyOfCheckpoint(key)
    if let key { try read { (snapshot) throws(JournalError) in try key.require(snapshot) } }
    // Nobody knows the position of the act yet; it may be the longest there is.
    if let longest = try remains(of: seq, act: .max), longest.bytes.count > Batch.longestEvent {
      throw .invalid(
        "Entry \(seq) is so long that its leaf hash would not fit beside what must stay of it; it "
          + "cannot be redacted.")
    }
    if isRehearsal { return told }
    let receipt = try write { (batch: inout Batch) throws(JournalError) in
      let remains = try remains(of: seq, act: batch.head + 1)
      var act = act(remains)
      var draft = entry(act)
      _ = try self.decide(&draft, at: batch.now, zone: zone, batch)
      if let key, let note = act.note(origin: key.key.name) {
        act.signature = try key.sign(note, run: run)
        draft.body = act.encoded
      }
      // Under the writer's lock: another writer would take the mark for one that was left.
      if !Files.exists(folder.redacting) { try Files.create(folder.redacting, []) }
      try Files.sync(folder.log)
      do { try writer.redact(seq, leaving: remains?.bytes ?? []) } catch {
        throw JournalError(error)
      }
      let position = try batch.append(draft)
      return Receipt(first: position, last: position, replayed: false)
    }
    writer.abandon()
    guard try finishRedaction(patience: lock.patience) else {
      throw .invalid(
        "Entry \(seq) is redacted, as seq \(receipt.first), and its bytes are not overwritten yet: "
          + "somebody reads the ledger since before. The next command that writes does it.")
    }
    return receipt
  }

  // Nobody would believe an act that is not signed as the checkpoints are.
  private func requireKeyOfCheckpoint(_ key: CheckpointKey?) throws(JournalError) {
    guard let bytes = Files.read(folder.checkpoint, limit: 1 << 20) else { return }
    guard let key else {
      throw .invalid(
        "The checkpoints of this ledger are signed, and so must be what is redacted; give --key FILE, "
          + "or a line `key FILE` in \(folder.settings).")
    }
    do throws(NoteError) { try SignedNote(bytes).require(key.key) } catch {
      throw .invalid(
        "The key \(key.path) is not the one of \(folder.checkpoint): \(error). Name the key that "
          + "signs this ledger's checkpoints, or sign one with this key first.")
    }
  }

  private struct Remains {
    var bytes: [UInt8], leaf: [UInt8]
  }

  // What will stand in the entry's place; nil when there is none or nothing of it is content.
  private func remains(of seq: Position, act: Position) throws(JournalError) -> Remains? {
    try read { (snapshot) throws(JournalError) in
      let found = try snapshot.event(at: seq) { (event) throws(JournalError) -> Remains? in
        guard let type = Register.event(code: event.header.type, version: event.header.version)
        else { return nil }
        let leaf = event.leaf.bytes
        do throws(WireError) {
          let bytes = try Redaction.remains(of: event, as: type, leaf: leaf, act: act)
          return bytes.map { Remains(bytes: $0, leaf: leaf) }
        } catch { throw .wire(error, at: seq) }
      }
      return found ?? nil
    }
  }

  /// Overwrites what a redaction left in the files, and removes the views; false when somebody who
  /// reads since before is in the way. To be called while nothing of this journal reads.
  func finishRedaction(patience: Double) throws(JournalError) -> Bool {
    turn.lock()
    defer { turn.unlock() }
    try lock.acquire(since: Journal.systemClock())
    defer { lock.release() }
    do {
      guard try environment.scrub(patience: patience) else { return false }
    } catch { throw JournalError(error) }
    try folder.dropViews()
    unsafe unlink(folder.redacting)
    try Files.sync(folder.log)
    return true
  }

  /// What a redaction must know of an entry; nil when it is not there. A remark is as much under a
  /// hold as the entry that it is about.
  func redactable(
    _ seq: Position, _ policies: PolicyBook, today: Day, _ snapshot: borrowing Snapshot
  ) throws(JournalError) -> Redactable? {
    let found = try snapshot.event(at: seq) { (event) throws(JournalError) -> Redactable in
      let header = event.header
      guard let type = Register.event(code: header.type, version: header.version) else {
        throw .invalid(
          "The entry at \(seq) is of a newer version; use the Arrears that wrote it.")
      }
      var entry = Redactable(event: type.name)
      entry.isRedacted = header.flags.contains(.redacted)
      do throws(WireError) {
        entry.hasContent = try Redaction.body(event.body, of: type) != nil
      } catch { throw .wire(error, at: seq) }
      return entry
    }
    guard var entry = found else { return nil }
    for seq in try snapshot.entries(behind: seq) where entry.held == nil {
      let subject = try snapshot.event(at: seq) { (event) throws(JournalError) in
        try snapshot.subject(of: event)
      }
      if let subject, subject.kind == NameKind.party.name {
        entry.held = try belongings(of: subject.id, policies, today: today, snapshot).held
      }
      for state in try accounts(withEntry: seq, snapshot) where entry.held == nil {
        let retention = try Journal.retention(policies, state.subject, today)
        if let kind = retention.holds.first(where: { state.holds(of: [$0], on: today) }) {
          entry.held = (state.id, kind)
        }
      }
    }
    return entry
  }
}

extension Writer {
  private static var count: [UInt8] { Array("redactions".utf8) }

  private func redactionsInFile() throws -> UInt64 {
    guard let row = try view.get(tables.meta, Writer.count.span) else { return 0 }
    return UInt64(String(decoding: Little.copy(row), as: UTF8.self)) ?? 0
  }

  /// A process that began before another one destroyed something may hold it in memory, in bundles
  /// and in gaps of LMDB's pages, and would write it again.
  func requireSameRedactions() throws {
    let now = try redactionsInFile()
    if let redactions, redactions != now {
      throw JournalError.invalid(
        "An entry was redacted since this process began, and its memory may hold what was "
          + "destroyed, so it writes no more; start it again.")
    }
    redactions = now
  }

  /// Puts what is left of an entry in its place, before anything is appended.
  func redact(_ seq: Position, leaving event: [UInt8]) throws {
    let number = (seq - 1) / 256
    if let bytes = try view.get(tables.bundles, number) {
      let bundle = try Bundle(bytes)
      let anew = BundleBuilder(first: bundle.first)
      for index in 0..<bundle.count {
        if bundle.first + UInt64(index) == seq {
          anew.append(stored: event.span)
        } else {
          anew.append(stored: bundle.event(index).bytes)
        }
      }
      try put(bundle: anew, number)
    } else {
      var row = event
      Little.append(crc32c(event.span), to: &row)
      try put(tail: row, seq)
      try reload()
    }
    try put(tables.meta, Writer.count, Array(String(try redactionsInFile() + 1).utf8), .replace)
    holdsRedacted = true
  }
}
