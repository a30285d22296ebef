extension BodyCodec {
  /// One value, or one item of a list, from JSON to CBOR.
  mutating func value(_ reader: inout JSONReader, _ field: Field) throws(BodyError) {
    switch field.kind {
    case .int, .bp:
      let number = try reader.integer()
      if let limits = field.limits { try limits.check(number) }
      out.int(number)
    case .bool: out.bool(try reader.truth())
    case .money: try money(&reader)
    case .part:
      guard let part = field.part else { throw BodyError("the register has no such struct") }
      try object(&reader, part)
    case .json:
      try reader.expect(.object)
      try any(&reader, 0)
    case .sealed, .geo: try sealed(&reader)
    case .text, .id, .code, .date, .time, .instant, .hash:
      let text = try reader.text()
      if text.isEscaped {
        let content = reader.content(text)
        try string(content.span, field)
      } else {
        try string(reader.bytes.extracting(text.range), field)
      }
    }
  }

  /// A value that JSON writes as a string.
  private mutating func string(_ content: Span<UInt8>, _ field: Field) throws(BodyError) {
    switch field.kind {
    case .id:
      guard BodyCodec.isID(content) else {
        throw BodyError("an id has at least one character and no control characters")
      }
      text(content)
    case .code:
      guard BodyCodec.isCode(content) else {
        throw BodyError("a code is visible ASCII without spaces")
      }
      if let limits = field.limits { try limits.check(content) }
      text(content)
    case .date:
      guard let day = BodyCodec.day(content) else {
        throw BodyError("\(BodyCodec.quote(content)) is no day of the calendar (YYYY-MM-DD)")
      }
      out.date(day)
    case .time:
      guard let minutes = BodyCodec.minutes(content) else {
        throw BodyError("\(BodyCodec.quote(content)) is no time of day (HH:MM)")
      }
      out.int(minutes)
    case .instant:
      guard let instant = BodyCodec.instant(content) else {
        throw BodyError(
          "\(BodyCodec.quote(content)) is no instant with an offset (2026-01-05T10:00:00+05:30)")
      }
      out.instant(instant)
    case .hash: try hash(content)
    default:
      if let limits = field.limits { try limits.check(content) }
      text(content)
    }
  }

  private mutating func text(_ content: Span<UInt8>) {
    out.head(3, UInt64(content.count))
    unsafe content.withUnsafeBufferPointer { unsafe out.bytes.append(contentsOf: $0) }
  }

  private mutating func hash(_ content: Span<UInt8>) throws(BodyError) {
    let start = out.bytes.count
    out.head(2, 32)
    var index = 0
    while index + 1 < content.count, index < 64, let high = Hex.digit(content[index]),
      let low = Hex.digit(content[index + 1])
    {
      out.bytes.append(high << 4 | low)
      index += 2
    }
    guard index == 64, content.count == 64 else {
      out.bytes.removeLast(out.bytes.count - start)
      throw BodyError("a digest is 64 lower-case hexadecimal digits")
    }
  }

  private mutating func money(_ reader: inout JSONReader) throws(BodyError) {
    guard try reader.kind() == .object else {
      throw BodyError(
        JSONReader.mistyped("money {\"minor\": …, \"currency\": …}", try reader.kind()))
    }
    try reader.object()
    var minor: Int64?
    var currency: Currency?
    var first = true
    while let name = try reader.name(&first) {
      switch reader.string(name) {
      case "minor":
        if minor != nil { throw BodyError("given twice", path: "minor") }
        do throws(BodyError) { minor = try reader.integer() } catch { throw error.inside("minor") }
      case "currency":
        if currency != nil { throw BodyError("given twice", path: "currency") }
        do throws(BodyError) { currency = try BodyCodec.currency(&reader) } catch {
          throw error.inside("currency")
        }
      case let other: throw BodyError("not a property of money", path: other)
      }
    }
    guard let minor else { throw BodyError("missing; money requires it", path: "minor") }
    guard let currency else { throw BodyError("missing; money requires it", path: "currency") }
    out.money(Money(minor: minor, currency: currency))
  }

  private static func currency(_ reader: inout JSONReader) throws(BodyError) -> Currency {
    let text = try reader.text()
    guard !text.isEscaped, let found = Currency(utf8: reader.bytes.extracting(text.range)) else {
      throw BodyError("\"\(reader.string(text))\" is no currency of ISO 4217")
    }
    return found
  }

  // Plain text stays text until the edge seals it: `PersonalFields`. Errors never quote it.
  private mutating func sealed(_ reader: inout JSONReader) throws(BodyError) {
    if try reader.kind() == .text {
      let plain = try reader.text()
      let content = plain.isEscaped ? reader.content(plain) : []
      let count = plain.isEscaped ? content.count : plain.range.count
      try PersonalFields.checkLength(count)
      if plain.isEscaped { text(content.span) } else { text(reader.bytes.extracting(plain.range)) }
      return
    }
    try reader.object()
    var bytes: [UInt8]?
    var first = true
    while let name = try reader.name(&first) {
      guard reader.string(name) == "sealed" else {
        throw BodyError("not a property of a sealed value", path: reader.string(name))
      }
      guard bytes == nil else { throw BodyError("given twice", path: "sealed") }
      let text: JSONReader.Text
      do throws(BodyError) { text = try reader.text() } catch { throw error.inside("sealed") }
      let range = text.isEscaped ? 0..<0 : text.range
      guard !range.isEmpty, let found = Base64.bytes(reader.bytes.extracting(range)) else {
        throw BodyError("not base64url without padding", path: "sealed")
      }
      bytes = found
    }
    guard let bytes else { throw BodyError("missing; a sealed value requires it", path: "sealed") }
    out.data(bytes)
  }

  /// Any JSON value; objects are sorted, floats refused, nesting ends at 32.
  mutating func any(_ reader: inout JSONReader, _ depth: Int) throws(BodyError) {
    guard depth < JSONReader.depth else { throw reader.fault("it nests deeper than 32") }
    switch try reader.kind() {
    case .text:
      let found = try reader.text()
      if found.isEscaped {
        text(reader.content(found).span)
      } else {
        text(reader.bytes.extracting(found.range))
      }
    case .number: out.int(try reader.integer())
    case .truth: out.bool(try reader.truth())
    case .null:
      try reader.null()
      out.null()
    case .array:
      try reader.array()
      let head = out.bytes.count
      out.bytes.append(0)
      var (first, count) = (true, 0)
      while try reader.item(&first) {
        do throws(BodyError) { try any(&reader, depth + 1) } catch {
          throw error.inside("[\(count)]")
        }
        count += 1
      }
      close(head, major: 4, count: count)
    case .object: try anyObject(&reader, depth)
    }
  }

  private mutating func anyObject(_ reader: inout JSONReader, _ depth: Int) throws(BodyError) {
    try reader.object()
    let head = out.bytes.count
    var pairs: [(name: [UInt8], pair: [UInt8])] = []
    var first = true
    while let name = try reader.name(&first) {
      let start = out.bytes.count
      let content = reader.content(name)
      text(content.span)
      let key = Array(out.bytes[start...])
      do throws(BodyError) { try any(&reader, depth + 1) } catch {
        throw error.inside(reader.string(name))
      }
      pairs.append((key, Array(out.bytes[start...])))
      out.bytes.removeLast(out.bytes.count - start)
    }
    pairs.sort { $0.name.lexicographicallyPrecedes($1.name) }
    for index in pairs.indices.dropFirst() where pairs[index].name == pairs[index - 1].name {
      throw BodyError("given twice", path: BodyCodec.name(pairs[index].name))
    }
    out.bytes.removeLast(out.bytes.count - head)
    out.map(pairs.count)
    for item in pairs { out.bytes.append(contentsOf: item.pair) }
  }

  /// The text that a CBOR text string holds.
  private static func name(_ encoded: [UInt8]) -> String {
    let bytes = encoded.span
    var reader = CBORReader(bytes)
    guard let range = try? reader.textRange() else { return "" }
    return reader.string(range)
  }
}
