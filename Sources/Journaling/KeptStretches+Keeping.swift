internal import Glibc
internal import LMDB
package import Ledger

extension KeptStretches {
  /// What the rows are of: u32 magic `ARF3`, u32 form, u32 CRC32C of the rest, u32 count; then 16
  /// bytes a generation; then the ledger's id.
  struct About: Equatable, Sendable {
    var form: UInt32
    var generations: [Generation]
    var ledger: String

    /// The last position that is covered.
    var last: Position { generations.last?.last ?? 0 }

    private static let magic: UInt32 = 0x3346_5241
  }

  /// What was kept at one time: u64 last position, u32 CRC32C of its event, u32 number.
  struct Generation: Equatable, Sendable {
    var last: Position
    var crc: UInt32
    var number: UInt32

    /// Where a stretch of it stands.
    func key(_ stretch: UInt32) -> UInt64 { UInt64(number) << 32 | UInt64(stretch) }
  }
}

extension KeptStretches.About {
  init?(_ row: Span<UInt8>?) {
    guard let row, row.count > 16, Little.load(UInt32.self, row, 0) == Self.magic,
      crc32c(row.extracting(12..<row.count)) == Little.load(UInt32.self, row, 8)
    else { return nil }
    form = Little.load(UInt32.self, row, 4)
    let count = Int(Little.load(UInt32.self, row, 12))
    guard row.count >= 16 + 16 * count else { return nil }
    generations = (0..<count).map { index in
      let at = 16 + 16 * index
      return KeptStretches.Generation(
        last: Little.load(UInt64.self, row, at), crc: Little.load(UInt32.self, row, at + 8),
        number: Little.load(UInt32.self, row, at + 12))
    }
    ledger = String(
      decoding: Little.copy(row.extracting(16 + 16 * count..<row.count)), as: UTF8.self)
  }

  fileprivate var row: [UInt8] {
    var row: [UInt8] = []
    for word in [Self.magic, form, 0, UInt32(generations.count)] { Little.append(word, to: &row) }
    for generation in generations {
      Little.append(generation.last, to: &row)
      Little.append(generation.crc, to: &row)
      Little.append(generation.number, to: &row)
    }
    row += Array(ledger.utf8)
    Little.set(crc32c(row.span.extracting(12..<row.count)), in: &row, at: 8)
    return row
  }
}

// MARK: - Keeping

