/// The contact report: what collectors did on their days, against what they do at least.
///
/// Attempts are outbound; who calls us is counted apart, so that nobody's rates grow by being
/// called. An account is counted once a line however often it was tried. By collector the report
/// also says how many accounts each was allocated on the last day, and how many of these anybody
/// tried: who was given accounts and tried none has a line too. The formulas are those of
/// `domain.md` 3.4.
package struct ContactReport: Book {
  /// The name scripts use.
  package static let name = "contact_report"

  /// What a line stands for.
  package enum Grouping: String, Sendable, CaseIterable {
    case collectorDay = "collector_day"
    case collector, day, total
  }

  private struct Slot: Hashable, Sendable {
    var actor: UInt32
    var day: Int32
  }

  let by: Grouping
  let from: Day
  let asOf: Day
  /// What is asked of a collector on a day.
  package var minimums = ProductivityMinimums.standard
  private var tallies: [Slot: ContactTally] = [:]
  private var seen: [Slot: Int8] = [:]
  // By collector: accounts allocated, and those of them that were tried.
  private var holders = Holders(by: .collector)
  private var covers: [Holder: Cover] = [:]

  private struct Cover: Hashable, Sendable {
    var allocated: Int64 = 0
    var attempted: Int64 = 0

    mutating func add(_ other: Cover) {
      allocated += other.allocated
      attempted += other.attempted
    }
  }

  /// An empty report of the days from `from` to `asOf`.
  package init(by: Grouping, from: Day, asOf: Day) {
    self.by = by
    self.from = from
    self.asOf = asOf
  }

  /// Attempts and promises; by collector allocations too.
  package var reads: Desk.Reads {
    by == .collector ? [.contacts, .promises, .allocations] : [.contacts, .promises]
  }
  /// Attempts and promises are counted, not money.
  package var reckons: Bool { false }

  private func key(_ actor: UInt32, _ day: Int32) -> Slot {
    Slot(
      actor: by == .collector || by == .collectorDay ? actor : 0,
      day: by == .day || by == .collectorDay ? day : 0)
  }

  /// Counts the attempts and promises of an account.
  package mutating func take(_ account: borrowing AccountView) {
    seen.removeAll(keepingCapacity: true)
    let days = from.rawValue...max(from, asOf).rawValue
    for row in account.desk.contacts.rows where days.contains(row.day) {
      let key = key(row.actor, row.day)
      let before = seen[key] ?? 0
      seen[key] = before | tallies[key, default: ContactTally()].add(row, before)
    }
    for row in account.desk.promises.rows
    where row.kind == .item && row.item == 1 && days.contains(row.made) {
      tallies[key(row.actor, row.made), default: ContactTally()].promises += 1
    }
    if by == .collector { cover(account, days) }
  }

  private mutating func cover(_ account: borrowing AccountView, _ days: ClosedRange<Int32>) {
    let held = Allocation.holder(account.desk.allocations.rows, on: asOf)
    let holder = holders.line(of: held, on: asOf, account.house)
    guard holder.line == .named else { return }
    let isTried = account.desk.contacts.rows.contains {
      days.contains($0.day) && $0.traits.contains(.outbound)
    }
    covers[holder, default: Cover()].add(Cover(allocated: 1, attempted: isTried ? 1 : 0))
  }

  /// Joins the counts of other accounts.
  package mutating func merge(_ other: ContactReport) {
    for (key, tally) in other.tallies { tallies[key, default: ContactTally()].add(tally) }
    for (key, more) in other.covers { covers[key, default: Cover()].add(more) }
    holders.merge(other.holders)
  }

  private static let coverColumns: [Sheet.Column] = [
    .init("allocated", .integer), .init("allocated_attempted", .integer),
    .init("coverage_bp", .integer, ratio: ["allocated_attempted", "allocated"]),
  ]

  /// A line a collector and day, or what else was asked for.
  package func sheet(_ naming: Naming) -> Sheet {
    let hasCollector = by == .collector || by == .collectorDay
    let hasDay = by == .day || by == .collectorDay
    let hasMinimum = by == .collectorDay
    var table = Sheet(
      title: "Contact report, \(from) to \(asOf)",
      columns: (hasDay ? [.init("day", .day)] : [])
        + (hasCollector ? [.init("collector")] : []) + ContactTally.columns
        + (hasMinimum ? [.init("short_of_minimum")] : [])
        + (by == .collector ? ContactReport.coverColumns : []))
    // Several actor numbers may be one person in several roles.
    var named: [String: [Int32: ContactTally]] = [:]
    for (key, tally) in tallies {
      let name = hasCollector ? naming.actor(key.actor) : ""
      named[name, default: [:]][key.day, default: ContactTally()].add(tally)
    }
    var covered: [String: Cover] = [:]
    for (holder, cover) in covers {
      let name = holders.name(holder, naming)
      covered[name, default: Cover()].add(cover)
      if named[name] == nil { named[name] = [0: ContactTally()] }
    }
    var short = 0
    let lines = named.flatMap { name, days in days.map { (day: $0, name: name, tally: $1) } }
    for line in lines.sorted(by: { ($0.day, $0.name) < ($1.day, $1.name) }) {
      var cells: [Sheet.Cell] = hasDay ? [.day(Day(rawValue: line.day))] : []
      if hasCollector { cells.append(.text(line.name)) }
      cells += line.tally.cells
      if hasMinimum {
        let missing = line.tally.missing(minimums)
        if !missing.isEmpty { short += 1 }
        cells.append(.text(missing))
      }
      if by == .collector {
        let cover = covered[line.name] ?? Cover()
        let coverage = Ratio(cover.attempted, of: cover.allocated).basisPoints
        cells += [
          .integer(cover.allocated), .integer(cover.attempted),
          coverage.map { .integer($0) } ?? .none,
        ]
      }
      table.rows.append(cells)
    }
    if by == .collector {
      table.notes.append(
        "Coverage is of the accounts allocated on \(asOf): those of them that anybody tried.")
    }
    if hasMinimum { table.notes.append("\(short) lines are short of a minimum.") }
    table.notes.append(
      "Rates are basis points of outbound attempts; promises are those of right-party contacts.")
    return table
  }
}

