import Journaling
import Ledger
import LedgerTesting
import Testing

/// What the log must answer, kept in plain arrays.
private struct Model {
  struct Entry {
    var accounts: [String]
    var id: String?
    var body: [UInt8]

    static func random(_ index: Int, _ random: inout Seeded) -> Entry {
      let accounts = (0..<Int.random(in: 1...3, using: &random)).map { _ in
        "A\(Int.random(in: 0..<40, using: &random))"
      }
      let body = [UInt8](repeating: 1, count: Int.random(in: 1..<90, using: &random))
      return Entry(
        accounts: accounts, id: Bool.random(using: &random) ? "id-\(index)" : nil, body: body)
    }
  }
  var entries: [Entry] = []

  func trail(_ account: String) -> [Position] {
    entries.indices.filter { entries[$0].accounts.contains(account) }.map { Position($0 + 1) }
  }
}

private func compare(_ journal: Journal, _ model: Model) throws {
  try journal.read { snapshot throws(JournalError) in
    #expect(snapshot.head == Position(model.entries.count))
    var next = 0
    try snapshot.bundles { bundle throws(JournalError) in
      for index in 0..<bundle.count {
        let event = bundle.event(index)
        let body = event.body
        #expect(body.count == model.entries[next].body.count)
        #expect(event.header.seq == Position(next + 1))
        next += 1
      }
    }
    #expect(next == model.entries.count)
    for account in Set(model.entries.flatMap(\.accounts)).sorted().prefix(12) {
      let number = try snapshot.number(.account, account) ?? 0
      let found = try snapshot.positions(of: number)
      #expect(found == model.trail(account))
      let name = try snapshot.name(.account, number)
      #expect(name == account)
    }
    for (index, entry) in model.entries.enumerated().suffix(5) {
      guard let id = entry.id else { continue }
      let position = try snapshot.position(ofEvent: id)
      #expect(position == Position(index + 1))
    }
  }
}

/// Appends entries in one write; one that fails on purpose leaves nothing behind and gives false.
private func add(_ entries: [Model.Entry], to journal: Journal, fails: Bool) throws -> Bool {
  do throws(JournalError) {
    try journal.write { batch throws(JournalError) in
      for entry in entries {
        try batch.append(
          TemporaryLedger.draft(
            entry.accounts[0], id: entry.id, refs: Array(entry.accounts[1...]), body: entry.body))
      }
      if fails { throw .invalid("on purpose") }
    }
    return true
  } catch {
    #expect(error == .invalid("on purpose"))
    return false
  }
}

@Suite struct `A random history` {
  @Test func `reads back as plain arrays say, before and after rebuilding`() throws {
    let seed = UInt64.random(in: 0 ... .max)
    print("seed of the random history: \(seed)")
    var random = Seeded(state: seed)
    let ledger = try TemporaryLedger()
    var journal: Journal? = try ledger.open()
    var model = Model()
    for round in 0..<60 {
      let size = [1, 1, 3, 40, 300, 700][Int.random(in: 0..<6, using: &random)]
      let fails = Int.random(in: 0..<6, using: &random) == 0
      let entries = (0..<size).map { offset in
        Model.Entry.random(model.entries.count + offset, &random)
      }
      let kept = try add(entries, to: journal!, fails: fails)
      if kept { model.entries += entries }
      if round % 7 == 0 {
        try journal!.close()
        journal = nil
        journal = try ledger.open()
      }
      if round % 10 == 0 { try compare(journal!, model) }
    }
    try compare(journal!, model)
    let found = try journal!.check()
    #expect(found.isEmpty, "\(found.first?.description ?? "")")
    try journal!.rebuild()
    try compare(journal!, model)
    let again = try journal!.check()
    #expect(again.isEmpty, "\(again.first?.description ?? "")")
  }
}

/// SplitMix64, so that a printed seed repeats a run.
struct Seeded: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
