internal import LMDB
internal import Ledger
internal import Proof
internal import Synchronization

/// Every full bundle read and hashed anew, by as many threads as take part: each takes the next
/// chunk that nobody has taken, and what they found is put together at the end.
final class Rereading: Sendable {
  // Bundles of a chunk: few enough that no thread waits long for another at the end.
  private static let chunk: UInt64 = 32

  private let tables: Tables
  private let head: Position
  private let next = Atomic<UInt64>(0)
  private let result = Mutex<Result<Reread, JournalError>>(.success(Reread()))

  /// Nothing is read yet of a log that ends at `head`.
  init(_ tables: Tables, head: Position) { (self.tables, self.head) = (tables, head) }

  /// What was read, once every thread is done.
  var read: Reread {
    get throws(JournalError) { try result.withLock { $0 }.get() }
  }

  /// Takes chunks until none is left; `progress` is told the position reached and the last one.
  func work(_ snapshot: borrowing Snapshot, _ progress: (Position, Position) -> Void)
    throws(JournalError)
  {
    var pass = BodyPass()
    // Where a damaged key says that there are far more, the quick check has enough to tell.
    let full = try snapshot.view { view in
      min(head / 256, UInt64(try view.count(tables.bundles)) + UInt64(Journal.findings))
    }
    while true {
      let first = next.wrappingAdd(Rereading.chunk, ordering: .relaxed).oldValue
      guard first < full else { break }
      let numbers = first..<min(first + Rereading.chunk, full)
      try snapshot.view { view in
        for number in numbers { try pass.bundle(number, tables, view) }
      }
      progress(numbers.upperBound * 256, head)
    }
    let found = pass.found
    result.withLock { result in
      guard case .success(var all) = result else { return }
      all.add(found)
      result = .success(all)
    }
  }

  /// Takes part from another thread; not when a writer came between, who may have changed what both
  /// must see alike.
  func join(_ journal: Journal) {
    do throws(JournalError) {
      try journal.read { (snapshot) throws(JournalError) in
        if snapshot.head == head { try work(snapshot) { _, _ in } }
      }
    } catch { result.withLock { $0 = .failure(error) } }
  }
}

/// What was read of some bundles.
struct Reread: Sendable {
  /// The hash above each bundle by its number; those that cannot be read have none.
  var roots: [UInt64: TreeHash] = [:]
  /// Bodies that are not what they must be: of each thread the first ones, of which those are part
  /// that are shown.
  var found: [Damage] = []
  /// Entries without their content, and acts that say so.
  var redactions: [Position] = []
  /// Events of each import.
  var imported: [UInt32: UInt64] = [:]

  /// Adds what another thread read.
  mutating func add(_ other: Reread) {
    roots.merge(other.roots) { one, _ in one }
    found += other.found
    redactions += other.redactions
    imported.merge(other.imported, uniquingKeysWith: +)
  }
}

/// Looks at events one by one: the body against the schema of its version, what is redacted, and
/// how many events each import has.
struct BodyPass {
  private var reread = Reread()
  private var leaves: [TreeHash] = []
  private var types: [Known?] = []
  private var forms = BodyForms()
  private var lastImport: (number: UInt32, count: UInt64) = (0, 0)

  /// What was found so far.
  var found: Reread {
    var found = reread
    found.imported[lastImport.number, default: 0] += lastImport.count
    return found
  }

  /// Hashes a full bundle and looks at its events; nothing of one that cannot be read, for the
  /// quick check says what is wrong with it.
  mutating func bundle(_ number: UInt64, _ tables: Tables, _ view: View) throws {
    guard let bytes = try view.get(tables.bundles, number), let bundle = try? Bundle(bytes),
      bundle.count == Bundle.capacity
    else { return }
    bundle.leaves(into: &leaves)
    reread.roots[number] = TreeHashes.fold(leaves)
    for index in 0..<bundle.count { look(bundle.event(index), number * 256 + UInt64(index) + 1) }
  }

  /// Looks at an event.
  mutating func look(_ event: borrowing EventView, _ seq: Position) {
    let header = event.header
    guard let (type, form) = known(header) else {
      report(
        seq,
        "It has type \(header.type) version \(header.version), which this version of Arrears does "
          + "not know.")
      return
    }
    if !forms.fits(event.body, form) {
      do throws(BodyError) { try BodyCodec.check(event.body, as: type) } catch {
        report(seq, "Its body is no \(type.name): \(error).")
      }
    }
    if header.flags.contains(.redacted) || header.type == EventCode.ledgerEntryRedacted {
      reread.redactions.append(seq)
    }
    // The closing remark of an import carries its number too, and is none of its events.
    if header.type == EventCode.ledgerImportCompleted { return }
    guard header.envelope > 0,
      let number = (try? Envelope.source(of: event.envelope))?.importNumber, number > 0
    else { return }
    if number != lastImport.number {
      reread.imported[lastImport.number, default: 0] += lastImport.count
      lastImport = (number, 0)
    }
    lastImport.count += 1
  }

  private mutating func report(_ position: Position, _ sentence: String) {
    if reread.found.count <= Journal.findings {
      reread.found.append(Damage(position: position, sentence: sentence))
    }
  }

  private typealias Known = (type: EventType, form: BodyForms.Place)

  private mutating func known(_ header: Header) -> Known? {
    let key = Int(header.type) << 2 | Int(header.version & 3)
    let isSmall = header.type < 1024 && header.version < 4
    if isSmall, key < types.count, let known = types[key] { return known }
    guard let type = Register.event(code: header.type, version: header.version) else { return nil }
    let known = (type: type, form: forms.place(of: type))
    if isSmall {
      while types.count <= key { types.append(nil) }
      types[key] = known
    }
    return known
  }
}
