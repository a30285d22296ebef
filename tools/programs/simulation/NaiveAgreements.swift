import Ledger

/// What may be wrong with what is agreed with a debtor: promises, settlements, plans, and the
/// words of those with authority about them.
extension NaiveClerk {
  // MARK: - Promises

  // The debtor promises what is owed, in days to come and at most ninety ahead, one sum a day; a
  // promise that waits may be put off three times.
  func promised(_ vow: Desking.Vow, by debtor: UInt32) -> String? {
    let customer = NaiveWork.customer(file.map(\.told))
    if !customer.isEmpty, customer != NaiveDesk.debtor(debtor) { return "promise.third-party" }
    if on > page.today { return "promise.future" }
    var days: Set<Day> = []
    for item in vow.items {
      if item.due < on { return "promise.past-day" }
      if item.due - on > 90 { return "promise.horizon" }
      if !days.insert(item.due).inserted { return "promise.same-day" }
    }
    let total = vow.items.reduce(0) { $0 + $1.amount }
    if total > life(on).report(on).outstanding { return "promise.more-than-outstanding" }
    let items = promises(on)
    if items.contains(where: { $0.vow.number == vow.number }) { return "promise.exists" }
    if let number = vow.supersedes {
      let old = items.filter { $0.vow.number == number }
      guard let first = old.first else { return "promise.unknown" }
      if !old.contains(where: { $0.waits(on: on) }) { return "promise.not-open" }
      let times = desk.putOff(first.vow, first.told, file.map(\.told), on)
      if times >= 3 { return "promise.put-off-too-often" }
    }
    let isTaken = items.contains { item in
      item.waits(on: on) && item.vow.number != vow.supersedes && days.contains(item.due)
    }
    return isTaken ? "promise.same-day" : nil
  }

  func withdrew(_ number: Int) -> String? {
    let items = promises(on).filter { $0.vow.number == number }
    guard let first = items.first else { return "promise.unknown" }
    if on > first.due { return "promise.judged" }
    return items.contains { $0.waits(on: on) } ? nil : "promise.not-open"
  }

  private func promises(_ asOf: Day) -> [NaiveDesk.Promised] {
    desk.promised(file.map(\.told), money(asOf), asOf)
  }

  private func money(_ asOf: Day) -> NaiveArrangements.Money {
    life(asOf).money.map { ($0.id, $0.event.day, $0.left) }
  }

  // MARK: - Settlements

  /// The account's settlements and plans at the end of a day.
  private func read(_ asOf: Day) -> NaiveArrangements.File {
    deals.file(account, file.map(\.told), money(asOf), asOf)
  }

  /// Whether a settlement that was accepted has not ended.
  var isSettled: Bool {
    let read = read(on)
    let accepted = read.words.filter { $0.saying.type == "settlement.accepted" }
      .map { $0.saying.text("settlement") }
    return deals.open(read).contains { !$0.isPlan && accepted.contains($0.id) }
  }

  // Whether both sides are bound by a settlement.
  private var isBound: Bool {
    let read = read(on)
    return read.proposals("settlement").contains { one in
      ["accepted", "part_paid", "honoured"].contains(deals.deal(settlement: one.saying, read).stage)
    }
  }

  // Whether a step of a settlement or plan was told before, of whatever day.
  private func isTold(_ saying: Saying, _ noun: String) -> Bool {
    file.compactMap(\.told.said).contains {
      $0.type == saying.type && $0.text(noun) == saying.text(noun)
    }
  }

  func settlement(_ saying: Saying) -> String? {
    if saying.type == "settlement.proposed" { return proposed(saying) }
    if saying.type == "settlement.executed", let undue { return undue }
    if day > page.today { return "day.future" }
    if isTold(saying, "settlement") { return "settlement.told" }
    let read = read(day)
    let id = saying.text("settlement")
    let first = read.proposals("settlement").first { $0.saying.text("settlement") == id }
    guard let first else { return "settlement.unknown" }
    let stage = deals.deal(settlement: first.saying, read).stage
    let before = [
      "settlement.validated": "proposed", "settlement.approved": "validated",
      "settlement.offered": "approved", "settlement.accepted": "offered",
    ]
    if let before = before[saying.type], stage != before {
      return stage == "expired" ? "settlement.expired" : "settlement.stage"
    }
    func step(_ name: String) -> Saying? { read.step(name, "settlement", id)?.saying }
    switch saying.type {
    case "settlement.validated":
      return page.told.actor == first.told.actor ? "settlement.own-check" : nil
    case "settlement.approved":
      return approved(saying, first, isFailed: step("settlement.validated")?.hasFailed ?? false)
    case "settlement.lapse_declared":
      return ["lapsed", "expired"].contains(stage) ? nil : "settlement.not-lapsed"
    case "settlement.executed":
      if stage != "honoured" { return "settlement.not-cleared" }
      let most = step("settlement.approved")?.sum("waived") ?? first.saying.sum("waived")
      if saying.sum("waived") > most { return "settlement.more-than-approved" }
      return saying.sum("outstanding") == first.saying.sum("outstanding")
        ? nil : "settlement.outstanding"
    default: return stayed(step("settlement.approved")?.number("approver_level") ?? 0)
    }
  }

