/// A rule change with its consequences, before anyone adopts it: what the books of many month-ends
/// say under the rules as they are, and what they would say under the draft.
///
/// Facts are gathered once and each account is rolled through all days once for each of the two
/// (`Reckoner.roll`), or once for both where the draft only names things otherwise.
package struct PolicyTrial: Sendable {
  /// Which of the two sets of rules.
  package enum Side: Int, CaseIterable, Sendable { case now, draft }

  /// Sums of the accounts in one cell.
  package struct Sums: Hashable, Sendable {
    /// How many, and what they owe.
    package var accounts: Int64 = 0, overdue: Int128 = 0, outstanding: Int128 = 0

    mutating func add(_ other: Sums) {
      accounts += other.accounts
      overdue += other.overdue
      outstanding += other.outstanding
    }
  }

  /// An account that stands elsewhere under the draft, on the last day.
  package struct Moved: Sendable {
    /// Its number and currency.
    package var account: UInt32, currency: Currency
    /// What it owes.
    package var overdue: Int64
    /// Bucket, class and days under each.
    package var bucket: [String], assetClass: [String], dpd: [Int]
  }

  /// An account whose money would have paid other things.
  package struct Reapplied: Sendable {
    /// Its number and currency.
    package var account: UInt32, currency: Currency
    /// How much of its money would stand elsewhere, by component what the draft pays more of.
    package var moved: Int64, gains: [Int64]
  }

  /// The days, ascending.
  package let days: [Day]
  /// Whether the draft orders money otherwise.
  package let ordersMoney: Bool
  var buckets: Tally, classes: Tally, rolls: Tally
  /// Bucket labels in the order in which they were met, and where each belongs.
  private(set) var labels: [String] = [], places: [Buckets.Place] = []
  /// Debtors of whom an account is npa by itself, by side and day, where policy classes borrowers:
  /// found by a trial that comes before, for one that has them.
  package internal(set) var borrowers: [[Set<String>]]
  /// Accounts that stand elsewhere on the last day.
  package internal(set) var moved: [Moved] = []
  /// Accounts whose money would pay other things.
  package internal(set) var reapplied: [Reapplied] = []
  /// Accounts elsewhere, by day.
  var changes: [Int64]

  /// An empty trial over days.
  package init(days: [Day], ordersMoney: Bool) {
    self.days = days
    self.ordersMoney = ordersMoney
    (buckets, classes) = (Tally(days: days.count), Tally(days: days.count))
    rolls = Tally(days: days.count, moves: true)
    borrowers = Side.allCases.map { _ in days.map { _ in [] } }
    changes = [Int64](repeating: 0, count: days.count)
  }

  /// The number of a bucket's label, given now if it has none. One that two schemes have stands
  /// where the first of them has it.
  mutating func number(of label: String, at place: Buckets.Place) -> Int {
    if let number = labels.firstIndex(of: label) {
      places[number] = min(places[number], place)
      return number
    }
    labels.append(label)
    places.append(place)
    return labels.count - 1
  }

  /// The numbers of the labels in the order of a report.
  var ordered: [Int] {
    labels.indices.sorted { (places[$0], labels[$0]) < (places[$1], labels[$1]) }
  }

  /// Joins the result of other accounts.
  package mutating func merge(_ other: PolicyTrial) {
    let ours = zip(other.labels, other.places).map { number(of: $0, at: $1) }
    for side in borrowers.indices {
      for day in days.indices { borrowers[side][day].formUnion(other.borrowers[side][day]) }
    }
    buckets.merge(other.buckets) { ours[$0] }
    classes.merge(other.classes) { $0 }
    rolls.merge(other.rolls) { ours[$0] }
    moved += other.moved
    reapplied += other.reapplied
    for index in changes.indices { changes[index] += other.changes[index] }
  }
}

/// Sums by side, day, currency and label, or move between two labels: a place for every cell, since
/// an account adds to three of them for every day and side.
struct Tally: Sendable {
  private let days: Int, moves: Bool
  /// The currencies met, in order of appearance.
  private(set) var currencies: [Currency] = []
  // Room for so many labels.
  private var width = 12
  private var sums: ContiguousArray<PolicyTrial.Sums> = []

  init(days: Int, moves: Bool = false) { (self.days, self.moves) = (days, moves) }

  private var block: Int { moves ? width * width : width }

  private func place(
    _ currency: Int, _ side: PolicyTrial.Side, _ day: Int, _ from: Int, _ label: Int
  )
    -> Int
  {
    ((currency * 2 + side.rawValue) * days + day) * block + from * width + label
  }

  /// The sums of a cell.
  subscript(
    side: PolicyTrial.Side, day: Int, currency: Currency, from: Int, label: Int
  ) -> PolicyTrial.Sums {
    guard let known = currencies.firstIndex(of: currency), max(from, label) < width else {
      return PolicyTrial.Sums()
    }
    return sums[place(known, side, day, from, label)]
  }

  /// Adds to a cell.
  mutating func add(
    _ more: PolicyTrial.Sums, _ side: PolicyTrial.Side, day: Int, _ currency: Currency,
    from: Int = 0, label: Int
  ) {
    if max(from, label) >= width { widen(max(from, label) + 1) }
    let known = currencies.firstIndex(of: currency) ?? addCurrency(currency)
    sums[place(known, side, day, from, label)].add(more)
  }

  private mutating func addCurrency(_ currency: Currency) -> Int {
    currencies.append(currency)
    sums.append(contentsOf: repeatElement(PolicyTrial.Sums(), count: 2 * days * block))
    return currencies.count - 1
  }

  private mutating func widen(_ least: Int) {
    let old = self
    (width, currencies) = (max(least, 2 * width), [])
    sums.removeAll()
    merge(old) { $0 }
  }

  /// Adds the sums of other accounts, whose labels have the numbers that `number` gives.
  mutating func merge(_ other: Tally, _ number: (Int) -> Int) {
    for (known, currency) in other.currencies.enumerated() {
      for side in PolicyTrial.Side.allCases {
        for day in 0..<days {
          for from in 0..<(moves ? other.width : 1) {
            for label in 0..<other.width {
              let sums = other.sums[other.place(known, side, day, from, label)]
              if sums == PolicyTrial.Sums() { continue }
              add(
                sums, side, day: day, currency, from: moves ? number(from) : 0,
                label: number(label))
            }
          }
        }
      }
    }
  }
}

/// What one account is at the end of one day, as far as a trial looks.
struct Standing: Sendable {
  var exists = false
  var overdue: Int64 = 0
  var outstanding: Int64 = 0
  var dpd = 0
  var bucket = 0
  var assetClass = 0
  // Npa by itself; its presentation of this month came back.
  var isNPA = false, isBounced = false

  init() {}

  // A second currency that came to nothing is no line of its own.
  init(_ result: Reckoning, _ terms: borrowing Terms, isFirst: Bool) {
    exists = result.exists && (isFirst || result.raised != 0 || result.received != 0)
    (overdue, outstanding, dpd) = (result.overdue, result.outstanding, result.dpd)
    bucket = terms.bucketIndex(of: result)
    (isNPA, isBounced) = (result.npaSince != nil, result.isCurrentBounce)
    assetClass = terms.classification.rank(days: dpd, npa: isNPA)
  }
}
