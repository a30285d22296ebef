/// Targets that run on a day, what was reached of them, and how the days gone compare.
///
/// `domain.md`, 3.6 and V9. A receipt counts for whoever held the account when it came (see
/// ``Credits``), and for every unit above that holder as the tree stood on the day of the money. A
/// unit without a target of its own is the sum of its people and firms: its percent is that of its
/// sums, never the mean of percents. Targets of quarters and years are facts of their own; the sum
/// of the months they are made of stands beside them with the difference. A target of a bucket
/// counts the money of accounts that stood in it when the period began.
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
    /// Of a target of a bucket, which of the earlier days its period begins after.
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

  /// Money and allocations.
  package var reads: Desk.Reads { [.allocations, .money] }
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
        guard aim.days.contains(credit.day), aim.currency == account.currency.rawValue,
          plans[index].opening.map({ stood(account, at: $0) == aim.bucket }) ?? true
        else { continue }
        reached[aim, default: 0] += sum
      }
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
    let days = plans.filter { $0.row.aim.isMeasured && $0.row.aim.bucket != .none }.map(\.before)
    earlier = Set(days).sorted()
    for index in plans.indices where plans[index].row.aim.bucket != .none {
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

  // Targets of money that the holder's receipts count for.
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
  }
}

extension TargetBook.Plan {
  /// The day before its period.
  var before: Day { Day(rawValue: row.aim.start) - 1 }
}

extension Target.Aim {
  /// Whether money is measured for it: what was collected.
  var isMeasured: Bool { metric == Target.collected && currency != 0 }

  /// Whether it is a month of this quarter or year.
  func isPart(of whole: Target.Aim) -> Bool {
    guard period == .month, whole.period > .month, whole.days.contains(start) else { return false }
    var same = whole
    (same.period, same.start) = (period, start)
    return same == self
  }
}
