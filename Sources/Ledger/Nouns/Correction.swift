/// placeholder doc
package enum Correction {}

// MARK: - Facts

extension Correction {
  /// An entry was taken back: which position, as the log resolved it when the reversal came.
  static func note(_ event: borrowing EventView, _ account: UInt32, _ facts: inout Facts)
    throws(WireError)
  {
    var fact = Fact(.entryReversed, event.header)
    guard let target = try Envelope(reading: event.envelope).target else { return }
    fact.link = target
    facts.add(fact, account)
  }
}
