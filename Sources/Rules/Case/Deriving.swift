import Ledger

/// Verdicts of the money fold that rules need: when an account became overdue and was cured, when
/// it entered a bucket, in which bucket a month of work began.
///
/// The figures are those of the ``Reckoner`` under the policies in force on as_of. A figure changes
/// only on the day of a fact or when the days reach the edge of a bucket, so the fold leaps from
/// one such day to the next instead of reckoning each day.
struct Deriving {
  private let wanted: Set<Derived>
  private let policies: PolicyBook
  private let today: Day
  private var facts = Facts { _ in .none }
  private var reckoner = Reckoner()

  /// Whether anybody asks.
  let isNeeded: Bool

  init(_ wanted: Set<Derived>, _ policies: PolicyBook, today: Day) {
    let folded: Set<Derived> = [.bucketEntered, .arrearsCleared, .cycleOpened, .becameOverdue]
    self.wanted = wanted.intersection(folded)
    (self.policies, self.today) = (policies, today)
    isNeeded = !self.wanted.isEmpty
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
      var rows: ContiguousArray<Fact> = []
      for index in facts.rows.indices where facts.accounts[index] == account {
        rows.append(facts.rows[index])
      }
      guard let currency = rows.lazy.map(\.currency).first(where: { $0 != 0 }) else { continue }
      let owner = docket.owners[Int(account)]
      let who = PolicySubject(
        product: owner.product, portfolio: owner.portfolio, account: docket.names.account(account))
      let terms = try policies.terms(for: who, on: today)
      derive(account, rows, currency, terms, add)
    }
    facts.removeAll()
  }

  private mutating func derive(
    _ account: UInt32, _ rows: ContiguousArray<Fact>, _ currency: UInt16, _ terms: Terms,
    _ add: (Act) -> Void
  ) {
    let parts = facts.parts
    // Facts change figures on their own day and, if they are told of an earlier one, never later.
    var days = Set(rows.flatMap { [$0.day, $0.seen] })
    let first = days.filter { $0 > Day.none.rawValue }.min() ?? today.rawValue
    guard first <= today.rawValue else { return }
    // The figures of each month's last day say in which bucket the next one opens.
    var month = Day(rawValue: first).endOfMonth
    while month <= today {
      days.insert(month.rawValue)
      month = (month + 1).endOfMonth
    }
    var coming = days.filter { first <= $0 && $0 <= today.rawValue }.sorted()[...]
    var day = Day(rawValue: first)
    var (label, wasOverdue) = ("", false)
    while day <= today {
      let result = reckoner.reckon(
        rows.span, parts: parts.span, currency: currency, asOf: day, terms: terms)
      let index = terms.buckets.index(
        days: result.dpd, writtenOff: result.writtenOff, undated: result.undated)
      let here = terms.buckets.labels[index]
      let isOverdue = result.overdue > 0
      if isOverdue, !wasOverdue { add(act(.becameOverdue, account, day, [])) }
      if !isOverdue, wasOverdue { add(act(.arrearsCleared, account, day, [])) }
      if here != label, result.exists {
        add(act(.bucketEntered, account, day, [(.bucket, .text(here))]))
      }
      if day == day.endOfMonth, result.exists, day < today {
        let next = day + 1
        add(
          act(
            .cycleOpened, account, next,
            [
              (.cycle, .text("work")), (.from, .text(next.description)),
              (.to, .text(next.endOfMonth.description)), (.bucket, .text(here)),
            ]))
      }
      (label, wasOverdue) = (here, isOverdue)
      while let turn = coming.first, turn <= day.rawValue { coming.removeFirst() }
      var leap = coming.first.map { Day(rawValue: $0) } ?? today + 1
      if isOverdue, let edge = edge(result.dpd, terms.buckets) { leap = min(leap, day + edge) }
      day = leap
    }
  }

  // Days until the bucket may be another one, if days go on being counted.
  private func edge(_ dpd: Int, _ buckets: Buckets) -> Int? {
    if dpd <= 0 { return 1 }
    guard let band = buckets.bands.first(where: { $0.from <= dpd && dpd <= $0.to }) else {
      return 1
    }
    return band.to == .max ? nil : band.to - dpd + 1
  }

  private func act(
    _ kind: Derived, _ account: UInt32, _ day: Day, _ values: [(Property, Value)]
  ) -> Act {
    guard wanted.contains(kind) else { return Act.nobody }
    // What a day-end says is known when the day is over.
    let end = Moment(rawValue: (Int64(day.rawValue) + 1) * 86_400_000_000 - 1_000_000)
    let at = kind == .cycleOpened ? Moment(rawValue: Int64(day.rawValue) * 86_400_000_000) : end
    return Given(
      kind, account: nil, person: nil, at: ClockTime(moment: at, offset: 0), id: "",
      values: .map(values.map { Value.Pair($0.0.name, $0.1) })
    ).act(account: account)
  }
}

extension Act {
  /// An act of no type, which no case takes.
  static let nobody: Act = {
    var header = Header()
    header.type = .max
    return Act(header)
  }()

  /// Whether it was derived from other acts and stands at a local time, not at an instant.
  var isLocal: Bool { type >= Derived.bucketEntered.rawValue && id == TextKey("") }
}
