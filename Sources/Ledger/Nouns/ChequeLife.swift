// MARK: - State

extension Cheque {
  /// Where a cheque is. On hold, due and stale are verdicts of a day, not states.
  package enum State: UInt8, BitwiseCopyable, Sendable {
    case inHand, deposited, cleared, bounced, partPaid
    case returned, replaced, lost, cancelled, paidOtherwise, withdrawn

    /// How a withdrawal for a reason ends it; `withdrawn` for a reason that the list does not have.
    package init(ended reason: TextKey) {
      self = State.ends.first { $0.key == reason }?.state ?? .withdrawn
    }

    private static let ends: [(key: TextKey, state: State)] = [
      (TextKey("returned_to_drawer"), .returned), (TextKey("replaced"), .replaced),
      (TextKey("lost"), .lost), (TextKey("cancelled"), .cancelled),
      (TextKey("paid_otherwise"), .paidOtherwise),
    ]

    /// The name that reports print.
    package var code: String {
      switch self {
      case .inHand: "in_hand"
      case .deposited: "deposited"
      case .cleared: "cleared"
      case .bounced: "bounced"
      case .partPaid: "part_paid"
      case .returned: "returned"
      case .replaced: "replaced"
      case .lost: "lost"
      case .cancelled: "cancelled"
      case .paidOtherwise: "paid_otherwise"
      case .withdrawn: "withdrawn"
      }
    }

    /// Whether the paper is in the house: never presented, or come back.
    package var isHere: Bool { self == .inHand || self == .bounced || self == .partPaid }
    /// Whether nothing more is expected of it.
    package var isOver: Bool { !isHere && self != .deposited }
  }

  /// One cheque as it stands at the end of a day.
  package struct Life: Sendable {
    /// Key of its id.
    package var cheque: TextKey
    /// Position of its receipt; 0 when nobody said that it was received.
    package var received: Position = 0
    /// Position of the first event about it; its id stands there under the key 0.
    package var first: Position
    /// Sum on it, minor units, and its currency.
    package var amount: Int64 = 0, currency: UInt16 = 0
    /// Date on it; `Day.none` when it was never received.
    package var date = Day.none
    /// Bank, drawer and number as one.
    package var twin = TextKey.none
    /// Whether it is held as security.
    package var isSecurity = false
    /// Where it is.
    package var state = State.inHand
    /// Deposits and returns so far.
    package var attempts: Int32 = 0, bounces: Int32 = 0
    /// Days of the first and of the last deposit.
    package var firstDeposit = Day.none, deposited = Day.none
    /// Whether the first deposit came back, and why.
    package var firstBounced = false, firstReason = ReturnReason.unknown
    /// Position of the last return, and its reason.
    package var bounce: Position = 0, reason = ReturnReason.unknown
    /// Date and arrival of its memo.
    package var memo = Day.none, memoReceived = Day.none
    /// Whether a notice went out for the last return.
    package var isNoticed = false
    /// Last day of the hold agreed last.
    package var heldUntil = Day.none
    /// Who holds it, and the event that says so.
    package var holder = TextKey.none, custody: Position = 0
    /// What the bank paid of it in part.
    package var paid: Int64 = 0

    /// Whether it must not be presented on a day.
    package func isHeld(on day: Day) -> Bool { day <= heldUntil }

    /// Whether money it carried is not the house's yet: it is here or with the bank, or came back
    /// no earlier than the money.
    func mayKeep(_ receipt: Paper.Row) -> Bool {
      switch state {
      case .inHand, .deposited: true
      case .bounced: receipt.day <= memo.rawValue
      default: false
      }
    }

    /// What is still to be had for it.
    package var rest: Int64 { max(0, amount &- paid) }

    /// The day by which it goes to the bank: by its date, and after a hold when that ends later.
    package func depositBy(_ terms: borrowing Terms) -> Day {
      let planned = terms.cheques.deposit(date, terms.calendar)
      guard heldUntil >= planned else { return planned }
      return terms.calendar.working(onOrAfter: heldUntil + 1)
    }

    /// Last day for the notice of dishonour after the last return; nil when none is needed: it did
    /// not come back, came back for a reason that grounds none, was paid, left the house, or notice
    /// was given. Presenting it again does not excuse the notice (`definitions.md`, *Clocks*).
    package func noticeBy(_ terms: borrowing Terms) -> Day? {
      guard state == .bounced || state == .deposited && bounces > 0, !isNoticed,
        terms.cheques.noticeReasons.contains(where: { ReturnReason(code: $0) == reason })
      else { return nil }
      return terms.cheques.notice(memoReceived, skipping: terms.legal.tolls)
    }
  }

