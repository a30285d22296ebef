internal import LMDB
package import Ledger
package import Proof
internal import Synchronization

extension Journal {
  /// Verifies everything that the ledger claims, from its bytes: every event hashed anew and
  /// compared with the tree level by level, the root with the head outside and with checkpoints,
  /// every body with the schema of its version, and the kept rows; what `check` looks at; then what
  /// is kept in views, and the bytes of published reports. An empty answer means that nothing was
  /// found; otherwise up to 1,000 findings, by position. Two threads share it.
  ///
  /// - Parameters:
  ///   - points: checkpoints that must be true of this ledger, each with a name for a finding.
  ///   - views: folders of views that another module keeps, and that do not say what the events do.
  ///   - progress: told the position reached and the last one.
  package func verify(
    against points: [(name: String, point: Checkpoint)] = [],
    views: @escaping @Sendable (Journal, borrowing Snapshot) throws(JournalError) -> [String] = {
      _, _ in []
    },
    progress: (Position, Position) -> Void = { _, _ in }
  ) throws(JournalError) -> [Damage] {
    let (checked, beside) = (Piece(), Piece())
    let side = SideThread { [self] in
      beside.run { () throws(JournalError) in
        try read { (snapshot) throws(JournalError) in
          try strayViews(snapshot, views) + strayReports(snapshot)
        }
      }
      checked.run { () throws(JournalError) in try check() }
    }
    defer { side.join() }
    var found = try read { (snapshot) throws(JournalError) in
      var pass = TreePass(tables, head: snapshot.head)
      var next: UInt64 = 0
      while next * 256 < snapshot.head {
        next = try snapshot.view { view in try pass.bundles(from: next, view) }
        progress(min(next * 256, snapshot.head), snapshot.head)
      }
      try snapshot.view { view in try pass.finish(view) }
      if pass.isWhole { try pass.compare(points, outside: outsideHead, identity, snapshot) }
      return pass.found
    }
    checked.run { () throws(JournalError) in try check() }
    side.join()
    // What stands beside the log is held against it only where it can be believed.
    if found.isEmpty { found = try beside.found }
    return Array((try checked.found + found).sorted { $0.position < $1.position }.prefix(1000))
  }

  private var outsideHead: AcknowledgedHead? {
    Files.read(folder.head, limit: 64).flatMap { AcknowledgedHead($0) }
  }
}

/// A piece of the work, done by the thread that comes to it first.
private final class Piece: Sendable {
  private let isTaken = Atomic(false)
  private let result = Mutex<Result<[Damage], JournalError>>(.success([]))

  /// Does it, unless a thread began to already.
  func run(_ work: () throws(JournalError) -> [Damage]) {
    guard !isTaken.exchange(true, ordering: .relaxed) else { return }
    do throws(JournalError) {
      let found = try work()
      result.withLock { $0 = .success(found) }
    } catch { result.withLock { $0 = .failure(error) } }
  }

  /// What it found, once all threads are done.
  var found: [Damage] {
    get throws(JournalError) { try result.withLock { $0 }.get() }
  }
}

/// One pass over the stored bytes: leaves, tiles, bodies, and how many events each import has.
struct TreePass {
  private(set) var found: [Damage] = []
  private var tilesAgree = true
  /// Whether every hash up to the root could be computed or taken from a tile.
  private(set) var isWhole = true
  private let tables: Tables
  private let head: Position
  private var edge = TreeEdge()
  private var complete: [TreeEdge.Complete] = []
  private var leaves: [TreeHash] = []
  private var types: [EventType?] = []
  private var redactions = Redactions()
  private var imported: [UInt32: UInt64] = [:]
  private var lastImport: (number: UInt32, count: UInt64) = (0, 0)

  init(_ tables: Tables, head: Position) {
    (self.tables, self.head) = (tables, head)
  }

  private mutating func report(_ position: Position, _ sentence: String) {
    if found.count < 1000 { found.append(Damage(position: position, sentence: sentence)) }
  }

