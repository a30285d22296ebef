extension JSONReader {
  /// A string: where its content stands. Its UTF-8 and its escapes have been checked.
  package mutating func text() throws(BodyError) -> Text {
    let found = try kind()
    guard found == .text else { throw BodyError(JSONReader.mistyped("a string", found)) }
    position += 1
    let start = position
    var isEscaped = false
    while position < bytes.count {
      while position < bytes.count, JSONReader.isPlain(bytes[position]) { position += 1 }
      guard position < bytes.count else { break }
      switch bytes[position] {
      case UInt8(ascii: "\""):
        position += 1
        return Text(range: start..<position - 1, isEscaped: isEscaped)
      case UInt8(ascii: "\\"):
        isEscaped = true
        _ = try escape()
      case 0x00..<0x20: throw fault("a control character in a string")
      case 0x20..<0x80: position += 1
      default:
        let length = UTF8Check.length(bytes, position)
        guard length > 0 else { throw fault("a string is not UTF-8") }
        position += length
      }
    }
    throw fault("a string is not closed")
  }

  // A byte that stands for itself in a string.
  @inline(__always) private static func isPlain(_ byte: UInt8) -> Bool {
    byte >= 0x20 && byte < 0x80 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
  }

  /// The scalar of the escape that starts here; a surrogate must come with its partner.
  private mutating func escape() throws(BodyError) -> UInt32 {
    guard position + 1 < bytes.count else { throw fault("a string is not closed") }
    let letter = bytes[position + 1]
    position += 2
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return UInt32(letter)
    case UInt8(ascii: "b"): return 8
    case UInt8(ascii: "f"): return 12
    case UInt8(ascii: "n"): return 10
    case UInt8(ascii: "r"): return 13
    case UInt8(ascii: "t"): return 9
    case UInt8(ascii: "u"):
      let unit = try four()
      guard unit & 0xF800 == 0xD800 else { return unit }
      guard unit < 0xDC00, position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"),
        bytes[position + 1] == UInt8(ascii: "u")
      else { throw fault("half a surrogate pair") }
      position += 2
      let low = try four()
      guard low & 0xFC00 == 0xDC00 else { throw fault("half a surrogate pair") }
      return 0x10000 + ((unit & 0x3FF) << 10 | (low & 0x3FF))
    default: throw fault("an escape JSON does not have")
    }
  }

  private mutating func four() throws(BodyError) -> UInt32 {
    guard position + 4 <= bytes.count else { throw fault("a string is not closed") }
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let digit = Hex.digit(bytes[position], upper: true) else {
        throw fault("expected four hexadecimal digits")
      }
      value = value << 4 | UInt32(digit)
      position += 1
    }
    return value
  }

  /// The content of a string with its escapes decoded.
  package func content(_ text: Text) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(text.range.count)
    var reader = JSONReader(bytes)
    reader.position = text.range.lowerBound
    while reader.position < text.range.upperBound {
      let byte = bytes[reader.position]
      guard byte == UInt8(ascii: "\\") else {
        out.append(byte)
        reader.position += 1
        continue
      }
      guard let value = try? reader.escape(), let scalar = Unicode.Scalar(value) else { break }
      out.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    }
    return out
  }

  /// The content of a string, copied.
  package func string(_ text: Text) -> String {
    if text.isEscaped { return String(decoding: content(text), as: UTF8.self) }
    return unsafe bytes.extracting(text.range).withUnsafeBufferPointer {
      unsafe String(decoding: $0, as: UTF8.self)
    }
  }
}

/// Whether bytes are UTF-8 as Unicode 15 defines it: shortest form, no surrogates, at most
/// U+10FFFF.
package enum UTF8Check {
  /// Length of the scalar at `at`, 1 to 4, or 0 when it is none.
  package static func length(_ bytes: Span<UInt8>, _ at: Int) -> Int {
    let first = bytes[at]
    if first < 0x80 { return 1 }
    guard first >= 0xC2, first <= 0xF4 else { return 0 }
    let length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
    guard at + length <= bytes.count else { return 0 }
    let second = bytes[at + 1]
    let low: UInt8 = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80
    let high: UInt8 = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF
    guard second >= low, second <= high else { return 0 }
    if length > 2, bytes[at + 2] & 0xC0 != 0x80 { return 0 }
    if length > 3, bytes[at + 3] & 0xC0 != 0x80 { return 0 }
    return length
  }

  /// Whether all of the bytes are UTF-8.
  package static func isValid(_ bytes: Span<UInt8>) -> Bool {
    var index = 0
    while index < bytes.count {
      let step = length(bytes, index)
      if step == 0 { return false }
      index += step
    }
    return true
  }
}
