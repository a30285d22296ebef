/// One stored event seen in place: its bytes are borrowed and cannot outlive their transaction.
public struct EventView: ~Escapable {
  /// The fixed part.
  public let header: Header
  /// Header, envelope and body: exactly the bytes that are hashed.
  public let bytes: Span<UInt8>

  /// Looks at the bytes of one event.
  @inlinable @_lifetime(copy bytes) public init(_ bytes: Span<UInt8>) {
    self.bytes = bytes
    self.header = Header(bytes)
  }

  /// The envelope: a CBOR map with integer keys, or nothing when its length is 0.
  @inlinable public var envelope: Span<UInt8> {
    @_lifetime(copy self) get {
      bytes.extracting(64..<min(bytes.count, 64 + Int(header.envelope)))
    }
  }

  /// The body: a CBOR map whose integer keys stand in the event's schema.
  @inlinable public var body: Span<UInt8> {
    @_lifetime(copy self) get {
      bytes.extracting(min(bytes.count, 64 + Int(header.envelope))..<bytes.count)
    }
  }
}

/// Up to 256 consecutive events as they stand in one value of the store.
///
/// ```
///  0  u32     magic "ARB1"
///  4  u32     CRC32C of everything from byte 8 on
///  8  u64     seq of the first event
/// 16  u32     count of events
/// 20  u32     0, reserved
/// 24  u64 x4  one bit per type number: which types occur (a fold skips bundles it has no use for)
/// 56  u32 x(count+1)  where each event starts, and where the last ends, from byte 0
///     the events
/// ```
public struct Bundle: ~Escapable {
  /// All bytes of the bundle.
  public let bytes: Span<UInt8>
  /// Position of the first event.
  public let first: Position
  /// How many events stand in it, 1 to 256.
  public let count: Int

  /// Events in a full bundle.
  @inlinable public static var capacity: Int { 256 }
  /// `ARB1`, little-endian.
  @inlinable public static var magic: UInt32 { 0x3142_5241 }
  /// Bytes in front of the offsets.
  @inlinable public static var fixed: Int { 56 }

  /// Looks at a bundle. Its frame is checked here, every offset included, so that no damage can
  /// lead outside it; the CRC is checked by `check`.
  @inlinable @_lifetime(copy bytes) public init(_ bytes: Span<UInt8>) throws(WireError) {
    guard bytes.count >= 64, Bundle.load(UInt32.self, bytes, 0) == Bundle.magic else {
      throw WireError("this is no bundle: its first bytes are not ARB1", at: 0)
    }
    self.bytes = bytes
    self.first = Bundle.load(UInt64.self, bytes, 8)
    self.count = Int(Bundle.load(UInt32.self, bytes, 16))
    guard count >= 1, count <= 256, Bundle.fixed + 4 * (count + 1) <= bytes.count,
      Int(Bundle.load(UInt32.self, bytes, Bundle.fixed + 4 * count)) == bytes.count
    else {
      throw WireError("a bundle's count and length do not agree", at: 16)
    }
    guard hasOrder else { throw WireError("a bundle's offsets are wrong", at: Bundle.fixed) }
  }

  /// Whether the events start behind the offsets and each has room for its header in front of the
  /// next.
  @inlinable var hasOrder: Bool {
    let (count, front) = (count, UInt32(Bundle.fixed + 4 * (count + 1)))
    return unsafe bytes.withUnsafeBytes { bytes in
      var before = unsafe bytes.loadUnaligned(fromByteOffset: Bundle.fixed, as: UInt32.self)
      var wrong: UInt32 = before < front ? 1 : 0
      for index in 1...count {
        let next = unsafe bytes.loadUnaligned(
          fromByteOffset: Bundle.fixed + 4 * index, as: UInt32.self)
        wrong |= next < before &+ 64 || next < before ? 1 : 0
        before = next
      }
      return wrong == 0
    }
  }

  /// Whether any event of the types in `wanted` stands in the bundle.
  @inlinable public func contains(_ wanted: TypeMask) -> Bool {
    (Bundle.load(UInt64.self, bytes, 24) & wanted.a) != 0
      || (Bundle.load(UInt64.self, bytes, 32) & wanted.b) != 0
      || (Bundle.load(UInt64.self, bytes, 40) & wanted.c) != 0
      || (Bundle.load(UInt64.self, bytes, 48) & wanted.d) != 0
  }

