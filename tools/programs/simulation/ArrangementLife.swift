import Ledger

/// What is arranged with a debtor: settlements with their authorities, repayment plans with their
/// approvals, and the money that keeps them or does not. Steps are left out, told out of turn or by
/// the wrong person, cheques come back after they honoured something. Its chance is its own.
struct ArrangementLife {
  private let account: UInt32
  private var teller: Teller
  private let agent: Doer
  private let checker = Doer(role: .supervisor, number: 4)
  private var settlements = 0, plans = 0, payments = 0

  init(_ account: UInt32, seed: UInt64) {
    self.account = account
    teller = Teller(Chance(seed: seed ^ 0x5E77, stream: UInt64(account)))
    agent = Doer(role: .collector, number: UInt16(account % 37 + 1))
  }

  /// Lives through the whole story.
  mutating func live(_ scribe: inout Scribe) {
    let days = scribe.last - scribe.first
    func start(_ chance: inout Chance) -> Day { scribe.first + chance.pick(1...max(2, days - 20)) }
    if teller.chance.happens(4500) {
      settle(on: start(&teller.chance), replacing: nil, &scribe)
    }
    if teller.chance.happens(3000) { plan(on: start(&teller.chance), answering: nil, &scribe) }
  }

  private mutating func tell(
    _ saying: Saying, by doer: Doer, on day: Day, value: Day? = nil, _ scribe: inout Scribe
  ) {
    teller.tell(saying, of: account, by: doer, on: day, value: value, &scribe)
  }

  // Sums on days a month apart.
  private mutating func items(_ total: Int64, from day: Day) -> [(due: Day, amount: Int64)] {
    let count = teller.chance.pick(1...3)
    let first = day + teller.chance.pick(8...25)
    return (0..<count).map { index in
      let rest = index == count - 1 ? total - total / Int64(count) * Int64(count - 1) : 0
      return (first.adding(months: index) ?? first, max(total / Int64(count), rest))
    }
  }

  // MARK: - Settlements

  private mutating func settle(on day: Day, replacing old: String?, _ scribe: inout Scribe) {
    settlements += 1
    let id = "ST\(account)-\(settlements)"
    let outstanding = Int64(teller.chance.pick(200...2000)) * 10_000
    let offer = outstanding * Int64(teller.chance.pick(45...95)) / 100
    let items = items(offer, from: day)
    let named: Word = .text(id)
    tell(
      Saying(
        "settlement.proposed",
        [
          "settlement": named, "offer": .sum(offer), "outstanding": .sum(outstanding),
          "waived": .sum(outstanding - offer), "items": .items(items),
          "valid_until": .day(day + teller.chance.pick(9...30)), "reason": "hardship",
          "supersedes": old.map { .text($0) },
        ]), by: agent, on: day, &scribe)
    var step = day
    func next(_ most: Int, _ chance: inout Chance) -> Day {
      step = step + chance.pick(0...most)
      return step
    }
    if teller.chance.happens(9000) {
      let check: [(name: String, word: Word)] = [
        ("name", "outstanding.agrees"),
        ("result", .text(teller.chance.happens(9000) ? "passed" : "failed")),
      ]
      tell(
        Saying("settlement.validated", ["settlement": named, "checks": .list([.group(check)])]),
        by: checker, on: next(3, &teller.chance), &scribe)
    }
    sanction(named, outstanding - offer, on: next(3, &teller.chance), &scribe)
    if teller.chance.happens(8500) {
      tell(
        Saying("settlement.offered", ["settlement": named, "letter_hash": teller.hash()]),
        by: agent, on: next(2, &teller.chance), &scribe)
    }
    if teller.chance.happens(7500) {
      let accepted = next(5, &teller.chance)
      tell(
        Saying("settlement.accepted", ["settlement": named, "acceptance": "signed"]), by: agent,
        on: accepted, &scribe)
      let isPaid = honour(items, from: accepted, &scribe)
      conclude(named, outstanding, outstanding - offer, items, isPaid, &scribe)
    }
    if old == nil, teller.chance.happens(1500) {
      settle(on: day + teller.chance.pick(3...40), replacing: id, &scribe)
    }
  }

  // Approved, declined, both, or neither.
  private mutating func sanction(
    _ id: Word, _ waived: Int64, on day: Day, _ scribe: inout Scribe
  ) {
    let level = teller.chance.pick(1...4)
    if teller.chance.happens(1500) {
      tell(
        Saying(
          "approval.declined",
          [
            "action": "settlement", "proposal": id, "approver": "supervisor-0009",
            "returned": .flag(teller.chance.happens(5000)),
          ]), by: checker, on: day, &scribe)
      if teller.chance.happens(7000) { return }
    }
    guard teller.chance.happens(8800) else { return }
    let isOwn = teller.chance.happens(500)
    tell(
      Saying(
        "settlement.approved",
        [
          "settlement": id, "approver": .text(isOwn ? agent.id : "supervisor-0009"),
          "approver_level": .number(level), "waived": .sum(waived),
        ]), by: checker, on: day + teller.chance.pick(0...4), &scribe)
  }

