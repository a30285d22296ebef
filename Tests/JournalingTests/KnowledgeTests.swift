import Journaling
import Ledger
import LedgerTesting
import Testing

@Suite struct `What was known when` {
  @Test func `is a prefix of the log, found by the moment of recording`() throws {
    let ledger = try TemporaryLedger()
    let journal = try ledger.open()
    let start: Int64 = 1_800_000_000_000_000
    for index in 0..<40 {
      ledger.turn(to: Moment(rawValue: start + Int64(index) * 1_000_000))
      let drafts = (0..<17).map { _ in TemporaryLedger.draft("A") }
      _ = try journal.append(drafts)
    }
    try journal.read { snapshot throws(JournalError) in
      let before = try snapshot.position(knownAt: Moment(rawValue: start))
      #expect(before == 0)
      let middle = try snapshot.position(knownAt: Moment(rawValue: start + 20_000_000))
      #expect(middle == 340)
      let end = try snapshot.position(knownAt: Moment(rawValue: .max))
      #expect(end == 680)
    }
  }

  @Test func `never runs backwards when the clock does`() throws {
    let ledger = try TemporaryLedger()
    let journal = try ledger.open()
    ledger.turn(to: Moment(rawValue: 1_900_000_000_000_000))
    _ = try journal.append([TemporaryLedger.draft("A")])
    ledger.turn(to: Moment(rawValue: 1_800_000_000_000_000))
    _ = try journal.append([TemporaryLedger.draft("A")])
    try journal.read { snapshot throws(JournalError) in
      let first = try snapshot.recorded(at: 1)
      let second = try snapshot.recorded(at: 2)
      #expect(first == second)
    }
    var draft = TemporaryLedger.draft("A")
    draft.recorded = Moment(rawValue: 1_700_000_000_000_000)
    #expect(throws: JournalError.self) { try journal.append([draft]) }
  }

  @Test func `stays the same in a snapshot while others append`() throws {
    let ledger = try TemporaryLedger()
    let journal = try ledger.open()
    for _ in 0..<300 { _ = try journal.append([TemporaryLedger.draft("A")]) }
    try journal.read { snapshot throws(JournalError) in
      for _ in 0..<300 { _ = try journal.append([TemporaryLedger.draft("A")]) }
      let number = try snapshot.number(.account, "A") ?? 0
      let trail = try snapshot.positions(of: number)
      #expect(trail.count == 300)
      let beyond = try snapshot.recorded(at: 301)
      #expect(beyond == nil)
      var last: Position = 0
      try snapshot.bundles { bundle throws(JournalError) in
        last = bundle.first + Position(bundle.count) - 1
      }
      #expect(last >= 300)
    }
  }
}

@Suite struct `Ids of events` {
  @Test func `given and derived lead back to their events`() throws {
    let ledger = try TemporaryLedger()
    let journal = try ledger.open()
    let digest = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
    var drafts: [Draft] = []
    for line in 1...5 {
      for ordinal in 0..<2 {
        var draft = TemporaryLedger.draft("A\(line)")
        draft.source = Source(
          kind: "import", importID: digest, line: UInt64(line), ordinal: UInt64(ordinal))
        drafts.append(draft)
      }
    }
    drafts.append(TemporaryLedger.draft("A1", id: "0190e2b4-6c1a-7000-8000-0123456789ab"))
    drafts.append(TemporaryLedger.draft("A2", id: "mine"))
    _ = try journal.append(drafts)
    try journal.read { snapshot throws(JournalError) in
      for (id, position) in [
        ("0011223344556677-3", Position(5)), ("0011223344556677-3.1", 6),
        ("0190e2b4-6c1a-7000-8000-0123456789ab", 11), ("mine", 12),
      ] {
        let found = try snapshot.position(ofEvent: id)
        #expect(found == position)
        try snapshot.event(at: position) { event throws(JournalError) in
          let back = try snapshot.eventID(of: event)
          #expect(back == id)
        }
      }
      let none = try snapshot.position(ofEvent: "0011223344556677-9")
      #expect(none == nil)
    }
    #expect(throws: JournalError.duplicate(id: "mine", at: 12)) {
      try journal.append([TemporaryLedger.draft("A2", id: "mine")])
    }
  }

  @Test func `let a reversal stand in the trail of what it reverses`() throws {
    let ledger = try TemporaryLedger()
    let journal = try ledger.open()
    _ = try journal.append([TemporaryLedger.draft("A1", id: "paid")])
    var draft = TemporaryLedger.draft("ignored", type: 9)
    draft.subject = Reference(kind: "event", id: "paid")
    draft.target = "paid"
    _ = try journal.append([draft])
    try journal.read { snapshot throws(JournalError) in
      let number = try snapshot.number(.account, "A1") ?? 0
      let trail = try snapshot.positions(of: number)
      #expect(trail == [1, 2])
      try snapshot.event(at: 2) { event throws(JournalError) in
        #expect(event.header.previous == 1)
        let target = try? Envelope(reading: event.envelope).target
        #expect(target == 1)
      }
    }
  }

  @Test func `an import remembers how far it came`() throws {
    let ledger = try TemporaryLedger()
    let digest = [UInt8](repeating: 7, count: 32)
    do {
      let journal = try ledger.open()
      try journal.write { batch throws(JournalError) in
        var row = ImportRow(digest: digest, number: try batch.number(.import, "import 1"))
        row.first = try batch.append(TemporaryLedger.draft("A"))
        row.last = row.first
        row.progress = 1
        try batch.put(row)
        try batch.checkpoint()
        row.progress = 2
        try batch.put(row)
        throw .invalid("interrupted")
      }
    } catch { #expect("\(error)" == "interrupted") }
    let row = try ledger.open().read { snapshot throws(JournalError) in
      try snapshot.importRow(digest)
    }
    #expect(row?.progress == 1)
    #expect(row?.isComplete == false)
  }
}
