// MARK: - Facts

extension Settlement: DeskNoun {
  /// Types of events that leave a row.
  package static let reads = TypeMask([
    EventCode.accountOpened, EventCode.settlementProposed, EventCode.settlementValidated,
    EventCode.settlementApproved, EventCode.settlementOffered, EventCode.settlementAccepted,
    EventCode.settlementLapseDeclared, EventCode.settlementExecuted,
  ])

  /// One step of a settlement, one of its payments, or who sanctioned the credit.
  package struct Row: DeskRow {
    /// What a row says.
    package enum Kind: UInt8, BitwiseCopyable, Sendable {
      /// account.opened: one of those who sanctioned the credit, and at which level
      case sanctioned
      /// settlement.proposed, and one payment of it
      case proposed, item
      /// settlement.validated · approved · offered · accepted · lapse_declared · executed
      case validated, approved, offered, accepted, lapseDeclared, executed
    }

    /// Position of the event.
    package var seq: Position
    /// Key of the settlement.
    package var settlement: TextKey = .none
    /// Proposed: key of the settlement it replaces. Approved: of the approver. Sanctioned: of who
    /// sanctioned it.
    package var other: TextKey = .none
    /// When it happened, microseconds UTC.
    package var occurred: Int64
    /// Proposed: the offer. Item: the payment. Approved, executed: what is given up. Minor units.
    package var amount: Int64 = 0
    /// Proposed: what is given up, and what was outstanding. Executed: what was outstanding.
    package var waived: Int64 = 0, outstanding: Int64 = 0
    /// Local date on which it happened; of an execution and of a sanction the day from which it
    /// counts.
    package var day: Int32
    /// Proposed: the last day to accept. Item: the day it falls due.
    package var until: Int32 = .min
    /// Number of the actor.
    package var actor: UInt32
    /// Level of an approver, or at which the credit was sanctioned.
    package var level: Int64 = 0
    /// ISO 4217 number.
    package var currency: UInt16
    /// Validated: whether a check failed.
    package var failed = false
    /// What the row says.
    package var kind: Kind

    init(_ kind: Kind, _ header: Header) {
      self.kind = kind
      (seq, occurred, actor) = (header.seq, header.occurred, header.actor)
      day =
        kind == .executed || kind == .sanctioned
        ? header.day : header.occurredOn.rawValue
      currency = header.currency
    }
  }

  /// A row for each step; of a proposal one more for each payment; of an opening one for each who
  /// sanctioned the credit.
  package static func note(
    _ event: borrowing EventView, _ account: UInt32, _ isSubject: Bool,
    _ column: inout Column<Row>
  ) throws(WireError) {
    guard isSubject else { return }
    let header = event.header
    if header.type == EventCode.accountOpened {
      try noteSanction(event, account, &column)
      return
    }
    func step(_ kind: Row.Kind, _ id: String) -> Row {
      var row = Row(kind, header)
      row.settlement = TextKey(id)
      return row
    }
    switch try Event(reading: event) {
    case .settlementProposed(let body):
      var row = step(.proposed, body.settlement)
      (row.amount, row.waived) = (body.offer.minor, body.waived.minor)
      (row.outstanding, row.until) = (body.outstanding.minor, body.validUntil.rawValue)
      row.currency = body.offer.currency.rawValue
      if let old = body.supersedes { row.other = TextKey(old) }
      column.add(row, account)
      for item in body.items {
        var row = step(.item, body.settlement)
        (row.amount, row.until) = (item.amount.minor, item.dueOn.rawValue)
        row.currency = item.amount.currency.rawValue
        column.add(row, account)
      }
    case .settlementValidated(let body):
      var row = step(.validated, body.settlement)
      row.failed = body.checks.contains { $0.result == "failed" }
      column.add(row, account)
    case .settlementApproved(let body):
      var row = step(.approved, body.settlement)
      (row.other, row.level) = (TextKey(body.approver), body.approverLevel)
      row.amount = body.waived.minor
      column.add(row, account)
    case .settlementOffered(let body): column.add(step(.offered, body.settlement), account)
    case .settlementAccepted(let body): column.add(step(.accepted, body.settlement), account)
    case .settlementLapseDeclared(let body):
      column.add(step(.lapseDeclared, body.settlement), account)
    case .settlementExecuted(let body):
      var row = step(.executed, body.settlement)
      (row.amount, row.outstanding) = (body.waived.minor, body.outstanding.minor)
      column.add(row, account)
    default: break
    }
  }

  // Most credits do not say who sanctioned them, and leave no row.
  private static func noteSanction(
    _ event: borrowing EventView, _ account: UInt32, _ column: inout Column<Row>
  ) throws(WireError) {
    var row = Row(.sanctioned, event.header)
    var who: [TextKey] = []
    var body = CBORReader(event.body)
    for _ in 0..<(try body.map()) {
      switch try body.uint() {
      case Key.AccountOpened.sanctionLevel: row.level = try body.int()
      case Key.AccountOpened.sanctionedBy:
        for _ in 0..<(try body.array()) { who.append(try body.textKey()) }
      default: try body.skip()
      }
    }
    if who.isEmpty, row.level != 0 { who = [.none] }
    for key in who {
      row.other = key
      column.add(row, account)
    }
  }
}

extension Settlement {
  /// What the execution of a settlement gives up, of whatever is owed.
  static func note(_ event: borrowing EventView, _ account: UInt32, _ facts: inout Facts) {
    var fact = Fact(.waiver, event.header)
    fact.mark = Piece.anyComponent
    facts.add(fact, account)
  }
}
