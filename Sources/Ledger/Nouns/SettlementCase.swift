// MARK: - State

extension Settlement {
  /// Where a settlement stands at the end of a day.
  package enum Stage: String, Sendable, CaseIterable {
    case proposed, validated, returned, rejected, approved, offered, expired, accepted
    case partPaid = "part_paid"
    case honoured, lapsed
    case lapseDeclared = "lapse_declared"
    case executed, superseded

    /// Whether nothing more comes of it, so that another may be proposed.
    package var isOver: Bool {
      switch self {
      case .returned, .rejected, .expired, .lapseDeclared, .executed, .superseded: true
      default: false
      }
    }

    /// Whether both sides are bound by it.
    package var isInForce: Bool { self == .accepted || self == .partPaid || self == .honoured }
  }

  /// A settlement and what became of it.
  package struct Case: Sendable {
    /// How it was proposed.
    package var proposed: Row
    /// The first of each step; nil while it was not told.
    package var validated: Row?, approved: Row?, offered: Row?, accepted: Row?
    /// See `validated`.
    package var lapse: Row?, executed: Row?
    /// How it was declined.
    package var declined: Approval.Row?
    /// The day on which a settlement that replaces it was approved.
    package var supersededOn: Int32?
    /// Its payments and what was paid.
    package var instalments = Instalments()
    /// Where it stands.
    package var stage = Stage.proposed
    /// Who sanctioned the credit, and the highest level among them; no key for somebody unnamed.
    package var sanctioners: [TextKey] = [], sanctionLevel: Int64?

    /// Its currency.
    package var currency: Currency { Currency(rawValue: proposed.currency) }
    /// What is given up of what was outstanding.
    package var haircut: Ratio { Ratio(proposed.waived, of: proposed.outstanding) }
    /// The last day on which the payment missed first was in time.
    package func lapsedOn(_ asOf: Day) -> Day? {
      instalments.missed(asOf).map { Day(rawValue: $0.last) }
    }
  }

  /// The settlements told by the end of a day, in the order of the world. The first step of a kind
  /// counts; one that should not have been is flagged, and counts all the same. Money counts from
  /// the day of acceptance, once it has cleared: a cheque that comes back undoes what it honoured.
  static func cases(
    _ desk: borrowing Desk, _ receipts: ContiguousArray<Reckoner.Receipt>, currency: UInt16,
    asOf: Day, limits: SettlementLimits
  ) -> [Case] {
    let told = desk.settlements.rows.filter { $0.day <= asOf.rawValue }.sorted {
      ($0.occurred, $0.seq) < ($1.occurred, $1.seq)
    }
    var cases = told.filter { $0.kind == .proposed }.reduce(into: [Case]()) { cases, row in
      if !cases.contains(where: { $0.proposed.settlement == row.settlement }) {
        cases.append(Case(proposed: row))
      }
    }
    if cases.isEmpty { return [] }
    for index in cases.indices {
      let mine = told.filter { $0.settlement == cases[index].proposed.settlement }
      func first(_ kind: Row.Kind) -> Row? { mine.first { $0.kind == kind } }
      cases[index].validated = first(.validated)
      cases[index].approved = first(.approved)
      cases[index].offered = first(.offered)
      cases[index].accepted = first(.accepted)
      cases[index].lapse = first(.lapseDeclared)
      cases[index].executed = first(.executed)
      for row in mine
      where row.kind == .item && row.seq == cases[index].proposed.seq
        && row.currency == cases[index].proposed.currency
      {
        cases[index].instalments.add(due: row.until, amount: row.amount, grace: limits.graceDays)
      }
      for row in told where row.kind == .sanctioned {
        cases[index].sanctioners.append(row.other)
        cases[index].sanctionLevel = max(row.level, cases[index].sanctionLevel ?? row.level)
      }
      cases[index].declined = desk.approvals.words(
        .settlement, cases[index].proposed.settlement, asOf
      ).first { !$0.isGranted }
    }
    for one in cases {
      guard let approved = one.approved, one.proposed.other != .none,
        let old = cases.firstIndex(where: { $0.proposed.settlement == one.proposed.other })
      else { continue }
      cases[old].supersededOn = min(approved.day, cases[old].supersededOn ?? .max)
    }
    for index in cases.indices {
      cases[index].conclude(receipts, desk.tenders.rows, currency, asOf)
    }
    return cases
  }
}

extension Settlement.Case {
  fileprivate mutating func conclude(
    _ receipts: ContiguousArray<Reckoner.Receipt>, _ tenders: ContiguousArray<Payment.Tender>,
    _ paid: UInt16, _ asOf: Day
  ) {
    // Money counts in its own currency.
    if let accepted, proposed.currency == paid {
      let end = min(supersededOn ?? .max, lapse?.day ?? .max)
      instalments.count(receipts, tenders, from: accepted.day, to: end, asOf: asOf)
    }
    if let approved, let no = declined, approved.precedes(no) { declined = nil }
    stage =
      if executed != nil {
        .executed
      } else if supersededOn != nil {
        .superseded
      } else if lapse != nil {
        .lapseDeclared
      } else if let declined {
        declined.isReturned ? .returned : .rejected
      } else if accepted != nil {
        paidStage(asOf)
      } else if asOf.rawValue > proposed.until {
        .expired
      } else if offered != nil {
        .offered
      } else if approved != nil {
        .approved
      } else {
        validated == nil ? .proposed : .validated
      }
  }

  // Without payments nothing can be honoured.
  private func paidStage(_ asOf: Day) -> Settlement.Stage {
    if instalments.missed(asOf) != nil { return .lapsed }
    if instalments.isPaid, !instalments.items.isEmpty { return .honoured }
    return instalments.paid > 0 ? .partPaid : .accepted
  }
}

extension Settlement.Row {
  fileprivate func precedes(_ other: Approval.Row) -> Bool {
    (occurred, seq) < (other.occurred, other.seq)
  }
}
