/// A row of testimony that a noun keeps about an account: fixed-width, and it knows its entry.
package protocol DeskRow: BitwiseCopyable, Equatable, Sendable {
  /// Position of the event that said it.
  var seq: Position { get }
}

/// A noun that leaves rows about accounts.
package protocol DeskNoun {
  /// What it leaves.
  associatedtype Row: DeskRow
  /// Types of events that may leave a row.
  static var reads: TypeMask { get }
  /// Notes what an event of one of these types says about an account in whose trail it stands.
  static func note(
    _ event: borrowing EventView, _ account: UInt32, _ isSubject: Bool, _ column: inout Column<Row>
  ) throws(WireError)
}

/// Testimony of one kind, in log order, about one account or many.
///
/// While a portfolio is collected a column holds the rows of all its accounts; `group` sorts them
/// by account, and `lend` gives one account's rows to a column that holds nothing else. The
/// second kind is what nouns, books and decisions look at.
package struct Column<Row: DeskRow>: Sendable {
  /// The rows: in log order, or after `group` by account and inside each in log order.
  package private(set) var rows: ContiguousArray<Row> = []
  /// Rows that were kept of the accounts of one stretch, older than all others: a part for each
  /// generation of what is kept, oldest first.
  package var laid: ContiguousArray<LaidRows<Row>> = []
  private var accounts: ContiguousArray<UInt32> = []
  private var starts: ContiguousArray<UInt32> = []

  /// No rows.
  package init() {}

  /// Adds what an event said about an account.
  package mutating func add(_ row: Row, _ account: UInt32) {
    rows.append(row)
    accounts.append(account)
  }

  /// Forgets the rows, keeps the room.
  package mutating func removeAll() {
    rows.removeAll(keepingCapacity: true)
    accounts.removeAll(keepingCapacity: true)
    starts.removeAll(keepingCapacity: true)
    clearLaid()
  }

  /// Forgets the rows that were laid in.
  mutating func clearLaid() {
    for part in laid.indices { laid[part].removeAll() }
  }

  /// Sorts the rows by account, keeping log order inside each. Call once, after the last bundle.
  mutating func group(_ range: Range<UInt32>) {
    guard !rows.isEmpty else { return }
    starts.append(contentsOf: repeatElement(0, count: range.count + 1))
    for account in accounts { starts[Int(account - range.lowerBound) + 1] += 1 }
    for index in 0..<range.count { starts[index + 1] += starts[index] }
    var next = starts
    var sorted = rows
    for index in rows.indices {
      let slot = Int(accounts[index] - range.lowerBound)
      sorted[Int(next[slot])] = rows[index]
      next[slot] += 1
    }
    rows = sorted
  }

  /// Where the rows of the account in a slot of the range that was grouped stand; none for a slot
  /// outside.
  package func range(_ slot: Int) -> Range<Int> {
    guard slot >= 0, slot + 1 < starts.count else { return 0..<0 }
    return Int(starts[slot])..<Int(starts[slot + 1])
  }

  /// Whether the rows laid here are those that stand here of each of `count` accounts from a slot
  /// on.
  package func agrees(from slot: Int, count: Int) -> Bool {
    (slot..<slot + count).allSatisfy { at in
      laid[0].rows[laid[0].range(at)].elementsEqual(rows[range(at)])
    }
  }

  /// Gives another column the rows of one account, but for entries that were taken back.
  func lend(_ slot: Int, to other: inout Column<Row>, without dead: Dead) {
    other.rows.removeAll(keepingCapacity: true)
    for part in laid.indices {
      for index in laid[part].range(slot) where !dead.contains(laid[part].rows[index].seq) {
        other.rows.append(laid[part].rows[index])
      }
    }
    for index in range(slot) where !dead.contains(rows[index].seq) {
      other.rows.append(rows[index])
    }
  }

  /// Whether the account in a slot has such a row; rows of entries taken back count.
  func contains(_ slot: Int, where matches: (Row) -> Bool) -> Bool {
    for part in laid.indices {
      for index in laid[part].range(slot) where matches(laid[part].rows[index]) { return true }
    }
    for index in range(slot) where matches(rows[index]) { return true }
    return false
  }

  /// Whether rows of the account in a slot were laid in.
  func hasLaid(_ slot: Int) -> Bool {
    laid.contains { !$0.range(slot).isEmpty }
  }

  /// Drops the rows of entries that were taken back.
  mutating func bury(_ dead: Dead) {
    if !dead.isEmpty { rows.removeAll { dead.contains($0.seq) } }
  }
}

/// Rows of the accounts of one stretch, as they were kept: by account, and inside each in log
/// order.
package struct LaidRows<Row: DeskRow>: Sendable {
  /// The rows.
  package var rows: ContiguousArray<Row> = []
  /// Where the rows of each account of the stretch begin, and where the last end.
  package var starts: ContiguousArray<UInt32> = []
  /// The slot in which the first account of the stretch stands.
  package var slot = 0
  /// Rows behind this position are passed over.
  package var last: Position = 0

  /// No rows.
  package init() {}

  /// Forgets the rows, keeps the room.
  package mutating func removeAll() {
    rows.removeAll(keepingCapacity: true)
    starts.removeAll(keepingCapacity: true)
  }

  /// Where the rows of the account in a slot stand; none for an account of another stretch.
  func range(_ slot: Int) -> Range<Int> {
    let at = slot - self.slot
    guard at >= 0, at + 1 < starts.count else { return 0..<0 }
    let start = Int(starts[at])
    var end = Int(starts[at + 1])
    while end > start, rows[end - 1].seq > last { end -= 1 }
    return start..<end
  }
}

/// Positions of an account's entries that reversals took back and that no later reversal gave
/// again.
package struct Dead: Sendable {
  private var positions: ContiguousArray<Position> = []

  /// None.
  package init() {}

  /// Whether there is none.
  package var isEmpty: Bool { positions.isEmpty }

  /// Whether an entry was taken back.
  package func contains(_ seq: Position) -> Bool {
    !positions.isEmpty && positions.contains(seq)
  }

  /// Finds them among an account's facts in log order: from the last to the first, so that a
  /// reversal that was itself reversed takes nothing back.
  package mutating func find(in facts: Span<Fact>) {
    positions.removeAll(keepingCapacity: true)
    var index = facts.count - 1
    while index >= 0 {
      if facts[index].kind == .entryReversed, !positions.contains(facts[index].seq) {
        positions.append(facts[index].link)
      }
      index -= 1
    }
  }
}
