internal import LMDB
internal import Ledger
internal import Proof

/// The tree as its writer keeps it: the right edge in memory, tiles of level 1 and above in the
/// table `tiles`, written in the transaction of their events.
///
/// The row of a tile has the key level·2^56 + index and 32 bytes a hash, up to 256 of them. Level 0
/// is nowhere: it is hashed anew from a bundle in about 30 µs. All rows are derived; a log that has
/// fewer than its bundles call for (it was written before there was a tree) gets them at its first
/// write.
struct TreeWriter {
  private var edge = TreeEdge()
  // The unfinished tile of each level from 1 on, and how many of its hashes are stored.
  private var tiles: [(index: UInt64, hashes: [TreeHash], stored: Int)] = []
  // Rows of tiles that became full since the last `store`.
  private var full: [(key: UInt64, hashes: [TreeHash])] = []
  private var complete: [TreeEdge.Complete] = []
  private var leaves: [TreeHash] = []

  /// The root over every event that was appended.
  var root: TreeHash { edge.root }
  /// Events that were appended.
  var size: UInt64 { edge.size }

  /// Takes up the tree of the first `sealed` events; hashes those bundles whose tiles are missing.
  mutating func load(_ view: View, _ tables: Tables, sealed: Position) throws {
    tiles.removeAll()
    full.removeAll()
    let known = min(try view.bundlesInTiles(tables), sealed / 256)
    var level = 1
    while known >> UInt64(8 * (level - 1)) > 0 {
      let count = known >> UInt64(8 * (level - 1))
      let (index, width) = (count / 256, Int(count % 256))
      var hashes: [TreeHash] = []
      if width > 0, let row = try view.get(tables.tiles, TileKey(level, index)) {
        for place in 0..<min(width, row.count / 32) { hashes.append(TreeHash(row, at: 32 * place)) }
      }
      guard hashes.count == width else {
        throw JournalError.corrupt("the tree", "tile \(index) of level \(level) is too short")
      }
      tiles.append((index, hashes, width))
      level += 1
    }
    edge = try TreeEdge(size: known * 256) { try view.subtree(tables, $0, $1) }
    for number in known..<max(known, sealed / 256) {
      guard let bytes = try view.get(tables.bundles, number) else {
        throw JournalError.corrupt("the log at \(number * 256 + 1)", "a bundle is missing")
      }
      seal(try Bundle(bytes))
    }
  }

  /// Adds one event that stands in the tail.
  mutating func append(_ event: Span<UInt8>) {
    edge.append(EventView(event).leaf, &complete)
    if !complete.isEmpty { keep() }
  }

  /// Adds those events of a full bundle that were not added yet.
  mutating func seal(_ bundle: borrowing Bundle) {
    let known = Int(edge.size % 256)
    bundle.leaves(from: known, into: &leaves)
    if known == 0 {
      edge.append(TreeHashes.fold(leaves), height: 8, &complete)
    } else {
      for leaf in leaves { edge.append(leaf, &complete) }
    }
    keep()
  }

  private mutating func keep() {
    for one in complete {
      while tiles.count < one.level { tiles.append((0, [], 0)) }
      let level = one.level - 1
      tiles[level].hashes.append(one.hash)
      if tiles[level].hashes.count == TilePath.full {
        full.append((TileKey(one.level, tiles[level].index), tiles[level].hashes))
        tiles[level] = (tiles[level].index + 1, [], 0)
      }
    }
    complete.removeAll(keepingCapacity: true)
  }

  /// Stores what changed since the last time.
  mutating func store(_ transaction: inout WriteTransaction, _ tables: Tables) throws(LMDBError) {
    for row in full { try put(row.key, row.hashes, &transaction, tables) }
    full.removeAll(keepingCapacity: true)
    for level in tiles.indices where tiles[level].hashes.count > tiles[level].stored {
      try put(TileKey(level + 1, tiles[level].index), tiles[level].hashes, &transaction, tables)
      tiles[level].stored = tiles[level].hashes.count
    }
  }

  private func put(
    _ key: UInt64, _ hashes: [TreeHash], _ transaction: inout WriteTransaction, _ tables: Tables
  ) throws(LMDBError) {
    var row: [UInt8] = []
    row.reserveCapacity(32 * hashes.count)
    for hash in hashes { hash.write(to: &row) }
    try transaction.put(tables.tiles, key, row.span, .replace)
  }
}

/// The key of a tile's row.
func TileKey(_ level: Int, _ index: UInt64) -> UInt64 { UInt64(level) << 56 | index }
