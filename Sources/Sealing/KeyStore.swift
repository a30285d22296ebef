internal import Glibc
internal import LMDB
internal import Ledger

/// The keys of a ledger's persons: the LMDB environment `keys/` of its folder.
///
/// | table | key | value |
/// |---|---|---|
/// | keys | whose: `party:P-9`, `account:LN-1`, `event:ID`, or `ledger:` | 1 and the wrapped key |
/// | | | 2 and the moment (8 bytes): the key was destroyed |
///
/// Every row is wrapped by a key that stands outside the ledger; the row `ledger:` belongs to the
/// ledger itself, and tells whether the key outside is the right one. A key is durable before the
/// first event that it seals. Whoever has the store open holds a shared lock on `keys/guard`;
/// erasure, which puts another file in its place, takes it alone.
package final class KeyStore {
  /// What the store may be asked for.
  package enum Mode: Sendable {
    /// Keys are read.
    case reading
    /// Keys are read, and made for whoever has none.
    case writing
    /// As writing, and nothing of it is kept.
    case rehearsing
  }

  /// The folder of the store.
  package let folder: String
  let wrapping: Wrapping
  private let mode: Mode
  private var environment: Environment?
  private var table: Table?
  private var transaction: WriteTransaction?
  private var known: [String: PersonKey] = [:]
  private var fresh: Set<String> = []
  private let latch: Latch

  static let ledger = "ledger:"
  private static let standing: UInt8 = 1, destroyed: UInt8 = 2

  /// Opens the keys of the ledger at a path. Where there are none, `writing` begins the store, if
  /// it may, and makes the key file, unless there is one: `onNewKey` is then told its path, for it
  /// must be kept safe by whoever asked.
  package init(
    ledger: String, source: KeySource, mode: Mode,
    mayBegin: () throws(SealingError) -> Bool = { true }, onNewKey: (String) -> Void = { _ in }
  ) throws(SealingError) {
    folder = LedgerName.trimmed(ledger) + "/keys"
    self.mode = mode
    let file = folder + "/data.mdb"
    if !FileWork.exists(file) {
      if mode == .reading { throw .noStore(folder) }
      // Another process may have begun it meanwhile.
      guard try mayBegin() || FileWork.exists(file) else { throw .lostStore(folder) }
    }
    if !FileWork.exists(file), mode == .rehearsing {
      latch = Latch()
      wrapping = Wrapping(PersonKey.chance(32))
      known[KeyStore.ledger] = PersonKey(PersonKey.chance())
      return
    }
    if mode == .writing, !FileWork.exists(folder) { unsafe _ = mkdir(folder, 0o755) }
    latch = try Latch(folder, alone: !FileWork.exists(file))
    if mode == .writing, FileWork.exists(folder + KeyStore.old) { try KeyStore.finish(folder) }
    if FileWork.exists(file) {
      guard let key = try source.read() else { throw .noKey(source.name) }
      wrapping = Wrapping(key)
    } else {
      let key: [UInt8]
      if let there = try source.read() {
        key = there
      } else {
        key = PersonKey.chance(32)
        try source.make(key)
        onNewKey(source.name)
      }
      wrapping = Wrapping(key)
      let wrapped = try wrapping.wrap(PersonKey.chance(), of: KeyStore.ledger)
      try KeyStore.build([(Array(KeyStore.ledger.utf8), [KeyStore.standing] + wrapped)], in: folder)
    }
    try latch.share()
    try open()
    guard let own = try stored(KeyStore.ledger), own.first == KeyStore.standing,
      let bytes = wrapping.unwrap(Array(own.dropFirst()), of: KeyStore.ledger)
    else { throw .wrongKey(source.name) }
    known[KeyStore.ledger] = PersonKey(bytes)
  }

  private func open() throws(SealingError) {
    do throws(LMDBError) {
      var options = Environment.Options()
      options.readOnly = mode != .writing
      options.mapSize = 16 << 30
      let environment = try Environment(folder: folder, options: options)
      table = try environment.tables([("keys", .bytes)], create: false)[0]
      self.environment = environment
    } catch { throw .storage(error) }
  }

  /// Lets go of the file, so that another can be put in its place.
  func close() {
    transaction = nil
    environment = nil
    known = [:]
    fresh = []
  }

  /// Waits until nobody else has the store open.
  func takeAlone() throws(SealingError) { try latch.alone(folder) }

  // MARK: Keys

  /// The key of the ledger itself: for digests of files, and for what belongs to nobody yet.
  var own: PersonKey {
    guard let key = known[KeyStore.ledger] else { preconditionFailure("a store without its key") }
    return key
  }

  /// The key of an owner; a new one when there is none and one may be made, else nil.
  func key(of owner: Reference, making: Bool) throws(SealingError) -> PersonKey? {
    let name = owner.kind + ":" + owner.id
    if let key = known[name] { return key }
    if let row = try stored(name) { return try remember(name, row) }
    guard making, mode != .reading else { return nil }
    let bytes = PersonKey.chance()
    if mode == .writing {
      try begin()
      // Another process may have made it before this one could write.
      if let row = try stored(name) { return try remember(name, row) }
      try put(name, [KeyStore.standing] + (try wrapping.wrap(bytes, of: name)))
    }
    fresh.insert(name)
    known[name] = PersonKey(bytes)
    return known[name]
  }

  private func remember(_ name: String, _ row: [UInt8]) throws(SealingError) -> PersonKey {
    if row.first == KeyStore.destroyed { throw .erased(name) }
    guard row.first == KeyStore.standing,
      let bytes = wrapping.unwrap(Array(row.dropFirst()), of: name), let key = PersonKey(bytes)
    else { throw .corrupt("the key of \(name) cannot be unwrapped") }
    if known.count > 100_000, fresh.isEmpty { known = [KeyStore.ledger: own] }
    known[name] = key
    return key
  }

  private func begin() throws(SealingError) {
    guard transaction == nil, let environment else { return }
    do throws(LMDBError) { transaction = try environment.writing() } catch {
      throw .storage(error)
    }
  }

  private func put(_ name: String, _ row: [UInt8]) throws(SealingError) {
    guard let table else { return }
    do throws(LMDBError) {
      try transaction?.put(table, Array(name.utf8).span, row.span, .insert)
    } catch { throw .storage(error) }
  }

  // What is durable: keys made since the last flush are in `known`.
  private func stored(_ name: String) throws(SealingError) -> [UInt8]? {
    guard let environment, let table else { return nil }
    let key = Array(name.utf8)
    do throws(LMDBError) {
      let reading = try environment.reading()
      guard let row = try reading.view.get(table, key.span) else { return nil }
      return KeyStore.copy(row)
    } catch { throw .storage(error) }
  }

  /// Writes the keys made since the last time to disk; to be called before events that they seal
  /// become durable.
  package func flush() throws(SealingError) {
    guard transaction != nil else { return }
    do throws(LMDBError) { try transaction.take()!.commit() } catch { throw .storage(error) }
    fresh = []
  }

  /// Forgets the keys made since the last flush.
  package func abandon() {
    transaction = nil
    for name in fresh { known[name] = nil }
    fresh = []
  }

  // MARK: Rows

  /// Every row, by key.
  func rows() throws(SealingError) -> [(key: [UInt8], value: [UInt8])] {
    var rows: [(key: [UInt8], value: [UInt8])] = []
    guard let environment, let table else { return rows }
    do throws(LMDBError) {
      let reading = try environment.reading()
      var cursor = try reading.view.cursor(table)
      while try cursor.next() {
        rows.append((KeyStore.copy(cursor.key), KeyStore.copy(cursor.value)))
      }
    } catch { throw .storage(error) }
    return rows
  }

  /// The row of a key that was destroyed.
  static func tombstone(_ moment: Moment) -> [UInt8] {
    var row = [destroyed]
    for shift in stride(from: 0, to: 64, by: 8) {
      row.append(UInt8(truncatingIfNeeded: moment.rawValue >> Int64(shift)))
    }
    return row
  }

  /// Whether a row holds a key.
  static func isStanding(_ row: [UInt8]) -> Bool { row.first == standing }

  static func copy(_ bytes: Span<UInt8>) -> [UInt8] {
    unsafe bytes.withUnsafeBufferPointer { unsafe Array($0) }
  }
}
