internal import Glibc
internal import LMDB
internal import Ledger

/// Words kept by stretches of accounts in a folder of `views`: what the beginning of the log says,
/// in a form that a book over all accounts reads faster than the log.
///
/// Derived and disposable: whoever removes the folder loses time, nothing else. What was made for
/// another ledger, another beginning or in another form is passed over. An LMDB file of its own, so
/// that a reader never sees it half made:
///
/// | table     | key           | value |
/// |-----------|---------------|-------|
/// | about     | 0             | u32 `ARF1`, u32 form, u64 last, u32 CRC of it, ledger id |
/// | stretches | u64 stretch   | u64 CRC32C of the rest, then words |
/// | texts     | u64 from 0    | texts by number: u8 looked up or only shown, u32 length, bytes |
final class KeptStretches {
  /// The last position that is covered.
  var last: Position { source.last }
  /// The folder it stands in.
  var folder: String { source.folder }
  /// What other threads open the same by: a reader is one thread's.
  let source: Source
  private let reader: Reader

  /// Kept stretches that fit a question, to be opened by each thread that reads them.
  struct Source: Sendable {
    let last: Position
    fileprivate let folder: String
    fileprivate let environment: Environment
    fileprivate let tables: Places

    /// Opens a reader; nil when there is no room for one more.
    func open() -> KeptStretches? {
      guard let transaction = try? environment.reading() else { return nil }
      return KeptStretches(self, Reader(transaction))
    }
  }

  private static let magic: UInt32 = 0x3146_5241

  fileprivate struct Places {
    let about, stretches, texts: Table

    init(_ environment: Environment, create: Bool) throws(LMDBError) {
      let tables = try environment.tables(
        [("about", .integers), ("stretches", .integers), ("texts", .integers)], create: create)
      (about, stretches, texts) = (tables[0], tables[1], tables[2])
    }
  }

  private init(_ source: Source, _ reader: Reader) {
    (self.source, self.reader) = (source, reader)
  }

  /// Opens what is kept in a folder, if it has this form and serves a question about the log up to
  /// `wanted`; nil when there is nothing, when it does not fit, or when too much came since.
  static func open(
    _ folder: String, form: UInt32, _ journal: Journal, _ snapshot: borrowing Snapshot,
    upTo wanted: Position
  ) -> KeptStretches? {
    do {
      // Nobody backs a view up: one that is damaged is passed over and made anew.
      var options = Environment.Options()
      options.examines = true
      let environment = try Environment(folder: folder, options: options)
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
        try checksum(of: last, snapshot) == Little.load(UInt32.self, about, 16)
      else { return nil }
      let source = Source(last: last, folder: folder, environment: environment, tables: tables)
      return KeptStretches(source, reader)
    } catch { return nil }
  }

  static func checksum(of seq: Position, _ snapshot: borrowing Snapshot)
    throws(JournalError) -> UInt32?
  {
    try snapshot.event(at: seq) { (event) throws(JournalError) in crc32c(event.bytes) }
  }

  /// The texts that are kept beside the words.
  func texts() throws(LMDBError) -> Interned {
    var texts = Interned()
    let reader = reader
    var rows = try reader.view.cursor(source.tables.texts)
    while try rows.next() {
      let row = rows.value
      var at = 0
      while at < row.count {
        let count = Int(Little.load(UInt32.self, row, at + 1))
        let text = String(
          decoding: Little.copy(row.extracting(at + 5..<at + 5 + count)), as: UTF8.self)
        if row[at] == 1 { _ = texts.number(text) } else { _ = texts.append(text) }
        at += 5 + count
      }
    }
    return texts
  }

  /// Gives the words of a stretch, and how many there are: none when nothing of it is kept. Room
  /// grows and stays; what stands behind the words means nothing.
  func read(_ stretch: UInt32, into words: inout ContiguousArray<UInt64>)
    throws(JournalError) -> Int
  {
    do {
      let reader = reader
      let view = reader.view
      guard let row = try view.get(source.tables.stretches, UInt64(stretch)) else { return 0 }
      guard row.count > 8, row.count % 8 == 0,
        UInt64(crc32c(row.extracting(8..<row.count))) == Little.load(UInt64.self, row, 0)
      else {
        throw JournalError.corrupt(
          "stretch \(stretch) of what is kept in \(source.folder)",
          "remove the folder; it is made anew")
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

extension KeptStretches {
  /// Stretches being kept. Nothing of it is seen before `finish`; an error leaves nothing behind
  /// but room in the file.
  final class Making {
    private let environment: Environment
    private let tables: Places
    private let lock: Int32
    private let form: UInt32
    private var transaction: WriteTransaction?
    private var unwritten = 0

    /// Begins, unless the folder cannot be written or another process is keeping something in it.
    init?(_ folder: String, form: UInt32) {
      self.form = form
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
        for table in [tables.about, tables.stretches, tables.texts] { try clearing.clear(table) }
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

    /// Keeps a stretch; stretches come in ascending order.
    func add(_ stretch: UInt32, _ words: Span<UInt64>) throws(LMDBError) {
      if words.count == 0 { return }
      var row: [UInt8] = []
      row.reserveCapacity(8 * words.count + 8)
      Little.append(UInt64(0), to: &row)
      unsafe words.withUnsafeBytes { unsafe row.append(contentsOf: $0) }
      let crc = crc32c(row.span.extracting(8..<row.count))
      Little.set(crc, in: &row, at: 0)
      try put(tables.stretches, UInt64(stretch), row.span)
    }

    /// Makes it seen: what the log says up to `last`, with the texts behind it.
    func finish(upTo last: Position, crc: UInt32, _ id: String, _ texts: Interned = Interned())
      throws(LMDBError)
    {
      var row: [UInt8] = []
      var key: UInt64 = 0
      for number in 1..<max(1, UInt32(texts.count)) {
        let text = Array(texts[number].utf8)
        row.append(texts.isShared(number) ? 1 : 0)
        Little.append(UInt32(text.count), to: &row)
        row += text
        if row.count > 1 << 16 || Int(number) == texts.count - 1 {
          try put(tables.texts, key, row.span)
          key += 1
          row.removeAll(keepingCapacity: true)
        }
      }
      Little.append(KeptStretches.magic, to: &row)
      Little.append(form, to: &row)
      Little.append(last, to: &row)
      Little.append(crc, to: &row)
      row += Array(id.utf8)
      try put(tables.about, 0, row.span)
      try commit()
    }
  }
}
