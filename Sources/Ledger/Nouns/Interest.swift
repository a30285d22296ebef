/// placeholder doc
package enum Interest {}

// MARK: - Facts

extension Interest {
  /// Interest put on the account on its value date.
  static func note(_ event: borrowing EventView, _ account: UInt32, _ facts: inout Facts)
    throws(WireError)
  {
    facts.add(Fact(.interest, event.header), account)
  }
}
