/// A 64-bit digest of an id, equal for equal bytes. Within one account two different ids share a
/// key with a chance of 2^-64 a pair; across the ledger keys are never compared.
public struct TextKey: RawRepresentable, BitwiseCopyable, Hashable, Sendable {
  /// The digest.
  public var rawValue: UInt64
  /// Wraps a digest.
  @inlinable public init(rawValue: UInt64) { self.rawValue = rawValue }
  /// No id at all.
  @inlinable public static var none: TextKey { TextKey(rawValue: 0) }

  /// The key of these bytes (two rounds of multiply-and-fold a word, after wyhash).
  @inlinable public init(_ bytes: Span<UInt8>) {
    var state: UInt64 = 0x9E37_79B9_7F4A_7C15 ^ UInt64(bytes.count)
    let last = unsafe bytes.withUnsafeBytes { bytes in
      var index = 0
      while index + 8 <= bytes.count {
        let word = unsafe bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
        state = TextKey.fold(state ^ word, 0xA076_1D64_78BD_642F)
        index += 8
      }
      return unsafe TextKey.rest(bytes, from: index)
    }
    state = TextKey.fold(state ^ last, 0xE703_7ED1_A0B4_28DB)
    let folded = TextKey.fold(state, 0x8EBC_6AF0_9C88_C6E3)
    self.rawValue = folded == 0 ? 1 : folded
  }

  // The last bytes, fewer than eight, as one number, the first of them on top.
  @inlinable @inline(__always)
  static func rest(_ bytes: UnsafeRawBufferPointer, from index: Int) -> UInt64 {
    let count = bytes.count - index
    if count == 0 { return 0 }
    if index >= 8 {
      let word = unsafe bytes.loadUnaligned(fromByteOffset: bytes.count - 8, as: UInt64.self)
      return word.bigEndian & (UInt64.max >> UInt64(64 - 8 * count))
    }
    if count >= 4 {
      let top = unsafe bytes.loadUnaligned(fromByteOffset: index, as: UInt32.self)
      let end = unsafe bytes.loadUnaligned(fromByteOffset: bytes.count - 4, as: UInt32.self)
      return UInt64(top.bigEndian) << UInt64(8 * (count - 4)) | UInt64(end.bigEndian)
    }
    var last: UInt64 = 0
    for at in index..<bytes.count { unsafe last = last << 8 | UInt64(bytes[at]) }
    return last
  }

  /// The key of a text.
  public init(_ text: String) {
    self.init(text.utf8Span.span)
  }

  @inlinable static func fold(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let (high, low) = a.multipliedFullWidth(by: b)
    return high ^ low
  }
}
