/// A body in one line: `payment=R1 amount=10000.00 INR mode=cash`. Sealed values
/// stay masked.
package enum Summary {
  /// The line of a body; `?` for what cannot be read.
  package static func line(_ body: Span<UInt8>, as type: EventType) -> String {
    var reader = CBORReader(body)
    return (try? text(&reader, type.shape)) ?? "?"
  }

  private static func text(_ reader: inout CBORReader, _ shape: Shape) throws(WireError) -> String {
    var parts: [String] = []
    for _ in 0..<(try reader.map()) {
      let key = Int(clamping: try reader.uint())
      guard let field = shape.fields.first(where: { $0.key == key }) else {
        try reader.skip()
        continue
      }
      parts.append("\(field.name)=\(try value(&reader, field))")
    }
    return parts.joined(separator: " ")
  }

  private static func value(_ reader: inout CBORReader, _ field: Field) throws(WireError) -> String
  {
    guard field.isList else { return try single(&reader, field) }
    var items: [String] = []
    for _ in 0..<(try reader.array()) { items.append(try single(&reader, field)) }
    return "[" + items.joined(separator: ", ") + "]"
  }

  private static func single(_ reader: inout CBORReader, _ field: Field) throws(WireError) -> String
  {
    switch field.kind {
    case .text, .id, .code: return try reader.text()
    case .int, .bp: return String(try reader.int())
    case .bool: return try reader.bool() ? "true" : "false"
    case .money: return try reader.money().description
    case .date: return try reader.date().description
    case .time:
      let minutes = try reader.int()
      let (hour, minute) = (minutes / 60, minutes % 60)
      return (hour < 10 ? "0" : "") + "\(hour):" + (minute < 10 ? "0" : "") + "\(minute)"
    case .instant: return try reader.instant().description
    case .hash: return Hex.text(try reader.data().prefix(6)) + "…"
    case .sealed, .geo:
      // Text only where somebody who may look has opened the body.
      if try reader.peekMajor() == 3 { return "“\(try reader.text())”" }
      return Redaction.isMark(try reader.data()) ? Redaction.mark : "(sealed)"
    case .json:
      try reader.skip()
      return "{…}"
    case .part:
      guard let part = field.part else {
        try reader.skip()
        return "?"
      }
      return "(" + (try text(&reader, part)) + ")"
    }
  }
}
