internal import Glibc
internal import LMDB
package import Ledger

/// Words kept by stretches of accounts in a folder of `views`: what the log says up to a position,
/// in a form that is read faster than the log, whole or account by account: facts of money, rows of
/// a column of the desk, acts as rules look at them.
///
/// They are brought up to date without reading what is old: what came since is kept beside it as
/// one generation more, which takes in those before it that are not larger, so that there are never
/// many. Which generations count, and up to where they go, is committed with the rows of the last.
///
/// Derived and disposable: whoever removes the folder loses time, nothing else. What was made for
/// another ledger, of another log or in another form is passed over and made anew. An LMDB file of
/// its own, so that a reader never sees it half made:
///
/// | table     | key                             | value |
/// |-----------|---------------------------------|-------|
/// | about     | 0                               | `About` |
/// | stretches | u64 generation · 2^32 + stretch | u64 checksum of the front, then words |
/// | texts     | u64 from 0                      | u32 checksum of the rest, then texts by number |
///
/// A checksum is the CRC32C of the bytes, xor the key: a row that stands under another is no row.
/// The upper half of a word of the front is the CRC32C of its account's words. A text is u8 whether
/// it is looked up or only shown, u32 length, and its bytes.
package final class KeptStretches {
  /// The last position that is covered.
  package var last: Position { source.about.last }
  /// The folder it stands in.
  package var folder: String { source.environment.folder }
  /// How many generations cover it.
  package var count: Int { source.about.generations.count }
  /// What other threads open the same by: a reader is one thread's.
  package let source: Source
  /// Whether something was read that is not what was kept.
  package private(set) var isDamaged = false
  private let reader: Reader

  /// Kept stretches that fit a question, to be opened by each thread that reads them.
  package struct Source: Sendable {
    let about: About
    let environment: Environment
    let tables: Places

    /// Opens a reader; nil when there is no room for one more, or what is kept has changed.
    package func open() -> KeptStretches? {
      guard let transaction = try? environment.reading() else { return nil }
      let kept = KeptStretches(self, Reader(transaction))
      return kept.isOf(about) ? kept : nil
    }
  }

  struct Places {
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

  /// Opens what is kept in a folder, if it has this form and is of this log; nil when there is
  /// nothing or it does not fit.
  package static func open(
    _ folder: String, form: UInt32, _ journal: Journal, _ snapshot: borrowing Snapshot
  ) -> KeptStretches? {
    do {
      // Nobody backs a view up: one that is damaged is passed over and made anew.
      var options = Environment.Options()
      options.examines = true
      let environment = try Environment(folder: folder, options: options)
      guard environment.isRegistered else { return nil }
      let tables = try Places(environment, create: false)
      let reader = Reader(try environment.reading())
      guard let row = try reader.view.get(tables.about, 0), let about = About(row),
        about.form == form, about.ledger == journal.identity.id,
        let last = about.generations.last,
        try checksum(of: last.last, snapshot) == last.crc
      else { return nil }
      return KeptStretches(
        Source(about: about, environment: environment, tables: tables), reader)
    } catch { return nil }
  }

  // Whether the folder says the same as when it was opened first.
  private func isOf(_ about: About) -> Bool {
    let reader = reader
    guard let row = try? reader.view.get(source.tables.about, 0) else { return false }
    return About(row) == about
  }

  /// The checksum of an event, by which what is kept knows its log again; nil when there is none.
  package static func checksum(of seq: Position, _ snapshot: borrowing Snapshot)
    throws(JournalError) -> UInt32?
  {
    try snapshot.event(at: seq) { (event) throws(JournalError) in crc32c(event.bytes) }
  }

  /// What stands in front of a row under a key.
  static func checksum(of bytes: Span<UInt8>, under key: UInt64) -> UInt64 {
    UInt64(crc32c(bytes)) ^ key
  }

  private func damaged(_ what: String) -> JournalError {
    isDamaged = true
    return .corrupt(
      "\(what) of what is kept in \(source.environment.folder)",
      "remove the folder; it is made anew")
  }

  /// The texts that are kept beside the words.
  func texts() throws -> Interned {
    var texts = Interned()
    let reader = reader
    var rows = try reader.view.cursor(source.tables.texts)
    while try rows.next() {
      let row = rows.value
      guard row.count > 4,
        UInt32(
          truncatingIfNeeded: KeptStretches.checksum(
            of: row.extracting(4..<row.count), under: rows.number))
          == Little.load(UInt32.self, row, 0)
      else { throw damaged("a row of texts") }
      var at = 4
      while at < row.count {
        let count = Int(Little.load(UInt32.self, row, at + 1))
        let text = unsafe row.extracting(at + 5..<at + 5 + count).withUnsafeBufferPointer {
          unsafe String(decoding: $0, as: UTF8.self)
        }
        if row[at] == 1 { _ = texts.number(text) } else { _ = texts.append(text) }
        at += 5 + count
      }
    }
    return texts
  }

  /// Gives the words that a generation keeps of the accounts in some places of a stretch: none when
  /// nothing of it is kept. The front is given whole; where the words of other accounts would
  /// stand, what is found means nothing.
  package func read(
    _ stretch: UInt32, _ slots: ContiguousArray<Int> = Stretch.slots, of generation: Int,
    into copy: inout Stretch.Copy
  ) throws(JournalError) {
    do {
      copy.resize(0)
      let reader = reader
      let view = reader.view
      let key = source.about.generations[generation].key(stretch)
      guard let row = try view.get(source.tables.stretches, key) else { return }
      let front = 8 * (Stretch.front + 1)
      guard row.count > front, row.count % 8 == 0,
        KeptStretches.checksum(of: row.extracting(8..<front), under: key)
          == Little.load(UInt64.self, row, 0)
      else { throw damaged("stretch \(stretch)") }
      copy.resize(row.count / 8 - 1)
      let isSound = unsafe row.withUnsafeBytes { row in
        let row = unsafe UnsafeRawBufferPointer(rebasing: row[8...])
        return unsafe copy.room.withUnsafeMutableBytes { room in
          unsafe KeptStretches.copy(row, slots, to: room)
        }
      }
      if !isSound { throw damaged("stretch \(stretch)") }
    } catch { throw JournalError(error) }
  }

  /// The words of a stretch, those of all generations together; none when nothing of it is kept.
  package func whole(_ stretch: UInt32) throws(JournalError) -> ContiguousArray<UInt64> {
    var copies: [Stretch.Copy] = []
    for generation in 0..<count {
      var copy = Stretch.Copy()
      try read(stretch, of: generation, into: &copy)
      if copy.count > 0 { copies.append(copy) }
    }
    return KeptStretches.joined(copies, Span())
  }

  /// The words of copies of a stretch, and more of them behind, account by account: none of none.
  package static func joined(_ copies: [Stretch.Copy], _ more: Span<UInt64>)
    -> ContiguousArray<UInt64>
  {
    if copies.isEmpty, more.count == 0 { return [] }
    var joined = ContiguousArray<UInt64>(repeating: 0, count: Stretch.front)
    joined.reserveCapacity(copies.reduce(Stretch.front + more.count) { $0 + $1.count })
    func append(_ words: Span<UInt64>, _ slot: Int) {
      if words.count == 0 { return }
      let range = Stretch.begin(words, slot)..<Stretch.begin(words, slot + 1)
      unsafe words.extracting(range).withUnsafeBufferPointer {
        unsafe joined.append(contentsOf: $0)
      }
    }
    for slot in 0..<Stretch.width {
      joined[slot] = UInt64(joined.count)
      for copy in copies { append(copy.words, slot) }
      append(more, slot)
    }
    joined[Stretch.width] = UInt64(joined.count)
    return joined
  }

  // Copies front and accounts; false when a checksum does not fit.
  private static func copy(
    _ row: UnsafeRawBufferPointer, _ slots: ContiguousArray<Int>,
    to room: UnsafeMutableRawBufferPointer
  ) -> Bool {
    let front = 8 * Stretch.front
    unsafe UnsafeMutableRawBufferPointer(rebasing: room[..<front]).copyMemory(
      from: UnsafeRawBufferPointer(rebasing: row[..<front]))
    for slot in slots {
      let word = unsafe row.loadUnaligned(fromByteOffset: 8 * slot, as: UInt64.self)
      let end = unsafe row.loadUnaligned(fromByteOffset: 8 * slot + 8, as: UInt32.self)
      let range = 8 * Int(word & 0xFFFF_FFFF)..<max(8 * Int(word & 0xFFFF_FFFF), 8 * Int(end))
      if range.isEmpty { continue }
      guard range.upperBound <= row.count else { return false }
      let words = unsafe UnsafeRawBufferPointer(rebasing: row[range])
      guard unsafe crc32c(Span(_unsafeBytes: words)) == UInt32(word >> 32) else { return false }
      unsafe UnsafeMutableRawBufferPointer(rebasing: room[range]).copyMemory(from: words)
    }
    return true
  }
}
