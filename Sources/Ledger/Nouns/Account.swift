/// placeholder doc
package enum Account {}

// MARK: - Facts

extension Account {
  /// What an event of the account says: its terms (product and debtor by number), the claim it came
  /// with, its end, its flags.
  static func note(_ event: borrowing EventView, _ account: UInt32, _ facts: inout Facts)
    throws(WireError)
  {
    switch event.header.type {
    case EventCode.accountOpened:
      var fact = Fact(.opened, event.header)
      var body = CBORReader(event.body)
      var product: UInt32 = 0
      var debtor: UInt32 = 0
      for _ in 0..<(try body.map()) {
        switch try body.uint() {
        case Key.AccountOpened.product: product = facts.texts.number(try body.text())
        case Key.AccountOpened.debtor: debtor = facts.texts.number(try body.text())
        default: try body.skip()
        }
      }
      fact.link = UInt64(product) << 32 | UInt64(debtor)
      facts.add(fact, account)
    case EventCode.accountImported: try noteOpening(event, account, &facts)
    case EventCode.accountClosed: facts.add(Fact(.closed, event.header), account)
    case EventCode.accountReopened: facts.add(Fact(.reopened, event.header), account)
    case EventCode.accountWrittenOff: facts.add(Fact(.writtenOff, event.header), account)
    default:
      var fact = Fact(.flagged, event.header)
      var body = CBORReader(event.body)
      for _ in 0..<(try body.map()) {
        switch try body.uint() {
        case Key.AccountFlagged.flag: fact.link = UInt64(facts.texts.number(try body.text()))
        case Key.AccountFlagged.raised: fact.mark = try body.bool() ? 1 : 0
        default: try body.skip()
        }
      }
      facts.add(fact, account)
    }
  }

  private static func noteOpening(
    _ event: borrowing EventView, _ account: UInt32, _ facts: inout Facts
  ) throws(WireError) {
    var fact = Fact(.opening, event.header)
    fact.mark = 1
    var body = CBORReader(event.body)
    for _ in 0..<(try body.map()) {
      switch try body.uint() {
      case Key.AccountImported.components: try facts.noteComponents(&body, of: &fact)
      case Key.AccountImported.oldestDueDate: fact.other = Int32(clamping: try body.int())
      default: try body.skip()
      }
    }
    facts.add(fact, account)
  }
}