  private mutating func conclude(
    _ id: Word, _ outstanding: Int64, _ waived: Int64, _ items: [(due: Day, amount: Int64)],
    _ isPaid: Bool, _ scribe: inout Scribe
  ) {
    guard let last = items.last?.due else { return }
    if isPaid ? teller.chance.happens(7000) : teller.chance.happens(600) {
      let on = last + teller.chance.pick(1...15)
      tell(
        Saying(
          "settlement.executed",
          ["settlement": id, "waived": .sum(waived), "outstanding": .sum(outstanding)]),
        by: checker, on: on, value: on, &scribe)
    }
    if !isPaid, teller.chance.happens(6000) {
      tell(
        Saying("settlement.lapse_declared", ["settlement": id]), by: checker,
        on: last + teller.chance.pick(1...20), &scribe)
    }
  }

  // MARK: - Plans

  private mutating func plan(on day: Day, answering old: String?, _ scribe: inout Scribe) {
    plans += 1
    let id = "PL\(account)-\(plans)"
    let total = Int64(teller.chance.pick(40...400)) * 10_000
    let items = items(total, from: day)
    let byHouse = old == nil
    tell(
      Saying(
        "plan.proposed",
        [
          "plan": .text(id), "kind": "instalments", "proposed_by": byHouse ? "house" : "debtor",
          "items": .items(items), "total": .sum(total), "interest_treatment": "freeze",
          "counters": old.map { .text($0) },
        ]), by: agent, on: day, &scribe)
    if byHouse, teller.chance.happens(2500) {
      plan(on: day + teller.chance.pick(1...9), answering: id, &scribe)
      if teller.chance.happens(8000) { return }
    }
    let answered = day + teller.chance.pick(0...4)
    if teller.chance.happens(1200) {
      tell(
        Saying(
          "approval.declined",
          [
            "action": "plan", "proposal": .text(id), "approver": "supervisor-0008",
            "returned": .flag(teller.chance.happens(5000)),
          ]), by: checker, on: answered, &scribe)
      if teller.chance.happens(8000) { return }
    }
    if teller.chance.happens(8500) {
      tell(
        Saying(
          "approval.granted",
          [
            "action": "plan", "proposal": .text(id), "approver": "supervisor-0008",
            "approver_level": .number(2),
          ]), by: checker, on: answered, &scribe)
    }
    guard teller.chance.happens(8000) else { return }
    let agreed = answered + teller.chance.pick(0...4)
    tell(
      Saying(
        "plan.agreed",
        [
          "plan": .text(id), "acceptance": "recorded_call",
          "document": teller.chance.happens(3000) ? "AG-\(id)" : nil,
        ]), by: agent, on: agreed, &scribe)
    let isKept = honour(items, from: agreed, &scribe)
    if isKept ? teller.chance.happens(500) : teller.chance.happens(5000) {
      let end = agreed + teller.chance.pick(5...70)
      let reason = teller.chance.pick(["default", "superseded", "settlement", "legal"])
      tell(
        Saying("plan.cancelled", ["plan": .text(id), "reason": .text(reason)]), by: checker,
        on: end, &scribe)
    }
  }

  // MARK: - Money

  // Whether all of it was paid, more or less in time.
  private mutating func honour(
    _ items: [(due: Day, amount: Int64)], from first: Day, _ scribe: inout Scribe
  ) -> Bool {
    guard teller.chance.happens(8500) else { return false }
    var isPaid = true
    for item in items {
      guard teller.chance.happens(8800) else {
        isPaid = false
        continue
      }
      let day = max(first, item.due + teller.chance.pick(-6...3))
      let part = teller.chance.happens(8800) ? item.amount : item.amount / 2
      let kept = pay(part, on: day, &scribe)
      isPaid = isPaid && kept && part == item.amount
    }
    return isPaid
  }

  private mutating func pay(_ amount: Int64, on day: Day, _ scribe: inout Scribe) -> Bool {
    payments += 1
    let id: Word = "A\(account)-\(payments)"
    let isPaper = teller.chance.happens(2500)
    tell(
      Saying(
        "payment.received",
        [
          "payment": id, "amount": .sum(amount), "mode": isPaper ? "demand_draft" : "upi",
          "provisional": isPaper ? .flag(true) : nil,
        ]), by: agent, on: day, value: day, &scribe)
    if isPaper, teller.chance.happens(8000) {
      let cleared = day + teller.chance.pick(1...4)
      tell(
        Saying(
          "payment.credited", ["payment": id, "amount": .sum(amount), "bank_account": "BA-1"]),
        by: .system, on: cleared, value: cleared, &scribe)
    }
    guard teller.chance.happens(isPaper ? 1500 : 200) else { return true }
    let back = day + teller.chance.pick(1...40)
    let fromOriginal = teller.chance.happens(7000)
    tell(
      Saying(
        "payment.reversed",
        [
          "payment": id, "reason": fromOriginal ? "dishonour" : "chargeback",
          "effective": fromOriginal ? "from_original_value_date" : "from_reversal_date",
          "amount": .sum(amount),
        ]), by: .system, on: back, value: fromOriginal ? day : back, &scribe)
    return false
  }
}
