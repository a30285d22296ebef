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
  private var rows: ContiguousArray<Fact> = []
  private var turns: ContiguousArray<Int32> = []
  private var survey = Survey()
  private var reckoner = Reckoner()
  private var known: [Int: Judged] = [:]

  /// Whether anybody asks.
  let isNeeded: Bool

  // The terms of an account, with the labels of its buckets as rules compare them.
  private final class Judged {
    let terms: Terms
    let labels: [TextKey]

    init(_ terms: Terms) {
      self.terms = terms
      labels = terms.buckets.labels.map { TextKey($0) }
    }
  }

  init(_ wanted: Set<Derived>, _ policies: PolicyBook, today: Day) {
    (self.policies, self.today) = (policies, today)
    wants = (
      wanted.contains(.bucketEntered), wanted.contains(.arrearsCleared),
      wanted.contains(.cycleOpened), wanted.contains(.becameOverdue)
    )
    isNeeded = wants.bucket || wants.cured || wants.cycle || wants.overdue
  }

  /// Derives the verdicts of an account, in the currency of its terms, else of its first money,
  /// from its facts, but for those of entries that were taken back or had not happened `before` a
  /// moment.
  mutating func derive(
    _ account: UInt32, _ facts: Span<Fact>, _ parts: Span<Piece>, _ docket: Docket,
    before now: Int64, _ add: (Act) -> Void
  ) throws(WireError) {
    guard isNeeded else { return }
    rows.removeAll(keepingCapacity: true)
    survey.begin()
    for index in facts.indices {
      if facts[index].occurred > now || docket.isDead(facts[index].seq) { continue }
      survey.note(facts[index], asOf: .min)
      rows.append(facts[index])
    }
    guard let currency = survey.currencies.first, currency != 0 else { return }
    derive(account, currency, parts, try judged(account, docket), add)
  }

  private mutating func judged(_ account: UInt32, _ docket: Docket) throws(WireError) -> Judged {
    let number = docket.profile(account)
    // Accounts of one product and portfolio share their terms, unless a policy names accounts.
    let isShared = !policies.namesAccounts
    if isShared, let found = known[number] { return found }
    let profile = docket.profiles[number]
    let who = PolicySubject(
      product: profile.product, portfolio: profile.portfolio,
      account: docket.names.account(account))
    let made = Judged(try policies.terms(for: who, on: today))
    if isShared { known[number] = made }
    return made
  }

  // Days on which figures may change, and the last days of months, in order. Facts change figures
  // on their own day and, if they are told of an earlier one, never later; a month's last figures
  // say in which bucket the next one opens.
  private mutating func findTurns() -> Day? {
    turns.removeAll(keepingCapacity: true)
    // From when on a due was seen says something only where one has no date.
    let isDated = !rows.contains { $0.day >= Day.undated.rawValue || $0.kind == .opening }
    var first = Int32.max
    for row in rows {
      if row.day > Day.none.rawValue {
        first = min(first, row.day)
        turns.append(row.day)
      }
      if row.seen > Day.none.rawValue {
        first = min(first, row.seen)
        if !isDated { turns.append(row.seen) }
      }
    }
    let start = first == .max ? today : Day(rawValue: first)
    guard start <= today else { return nil }
    var month = start.endOfMonth
    while month <= today {
      turns.append(month.rawValue)
      month = (month + 1).endOfMonth
    }
    turns.sort()
    return start
  }

  private mutating func derive(
    _ account: UInt32, _ currency: UInt16, _ parts: Span<Piece>, _ judged: Judged,
    _ add: (Act) -> Void
  ) {
    guard let first = findTurns() else { return }
    let (wants, today, turns, rows) = (wants, today, turns, rows)
    let (buckets, labels) = (judged.terms.buckets, judged.labels)
    var (label, wasOverdue, next) = (TextKey.none, false, 0)
    var monthEnd = first.endOfMonth
    reckoner.walk(
      rows.span, parts: parts, currency: currency, from: first, to: today,
      terms: judged.terms
    ) { day, result in
      let index = buckets.index(
        days: result.dpd, writtenOff: result.writtenOff, undated: result.undated)
      let here = labels[index]
      let isOverdue = result.isOverdue
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
