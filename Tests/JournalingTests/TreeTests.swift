import Glibc
import LMDB
import LedgerTesting
import Proof
import Testing

@testable import Journaling
@testable import Ledger

/// The root over events as they are stored, hashed one by one.
private func slowRoot(_ journal: Journal) throws -> (size: Position, root: TreeHash) {
  var leaves: [TreeHash] = []
  try journal.read { snapshot throws(JournalError) in
    try snapshot.bundles { bundle throws(JournalError) in
      for index in 0..<bundle.count { leaves.append(.leaf(bundle.event(index).bytes)) }
    }
  }
  let root = Tree.root(of: UInt64(leaves.count)) { (height, index) throws(Never) in
    TreeHashes.fold(leaves[Int(index) << height..<(Int(index) + 1) << height])
  }
  return (Position(leaves.count), root)
}

private func head(_ ledger: TemporaryLedger) -> AcknowledgedHead? {
  Files.read(ledger.path + "/log/head", limit: 64).flatMap { AcknowledgedHead($0) }
}

@Suite struct `The tree of a log` {
  @Test(arguments: [1, 3, 255, 256, 257, 511, 512, 700])
  func `has the same root however its events came`(count: Int) throws {
    var roots: Set<TreeHash> = []
    for step in [1, 7, 256, count] {
      let ledger = try TemporaryLedger()
      let journal = try ledger.open()
      var done = 0
      while done < count {
        let some = min(step, count - done)
        try journal.write { batch throws(JournalError) in
          for index in done..<done + some {
            var draft = TemporaryLedger.draft("A\(index % 5)", body: [0xA0])
            draft.recorded = Moment(rawValue: 1_767_225_600_000_000 + Int64(index))
            try batch.append(draft)
          }
        }
        done += some
      }
      let slow = try slowRoot(journal)
      #expect(slow.size == count)
      let root = try journal.read { s throws(JournalError) in try s.root(of: s.head) }
      #expect(root == slow.root)
      #expect(head(ledger)?.root == root)
      roots.insert(root)
    }
    #expect(roots.count == 1)
  }

  @Test func `of many levels is the same when it is read, rebuilt or opened again`() throws {
    let ledger = try TemporaryLedger()
    let count = 256 * 256 + 256 * 3 + 5
    do {
      let journal = try ledger.open()
      try journal.write { batch throws(JournalError) in
        var header = Header()
        header.account = try batch.number(.account, "A")
        for index in 0..<count {
          header.type = 1
          let body = [0xA0, UInt8(index & 255)]
          try batch.append(header, envelope: Span(), body: body.span)
        }
      }
      try journal.close()
    }
    let journal = try ledger.open()
    let slow = try slowRoot(journal)
    func root() throws -> TreeHash {
      try journal.read { s throws(JournalError) in try s.root(of: s.head) }
    }
    #expect(try root() == slow.root)
    try journal.rebuild()
    #expect(try root() == slow.root)
    _ = try journal.append([TemporaryLedger.draft("B")])
    let after = try slowRoot(journal)
    #expect(try root() == after.root)
    try journal.read { s throws(JournalError) in
      for old in [1, 255, 256, 65_536, 65_537, UInt64(count)] as [Position] {
        let proof = try s.consistency(from: old, to: s.head)
        let before = try s.root(of: old)
        #expect(
          TreeProof.isConsistent(old: old, before, new: s.head, after.root, proof: proof))
      }
      for seq in [1, 256, 257, 65_536, 65_537, s.head] as [Position] {
        let path = try s.inclusion(of: seq, in: s.head)
        let leaf = try s.event(at: seq) { e throws(JournalError) in TreeHash.leaf(e.bytes) }
        #expect(
          TreeProof.isIncluded(
            leaf ?? TreeHash(), at: seq - 1, in: after.root, size: s.head, path: path))
      }
      // What a tlog-tiles reader fetches hashes together as well.
      for path in TilePath.all(of: s.head) where path.level != 0 || path.index > 250 {
        let bytes = try s.tile(path)
        if path.level == nil {
          let places = EntryBundle.entries(bytes.span, count: path.width)
          let hashes = (places ?? []).map { TreeHash.leaf(bytes.span.extracting($0)) }
          let leaves = try s.tile(TilePath(level: 0, index: path.index, width: path.width))
          #expect(hashes.flatMap(\.bytes) == leaves)
        } else {
          #expect(bytes.count == 32 * path.width)
        }
      }
    }
  }

  @Test func `comes into a ledger that was made before there was one`() throws {
    let ledger = try TemporaryLedger()
    do {
      let journal = try ledger.open()
      try journal.write { batch throws(JournalError) in
        for index in 0..<600 { try batch.append(TemporaryLedger.draft("A\(index % 3)")) }
      }
      try journal.close()
    }
    // As format 1 left it: no tiles, a short head, the older line.
    do {
      let environment = try Environment(folder: ledger.path + "/log")
      let tables = try Tables(environment, create: false)
      var transaction = try environment.writing()
      try transaction.clear(tables.tiles)
      try transaction.commit()
    }
    var old: [UInt8] = []
    let now = try #require(head(ledger))
    Little.append(AcknowledgedHead.firstMagic, to: &old)
    Little.append(now.crc, to: &old)
    Little.append(now.seq, to: &old)
    Little.append(now.recorded, to: &old)
    Little.append(UInt32(0), to: &old)
    Little.append(crc32c(old.span), to: &old)
    unsafe unlink(ledger.path + "/log/head")
    try Files.create(ledger.path + "/log/head", old)
    unsafe unlink(ledger.path + "/ARREARS")
    try Files.create(ledger.path + "/ARREARS", Array("Arrears ledger, format 1\n".utf8))

    let journal = try ledger.open()
    let root = try journal.read { s throws(JournalError) in try s.root(of: s.head) }
    #expect(root == now.root)
    _ = try journal.append([TemporaryLedger.draft("A1")])
    let slow = try slowRoot(journal)
    #expect(head(ledger)?.root == slow.root)
    let line = try #require(Files.read(ledger.path + "/ARREARS", limit: 100))
    #expect(String(decoding: line, as: UTF8.self) == "Arrears ledger, format 2\n")
    let rows = try journal.read { s throws(JournalError) in
      try s.view { view in try view.bundlesInTiles(s.tables) }
    }
    #expect(rows == 2)
  }

  @Test func `refuses an event longer than an entry of a tile may be`() throws {
    let ledger = try TemporaryLedger()
    let journal = try ledger.open()
    let body = [UInt8](repeating: 0, count: 65_535)
    #expect(throws: JournalError.self) {
      try journal.append([TemporaryLedger.draft("A", body: body)])
    }
    _ = try journal.append([TemporaryLedger.draft("A", body: Array(body[..<60_000]))])
  }
}
