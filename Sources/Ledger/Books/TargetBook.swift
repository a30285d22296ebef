/// Targets that run on a day, what was reached of them, and how the days gone compare.
///
/// `domain.md`, 3.6 and V9. A receipt counts for whoever held the account when it came (see
/// ``Credits``), and for every unit above that holder as the tree stood on the day of the money. A
/// unit without a target of its own is the sum of its people and firms: its percent is that of its
/// sums, never the mean of percents. Targets of quarters and years are facts of their own; the sum
/// of the months they are made of stands beside them with the difference. A target of a bucket
/// counts the accounts that stood in it when the period began.
///
/// Visits and contacts count for whoever held the account when they were made, as money does;
/// resolution and roll-back are of the accounts that the holder had when the period began, by
/// count, since a target in percent names no currency.
package struct TargetBook: Book {
  /// The name scripts use.
  package static let name = "targets"

  /// A target that runs.
  struct Plan: Sendable {
    var row: Target.Row
    /// Units above the person or firm at the end of what is seen of the period.
    var units: [TextKey]
    /// Sum of the targets of its months; nil when there are none.
    var parts: Int128?
    /// Of a target that looks back at its beginning, which of the earlier days that is.
    var opening: Int?
  }

  private struct Asked: Hashable, Sendable {
    var holder, unit: TextKey
    var day: Int32
  }

  let asOf: Day
  /// Only targets that run so long; nil for all.
  let period: Target.Period?
  private(set) var plans: [Plan] = []
  private(set) var names: [TextKey: String] = [:]
  private(set) var reached: [Target.Aim: Int128] = [:]
  /// Of targets in percent, how the accounts moved so far.
  private(set) var moved: [Target.Aim: Movement.Row] = [:]
  /// The house's working days: those of the account with the smallest number, so that no order of
  /// folding decides.
  private(set) var calendar: (account: UInt32, days: Calendar)?
  private var credits = Credits()
  private var found: [Asked: [Int]] = [:]
  /// Days before the periods of targets of buckets.
  package private(set) var earlier: [Day] = []
  private var isPrepared = false

  /// Nothing reached yet, at the end of a day.
  package init(asOf: Day, period: Target.Period? = nil) {
    self.asOf = asOf
    self.period = period
  }

  /// Money and allocations; contacts and endings where a target is of these. Before the targets are
  /// known it may be any of them.
  package var reads: Desk.Reads {
    var reads: Desk.Reads = [.allocations, .money]
    if !isPrepared || plans.contains(where: { $0.row.aim.measure?.isActivity ?? false }) {
      reads.insert(.contacts)
    }
    if !isPrepared || plans.contains(where: { $0.row.aim.measure?.isMove ?? false }) {
      reads.insert(.endings)
    }
    return reads
  }
  /// Every account is in it, held or not.
  package var leads: Desk.Reads { [] }

  /// Credits the money of one account to the targets it counts for.
  package mutating func take(_ account: borrowing AccountView) {
    if calendar.map({ account.number < $0.account }) ?? true {
      calendar = (account.number, account.terms.calendar)
    }
    if plans.isEmpty { return }
    credits.read(account, asOf: asOf)
    for credit in credits.all {
      guard let held = credit.held else { continue }
      let sum = Int128(credit.isReceipt ? credit.amount : -credit.amount)
      for index in plans(of: held, seen: Day(rawValue: credit.seen), account.house) {
        let aim = plans[index].row.aim
        guard aim.measure == .money, aim.days.contains(credit.day),
          aim.currency == account.currency.rawValue, isOfBucket(account, index)
        else { continue }
        reached[aim, default: 0] += sum
      }
    }
    guard account.isFirst else { return }
    takeActivities(account)
    takeMoves(account)
  }

  private func isOfBucket(_ account: borrowing AccountView, _ index: Int) -> Bool {
    let bucket = plans[index].row.aim.bucket
    guard bucket != .none, let opening = plans[index].opening else { return true }
    return stood(account, at: opening) == bucket
  }

  private mutating func takeActivities(_ account: borrowing AccountView) {
    let rows = account.desk.allocations.rows
    for row in account.desk.contacts.rows
    where row.day <= asOf.rawValue && row.traits.contains(.outbound) {
      let isVisit = row.traits.contains(.visit)
      let isContact = !row.traits.isDisjoint(with: [.rightParty, .thirdParty])
      guard isVisit || isContact,
        let held = Allocation.holder(rows, before: row.occurred, row.seq)
      else { continue }
      for index in plans(of: held, seen: Day(rawValue: row.day), account.house) {
        let aim = plans[index].row.aim
        guard aim.days.contains(row.day),
          (aim.measure == .visits && isVisit) || (aim.measure == .contacts && isContact),
          isOfBucket(account, index)
        else { continue }
        reached[aim, default: 0] += 1
      }
    }
  }

  // As the management report has it: the cohort of whoever held it at the end of the day before.
  private mutating func takeMoves(_ account: borrowing AccountView) {
    for index in plans.indices where plans[index].row.aim.measure?.isMove ?? false {
      let before = plans[index].before
      guard let opening = plans[index].opening,
        let held = Allocation.holder(account.desk.allocations.rows, on: before),
        plans(of: held, seen: before, account.house).contains(index),
        isOfBucket(account, index)
      else { continue }
      let passage = account.passage(from: before, at: opening, to: asOf)
      guard let move = passage.move else { continue }
      moved[plans[index].row.aim, default: Movement.Row()].take(
        move, balance: passage.opening.outstanding)
    }
  }

  // The key of the bucket in which an account stood on an earlier day.
  private func stood(_ account: borrowing AccountView, at index: Int) -> TextKey {
    let figures = account.earlier[index]
    if !figures.exists || figures.closed { return .none }
    return TextKey(account.terms.buckets.labels[account.bucketIndex(of: figures)])
  }

  /// Finds the targets that run.
  package mutating func begin(_ house: borrowing House) {
    if isPrepared { return }
    isPrepared = true
    let all = house.targets(toldBy: asOf)
    for row in all where row.aim.days.contains(asOf.rawValue) {
      if let period, row.aim.period != period { continue }
      let aim = row.aim
      for key in [aim.scope, aim.scopeKind, aim.metric, aim.bucket] {
        names[key] = house.name(key) ?? ""
      }
      var plan = Plan(row: row, units: units(above: aim, house), parts: nil)
      for unit in plan.units { names[unit] = house.name(unit) ?? "" }
      for part in all where part.aim.isPart(of: aim) {
        plan.parts = (plan.parts ?? 0) + Int128(part.value)
      }
      plans.append(plan)
    }
    let days = plans.filter(\.looksBack).map(\.before)
    earlier = Set(days).sorted()
    for index in plans.indices where plans[index].looksBack {
      plans[index].opening = earlier.firstIndex(of: plans[index].before)
    }
  }

  // Where the holder stands at the end of what is seen of the period, and what is above.
  private func units(above aim: Target.Aim, _ house: borrowing House) -> [TextKey] {
    let day = min(asOf, Day(rawValue: aim.days.upperBound))
    let first: TextKey
    switch aim.scopeKind {
    case Target.party: first = house.placement(of: aim.scope, on: day)?.unit ?? .none
    case Target.agency: first = house.agency(aim.scope, on: day).unit
    default: return []
    }
    return house.way(up: first, on: day).filter { $0.unit != nil }.map(\.key)
  }

  // Measured targets that what is done for the holder counts for.
  private mutating func plans(
    of held: Allocation.Row, seen day: Day, _ house: borrowing House
  ) -> [Int] {
    let asked = Asked(holder: held.holder, unit: held.unit, day: day.rawValue)
    if let found = found[asked] { return found }
    let unit = house.unit(of: held, on: day)
    let indices = plans.indices.filter { index in
      let aim = plans[index].row.aim
      guard aim.isMeasured else { return false }
      return aim.scopeKind == Target.unit
        ? house.isAbove(aim.scope, unit, on: day) : aim.scope == held.holder
    }
    found[asked] = indices
    return indices
  }

  /// Joins what other accounts reached.
  package mutating func merge(_ other: TargetBook) {
    guard let theirs = other.calendar else { return }
    if calendar == nil { (plans, names) = (other.plans, other.names) }
    if calendar.map({ theirs.account < $0.account }) ?? true { calendar = theirs }
    for (aim, sum) in other.reached { reached[aim, default: 0] += sum }
    for (aim, more) in other.moved { moved[aim, default: Movement.Row()].merge(more) }
  }
}

