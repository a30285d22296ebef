/// One debt contract on the book: its terms, owner, class and end.
package enum Account {}

// MARK: - Events: what an account came with

extension Account {
  /// The account came onto the book with its terms.
  package struct Opened: Hashable, Sendable {
    /// Number printed on the contract.
    package var accountNo: String
    /// Product code; rules select by it (microfinance, two_wheeler ...).
    package var product: String
    /// Sum lent or credit granted.
    package var principal: Money
    /// First day of the contract.
    package var openedOn: Day
    /// Principal debtor; joins the accounts of one borrower.
    package var debtor: String
    /// IANA zone of the portfolio; fixes local dates when the person's zone is unknown.
    package var timeZone: String
    /// Regulated lender that owns the debt.
    package var lender: String?
    /// Selects the classification norm.
    package var lenderClass: String?
    /// Holiday calendar id.
    package var calendar: String?
    /// Whether collateral backs it.
    package var secured: String?
    /// What the collateral is.
    package var securityKind: String?
    /// Registration, chassis, title or address of the collateral.
    package var securityDetails: [UInt8]?
    /// Contract length.
    package var tenorMonths: Int64?
    /// Contract interest rate per year.
    package var rateBp: Int64?
    /// Day the credit was sanctioned; selects rule versions.
    package var sanctionedOn: Day?
    /// Level of the sanctioning authority, higher is more senior.
    package var sanctionLevel: Int64?
    /// Persons who sanctioned it; they may not approve its settlement.
    package var sanctionedBy: [String]?
    /// Next review or renewal day.
    package var reviewOn: Day?
    /// Accounts that count as one debt for contact limits.
    package var debtGroup: String?
    /// Sourcing dealer.
    package var dealer: String?
    /// Sourcing branch.
    package var branch: String?
    /// Numbers in other systems.
    package var externalIds: [String]?
    /// Portfolio it belongs to; policies select by it.
    package var portfolio: String?

    /// Memberwise; what the schema does not require may be left out.
    package init(
      accountNo: String, product: String, principal: Money, openedOn: Day, debtor: String,
      timeZone: String, lender: String? = nil, lenderClass: String? = nil, calendar: String? = nil,
      secured: String? = nil, securityKind: String? = nil, securityDetails: [UInt8]? = nil,
      tenorMonths: Int64? = nil, rateBp: Int64? = nil, sanctionedOn: Day? = nil,
      sanctionLevel: Int64? = nil, sanctionedBy: [String]? = nil, reviewOn: Day? = nil,
      debtGroup: String? = nil, dealer: String? = nil, branch: String? = nil,
      externalIds: [String]? = nil, portfolio: String? = nil
    ) {
      self.accountNo = accountNo
      self.product = product
      self.principal = principal
      self.openedOn = openedOn
      self.debtor = debtor
      self.timeZone = timeZone
      self.lender = lender
      self.lenderClass = lenderClass
      self.calendar = calendar
      self.secured = secured
      self.securityKind = securityKind
      self.securityDetails = securityDetails
      self.tenorMonths = tenorMonths
      self.rateBp = rateBp
      self.sanctionedOn = sanctionedOn
      self.sanctionLevel = sanctionLevel
      self.sanctionedBy = sanctionedBy
      self.reviewOn = reviewOn
      self.debtGroup = debtGroup
      self.dealer = dealer
      self.branch = branch
      self.externalIds = externalIds
      self.portfolio = portfolio
    }
  }

  /// A source system claimed opening balances for the account at migration.
  package struct Imported: Hashable, Sendable {
    /// Day of the balances.
    package var asOn: Day
    /// Total outstanding claimed.
    package var outstanding: Money
    /// Where the claim comes from.
    package var sourceSystem: String
    /// Claimed split.
    package var components: [Parts.Component]?
    /// Claimed oldest unpaid due.
    package var oldestDueDate: Day?
    /// Claimed days past due; an assertion, never a source.
    package var dpdClaimed: Int64?
    /// Digest of the migration statement.
    package var statementHash: [UInt8]?

    /// Memberwise; what the schema does not require may be left out.
    package init(
      asOn: Day, outstanding: Money, sourceSystem: String, components: [Parts.Component]? = nil,
      oldestDueDate: Day? = nil, dpdClaimed: Int64? = nil, statementHash: [UInt8]? = nil
    ) {
      self.asOn = asOn
      self.outstanding = outstanding
      self.sourceSystem = sourceSystem
      self.components = components
      self.oldestDueDate = oldestDueDate
      self.dpdClaimed = dpdClaimed
      self.statementHash = statementHash
    }
  }
}

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
      var portfolio: UInt32 = 0
      for _ in 0..<(try body.map()) {
        switch try body.uint() {
        case Key.AccountOpened.product: product = facts.texts.number(try body.text())
        case Key.AccountOpened.debtor: debtor = facts.texts.append(try body.text())
        case Key.AccountOpened.portfolio: portfolio = facts.texts.number(try body.text())
        default: try body.skip()
        }
      }
      fact.link = UInt64(product) << 32 | UInt64(debtor)
      fact.id = TextKey(rawValue: UInt64(portfolio))
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

