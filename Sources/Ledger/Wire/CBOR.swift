/// Writes deterministic CBOR (RFC 8949, section 4.2): shortest integers, definite lengths, no
/// floats.
///
/// Map keys must be given in ascending order; the writer does not sort.
public struct CBORWriter: Sendable {
  /// What has been written.
  public var bytes: [UInt8]

  /// An empty writer with room for `capacity` bytes.
  public init(capacity: Int = 128) {
    bytes = []
    bytes.reserveCapacity(capacity)
  }

  /// Starts a map of `count` pairs.
  public mutating func map(_ count: Int) { head(5, UInt64(count)) }
  /// Starts an array of `count` items.
  public mutating func array(_ count: Int) { head(4, UInt64(count)) }
  /// An unsigned integer; also a map key.
  public mutating func uint(_ value: UInt64) { head(0, value) }
  /// A signed integer.
  public mutating func int(_ value: Int64) {
    value >= 0 ? head(0, UInt64(value)) : head(1, UInt64(bitPattern: ~value))
  }
  /// A truth value.
  public mutating func bool(_ value: Bool) { bytes.append(value ? 0xF5 : 0xF4) }
  /// JSON's null, only inside canonical JSON bodies.
  public mutating func null() { bytes.append(0xF6) }
  /// A text string.
  public mutating func text(_ value: some StringProtocol) {
    let utf8 = value.utf8
    head(3, UInt64(utf8.count))
    bytes.append(contentsOf: utf8)
  }
  /// A text string from bytes that the caller knows to be UTF-8.
  public mutating func text(utf8: some Collection<UInt8>) {
    head(3, UInt64(utf8.count))
    bytes.append(contentsOf: utf8)
  }
  /// A byte string.
  public mutating func data(_ value: some Collection<UInt8>) {
    head(2, UInt64(value.count))
    bytes.append(contentsOf: value)
  }

  /// The first byte of an item and its argument in the fewest bytes.
  public mutating func head(_ major: UInt8, _ argument: UInt64) {
    let top = major << 5
    switch argument {
    case 0..<24:
      bytes.append(top | UInt8(truncatingIfNeeded: argument))
    case 24..<0x100:
      bytes.append(top | 24)
      bytes.append(UInt8(truncatingIfNeeded: argument))
    case 0x100..<0x1_0000:
      bytes.append(top | 25)
      bytes.append(UInt8(truncatingIfNeeded: argument >> 8))
      bytes.append(UInt8(truncatingIfNeeded: argument))
    case 0x1_0000..<0x1_0000_0000:
      bytes.append(top | 26)
      for shift in stride(from: 24, through: 0, by: -8) {
        bytes.append(UInt8(truncatingIfNeeded: argument >> UInt64(shift)))
      }
    default:
      bytes.append(top | 27)
      for shift in stride(from: 56, through: 0, by: -8) {
        bytes.append(UInt8(truncatingIfNeeded: argument >> UInt64(shift)))
      }
    }
  }
}

/// Reads deterministic CBOR in place. Nothing is allocated unless a `String` is asked for; every
/// access is bounds-checked, so damaged bytes end in a `WireError`, never in a trap.
public struct CBORReader: ~Escapable {
  /// The bytes being read.
  public let bytes: Span<UInt8>
  /// Where the next item starts.
  public var position: Int

  /// A reader at the first byte.
  @inlinable @_lifetime(copy bytes) public init(_ bytes: Span<UInt8>) {
    self.bytes = bytes
    self.position = 0
  }

  /// Whether everything was read.
  @inlinable public var isAtEnd: Bool { position >= bytes.count }

  /// Major type of the next item (0 unsigned, 1 negative, 2 bytes, 3 text, 4 array, 5 map, 7
  /// simple).
  @inlinable public func peekMajor() throws(WireError) -> UInt8 {
    guard position < bytes.count else { throw WireError("the bytes end in mid-item", at: position) }
    return bytes[position] >> 5
  }

  /// Reads an item's head: its major type and argument. Indefinite lengths are refused.
  @inlinable @inline(__always)
  public mutating func head() throws(WireError) -> (major: UInt8, argument: UInt64) {
    guard bytes.indices.contains(position) else {
      throw WireError("the bytes end in mid-item", at: position)
    }
    // Every unchecked access of this file stands behind such a guard.
    let first = unsafe bytes[unchecked: position]
    let low = first & 0x1F
    if low < 24 {
      position += 1
      return (first >> 5, UInt64(low))
    }
    let start = position + 1
    if low <= 27, bytes.count - start >= 8 {
      let width = 1 << Int(low - 24)
      position = start + width
      let word = unsafe bytes.withUnsafeBytes {
        unsafe $0.loadUnaligned(fromByteOffset: start, as: UInt64.self)
      }
      return (first >> 5, word.bigEndian >> UInt64(64 - 8 * width))
    }
    return try longHead(first, low)
  }

  // Near the end of the bytes, or no head at all.
  @inlinable @inline(never)
  mutating func longHead(_ first: UInt8, _ low: UInt8) throws(WireError)
    -> (major: UInt8, argument: UInt64)
  {
    let width = low == 24 ? 1 : low == 25 ? 2 : low == 26 ? 4 : low == 27 ? 8 : 0
    guard width > 0, position + width < bytes.count else {
      throw WireError("an item of unknown length, or cut short", at: position)
    }
    var value: UInt64 = 0
    for index in 1...width { value = value << 8 | UInt64(bytes[position + index]) }
    position += 1 + width
    return (first >> 5, value)
  }

  @inlinable @inline(__always)
  mutating func expect(_ major: UInt8, _ name: StaticString) throws(WireError) -> UInt64 {
    let at = position
    let (found, argument) = try head()
    guard found == major else { throw CBORReader.misfit("expected ", name, "", at) }
    return argument
  }

