import Ledger

/// Verdicts of the money fold that rules need: when an account became overdue and was cured, when
/// it entered a bucket, in which bucket a month of work began.
///
/// The figures are those of the ``Reckoner`` under the policies in force on as_of. A figure changes
/// only on the day of a fact or when the days reach the edge of a bucket, so the fold leaps from
/// one such day to the next instead of reckoning each day.
struct Deriving {
  private let policies: PolicyBook
  private let today: Day
  private let wants: (bucket: Bool, cured: Bool, cycle: Bool, overdue: Bool)
  private var facts = Facts { _ in .none }
  private var rows: ContiguousArray<Fact> = []
  private var turns: ContiguousArray<Int32> = []
  private var reckoner = Reckoner()
  private var known: [UInt64: Judged] = [:]

  /// Whether anybody asks.
  let isNeeded: Bool

  // The terms of an account, with the labels of its buckets as rules compare them.
  private struct Judged {
    var terms: Terms
    var labels: [TextKey]
  }

  init(_ wanted: Set<Derived>, _ policies: PolicyBook, today: Day) {
    (self.policies, self.today) = (policies, today)
    wants = (
      wanted.contains(.bucketEntered), wanted.contains(.arrearsCleared),
      wanted.contains(.cycleOpened), wanted.contains(.becameOverdue)
    )
    isNeeded = wants.bucket || wants.cured || wants.cycle || wants.overdue
  }

  /// Notes what an event says about the money of an account.
  mutating func note(_ event: borrowing EventView, _ account: UInt32) throws(WireError) {
    guard isNeeded, Facts.reads.contains(event.header.type) else { return }
    try facts.note(event, account: account, isSubject: event.header.account == account)
  }

  /// Derives the verdicts of an account of which everything was noted, and forgets what was noted.
  mutating func finish(_ accounts: [UInt32], _ docket: Docket, _ add: (Act) -> Void)
    throws(WireError)
  {
    for account in accounts {
      rows.removeAll(keepingCapacity: true)
      for index in facts.rows.indices where facts.accounts[index] == account {
        rows.append(facts.rows[index])
      }
      guard let currency = rows.lazy.map(\.currency).first(where: { $0 != 0 }) else { continue }
      derive(account, currency, try judged(account, docket), add)
    }
    facts.removeAll()
  }

  private mutating func judged(_ account: UInt32, _ docket: Docket) throws(WireError) -> Judged {
    let owner = docket.owners[Int(account)]
    // Accounts of one product and portfolio share their terms, unless a policy names accounts.
    let key = TextKey(owner.product + "\n" + owner.portfolio).rawValue
    let isShared = !policies.namesAccounts
    if isShared, let found = known[key] { return found }
    let who = PolicySubject(
      product: owner.product, portfolio: owner.portfolio, account: docket.names.account(account))
    let terms = try policies.terms(for: who, on: today)
    let made = Judged(terms: terms, labels: terms.buckets.labels.map { TextKey($0) })
    if isShared { known[key] = made }
    return made
  }

  // Days on which figures may change, and the last days of months, in order. Facts change figures
  // on their own day and, if they are told of an earlier one, never later; a month's last figures
  // say in which bucket the next one opens.
  private mutating func findTurns() -> Day? {
    turns.removeAll(keepingCapacity: true)
    for row in rows {
      if row.day > Day.none.rawValue { turns.append(row.day) }
      if row.seen > Day.none.rawValue { turns.append(row.seen) }
    }
    let first = Day(rawValue: turns.min() ?? today.rawValue)
    guard first <= today else { return nil }
    var month = first.endOfMonth
    while month <= today {
      turns.append(month.rawValue)
      month = (month + 1).endOfMonth
    }
    turns.sort()
    return first
  }

  private mutating func derive(
    _ account: UInt32, _ currency: UInt16, _ judged: Judged, _ add: (Act) -> Void
  ) {
    guard let first = findTurns() else { return }
    let (wants, today, turns, rows, parts) = (wants, today, turns, rows, facts.parts)
    let (buckets, labels) = (judged.terms.buckets, judged.labels)
    var (label, wasOverdue, next) = (TextKey.none, false, 0)
    var monthEnd = first.endOfMonth
    reckoner.walk(
      rows.span, parts: parts.span, currency: currency, from: first, to: today,
      terms: judged.terms
    ) { day, result in
      let index = buckets.index(
        days: result.dpd, writtenOff: result.writtenOff, undated: result.undated)
      let here = labels[index]
      let isOverdue = result.overdue > 0
      if isOverdue, !wasOverdue, wants.overdue { add(Act(.becameOverdue, account, day)) }
      if !isOverdue, wasOverdue, wants.cured { add(Act(.arrearsCleared, account, day)) }
      if here != label, result.exists, wants.bucket {
        add(Act(.bucketEntered, account, day, bucket: here))
      }
      if day == monthEnd {
        monthEnd = (day + 1).endOfMonth
        if result.exists, day < today, wants.cycle {
          add(Act(.cycleOpened, account, day + 1, bucket: here))
        }
      }
      (label, wasOverdue) = (here, isOverdue)
      while next < turns.count, turns[next] <= day.rawValue { next += 1 }
      var leap = next < turns.count ? Day(rawValue: turns[next]) : today + 1
      if isOverdue, let edge = Deriving.edge(result.dpd, buckets) { leap = min(leap, day + edge) }
      return leap
    }
  }

  // Days until the bucket may be another one, if days go on being counted.
  private static func edge(_ dpd: Int, _ buckets: Buckets) -> Int? {
    if dpd <= 0 { return 1 }
    guard let band = buckets.bands.first(where: { $0.from <= dpd && dpd <= $0.to }) else {
      return 1
    }
    return band.to == .max ? nil : band.to - dpd + 1
  }
}

extension Act {
  private static let work = TextKey("work"), noID = TextKey("")

  /// A verdict of the money fold. What a day-end says is known when the day is over; a cycle opens
  /// with its first day.
  fileprivate init(_ kind: Derived, _ account: UInt32, _ day: Day, bucket: TextKey? = nil) {
    var header = Header()
    header.type = kind.rawValue
    header.account = account
    let start = Int64(day.rawValue) * 86_400_000_000
    header.occurred = kind == .cycleOpened ? start : start + 86_399_000_000
    header.recorded = header.occurred
    header.day = day.rawValue
    self.init(header)
    id = Act.noID
    if kind == .cycleOpened {
      set(.cycle, Int64(bitPattern: Act.work.rawValue))
      set(.from, Int64(day.rawValue))
      set(.to, Int64(day.endOfMonth.rawValue))
    }
    if let bucket { set(.bucket, Int64(bitPattern: bucket.rawValue)) }
  }

  /// Whether it was derived from other acts and stands at a local time, not at an instant.
  var isLocal: Bool { type >= Derived.bucketEntered.rawValue && id == Act.noID }
}
