import Ledger

/// The house's own work: targets of people, firms and units for days, months, quarters and a year,
/// some corrected; tasks that are late, replaced or forgotten; collectors' reports that come back;
/// reviews, shifts, publications, imports, checkpoints, findings looked at, rules proposed. It
/// speaks of the units and people of `Organisation`. Its chance is its own.
struct OfficeLife {
  private var teller: Teller
  private let boss = Doer(role: .supervisor, number: 1)
  private let accounts: Int
  private var tasks = 0

  init(_ accounts: Int, seed: UInt64) {
    self.accounts = accounts
    teller = Teller(Chance(seed: seed ^ 0x0FF1, stream: 0), wrong: 120)
  }

  /// Lives through the whole story.
  mutating func live(_ scribe: inout Scribe) {
    let days = scribe.last - scribe.first
    for month in 0..<max(1, days / 30 + 1) {
      guard let first = scribe.first.adding(months: month)?.startOfMonth else { continue }
      aim(at: first, &scribe)
      close(first, month, &scribe)
    }
    for _ in 0..<max(12, accounts / 4) {
      assign(on: scribe.first + teller.chance.pick(1...max(2, days - 10)), nil, &scribe)
    }
    for number in 1...6 { work(number, &scribe) }
  }

  private mutating func tell(_ saying: Saying, by doer: Doer, on day: Day, _ scribe: inout Scribe) {
    teller.tell(saying, by: doer, on: day, &scribe)
  }

  // MARK: - Targets

  private mutating func aim(at first: Day, _ scribe: inout Scribe) {
    let month = first.civil.month
    var periods = ["month"]
    if month % 3 == 1 { periods.append("quarter") }
    if month == 4 { periods.append("year") }
    for period in periods {
      let size = Int64(period == "month" ? 1 : period == "quarter" ? 3 : 12)
      for number in 1...4 {
        set("party", "collector-\(number)", period, first, size, &scribe)
      }
      for number in 1...2 { set("agency", "agency-\(number)", period, first, size, &scribe) }
      if teller.chance.happens(7000) { set("unit", "zone-1", period, first, size * 4, &scribe) }
      set("unit", "branch-2", period, first, size, &scribe)
    }
    for day in 0...20 { set("party", "collector-1", "day", first + day, 1, &scribe) }
  }

  private mutating func set(
    _ kind: String, _ scope: String, _ period: String, _ first: Day, _ size: Int64,
    _ scribe: inout Scribe
  ) {
    let bucket = teller.chance.happens(2500) ? teller.chance.pick(["current", "1-30"]) : nil
    let isMoney = teller.chance.happens(9000)
    let told = first - teller.chance.pick(-2...9)
    func saying(_ value: Int64) -> Saying {
      Saying(
        "target.set", on: .unit("zone-1"),
        [
          "scope_kind": .text(kind), "scope": .text(scope),
          "metric": isMoney ? "collected_amount" : "npa_recovery", "period": .text(period),
          "period_start": .day(first), "bucket": bucket.map { .text($0) },
          "value_money": isMoney ? .sum(value) : nil,
          "value_count": isMoney ? nil : .number(Int(value / 100_000)),
        ])
    }
    let value = Int64(teller.chance.pick(5...80)) * 100_000 * size
    tell(saying(value), by: boss, on: told, &scribe)
    // What was set wrong is set again.
    if teller.chance.happens(800) {
      tell(saying(value + 50_000), by: boss, on: told + teller.chance.pick(0...6), &scribe)
    }
  }

  // MARK: - Tasks

  private mutating func assign(on day: Day, _ old: String?, _ scribe: inout Scribe) {
    tasks += 1
    let id = "TK-\(tasks)"
    let due = day + teller.chance.pick(0...15)
    let kind = teller.chance.pick(["call", "visit", "trace", "investigate", "instruction"])
    tell(
      Saying(
        "task.assigned", on: .unit("branch-\(teller.chance.pick(1...6))"),
        [
          "task": .text(id), "kind": .text(kind),
          "assignee": .text("collector-\(teller.chance.pick(1...9))"), "department": "collections",
          "due_at": teller.chance.happens(8500) ? .noon(due) : nil,
          "replaces": old.map { .text($0) },
        ]), by: boss, on: day, &scribe)
    if tasks % 7 != 0, teller.chance.happens(7500) {
      tell(
        Saying(
          "task.completed", on: .unit("branch-1"),
          ["task": .text(id), "outcome": teller.chance.happens(7000) ? "done" : "not_possible"]),
        by: boss, on: day + teller.chance.pick(0...20), &scribe)
    }
    if old == nil, teller.chance.happens(2500) {
      assign(on: day + teller.chance.pick(1...9), id, &scribe)
    }
  }

