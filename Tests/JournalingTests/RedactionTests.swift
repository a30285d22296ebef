import Foundation
import LMDB
import LedgerTesting
import Proof
import Testing

@testable import Journaling
@testable import Ledger

/// The content of one entry is destroyed, and everything else stays.
@Suite struct `A redacted entry` {
  private static func words(_ seq: Int) -> String { "the unlawful words of number \(seq), in full" }

  /// Flags on four accounts, each with words of its own.
  private func ledger(_ count: Int) throws -> TemporaryLedger {
    let ledger = try TemporaryLedger()
    let journal = try ledger.open()
    let flagged = try #require(Register.event("account.flagged"))
    try journal.write { batch throws(JournalError) in
      for seq in 1...count {
        var out = CBORWriter()
        out.map(3)
        out.uint(0)
        out.text("vip")
        out.uint(1)
        out.bool(true)
        out.uint(2)
        out.text(Self.words(seq))
        try batch.append(
          TemporaryLedger.draft(
            "A\(seq % 4)", type: flagged.code, refs: seq % 9 == 0 ? ["B"] : [], body: out.bytes))
      }
    }
    try journal.close()
    return ledger
  }

  private func redact(_ seq: Position, _ ledger: TemporaryLedger, in journal: Journal? = nil)
    throws
  {
    let journal = try journal ?? ledger.open()
    var draft = TemporaryLedger.draft("book", type: EventCode.ledgerEntryRedacted)
    draft.subject = Reference(kind: "ledger", id: "book")
    draft.imported = false
    _ = try journal.redact(
      seq, draft, authority: "order 417/2026", reason: "unlawful", zone: journal.zone())
  }

  private let signer = NoteSigner(newKeyNamed: "example.com/book")

  private func note(of journal: Journal) throws -> SignedNote {
    let point = try journal.read { (s) throws(JournalError) in
      try s.checkpoint(origin: "example.com/book")
    }
    return SignedNote(
      text: point.text, signatures: [try #require(signer?.sign(point.text))])
  }

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
    let ledger = try ledger(600)
    let before = try note(of: ledger.open())
    let old = try Checkpoint(text: before.text)
    let gone: [Position] = [40, 590, 600]
    let proofs = try ledger.open().read { (s) throws(JournalError) in
      try gone.map { seq throws(JournalError) in try s.proof(of: seq, under: before) }
    }
    for seq in gone {
      #expect(try files(ledger.path, with: Self.words(Int(seq))) == ["log/data.mdb"])
      try redact(seq, ledger)
      #expect(try files(ledger.path, with: Self.words(Int(seq))).isEmpty)
    }
    #expect(try files(ledger.path, with: Self.words(41)) == ["log/data.mdb"])
    #expect(try damage(ledger).isEmpty)
    let journal = try ledger.open()
    #expect(try journal.verify(against: [("the first", old)]).isEmpty)
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
    let after = try note(of: journal)
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
    let ledger = try ledger(300)
    let (tiles, copy) = (TileFolder(ledger.path + "-tiles"), ledger.path + "-copy")
    let back = ledger.path + "-back"
    defer { for path in [tiles.path, copy, back] { TemporaryLedger.remove(path) } }
    func ship() throws {
      let journal = try ledger.open()
      _ = try tiles.ship(journal, note(of: journal))
    }
    try ship()
    for seq in [7, 299] as [Position] { try redact(seq, ledger) }
    #expect(try files(tiles.path, with: Self.words(7)) == ["tile/entries/000"])
    #expect(try files(tiles.path, with: Self.words(299)) == ["tile/entries/001.p/44"])
    try ship()
    _ = try ledger.open().backup(to: copy)
    let restored = try Journal.create(back, tiles.identity(), ledger.options)
    _ = try tiles.restore(into: restored, key: nil)
    try restored.close()
    #expect(try restored.verify().isEmpty)
    for path in [tiles.path, copy, back] {
      for seq in [7, 299] { #expect(try files(path, with: Self.words(seq)).isEmpty, "\(path)") }
      #expect(try !files(path, with: Self.words(8)).isEmpty)
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
    let ledger = try ledger(300)
    do {
      let journal = try ledger.open()
      try journal.read { (snapshot) throws(JournalError) in
        _ = #expect(throws: JournalError.self) { try redact(20, ledger, in: journal) }
      }
      #expect(try files(ledger.path, with: Self.words(20)) == ["log/data.mdb"])
      // What its memory still holds is written nowhere.
      #expect(throws: JournalError.self) { _ = try journal.append([TemporaryLedger.draft("A1")]) }
    }
    let journal = try ledger.open()
    #expect(try files(ledger.path, with: Self.words(20)).isEmpty)
    _ = try journal.append([TemporaryLedger.draft("A1")])
    #expect(try journal.check().isEmpty)
    #expect(throws: JournalError.self) { try redact(20, ledger, in: journal) }
  }

  @Test func `without its act, or other than its act says, is found by verify`() throws {
    let ledger = try ledger(300)
    try redact(20, ledger)
    func first(_ environment: Environment, _ tables: Tables) throws -> [UInt8] {
      let reading = try environment.reading()
      guard let bytes = try reading.view.get(tables.bundles, 0) else { return [] }
      return Little.copy(bytes)
    }
    func bundle(_ change: (Int, [UInt8]) -> [UInt8]) throws {
      let environment = try Environment(folder: ledger.path + "/log")
      let tables = try Tables(environment, create: false)
      let bytes = try first(environment, tables)
      let old = try Bundle(bytes.span)
      let anew = BundleBuilder(first: 1)
      for index in 0..<old.count {
        anew.append(stored: change(index, Little.copy(old.event(index).bytes)).span)
      }
      var transaction = try environment.writing()
      try transaction.put(tables.bundles, 0, anew.seal())
      try transaction.commit()
    }
    // Another day in what is left, which no hash of the tree would notice.
    try bundle { index, bytes in
      var bytes = bytes
      if index == 19 { bytes[56] ^= 1 }
      return bytes
    }
    #expect(
      try damage(ledger)
        == ["At 20: What is left of it is not what the ledger.entry_redacted at 301 says."])
    try bundle { index, bytes in
      var bytes = bytes
      if index == 19 { bytes[56] ^= 1 }
      return bytes
    }
    #expect(try damage(ledger).isEmpty)
    // One more is taken away, its hash kept, and nobody says so.
    let flagged = try #require(Register.event("account.flagged"))
    try bundle { index, bytes in
      guard index == 30 else { return bytes }
      let event = EventView(bytes.span)
      let leaf = event.leaf.bytes
      return (try? Redaction.remains(of: event, as: flagged, leaf: leaf, act: 301)) ?? bytes
    }
    #expect(
      try damage(ledger)
        == ["At 31: Its content is gone, and no ledger.entry_redacted says so."])
  }
}
