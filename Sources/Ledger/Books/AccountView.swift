/// One account in one currency, reckoned at the vantage. A fold keeps one and fills it anew for
/// each.
package struct AccountView: ~Copyable, Sendable {
  /// The account's number.
  package internal(set) var number: UInt32 = 0
  /// Key of the account's id, where a limit on contact names accounts; else `.none`.
  package internal(set) var key = TextKey.none
  /// The currency reckoned.
  package internal(set) var currency = Currency.none
  /// Product and debtor, empty when nobody said.
  package internal(set) var product = "", debtor = ""
  /// Handling flags raised and not taken back by the day, in order of name.
  package internal(set) var flags: [String] = []
  /// The figures.
  package internal(set) var reckoning = Reckoning()
  /// The figures at the ends of the book's `earlier` days, each under the terms of its own day.
  package internal(set) var earlier: [Reckoning] = []
  /// Whether the book sees the account for the first time: an account with money in several
  /// currencies is seen once in each.
  package internal(set) var isFirst = true
  /// The policies known, the number of its portfolio's text, and its id, asked for only where a
  /// policy names single accounts.
  var policies = PolicyBook()
  var portfolio: UInt32 = 0
  var id: @Sendable (UInt32) -> String = { _ in "" }
  /// Whether it is aged from invoice dates.
  var fromInvoiceDate = false
  /// The terms that judged it.
  package internal(set) var terms = Terms()
  /// The reckoner as it stands after this account: obligations and what was paid of them.
  package internal(set) var reckoner = Reckoner()
  /// Texts behind payer numbers.
  package internal(set) var texts = Interned()
  /// What was heard about it apart from money, in the columns the book asked for; entries taken
  /// back are not among it.
  package internal(set) var desk = Desk()
  /// Its money facts in log order, entries taken back left out; for a book that reads `.money`.
  package internal(set) var money: ContiguousArray<Fact> = []
  /// The pieces of those facts, where their `partRange` says.
  package internal(set) var pieces: ContiguousArray<Piece> = []
  /// What all accounts share.
  package internal(set) var house = House()

  /// Label of its bucket.
  package var bucket: String {
    terms.buckets.labels[bucketIndex]
  }

  /// Takes the money facts that stand.
  mutating func lend(_ facts: Span<Fact>, _ parts: Span<Piece>, without dead: Dead) {
    money.removeAll(keepingCapacity: true)
    pieces.removeAll(keepingCapacity: true)
    for index in facts.indices where !dead.contains(facts[index].seq) {
      var fact = facts[index]
      fact.parts = UInt32(pieces.count)
      for part in facts[index].partRange { pieces.append(parts[part]) }
      money.append(fact)
    }
  }

  /// The account at the end of another day than the one asked about, with the same knowledge, under
  /// the terms of that day; for a book that reads `.money`.
  package func reckoned(asOf day: Day, with reckoner: inout Reckoner) throws(WireError)
    -> Reckoning
  {
    let terms = try terms(on: day)
    return reckoner.reckon(
      money.span, parts: pieces.span, currency: currency.rawValue, asOf: day, terms: terms)
  }

  /// What a policy's scope can ask of it.
  var subject: PolicySubject {
    PolicySubject(
      product: product, portfolio: texts[portfolio],
      account: policies.namesAccounts ? id(number) : "")
  }

  /// What policy said about it on a day, as known.
  func terms(on day: Day) throws(WireError) -> Terms {
    var terms = try policies.terms(for: subject, on: day)
    terms.fromInvoiceDate = fromInvoiceDate
    return terms
  }

  /// Index of its bucket in the labels of its terms.
  package var bucketIndex: Int { bucketIndex(of: reckoning) }

  /// Index of the bucket of some day's figures in the labels of its terms.
  package func bucketIndex(of reckoning: Reckoning) -> Int { terms.bucketIndex(of: reckoning) }

  /// Its asset class: standard, sma_0 to sma_2, npa.
  package var assetClass: String {
    terms.classification.assetClass(
      days: reckoning.dpd, npa: reckoning.npaSince != nil || isNPAByBorrower)
  }

  /// Whether it is classed with its borrower, of whom an account is npa.
  package var isNPAByBorrower: Bool {
    terms.classification.borrowerWise && house.npaBorrowers.contains(debtor)
  }
}
