extension BodyCodec {
  /// Checks a stored body against its schema without writing anything: keys known, ascending and
  /// complete, every value of its type and within what its type allows. What `writeJSON` would
  /// refuse, this refuses; it allocates nothing unless it finds something.
  package static func check(_ cbor: Span<UInt8>, as type: EventType) throws(BodyError) {
    var reader = CBORReader(cbor)
    do throws(WireError) {
      try walk(&reader, type.shape)
      guard reader.isAtEnd else {
        throw WireError("something follows the body", at: reader.position)
      }
    } catch { throw BodyError("damaged: \(error)") }
  }

  private static func walk(_ reader: inout CBORReader, _ shape: Shape) throws(WireError) {
    let pairs = try reader.map()
    var (next, seen) = (UInt64(0), UInt64(0))
    for _ in 0..<pairs {
      let at = reader.position
      let key = try reader.uint()
      guard key < UInt64(shape.fields.count) else {
        throw WireError("\(shape.name) has no key \(key)", at: at)
      }
      guard key >= next else { throw WireError("keys of \(shape.name) out of order", at: at) }
      next = key + 1
      seen |= 1 << key
      let field = shape.fields[Int(key)]
      if field.isList {
        for _ in 0..<(try reader.array()) { try walk(&reader, field) }
      } else {
        try walk(&reader, field)
      }
    }
    let missing = shape.required & ~seen
    guard missing == 0 else {
      let name = shape.fields[missing.trailingZeroBitCount].name
      throw WireError("\(shape.name) lacks \(name)", at: reader.position)
    }
  }

  private static func walk(_ reader: inout CBORReader, _ field: Field) throws(WireError) {
    let at = reader.position
    var isGood = true
    switch field.kind {
    case .text, .id, .code: isGood = UTF8Check.isValid(try reader.textSpan())
    case .int, .bp: _ = try reader.int()
    case .bool: _ = try reader.bool()
    case .money: isGood = try reader.money().currency.isKnown
    case .date: _ = try reader.date()
    case .time: isGood = (0..<1440).contains(try reader.int())
    case .instant: _ = try reader.instant()
    case .hash: isGood = try reader.dataRange().count == 32
    case .sealed, .geo: _ = try reader.dataRange()
    case .json: try any(&reader, 0)
    case .part:
      guard let part = field.part else { throw WireError("no such struct", at: at) }
      try walk(&reader, part)
    }
    guard isGood else { throw WireError("\(field.name) is no \(field.kind.rawValue)", at: at) }
  }

  /// Steps over any JSON value.
  static func any(_ reader: inout CBORReader, _ depth: Int) throws(WireError) {
    let at = reader.position
    guard depth < JSONReader.depth else { throw WireError("nests deeper than 32", at: at) }
    switch try reader.peekMajor() {
    case 0, 1: _ = try reader.int()
    case 3:
      guard UTF8Check.isValid(try reader.textSpan()) else {
        throw WireError("a text is not UTF-8", at: at)
      }
    case 4: for _ in 0..<(try reader.array()) { try any(&reader, depth + 1) }
    case 5:
      for _ in 0..<(try reader.map()) {
        guard UTF8Check.isValid(try reader.textSpan()) else {
          throw WireError("a name is not UTF-8", at: at)
        }
        try any(&reader, depth + 1)
      }
    case 7 where reader.bytes[at] == 0xF6: reader.position += 1
    case 7: _ = try reader.bool()
    default: throw WireError("no JSON value", at: at)
    }
  }
}

extension CBORReader {
  /// The text that starts here, in place.
  @_lifetime(copy self) mutating func textSpan() throws(WireError) -> Span<UInt8> {
    let range = try textRange()
    return bytes.extracting(range)
  }
}
