import Glibc
import LedgerTesting
import Proof
import Testing

@testable import Journaling
@testable import Ledger

/// What was read of persons is vouched for by checkpoints as the events are.
@Suite struct `The access log` {
  private let keys = Keys()

  private func read(_ names: [String], _ ledger: TemporaryLedger) throws {
    let log = AccessLog(LedgerFolder(ledger.path))
    for name in names {
      try log.add(
        AccessLog.Entry(
          actor: name, role: "legal", verb: "trail", what: "account A1",
          moment: Moment(rawValue: 1_767_225_600_000_000)))
    }
  }

  @Test func `that was cut, changed or written anew after a checkpoint is found, and grown is not`()
    throws
  {
    let ledger = try TemporaryLedger.flags(3)
    defer { keys.remove() }
    let key = try CheckpointKey.create(keys.path, origin: "example.com/book")
    let none = try Checkpoint(key.sign(ledger.open(), run: never), signedBy: key.key)
    #expect(none.access == nil)
    try read(["asha", "ravi", "mira"], ledger)
    let point = try Checkpoint(key.sign(ledger.open(), run: never), signedBy: key.key)
    #expect(point.access?.lines == 3)
    try read(["tara"], ledger)
    func findings() throws -> [String] {
      try ledger.open().verify(against: [("the checkpoint", point)]).map(\.description)
    }
    #expect(try findings().isEmpty)
    let path = ledger.path + "/access/log"
    let whole = try #require(Files.read(path, limit: 1 << 20))
    let lines = AccessLines(whole)
    #expect(lines.first(4) == whole && lines.broken == nil)

    let changes: [(bytes: [UInt8]?, finding: String)] = [
      (
        lines.first(2),
        "The access log has 2 lines, and the checkpoint covers 3: it was cut."
      ),
      ([], "The access log has 0 lines, and the checkpoint covers 3: it was cut."),
      (
        Array(String(decoding: whole, as: UTF8.self).replacing("ravi", with: "rani").utf8),
        "Line 2 of the access log is not as it was written."
      ),
      // What stands between text and digest, and between lines, is of the log too.
      (
        Array(String(decoding: whole, as: UTF8.self).replacing("hash", with: "HASH").utf8),
        "Line 1 of the access log is not as it was written."
      ),
      (
        lines.first(2) + [10] + whole[lines.first(2).count...],
        "Line 3 of the access log is not as it was written."
      ),
      (
        nil,
        "The first 3 lines of the access log are not those of the checkpoint: it was written anew."
      ),
    ]
    for (bytes, finding) in changes {
      if let bytes {
        try Files.replace(path, bytes)
      } else {
        TemporaryLedger.remove(path)
        try read(["asha", "mira", "tara", "ravi"], ledger)
      }
      #expect(try findings() == [finding])
      #expect(throws: JournalError.self) { _ = try key.sign(ledger.open(), run: never) }
    }
    try Files.replace(path, whole)
    #expect(try findings().isEmpty)
    let again = try Checkpoint(key.sign(ledger.open(), run: never), signedBy: key.key)
    #expect(again.access?.lines == 4)
  }

  @Test func `goes along with a backup, a shipped folder and what is restored of it`() throws {
    let ledger = try TemporaryLedger.flags(3)
    let (tiles, copy) = (TileFolder(ledger.path + "-tiles"), ledger.path + "-copy")
    let back = ledger.path + "-back"
    defer { for path in [keys.folder, tiles.path, copy, back] { TemporaryLedger.remove(path) } }
    let key = try CheckpointKey.create(keys.path, origin: "example.com/book")
    try read(["asha", "ravi"], ledger)
    let journal = try ledger.open()
    let note = try key.sign(journal, run: never)
    let signed = try #require(Files.read(ledger.path + "/access/log", limit: 1 << 20))
    try read(["mira"], ledger)
    _ = try tiles.ship(journal, note)
    _ = try journal.backup(to: copy)
    func log(_ folder: String) -> [UInt8]? { Files.read(folder + "/access/log", limit: 1 << 20) }
    #expect(log(copy) == log(ledger.path))
    #expect(Files.read(tiles.path + "/access", limit: 1 << 20) == signed)
    var said = try secondOpinion(["tiles", tiles.path, "--key", key.key.text])
    #expect(said.isGood && said.text.contains("access log whole up to line 2"), "\(said)")
    let restored = try Journal.create(back, tiles.identity(), ledger.options)
    _ = try tiles.restore(into: restored, key: key.key)
    #expect(log(back) == signed)
    try restored.close()

    TemporaryLedger.remove(back)
    for cut in [signed.count / 2, signed.count - 70] {
      try Files.replace(tiles.path + "/access", Array(signed[..<cut]))
      said = try secondOpinion(["tiles", tiles.path, "--key", key.key.text])
      #expect(!said.isGood && said.text.contains("access log has"), "\(said)")
      let journal = try Journal.create(back + "\(cut)", tiles.identity(), ledger.options)
      defer { TemporaryLedger.remove(back + "\(cut)") }
      #expect(throws: JournalError.self) { _ = try tiles.restore(into: journal, key: key.key) }
    }
    var bytes = signed
    bytes[20] ^= 1
    try Files.replace(tiles.path + "/access", bytes)
    said = try secondOpinion(["tiles", tiles.path, "--key", key.key.text])
    #expect(!said.isGood && said.text.contains("line 1 of the access log"), "\(said)")
  }

  @Test func `goes on behind its last whole line after a power cut`() throws {
    let ledger = try TemporaryLedger.flags(3)
    defer { keys.remove() }
    try read(["asha"], ledger)
    let path = ledger.path + "/access/log"
    let one = try #require(Files.read(path, limit: 1 << 20))
    try Files.replace(path, one + Array("{\"n\":2,\"at\":\"20".utf8))
    let log = AccessLog(LedgerFolder(ledger.path))
    #expect(try log.lines().broken == nil && log.lines().lines.count == 1)
    try read(["ravi"], ledger)
    #expect(try log.lines().broken == nil && log.lines().lines.count == 2)
  }

  @Test func `that was made a pipe is no log, and nobody waits at it`() throws {
    let ledger = try TemporaryLedger.flags(3)
    defer { keys.remove() }
    try read(["asha"], ledger)
    let path = ledger.path + "/access/log"
    TemporaryLedger.remove(path)
    try #require(unsafe mkfifo(path, 0o600) == 0)
    let refused = #expect(throws: JournalError.self) { _ = try ledger.open().verify() }
    #expect(refused?.description.contains(path) == true)
    #expect(throws: JournalError.self) { try read(["ravi"], ledger) }
  }
}
