import Foundation
import LedgerTesting
import Proof
import Synchronization
import Testing

@testable import Journaling
@testable import Ledger

/// Who may say what is left of an entry: the key that signs checkpoints, and nobody who only may
/// write the files.
@Suite struct `The record of a redaction` {
  private let keys = Keys()
  private static let bare =
    "At 31: The ledger.entry_redacted at 302, which says what is left of it, is not signed, "
    + "although the key of the log had signed before."

  private func key() throws -> CheckpointKey {
    try CheckpointKey.create(keys.path, origin: "example.com/book")
  }

  /// A checkpoint of whatever stands there, as a program would sign it that does not look.
  private func blindly(_ journal: Journal, behind: Position) throws -> SignedNote {
    let words = String(decoding: Files.read(keys.path, limit: 1000) ?? [], as: UTF8.self)
    let signer = try #require(NoteSigner(words.split(separator: "\n")[0]))
    var point = try journal.read { (s) throws(JournalError) in
      try s.checkpoint(origin: signer.key.name)
    }
    point.redactions = behind
    return SignedNote(text: point.text, signatures: [try #require(signer.sign(point.text))])
  }

  @Test func `forged without the key is found by verify, checkpoint, restore and verify.py`()
    throws
  {
    let ledger = try TemporaryLedger.flags(300)
    let (tiles, back) = (TileFolder(ledger.path + "-tiles"), ledger.path + "-back")
    defer { for path in [keys.folder, tiles.path, back] { TemporaryLedger.remove(path) } }
    let key = try key()
    let first = try Checkpoint(key.sign(ledger.open(), run: never), signedBy: key.key)
    #expect(first.redactions == 300)
    #expect(try ledger.redact(20, key: key) == 301)
    let points = [("the first", first)]
    #expect(try ledger.open().verify(against: points, key: key.key).isEmpty)
    let second = try Checkpoint(key.sign(ledger.open(), run: never), signedBy: key.key)
    #expect(second.redactions == 300 && second.size == 301)

    try ledger.forge(31)
    let forged = try ledger.open()
    for key in [key.key, nil] {
      let found = try forged.verify(against: points + [("the second", second)], key: key)
      #expect(found.map(\.description) == [Self.bare])
    }
    let refused = #expect(throws: JournalError.self) { _ = try key.sign(forged, run: never) }
    #expect(refused?.description.contains("Entry 31 may be forged") == true)
    // Whoever signs all the same does not make it better.
    _ = try tiles.ship(forged, blindly(forged, behind: 300))
    let said = try secondOpinion(["tiles", tiles.path, "--key", key.key.text])
    #expect(!said.isGood && said.text.contains("entry 31: the act 302 is not signed"), "\(said)")
    let restored = try Journal.create(back, tiles.identity(), ledger.options)
    let thrown = #expect(throws: JournalError.self) {
      _ = try tiles.restore(into: restored, key: key.key)
    }
    #expect(thrown?.description.contains("At 31: ") == true)
  }

  @Test func `is not signed over when the facts under a redacted entry were altered`() throws {
    let ledger = try TemporaryLedger.flags(300)
    defer { keys.remove() }
    let key = try key()
    try ledger.open().folder.keep(try key.sign(ledger.open(), run: never))
    #expect(try ledger.redact(20, key: key) == 301)
    try ledger.rewrite(20) { bytes in
      var bytes = bytes
      bytes[56] ^= 1
      return bytes
    }
    let altered = try ledger.open()
    let refused = #expect(throws: JournalError.self) { _ = try key.sign(altered, run: never) }
    #expect(refused?.description.contains("Entry 20 may be forged. What is left of it") == true)
    // Nor with a key that signed nothing yet, nor is another redaction.
    let other = try CheckpointKey.create(keys.folder + "/other", origin: "example.com/book")
    #expect(throws: JournalError.self) { _ = try other.sign(altered, run: never) }
    #expect(throws: JournalError.self) { try ledger.redact(40, key: key) }
  }

  @Test func `is not made in a ledger that was put back behind what the key signed last`() throws {
    let (ledger, old) = (try TemporaryLedger.flags(300), try TemporaryLedger.flags(290))
    defer { keys.remove() }
    let key = try key()
    let note = try key.sign(ledger.open(), run: never)
    try old.open().folder.keep(note)
    let refused = #expect(throws: JournalError.self) { try old.redact(20, key: key) }
    #expect(refused?.description.contains("it was put back to an earlier state") == true)
    #expect(try old.open().read { (s) throws(JournalError) in s.head } == 290)
  }

  @Test func `signed with another key of the same name is as good as not signed`() throws {
    let ledger = try TemporaryLedger.flags(300)
    let tiles = TileFolder(ledger.path + "-tiles")
    defer { for path in [keys.folder, tiles.path] { TemporaryLedger.remove(path) } }
    let key = try key()
    let first = try Checkpoint(key.sign(ledger.open(), run: never), signedBy: key.key)
    let stranger = try #require(NoteSigner(newKeyNamed: "example.com/book"))
    try ledger.forge(31) { note in stranger.sign(note.text).map { String($0.line.dropLast()) } }
    let forged = try ledger.open()
    let found = try forged.verify(against: [("the first", first)], key: key.key)
    #expect(found.count == 1 && "\(found)".contains("is not signed by the key example.com/book"))
    #expect(throws: JournalError.self) { _ = try key.sign(forged, run: never) }
    _ = try tiles.ship(forged, blindly(forged, behind: 300))
    let said = try secondOpinion(["tiles", tiles.path, "--key", key.key.text])
    #expect(said.text.contains("the act 301 is not signed by the key of example.com/book"))
  }

  @Test func `of before the first checkpoint needs no signature, and is called not signed`() throws
  {
    let ledger = try TemporaryLedger.flags(300)
    let tiles = TileFolder(ledger.path + "-tiles")
    defer { for path in [keys.folder, tiles.path] { TemporaryLedger.remove(path) } }
    try ledger.redact(20)
    let key = try key()
    let note = try key.sign(ledger.open(), run: never)
    let first = try Checkpoint(note, signedBy: key.key)
    #expect(try ledger.open().verify(against: [("the first", first)], key: key.key).isEmpty)
    _ = try tiles.ship(ledger.open(), note)
    let said = try secondOpinion(["tiles", tiles.path, "--key", key.key.text])
    #expect(said.isGood && said.text.contains("redactions not signed: 20"), "\(said)")
    // What comes behind it is not excused.
    try ledger.forge(31)
    let found = try ledger.open().verify(against: [("the first", first)], key: key.key)
    #expect(found.map(\.description) == [Self.bare])
  }

  @Test func `is refused without the key, and leaves nothing when the key does not sign`() throws {
    let ledger = try TemporaryLedger.flags(300)
    defer { keys.remove() }
    let signer = try #require(NoteSigner(newKeyNamed: "example.com/book"))
    try Files.create(keys.path, Array("\(signer.key.text)\ncommand hsm\n".utf8), mode: 0o600)
    try Files.create(keys.path + ".last", [], mode: 0o600)
    let key = try CheckpointKey(keys.path)
    func hsm(_: String, _ text: String) throws(JournalError) -> String {
      signer.sign(text)?.line ?? ""
    }
    try ledger.open().folder.keep(try key.sign(ledger.open(), run: hsm))
    let other = try CheckpointKey.create(keys.folder + "/other", origin: "example.com/book")
    for wrong in [nil, other] {
      #expect(throws: JournalError.self) { try ledger.redact(20, key: wrong) }
    }
    #expect(throws: JournalError.self) { try ledger.redact(20, key: key) { _, _ in "" } }
    let folder = LedgerFolder(ledger.path)
    #expect(!Files.exists(folder.redacting))
    #expect(try ledger.open().read { (s) throws(JournalError) in s.head } == 300)
    // What is signed says which log, entry and hashes, and is no checkpoint.
    var text = ""
    try ledger.redact(20, key: key) { (_, asked) throws(JournalError) in
      text = asked
      #expect(!Files.exists(folder.redacting))
      return signer.sign(asked)?.line ?? ""
    }
    #expect(text.hasPrefix("example.com/book\nredacted 20\nleaf "))
    #expect(throws: NoteError.self) { _ = try Checkpoint(text: text) }
    let acts = try ledger.open().read { (s) throws(JournalError) in try s.redactions(after: 300) }
    #expect(acts.map(\.position) == [301])
    #expect(acts.first?.act.note(origin: "example.com/book")?.text == text)
  }

  @Test func `is begun under the writer's lock, so that nobody takes it for an unfinished one`()
    throws
  {
    let ledger = try TemporaryLedger.flags(300)
    let folder = LedgerFolder(ledger.path)
    defer { keys.remove() }
    let isFree = Mutex(false)
    var options = ledger.options
    let clock = options.clock
    // The journal asks what time it is before it waits for the lock, and again when it has it.
    options.clock = {
      if Files.exists(folder.redacting) {
        let file = unsafe open(folder.writer, O_RDWR)
        if flock(file, LOCK_EX | LOCK_NB) == 0 { isFree.withLock { $0 = true } }
        close(file)
      }
      return clock()
    }
    try ledger.redact(20, in: try Journal(ledger.path, options))
    #expect(!isFree.withLock { $0 })
    #expect(!Files.exists(folder.redacting))
  }

  @Test func `that is not finished lets no backup be made`() throws {
    let ledger = try TemporaryLedger.flags(300)
    let copy = ledger.path + "-copy"
    defer { for path in [keys.folder, copy] { TemporaryLedger.remove(path) } }
    do {
      let journal = try ledger.open()
      try journal.read { (snapshot) throws(JournalError) in
        _ = #expect(throws: JournalError.self) { try ledger.redact(20, in: journal) }
      }
      let refused = #expect(throws: JournalError.self) { _ = try journal.backup(to: copy) }
      #expect(refused?.description.contains("A redaction is not finished") == true)
      #expect(!Files.exists(copy))
    }
    #expect(try ledger.open().backup(to: copy).size == 301)
  }

  @Test func `under a kept leaf ships nothing into a folder that holds the entry`() throws {
    let ledger = try TemporaryLedger.flags(300)
    let tiles = TileFolder(ledger.path + "-tiles")
    defer { for path in [keys.folder, tiles.path] { TemporaryLedger.remove(path) } }
    let key = try key()
    do {
      let journal = try ledger.open()
      _ = try tiles.ship(journal, key.sign(journal, run: never))
    }
    let before = Files.read(tiles.path + "/tile/entries/000", limit: 1 << 20)
    try ledger.forge(31)
    let forged = try ledger.open()
    let refused = #expect(throws: JournalError.self) {
      _ = try tiles.ship(forged, blindly(forged, behind: 300))
    }
    #expect(refused?.description.contains("it was changed") == true)
    #expect(Files.read(tiles.path + "/tile/entries/000", limit: 1 << 20) == before)
  }

