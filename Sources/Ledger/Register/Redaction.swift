/// Destroying the content of one entry: what nobody may keep, such as unlawful words in a remark.
///
/// Content is what the register calls so: sealed values, and words that no figure, rule or decision
/// reads (`x-words`). Everything else is fact: sums, days, codes, ids and the whole envelope stay,
/// and so does every answer that is made of them.
package enum Redaction {
  /// What stands in the place of destroyed words, and, as bytes, of a destroyed sealed value.
  package static let mark = "(redacted)"
  private static let bytes = Array(mark.utf8)

  /// Whether a sealed value is none, but the mark in its place.
  package static func isMark(_ sealed: [UInt8]) -> Bool { sealed == bytes }

  /// A copy of a body in which the mark stands in the place of all content; nil when it has none.
  package static func body(_ body: Span<UInt8>, of type: EventType) throws(WireError) -> [UInt8]? {
    var isFound = false
    let copy = try PersonalFields.copy(of: body, type, where: \.isContent) {
      (field, reader, out) throws(WireError) in
      isFound = true
      var items = 1
      if field.isList {
        items = try reader.array()
        out.array(items)
      }
      for _ in 0..<items {
        try reader.skip()
        if field.isSealed { out.data(bytes) } else { out.text(mark) }
      }
    }
    return isFound ? copy : nil
  }

  /// What stands in the place of an entry: its bytes with the mark for content, and in the envelope
  /// its leaf hash and the position of the act. Nil when it has no content.
  package static func remains(
    of event: borrowing EventView, as type: EventType, leaf: [UInt8], act: Position
  ) throws(WireError) -> [UInt8]? {
    guard let body = try body(event.body, of: type) else { return nil }
    var envelope = try Envelope(reading: event.envelope)
    envelope.redacted = Envelope.Redacted(leaf: leaf, act: act)
    var out = CBORWriter(capacity: event.envelope.count + 64)
    envelope.write(to: &out)
    var header = event.header
    header.flags.insert(.redacted)
    header.envelope = UInt16(clamping: out.bytes.count)
    var bytes: [UInt8] = []
    header.write(to: &bytes)
    return bytes + out.bytes + body
  }
}
