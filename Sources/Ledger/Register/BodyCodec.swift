/// Turns bodies from JSON into deterministic CBOR and back, by the register.
///
/// A property that is missing, mistyped or surplus fails by its name and path. Canonical JSON
/// (schema order, compact, shortest escapes) comes back byte for byte.
package struct BodyCodec {
  /// What has been encoded.
  var out = CBORWriter(capacity: 256)
  /// Where the properties of the objects being read start in `out`, innermost last.
  var marks: [Mark] = []

  struct Mark {
    var key: Int
    var start: Int
  }

  /// The CBOR of a body in JSON.
  package static func encode(_ json: Span<UInt8>, as type: EventType) throws(BodyError) -> [UInt8] {
    try encode(json, as: type.shape)
  }

  /// The CBOR of a body in JSON.
  package static func encode(_ json: [UInt8], as type: EventType) throws(BodyError) -> [UInt8] {
    try encode(json.span, as: type.shape)
  }

  /// The CBOR of an object in JSON.
  package static func encode(_ json: Span<UInt8>, as shape: Shape) throws(BodyError) -> [UInt8] {
    var reader = JSONReader(json)
    let bytes = try encode(&reader, as: shape)
    try reader.end()
    return bytes
  }

  /// The CBOR of the object that starts where the reader stands.
  package static func encode(_ reader: inout JSONReader, as shape: Shape) throws(BodyError)
    -> [UInt8]
  {
    var codec = BodyCodec()
    codec.marks.reserveCapacity(32)
    try codec.object(&reader, shape)
    return codec.out.bytes
  }

  /// Checks the JSON body of a policy against its schema.
  package static func check(_ json: Span<UInt8>, as policy: PolicyType) throws(BodyError) {
    _ = try encode(json, as: policy.shape)
  }

  /// The CBOR of any JSON object: text keys in the order of their encoding (RFC 8949, section 4.2).
  package static func encodeJSON(_ json: Span<UInt8>) throws(BodyError) -> [UInt8] {
    var reader = JSONReader(json)
    var codec = BodyCodec()
    try reader.expect(.object)
    try codec.any(&reader, 0)
    try reader.end()
    return codec.out.bytes
  }

  mutating func object(_ reader: inout JSONReader, _ shape: Shape) throws(BodyError) {
    try reader.object()
    let head = out.bytes.count
    out.bytes.append(0)
    let base = marks.count
    var seen: UInt64 = 0
    var expected = 0
    var isOrdered = true
    var first = true
    while let name = try reader.name(&first) {
      guard let index = BodyCodec.find(name, reader, shape.fields, from: expected) else {
        throw BodyError("not a property of \(shape.name)", path: reader.string(name))
      }
      let field = shape.fields[index]
      guard seen & 1 << UInt64(index) == 0 else { throw BodyError("given twice", path: field.name) }
      isOrdered = isOrdered && index >= expected
      seen |= 1 << UInt64(index)
      expected = index + 1
      marks.append(Mark(key: index, start: out.bytes.count))
      out.uint(UInt64(index))
      do throws(BodyError) { try property(&reader, field) } catch { throw error.inside(field.name) }
    }
    let missing = shape.required & ~seen
    guard missing == 0 else {
      let field = shape.fields[missing.trailingZeroBitCount]
      throw BodyError("missing; \(shape.name) requires it", path: field.name)
    }
    if !isOrdered { sort(from: base) }
    marks.removeLast(marks.count - base)
    close(head, major: 5, count: seen.nonzeroBitCount)
  }

  /// The property of this name; looked for first where the order of the schema has it.
  private static func find(
    _ name: JSONReader.Text, _ reader: borrowing JSONReader, _ fields: [Field], from start: Int
  ) -> Int? {
    if name.isEscaped {
      let content = reader.content(name)
      return fields.firstIndex { $0.utf8 == content }
    }
    var index = start
    for _ in 0..<fields.count {
      if index >= fields.count { index = 0 }
      if equal(fields[index].utf8, reader.bytes, name.range) { return index }
      index += 1
    }
    return nil
  }

  private static func equal(_ a: [UInt8], _ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard a.count == range.count else { return false }
    for index in 0..<a.count where a[index] != bytes[range.lowerBound + index] { return false }
    return true
  }

  /// Puts the properties written since mark `base` into the order of their keys.
  private mutating func sort(from base: Int) {
    guard base < marks.count else { return }
    let start = marks[base].start
    let end = out.bytes.count
    var parts: [(key: Int, range: Range<Int>)] = []
    for index in base..<marks.count {
      let next = index + 1 < marks.count ? marks[index + 1].start : end
      parts.append((marks[index].key, marks[index].start..<next))
    }
    parts.sort { $0.key < $1.key }
    var sorted: [UInt8] = []
    sorted.reserveCapacity(end - start)
    for part in parts { sorted.append(contentsOf: out.bytes[part.range]) }
    out.bytes.replaceSubrange(start..<end, with: sorted)
  }

  /// Writes the head of a map or list over the one byte kept free for it.
  mutating func close(_ head: Int, major: UInt8, count: Int) {
    if count < 24 {
      out.bytes[head] = major << 5 | UInt8(truncatingIfNeeded: count)
      return
    }
    var writer = CBORWriter(capacity: 9)
    writer.head(major, UInt64(count))
    out.bytes.replaceSubrange(head...head, with: writer.bytes)
  }

  private mutating func property(_ reader: inout JSONReader, _ field: Field) throws(BodyError) {
    guard field.isList else { return try value(&reader, field) }
    try reader.array()
    let head = out.bytes.count
    out.bytes.append(0)
    var first = true
    var count = 0
    while try reader.item(&first) {
      do throws(BodyError) { try value(&reader, field) } catch { throw error.inside("[\(count)]") }
      count += 1
    }
    if let least = field.limits?.minItems, count < least {
      throw BodyError("\(count) items; at least \(least) are needed")
    }
    close(head, major: 4, count: count)
  }
}
