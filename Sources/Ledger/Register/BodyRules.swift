extension BodyCodec {
  /// Whether a text may be an id.
  package static func isID(_ text: Span<UInt8>) -> Bool {
    for index in 0..<text.count where text[index] < 0x20 || text[index] == 0x7F { return false }
    return text.count > 0
  }

  /// Whether a text may be a code.
  package static func isCode(_ text: Span<UInt8>) -> Bool {
    for index in 0..<text.count where text[index] < 0x21 || text[index] > 0x7E { return false }
    return text.count > 0
  }

  /// The day of `YYYY-MM-DD`.
  package static func day(_ text: Span<UInt8>) -> Day? {
    guard text.count == 10, text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-"),
      let year = number(text, 0..<4), let month = number(text, 5..<7),
      let day = number(text, 8..<10)
    else { return nil }
    return Day(year: year, month: month, day: day)
  }

  /// Minutes since midnight of `HH:MM`.
  package static func minutes(_ text: Span<UInt8>) -> Int64? {
    guard text.count == 5, text[2] == UInt8(ascii: ":"), let hour = number(text, 0..<2),
      let minute = number(text, 3..<5), hour < 24, minute < 60
    else { return nil }
    return Int64(hour * 60 + minute)
  }

  /// The instant of an RFC 3339 text with an offset.
  package static func instant(_ text: Span<UInt8>) -> ClockTime? {
    unsafe text.withUnsafeBufferPointer { unsafe ClockTime(utf8: Array($0)[...]) }
  }

  private static func number(_ text: Span<UInt8>, _ range: Range<Int>) -> Int? {
    var value = 0
    for index in range {
      let digit = text[index]
      guard digit >= 48, digit <= 57 else { return nil }
      value = value * 10 + Int(digit - 48)
    }
    return value
  }

  /// A text in quotes, cut after forty bytes, for an error.
  static func quote(_ text: Span<UInt8>) -> String {
    let shown = text.extracting(first: 40)
    let content = unsafe shown.withUnsafeBufferPointer {
      unsafe String(decoding: $0, as: UTF8.self)
    }
    return "\"" + content + (text.count > 40 ? "…" : "") + "\""
  }
}

extension Field.Limits {
  /// A number within the bounds.
  func check(_ value: Int64) throws(BodyError) {
    if let minimum, value < minimum { throw BodyError("\(value) is less than \(minimum)") }
    if let maximum, value > maximum { throw BodyError("\(value) is more than \(maximum)") }
  }

  /// A text among those allowed.
  func check(_ text: Span<UInt8>) throws(BodyError) {
    if oneOf.isEmpty { return }
    let key = TextKey(text)
    guard oneOf.contains(where: { TextKey($0) == key }) else {
      throw BodyError("\(BodyCodec.quote(text)) is none of \(oneOf.joined(separator: ", "))")
    }
  }
}
