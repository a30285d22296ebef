/// The facts of many accounts, gathered in one pass over the log and handed out account by account.
///
/// Memory is bounded: a pass that finds more facts than it has room for gives up the upper half of
/// its accounts, again and again if need be, and the caller folds those in a later pass. Every book
/// is a monoid, so the parts merge.
package struct Portfolio: ~Copyable, Sendable {
  /// Texts behind the facts, and the facts of the bundle being read.
  package var facts: Facts
  /// What was heard about the accounts apart from money.
  package var desk = Desk()
  /// Columns of the desk that are collected.
  package let reads: Desk.Reads
  /// Types of events that are looked at for facts.
  private let heard: TypeMask
  private let leads: Desk.Reads
  /// Account numbers this pass looks at; its end comes down when the pass gives accounts up.
  package private(set) var range: Range<UInt32>
  private var begun: Range<UInt32>
  private var holes = Pigeonholes()
  private let room: Int

  /// Words of facts a pass holds at most, unless one stretch has more: 200 MB.
  package static let room = 25_000_000

  /// A portfolio that looks at the accounts in `range`, and besides money at these columns.
  ///
  /// - Parameters:
  ///   - leads: columns in one of which an account must have rows to be handed out; none means
  ///     every account.
  ///   - reckons: whether all facts of money are wanted, or the particulars only.
  package init(
    range: Range<UInt32>, reads: Desk.Reads = [], leads: Desk.Reads = [], reckons: Bool = true,
    room: Int = Portfolio.room, accountKey: @escaping @Sendable (UInt32) -> TextKey
  ) {
    (self.range, begun) = (range, range)
    (self.reads, self.leads) = (reads, leads)
    self.room = room
    heard = reckons ? Facts.reads : Facts.particulars
    self.facts = Facts(accountKey: accountKey)
    holes.start(range)
  }

  /// Forgets everything but texts, keeps the room, and looks at the accounts in `range`; about so
  /// many events will come.
  package mutating func start(_ range: Range<UInt32>, expecting count: UInt64 = 0) {
    (self.range, begun) = (range, range)
    facts.removeAll()
    desk.removeAll()
    holes.start(range)
    // Room that is never used takes address space only.
    holes.reserve(Int(min(count * 10, UInt64(room) + 4096)))
  }

  /// What is noted of a part of the log: the rest is kept already.
  package struct Wanted: Sendable {
    fileprivate let facts: Bool
    fileprivate let reads: Desk.Reads
    /// Types of the events that are looked at.
    package let types: TypeMask
  }

  /// Facts or not, and these of the columns.
  package func wanted(facts: Bool, _ reads: Desk.Reads) -> Wanted {
    Wanted(facts: facts, reads: reads, types: facts ? heard.union(reads.mask) : reads.mask)
  }

  /// Notes what is wanted of the events of a bundle at these positions.
  package mutating func collect(
    _ bundle: borrowing Bundle, _ positions: ClosedRange<Position>, _ wanted: Wanted
  ) throws(WireError) {
    for index in 0..<bundle.count {
      let header = bundle.header(index)
      if header.seq > positions.upperBound { break }
      guard header.seq >= positions.lowerBound, wanted.types.contains(header.type),
        range.contains(header.account) || header.flags.contains(.concernsOthers)
      else { continue }
      try hear(bundle.event(index), wanted)
    }
    if wanted.facts { file() }
  }

  /// Notes one event for every account of the range in whose trail it stands.
  package mutating func note(_ event: borrowing EventView) throws(WireError) {
    try hear(event, wanted(facts: true, reads))
    file()
  }

  private mutating func hear(_ event: borrowing EventView, _ wanted: Wanted) throws(WireError) {
    let account = event.header.account
    if range.contains(account) { try note(event, of: account, isSubject: true, wanted) }
    guard event.header.flags.contains(.concernsOthers) else { return }
    var others: [UInt32] = []
    try Envelope.accounts(of: event.envelope) { others.append($0) }
    for other in others where range.contains(other) {
      try note(event, of: other, isSubject: false, wanted)
    }
  }

  @inline(__always) private mutating func note(
    _ event: borrowing EventView, of account: UInt32, isSubject: Bool, _ wanted: Wanted
  ) throws(WireError) {
    if wanted.facts, heard.contains(event.header.type) {
      try self.facts.note(event, account: account, isSubject: isSubject)
    }
    guard !wanted.reads.isEmpty else { return }
    try desk.note(event, account: account, isSubject: isSubject, wanted.reads)
  }

  // Facts leave the open list for the pigeonholes while a cache still holds them.
  private mutating func file() {
    holes.file(facts)
    facts.removeAll()
    while holes.count > room, holes.isFull, !holes.isSingle {
      range = range.lowerBound..<min(range.upperBound, holes.giveUpHalf())
    }
  }

  /// Sorts the desk by account. Call once, after the last bundle.
  package mutating func group() { desk.group(begun) }

  /// The stretches whose accounts are looked at.
  package var stretches: Range<UInt32> { holes.stretches }

  /// Writes the facts of a stretch down; no words when there are none.
  package func write(_ stretch: UInt32, to words: inout ContiguousArray<UInt64>) {
    holes.write(stretch, to: &words)
  }

  /// Hands out every account of a stretch that has facts or rows, by ascending number, with its
  /// facts in log order and the parts they refer to.
  ///
  /// - Parameters:
  ///   - slots: only the accounts in these places of the stretch.
  ///   - kept: the stretch as written down earlier, one time after the other; its facts come first.
  ///   - own: the stretch as this portfolio writes it.
  ///   - last: facts behind this position are passed over.
  package func forEachAccount<E: Error>(
    of stretch: UInt32, _ slots: ContiguousArray<Int> = Stretch.slots,
    kept: ContiguousArray<Stretch.Copy>, own: Span<UInt64>, upTo last: Position,
    _ tray: inout Stretch.Tray,
    _ body: (borrowing Portfolio, UInt32, Span<Fact>, Span<Piece>) throws(E) -> Void
  ) throws(E) {
    if own.count == 0, reads.isEmpty, kept.allSatisfy({ $0.count == 0 }) { return }
    let first = stretch * UInt32(Stretch.width)
    for slot in slots {
      let account = first + UInt32(slot)
      guard range.contains(account) else { continue }
      if !leads.isEmpty, !hasRows(account, leads) { continue }
      tray.fill(account, kept, own, upTo: last)
      if tray.rows.isEmpty, !hasRows(account, reads) { continue }
      try body(self, account, tray.rows.span, tray.parts.span)
    }
  }

  /// Hands out every account that has facts or rows.
  package func forEachAccount<E: Error>(
    _ body: (borrowing Portfolio, UInt32, Span<Fact>, Span<Piece>) throws(E) -> Void
  ) throws(E) {
    var words: ContiguousArray<UInt64> = []
    var tray = Stretch.Tray()
    for stretch in stretches {
      holes.write(stretch, to: &words)
      try forEachAccount(
        of: stretch, kept: [], own: words.span, upTo: .max, &tray, body)
    }
  }

  /// Accounts of a stretch that were ever given to a holder, by their places in it: entries taken
  /// back count, so that each account he had at any vantage is among them.
  package func given(to holder: TextKey, in stretch: UInt32) -> ContiguousArray<Int> {
    let first = firstSlot(of: stretch)
    var found: ContiguousArray<Int> = []
    for slot in 0..<Stretch.width
    where desk.allocations.contains(first + slot, where: { !$0.ends && $0.holder == holder }) {
      found.append(slot)
    }
    return found
  }

  /// Those of the accounts in some places of a stretch that a book is concerned with, asked of
  /// their allocations before anything else is read of them; what is kept and what this portfolio
  /// writes of the stretch says which entries were taken back.
  package func concerning(
    _ slots: ContiguousArray<Int>, in stretch: UInt32, kept: ContiguousArray<Stretch.Copy>,
    own: Span<UInt64>, upTo last: Position, _ tray: inout Stretch.Tray,
    _ concerns: (borrowing Desk) -> Bool
  ) -> ContiguousArray<Int> {
    var (dead, rows) = (Dead(), Desk())
    var found: ContiguousArray<Int> = []
    for slot in slots {
      tray.fill(stretch * UInt32(Stretch.width) + UInt32(slot), kept, own, upTo: last)
      dead.find(in: tray.rows.span)
      desk.allocations.lend(firstSlot(of: stretch) + slot, to: &rows.allocations, without: dead)
      if concerns(rows) { found.append(slot) }
    }
    return found
  }

  /// The slot of the desk in which the first account of a stretch stands; below 0 when the range
  /// begins inside the stretch.
  package func firstSlot(of stretch: UInt32) -> Int {
    Int(stretch) * Stretch.width - Int(begun.lowerBound)
  }

  private func hasRows(_ account: UInt32, _ reads: Desk.Reads) -> Bool {
    !reads.isEmpty && desk.hasRows(Int(account - range.lowerBound), reads)
  }
}
