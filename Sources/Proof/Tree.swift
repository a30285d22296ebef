/// The Merkle tree of RFC 6962, section 2.1, over anything that can give the hashes of its perfect
/// subtrees: roots of any size, proofs of inclusion and of consistency.
///
/// Nothing of it is kept here. Whoever stores hashes lends `node`, which gives the hash of the
/// perfect subtree of 2^height leaves that begins at leaf index·2^height.
package enum Tree {
  /// Gives the hash of a perfect subtree by height and place.
  package typealias Node<Failure: Error> =
    (_ height: Int, _ index: UInt64) throws(Failure) -> TreeHash

  /// The root of the first `size` leaves; that of an empty tree is SHA-256 of nothing.
  package static func root<E: Error>(of size: UInt64, _ node: Node<E>) throws(E) -> TreeHash {
    size == 0 ? .empty : try hash(0, size, node)
  }

  /// The hashes that lead from leaf `index` to the root of the first `size` leaves, the leaf's
  /// sibling first (section 2.1.1).
  package static func inclusion<E: Error>(of index: UInt64, in size: UInt64, _ node: Node<E>)
    throws(E) -> [TreeHash]
  {
    precondition(index < size, "the tree has no such leaf")
    var path: [TreeHash] = []
    try follow(index, 0, size, &path, node)
    return path
  }

  /// The hashes that show that the first `old` of `size` leaves are still the first (section
  /// 2.1.2); empty for a tree of the same size, and for an empty one, which every tree extends.
  package static func consistency<E: Error>(from old: UInt64, to size: UInt64, _ node: Node<E>)
    throws(E) -> [TreeHash]
  {
    precondition(old <= size, "the tree has fewer leaves")
    var proof: [TreeHash] = []
    if old > 0, old < size { try prove(old, 0, size, true, &proof, node) }
    return proof
  }

  // MTH(D[begin:end]).
  private static func hash<E: Error>(_ begin: UInt64, _ end: UInt64, _ node: Node<E>) throws(E)
    -> TreeHash
  {
    let count = end - begin
    if count & (count - 1) == 0, begin & (count - 1) == 0 {
      let height = count.trailingZeroBitCount
      return try node(height, begin >> UInt64(height))
    }
    let middle = begin + half(count)
    return .node(try hash(begin, middle, node), try hash(middle, end, node))
  }

  private static func follow<E: Error>(
    _ index: UInt64, _ begin: UInt64, _ end: UInt64, _ path: inout [TreeHash], _ node: Node<E>
  ) throws(E) {
    if end - begin == 1 { return }
    let middle = begin + half(end - begin)
    if index < middle {
      try follow(index, begin, middle, &path, node)
      path.append(try hash(middle, end, node))
    } else {
      try follow(index, middle, end, &path, node)
      path.append(try hash(begin, middle, node))
    }
  }

  // SUBPROOF(m, D[begin:end], b).
  private static func prove<E: Error>(
    _ old: UInt64, _ begin: UInt64, _ end: UInt64, _ isWhole: Bool, _ proof: inout [TreeHash],
    _ node: Node<E>
  ) throws(E) {
    if old == end {
      if !isWhole { proof.append(try hash(begin, end, node)) }
      return
    }
    let middle = begin + half(end - begin)
    if old <= middle {
      try prove(old, begin, middle, isWhole, &proof, node)
      proof.append(try hash(middle, end, node))
    } else {
      try prove(old, middle, end, false, &proof, node)
      proof.append(try hash(begin, middle, node))
    }
  }

  // The largest power of two below `count`.
  private static func half(_ count: UInt64) -> UInt64 {
    1 << UInt64(63 - (count - 1).leadingZeroBitCount)
  }
}

/// Proofs as their reader checks them, without the tree (RFC 9162, sections 2.1.3.2 and 2.1.4.2).
package enum TreeProof {
  /// Whether `path` leads from a leaf hash at `index` to the root of a tree of `size` leaves.
  package static func isIncluded(
    _ leaf: TreeHash, at index: UInt64, in root: TreeHash, size: UInt64, path: [TreeHash]
  ) -> Bool {
    guard index < size else { return false }
    var (node, last) = (index, size - 1)
    var hash = leaf
    for step in path {
      if last == 0 { return false }
      if node & 1 == 1 || node == last {
        hash = .node(step, hash)
        while node & 1 == 0, node != 0 {
          node >>= 1
          last >>= 1
        }
      } else {
        hash = .node(hash, step)
      }
      node >>= 1
      last >>= 1
    }
    return last == 0 && hash == root
  }

  /// Whether `proof` shows that the tree of `old` leaves with one root is the beginning of the tree
  /// of `new` leaves with the other.
  package static func isConsistent(
    old: UInt64, _ oldRoot: TreeHash, new: UInt64, _ newRoot: TreeHash, proof: [TreeHash]
  ) -> Bool {
    if old > new { return false }
    if old == new { return oldRoot == newRoot && proof.isEmpty }
    if old == 0 { return oldRoot == .empty && proof.isEmpty }
    var proof = proof[...]
    // A perfect old tree is itself the first hash.
    if old & (old - 1) == 0 { proof = [oldRoot] + proof }
    guard let first = proof.popFirst() else { return false }
    var (node, last) = (old - 1, new - 1)
    while node & 1 == 1 {
      node >>= 1
      last >>= 1
    }
    var (oldHash, newHash) = (first, first)
    for step in proof {
      if last == 0 { return false }
      if node & 1 == 1 || node == last {
        oldHash = .node(step, oldHash)
        newHash = .node(step, newHash)
        while node & 1 == 0, node != 0 {
          node >>= 1
          last >>= 1
        }
      } else {
        newHash = .node(newHash, step)
      }
      node >>= 1
      last >>= 1
    }
    return last == 0 && oldHash == oldRoot && newHash == newRoot
  }
}
