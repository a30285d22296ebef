extension BodyCodec {
  /// Appends the JSON of a stored body: schema order, compact.
  package static func writeJSON(
    _ cbor: Span<UInt8>, as type: EventType, into writer: inout JSONWriter
  ) throws(BodyError) {
    var reader = CBORReader(cbor)
    try object(&reader, type.shape, &writer)
    guard reader.isAtEnd else { throw BodyError("something follows the body") }
  }

  /// The JSON of a stored body.
  package static func json(_ cbor: [UInt8], as type: EventType) throws(BodyError) -> [UInt8] {
    var writer = JSONWriter()
    try writeJSON(cbor.span, as: type, into: &writer)
    return writer.bytes
  }

  /// The JSON of a property of type json, from the CBOR it is stored as.
  package static func json(any cbor: [UInt8]) throws(BodyError) -> [UInt8] {
    var writer = JSONWriter()
    var reader = CBORReader(cbor.span)
    try any(&reader, &writer, 0)
    guard reader.isAtEnd else { throw BodyError("something follows the value") }
    return writer.bytes
  }

  /// Runs a read and turns its complaint into the body's own.
  private static func read<T>(
    _ reader: inout CBORReader, _ body: (inout CBORReader) throws(WireError) -> T
  ) throws(BodyError) -> T {
    do { return try body(&reader) } catch { throw BodyError("damaged: \(error)") }
  }

  private static func object(
    _ reader: inout CBORReader, _ shape: Shape, _ writer: inout JSONWriter
  ) throws(BodyError) {
    let pairs = try read(&reader) { reader throws(WireError) in try reader.map() }
    var next: UInt64 = 0
    var seen: UInt64 = 0
    var first = true
    writer.raw("{")
    for _ in 0..<pairs {
      let key = try read(&reader) { reader throws(WireError) in try reader.uint() }
      guard key < UInt64(shape.fields.count) else {
        throw BodyError("damaged: \(shape.name) has no key \(key)")
      }
      guard key >= next else { throw BodyError("damaged: keys of \(shape.name) out of order") }
      next = key + 1
      seen |= 1 << key
      let field = shape.fields[Int(key)]
      writer.name(field.utf8, first: &first)
      do throws(BodyError) { try property(&reader, field, &writer) } catch {
        throw error.inside(field.name)
      }
    }
    writer.raw("}")
    let missing = shape.required & ~seen
    guard missing == 0 else {
      let name = shape.fields[missing.trailingZeroBitCount].name
      throw BodyError("missing; \(shape.name) requires it", path: name)
    }
  }

  private static func property(
    _ reader: inout CBORReader, _ field: Field, _ writer: inout JSONWriter
  ) throws(BodyError) {
    guard field.isList else { return try value(&reader, field, &writer) }
    let count = try read(&reader) { reader throws(WireError) in try reader.array() }
    writer.raw("[")
    for index in 0..<count {
      if index > 0 { writer.raw(",") }
      do throws(BodyError) { try value(&reader, field, &writer) } catch {
        throw error.inside("[\(index)]")
      }
    }
    writer.raw("]")
  }

  private static func value(
    _ reader: inout CBORReader, _ field: Field, _ writer: inout JSONWriter
  ) throws(BodyError) {
    switch field.kind {
    case .text, .id, .code: try text(&reader, &writer)
    case .int, .bp:
      writer.int(try read(&reader) { reader throws(WireError) in try reader.int() })
    case .bool:
      writer.bool(try read(&reader) { reader throws(WireError) in try reader.bool() })
    case .money:
      let money = try read(&reader) { reader throws(WireError) in try reader.money() }
      guard money.currency.isKnown else {
        throw BodyError("damaged: no currency has number \(money.currency.rawValue)")
      }
      writer.raw("{\"minor\":")
      writer.int(money.minor)
      writer.raw(",\"currency\":")
      writer.text(money.currency.code)
      writer.raw("}")
    case .date: writer.date(try read(&reader) { reader throws(WireError) in try reader.date() })
    case .time:
      let minutes = try read(&reader) { reader throws(WireError) in try reader.int() }
      guard (0..<1440).contains(minutes) else { throw BodyError("damaged: no minute of a day") }
      writer.raw("\"")
      writer.digits(UInt64(minutes / 60), width: 2)
      writer.raw(":")
      writer.digits(UInt64(minutes % 60), width: 2)
      writer.raw("\"")
    case .instant:
      writer.instant(try read(&reader) { reader throws(WireError) in try reader.instant() })
    case .hash:
      let range = try read(&reader) { reader throws(WireError) in try reader.dataRange() }
      guard range.count == 32 else { throw BodyError("damaged: a digest is 32 bytes") }
      writer.hex(reader.bytes.extracting(range))
    case .sealed, .geo:
      // Text stands here only while a body is on its way in, or was opened on its way out.
      if try read(&reader, { reader throws(WireError) in try reader.peekMajor() }) == 3 {
        return try text(&reader, &writer)
      }
      let range = try read(&reader) { reader throws(WireError) in try reader.dataRange() }
      writer.raw("{\"sealed\":")
      writer.base64(reader.bytes.extracting(range))
      writer.raw("}")
    case .json: try any(&reader, &writer, 0)
    case .part:
      guard let part = field.part else { throw BodyError("the register has no such struct") }
      try object(&reader, part, &writer)
    }
  }

  private static func text(_ reader: inout CBORReader, _ writer: inout JSONWriter)
    throws(BodyError)
  {
    let range = try read(&reader) { reader throws(WireError) in try reader.textRange() }
    let content = reader.bytes.extracting(range)
    guard UTF8Check.isValid(content) else { throw BodyError("damaged: a text is not UTF-8") }
    writer.text(utf8: content)
  }

  private static func any(_ reader: inout CBORReader, _ writer: inout JSONWriter, _ depth: Int)
    throws(BodyError)
  {
    guard depth < JSONReader.depth else { throw BodyError("damaged: nests deeper than 32") }
    switch try read(&reader, { reader throws(WireError) in try reader.peekMajor() }) {
    case 0, 1: writer.int(try read(&reader) { reader throws(WireError) in try reader.int() })
    case 3: try text(&reader, &writer)
    case 4:
      let count = try read(&reader) { reader throws(WireError) in try reader.array() }
      writer.raw("[")
      for index in 0..<count {
        if index > 0 { writer.raw(",") }
        try any(&reader, &writer, depth + 1)
      }
      writer.raw("]")
    case 5:
      let count = try read(&reader) { reader throws(WireError) in try reader.map() }
      writer.raw("{")
      for index in 0..<count {
        if index > 0 { writer.raw(",") }
        try text(&reader, &writer)
        writer.raw(":")
        try any(&reader, &writer, depth + 1)
      }
      writer.raw("}")
    case 7 where reader.position < reader.bytes.count && reader.bytes[reader.position] == 0xF6:
      reader.position += 1
      writer.raw("null")
    case 7: writer.bool(try read(&reader) { reader throws(WireError) in try reader.bool() })
    default: throw BodyError("damaged: no JSON value")
    }
  }
}
