/// placeholder doc
package enum Due {}

// MARK: - Facts

extension Due {
  /// A due with its components, its invoice date and its payer; or one fact for each due withdrawn.
  static func note(_ event: borrowing EventView, _ account: UInt32, _ facts: inout Facts)
    throws(WireError)
  {
    var body = CBORReader(event.body)
    if event.header.type == EventCode.dueCancelled {
      for _ in 0..<(try body.map()) {
        guard try body.uint() == Key.DueCancelled.dues else {
          try body.skip()
          continue
        }
        for _ in 0..<(try body.array()) {
          var fact = Fact(.dueCancelled, event.header)
          fact.id = try body.textKey()
          facts.add(fact, account)
        }
      }
      return
    }
    var fact = Fact(.due, event.header)
    for _ in 0..<(try body.map()) {
      switch try body.uint() {
      case Key.DueRaised.due: fact.id = try body.textKey()
      case Key.DueRaised.components: try facts.noteComponents(&body, of: &fact)
      case Key.DueRaised.invoiceDate: fact.other = Int32(clamping: try body.int())
      case Key.DueRaised.payer: fact.link = UInt64(facts.texts.number(try body.text()))
      default: try body.skip()
      }
    }
    facts.add(fact, account)
  }
}

extension Facts {
  /// Reads a list of components into parts of `fact`.
  mutating func noteComponents(_ body: inout CBORReader, of fact: inout Fact) throws(WireError) {
    fact.parts = UInt32(parts.count)
    for _ in 0..<(try body.array()) {
      var part = Part(amount: 0, component: Component.other.rawValue)
      for _ in 0..<(try body.map()) {
        switch try body.uint() {
        case Key.Component.kind: part.component = Component(key: try body.textKey()).rawValue
        case Key.Component.amount: part.amount = try body.minor()
        default: try body.skip()
        }
      }
      parts.append(part)
    }
    fact.partCount = UInt16(clamping: parts.count - Int(fact.parts))
  }
}

extension CBORReader {
  /// The minor units of a sum: `[minor, currency]`.
  mutating func minor() throws(WireError) -> Int64 {
    let at = position
    guard try array() == 2 else { throw WireError("expected a sum of money", at: at) }
    let minor = try int()
    try skip()
    return minor
  }
}
