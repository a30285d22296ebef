/// The follow-ups due on a day: what a contact said was to be done by now, and promises whose day
/// has come, where nobody has tried since.
///
/// A next action is followed by the first attempt on its day or later, and replaced by a later
/// attempt that names another. A promise is followed by an attempt on its day or, once it has
/// failed, after its last one; what was kept, withdrawn or replaced needs none. Accounts that must
/// be left alone stand below with the reason, as in the work queue.
package struct FollowUps: Book {
  /// The name scripts use.
  package static let name = "followups"

  private struct Line: Sendable {
    var account: UInt32
    var customer: String
    var currency: Currency
    var overdue: Int64
    /// The day it was to be followed, and the event that said so.
    var due: Int32
    var seq: Position
    /// What became of a promise, and its sum; nil for a next action.
    var promise: (verdict: Promise.Verdict, amount: Int64)?
    var tried: Contact.Row?
    var held: Allocation.Row?
    /// Why nobody may follow it.
    var leave: String?
  }

  let asOf: Day
  let collector: String?
  /// The key of the collector.
  package let holder: TextKey?
  private var lines: [Line] = []
  private var judge = Promise.Judge()

  /// An empty list of a day; with `collector`, of the accounts of that holder.
  package init(asOf: Day, collector: String?) {
    self.asOf = asOf
    self.collector = collector
    holder = collector.map { TextKey($0) }
  }

  /// Contacts and promises, who holds the account, and what bars it.
  package var reads: Desk.Reads {
    LeftAlone.reads.union([.promises, .contacts, .allocations])
  }
  /// Accounts with contacts or promises; of one holder, accounts that were ever given to somebody.
  package var leads: Desk.Reads { holder == nil ? [.promises, .contacts] : .allocations }
  /// Of one holder, only accounts he has.
  package func concerns(_ rows: borrowing Desk) -> Bool {
    guard let holder else { return true }
    return Allocation.holder(rows.allocations.rows, on: asOf)?.holder == holder
  }

  /// Takes what is to be followed on an account that is open.
  package mutating func take(_ account: borrowing AccountView) {
    if account.reckoning.closed { return }
    let contacts = account.desk.contacts.rows.filter { $0.day <= asOf.rawValue }.sorted {
      ($0.occurred, $0.seq) < ($1.occurred, $1.seq)
    }
    var line = Line(
      account: account.number, customer: account.debtor, currency: account.currency,
      overdue: account.reckoning.overdue, due: 0, seq: 0, tried: contacts.last)
    let first = lines.count
    if let at = contacts.lastIndex(where: { $0.nextOn != .min }) {
      (line.due, line.seq) = (contacts[at].nextOn, contacts[at].seq)
      let isFollowed = contacts[(at + 1)...].contains { $0.day >= line.due }
      if line.due <= asOf.rawValue, !isFollowed { lines.append(line) }
    }
    judge.judge(account, asOf: asOf)
    let last = contacts.map(\.day).max() ?? .min
    for item in judge.items where item.row.due <= asOf.rawValue {
      guard item.verdict != .kept, !item.verdict.isEnded else { continue }
      let waits = item.waits(on: asOf)
      if waits ? last >= item.row.due : last > item.row.last { continue }
      (line.due, line.seq) = (item.row.due, item.row.seq)
      let verdict = item.row.due == asOf.rawValue && waits ? .dueToday : item.verdict
      line.promise = (waits && !verdict.isOpen ? .inGrace : verdict, item.row.amount)
      lines.append(line)
    }
    if lines.count == first { return }
    let leave = LeftAlone.protection(account, asOf)
    let held = Allocation.holder(account.desk.allocations.rows, on: asOf)
    for index in first..<lines.count { (lines[index].leave, lines[index].held) = (leave, held) }
  }

  /// Joins the lines of other accounts.
  package mutating func merge(_ other: FollowUps) { lines += other.lines }

  /// Lines by the day they were due; below them those that are left alone.
  package func sheet(_ naming: Naming) -> Sheet {
    var table = Sheet(
      title: "Follow-ups due\(collector.map { " of \($0)" } ?? "") on \(asOf)",
      columns: [
        .init("account"), .init("due_on", .day), .init("days_late", .integer), .init("what"),
        .init("promise"), .init("customer"), .init("currency"), .init("amount", .money),
        .init("overdue", .money), .init("holder"), .init("last_contact", .day),
        .init("last_outcome"), .init("leave"), .init("ref", .integer),
      ])
    table.keys = 1
    let named = naming.ordered(lines, of: \.account) { ($0.due, $0.seq) }
    for wanted in [true, false] {
      for (account, line) in named where (line.leave == nil) == wanted {
        table.rows.append(row(account, line, naming))
      }
    }
    let left = lines.count { $0.leave != nil }
    table.notes.append(
      "\(lines.count - left) to follow, \(left) left alone for the reason given. What was tried "
        + "since is followed.")
    return table
  }

  private func row(_ account: String, _ line: Line, _ naming: Naming) -> [Sheet.Cell] {
    let (due, isPromise) = (Day(rawValue: line.due), line.promise != nil)
    let what = line.promise.map { "promise \($0.verdict.code)" }
    return [
      .text(account), .day(due), .integer(Int64(asOf - due)),
      .text(what ?? naming.text(line.seq, Key.ContactAttempted.nextAction)),
      .text(isPromise ? naming.text(line.seq, Key.PromiseMade.promise) : ""),
      .text(line.customer), .text(line.currency.code),
      line.promise.map { .money(Int128($0.amount), line.currency) } ?? .none,
      .money(Int128(line.overdue), line.currency),
      .text(line.held.map { naming.text($0.seq, Key.AccountAllocated.to) } ?? ""),
      line.tried.map { .day(Day(rawValue: $0.day)) } ?? .none,
      .text(line.tried.map { naming.text($0.seq, Key.ContactAttempted.result) } ?? ""),
      .text(line.leave ?? ""), .integer(Int64(line.seq)),
    ]
  }
}