  /// Where event `index` starts; `count` gives where the last ends.
  @inlinable @inline(__always) public func offset(_ index: Int) -> Int {
    Int(Bundle.load(UInt32.self, bytes, Bundle.fixed + 4 * index))
  }

  /// The header of event `index`.
  @inlinable @inline(__always) public func header(_ index: Int) -> Header {
    precondition(index >= 0 && index < count, "no such event in the bundle")
    return unsafe bytes.withUnsafeBytes { bytes in
      let at = unsafe bytes.loadUnaligned(
        fromByteOffset: Bundle.fixed + 4 * index, as: UInt32.self)
      return unsafe bytes.loadUnaligned(fromByteOffset: Int(at), as: Header.self)
    }
  }

  /// Event `index`.
  @inlinable @_lifetime(copy self) public func event(_ index: Int) -> EventView {
    EventView(bytes.extracting(offset(index)..<offset(index + 1)))
  }

  @inlinable @inline(__always) static func load<T: BitwiseCopyable>(
    _ type: T.Type, _ bytes: Span<UInt8>, _ at: Int
  )
    -> T
  {
    precondition(at >= 0 && at + MemoryLayout<T>.size <= bytes.count, "outside a bundle")
    return unsafe bytes.withUnsafeBytes { unsafe $0.loadUnaligned(fromByteOffset: at, as: T.self) }
  }
}

/// A set of event types, one bit per register number below 256.
public struct TypeMask: Hashable, Sendable {
  /// Bits 0 to 63, 64 to 127, 128 to 191, 192 to 255.
  public var a: UInt64 = 0, b: UInt64 = 0, c: UInt64 = 0, d: UInt64 = 0

  /// A bit of its own, which no type has: the bundle reverses an entry that stands on no account.
  /// So a reader of policies skips all bundles whose reversals are of money.
  public static let reversalOnNoAccount: UInt16 = 255

  /// The empty set.
  @inlinable public init() {}

  /// The set of these register numbers.
  public init(_ types: some Sequence<UInt16>) { for type in types { insert(type) } }

  /// Every type there is or will be.
  public static let all: TypeMask = {
    var mask = TypeMask()
    (mask.a, mask.b, mask.c, mask.d) = (.max, .max, .max, .max)
    return mask
  }()

  /// Adds a type. Numbers of 256 and more share a bit with their remainder: a mask may say
  /// "perhaps" for a type that is not there, never "no" for one that is.
  @inlinable public mutating func insert(_ type: UInt16) {
    let bit = UInt64(1) << UInt64(type & 63)
    switch (type >> 6) & 3 {
    case 0: a |= bit
    case 1: b |= bit
    case 2: c |= bit
    default: d |= bit
    }
  }

  /// The types of both.
  public func union(_ other: TypeMask) -> TypeMask {
    var both = self
    (both.a, both.b, both.c, both.d) = (a | other.a, b | other.b, c | other.c, d | other.d)
    return both
  }

  /// Whether any type is in both.
  @inlinable package func intersects(_ other: TypeMask) -> Bool {
    a & other.a | b & other.b | c & other.c | d & other.d != 0
  }

  /// Whether the type's bit is set.
  @inlinable @inline(__always) public func contains(_ type: UInt16) -> Bool {
    let bit = UInt64(1) << UInt64(type & 63)
    return switch (type >> 6) & 3 {
    case 0: a & bit != 0
    case 1: b & bit != 0
    case 2: c & bit != 0
    default: d & bit != 0
    }
  }
}

/// Bytes that are not what they should be.
public struct WireError: Error, Hashable, Sendable {
  /// What is wrong, as a sentence without its place.
  public var what: String
  /// The byte where it was noticed, counted from the start of the thing that was read.
  public var at: Int

  /// An error at a byte.
  public init(_ what: String, at: Int) {
    self.what = what
    self.at = at
  }
}

extension WireError: CustomStringConvertible {
  /// The sentence and its byte.
  public var description: String { "\(what) (byte \(at))" }
}
