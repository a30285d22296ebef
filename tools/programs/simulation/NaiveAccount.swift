import Ledger

/// One account, lived through day by day.
struct NaiveAccount {
  /// Something owed: a due, a charge that stands alone, a claim.
  struct Owed {
    var id: String
    /// When it falls due (nil: nobody knows), and from when it is shown.
    var due: Day?
    var shown: Day
    /// Dues before charges of the same day, then in order of arrival.
    var order: (Int, UInt64)
    var raised = [Int64](repeating: 0, count: NaivePart.Kind.allCases.count)
    var paid = [Int64](repeating: 0, count: NaivePart.Kind.allCases.count)
    var cancelled = false

    func left(_ kind: Int) -> Int64 { raised[kind] - paid[kind] }
    var left: Int64 {
      var sum: Int64 = 0
      for kind in raised.indices { sum += left(kind) }
      return sum
    }
    func isDue(_ day: Day) -> Bool {
      if let due { return due <= day }
      return false
    }
    func precedes(_ other: Owed) -> Bool {
      ((due ?? .undated).rawValue, order.0, order.1) < (
        (other.due ?? .undated).rawValue, other.order.0, other.order.1
      )
    }
  }

  /// Money that came: what is left of it after it was taken back, and what of that still waits.
  struct Money {
    var event: NaiveEvent
    var id: String
    var wishes: [NaiveWish]
    var left: Int64
    var waits: Int64
  }

  let account: String
  let told: [NaiveEvent]
  let terms: NaiveTerms
  /// Times in which days are not counted.
  let pauses: [(from: Day, to: Day)]
  /// Sorted by `precedes`.
  var owed: [Owed] = []
  /// In the order in which money counts.
  var money: [Money] = []
  /// Charges by id: what is left to waive of each, and where it stands.
  var charges: [(id: String, owed: String, order: (Int, UInt64), kind: Int, left: Int64)] = []
  /// Since which day-end it is non-performing.
  var npaSince: Day?
  var isNPA: Bool { npaSince != nil }
  /// What was paid of what is owed: when, of what due date, how much.
  var splits: [(paid: Day, due: Day?, amount: Int64)] = []

  init(_ account: String, _ told: [NaiveEvent], _ terms: NaiveTerms) {
    self.account = account
    self.told = told
    self.terms = terms
    pauses = NaiveAccount.pauses(told, terms)
  }

  /// The row of a report at the end of a day.
  func row(asOf: Day) -> NaiveRow {
    var life = self
    life.live(until: asOf)
    return life.report(asOf)
  }

  /// Lives through all days up to one.
  mutating func live(until asOf: Day) {
    var first = asOf
    for event in told { first = min(first, event.day) }
    let claim = claim(asOf)
    if let claim { first = min(first, claim.day) }
    raiseDues()
    let byDay = Dictionary(grouping: told) { $0.day }
    var day = first
    var stirs = Set(owed.flatMap { [$0.shown, $0.due ?? .none] })
    var owes = false
    while day <= asOf {
      if let claim, claim.day == day { accept(claim) }
      // Where nothing happens, falls due or shows up, money pays what it paid the day before.
      if let told = byDay[day] {
        let today = told.sorted { ($0.occurred, $0.seq) < ($1.occurred, $1.seq) }
        for event in today { owe(event) }
        for event in today { move(event) }
        stirs.insert(day)
      }
      if stirs.contains(day) || claim?.day == day {
        let isOwed = overdue(day) > 0
        for index in money.indices where money[index].waits > 0 {
          if isOwed || terms.waterfall(money[index].event.day).atOnce { pour(index, day) }
        }
        owes = overdue(day) > 0
      }
      judge(day, owes: owes)
      day = day + 1
    }
  }

  // Dues are on the account as soon as they are known; they fall due on their date.
  private mutating func raiseDues() {
    for event in told {
      guard case .due(let id, let on, let parts) = event.what else { continue }
      var due = Owed(id: id, due: on, shown: event.on, order: (0, event.seq))
      for part in parts { due.raised[NaiveAccount.index(part.kind)] += part.amount }
      add(due)
    }
  }

  mutating func add(_ item: Owed) {
    owed.append(item)
    owed.sort { $0.precedes($1) }
  }

  private static let indices = Dictionary(
    uniqueKeysWithValues: zip(NaivePart.Kind.allCases, 0...))

  static func index(_ kind: NaivePart.Kind) -> Int {
    indices[kind] ?? 0
  }

  // The last claim of a source system that is in force by the day, unless the account's own dues,
  // charges, interest or money of its days are known.
  private func claim(_ asOf: Day) -> NaiveEvent? {
    var claim: NaiveEvent?
    for event in told {
      if case .imported(let asOn, _, _) = event.what, asOn <= asOf { claim = event }
    }
    guard let claim else { return nil }
    for event in told where event.day <= claim.day {
      switch event.what {
      case .due, .charged, .interest, .received: return nil
      case .transferred(_, _, _, let to): if to == account { return nil }
      default: break
      }
    }
    return claim
  }

  private mutating func accept(_ claim: NaiveEvent) {
    guard case .imported(let asOn, let parts, let oldest) = claim.what else { return }
    var item = Owed(id: "", due: oldest, shown: asOn, order: (0, claim.seq))
    for part in parts { item.raised[NaiveAccount.index(part.kind)] += part.amount }
    add(item)
  }

  /// What became due and is unpaid at the end of a day.
  func overdue(_ day: Day) -> Int64 {
    var sum: Int64 = 0
    for item in owed where item.isDue(day) { sum += item.left }
    return sum
  }

  // npa from the day-end at which the days exceed the limit, until nothing is overdue.
  private mutating func judge(_ day: Day, owes: Bool) {
    if !owes { npaSince = nil }
    if owes, npaSince == nil, age(day).delinquent > terms.npaOver { npaSince = day }
  }
}
