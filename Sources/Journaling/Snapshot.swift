package import Ledger
internal import Glibc
internal import LMDB

/// The ledger as it stood when `Journal.read` was called: a prefix of the log, up to `head`.
///
/// Underneath, the LMDB transaction is renewed between operations and, in long scans, at bundle
/// borders once it is 250 ms old, so that a reader never makes the file grow; the log being
/// append-only, what is seen stays the same. Lent to one closure on one thread.
package struct Snapshot: ~Copyable {
  let journal: Journal
  private let reader: Reader
  /// The last position that is seen.
  package let head: Position

  init(_ journal: Journal) throws(JournalError) {
    self.journal = journal
    do {
      let reader = Reader(try journal.environment.reading())
      head = try reader.view.head(journal.tables)
      self.reader = reader
    } catch { throw JournalError(error) }
  }

  // What an operation looks through: renewed when old, unless another operation is under way.
  func view<R>(_ body: (View) throws -> R) throws(JournalError) -> R {
    do {
      try reader.enter()
      defer { reader.leave() }
      return try body(reader.view)
    } catch { throw JournalError(error) }
  }

  var tables: Tables { journal.tables }

  // MARK: Events

  /// Lends the event at a position; nil when there is none up to `head`.
  package func event<R>(
    at seq: Position, _ body: (borrowing EventView) throws(JournalError) -> R
  ) throws(JournalError) -> R? {
    if seq > head { return nil }
    return try view { view in
      guard let event = try view.event(seq, tables) else { return nil }
      return try body(event)
    }
  }

  /// When the event at a position was recorded; nil when there is none.
  package func recorded(at seq: Position) throws(JournalError) -> Moment? {
    try event(at: seq) { (event) throws(JournalError) in Moment(rawValue: event.header.recorded) }
  }

  /// The last position recorded at or before a moment; 0 when there is none.
  package func position(knownAt moment: Moment) throws(JournalError) -> Position {
    try view { view in
      var low: Position = 0
      var high = head
      while low < high {
        let middle = low + (high - low + 1) / 2
        guard let event = try view.event(middle, tables) else {
          throw JournalError.corrupt("the log at \(middle)", "the event is missing")
        }
        if event.header.recorded <= moment.rawValue { low = middle } else { high = middle - 1 }
      }
      return low
    }
  }

  /// Lends the events of an account's trail, in order, up to `to` (or `head`); each event once.
  package func trail(
    of account: UInt32, to last: Position = .max,
    _ body: (borrowing EventView) throws(JournalError) -> Void
  ) throws(JournalError) {
    let last = min(last, head)
    try view { view in
      try view.events(at: try positions(of: account, to: last, view), tables) { try body($0) }
    }
  }

  /// The positions of an account's trail, in order, up to `to` (or `head`).
  package func positions(of account: UInt32, to last: Position = .max) throws(JournalError)
    -> [Position]
  {
    try view { try positions(of: account, to: min(last, head), $0) }
  }

  /// The positions of events on no account, up to `last`; nil when an older program indexed a part
  /// of the log without them.
  func housePositions(to last: Position) throws(JournalError) -> [Position]? {
    try view { view in
      var isWhole = true
      try view.runs(tables) { run in if !run.hasHouse { isWhole = false } }
      return isWhole ? try positions(of: 0, to: min(last, head), view) : nil
    }
  }

  private func positions(of account: UInt32, to last: Position, _ view: View) throws -> [Position] {
    var found: [Position] = []
    var indexed: Position = 0
    try view.runs(tables) { run in
      for entry in run.entries(of: account) {
        let seq = run.position(entry)
        if seq <= last { found.append(seq) }
      }
      indexed = run.last
    }
    try journal.pending.trail(of: account, after: indexed, to: last, view, tables, &found)
    return found
  }

  // MARK: Names

  /// The number of an id; nil when the ledger does not know it.
  package func number(_ kind: NameKind, _ id: String) throws(JournalError) -> UInt32? {
    try view { try $0.number(tables, kind, Array(id.utf8).span) }
  }

  /// The id of a number; nil when none has it.
  package func name(_ kind: NameKind, _ number: UInt32) throws(JournalError) -> String? {
    try view { try $0.name(tables, kind, number) }
  }

  /// Lends every id of a kind with its number, in order of the numbers.
  package func names(_ kind: NameKind, _ body: (UInt32, String) -> Void) throws(JournalError) {
    try view { view in
      var numbers = try view.cursor(tables.numbers)
      var found = try numbers.seek(atLeast: NameKey.number(kind, 1).span)
      while found, numbers.key.count == 5, numbers.key[0] == kind.rawValue {
        body(
          NameKey.number(numbers.key), String(decoding: Little.copy(numbers.value), as: UTF8.self))
        found = try numbers.next()
      }
    }
  }

  /// How many ids of a kind have a number; numbers run from 1 to this.
  package func count(of kind: NameKind) throws(JournalError) -> Int {
    try view { Int(try $0.count(tables, kind)) }
  }

  // MARK: Ids

  /// The position of the event with an id, given or derived; nil when there is none up to `head`.
  package func position(ofEvent id: String) throws(JournalError) -> Position? {
    try view { view in
      let indexed = try view.indexed(tables)
      let key = Indexed.idKey(id)
      let pending = try journal.pending.find(
        id: key, after: indexed, to: head, view, tables)
      let own = try view.position(tables, ofID: id, key: key, pending: pending, to: head)
      if let own { return own }
      if let place = journal.identity.position(of: id), place <= head { return place }
      return try DerivedID(id)?.position(view, tables, to: head)
    }
  }

  /// The id of an event: its own, or the one that derives from import and line; for an event that
  /// has neither, its position in the ledger as `<ledger id>-<seq>`.
  package func eventID(of event: borrowing EventView) throws(JournalError) -> String {
    let envelope: Envelope
    do { envelope = try Envelope(reading: event.envelope) } catch {
      throw .wire(error, at: event.header.seq)
    }
    if let id = envelope.eventID { return id }
    guard let source = envelope.source, source.importNumber != 0, source.line != 0,
      let name = try name(.import, source.importNumber)
    else { return "\(journal.identity.id)-\(event.header.seq)" }
    return DerivedID(
      prefix: DerivedID.prefix(ofImport: name), line: source.line, ordinal: source.ordinal
    ).text
  }

  // MARK: Commands and imports

  /// The answer a command got; nil when its key is unknown.
  package func command(_ key: CommandKey) throws(JournalError) -> CommandRow? {
    try view { try CommandRow(key, $0, tables) }
  }

  /// What is known of an import by the digest of its file and mapping.
  package func importRow(_ digest: [UInt8]) throws(JournalError) -> ImportRow? {
    try view { try ImportRow.read(digest, $0, tables) }
  }

  /// Every import, in the order of their numbers.
  package func imports() throws(JournalError) -> [ImportRow] {
    try view { view in
      var rows: [ImportRow] = []
      var cursor = try view.cursor(tables.imports)
      while try cursor.next() { rows.append(try ImportRow(Little.copy(cursor.key), cursor.value)) }
      return rows.sorted { $0.number < $1.number }
    }
  }

  // MARK: Bundles

  /// Lends the events from `from` to `to` as bundles, in order; bundles without a type in `wanted`
  /// are skipped. Bundles are lent whole: the first may begin before `from` and the last end after
  /// `to`, so the consumer also looks at `header.seq` (or `Bundle.first`). What is not sealed yet
  /// comes as one bundle of the same form.
  package func bundles(
    from: Position = 1, to last: Position = .max, wanted: TypeMask = .all,
    _ body: (borrowing Bundle) throws(JournalError) -> Void
  ) throws(JournalError) {
    let last = min(last, head)
    var next = max(from, 1)
    while next <= last {
      next = try view { view in
        try scan(view, next, last, wanted, body)
      }
    }
  }

  // Scans until the transaction is old or all is seen; gives the position to go on at.
  private func scan(
    _ view: View, _ from: Position, _ last: Position, _ wanted: TypeMask,
    _ body: (borrowing Bundle) throws(JournalError) -> Void
  ) throws -> Position {
    var bundles = try view.cursor(tables.bundles)
    var next = from
    var found = try bundles.seek((next - 1) / 256)
    var turn = 0
    while found {
      let bundle = try Bundle(bundles.value)
      if bundle.first > last { return bundle.first }
      if bundle.contains(wanted) { try body(bundle) }
      next = bundle.first + UInt64(bundle.count)
      if next > last { return next }
      turn += 1
      if turn & 15 == 0, reader.isOld { return next }
      found = try bundles.next()
    }
    // What is left stands in the tail.
    let first = (next - 1) / 256 * 256 + 1
    let builder = BundleBuilder(first: first)
    try view.scan(tables, from: first, to: min(last, first + 255)) {
      builder.append(stored: $0.bytes)
    }
    let count = builder.count
    // Fewer would be read again and again by who goes on behind them.
    guard UInt64(count) == min(last, first + 255) - first + 1 else {
      throw JournalError.corrupt("the log from \(first) on", "events are missing")
    }
    let bundle = try Bundle(builder.seal())
    if bundle.contains(wanted) { try body(bundle) }
    return first + UInt64(count)
  }
}