extension KeptStretches {
  /// A generation being kept. Nothing of it is seen before `finish`; an error leaves nothing behind
  /// but room in the file.
  package final class Making {
    private let environment: Environment
    private let tables: Places
    private let lock: FolderLock
    private let kept: KeptStretches?
    // Generations that stay, and the one that is made; those between them it takes in.
    private var about: About
    private let number: UInt32
    private var transaction: WriteTransaction?
    private var unwritten = 0
    private var (copy, row): (Stretch.Copy, [UInt8]) = (Stretch.Copy(), [])

    /// Begins to keep what came behind `kept` up to a position, or everything up to it; nil when
    /// that is too little to be worth while, when the folder cannot be written, or when another
    /// process keeps something in it or has done so.
    package init?(
      _ folder: String, behind kept: KeptStretches?, form: UInt32, _ use: KeptFacts.Use,
      upTo last: Position
    ) {
      guard last >= (kept.map { $0.last + use.step } ?? use.least) else { return nil }
      self.kept = kept
      about = kept?.source.about ?? About(form: form, generations: [], ledger: "")
      if kept == nil {
        _ = unsafe mkdir(Files.parent(folder), 0o755)
        _ = unsafe mkdir(folder, 0o755)
      }
      guard let lock = FolderLock(folder) else { return nil }
      self.lock = lock
      do {
        if let kept {
          (environment, tables) = (kept.source.environment, kept.source.tables)
        } else {
          environment = try Making.environment(folder)
          tables = try Places(environment, create: true)
        }
        var writing = try environment.writing()
        if kept == nil {
          for table in [tables.about, tables.stretches, tables.texts] { try writing.clear(table) }
        }
        number = try Making.free(in: writing.view, tables, about)
        try writing.commit()
      } catch { return nil }
      absorb(upTo: last)
    }

    // Before the lock is given back.
    deinit { transaction = nil }

    // A file that LMDB does not read any more is made anew, and so is one that it should not.
    private static func environment(_ folder: String) throws(LMDBError) -> Environment {
      var options = Environment.Options()
      options.create = true
      options.examines = true
      do { return try Environment(folder: folder, options: options) } catch {
        guard error.isDamage else { throw error }
        for name in ["/data.mdb", "/lock.mdb"] { _ = unsafe unlink(folder + name) }
        return try Environment(folder: folder, options: options)
      }
    }

    // A number above every one that was given, also by those who did not finish. Throws when what
    // is kept is not what was read.
    private static func free(in view: View, _ tables: Places, _ about: About) throws(LMDBError)
      -> UInt32
    {
      let found = About(try view.get(tables.about, 0))
      guard found == (about.generations.isEmpty ? nil : about) else { throw .keyExists }
      var rows = try view.cursor(tables.stretches)
      let last = try rows.last() ? UInt32(rows.number >> 32) : 0
      return max(last, about.generations.last?.number ?? 0) + 1
    }

    // Takes the generations before it in that have no more events than have come since.
    private func absorb(upTo last: Position) {
      while let end = about.generations.last {
        let before = about.generations.dropLast().last?.last ?? 0
        guard end.last - before <= last - end.last else { return }
        about.generations.removeLast()
      }
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

    /// Keeps what came of a stretch; stretches come in ascending order.
    package func add(_ stretch: UInt32, _ words: Span<UInt64>) throws(JournalError) {
      do { try keep(words, of: stretch) } catch { throw JournalError(error) }
    }

    private func keep(_ words: Span<UInt64>, of stretch: UInt32) throws {
      var older: [Stretch.Copy] = []
      for generation in about.generations.count..<(kept?.count ?? 0) {
        try kept?.read(stretch, of: generation, into: &copy)
        if copy.count > 0 { older.append(copy) }
      }
      let joined = KeptStretches.joined(older, words)
      if joined.isEmpty { return }
      row.removeAll(keepingCapacity: true)
      row.append(contentsOf: repeatElement(0, count: 8))
      unsafe joined.withUnsafeBytes { unsafe self.row.append(contentsOf: $0) }
      for slot in 0..<Stretch.width {
        let range = 8 * Int(joined[slot]) + 8..<8 * Int(joined[slot + 1]) + 8
        Little.set(Making.crc(row, range), in: &row, at: 8 * slot + 12)
      }
      let key = Generation(last: 0, crc: 0, number: number).key(stretch)
      Little.set(Making.checksum(row, 8..<8 * (Stretch.front + 1), under: key), in: &row, at: 0)
      let row = row
      try put(tables.stretches, key, row.span)
    }

    private static func crc(_ row: [UInt8], _ range: Range<Int>) -> UInt32 {
      crc32c(row.span.extracting(range))
    }

    private static func checksum(_ row: [UInt8], _ range: Range<Int>, under key: UInt64) -> UInt64 {
      KeptStretches.checksum(of: row.span.extracting(range), under: key)
    }

    /// Makes it seen: what the log says up to `last`, with the texts behind it. Gives what is kept
    /// now.
    @discardableResult
    package func finish(
      upTo last: Position, crc: UInt32, _ id: String, _ texts: Interned = Interned()
    ) throws -> Source {
      try keep(texts, after: kept == nil ? 1 : try kept?.texts().count ?? 1)
      about.generations.append(Generation(last: last, crc: crc, number: number))
      about.ledger = id
      let gone = try forgotten()
      if transaction == nil { transaction = try environment.writing() }
      try transaction!.put(tables.about, 0, about.row.span)
      for key in gone { try transaction!.remove(tables.stretches, key) }
      try commit()
      return Source(about: about, environment: environment, tables: tables)
    }

    // Texts from a number on, in rows of a few kilobytes behind those that are there.
    private func keep(_ texts: Interned, after first: Int) throws(LMDBError) {
      var key: UInt64 = 0
      do {
        let reader = Reader(try environment.reading())
        var rows = try reader.view.cursor(tables.texts)
        if try rows.last() { key = rows.number + 1 }
      }
      var row: [UInt8] = []
      for number in first..<max(first, texts.count) {
        if row.isEmpty { Little.append(UInt32(0), to: &row) }
        let text = Array(texts[UInt32(number)].utf8)
        row.append(texts.isShared(UInt32(number)) ? 1 : 0)
        Little.append(UInt32(text.count), to: &row)
        row += text
        guard row.count > 1 << 16 || number == texts.count - 1 else { continue }
        let sum = Making.checksum(row, 4..<row.count, under: key)
        Little.set(UInt32(truncatingIfNeeded: sum), in: &row, at: 0)
        try put(tables.texts, key, row.span)
        key += 1
        row.removeAll(keepingCapacity: true)
      }
    }

    // Rows of generations that were taken in, or never finished.
    private func forgotten() throws(LMDBError) -> [UInt64] {
      let numbers = Set(about.generations.map(\.number))
      let reader = Reader(try environment.reading())
      var rows = try reader.view.cursor(tables.stretches)
      var keys: [UInt64] = []
      while try rows.next() {
        if !numbers.contains(UInt32(rows.number >> 32)) { keys.append(rows.number) }
      }
      return keys
    }
  }
}

/// The right to keep something in a folder, which one at a time has among all processes; it is
/// given back when it goes.
struct FolderLock: ~Copyable {
  private let file: Int32

  /// Takes it; nil when the folder cannot be opened, or another has it.
  init?(_ folder: String) {
    // A value that has all its parts would close its file when it is given up.
    let file = unsafe Glibc.open(folder, O_RDONLY | O_CLOEXEC)
    if file < 0 { return nil }
    guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
      close(file)
      return nil
    }
    self.file = file
  }

  deinit { close(file) }
}
