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
  /// When it returns, no page and no view of the ledger holds the content. After a power cut it is
  /// there whole, or the next opening destroys it. This journal writes no more afterwards: its
  /// memory still holds what was destroyed, and LMDB writes pages with whatever their gaps hold.
  package func redact(
    _ seq: Position, _ draft: Draft, authority: String, reason: String, zone: Zone,
    isRehearsal: Bool = false
  ) throws(JournalError) -> Receipt {
    func act(_ remains: Remains?) -> Draft {
      var act = draft
      let bytes = remains?.bytes ?? []
      act.body =
        LedgerFact.EntryRedacted(
          seq: Int64(clamping: seq), leaf: remains?.leaf ?? [UInt8](repeating: 0, count: 32),
          remains: TreeHash.plain(bytes.span).bytes, authority: authority,
          reason: reason
        ).encoded
      return act
    }
    if Files.exists(folder.redacting) {
      guard try finishRedaction(patience: lock.patience) else {
        throw .invalid(
          "An earlier redaction is not finished: somebody reads the ledger since before, and its "
            + "bytes cannot be overwritten. Try again when that reader is done.")
      }
    }
    let told = try rehearse(act(nil), zone: zone)
    // Nobody knows the position of the act yet; it may be the longest there is.
    if let longest = try remains(of: seq, act: .max), longest.bytes.count > Batch.longestEvent {
      throw .invalid(
        "Entry \(seq) is so long that its leaf hash would not fit beside what must stay of it; it "
          + "cannot be redacted.")
    }
    if isRehearsal { return told }
    let receipt = try write { (batch: inout Batch) throws(JournalError) in
      // Under the writer's lock: another writer would take the mark for one that was left.
      if !Files.exists(folder.redacting) { try Files.create(folder.redacting, []) }
      try Files.sync(folder.log)
      let remains = try remains(of: seq, act: batch.head + 1)
      var draft = act(remains)
      _ = try self.decide(&draft, at: batch.now, zone: zone, batch)
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

  /// What a redaction must know of an entry; nil when it is not there.
  func redactable(
    _ seq: Position, _ policies: PolicyBook, today: Day, _ snapshot: borrowing Snapshot
  ) throws(JournalError) -> Redactable? {
    var party: String?
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
      let subject = try snapshot.subject(of: event)
      if subject.kind == NameKind.party.name { party = subject.id }
      return entry
    }
    guard var entry = found else { return nil }
    if let party {
      entry.held = try belongings(of: party, policies, today: today, snapshot).held
    }
    for state in try accounts(withEntry: seq, snapshot) where entry.held == nil {
      let retention = try Journal.retention(policies, state.subject, today)
      if let kind = retention.holds.first(where: { state.holds(of: [$0], on: today) }) {
        entry.held = (state.id, kind)
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