  /// The proofs of entry 20, which was redacted at 301, and of its trail.
  private func proofs() throws -> (
    key: NoteKey, inclusion: [InclusionProof], trail: TrailProof
  ) {
    let ledger = try TemporaryLedger.flags(300)
    let key = try key()
    _ = try key.sign(ledger.open(), run: never)
    try ledger.redact(20, key: key)
    let journal = try ledger.open()
    let note = try key.sign(journal, run: never)
    return try journal.read { (s) throws(JournalError) in
      (key.key, try s.proofs(of: 20, under: note), try s.proof(ofTrail: "A0", under: note))
    }
  }

  private func said(of text: String, _ key: NoteKey) throws -> (isGood: Bool, text: String) {
    let file = keys.folder + "/proof"
    try Files.replace(file, Array(text.utf8))
    return try secondOpinion(["proof", file, "--key", key.text])
  }

  @Test func `goes along with a proof of the entry, which alone shows its hash and no more`()
    throws
  {
    defer { keys.remove() }
    let (key, proofs, _) = try proofs()
    #expect(proofs.count == 2)
    var said = try said(of: proofs.map(\.text).joined(), key)
    #expect(said.isGood && said.text.contains("is what the act, event 301, says, signed"))
    said = try self.said(of: proofs[0].text, key)
    #expect(said.isGood && said.text.contains("is NOT shown"), "\(said)")
    var forged = proofs[0]
    forged.extra[56] ^= 1
    said = try self.said(of: forged.text + proofs[1].text, key)
    #expect(!said.isGood && said.text.contains("does not vouch for what is left of event 20"))
  }