  // MARK: - Reports

  // What one collector does: shifts and reports of some days.
  private mutating func work(_ number: Int, _ scribe: inout Scribe) {
    let who = Doer(role: .collector, number: UInt16(number))
    var day = scribe.first + teller.chance.pick(1...9)
    var count = 0
    while day < scribe.last {
      count += 1
      tell(
        Saying(
          "unit.shift_worked", on: .party(who.id),
          ["on": .day(day), "minutes": .number(teller.chance.pick(200...540))]), by: who, on: day,
        &scribe)
      report("RP-\(number)-\(count)", who, on: day, again: 0, &scribe)
      day = day + teller.chance.pick(15...40)
    }
  }

  private mutating func report(
    _ id: String, _ who: Doer, on day: Day, again: Int, _ scribe: inout Scribe
  ) {
    let came = day + again * 3 + teller.chance.pick(0...1)
    tell(
      Saying(
        "report.submitted", on: .party(who.id),
        [
          "report": .text(id), "on": .day(day),
          "collected": .sum(Int64(teller.chance.pick(1...90)) * 100_000),
          "receipts": .texts(["R1", "R2"]), "documents": .texts(["DO1-1"]),
        ]), by: who, on: came, &scribe)
    guard teller.chance.happens(8500) else { return }
    let isBack = teller.chance.happens(2500)
    tell(
      Saying(
        "report.reviewed", on: .party(who.id),
        [
          "report": .text(id), "reviewer": .text(boss.id),
          "outcome": isBack ? "returned" : "passed",
        ]), by: boss, on: came + 1, &scribe)
    if isBack {
      if again < 2 { report(id, who, on: day, again: again + 1, &scribe) }
      return
    }
    guard teller.chance.happens(8000) else { return }
    let isGranted = teller.chance.happens(8500)
    let account = UInt32(teller.chance.pick(1...max(1, accounts)))
    teller.tell(
      Saying(
        isGranted ? "approval.granted" : "approval.declined",
        [
          "action": "collector_report", "proposal": .text(id), "approver": "supervisor-0008",
          "returned": isGranted ? nil : .flag(true),
        ]), of: account, by: boss, on: came + teller.chance.pick(1...4), &scribe)
  }

  // MARK: - The end of a month

  private mutating func close(_ first: Day, _ month: Int, _ scribe: inout Scribe) {
    let day = first + teller.chance.pick(2...6)
    tell(
      Saying(
        "report.published", on: .unit("zone-1"),
        [
          "report": .text("PU-\(month)"), "kind": "aging", "as_of": .day(first - 1),
          "known_at": .number(1), "rules": "buckets@1", "sha256": teller.hash(),
        ]), by: boss, on: day, &scribe)
    tell(
      Saying(
        "report.review_held", on: .unit("zone-1"),
        [
          "kind": "delinquent_list", "attendees": .texts([boss.id, "collector-0001"]),
          "list_hash": teller.hash(),
        ]), by: boss, on: day + 1, &scribe)
    tell(
      Saying(
        "ledger.import_completed", on: .book,
        [
          "import": .text("IM-\(month)"), "file_sha256": teller.hash(), "rows": .number(90),
          "accepted": .number(88), "flagged": .number(2), "duplicates": .number(1),
          "rejected": .number(1),
        ]), by: .system, on: day, &scribe)
    tell(
      Saying(
        "ledger.checkpoint_published", on: .book,
        ["size": .number(1), "root_hash": teller.hash(), "place": "notary.example"]), by: .system,
      on: day, &scribe)
    let verdict = teller.chance.pick(["upheld", "excused", "false_alarm"])
    tell(
      Saying(
        "ledger.finding_reviewed", on: .book,
        [
          "finding": .text("FI-\(month)"), "verdict": .text(verdict),
          "reason": "Seen on the recording.",
        ]), by: boss, on: day, &scribe)
    if month % 3 == 0 {
      tell(
        Saying(
          "policy.proposed", on: Saying.Stream(kind: "policy", id: "buckets"),
          [
            "policy": "buckets", "kind": "buckets", "version": .number(40 + month),
            "effective_from": .day(first + 60), "body_hash": teller.hash(),
          ]), by: boss, on: day, &scribe)
    }
  }
}
