// MARK: - Facts

extension Approval: DeskNoun {
  /// Types of events that leave a row.
  package static let reads = TypeMask([EventCode.approvalGranted, EventCode.approvalDeclined])

  /// A word of somebody with authority about a plan or a settlement.
  package struct Row: DeskRow {
    /// What was asked for.
    package enum Action: UInt8, BitwiseCopyable, Sendable { case plan, settlement }

    /// Position of the event.
    package var seq: Position
    /// Key of the plan or settlement.
    package var proposal: TextKey = .none
    /// When it was said, microseconds UTC.
    package var occurred: Int64
    /// Local date on which it was said.
    package var day: Int32
    /// Last day on which it may be used.
    package var until: Int32 = .max
    /// What was asked for.
    package var action: Action
    /// Whether it was granted; if not, whether it was sent back for change.
    package var isGranted: Bool, isReturned = false

    /// Whether it is about this proposal and was said by the end of a day.
    fileprivate func concerns(_ action: Action, _ proposal: TextKey, _ asOf: Day) -> Bool {
      self.action == action && self.proposal == proposal && day <= asOf.rawValue
    }
  }

  /// A row for what was granted or declined of plans and settlements.
  package static func note(
    _ event: borrowing EventView, _ account: UInt32, _ isSubject: Bool,
    _ column: inout Column<Row>
  ) throws(WireError) {
    guard isSubject else { return }
    let header = event.header
    func row(_ action: String, _ proposal: String, granted: Bool) -> Row? {
      guard let action = actions[action] else { return nil }
      return Row(
        seq: header.seq, proposal: TextKey(proposal), occurred: header.occurred,
        day: header.occurredOn.rawValue,
        action: action, isGranted: granted)
    }
    switch try Event(reading: event) {
    case .approvalGranted(let body):
      guard var row = row(body.action, body.proposal, granted: true) else { return }
      row.until = body.until?.rawValue ?? .max
      column.add(row, account)
    case .approvalDeclined(let body):
      guard var row = row(body.action, body.proposal, granted: false) else { return }
      row.isReturned = body.returned
      column.add(row, account)
    default: break
    }
  }

  private static let actions: [String: Row.Action] = ["plan": .plan, "settlement": .settlement]
}

extension Column where Row == Approval.Row {
  /// What was said about a proposal by the end of a day, in the order of the world.
  func words(_ action: Approval.Row.Action, _ proposal: TextKey, _ asOf: Day) -> [Approval.Row] {
    rows.filter { $0.concerns(action, proposal, asOf) }.sorted {
      ($0.occurred, $0.seq) < ($1.occurred, $1.seq)
    }
  }
}

// MARK: - Decisions

extension Approval.Granted: Decided {
  /// Of a plan: refused to the proposer, below the level or beyond the sum, and for a plan that
  /// waits for no approval. A settlement is approved by an event of its own. Of anything else the
  /// proposal is not known here, and the word is taken.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    guard action != "settlement" else {
      throw Refusal(
        rule: "approval.settlement", "A settlement is approved by settlement.approved.",
        remedy: "Record that; it states the level and the sum given up.")
    }
    guard action == "plan" else { return }
    try scene.requireKnown()
    try scene.requirePast("approval")
    let terms = scene.terms()
    let plans = scene.account.plans(asOf: scene.occurredOn, terms: terms)
    guard let plan = plans.first(where: { $0.proposed.plan == TextKey(proposal) }),
      plan.stage == .proposed
    else {
      throw Refusal(
        rule: "approval.proposal",
        "No plan \(proposal) of account \(scene.account.id) waits for approval.",
        remedy: "`arrears show plans` lists them.")
    }
    guard approver != scene.actors(plan.proposed.actor) else {
      throw Refusal(
        rule: "approval.own-proposal", "\(approver) proposed plan \(proposal) and approves it.",
        remedy: "Let somebody else approve it.")
    }
    let needed = terms.plans.approvalLevel
    guard approverLevel ?? 0 >= needed else {
      throw Refusal(
        rule: "approval.level",
        "A plan is approved at level \(needed), not at level \(approverLevel ?? 0).",
        remedy: "It needs level \(needed) or above; give approver_level.")
    }
    if let amount, Int128(amount.minor) < plan.instalments.total {
      throw Refusal(
        rule: "approval.limit", "\(amount) is allowed, plan \(proposal) is of more.",
        remedy: "Allow the whole sum, or propose a smaller plan.")
    }
  }
}
