/// A cheque from hand to bank to fate.
package enum Cheque {}

// MARK: - Events

extension Cheque {
  /// A cheque was taken into custody.
  package struct Received: Hashable, Sendable {
    /// Cheque id.
    package var cheque: String
    /// Date written on it.
    package var chequeDate: Day
    /// Sum on it.
    package var amount: Money
    /// Post-dated, security, current.
    package var kind: String
    /// Number; unique only with bank and drawer account.
    package var number: String
    /// Routing code and branch.
    package var bank: String?
    /// Who drew it.
    package var drawer: String?
    /// Account drawn on.
    package var drawerAccount: [UInt8]?
    /// Dues it is meant for.
    package var dues: [String]?
    /// Who holds it.
    package var custodian: String?

    /// Memberwise; what the schema does not require may be left out.
    package init(
      cheque: String, chequeDate: Day, amount: Money, kind: String, number: String,
      bank: String? = nil, drawer: String? = nil, drawerAccount: [UInt8]? = nil,
      dues: [String]? = nil, custodian: String? = nil
    ) {
      self.cheque = cheque
      self.chequeDate = chequeDate
      self.amount = amount
      self.kind = kind
      self.number = number
      self.bank = bank
      self.drawer = drawer
      self.drawerAccount = drawerAccount
      self.dues = dues
      self.custodian = custodian
    }
  }

  /// A cheque changed hands inside the house.
  package struct Moved: Hashable, Sendable {
    /// Which.
    package var cheque: String
    /// Giver.
    package var from: String
    /// Taker.
    package var to: String

    /// Memberwise; what the schema does not require may be left out.
    package init(cheque: String, from: String, to: String) {
      self.cheque = cheque
      self.from = from
      self.to = to
    }
  }

  /// A cheque was presented to the bank.
  package struct Deposited: Hashable, Sendable {
    /// Which.
    package var cheque: String
    /// Slip it went on; many cheques share one.
    package var deposit: String
    /// Sum.
    package var amount: Money
    /// First is 1.
    package var attemptNo: Int64
    /// Our account.
    package var bankAccount: String?
    /// Slip number.
    package var slipNo: String?

    /// Memberwise; what the schema does not require may be left out.
    package init(
      cheque: String, deposit: String, amount: Money, attemptNo: Int64, bankAccount: String? = nil,
      slipNo: String? = nil
    ) {
      self.cheque = cheque
      self.deposit = deposit
      self.amount = amount
      self.attemptNo = attemptNo
      self.bankAccount = bankAccount
      self.slipNo = slipNo
    }
  }

  /// A cheque was paid by the bank.
  package struct Cleared: Hashable, Sendable {
    /// Which.
    package var cheque: String
    /// Sum.
    package var amount: Money
    /// Bank reference.
    package var bankRef: String?

    /// Memberwise; what the schema does not require may be left out.
    package init(cheque: String, amount: Money, bankRef: String? = nil) {
      self.cheque = cheque
      self.amount = amount
      self.bankRef = bankRef
    }
  }

  /// A cheque came back unpaid.
  package struct Bounced: Hashable, Sendable {
    /// Which.
    package var cheque: String
    /// Sum on the cheque.
    package var amount: Money
    /// Normalised reason.
    package var reason: String
    /// Date on the return memo.
    package var memoDate: Day
    /// When we were told; starts the notice clock.
    package var memoReceivedAt: ClockTime
    /// Clearing code, as received.
    package var returnCode: String?

    /// Memberwise; what the schema does not require may be left out.
    package init(
      cheque: String, amount: Money, reason: String, memoDate: Day, memoReceivedAt: ClockTime,
      returnCode: String? = nil
    ) {
      self.cheque = cheque
      self.amount = amount
      self.reason = reason
      self.memoDate = memoDate
      self.memoReceivedAt = memoReceivedAt
      self.returnCode = returnCode
    }
  }

  /// The bank paid a part of a cheque and certified it.
  package struct PartPaid: Hashable, Sendable {
    /// Which.
    package var cheque: String
    /// Sum paid.
    package var amount: Money
    /// Bank's certificate.
    package var certificate: String?

    /// Memberwise; what the schema does not require may be left out.
    package init(cheque: String, amount: Money, certificate: String? = nil) {
      self.cheque = cheque
      self.amount = amount
      self.certificate = certificate
    }
  }

  /// The house agreed not to present a cheque for a time.
  package struct Held: Hashable, Sendable {
    /// Which.
    package var cheque: String
    /// Last day of the hold; an earlier day again releases it.
    package var until: Day
    /// Who allowed it.
    package var approver: String
    /// Why.
    package var reason: String

    /// Memberwise; what the schema does not require may be left out.
    package init(cheque: String, until: Day, approver: String, reason: String) {
      self.cheque = cheque
      self.until = until
      self.approver = approver
      self.reason = reason
    }
  }

  /// A cheque left custody unpresented: returned, replaced, lost or cancelled.
  package struct Withdrawn: Hashable, Sendable {
    /// Which.
    package var cheque: String
    /// Why.
    package var reason: String
    /// Its replacement.
    package var replacedBy: String?

    /// Memberwise; what the schema does not require may be left out.
    package init(cheque: String, reason: String, replacedBy: String? = nil) {
      self.cheque = cheque
      self.reason = reason
      self.replacedBy = replacedBy
    }
  }
}

// MARK: - Facts

extension Cheque: DeskNoun {
  /// Types of events that leave a row.
  package static let reads = TypeMask([
    EventCode.chequeReceived, EventCode.chequeMoved, EventCode.chequeDeposited,
    EventCode.chequeCleared, EventCode.chequeBounced, EventCode.chequePartPaid,
    EventCode.chequeHeld, EventCode.chequeWithdrawn, EventCode.legalNoticeSent,
  ])

