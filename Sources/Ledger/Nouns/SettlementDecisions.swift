/// What a settlement may be refused for (`domain.md` 2.13).
extension Scene {
  /// The settlement of an id as it stood at the end of the day of the event; the step itself must
  /// not have been told on any day.
  fileprivate mutating func settlement(_ id: String, _ step: Settlement.Row.Kind, _ done: String)
    throws(Refusal) -> Settlement.Case
  {
    try requireKnown()
    try requirePast("settlement's step")
    let key = TextKey(id)
    let told = account.desk.settlements.rows.contains { $0.kind == step && $0.settlement == key }
    guard !told else {
      throw Refusal(
        rule: "settlement.told", "Settlement \(id) was \(done) before.",
        remedy: "Each step is told once; what changes is proposed anew, with `supersedes`.")
    }
    let asOf = step == .executed ? day : occurredOn
    let cases = account.settlements(asOf: asOf, terms: terms())
    guard let found = cases.first(where: { $0.proposed.settlement == key }) else {
      throw Refusal(
        rule: "settlement.unknown", "Account \(account.id) has no settlement \(id) on \(asOf).",
        remedy: "`arrears show settlements` lists them.")
    }
    return found
  }

  fileprivate func require(
    _ found: Settlement.Case, _ id: String, is stage: Settlement.Stage, _ remedy: String
  ) throws(Refusal) {
    if found.stage == stage { return }
    guard found.stage != .expired else {
      throw Refusal(
        rule: "settlement.expired",
        "The offer of settlement \(id) ran out on \(Day(rawValue: found.proposed.until)).",
        remedy: "Propose it anew, with `supersedes`.")
    }
    throw Refusal(
      rule: "settlement.stage",
      "Settlement \(id) is \(found.stage.rawValue), not \(stage.rawValue).", remedy: remedy)
  }
}

extension Scene {
  // A court's stay, or the debtor's death, asks for more authority than the sum does.
  fileprivate func requireLevel(_ level: Int64, of id: String) throws(Refusal) {
    let needed = terms().settlements.levelUnderStay
    guard level < needed else { return }
    let remedy = "It needs level \(needed) or above, by the policy `settlement_limits`."
    let law = account.desk.legal.rows
    if account.holds(of: ["court_stay", "insolvency_stay"], on: occurredOn)
      || (!law.isEmpty && Legal.File(law, asOf: occurredOn).isStayed)
    {
      throw Refusal(
        rule: "settlement.stayed",
        "A court's stay is in force on \(occurredOn); level \(level) is too low for settlement "
          + "\(id).", remedy: remedy)
    }
    guard let debtor = account.debtor, let death = house.death(of: TextKey(debtor)),
      death.isVerified, death.day <= occurredOn.rawValue
    else { return }
    throw Refusal(
      rule: "settlement.deceased",
      "\(debtor) has died; level \(level) is too low for settlement \(id).", remedy: remedy)
  }
}

