import Glibc
import LedgerTesting
import Proof
import Testing

@testable import Journaling
@testable import Ledger

private func append(_ count: Int, _ ledger: TemporaryLedger, from first: Int = 0) throws {
  let journal = try ledger.open()
  try journal.write { batch throws(JournalError) in
    for index in first..<first + count {
      try batch.append(
        TemporaryLedger.draft("A\(index % 4)", refs: index % 9 == 0 ? ["B\(index % 2)"] : []))
    }
  }
  try journal.close()
}

@Suite struct `A checkpoint` {
  @Test func `is never signed over fewer events, or other ones, than the last time`() throws {
    let (ledger, keys) = (try TemporaryLedger(), Keys())
    defer { keys.remove() }
    let key = try CheckpointKey.create(keys.path, origin: "example.com/book")
    try append(300, ledger)
    let copy = ledger.path + "-copy"
    defer { TemporaryLedger.remove(copy) }
    _ = try ledger.open().backup(to: copy)
    try append(20, ledger, from: 300)
    let first = try key.sign(ledger.open(), run: never)
    #expect(try Checkpoint(first, signedBy: key.key).size == 320)
    #expect(try key.sign(ledger.open(), run: never).text == first.text)

    // Put back to what it was before the last checkpoint.
    let restored = try Journal(copy, ledger.options)
    #expect(throws: JournalError.self) { _ = try key.sign(restored, run: never) }
    // Grown again, by other events: as large, and not the same.
    try restored.write { batch throws(JournalError) in
      for _ in 0..<40 { try batch.append(TemporaryLedger.draft("C")) }
    }
    #expect(throws: JournalError.self) { _ = try key.sign(restored, run: never) }
    let again = try #require(try key.lastSigned())
    #expect(again.size == 320)
    try append(5, ledger, from: 320)
    #expect(try Checkpoint(key.sign(ledger.open(), run: never), signedBy: key.key).size == 325)
  }

  @Test func `needs a key that only its owner may read, and its memory`() throws {
    let keys = Keys()
    defer { keys.remove() }
    _ = try CheckpointKey.create(keys.path, origin: "example.com/book")
    #expect(throws: JournalError.exists(keys.path)) {
      _ = try CheckpointKey.create(keys.path, origin: "example.com/book")
    }
    for mode in [0o640, 0o604, 0o660, 0o700 | 0o001] as [mode_t] {
      unsafe chmod(keys.path, mode)
      #expect(throws: JournalError.self) { _ = try CheckpointKey(keys.path) }
    }
    unsafe chmod(keys.path, 0o600)
    _ = try CheckpointKey(keys.path)
    unsafe unlink(keys.path + ".last")
    #expect(throws: JournalError.self) { _ = try CheckpointKey(keys.path) }
  }

  @Test func `may be signed by a command that holds the key elsewhere`() throws {
    let (ledger, keys) = (try TemporaryLedger(), Keys())
    defer { keys.remove() }
    try append(3, ledger)
    let signer = try #require(NoteSigner(newKeyNamed: "example.com/hsm"))
    try Files.create(keys.path, Array("\(signer.key.text)\ncommand hsm\n".utf8), mode: 0o600)
    try Files.create(keys.path + ".last", [], mode: 0o600)
    let key = try CheckpointKey(keys.path)
    let note = try key.sign(ledger.open()) { (command, text) throws(JournalError) in
      command == "hsm" ? signer.sign(text)?.line ?? "" : ""
    }
    #expect(try Checkpoint(note, signedBy: signer.key).size == 3)
    let other = try #require(NoteSigner(newKeyNamed: "example.com/hsm"))
    #expect(throws: JournalError.self) {
      _ = try key.sign(ledger.open()) { (_, text) throws(JournalError) in
        other.sign(text)?.line ?? ""
      }
    }
  }

  @Test func `shows of every account where its trail ends, and of the trail that it is whole`()
    throws
  {
    let (ledger, keys) = (try TemporaryLedger(), Keys())
    defer { keys.remove() }
    try append(600, ledger)
    let key = try CheckpointKey.create(keys.path, origin: "example.com/book")
    let note = try key.sign(ledger.open(), run: never)
    try append(50, ledger, from: 600)
    let point = try Checkpoint(note, signedBy: key.key)
    let later = try ledger.open()
    for account in ["A0", "A3", "B0", "B1"] {
      let proof = try later.read { s throws(JournalError) in
        try s.proof(ofTrail: account, under: note)
      }
      #expect(proof.entries.last?.seq == proof.head)
      #expect(proof.entries.allSatisfy { $0.seq <= 600 })
      var leaf: [UInt8] = []
      Little.append(proof.number, to: &leaf)
      Little.append(proof.head, to: &leaf)
      leaf += Array(account.utf8)
      #expect(
        TreeProof.isIncluded(
          .leaf(leaf.span), at: UInt64(proof.number) - 1, in: try #require(point.heads),
          size: proof.accounts, path: proof.headPath))
      var before: Position = 0
      for entry in proof.entries {
        #expect(try Batch.previous(EventView(entry.bytes.span), proof.number) == before)
        #expect(
          TreeProof.isIncluded(
            .leaf(entry.bytes.span), at: entry.seq - 1, in: point.root, size: point.size,
            path: entry.path))
        before = entry.seq
      }
    }
  }
}

