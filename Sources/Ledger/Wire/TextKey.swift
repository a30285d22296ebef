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
    var index = 0
    while index + 8 <= bytes.count {
      let word = unsafe bytes.withUnsafeBytes {
        unsafe $0.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      }
      state = TextKey.fold(state ^ word, 0xA076_1D64_78BD_642F)
      index += 8
    }
    var last: UInt64 = 0
    while index < bytes.count {
      last = last << 8 | UInt64(bytes[index])
      index += 1
    }
    state = TextKey.fold(state ^ last, 0xE703_7ED1_A0B4_28DB)
    let folded = TextKey.fold(state, 0x8EBC_6AF0_9C88_C6E3)
    self.rawValue = folded == 0 ? 1 : folded
  }

  /// The key of a text.
  public init(_ text: String) {
    self.init(Array(text.utf8).span)
  }

  @inlinable static func fold(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let (high, low) = a.multipliedFullWidth(by: b)
    return high ^ low
  }
}
