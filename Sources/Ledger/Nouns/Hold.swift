/// placeholder doc
package enum Hold {}

// MARK: - Facts

extension Hold {
  /// A pause and its kind, for its subject and for every account it names; or its end.
  static func note(
    _ event: borrowing EventView, _ account: UInt32, isSubject: Bool, _ facts: inout Facts
  ) throws(WireError) {
    let placed = event.header.type == EventCode.holdPlaced
    var fact = Fact(placed ? .hold : .holdLifted, event.header)
    var covered = isSubject
    var body = CBORReader(event.body)
    for _ in 0..<(try body.map()) {
      let key = try body.uint()
      if placed {
        switch key {
        case Key.HoldPlaced.hold: fact.id = try body.textKey()
        case Key.HoldPlaced.kind: fact.link = try body.textKey().rawValue
        case Key.HoldPlaced.to: fact.other = Int32(clamping: try body.int())
        case Key.HoldPlaced.accounts:
          let me = facts.accountKey(account)
          for _ in 0..<(try body.array()) where try body.textKey() == me { covered = true }
        default: try body.skip()
        }
      } else if key == Key.HoldLifted.hold {
        fact.id = try body.textKey()
        covered = true
      } else {
        try body.skip()
      }
    }
    if covered { facts.add(fact, account) }
  }
}
