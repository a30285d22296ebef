/// What the ledger has heard about the money of one or many accounts, in log order.
///
/// Noting an event allocates nothing beyond the growth of these arrays.
package struct Facts: Sendable {
  /// The facts, in log order.
  package var rows: ContiguousArray<Fact> = []
  /// Account number of each fact; as long as `rows`.
  package var accounts: ContiguousArray<UInt32> = []
  /// Components and instructions of the facts.
  package var parts: ContiguousArray<Piece> = []
  /// Texts that reports group by (products, debtors, payers), each once; index 0 is "none".
  package var texts = Interned()
  /// The key of an account's id, asked only for events that name accounts in their bodies.
  package var accountKey: @Sendable (UInt32) -> TextKey

  /// No facts yet. `accountKey` gives the key of a numbered account's id.
  package init(accountKey: @escaping @Sendable (UInt32) -> TextKey) {
    self.accountKey = accountKey
  }

  /// Event types that may yield a fact; a scan skips bundles without any of them.
  package static let reads = TypeMask([
    EventCode.accountOpened, EventCode.accountImported, EventCode.accountClosed,
    EventCode.accountReopened, EventCode.accountWrittenOff, EventCode.accountFlagged,
    EventCode.dueRaised, EventCode.dueCancelled, EventCode.chargeLevied, EventCode.chargeWaived,
    EventCode.interestApplied, EventCode.paymentReceived, EventCode.paymentReversed,
    EventCode.paymentRefunded, EventCode.paymentTransferred, EventCode.holdPlaced,
    EventCode.holdLifted, EventCode.eventReversed, EventCode.chequeBounced,
    EventCode.mandateBounced, EventCode.settlementExecuted,
  ])

  /// Those of them that say what the account is, and what was taken back, whatever its money did.
  package static let particulars = TypeMask([
    EventCode.accountOpened, EventCode.accountImported, EventCode.accountFlagged,
    EventCode.eventReversed,
  ])

  /// Forgets the facts, keeps the room and the texts.
  package mutating func removeAll() {
    rows.removeAll(keepingCapacity: true)
    accounts.removeAll(keepingCapacity: true)
    parts.removeAll(keepingCapacity: true)
  }

  /// Notes what an event says about `account`, in whose trail it stands: as its subject, or because
  /// it names it. Events that say nothing about money leave no fact.
  package mutating func note(_ event: borrowing EventView, account: UInt32, isSubject: Bool)
    throws(WireError)
  {
    switch event.header.type {
    case EventCode.accountOpened, EventCode.accountImported, EventCode.accountClosed,
      EventCode.accountReopened, EventCode.accountWrittenOff, EventCode.accountFlagged:
      if isSubject { try Account.note(event, account, &self) }
    case EventCode.dueRaised, EventCode.dueCancelled:
      if isSubject { try Due.note(event, account, &self) }
    case EventCode.chargeLevied, EventCode.chargeWaived:
      if isSubject { try Charge.note(event, account, &self) }
    case EventCode.interestApplied:
      if isSubject { try Interest.note(event, account, &self) }
    case EventCode.paymentReceived, EventCode.paymentReversed, EventCode.paymentRefunded:
      if isSubject { try Payment.note(event, account, &self) }
    case EventCode.paymentTransferred:
      try Payment.noteTransfer(event, account, &self)
    case EventCode.holdPlaced, EventCode.holdLifted:
      try Hold.note(event, account, isSubject: isSubject, &self)
    case EventCode.chequeBounced, EventCode.mandateBounced:
      if isSubject { noteBounce(event, account) }
    case EventCode.settlementExecuted:
      if isSubject { Settlement.note(event, account, &self) }
    case EventCode.eventReversed:
      try Correction.note(event, account, &self)
    default:
      break
    }
  }

  /// Adds a fact.
  @inlinable package mutating func add(_ fact: Fact, _ account: UInt32) {
    rows.append(fact)
    accounts.append(account)
  }
}

/// Texts with small numbers in order of first appearance; 0 is the empty text.
package struct Interned: Sendable {
  /// The texts; index 0 is "".
  package private(set) var texts: [String] = [""]
  private var numbers: [String: UInt32] = ["": 0]

  /// How many there are, the empty one included.
  package var count: Int { texts.count }

  /// Nothing but the empty text.
  package init() {}

  /// Whether a text is looked up by reports, and not only shown.
  package func isShared(_ number: UInt32) -> Bool { numbers[self[number]] == number }

  /// The number of a text, given now if it has none.
  package mutating func number(_ text: String) -> UInt32 {
    if let number = numbers[text] { return number }
    let number = UInt32(texts.count)
    texts.append(text)
    numbers[text] = number
    return number
  }

  /// A number of its own for a text that reports show and nobody looks up.
  package mutating func append(_ text: String) -> UInt32 {
    texts.append(text)
    return UInt32(texts.count - 1)
  }

  /// The text of a number; empty for one never given.
  package subscript(number: UInt32) -> String {
    Int(number) < texts.count ? texts[Int(number)] : ""
  }
}
