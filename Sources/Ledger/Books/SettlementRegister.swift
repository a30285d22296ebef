/// The register of settlements: what was offered for what, who approved it at which level, what was
/// paid, where it stands, and what is against the rules.
package struct SettlementRegister: Book {
  /// The name scripts use.
  package static let name = "settlement_register"

  private struct Line: Sendable {
    var account: UInt32
    var customer: String
    var one: Settlement.Case
    var limits: SettlementLimits
  }

  let asOf: Day
  let onlyOpen: Bool
  private var lines: [Line] = []

  /// An empty register as it will stand at the end of a day; with `onlyOpen`, of what is not over.
  package init(asOf: Day, onlyOpen: Bool) {
    self.asOf = asOf
    self.onlyOpen = onlyOpen
  }

  /// Settlements, their refusals, and how money came.
  package var reads: Desk.Reads { [.settlements, .approvals, .tenders] }
  /// Accounts with settlements.
  package var leads: Desk.Reads { .settlements }
  /// An account that only says who sanctioned it gives no line.
  package func concerns(_ rows: borrowing Desk) -> Bool {
    rows.settlements.rows.contains { $0.kind == .proposed }
  }

  /// Takes the settlements of an account.
  package mutating func take(_ account: borrowing AccountView) {
    let cases = Settlement.cases(
      account.desk, account.reckoner.receipts, currency: account.currency.rawValue, asOf: asOf,
      limits: account.terms.settlements)
    for one in cases where !onlyOpen || !one.stage.isOver {
      lines.append(
        Line(
          account: account.number, customer: account.debtor, one: one,
          limits: account.terms.settlements))
    }
  }

  /// Joins the lines of other accounts.
  package mutating func merge(_ other: SettlementRegister) { lines += other.lines }

  /// Lines by the day they were proposed.
  package func sheet(_ naming: Naming) -> Sheet {
    var table = Sheet(
      title: "Settlements",
      columns: [
        .init("settlement"), .init("account"), .init("customer"), .init("currency"),
        .init("outstanding", .money), .init("offer", .money), .init("waived", .money),
        .init("haircut_bp", .integer), .init("proposed_on", .day), .init("proposer"),
        .init("checker"), .init("approver"), .init("level", .integer),
        .init("needed", .integer), .init("approved_on", .day), .init("offered_on", .day),
        .init("valid_until", .day), .init("accepted_on", .day), .init("payments", .integer),
        .init("paid_payments", .integer), .init("paid", .money), .init("next_due", .day),
        .init("stage"), .init("ended_on", .day), .init("cooling_until", .day),
        .init("reporting_quarter"), .init("alert"),
      ])
    table.keys = 2
    let named = naming.ordered(lines, of: \.account) {
      ($0.one.proposed.day, $0.one.proposed.seq)
    }
    var alerted = 0
    for (account, line) in named {
      let alert = alerts(line, naming)
      if !alert.isEmpty { alerted += 1 }
      table.rows.append(row(account, line, naming) + [.text(alert.joined(separator: ", "))])
    }
    let open = lines.count { !$0.one.stage.isOver }
    table.notes.append("\(open) open; \(alerted) with an alert. Money counts once it has cleared.")
    table.definitions = [
      ("reporting_quarter", "the calendar quarter of the approval, in which it is reported")
    ]
    return table
  }

  private func row(_ account: String, _ line: Line, _ naming: Naming) -> [Sheet.Cell] {
    let one = line.one
    func sum(_ minor: Int128) -> Sheet.Cell { .money(minor, one.currency) }
    func date(_ row: Settlement.Row?) -> Sheet.Cell {
      row.map { .day(Day(rawValue: $0.day)) } ?? .none
    }
    let cooling = one.executed.flatMap {
      Day(rawValue: $0.day).adding(months: line.limits.coolingMonths)
    }
    let items = one.instalments.items
    let due = one.stage.isInForce ? one.instalments.next.map { Day(rawValue: $0.due) } : nil
    return [
      .text(naming.text(one.proposed.seq, Key.SettlementProposed.settlement)), .text(account),
      .text(line.customer), .text(one.currency.code), sum(Int128(one.proposed.outstanding)),
      sum(Int128(one.proposed.amount)), sum(Int128(one.proposed.waived)),
      one.haircut.basisPoints.map { .integer($0) } ?? .none, date(one.proposed),
      .text(naming.actor(one.proposed.actor)),
      .text(one.validated.map { naming.actor($0.actor) } ?? ""), .text(approver(one, naming)),
      one.approved.map { .integer($0.level) } ?? .none,
      .integer(line.limits.level(one.proposed.waived, of: one.proposed.outstanding)),
      date(one.approved), date(one.offered),
      .day(Day(rawValue: one.proposed.until)),
      date(one.accepted), .integer(Int64(items.count)),
      .integer(Int64(items.count(where: \.isPaid))),
      sum(one.instalments.paid), due.map { .day($0) } ?? .none, .text(one.stage.rawValue),
      one.endedOn(asOf).map { .day($0) } ?? .none, cooling.map { .day($0) } ?? .none,
      .text(one.reportingQuarter),
    ]
  }

  private func approver(_ one: Settlement.Case, _ naming: Naming) -> String {
    one.approved.map { naming.text($0.seq, Key.SettlementApproved.approver) } ?? ""
  }

  // What a reviewer must look at: conflicts of the approval, days that run out, waivers too early.
  private func alerts(_ line: Line, _ naming: Naming) -> [String] {
    let one = line.one
    var found: [String] = []
    if let approved = one.approved {
      if approver(one, naming) == naming.actor(one.proposed.actor) {
        found.append("own_proposal")
      }
      if one.sanctioners.contains(approved.other) { found.append("sanctioner") }
      if let level = one.sanctionLevel, approved.level < level + line.limits.levelsAbove {
        found.append("below_sanction")
      }
      if approved.level < line.limits.level(approved.amount, of: one.proposed.outstanding) {
        found.append("beyond_level")
      }
    } else if one.offered != nil || one.accepted != nil || one.executed != nil {
      found.append("not_approved")
    }
    if one.executed != nil, !one.instalments.isPaid { found.append("waived_before_clearance") }
    let end = one.stage.isInForce ? one.instalments.next?.last : one.proposed.until
    if !one.stage.isOver, one.stage != .honoured, one.stage != .lapsed, let end,
      (0...7).contains(Day(rawValue: end) - asOf)
    {
      found.append("lapses_soon")
    }
    return found
  }
}

extension Settlement.Case {
  /// `2026-Q2`: the calendar quarter of its approval; empty before it.
  var reportingQuarter: String {
    guard let approved else { return "" }
    let day = Day(rawValue: approved.day)
    return "\(day.description.prefix(4))-Q\((day.civil.month + 2) / 3)"
  }

  /// The day on which it came to its end, by a word or by its own terms.
  func endedOn(_ asOf: Day) -> Day? {
    switch stage {
    case .executed: executed.map { Day(rawValue: $0.day) }
    case .lapseDeclared: lapse.map { Day(rawValue: $0.day) }
    case .superseded: supersededOn.map { Day(rawValue: $0) }
    case .returned, .rejected: declined.map { Day(rawValue: $0.day) }
    case .expired: Day(rawValue: proposed.until)
    case .lapsed: lapsedOn(asOf)
    default: nil
    }
  }
}
