internal import Glibc
internal import LMDB
internal import Ledger
internal import Proof

/// The one writer of a log: the open transaction and what it keeps in memory between transactions.
///
/// Used under the journal's lock only, and on one thread from `begin` to `commit`. What is kept in
/// memory is dropped whenever another process has written meanwhile or a transaction was undone.
@safe final class Writer {
  let environment: Environment
  let tables: Tables
  let clock: @Sendable () -> Moment
  private(set) var transaction: WriteTransaction?
  private var unchecked: UncheckedView?

  /// What the open transaction sees; used at once, never kept across a write.
  var view: View {
    @_lifetime(borrow self) get {
      unsafe _overrideLifetime(unchecked!.view, borrowing: self)
    }
  }

  // What changes with every event, in one value: an append looks once whether it has it to itself.
  private struct Progress {
    var head: Position = 0
    var recorded: Int64 = 0
    var moment: Int64 = 0
    var appended = 0
  }
  private var progress = Progress()

  /// The last position, events of the open transaction included.
  var head: Position { progress.head }
  /// Events appended since `begin`.
  var appended: Int {
    get { progress.appended }
    set { progress.appended = newValue }
  }
  /// The last position that is committed, as far as this process knows; nil before the first look.
  private(set) var committed: Position?
  private var lastCRC: UInt32 = 0
  private let builder = BundleBuilder(first: 1)
  // Events of the builder that stand in `tail` already.
  private var tailed = 0
  // Events of the builder that know their previous and stand in `trails`. The others follow
  // together, so that a bulk write waits for the memory of many accounts at once.
  private var settled = 0
  var trails: Trails
  var names = Names()
  private var tree = TreeWriter()
  /// Whether an entry without its content was stored since this process began: the format of the
  /// folder is then one that says so.
  var holdsRedacted = false
  /// Redactions of this file when the process first looked; nil before.
  var redactions: UInt64?

  init(_ environment: Environment, _ tables: Tables, clock: @escaping @Sendable () -> Moment) {
    self.environment = environment
    self.tables = tables
    self.clock = clock
    trails = Trails()
  }

  /// Begins a transaction and looks whether memory still agrees with the log.
  func begin() throws {
    let transaction = try environment.writing()
    unsafe unchecked = transaction.unchecked
    self.transaction = consume transaction
    appended = 0
    do {
      let stored = try view.head(tables)
      if stored != committed { try load(stored) }
      progress.moment = max(clock().rawValue, progress.recorded)
    } catch {
      abandon()
      throw error
    }
  }

  private func load(_ stored: Position) throws {
    try requireSameRedactions()
    let sealed = try view.sealed(tables)
    progress.head = stored
    builder.reset(first: sealed + 1)
    progress.recorded = 0
    lastCRC = 0
    try view.scan(tables, from: sealed + 1, to: stored) {
      builder.append(stored: $0.bytes)
    }
    tailed = builder.count
    settled = builder.count
    try loadTree(sealed: sealed)
    if stored > 0, let event = try view.event(stored, tables) {
      progress.recorded = event.header.recorded
      lastCRC = crc32c(event.bytes)
    }
    trails.reset(indexed: try view.indexed(tables))
    names.reset()
    committed = stored
  }

  /// Takes up the tree, the events in the tail included.
  func loadTree(sealed: Position) throws {
    try tree.load(view, tables, sealed: sealed)
    let builder = self.builder
    for index in 0..<builder.count { tree.append(builder.event(index)) }
  }

  /// Undoes the open transaction and forgets what is in memory.
  func abandon() {
    unsafe unchecked = nil
    transaction = nil
    committed = nil
  }

  /// The moment the next event is recorded at, unless it brings its own.
  var now: Moment { Moment(rawValue: max(progress.moment, progress.recorded)) }

  /// Reads the clock again.
  func tick() { progress.moment = max(clock().rawValue, progress.recorded) }

  /// Stores an event whose header has everything but seq, previous and envelope length; `recorded`
  /// is kept when `restored`, else set.
  func place(
    _ header: inout Header, _ envelope: Span<UInt8>, _ body: Span<UInt8>, others: [UInt32],
    id: UInt64?, restored: Bool
  ) throws {
    var progress = progress
    let seq = progress.head + 1
    let size = Header.size + envelope.count + body.count
    guard size <= Batch.longestEvent else {
      throw JournalError.tooLong("Event \(seq)", size, Batch.longestEvent)
    }
    if restored {
      guard header.recorded >= progress.recorded else {
        throw JournalError.recordedDecreases(
          seq, Moment(rawValue: header.recorded), after: Moment(rawValue: progress.recorded))
      }
    } else {
      header.recorded = max(progress.moment, progress.recorded)
    }
    header.previous = 0
    header.seq = seq
    header.envelope = UInt16(truncatingIfNeeded: envelope.count)
    if !others.isEmpty || id != nil { try enter(&header, others, id) }
    if header.flags.contains(.redacted) { holdsRedacted = true }
    progress.recorded = header.recorded
    progress.head = seq
    progress.appended += 1
    self.progress = progress
    let count = builder.append(header, envelope, body)
    if !others.isEmpty { settled = count }
    if count == Bundle.capacity { try seal() }
  }

  // Enters an event that carries an id or stands in further trails, before it is in the builder.
  private func enter(_ header: inout Header, _ others: [UInt32], _ id: UInt64?) throws {
    try loadTrails()
    if let id { trails.append(id: id, header.seq) }
    if others.isEmpty { return }
    try settle()
    if header.account != 0 { header.previous = try previous(of: header.account) }
    trails.append(header.account, header.seq)
    for other in others { trails.append(other, header.seq) }
  }

