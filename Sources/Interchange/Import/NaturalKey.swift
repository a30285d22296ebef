/// What things are called in the world, in the form in which names are compared: the bank, the desk
/// and a spreadsheet write one name in several ways.
enum NaturalKey {
  /// The id of an event with its natural key in the form that is compared: no blanks at the ends of
  /// the key, one blank where several stand, and capitals. The type in front stays as it is.
  static func normal(_ id: String) -> String {
    guard let start = id.firstIndex(of: "/") else { return id }
    let words = id[id.index(after: start)...].split { $0 == " " || $0 == "\t" }
    return id[...start] + upper(Array(words.joined(separator: " ").utf8))
  }

  /// A reference as a bank has it, a UTR, RRN or UPI id: capitals, without the blanks and hyphens
  /// by which somebody made it readable.
  static func reference(_ bytes: some Collection<UInt8>) -> [UInt8] {
    bytes.compactMap { byte in
      byte == 32 || byte == 9 || byte == UInt8(ascii: "-") ? nil : upper(byte)
    }
  }

  /// An objection to a text that is a number as a spreadsheet shows it when it finds it too long:
  /// `6.09512E+11` stands for a million references. Nil for any other.
  static func loss(in bytes: some Collection<UInt8>) -> Objection? {
    guard isExponent(bytes[...]) else { return nil }
    return Objection(
      "text.exponent",
      "\(Objection.quote(bytes)) is a long number as a spreadsheet shows it, and its last "
        + "digits are lost",
      remedy: "format the column as text in the spreadsheet, write the number again with all its "
        + "digits and save it")
  }

  /// The same for a key, which may have other words beside the number.
  static func loss(inKey key: String) -> Objection? {
    guard key.utf8.contains(UInt8(ascii: "+")) else { return nil }
    let parts = key.utf8.split { byte in
      !(isDigit(byte) || byte | 32 == UInt8(ascii: "e") || "+.,".utf8.contains(byte))
    }
    for part in parts {
      if let loss = loss(in: Array(part)) { return loss }
    }
    return nil
  }

  // Digits with a point or comma, an E, a plus sign, digits.
  private static func isExponent(_ bytes: some Collection<UInt8>) -> Bool {
    guard let plus = bytes.firstIndex(of: UInt8(ascii: "+")) else { return false }
    let (front, power) = (bytes[..<plus], bytes[plus...].dropFirst())
    guard !power.isEmpty, power.allSatisfy(isDigit), let first = front.first, isDigit(first),
      let sign = front.dropFirst().firstIndex(where: { $0 | 32 == UInt8(ascii: "e") })
    else { return false }
    return front[sign...].count == 1
      && front[..<sign].allSatisfy { isDigit($0) || ".,".utf8.contains($0) }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- 48 < 10 }
  private static func upper(_ byte: UInt8) -> UInt8 { byte &- 97 < 26 ? byte - 32 : byte }
  private static func upper(_ bytes: [UInt8]) -> String {
    String(decoding: bytes.map { upper($0) }, as: UTF8.self)
  }
}
