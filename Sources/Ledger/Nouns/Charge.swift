/// placeholder doc
package enum Charge {}

// MARK: - Facts

extension Charge {
  /// A charge with its component and the due it belongs to; or what was given up, and of what.
  static func note(_ event: borrowing EventView, _ account: UInt32, _ facts: inout Facts)
    throws(WireError)
  {
    var body = CBORReader(event.body)
    if event.header.type == EventCode.chargeLevied {
      var fact = Fact(.charge, event.header)
      fact.mark = Component.charge.rawValue
      for _ in 0..<(try body.map()) {
        switch try body.uint() {
        case Key.ChargeLevied.charge: fact.id = try body.textKey()
        case Key.ChargeLevied.due: fact.link = try body.textKey().rawValue
        case Key.ChargeLevied.kind:
          if try body.textKey() == penal { fact.mark = Component.penal.rawValue }
        default: try body.skip()
        }
      }
      facts.add(fact, account)
    } else {
      var fact = Fact(.waiver, event.header)
      for _ in 0..<(try body.map()) {
        switch try body.uint() {
        case Key.ChargeWaived.charge: fact.id = try body.textKey()
        case Key.ChargeWaived.scope: fact.mark = Component(key: try body.textKey()).rawValue
        default: try body.skip()
        }
      }
      facts.add(fact, account)
    }
  }

  private static let penal = TextKey("penal")
}
