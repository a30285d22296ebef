/// A kept register: what it shows of every account, and how partial results join.
///
/// A book is a fold of one account's facts followed by a monoid: `merge` is associative, and
/// folding a ledger in parts, joined in the order of their accounts, gives the bytes of folding it
/// whole. Sums do not mind the order; labels and lines may keep that in which they were met.
package protocol Book: Sendable {
  /// The name scripts use: `show aging`.
  static var name: String { get }
  /// Columns of the desk it looks at.
  var reads: Desk.Reads { get }
  /// Those of `reads` that its lines come from. A book that names any is shown an account only if
  /// it left a row in one of them, and once, in the account's first currency. By default all it
  /// reads.
  var leads: Desk.Reads { get }
  /// Whose accounts it is about; nil for everybody's. A book of one holder reads `.allocations`, is
  /// shown only accounts that were ever given to him, and `concerns` sees their allocations only.
  var holder: TextKey? { get }
  /// Whether it looks at what money did: at the reckoning, the reckoner or the money facts. A
  /// register of paper or of contacts does not, and is spared all that; it still sees the account's
  /// terms, names and flags.
  var reckons: Bool { get }
  /// Days before the one asked about at whose ends it looks at every account as well, ascending: a
  /// report on a period names its opening.
  var earlier: [Day] { get }
  /// Whether it asks which money paid what.
  var keepsSplits: Bool { get }
  /// Whether an account with these rows may give a line, asked before its money is reckoned; where
  /// it may not, the account is not shown. The rows of entries taken back are not among them.
  func concerns(_ rows: borrowing Desk) -> Bool
  /// Told what all accounts share, before each of them is reckoned: what a book is to look back at
  /// may depend on it, and what it reads. Whoever does not tell it first asks for all it may read.
  mutating func begin(_ house: borrowing House)
  /// Takes one account (in one currency) into the result.
  mutating func take(_ account: borrowing AccountView) throws(WireError)
  /// Joins the result of other accounts.
  mutating func merge(_ other: Self)
  /// The result as a table; `naming` gives the texts behind numbers and positions.
  func sheet(_ naming: Naming) -> Sheet
}

extension Book {
  /// A book of money asks for no column of the desk, and is shown every account.
  package var reads: Desk.Reads { [] }
  /// Every column it reads.
  package var leads: Desk.Reads { reads }
  /// Most books are about everybody's accounts.
  package var holder: TextKey? { nil }
  /// Most books are about money.
  package var reckons: Bool { true }
  /// Most books look at one day.
  package var earlier: [Day] { [] }
  /// Most books ask what was paid, not by what.
  package var keepsSplits: Bool { false }
  /// Most books need to know nothing beforehand.
  package mutating func begin(_ house: borrowing House) {}
  /// Any rows may give a line.
  package func concerns(_ rows: borrowing Desk) -> Bool { true }
}

/// What is asked of a book, apart from the book itself.
package struct Question: Sendable {
  /// The day and the knowledge.
  package var vantage: Vantage
  /// Drafts tried instead of what was adopted.
  package var drafts: [(kind: String, body: [UInt8])] = []
  /// Versions supposed to have been adopted, each from its day and for the people it names.
  package var supposed: [PolicyVersion] = []
  /// Age from the invoice date instead of the due date.
  package var fromInvoiceDate = false
  /// Only accounts without this flag, or only those with it.
  package var withoutFlag: String?, withFlag: String?

  /// Whether an account of which nothing was seen by the day is answered too, with zeros: so when
  /// somebody asks for that one account.
  package var includesUnseen = false

  /// A question from a vantage.
  package init(vantage: Vantage) { self.vantage = vantage }
}

