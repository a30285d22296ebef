/// All that a decision may look at: the account as known now, the house's rules, the day.
///
/// Decisions see no store and no clock. The same function refuses a command and flags history: an
/// import asks it after the fact, with what was known just before each event.
package struct Scene: Sendable {
  /// The subject, when it is an account.
  package var account: AccountState
  /// Policies adopted so far.
  package var policies: PolicyBook
  /// What all accounts share, as heard so far.
  package var house = House()
  /// Receipt books as heard so far; gathered only for events about them.
  package var shelf = ReceiptBook.Shelf()
  /// Tasks, reports and reviews as heard so far; gathered only for events about them.
  package var office = Office()
  /// Cash and deposits as heard so far; gathered only for events about them.
  package var custody = Cash.Custody()
  /// Bookings as heard so far; gathered only for events about them.
  package var bookings = Booking.List()
  /// What there is of a person, when their data are to be erased.
  package var belongings = Belongings()
  /// The entry whose content is to be destroyed; nil when it is not there.
  package var redactable: Redactable?
  /// The subject's own file, when it is a party.
  package var party = PartyState()
  /// Periods closed so far, as positions and days.
  package var periods: [(event: String, from: Day, to: Day)] = []
  /// Versions of policies ever adopted: policy id to its last version.
  package var lastVersions: [String: Int64] = [:]
  /// The day from which the fact counts.
  package var day: Day
  /// Local date of the occurrence.
  package var occurredOn: Day
  /// The day on which the ledger hears of it.
  package var today: Day
  /// Who did it.
  package var actor: String
  /// Number of the actor of history, whose id is looked up only where a decision asks.
  package var actorNumber: UInt32 = 0
  /// The id of an actor by number; empty for one that nobody has.
  package var actors: @Sendable (UInt32) -> String = { _ in "" }
  /// Another account by its id, as heard up to a position; asked only where a decision names one.
  package var accounts: @Sendable (String, Position) -> AccountState = { id, _ in
    AccountState(id: id)
  }
  /// Whether it is history that is judged after the fact.
  package var isHistory = false
  /// For a reversal: whether the entry exists, was reversed already, and how long the chain is.
  package var target: Target?

  /// The entry that a reversal takes back.
  package struct Target: Sendable {
    /// Whether another reversal that stands takes it back already.
    package var isReversed: Bool
    /// How many reversals it is itself the end of: 0 for an ordinary entry.
    package var depth: Int
    /// Its position.
    package var seq: Position
    /// The accounts in whose trails it stands; gathered only when it is to be taken back.
    package var accounts: [AccountState] = []

    /// An entry, and what reversals did to it.
    package init(seq: Position, isReversed: Bool, depth: Int) {
      self.seq = seq
      self.isReversed = isReversed
      self.depth = depth
    }
  }

  /// A scene around an account.
  package init(
    account: AccountState, policies: PolicyBook, day: Day, occurredOn: Day, today: Day,
    actor: String
  ) {
    self.account = account
    self.policies = policies
    self.day = day
    self.occurredOn = occurredOn
    self.today = today
    self.actor = actor
  }

  /// The scene of an imported entry, with the house as it was known just before it; `today` is the
  /// day on which the ledger heard of it.
  package init(
    history header: Header, account: AccountState, policies: PolicyBook, house: House, today: Day,
    actor: String = ""
  ) {
    self.init(
      account: account, policies: policies, day: Day(rawValue: header.day),
      occurredOn: header.occurredOn, today: today,
      actor: actor)
    self.house = house
    self.house.known = header.seq - 1
    actorNumber = header.actor
    isHistory = true
  }

  /// Who did it, of history too.
  package var whoActs: String { actor.isEmpty ? actors(actorNumber) : actor }

  /// Whether it is this person who did it; nobody does it when none is named.
  func isActing(_ person: TextKey) -> Bool { person != .none && TextKey(whoActs) == person }

  /// Another account as known when this one was looked at.
  package func account(named id: String) -> AccountState {
    id == account.id ? account : accounts(id, house.known)
  }

  /// The day whose figures judge it: today; for history the day from which it counted.
  package var judgedOn: Day { isHistory ? min(day, today) : today }

  /// The terms that judge the account today.
  package func terms() -> Terms {
    (try? policies.terms(for: account.subject, on: today)) ?? Terms()
  }
}

/// An event that a command may bring: it can say no.
package protocol Decided: EventBody {
  /// Throws the refusal, or lets the event pass unchanged.
  func decide(_ scene: inout Scene) throws(Refusal)
}

extension Scene {
  /// The account must be on the book.
  package func requireKnown() throws(Refusal) {
    guard account.isKnown else {
      throw Refusal(
        rule: "account.unknown", "No account \(account.id) is on the book.",
        remedy: "Record account.opened first, or import it as history.")
    }
  }

  /// The account must be open.
  package func requireOpen() throws(Refusal) {
    try requireKnown()
    guard !account.isClosed else {
      throw Refusal(
        rule: "account.closed", "Account \(account.id) is closed.",
        remedy: "Record account.reopened first.")
    }
  }

  /// A sum must be above zero and in the account's currency.
  package func require(_ money: Money, _ what: String) throws(Refusal) {
    guard money.minor > 0 else {
      throw Refusal(
        rule: "money.positive", "The \(what) is \(money); it must be above zero.",
        remedy: "Give the sum without a sign; a sum taken back has an event of its own.")
    }
    guard account.hasRoom(for: money.minor) else {
      throw Refusal(
        rule: "money.too-large",
        "With \(money) more the sums of account \(account.id) no longer fit into 64 bits.",
        remedy: "Check the sum; it has too many digits.")
    }
    if let currency = account.currency, currency != money.currency {
      throw Refusal(
        rule: "money.currency",
        "The \(what) is in \(money.currency.code), account \(account.id) is in \(currency.code).",
        remedy: "Give the sum in \(currency.code); currencies are never added.")
    }
  }

  /// Money of an account: one that is known, a sum that is one in its currency, a day that has
  /// come.
  package func requireMoney(_ money: Money, _ what: String) throws(Refusal) {
    try requireKnown()
    try require(money, what)
    try requireMoneyDay()
  }

  /// A money day must be neither in the future nor before the contract.
  package func requireMoneyDay() throws(Refusal) {
    guard day <= today else {
      throw Refusal(
        rule: "value-date.future", "The value date \(day) is after today, \(today).",
        remedy: "Record it when the day has come; only schedules may lie ahead.")
    }
    if let openedOn = account.openedOn, day < openedOn {
      throw Refusal(
        rule: "value-date.before-opening",
        "The value date \(day) is before the account was opened, \(openedOn).",
        remedy: "Check the day, or correct the account's opening first.")
    }
  }
}