extension TargetBook.Plan {
  /// The day before its period.
  var before: Day { Day(rawValue: row.aim.start) - 1 }

  /// Whether it asks how accounts stood before its period.
  var looksBack: Bool {
    guard let measure = row.aim.measure else { return false }
    return measure.isMove || row.aim.bucket != .none
  }
}

extension Target.Aim {
  /// What is measured here.
  enum Measure: Sendable {
    /// What was collected; visits made; right or third parties reached; accounts that did not roll
    /// forward, and those that rolled back, of those held.
    case money, visits, contacts, resolution, rollBack

    /// Whether it counts what was done on accounts.
    var isActivity: Bool { self == .visits || self == .contacts }
    /// Whether it is a part of the accounts held.
    var isMove: Bool { self == .resolution || self == .rollBack }
  }

  /// What it measures; nil for what this book does not.
  var measure: Measure? {
    switch metric {
    case Target.collected: currency == 0 ? nil : .money
    case Target.visits: .visits
    case Target.contacts: .contacts
    case Target.resolution: .resolution
    case Target.rollBack: .rollBack
    default: nil
    }
  }

  /// Whether anything is measured for it.
  var isMeasured: Bool { measure != nil }

  /// Whether it is a month of this quarter or year.
  func isPart(of whole: Target.Aim) -> Bool {
    guard period == .month, whole.period > .month, whole.days.contains(start) else { return false }
    var same = whole
    (same.period, same.start) = (period, start)
    return same == self
  }
}