  /// Looks at 64 bundles or at the tail; gives the number of the bundle to go on at.
  mutating func bundles(from first: UInt64, _ view: View) throws -> UInt64 {
    for number in first..<first + 64 where number * 256 < head {
      guard let bytes = try view.get(tables.bundles, number) else {
        try tail(from: number * 256 + 1, view)
        return number + 1
      }
      guard let bundle = try? Bundle(bytes), bundle.count == Bundle.capacity else {
        // The quick check says what is wrong with it; the tree goes on with what its tile says.
        guard let row = try view.get(tables.tiles, TileKey(1, number / 256)),
          row.count >= 32 * Int(number % 256 + 1)
        else {
          isWhole = false
          return head / 256 + 1
        }
        edge.append(TreeHash(row, at: 32 * Int(number % 256)), height: 8, &complete)
        try compareTiles(view)
        continue
      }
      bundle.leaves(into: &leaves)
      edge.append(TreeHashes.fold(leaves), height: 8, &complete)
      try compareTiles(view)
      for index in 0..<bundle.count { body(bundle.event(index), number * 256 + UInt64(index) + 1) }
    }
    return first + 64
  }

  private mutating func tail(from first: Position, _ view: View) throws {
    guard first <= head else { return }
    for seq in first...head {
      guard let event = try? view.event(seq, tables) else {
        isWhole = false
        return
      }
      edge.append(event.leaf, &complete)
      body(event, seq)
    }
    try compareTiles(view)
  }

  private mutating func compareTiles(_ view: View) throws {
    for one in complete {
      let span = UInt64(256) << UInt64(8 * (one.level - 1))
      let (first, last) = (one.index * span + 1, (one.index + 1) * span)
      guard let row = try view.get(tables.tiles, TileKey(one.level, one.index / 256)),
        row.count >= 32 * Int(one.index % 256 + 1)
      else {
        // The tail was sealed behind the head that this pass looks at, or a tile is missing.
        report(first, "The tree has no hash of the events \(first) to \(last); rebuild it.")
        continue
      }
      if TreeHash(row, at: 32 * Int(one.index % 256)) != one.hash {
        tilesAgree = false
        report(
          first,
          "The events \(first) to \(last) do not hash to what level \(one.level) of the tree says.")
      }
    }
    complete.removeAll(keepingCapacity: true)
  }

  private mutating func body(_ event: borrowing EventView, _ seq: Position) {
    let header = event.header
    guard let type = type(header) else {
      report(
        seq,
        "It has type \(header.type) version \(header.version), which this version of Arrears does "
          + "not know.")
      return
    }
    do throws(BodyError) { try BodyCodec.check(event.body, as: type) } catch {
      report(seq, "Its body is no \(type.name): \(error).")
    }
    redactions.note(event)
    // The closing remark of an import carries its number too, and is none of its events.
    if header.type == EventCode.ledgerImportCompleted { return }
    guard header.envelope > 0,
      let number = (try? Envelope.source(of: event.envelope))?.importNumber, number > 0
    else { return }
    if number != lastImport.number {
      imported[lastImport.number, default: 0] += lastImport.count
      lastImport = (number, 0)
    }
    lastImport.count += 1
  }

  private mutating func type(_ header: Header) -> EventType? {
    let key = Int(header.type) << 2 | Int(header.version & 3)
    if header.type < 1024, header.version < 4, key < types.count, let known = types[key] {
      return known
    }
    let type = Register.event(code: header.type, version: header.version)
    if header.type < 1024, header.version < 4 {
      while types.count <= key { types.append(nil) }
      types[key] = type
    }
    return type
  }