@Suite struct `A copy` {
  @Test func `that has its name is verified, and is the same ledger`() throws {
    let ledger = try TemporaryLedger()
    try append(700, ledger)
    let journal = try ledger.open()
    _ = try journal.append([TemporaryLedger.draft("A0")], key: CommandKey("once"))
    let target = ledger.path + "-copy"
    defer { TemporaryLedger.remove(target) }
    let report = try journal.backup(to: target)
    #expect(report.size == 701)
    #expect(throws: JournalError.exists(target)) { _ = try journal.backup(to: target) }
    for inside in ["/copy", "/log/copy", "/log/../copy"] {
      #expect(throws: JournalError.self) { _ = try journal.backup(to: ledger.path + inside) }
      #expect(unsafe access(ledger.path + inside, F_OK) != 0)
    }
    let copy = try Journal(target, ledger.options)
    #expect(try copy.rehashed(701) == report.root)
    let replay = try copy.append([TemporaryLedger.draft("A0")], key: CommandKey("once"))
    #expect(replay.replayed && replay.first == 701)
    let damage = try copy.check()
    #expect(damage.isEmpty, "\(damage.first?.description ?? "")")
  }

  @Test func `is made while others append, and holds one moment`() throws {
    let ledger = try TemporaryLedger()
    try append(2000, ledger)
    let journal = try ledger.open()
    let writer = Worker {
      for _ in 0..<200 { _ = try? journal.append([TemporaryLedger.draft("W")]) }
    }
    for number in 0..<3 {
      let target = ledger.path + "-copy\(number)"
      let report = try journal.backup(to: target)
      let root = try journal.read { s throws(JournalError) in try s.root(of: report.size) }
      #expect(report.root == root && report.size >= 2000)
      TemporaryLedger.remove(target)
    }
    writer.join()
  }

  @Test func `shipped in steps comes back byte for byte, with its keys`() throws {
    let (ledger, keys) = (try TemporaryLedger(), Keys())
    defer { keys.remove() }
    let key = try CheckpointKey.create(keys.path, origin: "example.com/book")
    let folder = TileFolder(ledger.path + "-tiles")
    defer { TemporaryLedger.remove(folder.path) }
    var files: [Int] = []
    for step in 0..<4 {
      try append(290, ledger, from: step * 290)
      let journal = try ledger.open()
      _ = try journal.append(
        [TemporaryLedger.draft("A1")], key: CommandKey("step-\(step)"))
      files.append(try folder.ship(journal, try key.sign(journal, run: never)))
      try journal.close()
    }
    #expect(files.max()! < 12, "each step writes what is new: \(files)")
    let journal = try ledger.open()
    // An older checkpoint does not take a folder back.
    let old = SignedNote(
      text: Checkpoint(
        origin: "example.com/book", size: 10,
        root: try journal.read { s throws(JournalError) in try s.root(of: 10) }
      ).text, signatures: [])
    #expect(throws: JournalError.self) { _ = try folder.ship(journal, old) }

    let target = ledger.path + "-back"
    defer { TemporaryLedger.remove(target) }
    let back = try Journal.create(target, folder.identity(), ledger.options)
    #expect(try folder.restore(into: back, key: key.key) == 1164)
    let root = try journal.read { s throws(JournalError) in try s.root(of: 1164) }
    #expect(try back.rehashed(1164) == root)
    let replay = try back.append([TemporaryLedger.draft("A1")], key: CommandKey("step-2"))
    #expect(replay.replayed)
    let damage = try back.check()
    #expect(damage.isEmpty, "\(damage.first?.description ?? "")")
    #expect(throws: JournalError.self) { _ = try folder.restore(into: back, key: key.key) }
  }

