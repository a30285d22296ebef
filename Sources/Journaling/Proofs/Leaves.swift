internal import LMDB
package import Ledger
package import Proof

extension EventView {
  /// The event's hash in the tree: of its bytes, or, where its content was destroyed, the one that
  /// was kept.
  package var leaf: TreeHash {
    if let redacted { return TreeHash(redacted.leaf.span) }
    return .leaf(bytes)
  }
}

extension Bundle {
  /// The hashes in the tree of `count` events, or of all from `first` on.
  func leaves(from first: Int = 0, count: Int? = nil, into hashes: inout [TreeHash]) {
    let count = count ?? self.count - first
    TreeHashes.leaves(bytes, offsets: Bundle.fixed + 4 * first, count: count, into: &hashes)
    for index in 0..<count where header(first + index).flags.contains(.redacted) {
      hashes[index] = event(first + index).leaf
    }
  }
}
