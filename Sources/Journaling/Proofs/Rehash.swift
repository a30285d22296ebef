internal import LMDB
package import Ledger
package import Proof
internal import Synchronization

extension Journal {
  /// The root over the first `size` events, hashed anew from their bytes alone, on two threads; no
  /// stored hash is looked at.
  package func rehashed(_ size: Position) throws(JournalError) -> TreeHash {
    let bundles = size / 256
    // Both halves begin at a full tile, so that each is a run of level 1.
    let middle = (bundles / 2) / 256 * 256
    let second = HashedRun()
    let thread = SideThread { [self] in second.run(self, middle..<bundles) }
    let first = HashedRun()
    first.run(self, 0..<middle)
    thread.join()
    var (edge, complete) = (TreeEdge(), [TreeEdge.Complete]())
    for hash in try first.hashes() + second.hashes() { edge.append(hash, height: 8, &complete) }
    try read { (snapshot) throws(JournalError) in
      for seq in bundles * 256 + 1..<size + 1 {
        let leaf = try snapshot.event(at: seq) { (e) throws(JournalError) in e.leaf }
        guard let leaf else { throw .corrupt("the log at \(seq)", "the event is missing") }
        edge.append(leaf, &complete)
      }
    }
    return edge.root
  }
}

/// The hashes of a run of bundles, made on some thread.
private final class HashedRun: Sendable {
  private let result = Mutex<Result<[TreeHash], JournalError>>(.success([]))

  func hashes() throws(JournalError) -> [TreeHash] { try result.withLock { $0 }.get() }

  func run(_ journal: Journal, _ numbers: Range<UInt64>) {
    do throws(JournalError) {
      var found: [TreeHash] = []
      found.reserveCapacity(numbers.count)
      try journal.read { (snapshot) throws(JournalError) in
        var next = numbers.lowerBound
        while next < numbers.upperBound {
          let some = next..<min(next + 64, numbers.upperBound)
          try snapshot.view { view in
            for number in some {
              found.append(try view.rehashed(snapshot.tables, number))
            }
          }
          next = some.upperBound
        }
      }
      let hashes = found
      result.withLock { $0 = .success(hashes) }
    } catch { result.withLock { $0 = .failure(error) } }
  }
}

extension View {
  /// The hash of a full bundle from its bytes.
  fileprivate func rehashed(_ tables: Tables, _ number: UInt64) throws -> TreeHash {
    guard let bytes = try get(tables.bundles, number) else {
      throw JournalError.corrupt("the log at \(number * 256 + 1)", "a bundle is missing")
    }
    let bundle = try Bundle(bytes)
    guard bundle.count == Bundle.capacity, bundle.first == number * 256 + 1 else {
      throw JournalError.corrupt("the log at \(number * 256 + 1)", "a bundle is not full")
    }
    var leaves: [TreeHash] = []
    bundle.leaves(into: &leaves)
    return TreeHashes.fold(leaves)
  }
}