/// What was done in reaching people, and the rates that follow.
package struct ContactTally: Hashable, Sendable {
  /// Outbound attempts; those that connected; by whom they reached.
  package var attempts: Int64 = 0, connected: Int64 = 0, rightParty: Int64 = 0
  /// Attempts that reached somebody else.
  package var thirdParty: Int64 = 0
  /// Visits among the attempts, and those made by more than one.
  package var visits: Int64 = 0, joint: Int64 = 0
  /// Inbound contacts.
  package var inbound: Int64 = 0
  /// Promises made.
  package var promises: Int64 = 0
  /// Accounts attempted, and those with a right-party contact.
  package var accounts: Int64 = 0, accountsReached: Int64 = 0
  /// Accounts allocated; nil when nobody said.
  package var allocated: Int64?

  /// Nothing done.
  package init() {}

  /// Counts an attempt on an account of which this line saw `before` (1: an attempt, 2: a
  /// right-party contact), and returns what it has seen now.
  mutating func add(_ row: Contact.Row, _ before: Int8) -> Int8 {
    guard row.traits.contains(.outbound) else {
      inbound += 1
      return before
    }
    attempts += 1
    if row.traits.contains(.connected) { connected += 1 }
    if row.traits.contains(.thirdParty) { thirdParty += 1 }
    if row.traits.contains(.visit) { visits += 1 }
    if row.traits.contains([.visit, .joint]) { joint += 1 }
    if before & 1 == 0 { accounts += 1 }
    guard row.traits.contains(.rightParty) else { return before | 1 }
    rightParty += 1
    if before & 2 == 0 { accountsReached += 1 }
    return 3
  }

  mutating func add(_ other: ContactTally) {
    attempts += other.attempts
    connected += other.connected
    rightParty += other.rightParty
    thirdParty += other.thirdParty
    visits += other.visits
    joint += other.joint
    inbound += other.inbound
    promises += other.promises
    accounts += other.accounts
    accountsReached += other.accountsReached
    if let more = other.allocated { allocated = (allocated ?? 0) + more }
  }

  /// Accounts attempted of accounts allocated.
  package var coverage: Ratio { Ratio(accounts, of: allocated ?? 0) }
  /// Attempts to an account attempted; 3.0 is 30000.
  package var intensity: Ratio { Ratio(attempts, of: accounts) }
  /// Attempts to an account allocated.
  package var intensityOfAllocated: Ratio { Ratio(attempts, of: allocated ?? 0) }
  /// Connected of attempts.
  package var connect: Ratio { Ratio(connected, of: attempts) }
  /// Anybody reached of attempts.
  package var contact: Ratio { Ratio(rightParty + thirdParty, of: attempts) }
  /// Right-party contacts of attempts.
  package var rightPartyRate: Ratio { Ratio(rightParty, of: attempts) }
  /// Accounts with a right-party contact of accounts attempted.
  package var contactability: Ratio { Ratio(accountsReached, of: accounts) }
  /// Accounts with a right-party contact of accounts allocated.
  package var contactabilityOfAllocated: Ratio { Ratio(accountsReached, of: allocated ?? 0) }
  /// Promises of right-party contacts.
  package var promiseRate: Ratio { Ratio(promises, of: rightParty) }

  /// What is missing to the minimums: `attempts 12, visits 1`; empty when nothing is.
  package func missing(_ least: ProductivityMinimums) -> String {
    let pairs = [
      ("attempts", attempts, least.attempts), ("visits", visits, least.visits),
      ("right_party", rightParty, least.rightParty), ("promises", promises, least.promises),
    ]
    return pairs.filter { $0.1 < $0.2 }.map { "\($0.0) \($0.2 - $0.1)" }.joined(separator: ", ")
  }

  static var columns: [Sheet.Column] {
    [
      "attempts", "connected", "right_party", "third_party", "visits", "joint_visits", "inbound",
      "promises", "accounts", "accounts_reached",
    ].map { .init($0, .integer) } + [
      .init("intensity_bp", .integer, ratio: ["attempts", "accounts"]),
      .init("connect_bp", .integer, ratio: ["connected", "attempts"]),
      .init("contact_bp", .integer, ratio: []),
      .init("right_party_bp", .integer, ratio: ["right_party", "attempts"]),
      .init("contactability_bp", .integer, ratio: ["accounts_reached", "accounts"]),
      .init("promise_bp", .integer, ratio: ["promises", "right_party"]),
    ]
  }

  var cells: [Sheet.Cell] {
    let counts = [
      attempts, connected, rightParty, thirdParty, visits, joint, inbound, promises, accounts,
      accountsReached,
    ]
    let rates = [intensity, connect, contact, rightPartyRate, contactability, promiseRate]
    return counts.map { .integer($0) } + rates.map { $0.basisPoints.map { .integer($0) } ?? .none }
  }
}