extension Settlement.Proposed: Decided {
  /// Refused when its sums or days do not fit, or another settlement is open on the account.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    try scene.requireOpen()
    try scene.requirePast("proposal")
    try scene.require(offer, "offer")
    try scene.require(outstanding, "outstanding sum")
    try checkSums(scene)
    let said = scene.occurredOn
    let first = items.map(\.dueOn).min() ?? validUntil
    guard validUntil >= said, first >= said else {
      throw Refusal(
        rule: "settlement.past-day",
        "A payment or the last day to accept is \(min(first, validUntil)), before \(said).",
        remedy: "Give days to come.")
    }
    let terms = scene.terms()
    let owed = scene.account.figures(asOf: said, terms: terms).outstanding
    guard owed == outstanding.minor else {
      let sum = Money(minor: owed, currency: outstanding.currency)
      throw Refusal(
        rule: "settlement.outstanding",
        "\(outstanding) is said to be outstanding, the ledger has \(sum) on \(said).",
        remedy: "State what the ledger has: the level of the approval depends on it.")
    }
    try checkOthers(scene.account.settlements(asOf: said, terms: terms), scene)
  }

  private func checkSums(_ scene: Scene) throws(Refusal) {
    guard waived.minor >= 0, waived.currency == offer.currency,
      outstanding.currency == offer.currency,
      Int128(offer.minor) + Int128(waived.minor) == Int128(outstanding.minor)
    else {
      throw Refusal(
        rule: "settlement.sums",
        "The offer of \(offer) and \(waived) given up are not the \(outstanding) outstanding.",
        remedy: "Offer and waiver together are what is outstanding, in one currency.")
    }
    var sum: Int128 = 0
    for item in items {
      try scene.require(item.amount, "payment")
      sum += Int128(item.amount.minor)
    }
    guard sum == Int128(offer.minor) else {
      throw Refusal(
        rule: "settlement.items",
        "The payments add up to \(offer.currency.decimal(sum)), the offer is \(offer).",
        remedy: "Give payments that add up to the offer.")
    }
  }

  private func checkOthers(_ cases: [Settlement.Case], _ scene: Scene) throws(Refusal) {
    let mine = TextKey(settlement)
    let rows = scene.account.desk.settlements.rows
    guard !rows.contains(where: { $0.kind == .proposed && $0.settlement == mine }) else {
      throw Refusal(
        rule: "settlement.exists",
        "Account \(scene.account.id) has a settlement \(settlement) already.",
        remedy: "Choose another id; a settlement that changes is proposed anew, with `supersedes`.")
    }
    // What it replaces may itself be there to replace an older one.
    var replaced: [TextKey] = []
    var next = supersedes.map { TextKey($0) } ?? .none
    while next != .none, !replaced.contains(next) {
      guard let old = cases.first(where: { $0.proposed.settlement == next }) else {
        throw Refusal(
          rule: "settlement.unknown",
          "Account \(scene.account.id) has no settlement \(supersedes ?? "") to replace.",
          remedy: "Leave `supersedes` out.")
      }
      replaced.append(next)
      next = old.proposed.other
    }
    guard
      !cases.contains(where: { !$0.stage.isOver && !replaced.contains($0.proposed.settlement) })
    else {
      throw Refusal(
        rule: "settlement.open", "Another settlement is open on account \(scene.account.id).",
        remedy: "Replace it with `supersedes`, or let it end first.")
    }
  }
}

extension Settlement.Validated: Decided {
  /// Refused to the proposer.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    let found = try scene.settlement(settlement, .validated, "validated")
    try scene.require(found, settlement, is: .proposed, "Validate it before it goes on.")
    guard scene.whoActs != scene.actors(found.proposed.actor) else {
      throw Refusal(
        rule: "settlement.own-check",
        "\(scene.whoActs) proposed settlement \(settlement) and checks it.",
        remedy: "Let somebody else check it.")
    }
  }
}