  @Test func `in a forged proof of a trail vouches for nothing`() throws {
    defer { keys.remove() }
    let (key, _, trail) = try proofs()
    var said = try said(of: trail.json, key)
    #expect(said.isGood && said.text.contains("75 events of A0 (1 without their content)"))
    let place = try #require(trail.entries.firstIndex { $0.seq == 20 })
    var forged = trail
    forged.entries[place].bytes[56] ^= 1
    said = try self.said(of: forged.json, key)
    #expect(!said.isGood && said.text.contains("no act vouches for what is left of event 20"))
    // An act that says so of itself, under the leaf of the true one.
    let bytes = trail.acts[0].bytes
    let event = EventView(bytes.span)
    var envelope = try Envelope(reading: event.envelope)
    envelope.redacted = Envelope.Redacted(leaf: event.leaf.bytes, act: 301)
    var out = CBORWriter()
    envelope.write(to: &out)
    guard case .ledgerEntryRedacted(var act) = try Event(reading: event) else { return }
    let left = forged.entries[place].bytes
    act.remains = TreeHash.plain(left.span).bytes
    var header = event.header
    header.flags.insert(.redacted)
    header.envelope = UInt16(out.bytes.count)
    var anew: [UInt8] = []
    header.write(to: &anew)
    forged.acts[0].bytes = anew + out.bytes + act.encoded
    said = try self.said(of: forged.json, key)
    #expect(!said.isGood && said.text.contains("event 301 vouches for no other"), "\(said)")
  }
}
