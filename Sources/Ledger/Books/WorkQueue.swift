/// The work queue of a day: which account first, why, and what to do; below it the accounts that
/// owe and must be left alone, each with the reason.
///
/// The score is V15 of `domain.md` 3.7 under the policy `priority_score`. What protects a person,
/// and what somebody else must do first, takes an account out of the queue and not out of the list.
package struct WorkQueue: Book {
  /// The name scripts use.
  package static let name = "queue"

  /// An account that owes.
  struct Line: Sendable {
    var account: UInt32
    var customer: String, bucket: String
    var currency: Currency
    var dpd: Int
    var daysToRoll: Int?
    var overdue: Int64, outstanding: Int64
    /// The last right-party contact and the last attempt.
    var reached: Contact.Row?, tried: Contact.Row?
    /// Day and sum of the promise that is waited for next.
    var promise: (due: Int32, amount: Int64)?
    var broken: Int64 = 0
    /// What was agreed and is kept so far.
    var agreed: LeftAlone.Arrangement?
    /// Day by which the next cheque in hand goes to the bank.
    var chequeBy: Day?
    /// What protects the person, and is no reason to leave the account alone.
    var badges: [String] = []
    /// Why it is not worked; nil for what is.
    var exclusion: String?
    /// How the person may be contacted, where that was asked.
    var channels = ""
    var score: Int64 = 0
  }

  let asOf: Day
  /// Only accounts this holder has; nil for all.
  let collector: String?
  /// His key.
  package let holder: TextKey?
  /// What limits contacts, for the column `channels`; without it there is none.
  package var limits: ContactLimits?
  private(set) var lines: [Line] = []
  private var judge = Promise.Judge()
  private var cheques = Cheque.Lives()

  /// An empty queue of a day; with `collector`, of the accounts of that holder.
  package init(asOf: Day, collector: String?) {
    self.asOf = asOf
    self.collector = collector
    holder = collector.map { TextKey($0) }
  }

  /// Everything the desk has heard that makes an account urgent, or bars it.
  package var reads: Desk.Reads {
    LeftAlone.reads.union([.promises, .contacts, .allocations, .cheques])
  }
  /// Of one holder, accounts that were ever given to somebody; else all.
  package var leads: Desk.Reads { holder == nil ? [] : .allocations }
  /// Of one holder, only accounts he has.
  package func concerns(_ rows: borrowing Desk) -> Bool {
    Allocation.isHeld(rows, by: holder, on: asOf)
  }

  /// Puts an account that owes into the queue or below it.
  package mutating func take(_ account: borrowing AccountView) {
    let figures = account.reckoning
    guard figures.overdue > 0, !figures.closed else { return }
    var line = Line(
      account: account.number, customer: account.debtor, bucket: account.bucket,
      currency: account.currency, dpd: figures.dpd, daysToRoll: WorkQueue.daysToRoll(account),
      overdue: figures.overdue, outstanding: figures.outstanding)
    for row in account.desk.contacts.rows where row.day <= asOf.rawValue {
      if (line.tried?.occurred ?? .min) <= row.occurred { line.tried = row }
      guard row.traits.contains(.rightParty) else { continue }
      if (line.reached?.occurred ?? .min) <= row.occurred { line.reached = row }
    }
    judge.judge(account, asOf: asOf)
    for item in judge.items {
      // The day is worked before it ends: what is due today is waited for, not broken yet.
      guard item.waits(on: asOf) else {
        if item.verdict == .broken { line.broken += 1 }
        continue
      }
      if line.promise.map({ item.row.due < $0.due }) ?? true {
        line.promise = (item.row.due, item.row.amount)
      }
    }
    cheques.follow(account.desk.cheques, until: asOf)
    // One that nobody is known to have received, or that went stale, goes to no bank.
    for life in cheques.all
    where life.state == .inHand && !life.isSecurity && life.received != 0
      && asOf <= account.terms.cheques.presentable(life.date)
    {
      let day = life.depositBy(account.terms)
      if line.chequeBy.map({ day < $0 }) ?? true { line.chequeBy = day }
    }
    line.agreed = LeftAlone.arrangement(account, asOf)
    line.exclusion = exclusion(account, line)
    line.badges = WorkQueue.badges(account, asOf)
    if line.exclusion == nil, let limits { line.channels = limits.channels(account, asOf) }
    line.score = score(line, account.terms.priority)
    lines.append(line)
  }

  // Days until the account is older than its band; nil in the last one, and where no day counts.
  private static func daysToRoll(_ account: borrowing AccountView) -> Int? {
    let days = account.reckoning.dpd
    guard let band = account.terms.buckets.bands.first(where: { days <= $0.to }), band.to < .max
    else { return nil }
    return band.to - days + 1
  }

  private func score(_ line: Line, _ terms: PriorityScore) -> Int64 {
    let silence = line.reached.map { Int64(asOf.rawValue) - Int64($0.day) } ?? 10
    return terms.weights.score(
      Priority.Signs(
        overdue: line.overdue, cap: terms.cap, daysToRoll: line.daysToRoll ?? .max,
        bucketWeight: terms.weight(of: line.bucket),
        isPromiseDue: line.promise?.due == asOf.rawValue, broken: line.broken,
        daysSinceContact: silence))
  }

  /// Joins the lines of other accounts.
  package mutating func merge(_ other: WorkQueue) { lines += other.lines }
}

// MARK: - Protections

extension WorkQueue {
  // The first reason to leave an account alone: what protects it, what was agreed, what is promised
  // or planned.
  private func exclusion(_ account: borrowing AccountView, _ line: Line) -> String? {
    if let reason = LeftAlone.protection(account, asOf) { return reason }
    if let reason = line.agreed?.reason(asOf) { return reason }
    if let promise = line.promise, promise.due > asOf.rawValue {
      return "promise due on \(Day(rawValue: promise.due))"
    }
    if let next = line.tried?.nextOn, next != .min, next > asOf.rawValue {
      return "next action on \(Day(rawValue: next))"
    }
    return nil
  }

  private static func badges(_ account: borrowing AccountView, _ asOf: Day) -> [String] {
    let (house, person) = (account.house, TextKey(account.debtor))
    var badges: [String] = []
    if !house.vulnerabilities(of: person, on: asOf).isEmpty { badges.append("vulnerable") }
    for kind in house.restrictions(on: person, account: account.key, asOf) {
      badges.append(house.name(kind) ?? "restricted")
    }
    return badges + account.flags
  }
}
