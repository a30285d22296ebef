/// What a person contests, and how it was settled.
package enum Dispute {}

// MARK: - Events

extension Dispute {
  /// A debt, or part of it, was disputed.
  package struct Raised: Hashable, Sendable {
    /// Dispute id.
    package var dispute: String
    /// On what ground.
    package var category: String
    /// Written or oral.
    package var form: String
    /// Sum in dispute; absent means all.
    package var disputedAmount: Money?
    /// Dues in dispute.
    package var dues: [String]?
    /// Who.
    package var by: String?
    /// How it arrived.
    package var channel: String?
    /// Dispute it reopens.
    package var reopens: String?
    /// Person disputed against.
    package var against: String?

    /// Memberwise; what the schema does not require may be left out.
    package init(
      dispute: String, category: String, form: String, disputedAmount: Money? = nil,
      dues: [String]? = nil, by: String? = nil, channel: String? = nil, reopens: String? = nil,
      against: String? = nil
    ) {
      self.dispute = dispute
      self.category = category
      self.form = form
      self.disputedAmount = disputedAmount
      self.dues = dues
      self.by = by
      self.channel = channel
      self.reopens = reopens
      self.against = against
    }
  }

  /// A dispute was decided.
  package struct Resolved: Hashable, Sendable {
    /// Which.
    package var dispute: String
    /// How.
    package var outcome: String
    /// Credit given, zero if none.
    package var amountCredited: Money?
    /// The credit.
    package var creditEvent: String?

    /// Memberwise; what the schema does not require may be left out.
    package init(
      dispute: String, outcome: String, amountCredited: Money? = nil, creditEvent: String? = nil
    ) {
      self.dispute = dispute
      self.outcome = outcome
      self.amountCredited = amountCredited
      self.creditEvent = creditEvent
    }
  }
}

// MARK: - Facts

extension Dispute: DeskNoun {
  /// Types of events that leave a row.
  package static let reads = TypeMask([EventCode.disputeRaised, EventCode.disputeResolved])

  /// A dispute raised, one of the dues it names, or its decision.
  package struct Row: DeskRow {
    /// What a row says.
    package enum Kind: UInt8, BitwiseCopyable, Sendable {
      /// dispute.raised, and one due of it · dispute.resolved
      case raised, due, decided
    }

    /// Position of the event.
    package var seq: Position
    /// Key of the dispute.
    package var dispute: TextKey = .none
    /// Raised: key of the dispute it reopens. Due: of the due. Decided: of the outcome.
    package var other: TextKey = .none
    /// Raised: key of the person disputed against; `.none` for nobody in particular.
    package var against: TextKey = .none
    /// Raised: the sum in dispute. Decided: the credit given. Minor units.
    package var amount: Int64
    /// Local date on which it was said.
    package var day: Int32
    /// Number of the actor who took it down.
    package var actor: UInt32
    /// ISO 4217 number of the sum; 0 when none was stated.
    package var currency: UInt16
    /// What the row says.
    package var kind: Kind
  }

  /// A row for each event, and one more for each due that a dispute names.
  package static func note(
    _ event: borrowing EventView, _ account: UInt32, _ isSubject: Bool,
    _ column: inout Column<Row>
  ) throws(WireError) {
    guard isSubject else { return }
    let header = event.header
    let isDecision = header.type == EventCode.disputeResolved
    var row = Row(
      seq: header.seq, amount: header.amount, day: header.occurredOn.rawValue,
      actor: header.actor, currency: header.currency, kind: isDecision ? .decided : .raised)
    var dues: [TextKey] = []
    var body = CBORReader(event.body)
    for _ in 0..<(try body.map()) {
      switch (isDecision, try body.uint()) {
      case (false, Key.DisputeRaised.dispute): row.dispute = try body.textKey()
      case (false, Key.DisputeRaised.reopens): row.other = try body.textKey()
      case (false, Key.DisputeRaised.against): row.against = try body.textKey()
      case (false, Key.DisputeRaised.dues):
        for _ in 0..<(try body.array()) { dues.append(try body.textKey()) }
      case (true, Key.DisputeResolved.dispute): row.dispute = try body.textKey()
      case (true, Key.DisputeResolved.outcome): row.other = try body.textKey()
      default: try body.skip()
      }
    }
    column.add(row, account)
    row.kind = .due
    for due in dues {
      row.other = due
      column.add(row, account)
    }
  }
}

// MARK: - State

extension Dispute {
  /// Where a dispute stands. What stands between raising and deciding is not in the register.
  package enum Stage: UInt8, CaseIterable, BitwiseCopyable, Sendable {
    case raised, reopened, upheld, partlyUpheld, rejected, withdrawn, decided

    /// The name scripts use.
    package var code: String {
      switch self {
      case .raised: "raised"
      case .reopened: "reopened"
      case .upheld: "upheld"
      case .partlyUpheld: "partly_upheld"
      case .rejected: "rejected"
      case .withdrawn: "withdrawn"
      case .decided: "decided"
      }
    }

    /// Whether nobody has decided it.
    package var isOpen: Bool { self == .raised || self == .reopened }
  }

  /// A dispute at the end of a day.
  package struct Case: BitwiseCopyable, Sendable {
    /// How it was raised.
    package var raised: Row
    /// Where it stands.
    package var stage: Stage
    /// How it was decided.
    package var decision: Row?

    /// What is in dispute of an account that owes `outstanding`: the sum stated, in its own
    /// currency, else all.
    package func amount(of outstanding: Int64, in currency: Currency) -> Money {
      raised.currency == 0
        ? Money(minor: outstanding, currency: currency)
        : Money(minor: raised.amount, currency: Currency(rawValue: raised.currency))
    }
  }

