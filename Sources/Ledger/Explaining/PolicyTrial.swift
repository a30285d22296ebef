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

  /// What a cell stands for, packed: a bucket or class on a day, or a move between two buckets.
  struct Cell: Hashable, Sendable {
    private let packed: UInt64

    init(_ side: Side, day: Int, _ currency: Currency, from: Int = 0, _ label: Int) {
      packed =
        UInt64(side.rawValue) << 63 | UInt64(day) << 48 | UInt64(currency.rawValue) << 32
        | UInt64(from) << 16 | UInt64(label)
    }

    var side: Side { packed >> 63 == 0 ? .now : .draft }
    var day: Int { Int(packed >> 48 & 0x7FFF) }
    var currency: Currency { Currency(rawValue: UInt16(packed >> 32 & 0xFFFF)) }
    var from: Int { Int(packed >> 16 & 0xFFFF) }
    var label: Int { Int(packed & 0xFFFF) }
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
  var buckets: [Cell: Sums] = [:]
  var classes: [Cell: Sums] = [:]
  var rolls: [Cell: Sums] = [:]
  /// Bucket labels in order of the schemes met.
  var labels: [String] = []
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
    changes = [Int64](repeating: 0, count: days.count)
  }

  /// The number of a bucket's label, given now if it has none.
  mutating func number(of label: String) -> Int {
    if let number = labels.firstIndex(of: label) { return number }
    labels.append(label)
    return labels.count - 1
  }

  /// Joins the result of other accounts.
  package mutating func merge(_ other: PolicyTrial) {
    let ours = other.labels.map { number(of: $0) }
    for (cell, sums) in other.buckets {
      let mine = Cell(cell.side, day: cell.day, cell.currency, ours[cell.label])
      buckets[mine, default: Sums()].add(sums)
    }
    for (cell, sums) in other.classes { classes[cell, default: Sums()].add(sums) }
    for (cell, sums) in other.rolls {
      let mine = Cell(
        cell.side, day: cell.day, cell.currency, from: ours[cell.from], ours[cell.label])
      rolls[mine, default: Sums()].add(sums)
    }
    moved += other.moved
    reapplied += other.reapplied
    for index in changes.indices { changes[index] += other.changes[index] }
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

  static let classes = ["standard", "sma_0", "sma_1", "sma_2", "npa"]

  init() {}

  // A second currency that came to nothing is no line of its own.
  init(_ result: Reckoning, _ terms: borrowing Terms, isFirst: Bool) {
    exists = result.exists && (isFirst || result.raised != 0 || result.received != 0)
    (overdue, outstanding, dpd) = (result.overdue, result.outstanding, result.dpd)
    bucket = terms.buckets.index(
      days: dpd, writtenOff: result.writtenOff, undated: result.undated)
    let name = terms.classification.assetClass(days: dpd, npa: result.npaSince != nil)
    assetClass = Standing.classes.firstIndex(of: name) ?? 0
  }
}
