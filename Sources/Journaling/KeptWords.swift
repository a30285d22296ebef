internal import Glibc
internal import LMDB
package import Ledger

/// What another module makes of the log's beginning, kept as words by stretches of accounts in a
/// folder of its own in `views`, beside the facts that ``KeptFacts`` keeps.
///
/// Derived and disposable: what was made for another ledger, another beginning or in another form
/// is passed over. An LMDB file of its own, so that a reader never sees it half made:
///
/// | table | key         | value |
/// |-------|-------------|-------|
/// | about | 0           | u32 `ARW1`, u32 form, u64 last, u32 CRC of it, ledger id |
/// | words | u64 from 0  | u64 CRC32C of the rest, then words |
package final class KeptWords {
  /// The last position that is covered.
  package var last: Position { source.last }
  /// What other threads open the same by.
  package let source: Source
  private let reader: Reader

  private static let magic: UInt32 = 0x3157_5241

  fileprivate struct Places {
    let about, words: Table

    init(_ environment: Environment, create: Bool) throws(LMDBError) {
      let tables = try environment.tables(
        [("about", .integers), ("words", .integers)], create: create)
      (about, words) = (tables[0], tables[1])
    }
  }

  /// What other threads open the same by.
  package struct Source: Sendable {
    fileprivate let last: Position
    fileprivate let folder: String
    fileprivate let environment: Environment
    fileprivate let tables: Places

    /// Opens it for one thread; nil when there is no room for one more reader.
    package func open() -> KeptWords? {
      guard let transaction = try? environment.reading() else { return nil }
      return KeptWords(self, Reader(transaction))
    }
  }

  private init(_ source: Source, _ reader: Reader) {
    (self.source, self.reader) = (source, reader)
  }

  /// Opens what is kept under a name in this form, if it serves a question about the log up to
  /// `wanted`; nil when there is nothing, when it does not fit, or when too much came since.
  package static func open(
    _ name: String, form: UInt32, _ journal: Journal, _ snapshot: borrowing Snapshot,
    upTo wanted: Position
  ) -> KeptWords? {
    do {
      let folder = journal.folder.column(name)
      let environment = try Environment(folder: folder)
      guard environment.isRegistered else { return nil }
      let tables = try Places(environment, create: false)
      let reader = Reader(try environment.reading())
      guard let about = try reader.view.get(tables.about, 0), about.count > 20,
        Little.load(UInt32.self, about, 0) == magic,
        Little.load(UInt32.self, about, 4) == form,
        Little.same(about.extracting(20..<about.count), journal.identity.id.utf8Span.span)
      else { return nil }
      let last = Little.load(UInt64.self, about, 8)
      guard wanted <= last || wanted - last <= max(65_536, last / 4),
        try KeptStretches.checksum(of: last, snapshot) == Little.load(UInt32.self, about, 16)
      else { return nil }
      return KeptWords(
        Source(last: last, folder: folder, environment: environment, tables: tables), reader)
    } catch { return nil }
  }

  /// Gives the words under a key, and how many there are: none when nothing is kept under it. Room
  /// grows and stays; what stands behind the words means nothing.
  package func read(_ key: UInt64, into words: inout ContiguousArray<UInt64>)
    throws(JournalError) -> Int
  {
    do {
      let reader = reader
      let view = reader.view
      guard let row = try view.get(source.tables.words, key) else { return 0 }
      guard row.count > 8, row.count % 8 == 0,
        UInt64(crc32c(row.extracting(8..<row.count))) == Little.load(UInt64.self, row, 0)
      else {
        throw JournalError.corrupt(
          "row \(key) of what is kept in \(source.folder)", "remove the folder; it is made anew")
      }
      let count = row.count / 8 - 1
      if words.count < count {
        words.append(contentsOf: repeatElement(0, count: count - words.count))
      }
      unsafe row.withUnsafeBytes { row in
        unsafe words.withUnsafeMutableBytes { words in
          unsafe words.copyMemory(from: UnsafeRawBufferPointer(rebasing: row[8...]))
        }
      }
      return count
    } catch { throw JournalError(error) }
  }
}

// MARK: - Keeping

extension KeptWords {
  /// What is being kept. Nothing of it is seen before `finish`, and nothing fails because it cannot
  /// be kept.
  package final class Making {
    private let environment: Environment
    private let tables: Places
    private let lock: Int32
    private let form: UInt32
    private var transaction: WriteTransaction?
    private var unwritten = 0
    private var isBroken = false

    /// Begins, when everything known is asked about, keeping is worthwhile, and nobody else keeps
    /// something there; nil otherwise.
    package init?(
      _ name: String, form: UInt32, _ journal: Journal, _ snapshot: borrowing Snapshot,
      upTo last: Position, _ use: KeptFacts.Use
    ) {
      guard last == snapshot.head, last >= use.least, !journal.isReadOnly else { return nil }
      let folder = journal.folder.column(name)
      self.form = form
      _ = unsafe mkdir(journal.folder.views, 0o755)
      _ = unsafe mkdir(folder, 0o755)
      lock = unsafe Glibc.open(folder, O_RDONLY | O_CLOEXEC)
      guard lock >= 0, flock(lock, LOCK_EX | LOCK_NB) == 0 else {
        if lock >= 0 { close(lock) }
        return nil
      }
      var options = Environment.Options()
      options.create = true
      do {
        environment = try Environment(folder: folder, options: options)
        tables = try Places(environment, create: true)
        var clearing = try environment.writing()
        for table in [tables.about, tables.words] { try clearing.clear(table) }
        try clearing.commit()
      } catch {
        close(lock)
        return nil
      }
    }

    deinit {
      transaction = nil
      close(lock)
    }

    private func put(_ table: Table, _ key: UInt64, _ value: Span<UInt8>) throws(LMDBError) {
      if transaction == nil { transaction = try environment.writing() }
      try transaction!.put(table, key, value, .append)
      unwritten += value.count
      // What a transaction holds is held in memory.
      if unwritten > 16 << 20 { try commit() }
    }

    private func commit() throws(LMDBError) {
      unwritten = 0
      try transaction.take()?.commit()
    }

    /// Keeps words; keys ascend.
    package func add(_ key: UInt64, _ words: Span<UInt64>) {
      if words.count == 0 || isBroken { return }
      var row: [UInt8] = []
      row.reserveCapacity(8 * words.count + 8)
      Little.append(UInt64(0), to: &row)
      unsafe words.withUnsafeBytes { unsafe row.append(contentsOf: $0) }
      let crc = crc32c(row.span.extracting(8..<row.count))
      Little.set(crc, in: &row, at: 0)
      do { try put(tables.words, key, row.span) } catch { isBroken = true }
    }

    /// Makes it seen: everything up to `last`.
    package func finish(upTo last: Position, _ journal: Journal, _ snapshot: borrowing Snapshot)
      throws(JournalError)
    {
      guard !isBroken, let crc = try KeptStretches.checksum(of: last, snapshot) else { return }
      var row: [UInt8] = []
      Little.append(KeptWords.magic, to: &row)
      Little.append(form, to: &row)
      Little.append(last, to: &row)
      Little.append(crc, to: &row)
      row += Array(journal.identity.id.utf8)
      do {
        try put(tables.about, 0, row.span)
        try commit()
      } catch { isBroken = true }
    }
  }
}
