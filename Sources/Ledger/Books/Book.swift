/// A kept register: what it shows of every account, and how partial results join.
///
/// A book is a fold of one account's facts followed by a commutative monoid: `merge` is associative
/// and commutative, and folding a ledger in parts gives the bytes of folding it whole.
package protocol Book: Sendable {
  /// The name scripts use: `show aging`.
  static var name: String { get }
  /// Takes one account (in one currency) into the result.
  mutating func take(_ account: borrowing AccountView)
  /// Joins the result of other accounts.
  mutating func merge(_ other: Self)
  /// The result as a table. `accountName` gives the id of an account number.
  func sheet(accountName: (UInt32) -> String) -> Sheet
}

/// One account in one currency, reckoned at the vantage.
package struct AccountView: ~Copyable {
  /// The account's number.
  package let number: UInt32
  /// The currency reckoned.
  package let currency: Currency
  /// Product and debtor, empty when nobody said.
  package let product: String, debtor: String
  /// Handling flags raised and not taken back by the day, in order of name.
  package let flags: [String]
  /// The figures.
  package let reckoning: Reckoning
  /// The terms that judged it.
  package let terms: Terms
  /// The reckoner as it stands after this account: obligations and what was paid of them.
  package let reckoner: Reckoner
  /// Texts behind payer numbers.
  package let texts: Interned

  /// Label of its bucket.
  package var bucket: String {
    terms.buckets.labels[bucketIndex]
  }

  /// Index of its bucket in the labels of its terms.
  package var bucketIndex: Int {
    terms.buckets.index(
      days: reckoning.dpd, writtenOff: reckoning.writtenOff,
      undated: reckoning.undated && !terms.fromInvoiceDate)
  }

  /// Its asset class: standard, sma_0 to sma_2, npa.
  package var assetClass: String {
    terms.classification.assetClass(days: reckoning.dpd, npa: reckoning.npaSince != nil)
  }
}

/// What is asked of a book, apart from the book itself.
package struct Question: Sendable {
  /// The day and the knowledge.
  package var vantage: Vantage
  /// Drafts tried instead of what was adopted.
  package var drafts: [(kind: String, body: [UInt8])] = []
  /// Age from the invoice date instead of the due date.
  package var fromInvoiceDate = false
  /// Only accounts without this flag, or only those with it.
  package var withoutFlag: String?, withFlag: String?

  /// A question from a vantage.
  package init(vantage: Vantage) { self.vantage = vantage }
}

/// Reckons every account of a portfolio for a book.
package struct Fold: Sendable {
  private var reckoner = Reckoner()
  private var byProduct: [UInt32: Terms] = [:]
  private let question: Question
  private let policies: PolicyBook
  private let accountName: (@Sendable (UInt32) -> String)

  /// A fold that answers `question` under the policies of the portfolio. `accountName` is asked only
  /// when a policy names single accounts.
  package init(
    _ question: Question, policies: PolicyBook, accountName: @escaping @Sendable (UInt32) -> String
  ) {
    self.question = question
    self.policies = policies
    self.accountName = accountName
  }

  /// Reckons one account, once for each currency it has money in, and gives the views to `book`.
  package mutating func take<B: Book>(
    _ number: UInt32, _ facts: ArraySlice<Fact>, of portfolio: borrowing Portfolio,
    into book: inout B
  ) throws(WireError) {
    var (product, debtor): (UInt32, UInt32) = (0, 0)
    var currencies: [UInt16] = []
    var raised: [UInt32] = []
    let asOf = question.vantage.asOf
    for fact in facts {
      switch fact.kind {
      case .opened:
        (product, debtor) = (UInt32(fact.link >> 32), UInt32(truncatingIfNeeded: fact.link))
        if !currencies.contains(fact.currency) { currencies.insert(fact.currency, at: 0) }
      case .flagged where fact.seen <= asOf.rawValue:
        let flag = UInt32(fact.link)
        raised.removeAll { $0 == flag }
        if fact.mark == 1 { raised.append(flag) }
      default:
        if fact.currency != 0, fact.kind.isMoney, !currencies.contains(fact.currency) {
          currencies.append(fact.currency)
        }
      }
    }
    let flags = raised.map { portfolio.facts.texts[$0] }.sorted()
    if let flag = question.withFlag, !flags.contains(flag) { return }
    if let flag = question.withoutFlag, flags.contains(flag) { return }
    let terms = try self.terms(product, portfolio.facts.texts[product], number)
    if currencies.isEmpty { currencies = [0] }
    for (index, currency) in currencies.enumerated() {
      let reckoning = reckoner.reckon(
        facts, parts: portfolio.facts.parts, currency: currency, asOf: asOf, terms: terms)
      guard reckoning.exists else { continue }
      // A second currency that came to nothing is no line of its own.
      if index > 0, reckoning.raised == 0, reckoning.received == 0 { continue }
      book.take(
        AccountView(
          number: number, currency: Currency(rawValue: currency),
          product: portfolio.facts.texts[product], debtor: portfolio.facts.texts[debtor],
          flags: flags, reckoning: reckoning, terms: terms, reckoner: reckoner,
          texts: portfolio.facts.texts))
    }
  }

  private mutating func terms(_ product: UInt32, _ text: String, _ account: UInt32)
    throws(WireError) -> Terms
  {
    let single = policies.namesAccounts
    if !single, let terms = byProduct[product] { return terms }
    let who = PolicySubject(product: text, account: single ? accountName(account) : "")
    var terms = try policies.terms(for: who, on: question.vantage.asOf)
    terms.fromInvoiceDate = question.fromInvoiceDate
    if !single { byProduct[product] = terms }
    return terms
  }
}
