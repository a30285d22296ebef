package import Ledger

/// A second model of settlements and plans: each is read again from all that was told of it, and
/// the account's money is laid on its payments by hand. It shares no rule with the ledger.
package struct NaiveArrangements: Sendable {
  private let desk: NaiveDesk

  /// A model of a life.
  package init(_ desk: NaiveDesk) { self.desk = desk }

  // One sum to pay, and what was paid of it.
  struct Owed {
    var due: Day, amount: Int64
    var paid: Int64 = 0, inTime: Int64 = 0
    var isPaid: Bool { paid >= amount }
    func isMissed(_ day: Day) -> Bool { day >= due && inTime < amount }
  }

  typealias Word = (told: NaiveDesk.Told, saying: Saying)
  typealias Money = [(id: String, day: Day, left: Int64)]

  /// What one settlement or plan has come to.
  struct Deal {
    var stage: String
    var ended: Day?
    var owed: [Owed]
  }

  /// The same with what it is about.
  struct Open {
    var id: String, isPlan: Bool, stage: String
    var owed: [Owed], total: Int64, outstanding: Int64
  }

  /// Settlements and plans of an account that are not over.
  func open(_ file: File) -> [Open] {
    let over = [
      "returned", "rejected", "expired", "lapse_declared", "executed", "superseded", "countered",
      "completed", "cancelled",
    ]
    return file.words.compactMap { _, saying -> Open? in
      let isPlan = saying.type == "plan.proposed"
      guard isPlan || saying.type == "settlement.proposed" else { return nil }
      let deal = isPlan ? deal(plan: saying, file) : deal(settlement: saying, file)
      if over.contains(deal.stage) { return nil }
      let total = isPlan ? deal.owed.reduce(0) { $0 + $1.amount } : saying.sum("offer")
      return Open(
        id: saying.text(isPlan ? "plan" : "settlement"), isPlan: isPlan, stage: deal.stage,
        owed: deal.owed, total: total, outstanding: saying.sum("outstanding"))
    }
  }

  /// What one account was told, in the order of the world, and its money.
  package struct File {
    var account: String, asOf: Day
    var words: [Word]
    /// What has cleared.
    var money: Money
  }

  /// The files of all accounts, read once for both registers.
  package func files(asOf: Day, knownAt: UInt64) -> [File] {
    let money = desk.model.money(asOf: asOf, knownAt: knownAt)
    return desk.standing(knownAt).map { file($0, $1, money[$0] ?? [], asOf) }
  }

  /// The file of an account: what was told of it, and its money.
  func file(_ account: String, _ told: [NaiveDesk.Told], _ money: Money, _ asOf: Day) -> File {
    let words = told.filter { NaiveArrangements.day($0) <= asOf }
      .sorted { $0.precedes($1) }.compactMap { one in one.said.map { (one, $0) } }
    let uncleared = words.isEmpty ? [] : desk.uncleared(told, asOf)
    return File(
      account: account, asOf: asOf, words: words,
      money: money.filter { !uncleared.contains($0.id) })
  }

  /// What both sides are bound by and of which nothing was missed before the day, a settlement
  /// before a plan, the latest of each; and the first sum of it that is not paid.
  func agreed(_ file: File) -> (what: String, next: Owed?)? {
    let yesterday = file.asOf - 1
    let settled = file.proposals("settlement").map { deal(settlement: $0.saying, file) }
      .last { deal in
        ["accepted", "part_paid", "honoured"].contains(deal.stage)
          || deal.stage == "lapsed" && !deal.owed.contains { $0.isMissed(yesterday) }
      }
    if let settled { return ("settlement", settled.owed.first { !$0.isPaid }) }
    let planned = file.proposals("plan").map { deal(plan: $0.saying, file) }.last { deal in
      ["active", "behind", "broken"].contains(deal.stage)
        && !deal.owed.contains { !$0.isPaid && $0.isMissed(yesterday) }
    }
    return planned.map { ("plan", $0.owed.first { !$0.isPaid }) }
  }

  private static func day(_ told: NaiveDesk.Told) -> Day {
    told.said?.type == "settlement.executed" ? told.valueDate ?? told.on : told.on
  }

  private func pay(_ items: [(due: Day, amount: Int64)], _ file: File, from: Day?, to: Day?)
    -> [Owed]
  {
    var owed = items.map { Owed(due: $0.due, amount: $0.amount) }
    owed = owed.enumerated().sorted { ($0.element.due, $0.offset) < ($1.element.due, $1.offset) }
      .map(\.element)
    guard let from else { return owed }
    for receipt in file.money {
      guard from <= receipt.day, receipt.day <= to ?? .undated else { continue }
      var left = receipt.left
      for index in owed.indices where !owed[index].isPaid {
        let part = min(left, owed[index].amount - owed[index].paid)
        owed[index].paid += part
        if receipt.day <= owed[index].due { owed[index].inTime += part }
        left -= part
      }
    }
    return owed
  }

  // MARK: - Settlements

  /// A line has settlement, account, outstanding, offer, waived, haircut, proposed_on, proposer,
  /// checker, approver, level, needed, approved_on, offered_on, valid_until, accepted_on, payments,
  /// paid_payments, paid, next_due, stage, ended_on and alert.
  package func settlements(_ files: [File]) -> [String] {
    files.flatMap { file in
      file.words.filter { $0.saying.type == "settlement.proposed" }
        .map { settlement($0.told, $0.saying, file) }
    }.sorted()
  }

  func deal(settlement saying: Saying, _ file: File) -> Deal {
    let id = saying.text("settlement")
    func step(_ name: String) -> Word? { file.step(name, "settlement", id) }
    let (approved, accepted) = (step("settlement.approved"), step("settlement.accepted"))
    let (offered, executed) = (step("settlement.offered"), step("settlement.executed"))
    let lapse = step("settlement.lapse_declared")
    var declined = file.words.first {
      $0.saying.type == "approval.declined" && $0.saying.text("proposal") == id
    }
    // What was decided first holds.
    if let no = declined, let approved, approved.told.precedes(no.told) { declined = nil }
    let heirs = file.words.filter {
      $0.saying.type == "settlement.proposed" && $0.saying.text("supersedes") == id
    }.map { $0.saying.text("settlement") }
    let superseded = file.words.first {
      $0.saying.type == "settlement.approved" && heirs.contains($0.saying.text("settlement"))
    }?.told.on
    let until = saying.day("valid_until") ?? .none
    let end = [superseded, lapse?.told.on].compactMap { $0 }.min()
    let owed = pay(saying.items, file, from: accepted?.told.on, to: end)
    let missed = owed.first { $0.isMissed(file.asOf) }
    var (stage, ended): (String, Day?) = ("proposed", nil)
    if step("settlement.validated") != nil { stage = "validated" }
    if approved != nil { stage = "approved" }
    if offered != nil { stage = "offered" }
    if file.asOf > until { (stage, ended) = ("expired", until) }
    if accepted != nil {
      (stage, ended) = (owed.contains { $0.paid > 0 } ? "part_paid" : "accepted", nil)
      if owed.allSatisfy(\.isPaid) { stage = "honoured" }
      if let missed { (stage, ended) = ("lapsed", missed.due) }
    }
    if let declined {
      (stage, ended) = (
        declined.saying.flag("returned") ? "returned" : "rejected", declined.told.on
      )
    }
    if let lapse { (stage, ended) = ("lapse_declared", lapse.told.on) }
    if let superseded { (stage, ended) = ("superseded", superseded) }
    if let executed { (stage, ended) = ("executed", NaiveArrangements.day(executed.told)) }
    return Deal(stage: stage, ended: ended, owed: owed)
  }

  private func settlement(_ at: NaiveDesk.Told, _ saying: Saying, _ file: File) -> String {
    let id = saying.text("settlement")
    func step(_ name: String) -> Word? { file.step(name, "settlement", id) }
    let (approved, accepted) = (step("settlement.approved"), step("settlement.accepted"))
    let (offered, executed) = (step("settlement.offered"), step("settlement.executed"))
    let deal = deal(settlement: saying, file)
    let (stage, ended, owed) = (deal.stage, deal.ended, deal.owed)
    let until = saying.day("valid_until") ?? .none
    let paid = owed.reduce(0) { $0 + $1.paid }
    let isPaid = owed.allSatisfy(\.isPaid)
    let binds = ["accepted", "part_paid", "honoured"].contains(stage)
    let next = binds ? owed.first { !$0.isPaid }?.due : nil
    let (outstanding, waived) = (saying.sum("outstanding"), saying.sum("waived"))
    let isFurther = offered != nil || accepted != nil || executed != nil
    var alerts = conflicts(at.actor, approved, outstanding, isFurther: isFurther)
    if executed != nil, !isPaid { alerts.append("waived_before_clearance") }
    let isOpen = [
      "proposed", "validated", "approved", "offered", "accepted", "part_paid",
    ].contains(stage)
    if isOpen, let last = binds ? next : until, file.asOf <= last, last - file.asOf <= 7 {
      alerts.append("lapses_soon")
    }
    func date(_ word: Word?) -> String { word.map { "\($0.told.on)" } ?? "" }
    return [
      id, file.account, "\(outstanding)", "\(saying.sum("offer"))", "\(waived)",
      "\((waived * 20_000 + outstanding) / (2 * outstanding))", "\(at.on)", at.actor,
      step("settlement.validated")?.told.actor ?? "", approved?.saying.text("approver") ?? "",
      approved?.saying.number("approver_level").map { "\($0)" } ?? "",
      "\(NaiveArrangements.level(waived, outstanding))", date(approved), date(offered),
      "\(until)", date(accepted), "\(owed.count)", "\(owed.filter(\.isPaid).count)", "\(paid)",
      next.map { "\($0)" } ?? "", stage, ended.map { "\($0)" } ?? "",
      alerts.joined(separator: " "),
    ].joined(separator: ",")
  }

  private func conflicts(
    _ proposer: String, _ approved: Word?, _ outstanding: Int64, isFurther: Bool
  ) -> [String] {
    guard let saying = approved?.saying else { return isFurther ? ["not_approved"] : [] }
    let isOwn = saying.text("approver") == proposer
    let needed = NaiveArrangements.level(saying.sum("waived"), outstanding)
    let isBeyond = saying.number("approver_level") ?? 0 < needed
    return (isOwn ? ["own_proposal"] : []) + (isBeyond ? ["beyond_level"] : [])
  }

  // A tenth, a quarter, a half, all.
  static func level(_ waived: Int64, _ outstanding: Int64) -> Int {
    if waived * 10 <= outstanding { return 1 }
    if waived * 4 <= outstanding { return 2 }
    return waived * 2 <= outstanding ? 3 : 4
  }

  // MARK: - Plans

  /// `plan,account,asked_by,proposed_on,proposer,approver,agreed_on,document,total,instalments,
  /// paid_instalments,paid,missed,next_due,next,days_behind,stage,ended_on,reason`.
  package func plans(_ files: [File]) -> [String] {
    files.flatMap { file in
      file.words.filter { $0.saying.type == "plan.proposed" }
        .map { plan($0.told, $0.saying, file) }
    }.sorted()
  }

  func deal(plan saying: Saying, _ file: File) -> Deal {
    let (id, asOf) = (saying.text("plan"), file.asOf)
    func step(_ name: String, _ key: String = "plan") -> Word? { file.step(name, key, id) }
    let (agreed, cancelled) = (step("plan.agreed"), step("plan.cancelled"))
    let granted = step("approval.granted", "proposal")
    let declined = granted == nil ? step("approval.declined", "proposal") : nil
    let isCountered = file.words.contains { $0.saying.text("counters") == id }
    let owed = pay(saying.items, file, from: agreed?.told.on, to: cancelled?.told.on)
    let behind = owed.filter { !$0.isPaid && $0.isMissed(asOf) }.count
    let stage: String
    if cancelled != nil {
      stage = "cancelled"
    } else if agreed == nil {
      let no = declined.map { $0.saying.flag("returned") ? "returned" : "rejected" }
      stage = isCountered ? "countered" : granted != nil ? "approved" : no ?? "proposed"
    } else if owed.allSatisfy(\.isPaid) {
      stage = "completed"
    } else if behind == 0 {
      stage = "active"
    } else {
      stage = behind >= 2 || owed.allSatisfy { $0.due <= asOf } ? "broken" : "behind"
    }
    return Deal(stage: stage, ended: cancelled?.told.on ?? declined?.told.on, owed: owed)
  }

  private func plan(_ at: NaiveDesk.Told, _ saying: Saying, _ file: File) -> String {
    let (id, asOf) = (saying.text("plan"), file.asOf)
    func step(_ name: String, _ key: String = "plan") -> Word? { file.step(name, key, id) }
    let (agreed, cancelled) = (step("plan.agreed"), step("plan.cancelled"))
    let granted = step("approval.granted", "proposal")
    let deal = deal(plan: saying, file)
    let (stage, ended, owed) = (deal.stage, deal.ended, deal.owed)
    let isOver = ["countered", "returned", "rejected", "completed", "cancelled"].contains(stage)
    let next = isOver ? nil : owed.first { !$0.isPaid }
    let binds = ["active", "behind", "broken"].contains(stage)
    let late = binds ? next.map { max(0, asOf - $0.due) } ?? 0 : 0
    let last = min(asOf, cancelled?.told.on ?? asOf)
    let missed = agreed == nil ? 0 : owed.filter { $0.isMissed(last) }.count
    return [
      id, file.account, saying.text("proposed_by"), "\(at.on)", at.actor,
      granted?.saying.text("approver") ?? "", agreed.map { "\($0.told.on)" } ?? "",
      agreed?.saying.text("document") ?? "", "\(owed.reduce(0) { $0 + $1.amount })",
      "\(owed.count)", "\(owed.filter(\.isPaid).count)", "\(owed.reduce(0) { $0 + $1.paid })",
      "\(missed)", next.map { "\($0.due)" } ?? "",
      next.map { "\($0.amount - $0.paid)" } ?? "", late > 0 ? "\(late)" : "", stage,
      ended.map { "\($0)" } ?? "", cancelled?.saying.text("reason") ?? "",
    ].joined(separator: ",")
  }
}

extension NaiveArrangements.File {
  /// The first word of a name about a settlement or plan.
  func step(_ name: String, _ key: String, _ id: String) -> NaiveArrangements.Word? {
    words.first { $0.saying.type == name && $0.saying.text(key) == id }
  }

  /// All that was proposed of a noun.
  func proposals(_ noun: String) -> [NaiveArrangements.Word] {
    words.filter { $0.saying.type == noun + ".proposed" }
  }
}
