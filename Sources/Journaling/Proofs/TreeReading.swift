package import Ledger
internal import LMDB
package import Proof

extension View {
  /// Bundles whose hash stands in a tile of level 1.
  func bundlesInTiles(_ tables: Tables) throws -> UInt64 {
    var tiles = try cursor(tables.tiles)
    var found = try tiles.seek(atLeast: TileKey(2, 0))
    found = found ? try tiles.previous() : try tiles.last()
    guard found, tiles.number >> 56 == 1 else { return 0 }
    return (tiles.number & 0xFF_FFFF_FFFF_FFFF) * 256 + UInt64(tiles.value.count / 32)
  }

  /// Whether every full bundle has its hash in a tile.
  func hasTiles(_ tables: Tables) throws -> Bool {
    try bundlesInTiles(tables) >= sealed(tables) / 256
  }

  /// The hash of the perfect subtree of 2^height events from number index·2^height on, counted from
  /// 0: from a stored tile, or hashed anew.
  func subtree(_ tables: Tables, _ height: Int, _ index: UInt64) throws -> TreeHash {
    if height >= 8, let hash = try stored(tables, height, index) { return hash }
    if height > 8 {
      return .node(
        try subtree(tables, height - 1, 2 * index), try subtree(tables, height - 1, 2 * index + 1))
    }
    let first = index << UInt64(height)
    return TreeHashes.fold(try leaves(tables, first, count: 1 << height))
  }

  // Hashes of a tile that a subtree is folded from; nil when they are not stored.
  private func stored(_ tables: Tables, _ height: Int, _ index: UInt64) throws -> TreeHash? {
    let (level, inner) = (height >> 3, UInt64(height & 7))
    let first = index << inner
    let (start, count) = (Int(first % 256), 1 << Int(inner))
    guard let row = try get(tables.tiles, TileKey(level, first / 256)),
      row.count >= 32 * (start + count)
    else { return nil }
    var hashes: [TreeHash] = []
    for place in start..<start + count { hashes.append(TreeHash(row, at: 32 * place)) }
    return TreeHashes.fold(hashes)
  }

  /// Leaf hashes of events from number `first` on, counted from 0, all of one bundle or of the
  /// tail.
  func leaves(_ tables: Tables, _ first: UInt64, count: Int) throws -> [TreeHash] {
    var hashes: [TreeHash] = []
    if let bytes = try get(tables.bundles, first / 256) {
      try Bundle(bytes).leaves(from: Int(first % 256), count: count, into: &hashes)
      return hashes
    }
    for number in first..<first + UInt64(count) {
      guard let event = try event(number + 1, tables) else {
        throw JournalError.corrupt("the log at \(number + 1)", "the event is missing")
      }
      hashes.append(event.leaf)
    }
    return hashes
  }

  /// The root over the first `size` events.
  func root(_ tables: Tables, of size: Position) throws -> TreeHash {
    try Tree.root(of: size) { height, index in try subtree(tables, height, index) }
  }
}

extension Snapshot {
  /// The root over the first `size` events (RFC 6962); the leaf of event `seq` has the index seq -
  /// 1.
  package func root(of size: Position) throws(JournalError) -> TreeHash {
    try require(size)
    return try view { try $0.root(tables, of: size) }
  }

  /// The path from an event to the root over the first `size` events, its sibling first.
  package func inclusion(of seq: Position, in size: Position) throws(JournalError) -> [TreeHash] {
    try require(size)
    guard seq > 0, seq <= size else {
      throw .invalid(
        "Event \(seq) is not among the \(size) events of the checkpoint; name one from 1 to \(size)."
      )
    }
    return try view { view in
      try Tree.inclusion(of: seq - 1, in: size) { try view.subtree(tables, $0, $1) }
    }
  }

  /// Shows that the first `old` of `size` events are still the first.
  package func consistency(from old: Position, to size: Position) throws(JournalError)
    -> [TreeHash]
  {
    try require(size)
    guard old <= size else {
      throw .invalid(
        "A log of \(size) events cannot go on from one of \(old); give a smaller size.")
    }
    return try view { view in
      try Tree.consistency(from: old, to: size) { try view.subtree(tables, $0, $1) }
    }
  }

  private func require(_ size: Position) throws(JournalError) {
    guard size <= head else {
      throw .invalid(
        "The ledger holds \(head) events, and \(size) are asked about; it is older than what it is "
          + "compared with, or another.")
    }
  }

  /// The hashes of a tile of the tree of `size` events, as C2SP tlog-tiles serves it.
  package func tile(_ path: TilePath) throws(JournalError) -> [UInt8] {
    try view { view in
      var bytes: [UInt8] = []
      guard let level = path.level else {
        for seq in path.index * 256 + 1...path.index * 256 + UInt64(path.width) {
          guard let event = try view.event(seq, tables) else {
            throw JournalError.corrupt("the log at \(seq)", "the event is missing")
          }
          guard EntryBundle.append(event.bytes, to: &bytes) else {
            throw JournalError.tooLong(
              "Event \(seq) as an entry of a tile", event.bytes.count, EntryBundle.longest)
          }
        }
        return bytes
      }
      if level == 0 {
        for hash in try view.leaves(tables, path.index * 256, count: path.width) {
          hash.write(to: &bytes)
        }
        return bytes
      }
      for place in 0..<UInt64(path.width) {
        try view.subtree(tables, 8 * level, path.index * 256 + place).write(to: &bytes)
      }
      return bytes
    }
  }
}