  /// Follows the cheques of one account, in the order of the world: by day, then occurrence, then
  /// position. What is told out of turn counts where it belongs; what cannot be is believed all the
  /// same, since the world may really have done it.
  package struct Lives: Sendable {
    /// The cheques, in the order in which they were first heard of in the world.
    package private(set) var all: ContiguousArray<Life> = []
    private var order: ContiguousArray<Row> = []

    /// Room for any number of accounts, one after another.
    package init() {}

    /// Follows what was heard up to the end of a day.
    package mutating func follow(_ column: borrowing Column<Row>, until asOf: Day) {
      all.removeAll(keepingCapacity: true)
      order.removeAll(keepingCapacity: true)
      for row in column.rows where row.day <= asOf.rawValue {
        order.append(row)
        var at = order.count - 1
        while at > 0, Lives.precedes(row, order[at - 1]) {
          order.swapAt(at, at - 1)
          at -= 1
        }
      }
      for row in order { take(row) }
    }

    /// The cheque of an id.
    package subscript(id: String) -> Life? {
      let key = TextKey(id)
      return all.first { $0.cheque == key }
    }

    private static func precedes(_ a: Row, _ b: Row) -> Bool {
      if a.day != b.day { return a.day < b.day }
      return a.occurred != b.occurred ? a.occurred < b.occurred : a.seq < b.seq
    }

    private mutating func take(_ row: Row) {
      var at = all.count - 1
      while at >= 0, all[at].cheque != row.cheque { at -= 1 }
      if at < 0 {
        if row.kind == .noticed { return }
        all.append(Life(cheque: row.cheque, first: row.seq))
        at = all.count - 1
      }
      all[at].take(row)
    }
  }
}

extension Cheque.Life {
  // One event after another; the last word about where it is counts.
  fileprivate mutating func take(_ row: Cheque.Row) {
    let day = Day(rawValue: row.day)
    switch row.kind {
    case .received:
      if received == 0 || state.isOver { receive(row) }
    case .moved: (holder, custody) = (row.holder, row.seq)
    case .deposited:
      state = .deposited
      attempts += 1
      if attempts == 1 { firstDeposit = day }
      deposited = day
    case .cleared: state = .cleared
    case .bounced:
      state = .bounced
      bounces += 1
      if attempts <= 1, bounces == 1 { (firstBounced, firstReason) = (true, row.reason) }
      (bounce, reason, isNoticed) = (row.seq, row.reason, false)
      (memo, memoReceived) = (day, Day(rawValue: row.date))
    case .partPaid:
      state = .partPaid
      paid &+= row.amount
    case .held: heldUntil = Day(rawValue: row.date)
    case .withdrawn: state = row.end
    case .noticed: isNoticed = bounce != 0
    }
    if received == 0, amount == 0 { (amount, currency) = (row.amount, row.currency) }
  }

  private mutating func receive(_ row: Cheque.Row) {
    if received == 0 {
      (amount, currency) = (row.amount, row.currency)
    } else {
      state = .inHand
    }
    (received, date, twin) = (row.seq, Day(rawValue: row.date), row.twin)
    isSecurity = row.isSecurity
    if custody == 0 || row.holder != .none { (holder, custody) = (row.holder, row.seq) }
  }
}
