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

    /// Memberwise; what the schema does not require may be left out.
    package init(
      accountNo: String, product: String, principal: Money, openedOn: Day, debtor: String,
      timeZone: String, lender: String? = nil, lenderClass: String? = nil, calendar: String? = nil,
      secured: String? = nil, securityKind: String? = nil, securityDetails: [UInt8]? = nil,
      tenorMonths: Int64? = nil, rateBp: Int64? = nil, sanctionedOn: Day? = nil,
      sanctionLevel: Int64? = nil, sanctionedBy: [String]? = nil, reviewOn: Day? = nil,
      debtGroup: String? = nil, dealer: String? = nil, branch: String? = nil,
      externalIds: [String]? = nil
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
