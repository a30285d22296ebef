/// The text form of a UUID, lower case with hyphens, to 16 bytes and back.
package enum UUIDText {
  /// The 16 bytes, or nil when the text is no UUID in canonical lower case.
  package static func bytes(_ text: Span<UInt8>) -> InlineArray<16, UInt8>? {
    guard text.count == 36 else { return nil }
    var bytes = InlineArray<16, UInt8>(repeating: 0)
    var index = 0
    var count = 0
    while index < 36 {
      if index == 8 || index == 13 || index == 18 || index == 23 {
        guard text[index] == 45 else { return nil }
        index += 1
        continue
      }
      guard let high = Hex.digit(text[index]), let low = Hex.digit(text[index + 1]) else {
        return nil
      }
      bytes[count] = high << 4 | low
      count += 1
      index += 2
    }
    return bytes
  }

  /// The canonical text of 16 bytes; hexadecimal without hyphens for any other length.
  package static func text(_ bytes: [UInt8]) -> String {
    guard bytes.count == 16 else { return Hex.text(bytes) }
    let letters = letters(bytes.span)
    return String(decoding: letters.indices.map { letters[$0] }, as: UTF8.self)
  }

  /// The 36 letters of 16 bytes, without an allocation.
  static func letters(_ bytes: Span<UInt8>) -> InlineArray<36, UInt8> {
    var letters = InlineArray<36, UInt8>(repeating: 45)
    var at = 0
    for index in 0..<16 {
      if index == 4 || index == 6 || index == 8 || index == 10 { at += 1 }
      letters[at] = Hex.letter(bytes[index] >> 4)
      letters[at + 1] = Hex.letter(bytes[index] & 15)
      at += 2
    }
    return letters
  }
}
