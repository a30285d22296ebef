/// What the ledger has heard about accounts apart from their money: one column a noun.
///
/// A noun that a book of accounts looks at has here a column, a bit of `Reads`, and its line in
/// `mask`, `note` and the three walks over all columns. The same type holds the rows of many
/// accounts while they are collected, and of one account when a book or a decision looks at it.
package struct Desk: Sendable {
  /// Promises to pay, an item a row, and their withdrawals.
  package var promises = Column<Promise.Row>()
  /// Who the account was given to and taken back from.
  package var allocations = Column<Allocation.Row>()

  /// No rows.
  package init() {}

  /// Columns a book asks for.
  package struct Reads: OptionSet, Hashable, Sendable {
    /// One bit a column.
    package let rawValue: UInt32
    /// The set with these bits.
    package init(rawValue: UInt32) { self.rawValue = rawValue }
    /// `promises`.
    package static let promises = Reads(rawValue: 1 << 0)
    /// `allocations`.
    package static let allocations = Reads(rawValue: 1 << 16)
    /// The money facts themselves, in `AccountView.money`; no column of the desk.
    package static let money = Reads(rawValue: 1 << 31)
    /// Every column.
    package static let all = Reads(rawValue: .max)

    /// Types of events that may leave a row in these columns.
    package var mask: TypeMask {
      var mask = TypeMask()
      if contains(.promises) { mask = mask.union(Promise.reads) }
      if contains(.allocations) { mask = mask.union(Allocation.reads) }
      return mask
    }
  }

  /// Notes what an event says about `account`, in whose trail it stands: as its subject, or because
  /// it names it.
  package mutating func note(
    _ event: borrowing EventView, account: UInt32, isSubject: Bool, _ reads: Reads
  ) throws(WireError) {
    let type = event.header.type
    if reads.contains(.promises), Promise.reads.contains(type) {
      try Promise.note(event, account, isSubject, &promises)
    }
    if reads.contains(.allocations), Allocation.reads.contains(type) {
      try Allocation.note(event, account, isSubject, &allocations)
    }
  }

  /// Forgets the rows, keeps the room.
  package mutating func removeAll() {
    promises.removeAll()
    allocations.removeAll()
  }

  /// Sorts every column by account.
  mutating func group(_ range: Range<UInt32>) {
    promises.group(range)
    allocations.group(range)
  }

  /// Whether the account in a slot of the grouped range left any row.
  func hasRows(_ slot: Int) -> Bool {
    promises.count(slot) > 0 || allocations.count(slot) > 0
  }

  /// Gives another desk the rows of one account, but for entries that were taken back.
  func lend(_ slot: Int, to other: inout Desk, without dead: Dead) {
    promises.lend(slot, to: &other.promises, without: dead)
    allocations.lend(slot, to: &other.allocations, without: dead)
  }

  /// Drops the rows of entries that were taken back.
  mutating func bury(_ dead: Dead) {
    promises.bury(dead)
    allocations.bury(dead)
  }
}
