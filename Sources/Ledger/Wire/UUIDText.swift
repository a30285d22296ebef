/// The text form of a UUID, lower case with hyphens, to 16 bytes and back.
package enum UUIDText {
  /// The 16 bytes, or nil when the text is no UUID in canonical lower case.
  package static func bytes(_ text: String) -> [UInt8]? {
    let utf8 = Array(text.utf8)
    guard utf8.count == 36 else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(16)
    var index = 0
    while index < 36 {
      if index == 8 || index == 13 || index == 18 || index == 23 {
        guard utf8[index] == 45 else { return nil }
        index += 1
        continue
      }
      guard let high = digit(utf8[index]), let low = digit(utf8[index + 1]) else { return nil }
      bytes.append(high << 4 | low)
      index += 2
    }
    return bytes
  }

  /// The canonical text of 16 bytes; hexadecimal without hyphens for any other length.
  package static func text(_ bytes: [UInt8]) -> String {
    var out: [UInt8] = []
    let digits = Array("0123456789abcdef".utf8)
    for (index, byte) in bytes.enumerated() {
      if bytes.count == 16, index == 4 || index == 6 || index == 8 || index == 10 { out.append(45) }
      out.append(digits[Int(byte >> 4)])
      out.append(digits[Int(byte & 15)])
    }
    return String(decoding: out, as: UTF8.self)
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 48...57: byte - 48
    case 97...102: byte - 87
    default: nil
    }
  }
}
