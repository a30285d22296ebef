/// Standard base64 with padding (RFC 4648, section 4), read strictly: one text for one value.
package enum Base64 {
  private static let letters = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  /// The text of bytes.
  package static func text(_ bytes: some Collection<UInt8>) -> String {
    var out: [UInt8] = []
    out.reserveCapacity((bytes.count + 2) / 3 * 4)
    var group: UInt32 = 0
    var count = 0
    for byte in bytes {
      group = group << 8 | UInt32(byte)
      count += 1
      if count == 3 {
        for shift in [18, 12, 6, 0] as [UInt32] { out.append(letters[Int(group >> shift & 63)]) }
        (group, count) = (0, 0)
      }
    }
    if count > 0 {
      group <<= UInt32(8 * (3 - count))
      for index in 0..<4 {
        let shift = UInt32(18 - 6 * index)
        out.append(index <= count ? letters[Int(group >> shift & 63)] : UInt8(ascii: "="))
      }
    }
    return String(decoding: out, as: UTF8.self)
  }

  /// The bytes of a text, or nil when it is not the text that `text` would write.
  package static func bytes(_ text: some StringProtocol) -> [UInt8]? {
    let utf8 = Array(text.utf8)
    guard utf8.count % 4 == 0 else { return nil }
    var out: [UInt8] = []
    out.reserveCapacity(utf8.count / 4 * 3)
    var at = 0
    while at < utf8.count {
      let isLast = at + 4 == utf8.count
      var group: UInt32 = 0
      var padding = 0
      for byte in utf8[at..<at + 4] {
        guard let value = value(byte) else {
          guard isLast, byte == UInt8(ascii: "=") else { return nil }
          padding += 1
          group <<= 6
          continue
        }
        if padding > 0 { return nil }
        group = group << 6 | value
      }
      guard padding <= 2 else { return nil }
      if padding > 0, group & (padding == 1 ? 0xFF : 0xFFFF) != 0 { return nil }
      for index in 0..<(3 - padding) {
        out.append(UInt8(truncatingIfNeeded: group >> UInt32(16 - 8 * index)))
      }
      at += 4
    }
    return out
  }

  private static func value(_ byte: UInt8) -> UInt32? {
    switch byte {
    case 65...90: UInt32(byte) - 65
    case 97...122: UInt32(byte) - 71
    case 48...57: UInt32(byte) + 4
    case 43: 62
    case 47: 63
    default: nil
    }
  }
}
