/// The right edge of a growing tree: what appending needs, and no more.
///
/// It keeps one hash for each bit of the size, so a leaf costs one node on average and a root a
/// few. Whenever a subtree of a full tile is complete (256 leaves, 65,536 leaves …) its hash is
/// handed to whoever stores tiles.
package struct TreeEdge: Sendable {
  /// A hash that stands in a tile of level 1 or above.
  package struct Complete: Hashable, Sendable {
    /// Level of the tile, 1 or above.
    package var level: Int
    /// Place among all hashes of the level.
    package var index: UInt64
    /// The hash of the tile below.
    package var hash: TreeHash
  }

  /// Leaves.
  package private(set) var size: UInt64
  // The perfect subtrees that `size` is made of, the largest first.
  private var peaks: [TreeHash]

  /// The edge of an empty tree.
  package init() { (size, peaks) = (0, []) }

  /// The edge of a tree of `size` leaves, whose perfect subtrees `node` gives.
  package init<Failure: Error>(
    size: UInt64, node: (_ height: Int, _ index: UInt64) throws(Failure) -> TreeHash
  ) throws(Failure) {
    self.size = size
    peaks = []
    for height in stride(from: 63, through: 0, by: -1) where size >> UInt64(height) & 1 == 1 {
      peaks.append(try node(height, (size >> UInt64(height)) - 1))
    }
  }

  /// Adds a leaf.
  package mutating func append(_ leaf: TreeHash, _ complete: inout [Complete]) {
    append(leaf, height: 0, &complete)
  }

  /// Adds a perfect subtree of 2^height leaves; the size must be a multiple of that.
  package mutating func append(_ hash: TreeHash, height: Int, _ complete: inout [Complete]) {
    precondition(size & ((1 << UInt64(height)) - 1) == 0, "a subtree begins at its own multiple")
    var hash = hash
    var rest = size >> UInt64(height)
    var height = height
    if height > 0, height & 7 == 0 {
      complete.append(Complete(level: height >> 3, index: rest, hash: hash))
    }
    size += 1 << UInt64(height)
    while rest & 1 == 1 {
      hash = .node(peaks.removeLast(), hash)
      rest >>= 1
      height += 1
      if height & 7 == 0 {
        complete.append(Complete(level: height >> 3, index: rest, hash: hash))
      }
    }
    peaks.append(hash)
  }

  /// The root.
  package var root: TreeHash {
    guard var hash = peaks.last else { return .empty }
    for peak in peaks.dropLast().reversed() { hash = .node(peak, hash) }
    return hash
  }
}
