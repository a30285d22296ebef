/// Writes deterministic CBOR (RFC 8949, section 4.2): shortest integers, definite lengths, no floats.
///
/// Map keys must be given in ascending order; the writer does not sort.
package struct CBORWriter: Sendable {
  /// What has been written.
  package var bytes: [UInt8]

  /// An empty writer with room for `capacity` bytes.
  package init(capacity: Int = 128) {
    bytes = []
    bytes.reserveCapacity(capacity)
  }

  /// Starts a map of `count` pairs.
  package mutating func map(_ count: Int) { head(5, UInt64(count)) }
  /// Starts an array of `count` items.
  package mutating func array(_ count: Int) { head(4, UInt64(count)) }
  /// An unsigned integer; also a map key.
  package mutating func uint(_ value: UInt64) { head(0, value) }
  /// A signed integer.
  package mutating func int(_ value: Int64) {
    value >= 0 ? head(0, UInt64(value)) : head(1, UInt64(bitPattern: ~value))
  }
  /// A truth value.
  package mutating func bool(_ value: Bool) { bytes.append(value ? 0xF5 : 0xF4) }
  /// JSON's null, only inside canonical JSON bodies.
  package mutating func null() { bytes.append(0xF6) }
  /// A text string.
  package mutating func text(_ value: some StringProtocol) {
    let utf8 = value.utf8
    head(3, UInt64(utf8.count))
    bytes.append(contentsOf: utf8)
  }
  /// A text string from bytes that the caller knows to be UTF-8.
  package mutating func text(utf8: some Collection<UInt8>) {
    head(3, UInt64(utf8.count))
    bytes.append(contentsOf: utf8)
  }
  /// A byte string.
  package mutating func data(_ value: some Collection<UInt8>) {
    head(2, UInt64(value.count))
    bytes.append(contentsOf: value)
  }

  /// The first byte of an item and its argument in the fewest bytes.
  package mutating func head(_ major: UInt8, _ argument: UInt64) {
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
package struct CBORReader: ~Escapable {
  /// The bytes being read.
  package let bytes: Span<UInt8>
  /// Where the next item starts.
  package var position: Int

  /// A reader at the first byte.
  @inlinable @_lifetime(copy bytes) package init(_ bytes: Span<UInt8>) {
    self.bytes = bytes
    self.position = 0
  }

  /// Whether everything was read.
  @inlinable package var isAtEnd: Bool { position >= bytes.count }

  /// Major type of the next item (0 unsigned, 1 negative, 2 bytes, 3 text, 4 array, 5 map, 7 simple).
  @inlinable package func peekMajor() throws(WireError) -> UInt8 {
    guard position < bytes.count else { throw WireError("the bytes end in mid-item", at: position) }
    return bytes[position] >> 5
  }

  /// Reads an item's head: its major type and argument. Indefinite lengths are refused.
  @inlinable package mutating func head() throws(WireError) -> (major: UInt8, argument: UInt64) {
    guard position < bytes.count else { throw WireError("the bytes end in mid-item", at: position) }
    let first = bytes[position]
    let low = first & 0x1F
    if low < 24 {
      position += 1
      return (first >> 5, UInt64(low))
    }
    let width = low == 24 ? 1 : low == 25 ? 2 : low == 26 ? 4 : low == 27 ? 8 : 0
    guard width > 0, position + width < bytes.count else {
      throw WireError("an item of unknown length, or cut short", at: position)
    }
    var value: UInt64 = 0
    for index in 1...width { value = value << 8 | UInt64(bytes[position + index]) }
    position += 1 + width
    return (first >> 5, value)
  }

  @inlinable mutating func expect(_ major: UInt8, _ name: StaticString) throws(WireError) -> UInt64
  {
    let at = position
    let (found, argument) = try head()
    guard found == major else { throw WireError("expected \(name)", at: at) }
    return argument
  }

  /// Pairs of the map that starts here.
  @inlinable package mutating func map() throws(WireError) -> Int {
    try count(5, "a map", each: 2)
  }
  /// Items of the array that starts here.
  @inlinable package mutating func array() throws(WireError) -> Int {
    try count(4, "an array", each: 1)
  }
  @inlinable mutating func count(_ major: UInt8, _ name: StaticString, each: Int) throws(WireError)
    -> Int
  {
    let at = position
    let count = try expect(major, name)
    guard count <= UInt64((bytes.count - position) / each) else {
      throw WireError("\(name) claims more items than there are bytes", at: at)
    }
    return Int(count)
  }
  /// An unsigned integer.
  @inlinable package mutating func uint() throws(WireError) -> UInt64 {
    try expect(0, "an unsigned integer")
  }
  /// A signed integer of 64 bits.
  @inlinable package mutating func int() throws(WireError) -> Int64 {
    let at = position
    let (major, argument) = try head()
    guard major <= 1, argument <= UInt64(Int64.max) else {
      throw WireError("expected an integer of 64 bits", at: at)
    }
    return major == 0 ? Int64(argument) : ~Int64(argument)
  }
  /// A truth value.
  @inlinable package mutating func bool() throws(WireError) -> Bool {
    let at = position
    let (major, argument) = try head()
    guard major == 7, argument == 20 || argument == 21 else {
      throw WireError("expected true or false", at: at)
    }
    return argument == 21
  }
  /// Where the text that starts here stands.
  @inlinable package mutating func textRange() throws(WireError) -> Range<Int> {
    try range(3, "a text")
  }
  /// Where the byte string that starts here stands.
  @inlinable package mutating func dataRange() throws(WireError) -> Range<Int> {
    try range(2, "a byte string")
  }
  @inlinable mutating func range(_ major: UInt8, _ name: StaticString) throws(WireError)
    -> Range<Int>
  {
    let at = position
    let length = try expect(major, name)
    guard length <= UInt64(bytes.count - position) else {
      throw WireError("\(name) is cut short", at: at)
    }
    let start = position
    position += Int(length)
    return start..<position
  }
  /// A text, copied.
  package mutating func text() throws(WireError) -> String {
    let range = try textRange()
    return string(range)
  }
  /// A byte string, copied.
  package mutating func data() throws(WireError) -> [UInt8] {
    let range = try dataRange()
    return array(range)
  }
  /// A 64-bit digest of the text that starts here, for comparing ids without copying them.
  @inlinable package mutating func textKey() throws(WireError) -> TextKey {
    let range = try textRange()
    return TextKey(bytes.extracting(range))
  }

  /// Copies a range of the bytes as text; what is not UTF-8 is replaced.
  package func string(_ range: Range<Int>) -> String {
    unsafe bytes.extracting(range).withUnsafeBufferPointer {
      unsafe String(decoding: $0, as: UTF8.self)
    }
  }
  /// Copies a range of the bytes.
  package func array(_ range: Range<Int>) -> [UInt8] {
    unsafe bytes.extracting(range).withUnsafeBufferPointer { unsafe Array($0) }
  }

  /// Steps over one item, however deep, without recursion.
  @inlinable package mutating func skip() throws(WireError) {
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

/// A 64-bit digest of an id, equal for equal bytes. Within one account two different ids share a key
/// with a chance of 2^-64 a pair; across the ledger keys are never compared.
package struct TextKey: RawRepresentable, BitwiseCopyable, Hashable, Sendable {
  /// The digest.
  package var rawValue: UInt64
  /// Wraps a digest.
  @inlinable package init(rawValue: UInt64) { self.rawValue = rawValue }
  /// No id at all.
  @inlinable package static var none: TextKey { TextKey(rawValue: 0) }

  /// The key of these bytes (two rounds of multiply-and-fold a word, after wyhash).
  @inlinable package init(_ bytes: Span<UInt8>) {
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
  package init(_ text: String) {
    self.init(text.utf8Span.span)
  }

  @inlinable static func fold(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let (high, low) = a.multipliedFullWidth(by: b)
    return high ^ low
  }
}
