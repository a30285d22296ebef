internal import CLMDB

/// CRC32C (Castagnoli) of the bytes; of none it is 0. By the processor's own instruction where
/// there is one, else by a table.
public func crc32c(_ bytes: Span<UInt8>) -> UInt32 {
  unsafe bytes.withUnsafeBufferPointer { unsafe arrears_crc32c($0.baseAddress, $0.count) }
}

/// The same without hardware: slow, kept so that a test can lay both beside each other.
public func crc32cPortable(_ bytes: Span<UInt8>) -> UInt32 {
  unsafe bytes.withUnsafeBufferPointer { unsafe arrears_crc32c_portable($0.baseAddress, $0.count) }
}

/// Asks the processor for the cache lines of the bytes from `start` on, `count` at most, ahead of
/// their use; nothing is read, and places outside are passed over.
public func prefetch(_ bytes: Span<UInt8>, from start: Int, count: Int) {
  unsafe bytes.withUnsafeBufferPointer { bytes in
    var at = max(start, 0)
    let end = min(at + count, bytes.count)
    while at < end {
      unsafe arrears_prefetch(bytes.baseAddress! + at)
      at += 64
    }
  }
}
