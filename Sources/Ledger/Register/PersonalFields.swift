/// The properties of a body that are about a person, and whose they are.
///
/// In the log each of them is a sealed byte string. On its way in, and where somebody who may look
/// has opened it, it stands in the same place as text; nothing else tells the two apart.
package enum PersonalFields {
  /// The longest personal value, in bytes of UTF-8.
  package static var longest: Int { 16_384 }

  /// A personal value is neither empty nor longer than a page of a file.
  static func checkLength(_ count: Int) throws(BodyError) {
    guard count > 0 else { throw BodyError("a personal value has at least one character") }
    guard count <= longest else {
      throw BodyError("a personal value has \(count) bytes and may have \(longest) at most")
    }
  }

  /// Whose key seals the personal values of an event, by the event alone:
  ///
  /// 1. of a party's stream, that party;
  /// 2. else the person whom the body names as `party`, `drawer` or `debtor`;
  /// 3. else the stream itself: what is said in an account's file without naming a person is
  ///    about its debtor, and a remark belongs to the entry it is about.
  ///
  /// Erasing a person therefore takes the keys of the third rule along (see Privacy).
  package static func owner(of type: EventType, subject: Reference, body: Span<UInt8>)
    throws(WireError) -> Reference
  {
    if subject.kind == NameKind.party.name { return subject }
    var named: [String: String] = [:]
    var reader = CBORReader(body)
    for _ in 0..<(try reader.map()) {
      let key = try reader.uint()
      guard key < UInt64(type.fields.count) else {
        throw WireError("\(type.name) has no such key", at: reader.position)
      }
      let field = type.fields[Int(key)]
      if field.kind == .id, !field.isList, field.of == NameKind.party.name {
        named[field.name] = try reader.text()
      } else {
        try reader.skip()
      }
    }
    for name in ["party", "drawer", "debtor"] {
      if let id = named[name] { return Reference(kind: NameKind.party.name, id: id) }
    }
    return subject
  }

  /// A personal value as it stands in a body.
  package enum Value: Hashable, Sendable {
    /// Text in UTF-8.
    case plain([UInt8])
    /// The bytes that are stored.
    case sealed([UInt8])
  }

  /// A copy of a body in which each personal value is what `change` makes of it.
  package static func replacing(
    in body: Span<UInt8>, of type: EventType, _ change: (Field, Value) -> Value
  ) throws(WireError) -> [UInt8] {
    try copy(of: body, type, where: \.isSealed) { (field, reader, out) throws(WireError) in
      let isText = try reader.peekMajor() == 3
      let bytes = reader.array(isText ? try reader.textRange() : try reader.dataRange())
      switch change(field, isText ? .plain(bytes) : .sealed(bytes)) {
      case .plain(let text):
        out.head(3, UInt64(text.count))
        out.bytes.append(contentsOf: text)
      case .sealed(let data): out.data(data)
      }
    }
  }

  /// A copy of a body in which the value of each chosen field is what `replace` writes for what it
  /// reads.
  static func copy(
    of body: Span<UInt8>, _ type: EventType, where isChosen: (Field) -> Bool,
    _ replace: (Field, inout CBORReader, inout CBORWriter) throws(WireError) -> Void
  ) throws(WireError) -> [UInt8] {
    var out = CBORWriter(capacity: body.count + 64)
    var reader = CBORReader(body)
    let pairs = try reader.map()
    out.map(pairs)
    for _ in 0..<pairs {
      let key = try reader.uint()
      out.uint(key)
      let start = reader.position
      guard key < UInt64(type.fields.count), isChosen(type.fields[Int(key)]) else {
        try reader.skip()
        out.bytes.append(contentsOf: reader.array(start..<reader.position))
        continue
      }
      try replace(type.fields[Int(key)], &reader, &out)
    }
    return out.bytes
  }
}
