/// The register of repayment plans: what was agreed on which evidence, what was paid and missed.
package struct PlanRegister: Book {
  /// The name scripts use.
  package static let name = "plan_register"

  private struct Line: Sendable {
    var account: UInt32
    var customer: String
    var plan: Plan.Case
  }

  let asOf: Day
  let onlyOpen: Bool
  private var lines: [Line] = []

  /// An empty register as it will stand at the end of a day; with `onlyOpen`, of what is not over.
  package init(asOf: Day, onlyOpen: Bool) {
    self.asOf = asOf
    self.onlyOpen = onlyOpen
  }

  /// Plans, approvals, and how money came.
  package var reads: Desk.Reads { [.plans, .approvals, .tenders] }
  /// Accounts with plans.
  package var leads: Desk.Reads { .plans }

  /// Takes the plans of an account.
  package mutating func take(_ account: borrowing AccountView) {
    let plans = Plan.cases(
      account.desk, account.reckoner.receipts, currency: account.currency.rawValue, asOf: asOf,
      terms: account.terms.plans)
    for plan in plans where !onlyOpen || !plan.stage.isOver {
      lines.append(Line(account: account.number, customer: account.debtor, plan: plan))
    }
  }

  /// Joins the lines of other accounts.
  package mutating func merge(_ other: PlanRegister) { lines += other.lines }

  /// Lines by the day they were proposed.
  package func sheet(_ naming: Naming) -> Sheet {
    var table = Sheet(
      title: "Repayment plans",
      columns: [
        .init("plan"), .init("account"), .init("customer"), .init("kind"), .init("asked_by"),
        .init("proposed_on", .day), .init("proposer"), .init("approver"),
        .init("agreed_on", .day), .init("acceptance"), .init("document"), .init("interest"),
        .init("currency"), .init("total", .money), .init("instalments", .integer),
        .init("paid_instalments", .integer), .init("paid", .money), .init("missed", .integer),
        .init("next_due", .day), .init("next", .money), .init("days_behind", .integer),
        .init("stage"), .init("ended_on", .day), .init("reason"),
      ])
    table.keys = 2
    let named = naming.ordered(lines, of: \.account) {
      ($0.plan.proposed.day, $0.plan.proposed.seq)
    }
    for (account, line) in named { table.rows.append(row(account, line, naming)) }
    func count(_ stage: Plan.Stage) -> Int { lines.count { $0.plan.stage == stage } }
    table.notes.append(
      "\(count(.active)) active, \(count(.behind)) behind, \(count(.broken)) broken, "
        + "\(count(.completed)) completed. Money counts once it has cleared.")
    return table
  }

  private func row(_ account: String, _ line: Line, _ naming: Naming) -> [Sheet.Cell] {
    let plan = line.plan
    let sums = plan.instalments
    let next = plan.stage.isOver ? nil : sums.next
    let behind = plan.stage.isInForce ? next.map { asOf - Day(rawValue: $0.due) } ?? 0 : 0
    func text(_ seq: Position?, _ key: UInt64) -> Sheet.Cell {
      .text(seq.map { naming.text($0, key) } ?? "")
    }
    func sum(_ minor: Int128) -> Sheet.Cell { .money(minor, plan.currency) }
    let last = plan.cancelled.map { min(asOf, Day(rawValue: $0.day)) } ?? asOf
    let has = !sums.items.isEmpty
    let ended = plan.cancelled?.day ?? plan.declined?.day
    return [
      text(plan.proposed.seq, Key.PlanProposed.plan), .text(account), .text(line.customer),
      text(plan.proposed.seq, Key.PlanProposed.kind),
      text(plan.proposed.seq, Key.PlanProposed.proposedBy),
      .day(Day(rawValue: plan.proposed.day)), .text(naming.actor(plan.proposed.actor)),
      text(plan.approval?.seq, Key.ApprovalGranted.approver),
      plan.agreed.map { .day(Day(rawValue: $0.day)) } ?? .none,
      text(plan.agreed?.seq, Key.PlanAgreed.acceptance),
      text(plan.agreed?.seq, Key.PlanAgreed.document),
      text(plan.proposed.seq, Key.PlanProposed.interestTreatment),
      .text(has ? plan.currency.code : ""), has ? sum(sums.total) : .none,
      .integer(Int64(sums.items.count)), .integer(Int64(sums.items.count(where: \.isPaid))),
      has ? sum(sums.paid) : .none,
      .integer(plan.agreed == nil ? 0 : Int64(sums.items.count { $0.isMissed(last) })),
      next.map { .day(Day(rawValue: $0.due)) } ?? .none,
      next.map { sum(Int128($0.amount) - Int128($0.paid)) } ?? .none,
      behind > 0 ? .integer(Int64(behind)) : .none, .text(plan.stage.rawValue),
      ended.map { .day(Day(rawValue: $0)) } ?? .none,
      text(plan.cancelled?.seq, Key.PlanCancelled.reason),
    ]
  }
}