  @Test func `that was changed or cut is not restored`() throws {
    let (ledger, keys) = (try TemporaryLedger(), Keys())
    defer { keys.remove() }
    let key = try CheckpointKey.create(keys.path, origin: "example.com/book")
    try append(300, ledger)
    let folder = TileFolder(ledger.path + "-tiles")
    defer { TemporaryLedger.remove(folder.path) }
    let journal = try ledger.open()
    _ = try folder.ship(journal, try key.sign(journal, run: never))
    let bundle = folder.path + "/tile/entries/000"
    let clean = try #require(Files.read(bundle, limit: 1 << 20))
    for change in 0..<3 {
      var bytes = clean
      switch change {
      case 0: bytes[bytes.count - 1] ^= 1
      case 1: bytes.removeLast(10)
      default: bytes = []
      }
      try Files.replace(bundle, bytes)
      let target = ledger.path + "-back\(change)"
      defer { TemporaryLedger.remove(target) }
      let back = try Journal.create(target, folder.identity(), ledger.options)
      #expect(throws: JournalError.self) { _ = try folder.restore(into: back, key: key.key) }
    }
    let stranger = try #require(NoteSigner(newKeyNamed: "example.com/book"))
    #expect(throws: JournalError.self) { _ = try folder.require(stranger.key) }
    #expect(throws: JournalError.self) { _ = try TileFolder(ledger.path).identity() }
  }
}

@Suite struct `Bringing out what is intact` {
  @Test func `brings out every event of a file that cannot be opened`() throws {
    let ledger = try TemporaryLedger()
    try append(700, ledger)
    let journal = try ledger.open()
    let root = try journal.read { s throws(JournalError) in try s.root(of: s.head) }
    // Both meta pages: LMDB finds nothing any more.
    let path = ledger.path + "/log/data.mdb"
    var bytes = try #require(Files.read(path, limit: 1 << 30))
    for index in 0..<8192 { bytes[index] = 0 }
    let broken = ledger.path + "-broken"
    defer { TemporaryLedger.remove(broken) }
    try Files.create(broken, bytes)
    let salvage = try Salvage(broken)
    #expect((salvage.whole, salvage.count) == (700, 700))
    #expect(salvage.identity == TemporaryLedger.identity)
    let other = try TemporaryLedger()
    let back = try other.open()
    try salvage.store(into: back)
    #expect(try back.rehashed(700) == root)
    try back.close()

    // A bundle that fails its checksum is a gap; what is behind it is still brought out.
    let place = try #require(bytes.firstIndex(of: Array("ARB1".utf8)))
    bytes[place + 2000] ^= 4
    try Files.replace(broken, bytes)
    let rest = try Salvage(broken)
    #expect(rest.count == 444 && rest.whole == 0)
    var seen: [Position] = []
    try rest.events(after: 0) { seq, _ in seen.append(seq) }
    #expect(seen == (257...700).map { Position($0) })
  }
}

extension [UInt8] {
  /// Where these bytes begin.
  fileprivate func firstIndex(of needle: [UInt8]) -> Int? {
    indices.first { $0 + needle.count <= count && Array(self[$0..<$0 + needle.count]) == needle }
  }
}
