// MARK: - Facts

extension Plan: DeskNoun {
  /// Types of events that leave a row.
  package static let reads = TypeMask([
    EventCode.planProposed, EventCode.planAgreed, EventCode.planCancelled,
  ])

  /// A plan proposed, one of its instalments, its agreement or its end.
  package struct Row: DeskRow {
    /// What a row says.
    package enum Kind: UInt8, BitwiseCopyable, Sendable { case proposed, item, agreed, cancelled }

    /// Position of the event.
    package var seq: Position
    /// Key of the plan.
    package var plan: TextKey = .none
    /// Proposed: key of the plan it answers.
    package var counters: TextKey = .none
    /// When it happened, microseconds UTC.
    package var occurred: Int64
    /// Item: the instalment, minor units.
    package var amount: Int64 = 0
    /// Local date on which it happened.
    package var day: Int32
    /// Item: the day it falls due.
    package var due: Int32 = .min
    /// Number of the actor.
    package var actor: UInt32
    /// ISO 4217 number.
    package var currency: UInt16
    /// What the row says.
    package var kind: Kind
  }

  /// A row for each event; of a proposal one more for each instalment.
  package static func note(
    _ event: borrowing EventView, _ account: UInt32, _ isSubject: Bool,
    _ column: inout Column<Row>
  ) throws(WireError) {
    guard isSubject else { return }
    let header = event.header
    func row(_ kind: Row.Kind, _ id: String) -> Row {
      Row(
        seq: header.seq, plan: TextKey(id), occurred: header.occurred,
        day: header.occurredOn.rawValue,
        actor: header.actor, currency: header.currency, kind: kind)
    }
    switch try Event(reading: event) {
    case .planProposed(let body):
      var first = row(.proposed, body.plan)
      if let counters = body.counters { first.counters = TextKey(counters) }
      if let item = body.items?.first { first.currency = item.amount.currency.rawValue }
      column.add(first, account)
      for item in body.items ?? [] {
        var row = row(.item, body.plan)
        (row.amount, row.due) = (item.amount.minor, item.dueOn.rawValue)
        row.currency = item.amount.currency.rawValue
        column.add(row, account)
      }
    case .planAgreed(let body): column.add(row(.agreed, body.plan), account)
    case .planCancelled(let body): column.add(row(.cancelled, body.plan), account)
    default: break
    }
  }
}

// MARK: - State

extension Plan {
  /// Where a plan stands at the end of a day.
  package enum Stage: String, Sendable, CaseIterable {
    case proposed, countered, returned, rejected, approved, active, behind, broken, completed
    case cancelled

    /// Whether both sides are bound by it. A broken plan binds until somebody cancels it.
    package var isInForce: Bool { self == .active || self == .behind || self == .broken }
    /// Whether nothing more comes of it.
    package var isOver: Bool {
      switch self {
      case .countered, .returned, .rejected, .completed, .cancelled: true
      default: false
      }
    }
  }

  /// A plan and what became of it.
  package struct Case: Sendable {
    /// How it was proposed.
    package var proposed: Row
    /// Its agreement and its end; nil while they were not told.
    package var agreed: Row?, cancelled: Row?
    /// Its approval, and how it was declined.
    package var approval: Approval.Row?, declined: Approval.Row?
    /// Its instalments and what was paid.
    package var instalments = Instalments()
    /// Where it stands.
    package var stage = Stage.proposed

    /// Its currency.
    package var currency: Currency { Currency(rawValue: proposed.currency) }
  }

  /// The plans told by the end of a day, in the order of the world. Money counts from the day of
  /// the agreement to that of the end, once it has cleared. A plan is behind while instalments were
  /// missed and are unpaid, broken when they are as many as the policy says, or when none is left
  /// to come; what is caught up mends it.
  static func cases(
    _ desk: borrowing Desk, _ receipts: ContiguousArray<Reckoner.Receipt>, currency: UInt16,
    asOf: Day, terms: PlanTerms
  ) -> [Case] {
    let told = desk.plans.rows.filter { $0.day <= asOf.rawValue }.sorted {
      ($0.occurred, $0.seq) < ($1.occurred, $1.seq)
    }
    var cases: [Case] = []
    for row in told where row.kind == .proposed {
      if !cases.contains(where: { $0.proposed.plan == row.plan }) {
        cases.append(Case(proposed: row))
      }
    }
    let answered = cases.map(\.proposed.counters)
    for index in cases.indices {
      let key = cases[index].proposed.plan
      let mine = told.filter { $0.plan == key }
      cases[index].agreed = mine.first { $0.kind == .agreed }
      cases[index].cancelled = mine.first { $0.kind == .cancelled }
      let words = desk.approvals.words(.plan, key, asOf)
      cases[index].approval = words.first(where: \.isGranted)
      if cases[index].approval == nil { cases[index].declined = words.first }
      for row in mine
      where row.kind == .item && row.seq == cases[index].proposed.seq
        && row.currency == cases[index].proposed.currency
      {
        cases[index].instalments.add(due: row.due, amount: row.amount, grace: terms.graceDays)
      }
      if let agreed = cases[index].agreed, cases[index].proposed.currency == currency {
        cases[index].instalments.count(
          receipts, desk.tenders.rows, from: agreed.day, to: cases[index].cancelled?.day ?? .max,
          asOf: asOf)
      }
      cases[index].stage = cases[index].stage(asOf, terms, isAnswered: answered.contains(key))
    }
    return cases
  }
}

extension Plan.Case {
  fileprivate func stage(_ asOf: Day, _ terms: PlanTerms, isAnswered: Bool) -> Plan.Stage {
    if cancelled != nil { return .cancelled }
    guard agreed != nil else {
      if isAnswered { return .countered }
      if approval != nil { return .approved }
      return declined.map { $0.isReturned ? .returned : .rejected } ?? .proposed
    }
    if !instalments.items.isEmpty, instalments.isPaid { return .completed }
    let behind = instalments.behind(asOf)
    if behind == 0 { return .active }
    let isLast = instalments.items.allSatisfy { asOf.rawValue >= $0.last }
    return behind >= terms.breaksAfter || isLast ? .broken : .behind
  }
}

extension AccountView {
  /// Whether both sides are bound by a repayment plan at the end of the day asked about, kept or
  /// not. Reads the columns `plans`, `approvals` and `tenders`.
  func isUnderPlan(_ asOf: Day) -> Bool {
    guard desk.plans.rows.contains(where: { $0.kind == .agreed }) else { return false }
    let cases = Plan.cases(
      desk, reckoner.receipts, currency: currency.rawValue, asOf: asOf, terms: terms.plans)
    return cases.contains(where: \.stage.isInForce)
  }
}
