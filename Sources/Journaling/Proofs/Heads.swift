internal import LMDB
package import Ledger
package import Proof

/// Where every account's trail ends: the second tree of a checkpoint.
///
/// Its leaf for account number n has the index n - 1 and hashes the number (u32, little-endian),
/// the last position on its trail (u64, little-endian) and its id. So a checkpoint says of each
/// account that nothing stands behind a certain event, and which id a number belongs to. The tree
/// has as many leaves as the largest account number on any trail; everything in it follows from the
/// events.
package struct Heads: Sendable {
  /// The last position by account number; index 0 is unused.
  package private(set) var positions: [Position]
  /// The id by account number; index 0 is unused.
  package private(set) var ids: [String]

  /// Accounts.
  package var count: UInt64 { UInt64(positions.count - 1) }

  init(positions: [Position], ids: [String]) { (self.positions, self.ids) = (positions, ids) }

  /// What is hashed for an account.
  package func leaf(_ number: UInt32) -> [UInt8] {
    var bytes: [UInt8] = []
    Little.append(number, to: &bytes)
    Little.append(positions[Int(number)], to: &bytes)
    return bytes + Array(ids[Int(number)].utf8)
  }

  private var hashes: [TreeHash] {
    (1..<max(1, positions.count)).map { TreeHash.leaf(leaf(UInt32($0)).span) }
  }

  /// The root over all accounts.
  package var root: TreeHash {
    var (edge, complete) = (TreeEdge(), [TreeEdge.Complete]())
    for hash in hashes { edge.append(hash, &complete) }
    return edge.root
  }

  /// The path from an account to the root.
  package func path(of number: UInt32) -> [TreeHash] {
    let hashes = hashes
    return Tree.inclusion(of: UInt64(number) - 1, in: count) { (height, index) throws(Never) in
      TreeHashes.fold(hashes[Int(index) << height..<(Int(index) + 1) << height])
    }
  }
}

extension Snapshot {
  /// The ends of all trails as they were with the first `size` events.
  package func heads(of size: Position) throws(JournalError) -> Heads {
    let positions = try view { view in try ends(of: min(size, head), view) }
    var ids = [""]
    ids.reserveCapacity(positions.count)
    try names(.account) { if ids.count < positions.count { ids.append($1) } }
    guard ids.count == positions.count else {
      throw .corrupt("the names", "an account with a trail has no id")
    }
    return Heads(positions: positions, ids: ids)
  }

  private func ends(of size: Position, _ view: View) throws -> [Position] {
    var ends: [Position] = [0]
    func enter(_ account: UInt32, _ seq: Position) throws {
      guard account < 1 << 28 else {
        throw JournalError.corrupt("the log at \(seq)", "it names the account number \(account)")
      }
      while ends.count <= Int(account) { ends.append(0) }
      if seq > ends[Int(account)] { ends[Int(account)] = seq }
    }
    var indexed: Position = 0
    try view.runs(tables) { run in
      indexed = run.last
      if run.first > size { return }
      try run.requireSound()
      for index in 0..<run.accounts {
        var entry = run.start(index + 1) - 1
        while entry >= run.start(index), run.position(entry) > size { entry -= 1 }
        if entry >= run.start(index) { try enter(run.account(index), run.position(entry)) }
      }
    }
    if indexed < size {
      try view.scan(tables, from: indexed + 1, to: size) { event in
        if event.header.account != 0 { try enter(event.header.account, event.header.seq) }
        guard event.header.flags.contains(.concernsOthers) else { return }
        for ref in try Envelope(reading: event.envelope).refs {
          if case .account(let number, _) = ref, number != 0 { try enter(number, event.header.seq) }
        }
      }
    }
    return ends
  }

  /// What the ledger says of itself now, to be signed.
  package func checkpoint(origin: String) throws(JournalError) -> Checkpoint {
    let access = try AccessLog(journal.folder).lines()
    if let broken = access.broken {
      throw .invalid("\(AccessLines.finding(broken)) Nothing was signed.")
    }
    return Checkpoint(
      origin: origin, size: head, root: try root(of: head), heads: try heads(of: head).root,
      ledger: journal.identity.hash, access: access.end)
  }
}
