extension Envelope {
  /// What stands in the envelope of an entry whose content was destroyed.
  package struct Redacted: Hashable, Sendable {
    /// The leaf hash of the entry as it was recorded, 32 bytes: what proofs go on from.
    package var leaf: [UInt8]
    /// Position of the `ledger.entry_redacted` that says so.
    package var act: Position

    /// The mark of a destruction.
    package init(leaf: [UInt8], act: Position) { (self.leaf, self.act) = (leaf, act) }

    func write(to out: inout CBORWriter) {
      out.array(2)
      out.data(leaf)
      out.uint(act)
    }

    init(reading reader: inout CBORReader) throws(WireError) {
      let at = reader.position
      guard try reader.array() == 2 else { throw WireError("a redaction has two parts", at: at) }
      leaf = try reader.data()
      act = try reader.uint()
      guard leaf.count == 32, act > 0 else { throw WireError("no mark of a redaction", at: at) }
    }
  }
}

extension EventView {
  /// The mark of an entry whose content was destroyed; nil for every other, and where it cannot be
  /// read: such bytes then hash to what no tree has.
  package var redacted: Envelope.Redacted? {
    guard header.flags.contains(.redacted) else { return nil }
    return (try? Envelope(reading: envelope))?.redacted
  }
}
