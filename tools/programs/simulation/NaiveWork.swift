package import Ledger

/// A second model of the day's work: which accounts come first and why, which are left alone, what
/// is to be followed. Every account is read from its first word on for each question. It shares no
/// rule with the ledger.
package struct NaiveWork: Sendable {
  let desk: NaiveDesk
  let period: NaivePeriod
  private let deals: NaiveArrangements

  /// A model of a life.
  package init(_ desk: NaiveDesk) {
    self.desk = desk
    period = NaivePeriod(desk)
    deals = NaiveArrangements(desk)
  }

  /// All that is known at a vantage.
  struct Known {
    var asOf: Day
    var period: NaivePeriod.Known
    var heard: [String: [NaiveDesk.Told]]
    /// What was told of each person, on their own stream.
    var people: [String: [NaiveDesk.Told]]
  }

  func known(_ asOf: Day, _ knownAt: UInt64) -> Known {
    let heard = desk.standing(knownAt)
    let people = (heard[Life.name(0)] ?? []).filter { $0.said?.stream?.kind == "party" }
    return Known(
      asOf: asOf, period: period.known(knownAt), heard: heard,
      people: Dictionary(grouping: people) { $0.said?.stream?.id ?? "" })
  }

  /// One account on a day, as somebody knows it who has read all of its file.
  struct File {
    var account: String, customer: String, asOf: Day
    var told: [NaiveDesk.Told], story: [NaiveEvent]
    var stand: NaivePeriod.Stand?
    /// What was told of its customer.
    var person: [NaiveDesk.Told]
    /// Attempts to reach somebody, and what customers began, in the order of the world.
    var touches: [(told: NaiveDesk.Told, touch: Desking.Touch)]
    var items: [NaiveDesk.Promised]
    var held: String?

    var reached: NaiveDesk.Told? {
      touches.last { one in
        (one.touch.reached ?? NaiveDesk.fixed(one.touch.result)) == "right_party"
      }?.told
    }
  }

  func file(_ account: String, _ known: Known) -> File {
    let (told, asOf) = (known.heard[account] ?? [], known.asOf)
    let story = known.period.stories[account] ?? []
    let stand = period.stand(account, story, known.period, on: asOf, scheme: asOf)
    let customer = NaiveWork.customer(told)
    let touches = told.filter { $0.on <= asOf }.sorted { $0.precedes($1) }
      .compactMap { one in NaiveDesk.touch(one.deed).map { (one, $0) } }
    let money = (stand?.life.money ?? []).map { ($0.id, $0.event.day, $0.left) }
    return File(
      account: account, customer: customer, asOf: asOf, told: told, story: story, stand: stand,
      person: known.people[customer] ?? [], touches: touches,
      items: desk.promised(told, money, asOf),
      held: known.period.holders.holder(account) { $0.on <= asOf }?.name)
  }

  /// Whoever the account was last said to be opened for.
  static func customer(_ told: [NaiveDesk.Told]) -> String {
    var customer = ""
    for one in told {
      if case .opened(_, _, _, let debtor, _) = one.deed { customer = NaiveDesk.debtor(debtor) }
    }
    return customer
  }

  /// Every account's file at a vantage, read once for whoever asks.
  package struct Files {
    let known: Known
    let all: [File]
  }

  /// The files of all accounts of which anything is known.
  package func files(asOf: Day, knownAt: UInt64) -> Files {
    let known = known(asOf, knownAt)
    let accounts = known.heard.keys.filter { $0 != Life.name(0) }.sorted()
    return Files(known: known, all: accounts.map { file($0, known) })
  }

  // MARK: - The queue

  private struct Line {
    var file: File, row: NaiveRow
    var toRoll: Int?
    var promise: NaiveDesk.Promised?
    var broken = 0
    var agreed: (what: String, next: NaiveArrangements.Owed?)?
    var chequeBy: Day?
    var leave: String?
    var score: Int64 = 0
  }

  /// The queue of a collector or, with nil, of the house. A line has account, rank, customer,
  /// bucket, dpd, days_to_roll, overdue, outstanding, last_rpc, last_outcome, promise_due, pdc_due,
  /// badges, score, action, why, and by what the person may be contacted under a law.
  package func queue(of collector: String?, _ law: Law?, _ files: Files) -> [String] {
    let lines = files.all.compactMap { file -> Line? in
      guard let stand = file.stand, stand.row.overdue > 0, !stand.isClosed,
        collector == nil || file.held == collector
      else { return nil }
      return line(file, stand)
    }
    let worked = lines.filter { $0.leave == nil }.sorted { a, b in
      if a.score != b.score { return a.score > b.score }
      if a.row.overdue != b.row.overdue { return a.row.overdue > b.row.overdue }
      return a.file.account < b.file.account
    }
    return
      (worked.enumerated().map {
        text($1, rank: $0 + 1) + "," + NaiveWork.channels($1.file, law)
      } + lines.filter { $0.leave != nil }.map { text($0, rank: nil) + "," }).sorted()
  }

  private func line(_ file: File, _ stand: NaivePeriod.Stand) -> Line {
    let asOf = file.asOf
    var line = Line(file: file, row: stand.row)
    let terms = stand.life.terms
    if let last = terms.upTo.first(where: { stand.row.dpd <= $0 }), last < .max {
      line.toRoll = last - stand.row.dpd + 1
    }
    line.promise = file.items.filter { $0.waits(on: asOf) }.min { $0.due < $1.due }
    line.broken = file.items.count { $0.verdict == "broken" && !$0.waits(on: asOf) }
    let money = stand.life.money.map { ($0.id, $0.event.day, $0.left) }
    line.agreed = deals.agreed(deals.file(file.account, file.told, money, asOf))
    line.chequeBy = NaiveWork.chequeBy(file)
    line.leave = leave(line)
    let silent = file.reached.map { asOf - $0.on } ?? 10
    line.score = NaiveWork.score(line, silent)
    return line
  }

  // In hundredths: 40 for what is overdue against 60,000.00; 25, 15 or 5 for the days until it
  // rolls; 15 for any bucket; 10 for a promise of today; 2.5 for each of two broken ones; 0.5 for
  // each of ten silent days.
  private static func score(_ line: Line, _ silent: Int) -> Int64 {
    let cap: Int64 = 60_000_00
    let owed = min(line.row.overdue, cap)
    var score = (owed * 8000 + cap) / (2 * cap)
    let days = line.toRoll ?? 99
    score += days <= 3 ? 2500 : days <= 7 ? 1500 : 500
    score += 1500
    if line.promise?.due == line.file.asOf { score += 1000 }
    score += 250 * Int64(min(2, line.broken))
    score += 50 * Int64(min(10, silent))
    return score
  }

  private func leave(_ line: Line) -> String? {
    let (file, asOf) = (line.file, line.file.asOf)
    if let reason = NaiveWork.protection(file) { return reason }
    if let agreed = line.agreed {
      guard let next = agreed.next else { return "\(agreed.what) honoured" }
      if next.due > asOf { return "\(agreed.what) kept so far next sum due on \(next.due)" }
    }
    if let due = line.promise?.due, due > asOf { return "promise due on \(due)" }
    if let next = file.touches.last?.touch.next, next.on > asOf {
      return "next action on \(next.on)"
    }
    return nil
  }

  private func text(_ line: Line, rank: Int?) -> String {
    let (file, row) = (line.file, line.row)
    let points = "\(line.score / 100).\(line.score % 100 / 10)\(line.score % 10)"
    func day(_ day: Day?) -> String { day.map { "\($0)" } ?? "" }
    func number(_ number: Int?) -> String { number.map { "\($0)" } ?? "" }
    let figures = [
      row.bucket, "\(row.dpd)", number(line.toRoll), "\(row.overdue)", "\(row.outstanding)",
    ]
    let desk = [
      day(file.reached?.on), file.touches.last?.touch.result ?? "", day(line.promise?.due),
      day(line.chequeBy), NaiveWork.badges(file).joined(separator: " "),
    ]
    let task = rank == nil ? ["", "leave", line.leave ?? ""] : [points, action(line), why(line)]
    return ([file.account, number(rank), file.customer] + figures + desk + task)
      .joined(separator: ",")
  }

  private func action(_ line: Line) -> String {
    let asOf = line.file.asOf
    if let day = line.chequeBy, day <= asOf { return "deposit cheque" }
    if let promise = line.promise, promise.due <= asOf { return "collect promise" }
    if let next = line.agreed?.next, next.due <= asOf { return "collect instalment" }
    if line.broken > 0 || line.row.dpd > 60 { return "visit" }
    return line.file.reached == nil && !line.file.touches.isEmpty ? "trace" : "call"
  }

  private func why(_ line: Line) -> String {
    let asOf = line.file.asOf
    func days(_ count: Int) -> String { count == 1 ? "1 day" : "\(count) days" }
    func sum(_ minor: Int64) -> String {
      "\(Money(minor: minor, currency: Currency(rawValue: 356)))"
    }
    var reasons: [String] = []
    if let day = line.chequeBy, day <= asOf { reasons.append("cheque to deposit by \(day)") }
    if let promise = line.promise, promise.due <= asOf {
      reasons.append("\(sum(promise.amount)) promised for \(promise.due)")
    }
    if let agreed = line.agreed, let next = agreed.next {
      reasons.append("\(sum(next.amount - next.paid)) of the \(agreed.what) due on \(next.due)")
    }
    if let left = line.toRoll, left <= 7 { reasons.append("rolls in \(days(left))") }
    if line.broken > 0 { reasons.append("promises broken: \(line.broken)") }
    if let reached = line.file.reached {
      let ago = asOf - reached.on
      reasons.append(ago == 0 ? "reached today" : "reached \(days(ago)) ago")
    } else {
      reasons.append("never reached")
    }
    return reasons.joined(separator: "; ")
  }

  // MARK: - Follow-ups

  /// What is to be followed: `account,due_on,days_late,what,promise,customer,amount,overdue,holder,
  /// last_contact,last_outcome,leave,ref`.
  package func followUps(of collector: String?, _ files: Files) -> [String] {
    files.all.flatMap { file -> [String] in
      if file.stand?.isClosed ?? false { return [] }
      if let collector, file.held != collector { return [] }
      return followUps(file)
    }.sorted()
  }

  private func followUps(_ file: File) -> [String] {
    let asOf = file.asOf
    var due: [(day: Day, what: String, promise: String, amount: String, seq: UInt64)] = []
    if let at = file.touches.lastIndex(where: { $0.touch.next != nil }),
      let next = file.touches[at].touch.next, next.on <= asOf,
      !file.touches[(at + 1)...].contains(where: { $0.told.on >= next.on })
    {
      due.append((next.on, next.what, "", "", file.touches[at].told.seq))
    }
    let last = file.touches.map(\.told.on).max() ?? .none
    for item in file.items where item.due <= asOf {
      if ["kept", "withdrawn", "superseded"].contains(item.verdict) { continue }
      let waits = item.waits(on: asOf)
      if waits ? last >= item.due : last > item.last { continue }
      let verdict = !waits ? item.verdict : item.due == asOf ? "due_today" : "in_grace"
      due.append((item.due, "promise \(verdict)", item.name, "\(item.amount)", item.told.seq))
    }
    let leave = due.isEmpty ? "" : NaiveWork.protection(file) ?? ""
    return due.map { one in
      [
        file.account, "\(one.day)", "\(asOf - one.day)", one.what, one.promise, file.customer,
        one.amount, "\(file.stand?.row.overdue ?? 0)", file.held ?? "",
        file.touches.isEmpty ? "" : "\(file.touches[file.touches.count - 1].told.on)",
        file.touches.last?.touch.result ?? "", leave, "\(one.seq)",
      ].joined(separator: ",")
    }
  }
}
