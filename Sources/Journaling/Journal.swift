internal import Glibc
internal import LMDB
package import Ledger
internal import Proof
internal import Synchronization

/// An open ledger: the log and its derived indexes. Any thread may read and write.
///
/// Opening is lazy and takes no lock, so any number of processes may have a ledger open; one writes
/// at a time. Events are durable when `write`, `checkpoint` or `append` returns.
package final class Journal: @unchecked Sendable {
  /// Where the ledger stands.
  package let folder: LedgerFolder
  /// What the ledger said of itself when it was made.
  package let identity: Identity
  /// Whether nothing can be written.
  package let isReadOnly: Bool
  let environment: Environment
  let tables: Tables
  let pending = PendingIndex()
  let queue = Mutex(AppendQueue())
  // Guards everything below; held from the start of a write to its end.
  let turn = Turn()
  let writer: Writer
  let lock: WriterLock
  private let headFile: HeadFile
  // Of the folder; raised with the first write that needs a newer one.
  private(set) var format: Int
  private let clock: @Sendable () -> Moment

  /// How to open a ledger.
  package struct Options: Sendable {
    /// Only read; also the case when the folder cannot be written.
    package var readOnly = false
    /// Who writes, for the message that another process gets.
    package var command = "arrears"
    /// Bytes of address space for the log: the largest it may become. 64 GiB.
    package var mapSize = 64 << 30
    /// Opens although the head kept outside disagrees; for `verify` and salvage.
    package var ignoresOutsideHead = false
    /// Looks at every page of the file before it is read; for `check`, `verify` and backups.
    package var examinesPages = false
    /// Seconds to wait for another process that writes.
    package var patience = 5.0
    /// What time it is.
    package var clock: @Sendable () -> Moment = Journal.systemClock
    /// The usual options.
    package init() {}
  }

  /// Opens the ledger at `path`.
  package init(_ path: String, _ options: Options = Options()) throws(JournalError) {
    folder = LedgerFolder(path)
    clock = options.clock
    format = try folder.checkMark()
    let writable = unsafe access(folder.log + "/data.mdb", W_OK) == 0
    isReadOnly = options.readOnly || !writable
    let outside = Files.read(folder.head, limit: 64)
    do {
      var settings = Environment.Options()
      settings.readOnly = isReadOnly
      settings.mapSize = options.mapSize
      settings.examines = options.examinesPages
      environment = try Environment(folder: folder.log, options: settings)
      tables = try Tables(environment, create: false)
      let reader = Reader(try environment.reading())
      identity = try Identity(reading: reader.view, tables)
    } catch let error as LMDBError where error.isDamage {
      throw .damaged(folder.log + "/data.mdb", error)
    } catch { throw JournalError(error) }
    writer = Writer(environment, tables, clock: options.clock)
    lock = WriterLock(folder, command: options.command, patience: options.patience)
    headFile = HeadFile(folder.head)
    if !options.ignoresOutsideHead { try compare(outside) }
    // What a power cut left of a redaction.
    if !isReadOnly, Files.exists(folder.redacting) { _ = try? finishRedaction(patience: 0) }
  }

  /// The machine's clock, in microseconds.
  package static let systemClock: @Sendable () -> Moment = {
    var now = timespec()
    unsafe clock_gettime(CLOCK_REALTIME, &now)
    return Moment(rawValue: Int64(now.tv_sec) * 1_000_000 + Int64(now.tv_nsec) / 1000)
  }

  // The head outside was read before the log was looked at: it can be older, never newer.
  private func compare(_ bytes: [UInt8]?) throws(JournalError) {
    guard let bytes else { return }
    guard let outside = AcknowledgedHead(bytes) else {
      throw .corrupt(folder.head, "its own checksum does not fit")
    }
    let crc: UInt32?
    let inside: Position
    var root = outside.root
    do {
      let reader = Reader(try environment.reading())
      inside = try reader.view.head(tables)
      crc = try reader.checksum(of: outside, tables)
      // Without tiles the root would take a look at every event.
      if root != nil, outside.seq <= inside, try reader.view.hasTiles(tables) {
        root = try reader.view.root(tables, of: outside.seq)
      }
    } catch { throw JournalError(error) }
    if outside.seq > inside {
      throw .outsideHeadNewer(folder.path, outside: outside.seq, inside: inside)
    }
    if let crc, crc != outside.crc || root != outside.root {
      throw .outsideHeadDiffers(folder.path, outside.seq)
    }
  }

  // MARK: Writing

  /// Writes: the closure appends to the batch, and when it returns everything is committed at once.
  ///
  /// An error thrown by the closure undoes what it appended since its last checkpoint and is
  /// rethrown. Writers of this process wait for each other; writers of other processes are waited
  /// for five seconds. Must not be called inside another `write` of the same journal.
  package func write<R>(
    _ body: (inout Batch) throws(JournalError) -> R
  ) throws(JournalError) -> R {
    turn.lock()
    defer { turn.unlock() }
    try begin()
    defer { lock.release() }
    var batch = Batch(writer: writer, journal: self)
    do throws(JournalError) {
      let result = try body(&batch)
      try finish(isLast: true)
      return result
    } catch {
      writer.abandon()
      throw error
    }
  }

  private func begin() throws(JournalError) {
    if isReadOnly { throw .readOnly(folder.path) }
    try lock.acquire(since: clock())
    do { try writer.begin() } catch {
      lock.release()
      throw JournalError(error)
    }
  }

  private func finish(isLast: Bool) throws(JournalError) {
    let isBulk = writer.appended >= Trails.worthwhile
    do {
      if writer.pending >= Int(Trails.flushAt)
        || (isLast && isBulk && writer.pending >= Trails.worthwhile)
      {
        try writer.flush()
      }
    } catch {
      writer.abandon()
      throw JournalError(error)
    }
    let needed = writer.holdsRedacted ? LedgerFolder.newest : LedgerFolder.format
    if format < needed {
      try folder.raiseMark(to: needed)
      format = needed
    }
    let before = writer.committed
    let head = try writer.commit(dropsWaitingNames: isLast)
    if head.seq != before { try headFile.write(head, durable: isLast && isBulk) }
  }

  /// Commits inside a write and begins again, the lock being free for a moment.
  func checkpoint() throws(JournalError) {
    let total = writer.appended
    try finish(isLast: false)
    lock.release()
    try begin()
    writer.appended = total
  }

  /// Writes the indexes when enough pends, and forces the head to disk. To be called before the
  /// last reference goes; a ledger that is not closed loses nothing, it only opens its first trail
  /// slower.
  package func close() throws(JournalError) {
    if isReadOnly { return }
    turn.lock()
    defer { turn.unlock() }
    if writer.committed != nil, writer.pending >= Trails.worthwhile {
      try begin()
      defer { lock.release() }
      do { try writer.flush() } catch {
        writer.abandon()
        throw JournalError(error)
      }
      _ = try writer.commit(dropsWaitingNames: true)
    }
    try headFile.sync()
  }

  /// Recreates everything derived (account and id index, names and their numbers) from the events.
  /// Takes the writer's lock for as long as it needs to read the whole log.
  package func rebuild() throws(JournalError) {
    turn.lock()
    defer { turn.unlock() }
    try begin()
    defer { lock.release() }
    do { try writer.rebuild() } catch {
      writer.abandon()
      throw JournalError(error)
    }
    _ = try writer.commit(dropsWaitingNames: true)
    pending.reset()
  }

  // MARK: Reading

  /// Reads: the closure sees the ledger as of the moment it is called, whatever others append.
  package func read<R>(
    _ body: (borrowing Snapshot) throws(JournalError) -> R
  ) throws(JournalError) -> R {
    try body(try Snapshot(self))
  }
}
