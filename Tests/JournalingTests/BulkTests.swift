import Journaling
import Ledger
import LedgerTesting
import Testing

/// Appends `count` events by the fast path, over `accounts` accounts in turn, a checkpoint every
/// 8,190.
func appendInBulk(_ journal: Journal, _ count: Int, accounts: Int) throws(JournalError) {
  let body = [UInt8](repeating: 7, count: 20)
  let none: [UInt8] = []
  try journal.write { batch throws(JournalError) in
    for index in 0..<count {
      var header = Header()
      header.type = UInt16(1 + index % 7)
      header.amount = Int64(index)
      header.account = try batch.number(.account, "B\(index % accounts)")
      try batch.append(header, envelope: none.span, body: body.span)
      if (index + 1) % 8190 == 0 { try batch.checkpoint() }
    }
  }
}

@Suite struct `A bulk write` {
  @Test func `goes into whole bundles, and singles after it go on without a seam`() throws {
    let ledger = try TemporaryLedger()
    do {
      let journal = try ledger.open()
      _ = try journal.append([TemporaryLedger.draft("B3"), TemporaryLedger.draft("B4")])
      try appendInBulk(journal, 20_000, accounts: 10)
      _ = try journal.append([TemporaryLedger.draft("B3")])
      try journal.close()
    }
    let journal = try ledger.open()
    for _ in 0..<300 { _ = try journal.append([TemporaryLedger.draft("B3")]) }
    try journal.read { snapshot throws(JournalError) in
      let number = try snapshot.number(.account, "B3") ?? 0
      var expected: [Position] = [1]
      expected += stride(from: 6, through: 20_002, by: 10).map { Position($0) }
      expected += Array(20_003...20_303)
      let found = try snapshot.positions(of: number)
      #expect(found == expected)
    }
    let damage = try journal.check()
    #expect(damage.isEmpty, "\(damage.first?.description ?? "")")
  }

  @Test func `over the size of a run keeps few runs and complete trails`() throws {
    let ledger = try TemporaryLedger()
    let journal = try ledger.open()
    for _ in 0..<5 { try appendInBulk(journal, 60_000, accounts: 100) }
    try journal.read { snapshot throws(JournalError) in
      for name in ["B0", "B57", "B99"] {
        let number = try snapshot.number(.account, name) ?? 0
        let count = try snapshot.positions(of: number).count
        #expect(count == 3_000)
        var previous: Position = 0
        try snapshot.trail(of: number) { event throws(JournalError) in
          #expect(event.header.previous == previous)
          previous = event.header.seq
        }
      }
    }
    let damage = try journal.check()
    #expect(damage.isEmpty, "\(damage.first?.description ?? "")")
  }
}
