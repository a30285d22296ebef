import Glibc
import LMDB
import LedgerTesting
import Proof
import Testing

@testable import Journaling
@testable import Ledger

/// Ledgers as older programs left them, written here as they wrote them, and one of a program that
/// is still to come.
@Suite struct `A ledger of another version` {
  /// Flags on four accounts, and two policies of the house, which stand on no account.
  private func ledger() throws -> TemporaryLedger {
    let ledger = try TemporaryLedger()
    let journal = try ledger.open()
    let flagged = try #require(Register.event("account.flagged"))
    let body = try BodyCodec.encode(Array(#"{"flag":"vip","raised":true}"#.utf8), as: flagged)
    try journal.write { batch throws(JournalError) in
      for index in 0..<900 {
        try batch.append(TemporaryLedger.draft("A\(index % 4)", type: flagged.code, body: body))
        if index % 400 == 5 {
          var draft = TemporaryLedger.draft("H", type: flagged.code, body: body)
          draft.subject = Reference(kind: "unit", id: "house")
          try batch.append(draft)
        }
      }
    }
    try journal.close()
    return ledger
  }

  /// Writes the account index of all events as runs of `magic`, by the bytes of Format.md.
  private func index(_ ledger: TemporaryLedger, withHouse: Bool) throws -> [UInt8] {
    let environment = try Environment(folder: ledger.path + "/log")
    let tables = try Tables(environment, create: false)
    var pairs = AccountPairs(first: 1)
    var last: Position = 0
    do {
      let reader = Reader(try environment.reading())
      last = try reader.view.head(tables)
      try reader.view.scan(tables, from: 1, to: last) { event in
        pairs.append(event.header.account, event.header.seq)
      }
    }
    let run = pairs.run(last: last, withHouse: withHouse)
    var transaction = try environment.writing()
    try transaction.clear(tables.runs)
    try transaction.put(tables.runs, 1, run.span)
    try transaction.commit()
    return run
  }

  private func row(_ table: Table, _ environment: Environment) throws -> [UInt8] {
    let reading = try environment.reading()
    guard let row = try reading.view.get(table, 0) else { return [] }
    return Little.copy(row)
  }

  private func trails(_ journal: Journal) throws -> [[Position]] {
    try journal.read { s throws(JournalError) in
      var trails: [[Position]] = []
      for number in 1...4 as ClosedRange<UInt32> { trails.append(try s.positions(of: number)) }
      return trails
    }
  }

  @Test func `with an account index that starts with ARR1 reads, verifies and goes on`() throws {
    let ledger = try ledger()
    let before = try trails(ledger.open())
    let run = try index(ledger, withHouse: false)
    #expect(Array(run.prefix(4)) == Array("ARR1".utf8))
    #expect(try trails(ledger.open()) == before)
    #expect(try ledger.open().verify().isEmpty)
    // The house's own events stand in no such run; they are found all the same.
    let journal = try ledger.open()
    func house() throws -> [Position]? {
      try journal.read { s throws(JournalError) in try s.housePositions(to: s.head) }
    }
    #expect(try house() == nil)
    _ = try journal.append([TemporaryLedger.draft("A1", type: 7, body: [0xA0])])
    #expect(try trails(journal)[1].count == before[1].count + 1)
    // A rebuild leaves nothing of the old form.
    try journal.rebuild()
    #expect(try house() == [7, 408, 809])
    #expect(try trails(journal)[1].count == before[1].count + 1)
  }

  @Test func `with views of an older version makes them anew and answers the same`() throws {
    let ledger = try ledger()
    let day = try #require(Day("2026-01-31"))
    func aging(_ use: KeptFacts.Use) throws -> [String] {
      let journal = try ledger.open()
      return try journal.read { s throws(JournalError) in
        let question = Question(vantage: Vantage(asOf: day, knownAt: s.head))
        let book = Aging(by: .account, form: .bucketed, asOf: day)
        return try journal.answer(book, question, s, keeping: use).book.sheet(journal.naming).rows
          .map { $0.map(\.plain).joined(separator: ",") }
      }
    }
    let plain = try aging(.never)
    #expect(try aging(.always) == plain)
    // As an older program left it: another form, and rows that mean something else now.
    for form in [Stretch.version - 1, Stretch.version + 1] {
      do {
        let environment = try Environment(folder: ledger.path + "/views/facts")
        let tables = try environment.tables(
          [("about", .integers), ("stretches", .integers)], create: false)
        var about = try row(tables[0], environment)
        var transaction = try environment.writing()
        Little.set(form, in: &about, at: 4)
        try transaction.put(tables[0], 0, about.span)
        try transaction.put(tables[1], 0, [1, 2, 3].span)
        try transaction.commit()
      }
      #expect(try aging(.whenWorthwhile) == plain)
      #expect(try ledger.open().verify().isEmpty)
      #expect(try aging(.always) == plain)
      #expect(try ledger.open().verify().isEmpty)
    }
  }

  @Test func `with views that were changed and mended is found out by verify`() throws {
    let ledger = try ledger()
    let day = try #require(Day("2026-01-31"))
    do {
      let journal = try ledger.open()
      try journal.read { s throws(JournalError) in
        let question = Question(vantage: Vantage(asOf: day, knownAt: s.head))
        _ = try journal.answer(
          Aging(by: .account, form: .bucketed, asOf: day), question, s, keeping: .always)
      }
    }
    #expect(try ledger.open().verify().isEmpty)
    do {
      let environment = try Environment(folder: ledger.path + "/views/facts")
      let tables = try environment.tables([("stretches", .integers)], create: false)
      var (key, row): (UInt64, [UInt8]) = (0, [])
      do {
        let reader = Reader(try environment.reading())
        var rows = try reader.view.cursor(tables[0])
        #expect(try rows.next())
        (key, row) = (rows.number, Little.copy(rows.value))
      }
      // The sum of the first fact of the first account; then both checksums are mended.
      let begin = 8 + 8 * Int(Little.load(UInt32.self, row.span, 16))
      let end = 8 + 8 * Int(Little.load(UInt32.self, row.span, 24))
      row[begin + 8 * 3] ^= 1
      Little.set(crc32c(row.span.extracting(begin..<end)), in: &row, at: 20)
      let sum = KeptStretches.checksum(
        of: row.span.extracting(8..<8 + 8 * Stretch.front), under: key)
      Little.set(sum, in: &row, at: 0)
      var transaction = try environment.writing()
      try transaction.put(tables[0], key, row.span, .replace)
      try transaction.commit()
    }
    let found = try ledger.open().verify().map(\.description)
    #expect(found.count == 1 && found[0].contains("views/facts is not what the events say"))
  }

  @Test func `that is newer is refused by every verb, and nothing is touched`() throws {
    let ledger = try ledger()
    unsafe unlink(ledger.path + "/ARREARS")
    try Files.create(ledger.path + "/ARREARS", Array("Arrears ledger, format 4\n".utf8))
    let before = contents(ledger.path + "/log/data.mdb")
    for readOnly in [true, false] {
      var options = ledger.options
      options.readOnly = readOnly
      options.ignoresOutsideHead = readOnly
      #expect(throws: JournalError.newerFormat(ledger.path, 4)) {
        _ = try Journal(ledger.path, options)
      }
    }
    #expect(contents(ledger.path + "/log/data.mdb") == before)
    #expect("\(JournalError.newerFormat("book", 3))".contains("use the newer version"))
  }
}
