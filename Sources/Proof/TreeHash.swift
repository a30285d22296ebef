internal import CSHA256

/// A hash of the tree: 32 bytes of SHA-256, kept in four words so that none is ever allocated.
///
/// Leaves and inner nodes are hashed apart, as RFC 6962, section 2.1, says: a leaf is
/// SHA-256(0x00 ‖ entry), a node SHA-256(0x01 ‖ left ‖ right). So no entry can pass for a node.
package struct TreeHash: BitwiseCopyable, Hashable, Sendable {
  private var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

  /// Thirty-two zero bytes; the hash of nothing that anyone knows.
  package init() {}

  /// Whether the bytes are the same.
  package static func == (a: TreeHash, b: TreeHash) -> Bool { a.words == b.words }

  /// Feeds the bytes.
  package func hash(into hasher: inout Hasher) { hasher.combine(words.0) }

  /// The hash of an entry.
  package static func leaf(_ entry: Span<UInt8>) -> TreeHash { digest(prefix: 0, entry) }

  /// The hash of two hashes below it.
  package static func node(_ left: TreeHash, _ right: TreeHash) -> TreeHash {
    var hash = TreeHash()
    let pair = (left.words, right.words)
    unsafe withUnsafeBytes(of: pair) { pair in
      unsafe withUnsafeMutableBytes(of: &hash.words) { out in
        unsafe arrears_sha256(
          1, pair.baseAddress!.assumingMemoryBound(to: UInt8.self), 64,
          out.baseAddress!.assumingMemoryBound(to: UInt8.self), 0)
      }
    }
    return hash
  }

  /// SHA-256 of bytes without a prefix: the root of an empty tree is that of no bytes.
  package static func plain(_ bytes: Span<UInt8>) -> TreeHash { digest(prefix: -1, bytes) }

  /// The root of a tree without leaves.
  package static var empty: TreeHash { plain(Span<UInt8>()) }

  private static func digest(prefix: Int32, _ bytes: Span<UInt8>) -> TreeHash {
    var hash = TreeHash()
    unsafe bytes.withUnsafeBufferPointer { bytes in
      unsafe withUnsafeMutableBytes(of: &hash.words) { out in
        unsafe arrears_sha256(
          prefix, bytes.baseAddress, bytes.count,
          out.baseAddress!.assumingMemoryBound(to: UInt8.self), 0)
      }
    }
    return hash
  }

  /// The same without the processor's own instructions, for the test that lays both side by side.
  package static func portable(prefix: Int32, _ bytes: Span<UInt8>) -> TreeHash {
    var hash = TreeHash()
    unsafe bytes.withUnsafeBufferPointer { bytes in
      unsafe withUnsafeMutableBytes(of: &hash.words) { out in
        unsafe arrears_sha256(
          prefix, bytes.baseAddress, bytes.count,
          out.baseAddress!.assumingMemoryBound(to: UInt8.self), 1)
      }
    }
    return hash
  }
}

extension TreeHash {
  /// Reads 32 bytes at a place; the caller has checked that they are there.
  package init(_ bytes: Span<UInt8>, at place: Int = 0) {
    precondition(place >= 0 && place + 32 <= bytes.count, "a hash has 32 bytes")
    words = unsafe bytes.withUnsafeBytes {
      unsafe $0.loadUnaligned(
        fromByteOffset: place, as: (UInt64, UInt64, UInt64, UInt64).self)
    }
  }

  /// The 32 bytes.
  package var bytes: [UInt8] { unsafe withUnsafeBytes(of: words) { unsafe Array($0) } }

  /// Appends the 32 bytes.
  package func write(to bytes: inout [UInt8]) {
    unsafe withUnsafeBytes(of: words) { unsafe bytes.append(contentsOf: $0) }
  }

  /// Base64, as notes and proofs write it.
  package var base64: String { Base64.text(bytes) }

  /// Reads base64; nil unless it is exactly 32 bytes.
  package init?(base64 text: some StringProtocol) {
    guard let bytes = Base64.bytes(text), bytes.count == 32 else { return nil }
    self.init(bytes.span)
  }
}

/// Many hashes at once, where a call per hash would be felt.
package enum TreeHashes {
  /// The leaf hashes of the entries of a bundle, whose `count + 1` borders stand in `bytes` as
  /// little-endian 32-bit offsets from `offsets` on. The caller has checked that they ascend and
  /// end inside the bytes.
  package static func leaves(
    _ bytes: Span<UInt8>, offsets: Int, count: Int, into hashes: inout [TreeHash]
  ) {
    hashes.removeAll(keepingCapacity: true)
    if count == 0 { return }
    var borders = [UInt32](repeating: 0, count: count + 1)
    unsafe bytes.withUnsafeBytes { bytes in
      for index in 0...count {
        borders[index] = unsafe bytes.loadUnaligned(
          fromByteOffset: offsets + 4 * index, as: UInt32.self)
      }
    }
    precondition(Int(borders[count]) <= bytes.count, "an entry ends outside its bundle")
    hashes.append(contentsOf: repeatElement(TreeHash(), count: count))
    unsafe bytes.withUnsafeBufferPointer { bytes in
      unsafe hashes.withUnsafeMutableBytes { out in
        unsafe arrears_tree_leaves(
          bytes.baseAddress, borders, count,
          out.baseAddress!.assumingMemoryBound(to: UInt8.self))
      }
    }
  }

  /// The one hash above a power of two of hashes.
  package static func fold(_ hashes: some Collection<TreeHash>) -> TreeHash {
    precondition(hashes.count > 0 && hashes.count & (hashes.count - 1) == 0, "not a power of two")
    var hashes = Array(hashes)
    let count = hashes.count
    unsafe hashes.withUnsafeMutableBytes {
      unsafe arrears_tree_fold($0.baseAddress!.assumingMemoryBound(to: UInt8.self), count)
    }
    return hashes[0]
  }
}