extension Settlement.Approved: Decided {
  /// Refused to the proposer and to who sanctioned the credit, beyond the approver's level, which a
  /// stay or a death raises, for more than was proposed, and where a check failed.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    let found = try scene.settlement(settlement, .approved, "approved")
    try scene.require(found, settlement, is: .validated, "Record settlement.validated first.")
    guard found.validated?.failed != true else {
      throw Refusal(
        rule: "settlement.check-failed", "A check of settlement \(settlement) failed.",
        remedy: "Decline it with approval.declined, and propose what passes.")
    }
    guard waived.currency == found.currency, waived.minor >= 0,
      waived.minor <= found.proposed.waived
    else {
      let most = Money(minor: found.proposed.waived, currency: found.currency)
      throw Refusal(
        rule: "settlement.more-than-proposed",
        "\(waived) would be given up, \(most) was proposed.",
        remedy: "Approve at most what was proposed; more needs another proposal.")
    }
    guard approver != scene.actors(found.proposed.actor) else {
      throw Refusal(
        rule: "settlement.own-proposal",
        "\(approver) proposed settlement \(settlement) and approves it.",
        remedy: "Let somebody else approve it.")
    }
    try checkLevel(found, scene.terms().settlements)
    try scene.requireLevel(approverLevel, of: settlement)
  }

  // RBI/2023-24/40, 8 June 2023: at least one level above the sanction, by nobody who sanctioned.
  private func checkLevel(_ found: Settlement.Case, _ limits: SettlementLimits) throws(Refusal) {
    guard !found.sanctioners.contains(TextKey(approver)) else {
      throw Refusal(
        rule: "settlement.sanctioner",
        "\(approver) sanctioned the credit and approves its settlement.",
        remedy: "Let somebody else approve it.")
    }
    if let level = found.sanctionLevel, approverLevel < level + limits.levelsAbove {
      throw Refusal(
        rule: "settlement.below-sanction",
        "The credit was sanctioned at level \(level); level \(approverLevel) is too low.",
        remedy: "It needs level \(level + limits.levelsAbove) or above.")
    }
    let needed = limits.level(waived.minor, of: found.proposed.outstanding)
    guard approverLevel >= needed else {
      throw Refusal(
        rule: "settlement.authority",
        "Giving up \(waived), \(Ratio(waived.minor, of: found.proposed.outstanding).percent) % of "
          + "what is outstanding, is beyond level \(approverLevel).",
        remedy: needed > limits.highest
          ? "No level of the policy `settlement_limits` may give up so much."
          : "It needs level \(needed) or above.")
    }
  }
}

extension Settlement.Offered: Decided {
  /// Refused unless it is approved, by the level that a stay or a death since then asks for.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    let found = try scene.settlement(settlement, .offered, "offered")
    try scene.require(found, settlement, is: .approved, "Record settlement.approved first.")
    try scene.requireLevel(found.approved?.level ?? 0, of: settlement)
  }
}

extension Settlement.Accepted: Decided {
  /// Refused unless it is offered and the offer has not run out, and as for the offer.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    let found = try scene.settlement(settlement, .accepted, "accepted")
    try scene.require(found, settlement, is: .offered, "Record settlement.offered first.")
    try scene.requireLevel(found.approved?.level ?? 0, of: settlement)
  }
}

extension Settlement.LapseDeclared: Decided {
  /// Refused unless it has lapsed by its own terms, or its offer has run out.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    let found = try scene.settlement(settlement, .lapseDeclared, "declared lapsed")
    guard found.stage == .lapsed || found.stage == .expired else {
      throw Refusal(
        rule: "settlement.not-lapsed",
        "Settlement \(settlement) is \(found.stage.rawValue) on \(scene.occurredOn).",
        remedy: "A settlement lapses when a payment is missed, or nobody accepts it in time.")
    }
  }
}

extension Settlement.Executed: Decided {
  /// Refused until every payment has cleared, and beyond what was approved.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    try scene.require(waived, "sum given up")
    try scene.requireMoneyDay()
    let found = try scene.settlement(settlement, .executed, "executed")
    guard found.stage == .honoured else {
      let left = found.currency.decimal(found.instalments.total - found.instalments.paid)
      throw Refusal(
        rule: "settlement.not-cleared",
        "Settlement \(settlement) is \(found.stage.rawValue) on \(scene.day); \(left) "
          + "\(found.currency.code) of it has not cleared.",
        remedy: "Nothing is given up before the last payment has cleared.")
    }
    let most = found.approved?.amount ?? found.proposed.waived
    guard waived.minor <= most, waived.currency == found.currency else {
      throw Refusal(
        rule: "settlement.more-than-approved",
        "\(waived) would be given up, \(Money(minor: most, currency: found.currency)) was approved.",
        remedy: "Give up at most what was approved.")
    }
    guard outstanding.minor == found.proposed.outstanding else {
      throw Refusal(
        rule: "settlement.outstanding",
        "\(outstanding) is said to have been outstanding, the proposal says "
          + "\(Money(minor: found.proposed.outstanding, currency: found.currency)).",
        remedy: "State what the proposal says.")
    }
  }
}