  private func proposed(_ saying: Saying) -> String? {
    if isClosed { return "account.closed" }
    if on > page.today { return "day.future" }
    let (offer, waived) = (saying.sum("offer"), saying.sum("waived"))
    if waived < 0 || offer + waived != saying.sum("outstanding") { return "settlement.sums" }
    if saying.items.reduce(0, { $0 + $1.amount }) != offer { return "settlement.items" }
    let days = saying.items.map(\.due) + [saying.day("valid_until") ?? .none]
    if days.contains(where: { $0 < on }) { return "settlement.past-day" }
    if life(on).report(on).outstanding != saying.sum("outstanding") {
      return "settlement.outstanding"
    }
    if isTold(saying, "settlement") { return "settlement.exists" }
    let read = read(on)
    var (replaced, next) = ([String](), saying.text("supersedes"))
    while !next.isEmpty, !replaced.contains(next) {
      let old = read.proposals("settlement").first { $0.saying.text("settlement") == next }
      guard let old else { return "settlement.unknown" }
      replaced.append(next)
      next = old.saying.text("supersedes")
    }
    let isOpen = deals.open(read).contains { !$0.isPlan && !replaced.contains($0.id) }
    return isOpen ? "settlement.open" : nil
  }

  // By somebody else, with authority enough, and no more than was proposed and passed its checks.
  private func approved(
    _ saying: Saying, _ first: NaiveArrangements.Word, isFailed: Bool
  ) -> String? {
    if isFailed { return "settlement.check-failed" }
    let waived = saying.sum("waived")
    if waived > first.saying.sum("waived") { return "settlement.more-than-proposed" }
    if saying.text("approver") == first.told.actor { return "settlement.own-proposal" }
    let level = saying.number("approver_level") ?? 0
    if level < NaiveArrangements.level(waived, first.saying.sum("outstanding")) {
      return "settlement.authority"
    }
    return stayed(level)
  }

  // Under a court's stay, and with an estate, the highest level settles.
  private func stayed(_ level: Int) -> String? {
    if level >= 4 { return nil }
    let told = file.map(\.told)
    if isHeld(["court_stay", "insolvency_stay"]) || NaiveWork.isStayed(told, on) {
      return "settlement.stayed"
    }
    guard let death = staff.death(of: NaiveWork.customer(told)), death.isVerified else {
      return nil
    }
    return death.day <= on ? "settlement.deceased" : nil
  }

  // MARK: - Plans

  func plan(_ saying: Saying) -> String? {
    if saying.type == "plan.proposed", isClosed { return "account.closed" }
    if on > page.today { return "day.future" }
    if saying.type == "plan.proposed" { return planned(saying) }
    if isTold(saying, "plan") { return "plan.told" }
    let read = read(on)
    guard let stage = stage(saying.text("plan"), read) else { return "plan.unknown" }
    let binding = ["active", "behind", "broken"]
    if saying.type == "plan.cancelled" {
      if !binding.contains(stage) { return "plan.not-active" }
      return saying.text("reason") == "default" && stage != "broken" ? "plan.not-broken" : nil
    }
    let id = saying.text("plan")
    let until = read.step("approval.granted", "proposal", id)?.saying.day("until")
    if stage != "approved" || on > until ?? .undated { return "plan.not-approved" }
    let leavesTrace = ["payment", "code"].contains(saying.text("acceptance"))
    if saying["document"] == nil, !leavesTrace { return "plan.evidence" }
    let isOther = read.proposals("plan").contains { other in
      other.saying.text("plan") != id
        && binding.contains(deals.deal(plan: other.saying, read).stage)
    }
    if isOther { return "plan.active" }
    return isBound ? "plan.settled" : nil
  }

  private func planned(_ saying: Saying) -> String? {
    if saying.items.isEmpty { return "plan.items" }
    if saying.items.reduce(0, { $0 + $1.amount }) != saying.sum("total") { return "plan.total" }
    if saying.items.contains(where: { $0.due < on }) { return "plan.past-day" }
    if isTold(saying, "plan") { return "plan.exists" }
    let old = saying.text("counters")
    if !old.isEmpty {
      let waits = ["proposed", "approved"]
      guard let stage = stage(old, read(on)), waits.contains(stage) else { return "plan.counters" }
    }
    return isBound ? "plan.settled" : nil
  }

  private func stage(_ plan: String, _ read: NaiveArrangements.File) -> String? {
    let first = read.proposals("plan").first { $0.saying.text("plan") == plan }
    return first.map { deals.deal(plan: $0.saying, read).stage }
  }

  // MARK: - Approvals

  // Of a plan that waits for it, by somebody else, of any level above none. Of what else there is
  // to allow nobody here knows.
  func granted(_ saying: Saying) -> String? {
    if saying.text("action") == "settlement" { return "approval.settlement" }
    if saying.text("action") != "plan" { return nil }
    if let unknown { return unknown }
    if on > page.today { return "day.future" }
    let (read, id) = (read(on), saying.text("proposal"))
    let first = read.proposals("plan").first { $0.saying.text("plan") == id }
    guard let first, stage(id, read) == "proposed" else { return "approval.proposal" }
    if saying.text("approver") == first.told.actor { return "approval.own-proposal" }
    if saying.number("approver_level") ?? 0 < 1 { return "approval.level" }
    let total = first.saying.items.reduce(0) { $0 + $1.amount }
    return saying["amount"] != nil && saying.sum("amount") < total ? "approval.limit" : nil
  }
}

extension Saying {
  // Whether a check found something.
  fileprivate var hasFailed: Bool {
    guard case .list(let checks)? = self["checks"] else { return false }
    return checks.contains { check in
      guard case .group(let fields) = check else { return false }
      return fields.contains { field in
        if case .text("failed") = field.word { return field.name == "result" }
        return false
      }
    }
  }
}