  /// Stores the ids that the last event introduced.
  func introduce() throws {
    if !names.waiting.isEmpty { try names.introduce(&transaction!, tables) }
  }

  /// Writes the entries in memory, which end at a position, as a run.
  func flush(upTo last: Position) throws { try trails.flush(&transaction!, tables, head: last) }

  /// Removes every row of a table.
  func clear(_ table: Table) throws { try transaction!.clear(table) }

  /// Stores one name under a number.
  func store(_ name: Envelope.Introduced, _ number: UInt32) throws {
    try Names.store(name, number, &transaction!, tables)
  }

  /// Puts a bundle, or a row of the tail, in the place of one with other bytes.
  func put(bundle: BundleBuilder, _ number: UInt64) throws {
    try transaction!.put(tables.bundles, number, bundle.seal())
  }

  func put(tail row: [UInt8], _ seq: Position) throws {
    try transaction!.put(tables.tail, seq, row.span)
  }

  /// Forgets what is in memory and takes up what the transaction now sees.
  func reload() throws { try load(try view.head(tables)) }

  /// Puts a row of a table with keys of bytes.
  func put(_ table: Table, _ key: [UInt8], _ value: [UInt8], _ mode: WriteTransaction.Mode) throws {
    try transaction!.put(table, key.span, value.span, mode)
  }

  // Gives the events of the builder that have none yet their previous, and enters them in `trails`.
  private func settle() throws {
    let builder = self.builder
    if settled < builder.count { try loadTrails() }
    while settled < builder.count {
      settled = builder.enter(in: &trails, from: settled)
      if settled < builder.count { _ = try trails.find(builder.account(settled), view, tables) }
    }
  }

  private func seal() throws {
    let builder = self.builder
    try settle()
    lastCRC = crc32c(builder.event(builder.count - 1))
    let number = (builder.first - 1) / 256
    let bundle = builder.seal()
    tree.seal(try Bundle(bundle))
    try transaction!.put(tables.bundles, number, bundle, .append)
    if tailed > 0 { try transaction!.clear(tables.tail) }
    tailed = 0
    settled = 0
    builder.reset(first: head + 1)
    tick()
    if head - trails.indexed >= Trails.flushAt { try flush() }
  }

  /// The last position on an account's trail, 0 for none.
  func previous(of account: UInt32) throws -> Position {
    try loadTrails()
    try settle()
    if let known = trails.last(account) { return known }
    return try trails.find(account, view, tables)
  }

  /// Brings the entries since the last run into memory.
  func loadTrails() throws {
    if trails.isLoaded { return }
    let builder = self.builder
    try trails.load(view, tables, upTo: builder.first - 1)
    // The last run may end inside the tail.
    for index in 0..<settled where builder.first + UInt64(index) > trails.indexed {
      try trails.add(EventView(builder.event(index)))
    }
  }

  /// Writes what pends of the account and id index as a run.
  func flush() throws {
    if head == trails.indexed { return }
    try loadTrails()
    try settle()
    try trails.flush(&transaction!, tables, head: head)
  }

  /// Events that no run covers yet.
  var pending: Int { Int(head - trails.indexed) }

  /// Lends the event at a position, the uncommitted ones included.
  func event<R>(_ seq: Position, _ body: (borrowing EventView) throws -> R) throws -> R? {
    let builder = self.builder
    if seq >= builder.first {
      guard seq <= head else { return nil }
      try settle()
      return try body(EventView(builder.event(Int(seq - builder.first))))
    }
    if let event = try view.event(seq, tables) { return try body(event) }
    return nil
  }

  /// The position of the event that carries an id itself.
  func position(ofID id: String) throws -> Position? {
    try loadTrails()
    var found: [Position] = []
    let key = Indexed.idKey(id)
    trails.find(id: key, &found)
    for seq in found {
      let same = try event(seq) { try Envelope(reading: $0.envelope).eventID == id }
      if same == true { return seq }
    }
    return try view.position(tables, ofID: id, key: key, pending: [], to: head)
  }

  /// Writes what is left to the tail, and commits.
  func commit(dropsWaitingNames: Bool) throws(JournalError) -> AcknowledgedHead {
    let builder = self.builder
    var row: [UInt8] = []
    do {
      try settle()
      for index in tailed..<max(tailed, builder.count) {
        row.removeAll(keepingCapacity: true)
        let event = builder.event(index)
        unsafe event.withUnsafeBufferPointer { unsafe row.append(contentsOf: $0) }
        let crc = crc32c(event)
        Little.append(crc, to: &row)
        lastCRC = crc
        tree.append(event)
        try transaction!.put(tables.tail, builder.first + UInt64(index), row.span, .append)
      }
      try tree.store(&transaction!, tables)
    } catch {
      abandon()
      throw JournalError(error)
    }
    unsafe unchecked = nil
    do {
      try transaction.take()!.commit()
    } catch {
      abandon()
      // LMDB writes the page that makes the others count last: without room for those, none does.
      if case .diskFull = error { throw JournalError(error) }
      throw .unknownOutcome(error)
    }
    tailed = builder.count
    committed = head
    if dropsWaitingNames, !names.waiting.isEmpty { names.reset() }
    var acknowledged = AcknowledgedHead()
    (acknowledged.seq, acknowledged.recorded, acknowledged.crc) = (head, progress.recorded, lastCRC)
    acknowledged.root = tree.root
    return acknowledged
  }
}
