/// Writes compact JSON; strings are escaped as RFC 8785 says (only what must be).
package struct JSONWriter: Sendable {
  /// What has been written.
  package var bytes: [UInt8]

  /// An empty writer with room for `capacity` bytes.
  package init(capacity: Int = 256) {
    bytes = []
    bytes.reserveCapacity(capacity)
  }

  /// Bytes as they are: punctuation.
  package mutating func raw(_ text: StaticString) {
    unsafe bytes.append(
      contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  /// A name and its colon; a comma in front unless it is the first.
  package mutating func name(_ name: [UInt8], first: inout Bool) {
    if !first { bytes.append(UInt8(ascii: ",")) }
    first = false
    bytes.append(UInt8(ascii: "\""))
    bytes.append(contentsOf: name)
    bytes.append(UInt8(ascii: "\""))
    bytes.append(UInt8(ascii: ":"))
  }

  /// A string.
  package mutating func text(_ value: String) { text(utf8: Array(value.utf8).span) }

  /// A string of bytes that the caller knows to be UTF-8.
  package mutating func text(utf8 value: Span<UInt8>) {
    bytes.append(UInt8(ascii: "\""))
    var start = 0
    for index in 0..<value.count {
      let byte = value[index]
      guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else {
        continue
      }
      append(value.extracting(start..<index))
      start = index + 1
      escape(byte)
    }
    append(value.extracting(start..<value.count))
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func escape(_ byte: UInt8) {
    bytes.append(UInt8(ascii: "\\"))
    switch byte {
    case 8: bytes.append(UInt8(ascii: "b"))
    case 9: bytes.append(UInt8(ascii: "t"))
    case 10: bytes.append(UInt8(ascii: "n"))
    case 12: bytes.append(UInt8(ascii: "f"))
    case 13: bytes.append(UInt8(ascii: "r"))
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(byte)
    default:
      raw("u00")
      bytes.append(Hex.letter(byte >> 4))
      bytes.append(Hex.letter(byte & 15))
    }
  }

  private mutating func append(_ value: Span<UInt8>) {
    unsafe value.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
  }

  /// A whole number.
  package mutating func int(_ value: Int64) {
    if value < 0 { bytes.append(UInt8(ascii: "-")) }
    digits(value.magnitude, width: 1)
  }

  /// A truth value.
  package mutating func bool(_ value: Bool) { value ? raw("true") : raw("false") }

  /// Decimal digits, with zeros in front up to `width`.
  mutating func digits(_ value: UInt64, width: Int) {
    let start = bytes.count
    var rest = value
    repeat {
      bytes.append(48 + UInt8(truncatingIfNeeded: rest % 10))
      rest /= 10
    } while rest > 0 || bytes.count - start < width
    bytes[start...].reverse()
  }

  /// `YYYY-MM-DD`, without quotes.
  mutating func day(_ value: Day) {
    let (year, month, day) = value.civil
    digits(UInt64(clamping: year), width: 4)
    bytes.append(UInt8(ascii: "-"))
    digits(UInt64(clamping: month), width: 2)
    bytes.append(UInt8(ascii: "-"))
    digits(UInt64(clamping: day), width: 2)
  }

  /// A date in quotes.
  package mutating func date(_ value: Day) {
    bytes.append(UInt8(ascii: "\""))
    day(value)
    bytes.append(UInt8(ascii: "\""))
  }

  /// An instant in quotes: RFC 3339 with its offset.
  package mutating func instant(_ value: ClockTime) { text(value.description) }

  /// Bytes in lower-case hexadecimal, in quotes.
  package mutating func hex(_ value: Span<UInt8>) {
    bytes.append(UInt8(ascii: "\""))
    for index in 0..<value.count {
      bytes.append(Hex.letter(value[index] >> 4))
      bytes.append(Hex.letter(value[index] & 15))
    }
    bytes.append(UInt8(ascii: "\""))
  }

  /// Bytes in base64url without padding, in quotes.
  package mutating func base64(_ value: Span<UInt8>) {
    bytes.append(UInt8(ascii: "\""))
    var bits: UInt32 = 0
    var count: UInt32 = 0
    for index in 0..<value.count {
      bits = bits << 8 | UInt32(value[index])
      count += 8
      while count >= 6 {
        count -= 6
        bytes.append(Base64.letter(UInt8(truncatingIfNeeded: bits >> count) & 63))
      }
    }
    if count > 0 {
      bytes.append(Base64.letter(UInt8(truncatingIfNeeded: bits << (6 - count)) & 63))
    }
    bytes.append(UInt8(ascii: "\""))
  }
}

/// base64url without padding (RFC 4648, section 5).
package enum Base64 {
  static func letter(_ value: UInt8) -> UInt8 {
    switch value {
    case 0..<26: 65 + value
    case 26..<52: 71 + value
    case 52..<62: value - 4
    case 62: UInt8(ascii: "-")
    default: UInt8(ascii: "_")
    }
  }

  private static func value(_ letter: UInt8) -> UInt32? {
    switch letter {
    case 65...90: UInt32(letter - 65)
    case 97...122: UInt32(letter - 71)
    case 48...57: UInt32(letter + 4)
    case UInt8(ascii: "-"): 62
    case UInt8(ascii: "_"): 63
    default: nil
    }
  }

  /// The bytes of a text; nil when it has other characters, an impossible length or stray bits.
  package static func bytes(_ text: Span<UInt8>) -> [UInt8]? {
    var out: [UInt8] = []
    out.reserveCapacity(text.count * 3 / 4)
    var bits: UInt32 = 0
    var count: UInt32 = 0
    for index in 0..<text.count {
      guard let value = value(text[index]) else { return nil }
      bits = bits << 6 | value
      count += 6
      if count >= 8 {
        count -= 8
        out.append(UInt8(truncatingIfNeeded: bits >> count))
        bits &= (1 << count) - 1
      }
    }
    return count < 6 && bits == 0 ? out : nil
  }
}
