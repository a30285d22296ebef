/// What a repayment plan may be refused for (`domain.md` 2.13).
extension Scene {
  /// The account's plans as they stood at the end of the day of the event.
  fileprivate mutating func plans() -> [Plan.Case] {
    account.plans(asOf: occurredOn, terms: terms())
  }

  fileprivate mutating func plan(_ id: String, _ step: Plan.Row.Kind, _ done: String)
    throws(Refusal) -> Plan.Case
  {
    try requireKnown()
    try requirePast("plan's step")
    let key = TextKey(id)
    guard !account.desk.plans.rows.contains(where: { $0.kind == step && $0.plan == key }) else {
      throw Refusal(
        rule: "plan.told", "Plan \(id) was \(done) before.",
        remedy: "Each step is told once; what changes is proposed anew.")
    }
    guard let found = plans().first(where: { $0.proposed.plan == key }) else {
      throw Refusal(
        rule: "plan.unknown", "Account \(account.id) has no plan \(id) on \(occurredOn).",
        remedy: "`arrears show plans` lists them.")
    }
    return found
  }

  fileprivate mutating func requireNoSettlement() throws(Refusal) {
    let cases = account.settlements(asOf: occurredOn, terms: terms())
    guard !cases.contains(where: \.stage.isInForce) else {
      throw Refusal(
        rule: "plan.settled", "A settlement of account \(account.id) was accepted and runs.",
        remedy: "A plan is for a debt that is to be paid in full; let the settlement end first.")
    }
  }
}

extension Plan.Proposed: Decided {
  /// Refused when its sums or days do not fit, or under an accepted settlement.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    try scene.requireOpen()
    try scene.requirePast("proposal")
    try checkSums(scene)
    if let first = items?.map(\.dueOn).min(), first < scene.occurredOn {
      throw Refusal(
        rule: "plan.past-day", "\(first) is planned, before \(scene.occurredOn).",
        remedy: "Plan days to come.")
    }
    let mine = TextKey(plan)
    let rows = scene.account.desk.plans.rows
    guard !rows.contains(where: { $0.kind == .proposed && $0.plan == mine }) else {
      throw Refusal(
        rule: "plan.exists", "Account \(scene.account.id) has a plan \(plan) already.",
        remedy: "Choose another id; a plan that changes is proposed anew.")
    }
    if let counters {
      let old = scene.plans().first { $0.proposed.plan == TextKey(counters) }
      guard let old, !old.stage.isOver, !old.stage.isInForce else {
        throw Refusal(
          rule: "plan.counters",
          "Plan \(counters) waits for no answer" + (old.map { ": \($0.stage.rawValue)." } ?? "."),
          remedy: "Leave `counters` out.")
      }
    }
    try scene.requireNoSettlement()
  }

  private func checkSums(_ scene: Scene) throws(Refusal) {
    let items = items ?? []
    guard !items.isEmpty || kind != "instalments" else {
      throw Refusal(
        rule: "plan.items", "A plan of instalments has no instalment.",
        remedy: "Give at least one day and sum: items=2026-05-05:4500.00.")
    }
    var sum: Int128 = 0
    for item in items {
      try scene.require(item.amount, "instalment")
      sum += Int128(item.amount.minor)
    }
    guard let total else { return }
    guard items.isEmpty || sum == Int128(total.minor) else {
      throw Refusal(
        rule: "plan.total",
        "The instalments add up to \(total.currency.decimal(sum)), the total says \(total).",
        remedy: "Make the total the sum of the instalments.")
    }
  }
}

extension Plan.Agreed: Decided {
  /// Refused without approval or evidence, beside another plan, and under an accepted settlement.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    let found = try scene.plan(plan, .agreed, "agreed")
    guard found.stage == .approved, scene.occurredOn.rawValue <= found.approval?.until ?? .max
    else {
      let why =
        found.stage == .approved ? "its approval has run out" : "it is \(found.stage.rawValue)"
      throw Refusal(
        rule: "plan.not-approved", "Plan \(plan) lacks approval: \(why).",
        remedy: "Record approval.granted with action=plan first.")
    }
    // A first payment is in the trail, and a one-time code leaves nothing to file.
    guard document != nil || acceptance == "payment" || acceptance == "code" else {
      throw Refusal(
        rule: "plan.evidence", "Nothing shows that plan \(plan) was agreed: \(acceptance).",
        remedy: "Name the paper, mail or recording in `document`.")
    }
    let other = scene.plans().first {
      $0.stage.isInForce && $0.proposed.plan != found.proposed.plan
    }
    guard other == nil else {
      throw Refusal(
        rule: "plan.active", "Another plan is in force on account \(scene.account.id).",
        remedy: "Cancel it first: plan.cancelled with reason=superseded.")
    }
    try scene.requireNoSettlement()
  }
}

extension Plan.Cancelled: Decided {
  /// Refused unless it is in force; for default unless it is broken by its own terms.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    let found = try scene.plan(plan, .cancelled, "cancelled")
    guard found.stage.isInForce else {
      throw Refusal(
        rule: "plan.not-active", "Plan \(plan) is not in force: \(found.stage.rawValue).",
        remedy: "Only a plan that was agreed and runs is cancelled; decline a proposal.")
    }
    guard reason != "default" || found.stage == .broken else {
      throw Refusal(
        rule: "plan.not-broken", "Plan \(plan) is \(found.stage.rawValue) and not broken.",
        remedy: "Give another reason, or wait until the policy `plan_terms` calls it broken.")
    }
  }
}
