import Journaling
import Ledger
import LedgerTesting
import Testing

@Suite struct `Appending` {
  @Test func `gives gapless positions and finds the events again after reopening`() throws {
    let ledger = try TemporaryLedger()
    do {
      let journal = try ledger.open()
      for index in 1...600 {
        let receipt = try journal.append([TemporaryLedger.draft("A\(index % 7)")])
        #expect(receipt.first == UInt64(index))
      }
      try journal.close()
    }
    let journal = try ledger.open()
    try journal.read { snapshot throws(JournalError) in
      #expect(snapshot.head == 600)
      var next: Position = 1
      try snapshot.bundles { bundle throws(JournalError) in
        for index in 0..<bundle.count {
          #expect(bundle.header(index).seq == next)
          next += 1
        }
      }
      #expect(next == 601)
      let number = try snapshot.number(.account, "A3")
      var trail: [Position] = []
      try snapshot.trail(of: number ?? 0) { event throws(JournalError) in
        trail.append(event.header.seq)
      }
      let expected: [Position] = Array(stride(from: 3, through: 600, by: 7))
      #expect(trail == expected)
    }
  }

  @Test func `with the same key gives the first answer, with other drafts a conflict`() throws {
    let ledger = try TemporaryLedger()
    let journal = try ledger.open()
    let drafts = [TemporaryLedger.draft("A1"), TemporaryLedger.draft("A2")]
    let first = try journal.append(drafts, key: CommandKey("k"))
    #expect(!first.replayed)
    var again = try journal.append(drafts, key: CommandKey("k"))
    #expect(again.replayed)
    again.replayed = false
    #expect(again == first)
    #expect(throws: JournalError.conflict(key: "k", first: 1, last: 2)) {
      try journal.append([TemporaryLedger.draft("A9")], key: CommandKey("k"))
    }
    try journal.read { snapshot throws(JournalError) in
      #expect(snapshot.head == 2)
      let unknown = try snapshot.number(.account, "A9")
      #expect(unknown == nil)
    }
  }
}
