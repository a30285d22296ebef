/// The facts of many accounts, gathered in one pass over the log and handed out account by account.
///
/// Memory is 72 bytes a fact; a ledger of many millions is folded in ranges of account numbers, one
/// pass each (`range`), which the caller merges: every book is a commutative monoid.
package struct Portfolio: ~Copyable, Sendable {
  /// The facts, in log order.
  package var facts: Facts
  /// What was heard about the accounts apart from money.
  package var desk = Desk()
  /// Columns of the desk that are collected.
  package let reads: Desk.Reads
  private let wanted: TypeMask
  /// Account numbers this pass looks at.
  package private(set) var range: Range<UInt32>
  private var order: ContiguousArray<UInt32> = []
  private var starts: ContiguousArray<UInt32> = []

  /// A portfolio that looks at the accounts in `range`, and besides money at these columns.
  package init(
    range: Range<UInt32>, reads: Desk.Reads = [],
    accountKey: @escaping @Sendable (UInt32) -> TextKey
  ) {
    self.range = range
    self.reads = reads
    wanted = Facts.reads.union(reads.mask)
    self.facts = Facts(accountKey: accountKey)
  }

  /// Forgets everything, keeps the room, and looks at the accounts in `range`.
  package mutating func start(_ range: Range<UInt32>) {
    self.range = range
    facts.removeAll()
    desk.removeAll()
    order.removeAll(keepingCapacity: true)
    starts.removeAll(keepingCapacity: true)
  }

  /// Notes the events of a bundle up to and including `last`.
  package mutating func collect(_ bundle: borrowing Bundle, upTo last: Position) throws(WireError) {
    let reads = wanted
    if facts.rows.isEmpty { facts.reserve(Int(clamping: min(last, 4_000_000))) }
    for index in 0..<bundle.count {
      let header = bundle.header(index)
      if header.seq > last { return }
      guard reads.contains(header.type),
        range.contains(header.account) || header.flags.contains(.concernsOthers)
      else { continue }
      try note(bundle.event(index))
    }
  }

  /// Notes one event for every account of the range in whose trail it stands.
  package mutating func note(_ event: borrowing EventView) throws(WireError) {
    let header = event.header
    if range.contains(header.account) {
      try note(event, of: header.account, isSubject: true)
    }
    guard header.flags.contains(.concernsOthers) else { return }
    var others: [UInt32] = []
    try Envelope.accounts(of: event.envelope) { others.append($0) }
    for other in others where range.contains(other) {
      try note(event, of: other, isSubject: false)
    }
  }

  @inline(__always) private mutating func note(
    _ event: borrowing EventView, of account: UInt32, isSubject: Bool
  ) throws(WireError) {
    try facts.note(event, account: account, isSubject: isSubject)
    if !reads.isEmpty { try desk.note(event, account: account, isSubject: isSubject, reads) }
  }

  /// Sorts the facts by account, keeping log order inside each. Call once, after the last bundle.
  package mutating func group() {
    let width = range.count
    starts.removeAll(keepingCapacity: true)
    starts.append(contentsOf: repeatElement(0, count: width + 1))
    for account in facts.accounts { starts[Int(account - range.lowerBound) + 1] += 1 }
    for index in 0..<width { starts[index + 1] += starts[index] }
    var next = starts
    order.removeAll(keepingCapacity: true)
    order.append(contentsOf: repeatElement(0, count: facts.rows.count))
    for index in facts.rows.indices {
      let slot = Int(facts.accounts[index] - range.lowerBound)
      order[Int(next[slot])] = UInt32(index)
      next[slot] += 1
    }
    desk.group(range)
  }

  /// Hands out every account that has facts or rows, by ascending number, with its facts in log
  /// order.
  package func forEachAccount<E: Error>(
    _ body: (UInt32, Span<Fact>) throws(E) -> Void
  ) throws(E) {
    var scratch: ContiguousArray<Fact> = []
    let rows = facts.rows.span
    let order = self.order.span
    for slot in 0..<max(0, starts.count - 1)
    where starts[slot] < starts[slot + 1] || (!reads.isEmpty && desk.hasRows(slot, reads)) {
      scratch.removeAll(keepingCapacity: true)
      for index in Int(starts[slot])..<Int(starts[slot + 1]) {
        scratch.append(rows[Int(order[index])])
      }
      try body(range.lowerBound + UInt32(slot), scratch.span)
    }
  }
}