// MARK: - Decisions

extension Account.Opened: Decided {
  /// Refused when the account is on the book, its zone is unknown, its principal is negative, or
  /// credit to its debtor is stopped on its first day.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    guard !scene.account.standing.contains(where: { $0.kind == .opened }) else {
      throw Refusal(
        rule: "account.exists", "An account \(scene.account.id) is on the book already.",
        remedy: "Choose another id, or reverse the wrong opening first.")
    }
    guard Zone(timeZone) != nil else {
      throw Refusal(
        rule: "account.zone", "`\(timeZone)` is no IANA time zone.",
        remedy: "Name one such as Asia/Kolkata; `arrears schema zones` lists them.")
    }
    guard principal.minor >= 0 else {
      throw Refusal(
        rule: "money.positive", "The principal is \(principal).", remedy: "Give it without a sign.")
    }
    try scene.requireCredit(for: debtor, on: openedOn)
  }
}

extension Account.WrittenOff: Decided {
  /// Refused for an unknown account, a sum that is no sum, when nothing is outstanding, and beyond
  /// what is outstanding and not written off yet.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    try scene.requireMoney(amount, "sum written off")
    let terms = scene.terms()
    let figures = scene.account.figures(asOf: scene.judgedOn, terms: terms)
    let owed = figures.outstanding
    guard owed > 0 else {
      throw Refusal(
        rule: "account.nothing-outstanding",
        "Nothing is outstanding on account \(scene.account.id).",
        remedy: "Close the account instead.")
    }
    // What came in after the first write-off was recovered of it.
    var left = owed
    if let before = scene.account.writtenOff {
      let then = scene.account.figures(asOf: before.since, terms: terms).received
      left = min(owed, max(0, owed &+ figures.received &- then &- before.sum))
    }
    guard amount.minor <= left else {
      let rest = Money(minor: left, currency: amount.currency)
      throw Refusal(
        rule: "account.more-than-outstanding",
        "\(amount) is to be written off, \(rest) is outstanding and not written off yet.",
        remedy: "Write off at most that; what is not due yet is outstanding once it is raised.")
    }
  }
}

extension Account.Closed: Decided {
  /// Refused unless the account is open; as paid or foreclosed only when nothing is outstanding and
  /// the money that paid it has cleared.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    try scene.requireOpen()
    guard reason == "paid" || reason == "foreclosed" else { return }
    let terms = scene.terms()
    let owed = scene.account.figures(asOf: scene.today, terms: terms).outstanding
    guard owed == 0 else {
      let left = Money(minor: owed, currency: scene.account.currency ?? .none)
      throw Refusal(
        rule: "account.balance-remains",
        "\(left) is outstanding on account \(scene.account.id), which is to be closed as \(reason).",
        remedy: "Record what is missing, or close it as settled, sold or written_off_closed.")
    }
    let uncleared = scene.account.uncleared
    guard uncleared == 0 else {
      let sum = Money(minor: uncleared, currency: scene.account.currency ?? .none)
      throw Refusal(
        rule: "account.not-cleared",
        "\(sum) that account \(scene.account.id) was paid has not cleared.",
        remedy: "Record cheque.cleared or payment.credited first; if it came back, "
          + "payment.reversed.")
    }
  }
}

extension Account.Reopened: Decided {
  /// Refused unless the account is on the book and closed.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    try scene.requireKnown()
    guard scene.account.isClosed else {
      throw Refusal(
        rule: "account.not-closed", "Account \(scene.account.id) is not closed.",
        remedy: "Nothing is to be done.")
    }
  }
}
