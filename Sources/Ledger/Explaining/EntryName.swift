/// What an entry is about, by its type and the id with which its body begins. An entry that was
/// taken back and a later one of that name are one correction: what was said, said anew.
package struct EntryName: Hashable, Sendable {
  private let type: UInt16, id: String

  /// The name of an event; nil for a reversal, for one that has no id of its own, and for one of
  /// which the content was destroyed.
  package init?(_ event: borrowing EventView) throws(WireError) {
    let header = event.header
    guard header.type != EventCode.eventReversed, !header.flags.contains(.redacted),
      let field = Register.event(code: header.type, version: header.version)?.fields.first,
      field.key == 0, field.kind == .id, !field.isList,
      let id = try CBORReader.text(of: 0, in: event.body)
    else { return nil }
    (type, self.id) = (header.type, id)
  }
}

extension AccountHistory {
  /// The history without entries that were taken back and told anew, and without what took them
  /// back: then a corrected entry is told once, as it stands. No figure is another one.
  package func withoutCorrected() throws(WireError) -> AccountHistory {
    // Entries taken back, with what took them back: from the last to the first, so that a reversal
    // that was itself reversed takes nothing back.
    var dead: [Position: Position] = [:]
    for index in events.indices.reversed()
    where header(index).type == EventCode.eventReversed && dead[header(index).seq] == nil {
      let target = try event(index) { (event) throws(WireError) in
        try Envelope(reading: event.envelope).target
      }
      if let target { dead[target] = header(index).seq }
    }
    if dead.isEmpty { return self }
    var names: [EntryName?] = []
    for index in events.indices {
      names.append(try event(index) { (event) throws(WireError) in try EntryName(event) })
    }
    let standing = Set(
      events.indices.filter { dead[header($0).seq] == nil }.compactMap { names[$0] })
    var left: Set<Position> = []
    for index in events.indices {
      guard let reversal = dead[header(index).seq], let name = names[index],
        standing.contains(name)
      else { continue }
      left.formUnion([header(index).seq, reversal])
    }
    return keeping { !left.contains(header($0).seq) }
  }
}
