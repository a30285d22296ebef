import LMDB
import LedgerTesting
import Testing

@testable import Journaling
@testable import Ledger

/// Words of stretches of accounts in a folder of `views`, whoever keeps them there.
@Suite struct `What is kept by stretches` {
  private let form: UInt32 = 7

  private func ledger() throws -> TemporaryLedger {
    let ledger = try TemporaryLedger()
    let flagged = try #require(Register.event("account.flagged"))
    let body = try BodyCodec.encode(Array(#"{"flag":"vip","raised":true}"#.utf8), as: flagged)
    try ledger.open().write { batch throws(JournalError) in
      for index in 0..<40 {
        try batch.append(TemporaryLedger.draft("A\(index % 4)", type: flagged.code, body: body))
      }
    }
    return ledger
  }

  // One word of the first account of a stretch.
  private func words(_ word: UInt64) -> ContiguousArray<UInt64> {
    var words = ContiguousArray(
      repeating: UInt64(Stretch.front + 1), count: Stretch.front)
    words[0] = UInt64(Stretch.front)
    words.append(word)
    return words
  }

  // Keeps the word 11 of stretch 0 and 12 of stretch 1, up to position 20, or more behind that.
  private func keep(
    _ folder: String, _ journal: Journal, _ snapshot: borrowing Snapshot,
    behind kept: KeptStretches? = nil, upTo last: Position = 20, _ values: [UInt64] = [11, 12]
  ) throws -> KeptStretches {
    let making = try #require(
      KeptStretches.Making(folder, behind: kept, form: form, .always, upTo: last))
    for (index, value) in values.enumerated() {
      try making.add(UInt32(index), words(value).span)
    }
    let crc = try KeptStretches.checksum(of: last, snapshot)
    let made = try making.finish(upTo: last, crc: crc ?? 0, journal.identity.id)
    return try #require(made.open())
  }

  @Test func `is opened by another thread only while it is what the first one found`() throws {
    let journal = try ledger().open()
    let snapshot = try Snapshot(journal)
    let first = try keep(journal.folder.column("some"), journal, snapshot)
    let other = try #require(first.source.open())
    #expect(try other.whole(1).last == 12)
    let later = try keep(
      first.folder, journal, snapshot, behind: first, upTo: 40, [21, 22])
    #expect(first.source.open() == nil)
    // Who had it open before goes on with what he found.
    #expect(try first.whole(1).last == 12 && other.whole(1).last == 12)
    #expect(try Array(later.whole(1).suffix(1)) == [22] && later.last == 40)
  }

  @Test func `a row under the key of another is damage, although its own checksum is sound`() throws
  {
    let journal = try ledger().open()
    let snapshot = try Snapshot(journal)
    let folder = journal.folder.column("some")
    do {
      let kept = try keep(folder, journal, snapshot)
      #expect(try kept.whole(0).last == 11)
    }
    do {
      let environment = try Environment(folder: folder)
      let table = try environment.tables([("stretches", .integers)], create: false)[0]
      var rows: [(key: UInt64, row: [UInt8])] = []
      do {
        let reader = Reader(try environment.reading())
        var cursor = try reader.view.cursor(table)
        while try cursor.next() { rows.append((cursor.number, Little.copy(cursor.value))) }
      }
      try #require(rows.count == 2)
      let (first, second) = (rows[0].row, rows[1].row)
      var transaction = try environment.writing()
      try transaction.put(table, rows[0].key, second.span, .replace)
      try transaction.put(table, rows[1].key, first.span, .replace)
      try transaction.commit()
    }
    let opened = KeptStretches.open(folder, form: form, journal, snapshot)
    let kept = try #require(opened)
    #expect(throws: JournalError.self) { try kept.whole(0) }
    #expect(kept.isDamaged)
  }

  @Test func `one at a time keeps something in a folder, and gives it back by going`() throws {
    let ledger = try ledger()
    let journal = try ledger.open()
    let snapshot = try Snapshot(journal)
    let folder = journal.folder.column("some")
    let kept = try keep(folder, journal, snapshot)
    do {
      let first = FolderLock(folder)
      #expect(!isFree(folder))
      let making = KeptStretches.Making(folder, behind: kept, form: form, .always, upTo: 40)
      #expect(making == nil)
      _ = consume first
    }
    #expect(isFree(folder) && !isFree(ledger.path + "/nowhere"))
    // What was begun and left holds nothing.
    _ = KeptStretches.Making(folder, behind: kept, form: form, .always, upTo: 40)
    #expect(isFree(folder))
  }

  private func isFree(_ folder: String) -> Bool {
    guard let lock = FolderLock(folder) else { return false }
    _ = consume lock
    return true
  }
}
