/// Reads JSON (RFC 8259) in place, strictly: UTF-8 is checked, floats are refused by name, nesting
/// ends at 32, and nothing is allocated. Whatever the bytes are, they end in an error, never in a
/// trap.
package struct JSONReader: ~Escapable {
  /// The bytes being read.
  package let bytes: Span<UInt8>
  /// Where the next byte is read.
  package var position: Int

  /// How deep values may nest.
  package static var depth: Int { 32 }

  /// What a value is, judged by its first byte.
  package enum Kind: String, Sendable {
    case object = "an object"
    case array = "a list"
    case text = "a string"
    case number = "a number"
    case truth = "true or false"
    case null = "null"
  }

  /// A string as it stands between its quotes.
  package struct Text: Sendable {
    /// The bytes between the quotes.
    package var range: Range<Int>
    /// Whether it has escapes, so that its content must be decoded.
    package var isEscaped: Bool
  }

  /// A reader at the first byte.
  @_lifetime(copy bytes) package init(_ bytes: Span<UInt8>) {
    self.bytes = bytes
    self.position = 0
  }

  func fault(_ what: String) -> BodyError { BodyError("not JSON: \(what) (byte \(position))") }

  mutating func space() {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x09, 0x0A, 0x0D: position += 1
      default: return
      }
    }
  }

  /// What stands next, after white space.
  package mutating func kind() throws(BodyError) -> Kind {
    space()
    guard position < bytes.count else { throw fault("it ends where a value should start") }
    switch bytes[position] {
    case UInt8(ascii: "{"): return .object
    case UInt8(ascii: "["): return .array
    case UInt8(ascii: "\""): return .text
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number
    case UInt8(ascii: "t"), UInt8(ascii: "f"): return .truth
    case UInt8(ascii: "n"): return .null
    default: throw fault("no value starts like this")
    }
  }

  mutating func take(_ byte: UInt8) -> Bool {
    space()
    guard position < bytes.count, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  /// Steps into a value of this kind, or says what stands there instead.
  package mutating func expect(_ wanted: Kind) throws(BodyError) {
    let found = try kind()
    guard found == wanted else { throw BodyError(JSONReader.mistyped(wanted.rawValue, found)) }
  }

  static func mistyped(_ wanted: String, _ found: Kind) -> String {
    found == .null
      ? "found null; leave the property out instead"
      : "expected \(wanted), found \(found.rawValue)"
  }

  /// Steps into an object.
  package mutating func object() throws(BodyError) {
    try expect(.object)
    position += 1
  }

  /// Steps into a list.
  package mutating func array() throws(BodyError) {
    try expect(.array)
    position += 1
  }

  /// The next name of an object and its colon, or nil after its closing brace. `first` is true
  /// before the first call.
  package mutating func name(_ first: inout Bool) throws(BodyError) -> Text? {
    if take(UInt8(ascii: "}")) { return nil }
    if !first, !take(UInt8(ascii: ",")) { throw fault("expected a comma or a closing brace") }
    first = false
    guard try kind() == .text else { throw fault("expected a name in quotes") }
    let name = try text()
    guard take(UInt8(ascii: ":")) else { throw fault("expected a colon") }
    return name
  }

  /// Whether a list goes on; false after its closing bracket. `first` is true before the first
  /// call.
  package mutating func item(_ first: inout Bool) throws(BodyError) -> Bool {
    if take(UInt8(ascii: "]")) { return false }
    if !first, !take(UInt8(ascii: ",")) { throw fault("expected a comma or a closing bracket") }
    first = false
    return true
  }

  /// Nothing but white space is left.
  package mutating func end() throws(BodyError) {
    space()
    guard position == bytes.count else { throw fault("something follows the value") }
  }

  /// A whole number of 64 bits.
  package mutating func integer() throws(BodyError) -> Int64 {
    let found = try kind()
    guard found == .number else { throw BodyError(JSONReader.mistyped("an integer", found)) }
    let start = position
    let isNegative = bytes[position] == UInt8(ascii: "-")
    if isNegative { position += 1 }
    let first = position
    var value: Int64 = 0
    var isTooLong = false
    while position < bytes.count, bytes[position] >= 48, bytes[position] <= 57 {
      let (scaled, overflow) = value.multipliedReportingOverflow(by: 10)
      let (next, overflow2) = scaled.subtractingReportingOverflow(Int64(bytes[position] - 48))
      isTooLong = isTooLong || overflow || overflow2
      value = next
      position += 1
    }
    guard position > first else { throw fault("a minus sign without a number") }
    guard bytes[first] != 48 || position == first + 1 else { throw fault("a leading zero") }
    if position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"):
        throw BodyError("\(float(start)) is a float; every number is a whole one")
      default: break
      }
    }
    guard !isTooLong, isNegative || value != .min else {
      throw BodyError("\(float(start)) is longer than 64 bits can hold")
    }
    return isNegative ? value : -value
  }

  /// The number that starts here, as far as forty bytes show it.
  func float(_ start: Int) -> String {
    var text = ""
    var index = start
    while index < bytes.count, index < start + 40 {
      switch bytes[index] {
      case 0x2B, 0x2D, 0x2E, 0x30...0x39, 0x45, 0x65:
        text.unicodeScalars.append(Unicode.Scalar(bytes[index]))
      default: return text
      }
      index += 1
    }
    return text + "…"
  }

  /// True or false.
  package mutating func truth() throws(BodyError) -> Bool {
    let found = try kind()
    guard found == .truth else { throw BodyError(JSONReader.mistyped("true or false", found)) }
    let value = bytes[position] == UInt8(ascii: "t")
    try word(value ? "true" : "false")
    return value
  }

  /// Null.
  package mutating func null() throws(BodyError) { try word("null") }

  private mutating func word(_ text: StaticString) throws(BodyError) {
    let length = text.utf8CodeUnitCount
    guard position + length <= bytes.count else { throw fault("it ends in mid-word") }
    for index in 0..<length where unsafe bytes[position + index] != text.utf8Start[index] {
      throw fault("a word that is not true, false or null")
    }
    position += length
  }

  /// Steps over one value of any kind and checks its grammar, without recursion.
  package mutating func skip() throws(BodyError) {
    var open: UInt64 = 0
    var level = 0
    repeat {
      // Here a value starts.
      switch try kind() {
      case .object, .array:
        guard level < JSONReader.depth else { throw fault("it nests deeper than 32") }
        let isObject = bytes[position] == UInt8(ascii: "{")
        position += 1
        open = open << 1 | (isObject ? 1 : 0)
        level += 1
        var first = true
        if isObject ? try name(&first) != nil : try item(&first) { continue }
        open >>= 1
        level -= 1
      case .text: _ = try text()
      case .number: _ = try integer()
      case .truth: _ = try truth()
      case .null: try null()
      }
      // Here a value has ended: close what ends with it, or step to the next.
      while level > 0 {
        var first = false
        if open & 1 == 1 ? try name(&first) != nil : try item(&first) { break }
        open >>= 1
        level -= 1
      }
    } while level > 0
  }
}
