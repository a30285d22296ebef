import LMDB
import LedgerTesting
import Proof
import Testing

@testable import Journaling
@testable import Ledger

@Suite struct `Verifying` {
  /// A ledger with events whose bodies follow their schema.
  private func ledger(_ count: Int) throws -> TemporaryLedger {
    let ledger = try TemporaryLedger()
    let journal = try ledger.open()
    let flagged = try #require(Register.event("account.flagged"))
    let body = try BodyCodec.encode(Array(#"{"flag":"vip","raised":true}"#.utf8), as: flagged)
    try journal.write { batch throws(JournalError) in
      for index in 0..<count {
        try batch.append(
          TemporaryLedger.draft("A\(index % 4)", type: flagged.code, body: body))
      }
    }
    _ = try journal.append(
      [TemporaryLedger.draft("A1", type: flagged.code, body: body)], key: CommandKey("k"))
    try journal.close()
    return ledger
  }

  /// What is found after rows were changed as someone would who also mends every checksum.
  private func found(
    in ledger: TemporaryLedger, after change: (inout WriteTransaction, Tables) throws -> Void
  ) throws -> [String] {
    do {
      let environment = try Environment(folder: ledger.path + "/log")
      let tables = try Tables(environment, create: false)
      var transaction = try environment.writing()
      try change(&transaction, tables)
      try transaction.commit()
    }
    var options = ledger.options
    options.ignoresOutsideHead = true
    return try Journal(ledger.path, options).verify().map(\.description)
  }

  /// A bundle with one byte of event `index` changed, and its checksum mended.
  private func forged(_ bundle: [UInt8], _ index: Int, _ place: Int) throws -> [UInt8] {
    var bytes = bundle
    let start = try Bundle(bundle.span).offset(index)
    bytes[start + place] ^= 1
    Little.set(crc32c(bytes.span.extracting(8..<bytes.count)), in: &bytes, at: 4)
    return bytes
  }

  private func bundle(_ number: UInt64, _ transaction: borrowing WriteTransaction, _ tables: Tables)
    throws -> [UInt8]
  {
    try row(tables.bundles, number, transaction)
  }

  private func row(_ table: Table, _ key: UInt64, _ transaction: borrowing WriteTransaction) throws
    -> [UInt8]
  {
    guard let bytes = try transaction.view.get(table, key) else { return [] }
    return Little.copy(bytes)
  }

  @Test func `finds nothing in a ledger that is as it was written`() throws {
    let ledger = try ledger(900)
    #expect(try ledger.open().verify().isEmpty)
    #expect(try TemporaryLedger().open().verify().isEmpty)
  }

  @Test func `finds an event that was changed with its checksum`() throws {
    let ledger = try ledger(900)
    let found = try found(in: ledger) { transaction, tables in
      let bytes = try forged(try bundle(1, transaction, tables), 17, 44)
      try transaction.put(tables.bundles, 1, bytes.span)
    }
    #expect(
      found == [
        "At 257: The events 257 to 512 do not hash to what level 1 of the tree says."
      ])
    // The quick check cannot see it.
    var options = ledger.options
    options.ignoresOutsideHead = true
    #expect(try Journal(ledger.path, options).check().isEmpty)
  }

  @Test func `finds by a checkpoint from outside what was changed with every hash`() throws {
    let ledger = try ledger(900)
    let before = try ledger.open().read { s throws(JournalError) in
      try s.checkpoint(origin: "example.com/book")
    }
    let found = try found(in: ledger) { transaction, tables in
      let bytes = try forged(try bundle(1, transaction, tables), 17, 44)
      try transaction.put(tables.bundles, 1, bytes.span)
    }
    #expect(!found.isEmpty)
    var options = ledger.options
    options.ignoresOutsideHead = true
    do { try Journal(ledger.path, options).rebuild() }
    let journal = try Journal(ledger.path, options)
    let inside = try journal.verify().map(\.description)
    #expect(
      inside == ["At 901: The root over the first 901 events is not that of the head outside."])
    let outside = try journal.verify(against: [("the checkpoint", before)]).map(\.description)
    #expect(
      outside.contains { $0.hasPrefix("The first 901 events are not those of the checkpoint") })
  }

  // Where the entries of the first account begin is said to be far behind them all.
  private static func damageRun(_ t: inout WriteTransaction, _ tables: Tables) throws {
    var pairs = AccountPairs(first: 1)
    for seq in 1...256 { pairs.append(1, Position(seq)) }
    var bytes = pairs.run(last: 256, withHouse: true)
    Little.set(UInt32(900_000), in: &bytes, at: 32 + 4)
    try t.put(tables.runs, 1, bytes.span, .replace)
  }

  @Test func `finds tiles, indexes, names and answers that are not those of the events`() throws {
    typealias Change = (inout WriteTransaction, Tables) throws -> Void
    let changes: [(Change, String)] = [
      ({ t, tables in try t.clear(tables.tiles) }, "At 1: The tree has no hash"),
      ({ t, tables in try t.put(tables.tiles, TileKey(1, 9), [1].span) }, "The tree has 2 tiles"),
      (
        { t, tables in try t.put(tables.names, [0, 65, 57].span, [9, 0, 0, 0].span) }, "Names and"
      ),
      (
        { t, tables in
          // Another id under a number that is taken, and a number to make up for it.
          try t.put(tables.names, [0, 65, 57].span, [3, 0, 0, 0].span)
          try t.put(tables.numbers, [0, 0, 0, 0, 9].span, [65, 57].span)
        }, "ids of kind account have a number, and events introduce 4"
      ),
      (
        { t, tables in
          var pairs = AccountPairs(first: 1)
          pairs.append(1, 2)
          try t.clear(tables.runs)
          try t.put(tables.runs, 1, pairs.run(last: 5000).span)
        }, "names events up to 5000, which are not there"
      ),
      (
        { t, tables in try t.put(tables.commands, Array("k".utf8).span, [1, 2].span) },
        "The answer to a command is damaged"
      ),
      (
        { t, tables in
          let row = CommandRow(digest: .init(repeating: 0, count: 32), first: 901, last: 901)
          let key = Array("twice".utf8)
          try t.put(tables.commands, key.span, row.bytes(under: key).span)
        }, "At 901: Two commands say"
      ),
      (
        { t, tables in
          let row = ImportRow(digest: .init(repeating: 7, count: 32), number: 3)
          try t.put(tables.imports, row.digest.span, row.bytes.span)
        }, "import number 3, which has no name"
      ),
    ]
    for (change, sentence) in changes + [(Self.damageRun, "damaged run; `arrears rebuild`")] {
      let found = try found(in: ledger(900), after: change)
      #expect(found.contains { $0.contains(sentence) }, "\(sentence): \(found)")
    }
  }

  @Test func `finds a body that its schema does not know, and a type that nobody knows`() throws {
    let ledger = try TemporaryLedger()
    let journal = try ledger.open()
    try journal.write { batch throws(JournalError) in
      try batch.append(TemporaryLedger.draft("A", type: 7, body: [0xA0]))
      try batch.append(TemporaryLedger.draft("A", type: 9999, body: [0xA0]))
    }
    let found = try journal.verify().map(\.description)
    #expect(found.count == 2)
    #expect(found[0].hasPrefix("At 1: Its body is no account.flagged: "))
    #expect(found[1].hasPrefix("At 2: It has type 9999 version 1"))
  }

  @Test func `with more findings than are shown keeps those of the first positions, of any kind`()
    throws
  {
    let ledger = try TemporaryLedger()
    do {
      let journal = try ledger.open()
      try journal.write { batch throws(JournalError) in
        for _ in 0..<1500 { try batch.append(TemporaryLedger.draft("A", type: 7, body: [0xA0])) }
      }
      try journal.close()
    }
    let found = try found(in: ledger) { transaction, tables in
      let bytes = try forged(try bundle(1, transaction, tables), 17, 44)
      try transaction.put(tables.bundles, 1, bytes.span)
    }
    #expect(found.count == Journal.findings + 1)
    #expect(found.first?.hasPrefix("At 1: Its body") == true)
    #expect(found.contains { $0.hasPrefix("At 257: The events 257 to 512 do not hash") })
    #expect(found.last?.hasPrefix("At 1000: ") == true)
  }

  @Test func `ends, and says so, when a damaged key puts the last event at the end of time`()
    throws
  {
    for (name, key) in [("tail", UInt64(1) << 62), ("tail", 1 << 40), ("bundles", 1 << 45)] {
      let found = try? found(in: ledger(900)) { transaction, tables in
        let table = name == "tail" ? tables.tail : tables.bundles
        let row = try row(table, name == "tail" ? 901 : 2, transaction)
        try transaction.put(table, key, row.span)
      }
      // Or it is refused when it is opened.
      #expect(found?.isEmpty != true, "\(name) \(key)")
    }
  }

  @Test func `a row of the tail that says that it is another event is damage to whoever reads it`()
    throws
  {
    let ledger = try ledger(900)
    let found = try found(in: ledger) { transaction, tables in
      var bytes = try row(tables.tail, 850, transaction)
      Little.set(UInt64(5), in: &bytes, at: 8)
      let end = bytes.count - 4
      Little.set(crc32c(bytes.span.extracting(0..<end)), in: &bytes, at: end)
      try transaction.put(tables.tail, 850, bytes.span)
    }
    #expect(!found.isEmpty)
    var options = ledger.options
    options.ignoresOutsideHead = true
    let snapshot = try Snapshot(Journal(ledger.path, options))
    #expect(throws: JournalError.self) { _ = try snapshot.housePositions(to: snapshot.head) }
  }
}
