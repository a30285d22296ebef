internal import Glibc
internal import LMDB
package import Ledger
package import Proof
internal import Synchronization

extension Journal {
  /// What a backup holds.
  package struct BackupReport: Sendable {
    /// Events.
    package var size: Position
    /// Root over them, hashed anew from the copy.
    package var root: TreeHash
  }

  /// Copies the ledger, while others append, into a folder where nothing stands.
  ///
  /// The copy is built beside its place, forced to disk, opened, every event of it hashed anew and
  /// the root compared with this ledger's, and renamed only then: a backup that is there is
  /// verified. The bytes of published reports and the access log come along. `keys/` is not copied,
  /// since a copy of a key would outlive its erasure; neither are views.
  package func backup(to path: String) throws(JournalError) -> BackupReport {
    let target = LedgerFolder(path)
    if Files.exists(target.path) { throw .exists(target.path) }
    guard !Files.isInside(Files.parent(target.path), folder.path) else {
      throw .invalid(
        "\(target.path) is inside the ledger that it would copy, and would be lost with it; choose "
          + "a place outside.")
    }
    if Files.exists(folder.redacting) {
      throw .invalid(
        "A redaction is not finished, and what it destroys would come along. The next command that "
          + "writes finishes it; back up after that.")
    }
    let draft = LedgerFolder(target.path + ".making-\(getpid())")
    try Files.folder(draft.path)
    do throws(JournalError) {
      for folder in [draft.log, draft.views, draft.keys] { try Files.folder(folder) }
      do { try environment.copy(to: draft.log) } catch { throw JournalError(error) }
      try Files.create(draft.mark, LedgerFolder.markLine(format))
      try Files.create(draft.writer, [])
      for (from, to) in [(folder.settings, draft.settings), (folder.checkpoint, draft.checkpoint)] {
        if let bytes = Files.read(from, limit: 1 << 20) { try Files.create(to, bytes) }
      }
      try copyReports(to: draft)
      let read = try AccessLog(folder).lines()
      try AccessLog(draft).begin(with: read.first(.max))
      // The disk is waited for while the copy is hashed.
      let report = try withSync(of: draft.log + "/data.mdb") { () throws(JournalError) in
        try verified(draft)
      }
      for path in [draft.log, draft.path] { try Files.sync(path) }
      if Files.exists(target.path) { throw .exists(target.path) }
      guard unsafe rename(draft.path, target.path) == 0 else {
        throw Files.failure("Renaming \(draft.path) to \(target.path)", target.path)
      }
      try Files.sync(Files.parent(target.path))
      return report
    } catch {
      draft.discard()
      throw error
    }
  }

  // Bytes of published reports follow from the log by the program that published them, and by no
  // other.
  private func copyReports(to draft: LedgerFolder) throws(JournalError) {
    let reports = try read { (s) throws(JournalError) in try publications(s) }
    for report in reports {
      guard case .whole(let bytes) = kept(report.digest) else { continue }
      if !Files.exists(draft.published) { try Files.folder(draft.published) }
      let path = draft.published(report.digest)
      if !Files.exists(path) { try Files.create(path, bytes) }
    }
    if !reports.isEmpty, Files.exists(draft.published) { try Files.sync(draft.published) }
  }

  // Forces a file to disk on a thread of its own while `body` runs; both must succeed.
  private func withSync<R>(of path: String, _ body: () throws(JournalError) -> R)
    throws(JournalError) -> R
  {
    let wait = DiskWait()
    let thread = SideThread {
      do throws(JournalError) { try Files.sync(path) } catch { wait.error.withLock { $0 = error } }
    }
    defer { thread.join() }
    let result = try body()
    thread.join()
    if let error = wait.error.withLock({ $0 }) { throw error }
    return result
  }

  // Opens the copy, hashes it, compares, and writes its head.
  private func verified(_ draft: LedgerFolder) throws(JournalError) -> BackupReport {
    var options = Options()
    options.readOnly = true
    options.ignoresOutsideHead = true
    options.examinesPages = true
    let copy = try Journal(draft.path, options)
    var head = AcknowledgedHead()
    try copy.read { (snapshot) throws(JournalError) in
      head.seq = snapshot.head
      _ = try snapshot.event(at: snapshot.head) { (event) throws(JournalError) in
        (head.recorded, head.crc) = (event.header.recorded, crc32c(event.bytes))
      }
    }
    let root = try copy.rehashed(head.seq)
    head.root = root
    guard try read({ (s) throws(JournalError) in try s.root(of: head.seq) }) == root else {
      throw .invalid(
        "The copy of \(folder.path) does not hash to the same root over \(head.seq) events: the disk "
          + "or the ledger is damaged. No backup was made; run `arrears verify`.")
    }
    try Files.create(draft.head, head.bytes)
    return BackupReport(size: head.seq, root: root)
  }
}

/// What went wrong while a disk was waited for.
private final class DiskWait: Sendable {
  let error = Mutex<JournalError?>(nil)
}
