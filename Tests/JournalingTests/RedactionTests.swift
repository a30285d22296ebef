import Foundation
import LMDB
import LedgerTesting
import Proof
import Testing

@testable import Journaling
@testable import Ledger

/// The content of one entry is destroyed, and everything else stays.
@Suite struct `A redacted entry` {
  private let keys = Keys()

  /// Files of a folder in which some words stand.
  private func files(_ folder: String, with words: String) throws -> [String] {
    let all = try FileManager.default.subpathsOfDirectory(atPath: folder)
    return all.filter {
      FileManager.default.contents(atPath: folder + "/" + $0)?.range(of: Data(words.utf8)) != nil
    }
  }

  private func damage(_ ledger: TemporaryLedger) throws -> [String] {
    var options = ledger.options
    options.examinesPages = true
    return try Journal(ledger.path, options).verify().map(\.description)
  }

  @Test func `in a bundle or in the tail leaves every proof as it was, and no file its words`()
    throws
  {
    let ledger = try TemporaryLedger.flags(600)
    defer { keys.remove() }
    let key = try CheckpointKey.create(keys.path, origin: "example.com/book")
    let before = try key.sign(ledger.open(), run: never)
    let old = try Checkpoint(text: before.text)
    let gone: [Position] = [40, 590, 600]
    let proofs = try ledger.open().read { (s) throws(JournalError) in
      try gone.map { seq throws(JournalError) in try s.proof(of: seq, under: before) }
    }
    for seq in gone {
      #expect(try files(ledger.path, with: TemporaryLedger.words(Int(seq))) == ["log/data.mdb"])
      try ledger.redact(seq, key: key)
      #expect(try files(ledger.path, with: TemporaryLedger.words(Int(seq))).isEmpty)
    }
    #expect(try files(ledger.path, with: TemporaryLedger.words(41)) == ["log/data.mdb"])
    #expect(try damage(ledger).isEmpty)
    let journal = try ledger.open()
    #expect(try journal.verify(against: [("the first", old)], key: key.key).isEmpty)
    try journal.read { (s) throws(JournalError) in
      for (seq, proof) in zip(gone, proofs) {
        let again = try s.proof(of: seq, under: before)
        #expect(again.path == proof.path)
        let leaf = EventView(again.extra.span).leaf
        #expect(leaf == .leaf(proof.extra.span))
        #expect(
          TreeProof.isIncluded(leaf, at: seq - 1, in: old.root, size: 600, path: again.path))
        #expect(
          EventView(again.extra.span).header.amount == EventView(proof.extra.span).header.amount)
      }
    }
    // The checkpoint of before does not cover the acts that vouch for what is left.
    #expect(throws: JournalError.self) {
      _ = try journal.read { (s) throws(JournalError) in try s.proof(ofTrail: "A0", under: before) }
    }
    let after = try key.sign(journal, run: never)
    let trail = try journal.read { (s) throws(JournalError) in
      try s.proof(ofTrail: "A0", under: after)
    }
    #expect(trail.acts.map(\.seq) == [601, 603])
    #expect(trail.entries.count == 150)
    let mark = Files.read(ledger.path + "/ARREARS", limit: 100) ?? []
    #expect(String(decoding: mark, as: UTF8.self) == "Arrears ledger, format 3\n")
  }

  @Test func `is the same in a backup, a folder shipped before and after, and what is restored`()
    throws
  {
    let ledger = try TemporaryLedger.flags(300)
    let (tiles, copy) = (TileFolder(ledger.path + "-tiles"), ledger.path + "-copy")
    let back = ledger.path + "-back"
    defer { for path in [tiles.path, copy, back, keys.folder] { TemporaryLedger.remove(path) } }
    let key = try CheckpointKey.create(keys.path, origin: "example.com/book")
    func ship() throws {
      let journal = try ledger.open()
      _ = try tiles.ship(journal, key.sign(journal, run: never))
    }
    try ship()
    for seq in [7, 299] as [Position] { try ledger.redact(seq, key: key) }
    #expect(try files(tiles.path, with: TemporaryLedger.words(7)) == ["tile/entries/000"])
    #expect(try files(tiles.path, with: TemporaryLedger.words(299)) == ["tile/entries/001.p/44"])
    try ship()
    _ = try ledger.open().backup(to: copy)
    let restored = try Journal.create(back, tiles.identity(), ledger.options)
    _ = try tiles.restore(into: restored, key: key.key)
    try restored.close()
    #expect(try restored.verify().isEmpty)
    // Its checkpoint came along: the key would sign nothing over an act that it did not sign.
    let refused = #expect(throws: JournalError.self) { try ledger.redact(8, in: restored) }
    #expect(refused?.description.contains("so must be what is redacted; give --key FILE") == true)
    for path in [tiles.path, copy, back] {
      for seq in [7, 299] {
        #expect(try files(path, with: TemporaryLedger.words(seq)).isEmpty, "\(path)")
      }
      #expect(try !files(path, with: TemporaryLedger.words(8)).isEmpty)
    }
    for path in [copy, back] {
      #expect(
        String(decoding: Files.read(path + "/ARREARS", limit: 99) ?? [], as: UTF8.self)
          .hasSuffix("format 3\n"))
    }
    let salvage = try Salvage(copy)
    #expect(salvage.whole == 302 && salvage.conflicts.isEmpty)
  }

  @Test func `that a reader keeps from being overwritten is so by the next opening`() throws {
    let ledger = try TemporaryLedger.flags(300)
    defer { keys.remove() }
    do {
      let journal = try ledger.open()
      try journal.read { (snapshot) throws(JournalError) in
        _ = #expect(throws: JournalError.self) { try ledger.redact(20, in: journal) }
      }
      #expect(try files(ledger.path, with: TemporaryLedger.words(20)) == ["log/data.mdb"])
      // What its memory still holds is written nowhere.
      #expect(throws: JournalError.self) { _ = try journal.append([TemporaryLedger.draft("A1")]) }
    }
    let journal = try ledger.open()
    #expect(try files(ledger.path, with: TemporaryLedger.words(20)).isEmpty)
    _ = try journal.append([TemporaryLedger.draft("A1")])
    #expect(try journal.check().isEmpty)
    #expect(throws: JournalError.self) { try ledger.redact(20, in: journal) }
  }

  @Test func `without its act, or other than its act says, is found by verify`() throws {
    let ledger = try TemporaryLedger.flags(300)
    defer { keys.remove() }
    try ledger.redact(20)
    // Another day in what is left, which no hash of the tree would notice.
    func turn(_ bytes: [UInt8]) -> [UInt8] {
      var bytes = bytes
      bytes[56] ^= 1
      return bytes
    }
    try ledger.rewrite(20, turn)
    #expect(
      try damage(ledger)
        == ["At 20: What is left of it is not what the ledger.entry_redacted at 301 says."])
    try ledger.rewrite(20, turn)
    #expect(try damage(ledger).isEmpty)
    // One more is taken away, its hash kept, and nobody says so.
    let flagged = try #require(Register.event("account.flagged"))
    try ledger.rewrite(31) { bytes in
      let event = EventView(bytes.span)
      let leaf = event.leaf.bytes
      return try Redaction.remains(of: event, as: flagged, leaf: leaf, act: 301) ?? bytes
    }
    #expect(
      try damage(ledger)
        == ["At 31: Its content is gone, and no ledger.entry_redacted says so."])
  }
}