/// Reckons every account of a portfolio for a book.
package struct Fold: ~Copyable, Sendable {
  private var view = AccountView()
  private var survey = Survey()
  private var judged: UInt32?
  private var byProduct: [UInt32: Terms] = [:]
  private var plans: [UInt32: Plan] = [:]
  private var rolled: [Reckoning] = []
  private let question: Question
  private let namesAccounts: Bool
  private var dead = Dead()

  /// Whether the reckoner writes down which money paid what, for books that explain.
  package var keepsSplits: Bool {
    get { view.reckoner.keepsSplits }
    set { view.reckoner.keepsSplits = newValue }
  }

  /// A fold that answers `question` under the house's policies and shared facts. `accountName` is
  /// asked only when a policy names single accounts.
  package init(
    _ question: Question, policies: PolicyBook, house: House,
    accountName: @escaping @Sendable (UInt32) -> String
  ) {
    view.house = house
    self.question = question
    view.policies = policies
    view.id = accountName
    view.fromInvoiceDate = question.fromInvoiceDate
    namesAccounts = policies.namesAccounts
  }

  /// Reckons one account, once for each currency it has money in, and gives the views to `book`.
  package mutating func take<B: Book>(
    _ number: UInt32, _ facts: Span<Fact>, _ parts: Span<Piece>, of portfolio: borrowing Portfolio,
    into book: inout B
  ) throws(WireError) {
    let leads = book.leads
    if !book.reads.isEmpty {
      let slot = Int(number - portfolio.range.lowerBound)
      guard leads.isEmpty || question.includesUnseen || portfolio.desk.hasRows(slot, leads) else {
        return
      }
      dead.find(in: facts)
      portfolio.desk.lend(slot, to: &view.desk, without: dead)
      guard book.concerns(view.desk) else { return }
      if book.reads.contains(.money) { view.lend(facts, parts, without: dead) }
    }
    survey.look(at: facts, asOf: question.vantage.asOf.rawValue, &dead)
    let product = survey.product
    view.portfolio = survey.portfolio
    view.flags.removeAll(keepingCapacity: true)
    for flag in survey.flags { view.flags.append(portfolio.facts.texts[flag]) }
    if survey.flags.count > 1 { view.flags.sort() }
    if let flag = question.withFlag, !view.flags.contains(flag) { return }
    if let flag = question.withoutFlag, view.flags.contains(flag) { return }
    if view.texts.count != portfolio.facts.texts.count { view.texts = portfolio.facts.texts }
    view.number = number
    try judge(product)
    if view.house.namesAccounts { view.key = portfolio.facts.accountKey(number) }
    view.debtor = view.texts[survey.debtor]
    view.isFirst = true
    if book.keepsSplits { view.reckoner.keepsSplits = true }
    book.begin(view.house)
    let plan = book.earlier.isEmpty ? nil : try plan(product, book.earlier)
    if !book.reckons {
      view.currency = Currency(rawValue: survey.currencies.first ?? 0)
      view.reckoning = Reckoning()
      try book.take(view)
      return
    }
    let currencies = survey.currencies.isEmpty ? [0] : survey.currencies
    for (index, currency) in currencies.enumerated() {
      view.currency = Currency(rawValue: currency)
      if let plan {
        roll(facts, parts, currency, plan)
      } else {
        view.reckoning = view.reckoner.reckon(
          facts, parts: parts, currency: currency, asOf: question.vantage.asOf,
          terms: view.terms)
      }
      if !leads.isEmpty {
        try book.take(view)
        return
      }
      // Of an account without a currency nobody ever said that it exists, or what it owes.
      guard
        (view.reckoning.exists && currency != 0) || (question.includesUnseen && index == 0)
      else { continue }
      // A second currency that came to nothing is no line of its own.
      if index > 0, view.reckoning.raised == 0, view.reckoning.received == 0 { continue }
      try book.take(view)
      view.isFirst = false
    }
  }

  // Sets product and terms; accounts of one product come in stretches or share what was made.
  private mutating func judge(_ product: UInt32) throws(WireError) {
    if judged == product, !namesAccounts { return }
    view.product = view.texts[product]
    judged = product
    if !namesAccounts, let terms = byProduct[product] {
      view.terms = terms
      return
    }
    view.terms = try view.terms(on: question.vantage.asOf)
    if !namesAccounts { byProduct[product] = view.terms }
  }

  // The terms of the earlier days and of the day asked about, and which of them one run serves.
  private struct Plan {
    var days: [Day]
    var terms: [Terms]
    var stretches: [Range<Int>]
  }

  private mutating func plan(_ product: UInt32, _ earlier: [Day])
    throws(WireError) -> Plan
  {
    if !namesAccounts, let plan = plans[product] { return plan }
    let days = earlier + [question.vantage.asOf]
    var all: [Terms] = []
    for day in earlier { all.append(try view.terms(on: day)) }
    all.append(view.terms)
    let plan = Plan(days: days, terms: all, stretches: Terms.stretches(all, days))
    if !namesAccounts { plans[product] = plan }
    return plan
  }

  // The last run ends on the day asked about, so that the reckoner stands there afterwards.
  private mutating func roll(
    _ facts: Span<Fact>, _ parts: Span<Piece>, _ currency: UInt16, _ plan: Plan
  ) {
    var results: [Reckoning] = []
    swap(&results, &rolled)
    results.removeAll(keepingCapacity: true)
    for stretch in plan.stretches {
      view.reckoner.roll(
        facts, parts: parts, currency: currency, days: plan.days[stretch],
        terms: plan.terms[stretch.upperBound - 1]
      ) { _, result in results.append(result) }
    }
    view.reckoning = results.removeLast()
    view.earlier.removeAll(keepingCapacity: true)
    view.earlier += results
    swap(&results, &rolled)
  }
}
