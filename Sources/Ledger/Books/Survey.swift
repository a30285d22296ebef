/// What an account is, apart from its money, as its facts say it: numbers of texts, currencies, and
/// flags that are up.
package struct Survey: Sendable {
  /// Numbers of the texts of its terms; 0 when nobody said. The last opening that stands counts.
  private(set) var product: UInt32 = 0, debtor: UInt32 = 0, portfolio: UInt32 = 0
  /// The currency of its terms first, then those of its money as they were met.
  package private(set) var currencies: [UInt16] = []
  /// Numbers of the flags raised and not taken back by the day.
  private(set) var flags: [UInt32] = []
  private var met: UInt16 = 0

  /// Nothing heard.
  package init() {}

  /// Forgets everything.
  package mutating func begin() {
    (product, debtor, portfolio, met) = (0, 0, 0, 0)
    currencies.removeAll(keepingCapacity: true)
    flags.removeAll(keepingCapacity: true)
  }

  /// Takes a fact that stands.
  @inline(__always) package mutating func note(_ fact: Fact, asOf: Int32) {
    let kind = fact.kind
    if kind == .opened {
      product = UInt32(fact.link >> 32)
      debtor = UInt32(truncatingIfNeeded: fact.link)
      portfolio = UInt32(truncatingIfNeeded: fact.id.rawValue)
      currencies.removeAll { $0 == fact.currency }
      currencies.insert(fact.currency, at: 0)
    } else if kind == .flagged {
      guard fact.seen <= asOf else { return }
      let flag = UInt32(fact.link)
      flags.removeAll { $0 == flag }
      if fact.mark == 1 { flags.append(flag) }
    } else if fact.currency != met, fact.currency != 0, kind.isMoney {
      if !currencies.contains(fact.currency) { currencies.append(fact.currency) }
      met = fact.currency
    }
  }

  /// Takes the facts of an account. Where a reversal is met, all are taken again without what was
  /// taken back; `dead` is then found.
  mutating func look(at facts: Span<Fact>, asOf: Int32, _ dead: inout Dead) {
    begin()
    for index in facts.indices {
      if facts[index].kind == .entryReversed {
        dead.find(in: facts)
        begin()
        for index in facts.indices where !dead.contains(facts[index].seq) {
          note(facts[index], asOf: asOf)
        }
        return
      }
      note(facts[index], asOf: asOf)
    }
  }
}
