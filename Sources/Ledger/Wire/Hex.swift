/// Hexadecimal digits.
package enum Hex {
  /// The value of a digit, or nil; capital letters only when `upper` allows them.
  @inlinable package static func digit(_ byte: UInt8, upper: Bool = false) -> UInt8? {
    switch byte {
    case 48...57: byte - 48
    case 97...102: byte - 87
    case 65...70 where upper: byte - 55
    default: nil
    }
  }

  /// The digit of a value below 16.
  @inlinable package static func letter(_ value: UInt8) -> UInt8 {
    value < 10 ? 48 + value : 87 + value
  }

  /// Two lower-case digits a byte.
  package static func text(_ bytes: some Sequence<UInt8>) -> String {
    var out: [UInt8] = []
    for byte in bytes {
      out.append(letter(byte >> 4))
      out.append(letter(byte & 15))
    }
    return String(decoding: out, as: UTF8.self)
  }

  /// The bytes of lower-case hexadecimal text, or nil.
  package static func bytes(_ text: some Collection<UInt8>) -> [UInt8]? {
    guard text.count % 2 == 0 else { return nil }
    var out: [UInt8] = []
    out.reserveCapacity(text.count / 2)
    var high: UInt8?
    for byte in text {
      guard let digit = digit(byte) else { return nil }
      if let first = high {
        out.append(first << 4 | digit)
        high = nil
      } else {
        high = digit
      }
    }
    return out
  }
}
