/// A code that its list does not have: kept, and flagged.
package struct UnknownCode: Hashable, Sendable {
  /// The property, such as `components[0].kind`.
  package var path: String
  /// The list that does not have it.
  package var list: String
  /// The code.
  package var code: String

  /// What is said of it, of commands and history alike: nobody is refused for it.
  package var refusal: Refusal {
    let near = Register.codes[list]?.nearest(code).map { "; the nearest is `\($0.code)`" } ?? ""
    return Refusal(
      rule: "code.unknown", "\(path) is `\(code)`, which is not in the list \(list).",
      remedy: "It is kept as it is; `arrears schema codes \(list)` shows what is in it\(near).")
  }
}

extension BodyCodec {
  /// The codes of a body that their lists do not have.
  package static func unknownCodes(_ cbor: Span<UInt8>, as type: EventType) throws(WireError)
    -> [UnknownCode]
  {
    var found: [UnknownCode] = []
    var reader = CBORReader(cbor)
    try unknown(&reader, type.shape, "", &found)
    return found
  }

  private static func unknown(
    _ reader: inout CBORReader, _ shape: Shape, _ path: String, _ found: inout [UnknownCode]
  ) throws(WireError) {
    for _ in 0..<(try reader.map()) {
      let key = try reader.uint()
      guard key < UInt64(shape.fields.count) else {
        throw WireError("\(shape.name) has no such key", at: reader.position)
      }
      let field = shape.fields[Int(key)]
      guard field.part != nil || field.kind == .code && !field.list.isEmpty else {
        try reader.skip()
        continue
      }
      let count = field.isList ? try reader.array() : 1
      for index in 0..<count {
        if let part = field.part {
          let place = field.isList ? "\(path)\(field.name)[\(index)]." : "\(path)\(field.name)."
          try unknown(&reader, part, place, &found)
          continue
        }
        let range = try reader.textRange()
        let key = TextKey(reader.bytes.extracting(range))
        guard Register.codes[field.list]?.contains(key) != true else { continue }
        let place = field.isList ? "\(path)\(field.name)[\(index)]" : path + field.name
        found.append(UnknownCode(path: place, list: field.list, code: reader.string(range)))
      }
    }
  }
}
