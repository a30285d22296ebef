/// Reasons for delay added up: what people said of why they do not pay, how many accounts and how
/// much money it stands for, and what nobody has a reason for.
///
/// An account's own reason is the one told last in the period; its money stands in that line alone,
/// so that the lines of what is overdue add up to what is overdue. Accounts belong to the bucket
/// and the holder of the day asked about.
package struct DelayReasons: Book {
  /// `show reasons`.
  package static let name = "reasons"

  private struct Line: Hashable, Sendable {
    var line: PeriodLine
    // Key of the code; `.none` where nobody told one.
    var reason: TextKey
  }

  private struct Tally: Hashable, Sendable {
    var told: Int64 = 0
    var accounts: Int64 = 0
    var last: Int64 = 0
    var overdueAccounts: Int64 = 0
    var overdue: Int128 = 0
    // An event that has the code, for codes of no list.
    var seq = Position.max

    mutating func add(_ other: Tally) {
      told += other.told
      accounts += other.accounts
      last += other.last
      overdueAccounts += other.overdueAccounts
      overdue += other.overdue
      seq = min(seq, other.seq)
    }
  }

  let from: Day
  let asOf: Day
  var lines: PeriodLines
  private var tallies: [Line: Tally] = [:]

  /// Nothing told yet, in the days from `from` to `asOf`.
  package init(by: PeriodGrouping, from: Day, asOf: Day) {
    self.from = from
    self.asOf = asOf
    lines = PeriodLines(by: by, opening: asOf)
  }

  /// Reasons; by holders allocations too.
  package var reads: Desk.Reads {
    lines.holders == nil ? .delays : [.delays, .allocations]
  }
  /// Every account: who owes and gave no reason has a line too.
  package var leads: Desk.Reads { [] }

  /// Counts what was told about an account, and lays its overdue to the reason told last.
  package mutating func take(_ account: borrowing AccountView) {
    let days = from.rawValue...max(from, asOf).rawValue
    let line = lines.line(of: account, bucket: account.bucket)
    var last: Delay.Row?
    var seen: [TextKey] = []
    for row in account.desk.delays.rows where days.contains(row.day) {
      if last.map({ $0.precedes(row) }) ?? true { last = row }
      guard account.isFirst else { continue }
      var tally = Tally(told: 1, seq: row.seq)
      if !seen.contains(row.reason) {
        seen.append(row.reason)
        tally.accounts = 1
      }
      tallies[Line(line: line, reason: row.reason), default: Tally()].add(tally)
    }
    let overdue = account.reckoning.overdue
    guard last != nil || overdue > 0 else { return }
    let key = Line(line: line, reason: last?.reason ?? .none)
    tallies[key, default: Tally()].add(
      Tally(
        last: last != nil && account.isFirst ? 1 : 0, overdueAccounts: overdue > 0 ? 1 : 0,
        overdue: Int128(overdue), seq: last?.seq ?? .max))
  }

  /// Joins what was told about other accounts.
  package mutating func merge(_ other: DelayReasons) {
    lines.merge(other.lines)
    for (key, more) in other.tallies { tallies[key, default: Tally()].add(more) }
  }

  /// Inside a line the reason that most is overdue for comes first, and what has none last.
  package func sheet(_ naming: Naming) -> Sheet {
    var table = Sheet(
      title: "Reasons for delay told from \(from) to \(asOf)",
      columns: lines.column + [
        .init("currency"), .init("reason"), .init("told", .integer), .init("accounts", .integer),
        .init("last_accounts", .integer), .init("overdue_accounts", .integer),
        .init("overdue", .money), .init("overdue_bp", .integer, ratio: []),
      ])
    var sums: [PeriodLine: Int128] = [:]
    for (key, tally) in tallies { sums[key.line, default: 0] += tally.overdue }
    for (line, name) in lines.ordered(sums.keys, naming) {
      let rows = tallies.filter { $0.key.line == line }.map {
        (name: DelayReasons.code($0.key.reason, $0.value.seq, naming), tally: $0.value)
      }
      let sorted = rows.sorted {
        ($0.name == DelayReasons.none ? 1 : 0, -$0.tally.overdue, $0.name)
          < ($1.name == DelayReasons.none ? 1 : 0, -$1.tally.overdue, $1.name)
      }
      for (reason, tally) in sorted {
        let share = Ratio(tally.overdue, of: sums[line] ?? 0).basisPoints
        table.rows.append(
          lines.cell(name) + [
            .text(line.currency.code), .text(reason), .integer(tally.told),
            .integer(tally.accounts), .integer(tally.last), .integer(tally.overdueAccounts),
            .money(tally.overdue, line.currency), share.map { .integer($0) } ?? .none,
          ])
      }
    }
    table.definitions = DelayReasons.definitions
    table.notes.append(lines.sentence)
    return table
  }

  private static let none = "none_told"

  private static let definitions = [
    ("reason", "reason_for_delay of a contact; none_told: overdue, and no reason in the period"),
    ("told", "times it was told in the period"),
    ("accounts", "accounts for which it was told in the period"),
    ("last_accounts", "accounts for which it was told last"),
    ("overdue_accounts", "of these, the overdue ones, in each currency"),
    ("overdue", "what they are overdue: each account stands under the reason told last"),
    ("overdue_bp", "its ten-thousandths of what the line is overdue"),
  ]

  // A code of no list is asked of the event that has it.
  private static func code(_ key: TextKey, _ seq: Position, _ naming: Naming) -> String {
    if key == .none { return none }
    return Register.codes["reason_for_delay"]?.code(key)?.code
      ?? naming.text(seq, Key.ContactAttempted.reasonForDelay)
  }
}