  private static let outcomes: [(key: TextKey, stage: Stage)] = [
    (TextKey("upheld"), .upheld), (TextKey("partly_upheld"), .partlyUpheld),
    (TextKey("rejected"), .rejected), (TextKey("withdrawn"), .withdrawn),
  ]

  /// The disputes raised by the end of a day, in log order. The first decision decides; an outcome
  /// that no list has is `decided`.
  package static func cases(_ rows: ContiguousArray<Row>, asOf: Day) -> [Case] {
    var cases: [Case] = []
    for row in rows where row.kind == .raised && row.day <= asOf.rawValue {
      if cases.contains(where: { $0.raised.dispute == row.dispute }) { continue }
      cases.append(Case(raised: row, stage: row.other == .none ? .raised : .reopened))
    }
    for row in rows where row.kind == .decided && row.day <= asOf.rawValue {
      guard let index = cases.firstIndex(where: { $0.raised.dispute == row.dispute }),
        cases[index].stage.isOpen
      else { continue }
      cases[index].stage = outcomes.first { $0.key == row.other }?.stage ?? .decided
      cases[index].decision = row
    }
    return cases
  }
}

// MARK: - Decisions

extension Dispute.Raised: Decided {
  /// Refused, and flagged on import, for an id taken twice, a sum that cannot be, a reopening of
  /// what is open or unknown. What a person contests is never refused: each remedy keeps the
  /// dispute and mends how it was taken down.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    try scene.requireKnown()
    if let disputedAmount { try scene.require(disputedAmount, "sum in dispute") }
    let cases = Dispute.cases(scene.account.desk.disputes.rows, asOf: scene.occurredOn)
    guard !cases.contains(where: { $0.raised.dispute == TextKey(dispute) }) else {
      throw Refusal(
        rule: "dispute.exists", "Account \(scene.account.id) has a dispute \(dispute) already.",
        remedy: "Choose another id; a dispute raised again names the old one in `reopens`.")
    }
    guard let reopens else { return }
    guard let old = cases.first(where: { $0.raised.dispute == TextKey(reopens) }) else {
      throw Refusal(
        rule: "dispute.unknown", "Account \(scene.account.id) has no dispute \(reopens) to reopen.",
        remedy: "Leave `reopens` out.")
    }
    guard !old.stage.isOpen else {
      throw Refusal(
        rule: "dispute.decided", "Dispute \(reopens) is open; only a decided one is reopened.",
        remedy: "Leave `reopens` out, or decide the dispute first.")
    }
  }
}

extension Dispute.Resolved: Decided {
  /// Refused when the dispute is not open, to the person disputed against, when it is upheld with
  /// neither a credit nor a stated zero, and while what it contests is in an accepted settlement.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    try scene.requireKnown()
    let cases = Dispute.cases(scene.account.desk.disputes.rows, asOf: scene.occurredOn)
    guard let open = cases.first(where: { $0.raised.dispute == TextKey(dispute) }) else {
      throw Refusal(
        rule: "dispute.unknown", "Account \(scene.account.id) has no dispute \(dispute).",
        remedy: "`arrears show disputes` lists them.")
    }
    guard open.stage.isOpen else {
      throw Refusal(
        rule: "dispute.open", "Dispute \(dispute) was decided already: \(open.stage.code).",
        remedy: "What is disputed anew is raised anew, with `reopens`.")
    }
    guard !scene.isActing(open.raised.against) else {
      throw Refusal(
        rule: "dispute.own", "Dispute \(dispute) is against \(scene.whoActs), who decides it.",
        remedy: "Let somebody else decide it.")
    }
    if outcome == "upheld" || outcome == "partly_upheld" {
      guard amountCredited != nil || creditEvent != nil else {
        throw Refusal(
          rule: "dispute.credit-stated",
          "The dispute is \(outcome), and no credit is stated.",
          remedy: "Give amount_credited (0.00 if nothing is credited), or credit_event.")
      }
    }
    if let amountCredited, amountCredited.minor < 0 {
      throw Refusal(
        rule: "money.positive", "The credit is \(amountCredited); it cannot be negative.",
        remedy: "Give the sum without a sign.")
    }
    try requireUnsettled(open.raised, &scene)
  }

  // A settlement ends all that was shown when it was proposed: of that its end decides.
  private func requireUnsettled(_ raised: Dispute.Row, _ scene: inout Scene) throws(Refusal) {
    let desk = scene.account.desk
    guard desk.settlements.rows.contains(where: { $0.kind == .accepted }) else { return }
    let cases = scene.account.settlements(asOf: scene.occurredOn, terms: scene.terms())
    guard let bound = cases.first(where: { $0.accepted != nil && !$0.stage.isOver }) else { return }
    let dues = desk.disputes.rows.filter { $0.kind == .due && $0.seq == raised.seq }
    let day = Day(rawValue: bound.proposed.day)
    guard dues.isEmpty || dues.contains(where: { scene.account.shows(due: $0.other, by: day) })
    else { return }
    throw Refusal(
      rule: "dispute.settled",
      "What dispute \(dispute) contests is in a settlement that was accepted on "
        + "\(Day(rawValue: bound.accepted?.day ?? bound.proposed.day)) and has not ended.",
      remedy: "Decide it when the settlement is executed or declared lapsed.")
  }
}
