internal import LMDB
package import Ledger
package import Proof
internal import Synchronization

extension Journal {
  /// Verifies everything that the ledger claims, from its bytes: every event hashed anew and
  /// compared with the tree level by level, the root with the head outside and with checkpoints,
  /// every body with the schema of its version, and the kept rows; what `check` looks at; then what
  /// is kept in views, the bytes of published reports, and the access log. An empty answer means
  /// that nothing was found; otherwise the first findings by position, one more than are shown when
  /// there are more. Two threads share it.
  ///
  /// - Parameters:
  ///   - points: checkpoints that must be true of this ledger, each with a name for a finding.
  ///   - key: the log's key, where it is known: who must have signed records of redactions.
  ///   - views: folders of views that another module keeps, and that do not say what the events do.
  ///   - progress: told the position reached and the last one.
  package func verify(
    against points: [(name: String, point: Checkpoint)] = [], key: NoteKey? = nil,
    views: @escaping @Sendable (Journal, borrowing Snapshot) throws(JournalError) -> [String] = {
      _, _ in []
    },
    progress: (Position, Position) -> Void = { _, _ in }
  ) throws(JournalError) -> [Damage] {
    let (checked, beside) = (Piece(), Piece())
    var found = try read { (snapshot) throws(JournalError) in
      let rereading = Rereading(tables, head: snapshot.head)
      // Beside the hashing: first what one thread must read from the first event to the last.
      let side = SideThread { [self] in
        checked.run { () throws(JournalError) in try check() }
        beside.run { () throws(JournalError) in try stray(views) }
        rereading.join(self)
      }
      defer { side.join() }
      try rereading.work(snapshot, progress)
      beside.run { () throws(JournalError) in try stray(views) }
      side.join()
      var pass = TreePass(
        tables, head: snapshot.head, try rereading.read, RedactionKey(key, points.map(\.point)))
      try snapshot.view { view in try pass.run(view) }
      if pass.isWhole { try pass.compare(points, outside: outsideHead, identity, snapshot) }
      progress(snapshot.head, snapshot.head)
      return pass.found
    }
    // What stands beside the log is held against it only where it can be believed.
    if found.isEmpty { found = try beside.found }
    for sentence in try AccessLog(folder).lines().findings(against: points) {
      found.append(Damage(position: 0, sentence: sentence))
    }
    found = (try checked.found + found).sorted { $0.position < $1.position }
    return Array(found.prefix(Journal.findings + 1))
  }

  /// How many findings a verification shows.
  package static let findings = 1000

  // What stands beside the log and does not follow from it.
  private func stray(
    _ views: (Journal, borrowing Snapshot) throws(JournalError) -> [String]
  ) throws(JournalError) -> [Damage] {
    try read { (snapshot) throws(JournalError) in
      try strayViews(snapshot, views) + strayReports(snapshot)
    }
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

/// One pass over the hashes of bundles and over the tail: the tree level by level, and the rows
/// beside the events.
struct TreePass {
  private(set) var found: [Damage] = []
  private var tilesAgree = true
  /// Whether every hash up to the root could be computed or taken from a tile.
  private(set) var isWhole = true
  private let tables: Tables
  private let head: Position
  private var reread: Reread
  private let key: RedactionKey
  private var edge = TreeEdge()
  private var complete: [TreeEdge.Complete] = []

  /// A pass over a log that ends at `head`, of whose full bundles this was read; records of
  /// redactions are held against `key`.
  init(_ tables: Tables, head: Position, _ reread: Reread, _ key: RedactionKey) {
    (self.tables, self.head, self.reread) = (tables, head, reread)
    self.key = key
    found = reread.found
  }

  private mutating func report(_ position: Position, _ sentence: String) {
    found.append(Damage(position: position, sentence: sentence))
  }

  /// Does it all.
  mutating func run(_ view: View) throws {
    let bundles = min(head, try view.sealed(tables)) / 256
    for number in 0..<bundles {
      if let root = reread.roots[number] {
        edge.append(root, height: 8, &complete)
      } else if let row = try view.get(tables.tiles, TileKey(1, number / 256)),
        row.count >= 32 * Int(number % 256 + 1)
      {
        // The tree goes on with what the tile says of it.
        edge.append(TreeHash(row, at: 32 * Int(number % 256)), height: 8, &complete)
      } else {
        isWhole = false
        break
      }
      try compareTiles(view)
    }
    try tail(from: bundles * 256 + 1, view)
    try finish(view)
  }

  // The events behind the last full bundle.
  private mutating func tail(from first: Position, _ view: View) throws {
    guard isWhole else { return }
    var pass = BodyPass()
    for seq in first..<head + 1 {
      guard let event = try? view.event(seq, tables) else {
        isWhole = false
        break
      }
      edge.append(event.leaf, &complete)
      pass.look(event, seq)
    }
    reread.add(pass.found)
    found += pass.found.found
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

  // What is known only at the end: rows beside the events.
  private mutating func finish(_ view: View) throws {
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
    var redactions = Redactions()
    for seq in reread.redactions.sorted() {
      if let event = try? view.event(seq, tables) { redactions.note(event) }
    }
    for damage in redactions.findings(key) { report(damage.position, damage.sentence) }
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
      let (count, last) = (reread.imported[row.number] ?? 0, try view.head(tables))
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
