/// What the ledger has heard about accounts apart from their money: one column a noun.
///
/// A noun that a book of accounts looks at has here a column, a bit of `Reads`, and its line in
/// `mask`, `note` and the three walks over all columns. The same type holds the rows of many
/// accounts while they are collected, and of one account when a book or a decision looks at it.
package struct Desk: Sendable {
  /// Promises to pay, an item a row, and their withdrawals.
  package var promises = Column<Promise.Row>()
  /// Cheques from hand to fate.
  package var cheques = Column<Cheque.Row>()
  /// Mandates, presentations and their returns.
  package var mandates = Column<Mandate.Row>()
  /// Receipts that cheques and presentations carried, and charges for returns.
  package var paper = Column<Paper.Row>()

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
    /// `cheques`.
    package static let cheques = Reads(rawValue: 1 << 1)
    /// `mandates`.
    package static let mandates = Reads(rawValue: 1 << 2)
    /// `paper`.
    package static let paper = Reads(rawValue: 1 << 3)
    /// Every column.
    package static let all = Reads(rawValue: .max)

    /// Types of events that may leave a row in these columns.
    package var mask: TypeMask {
      var mask = TypeMask()
      if contains(.promises) { mask = mask.union(Promise.reads) }
      if contains(.cheques) { mask = mask.union(Cheque.reads) }
      if contains(.mandates) { mask = mask.union(Mandate.reads) }
      if contains(.paper) { mask = mask.union(Paper.reads) }
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
    if reads.contains(.cheques), Cheque.reads.contains(type) {
      try Cheque.note(event, account, isSubject, &cheques)
    }
    if reads.contains(.mandates), Mandate.reads.contains(type) {
      try Mandate.note(event, account, isSubject, &mandates)
    }
    if reads.contains(.paper), Paper.reads.contains(type) {
      try Paper.note(event, account, isSubject, &paper)
    }
  }

  /// Forgets the rows, keeps the room.
  package mutating func removeAll() {
    promises.removeAll()
    cheques.removeAll()
    mandates.removeAll()
    paper.removeAll()
  }

  /// Sorts every column by account.
  mutating func group(_ range: Range<UInt32>) {
    promises.group(range)
    cheques.group(range)
    mandates.group(range)
    paper.group(range)
  }

  /// Whether the account in a slot of the grouped range left any row.
  func hasRows(_ slot: Int) -> Bool {
    promises.count(slot) > 0 || cheques.count(slot) > 0 || mandates.count(slot) > 0
      || paper.count(slot) > 0
  }

  /// Gives another desk the rows of one account, but for entries that were taken back.
  func lend(_ slot: Int, to other: inout Desk, without dead: Dead) {
    promises.lend(slot, to: &other.promises, without: dead)
    cheques.lend(slot, to: &other.cheques, without: dead)
    mandates.lend(slot, to: &other.mandates, without: dead)
    paper.lend(slot, to: &other.paper, without: dead)
  }

  /// Drops the rows of entries that were taken back.
  mutating func bury(_ dead: Dead) {
    promises.bury(dead)
    cheques.bury(dead)
    mandates.bury(dead)
    paper.bury(dead)
  }
}