  /// What one event said of one cheque.
  package struct Row: DeskRow {
    /// Kinds of events about a cheque.
    package enum Kind: UInt8, BitwiseCopyable, Sendable {
      case received, moved, deposited, cleared, bounced, partPaid, held, withdrawn, noticed
    }

    /// Position of the event.
    package var seq: Position
    /// When it happened, microseconds UTC.
    package var occurred: Int64
    /// Minor units.
    package var amount: Int64
    /// Key of the cheque's id.
    package var cheque: TextKey = .none
    /// Received: bank, drawer and number as one.
    package var twin: TextKey = .none
    /// Received and moved: key of the custodian. Noticed: key of the kind of notice.
    package var holder: TextKey = .none
    /// The day from which it counts.
    package var day: Int32
    /// Received: the date on it. Bounced: the day the memo came. Held: the last day.
    package var date: Int32 = .min
    /// Currency of `amount`.
    package var currency: UInt16
    /// What kind of event.
    package var kind: Kind
    /// Bounced: why.
    package var reason = ReturnReason.unknown
    /// Withdrawn: how it ended.
    package var end = State.withdrawn
    /// Received: taken as security, without a date on which it is meant to be deposited.
    package var isSecurity = false
  }

  /// A row of whatever happened to a cheque.
  package static func note(
    _ event: borrowing EventView, _ account: UInt32, _ isSubject: Bool,
    _ column: inout Column<Row>
  ) throws(WireError) {
    guard isSubject, let kind = kinds(event.header.type) else { return }
    let header = event.header
    var row = Row(
      seq: header.seq, occurred: header.occurred, amount: header.amount, day: header.day,
      currency: header.currency, kind: kind)
    var body = CBORReader(event.body)
    if kind == .received {
      try read(&body, &row)
    } else {
      for _ in 0..<(try body.map()) { try read(try body.uint(), &body, &row) }
    }
    if kind == .noticed, row.holder != s138 { return }
    if row.cheque != .none { column.add(row, account) }
  }

  private static func kinds(_ type: UInt16) -> Row.Kind? {
    switch type {
    case EventCode.chequeReceived: .received
    case EventCode.chequeMoved: .moved
    case EventCode.chequeDeposited: .deposited
    case EventCode.chequeCleared: .cleared
    case EventCode.chequeBounced: .bounced
    case EventCode.chequePartPaid: .partPaid
    case EventCode.chequeHeld: .held
    case EventCode.chequeWithdrawn: .withdrawn
    case EventCode.legalNoticeSent: .noticed
    default: nil
    }
  }

  private static func read(_ body: inout CBORReader, _ row: inout Row) throws(WireError) {
    var (number, bank, drawer) = (TextKey.none, TextKey.none, TextKey.none)
    for _ in 0..<(try body.map()) {
      switch try body.uint() {
      case Key.ChequeReceived.cheque: row.cheque = try body.textKey()
      case Key.ChequeReceived.chequeDate: row.date = Int32(clamping: try body.int())
      case Key.ChequeReceived.kind: row.isSecurity = try body.textKey() == security
      case Key.ChequeReceived.number: number = try body.textKey()
      case Key.ChequeReceived.bank: bank = try body.textKey()
      case Key.ChequeReceived.drawer: drawer = try body.textKey()
      case Key.ChequeReceived.custodian: row.holder = try body.textKey()
      default: try body.skip()
      }
    }
    row.twin = twin(number: number, bank: bank, drawer: drawer)
  }

  private static func read(_ key: UInt64, _ body: inout CBORReader, _ row: inout Row)
    throws(WireError)
  {
    switch (row.kind, key) {
    case (.noticed, Key.LegalNoticeSent.cheque): row.cheque = try body.textKey()
    case (.noticed, Key.LegalNoticeSent.kind): row.holder = try body.textKey()
    case (.noticed, _): try body.skip()
    case (_, 0): row.cheque = try body.textKey()
    case (.moved, Key.ChequeMoved.to): row.holder = try body.textKey()
    case (.bounced, Key.ChequeBounced.reason): row.reason = ReturnReason(try body.textKey())
    case (.bounced, Key.ChequeBounced.memoReceivedAt):
      row.date = try body.instant().day.rawValue
    case (.held, Key.ChequeHeld.until): row.date = Int32(clamping: try body.int())
    case (.withdrawn, Key.ChequeWithdrawn.reason): row.end = State(ended: try body.textKey())
    default: try body.skip()
    }
  }

  private static let security = TextKey("security")
  private static let s138 = TextKey("s138")

  /// Bank or branch, drawer and number as one key: what tells one cheque from another. The number
  /// alone does not, since two banks print the same ones. The drawer's account does not help: it is
  /// sealed, and sealed anew each time. A drawer whom nobody named equals only another such.
  static func twin(number: TextKey, bank: TextKey, drawer: TextKey) -> TextKey {
    let pair = TextKey.fold(number.rawValue ^ 0xA076_1D64_78BD_642F, bank.rawValue | 1)
    return TextKey(rawValue: TextKey.fold(pair ^ drawer.rawValue, 0xE703_7ED1_A0B4_28DB) | 1)
  }
}

extension Facts {
  /// That a cheque or a debit came back: it moves no money, but an account that owes nothing else
  /// may stand in a bucket of its own for it.
  mutating func noteBounce(_ event: borrowing EventView, _ account: UInt32) {
    var fact = Fact(.bounce, event.header)
    (fact.amount, fact.currency) = (0, 0)
    add(fact, account)
  }
}