  /// Looks at what is known only at the end: rows beside the events.
  mutating func finish(_ view: View) throws {
    imported[lastImport.number, default: 0] += lastImport.count
    if isWhole {
      var (rows, level) = (0, UInt64(8))
      while level < 64, head >> level > 0 {
        rows += Int(((head >> level) + 255) / 256)
        level += 8
      }
      // A writer may have gone on since; then there are more.
      if try view.count(tables.tiles) != rows, try view.head(tables) == head {
        report(
          0, "The tree has \(try view.count(tables.tiles)) tiles instead of \(rows); rebuild it.")
      }
    }
    for damage in redactions.findings { report(damage.position, damage.sentence) }
    try commands(view)
    try imports(view)
  }

  private mutating func commands(_ view: View) throws {
    var ranges: [(first: Position, last: Position)] = []
    var rows = try view.cursor(tables.commands)
    let last = try view.head(tables)
    while try rows.next() {
      guard CommandRow.isSound(rows.key, rows.value) else {
        // The quick check says so.
        continue
      }
      let key = String(decoding: Little.copy(rows.key), as: UTF8.self)
      let range = (
        first: Little.load(UInt64.self, rows.value, 32),
        last: Little.load(UInt64.self, rows.value, 40)
      )
      guard range.first > 0, range.first <= range.last, range.last <= last else {
        report(
          range.first,
          "The answer to the command \(key) names the events \(range.first) to \(range.last), which "
            + "are not there.")
        continue
      }
      ranges.append(range)
    }
    ranges.sort { $0.first < $1.first }
    for (one, next) in zip(ranges, ranges.dropFirst()) where next.first <= one.last {
      report(next.first, "Two commands say that they recorded this event.")
    }
  }

  private mutating func imports(_ view: View) throws {
    var rows = try view.cursor(tables.imports)
    while try rows.next() {
      let digest = Little.copy(rows.key)
      guard digest.count == 32, let row = try? ImportRow(digest, rows.value) else {
        report(0, "The row of the import \(Hex.text(digest)) is damaged.")
        continue
      }
      guard try view.name(tables, .import, row.number) != nil else {
        report(
          row.first, "The row of an import names import number \(row.number), which has no name.")
        continue
      }
      let (count, last) = (imported[row.number] ?? 0, try view.head(tables))
      if row.last > last || row.first > row.last {
        report(row.first, "The row of import \(row.number) names events that are not there.")
      } else if row.events > 0, row.events != count, row.last <= head {
        report(
          row.first,
          "Import \(row.number) says that it stored \(row.events) events, and \(count) carry its number."
        )
      }
    }
  }

  /// Compares roots with what was said of them elsewhere.
  mutating func compare(
    _ points: [(name: String, point: Checkpoint)], outside: AcknowledgedHead?,
    _ identity: Identity, _ snapshot: borrowing Snapshot
  ) throws(JournalError) {
    if edge.size == head, tilesAgree, try snapshot.root(of: head) != edge.root {
      report(0, "The root over all events is not what the tiles say; rebuild the tree.")
    }
    if let outside, let root = outside.root, outside.seq <= head,
      try snapshot.root(of: outside.seq) != root
    {
      report(
        outside.seq,
        "The root over the first \(outside.seq) events is not that of the head outside.")
    }
    for (name, point) in points {
      if let ledger = point.ledger, ledger != identity.hash {
        report(
          0,
          "The ledger calls itself \(identity.id), counts days in \(identity.zone) and sums in "
            + "\(identity.currency.code); \(name) says otherwise, or is of another log.")
      }
      guard point.size <= head else {
        report(
          0,
          "The ledger holds \(head) events, and \(name) covers \(point.size): it was put back, or "
            + "the checkpoint is of another log.")
        continue
      }
      if try snapshot.root(of: point.size) != point.root {
        report(
          0,
          "The first \(point.size) events are not those of \(name): the ledger was changed, or the "
            + "checkpoint is of another log.")
      } else if let heads = point.heads, try snapshot.heads(of: point.size).root != heads {
        report(0, "The ends of the trails are not those that \(name) says.")
      }
    }
  }
}