  // Kept apart, so that what is read a million times stays short.
  @inlinable @inline(never)
  static func misfit(_ before: StaticString, _ name: StaticString, _ after: StaticString, _ at: Int)
    -> WireError
  {
    WireError("\(before)\(name)\(after)", at: at)
  }

  /// Pairs of the map that starts here.
  @inlinable @inline(__always)
  public mutating func map() throws(WireError) -> Int {
    try count(5, "a map", each: 2)
  }
  /// Items of the array that starts here.
  @inlinable @inline(__always)
  public mutating func array() throws(WireError) -> Int {
    try count(4, "an array", each: 1)
  }
  @inlinable @inline(__always)
  mutating func count(_ major: UInt8, _ name: StaticString, each: Int) throws(WireError) -> Int {
    let at = position
    let count = try expect(major, name)
    guard count <= UInt64((bytes.count - position) / each) else {
      throw CBORReader.misfit("", name, " claims more items than there are bytes", at)
    }
    return Int(count)
  }
  /// An unsigned integer.
  @inlinable @inline(__always)
  public mutating func uint() throws(WireError) -> UInt64 {
    try expect(0, "an unsigned integer")
  }
  /// A signed integer of 64 bits.
  @inlinable @inline(__always)
  public mutating func int() throws(WireError) -> Int64 {
    let at = position
    let (major, argument) = try head()
    guard major <= 1, argument <= UInt64(Int64.max) else {
      throw CBORReader.misfit("expected ", "an integer of 64 bits", "", at)
    }
    return major == 0 ? Int64(argument) : ~Int64(argument)
  }
  /// A truth value.
  @inlinable public mutating func bool() throws(WireError) -> Bool {
    let at = position
    let (major, argument) = try head()
    guard major == 7, argument == 20 || argument == 21 else {
      throw WireError("expected true or false", at: at)
    }
    return argument == 21
  }
  /// Where the text that starts here stands.
  @inlinable @inline(__always)
  public mutating func textRange() throws(WireError) -> Range<Int> {
    try range(3, "a text")
  }
  /// Where the byte string that starts here stands.
  @inlinable @inline(__always)
  public mutating func dataRange() throws(WireError) -> Range<Int> {
    try range(2, "a byte string")
  }
  @inlinable @inline(__always)
  mutating func range(_ major: UInt8, _ name: StaticString) throws(WireError) -> Range<Int> {
    let at = position
    let length = try expect(major, name)
    guard length <= UInt64(bytes.count - position) else {
      throw CBORReader.misfit("", name, " is cut short", at)
    }
    let start = position
    position += Int(length)
    return start..<position
  }
  /// A text, copied.
  public mutating func text() throws(WireError) -> String {
    let range = try textRange()
    return string(range)
  }
  /// A byte string, copied.
  public mutating func data() throws(WireError) -> [UInt8] {
    let range = try dataRange()
    return array(range)
  }
  /// A 64-bit digest of the text that starts here, for comparing ids without copying them.
  @inlinable @inline(__always)
  public mutating func textKey() throws(WireError) -> TextKey {
    let range = try textRange()
    return TextKey(unsafe bytes.extracting(unchecked: range))
  }

  /// Whether all bytes of a range are ASCII; eight are looked at in a turn.
  @inlinable @inline(__always)
  package func isASCII(_ range: Range<Int>) -> Bool {
    precondition(range.lowerBound >= 0 && range.upperBound <= bytes.count, "outside the bytes")
    return unsafe bytes.withUnsafeBytes { base in
      var (bits, at): (UInt64, Int) = (0, range.lowerBound)
      while at + 8 <= range.upperBound {
        unsafe bits |= base.loadUnaligned(fromByteOffset: at, as: UInt64.self)
        at += 8
      }
      while at < range.upperBound {
        unsafe bits |= UInt64(base[at])
        at += 1
      }
      return bits & 0x8080_8080_8080_8080 == 0
    }
  }

  /// Copies a range of the bytes as text; what is not UTF-8 is replaced.
  public func string(_ range: Range<Int>) -> String {
    unsafe bytes.extracting(range).withUnsafeBufferPointer {
      unsafe String(decoding: $0, as: UTF8.self)
    }
  }
  /// Copies a range of the bytes.
  public func array(_ range: Range<Int>) -> [UInt8] {
    unsafe bytes.extracting(range).withUnsafeBufferPointer { unsafe Array($0) }
  }

  /// Steps over one item, however deep, without recursion.
  @inlinable @inline(__always)
  public mutating func skip() throws(WireError) {
    // Most items are short numbers and texts.
    if bytes.indices.contains(position) {
      let first = unsafe bytes[unchecked: position]
      if first < 0x18 {
        position += 1
        return
      }
      let length = Int(first & 0x1F)
      if first & 0xC0 == 0x40, length < 24, length < bytes.count - position {
        position += 1 + length
        return
      }
    }
    try skipLong()
  }

  @inlinable @inline(never)
  mutating func skipLong() throws(WireError) {
    var left: UInt64 = 1
    while left > 0 {
      left -= 1
      let at = position
      let (major, argument) = try head()
      switch major {
      case 2, 3:
        guard argument <= UInt64(bytes.count - position) else {
          throw WireError("a string is cut short", at: at)
        }
        position += Int(argument)
      case 4, 5:
        let items = major == 5 ? argument.multipliedReportingOverflow(by: 2).partialValue : argument
        guard argument <= UInt64(bytes.count), items <= UInt64(bytes.count) else {
          throw WireError("a list claims more items than there are bytes", at: at)
        }
        left += items
      case 6: throw WireError("tags are not used", at: at)
      default: break
      }
    }
  }
}