/// The transaction of a snapshot, its age, and how many operations look through it.
@safe final class Reader {
  private var transaction: ReadTransaction
  private let unchecked: UncheckedView
  private var depth = 0
  private var born: UInt64

  init(_ transaction: consuming ReadTransaction) {
    unsafe unchecked = transaction.unchecked
    self.transaction = transaction
    born = Reader.milliseconds
  }

  /// What the transaction sees; used inside `enter` and `leave`.
  var view: View {
    @_lifetime(borrow self) get { unsafe _overrideLifetime(unchecked.view, borrowing: self) }
  }

  /// CRC32C of the bytes of the event at a head; nil when there is none. The bytes of an entry
  /// without its content are not those that were acknowledged; the root vouches for them.
  func checksum(of head: AcknowledgedHead, _ tables: Tables) throws -> UInt32? {
    guard let event = try view.event(head.seq, tables) else { return nil }
    return event.header.flags.contains(.redacted) ? head.crc : crc32c(event.bytes)
  }

  /// Whether the transaction should be renewed and can be.
  var isOld: Bool { depth <= 1 && Reader.milliseconds - born >= 250 }

  func enter() throws(LMDBError) {
    if depth == 0, isOld {
      try transaction.renew()
      born = Reader.milliseconds
    }
    depth += 1
  }

  func leave() { depth -= 1 }

  private static var milliseconds: UInt64 {
    var now = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC_COARSE, &now)
    return UInt64(now.tv_sec) * 1000 + UInt64(now.tv_nsec) / 1_000_000
  }
}
