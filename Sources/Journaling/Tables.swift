internal import Glibc
internal import LMDB

/// Every table of the log's environment, on one page. Integers in keys are the machine's; integers
/// in values are little-endian. What is marked *derived* can be rebuilt from `bundles` and `tail`
/// alone.
///
/// | table    | key                          | value |
/// |----------|------------------------------|-------|
/// | meta     | name                         | format, id, zone, currency, created, checksum |
/// | bundles  | u64 bundle number, from 0    | `Bundle` of exactly 256 events: 256n+1 … 256n+256 |
/// | tail     | u64 seq                      | event, then its CRC32C u32; fewer than 256 rows |
/// | runs     | u64 first seq                | `AccountRun`; derived |
/// | ids      | u64 first seq                | `IDRun` of the same events; derived |
/// | names    | kind byte, id                | u32 number; derived |
/// | numbers  | kind byte, u32 big-endian    | id; derived |
/// | commands | idempotency key              | SHA-256 of the drafts, u64 first, u64 last, CRC32C |
/// | imports  | 32-byte digest               | `ImportRow` |
/// | tiles    | u64 level·2^56 + index       | up to 256 hashes of the tree; derived |
struct Tables: Sendable {
  let meta, bundles, tail, runs, ids, names, numbers, commands, imports, tiles: Table

  private static let wanted: [(name: String, keys: Table.Keys)] = [
    ("meta", .bytes), ("bundles", .integers), ("tail", .integers), ("runs", .integers),
    ("ids", .integers), ("names", .bytes), ("numbers", .bytes), ("commands", .bytes),
    ("imports", .bytes), ("tiles", .integers),
  ]

  /// Opens the tables of a log, or makes them.
  init(_ environment: Environment, create: Bool) throws(LMDBError) {
    let tables = try environment.tables(Tables.wanted, create: create)
    (meta, bundles, tail, runs, ids) = (tables[0], tables[1], tables[2], tables[3], tables[4])
    (names, numbers, commands, imports) = (tables[5], tables[6], tables[7], tables[8])
    tiles = tables[9]
  }
}

/// Bounds-checked little-endian loads and stores, for rows of every table.
enum Little {
  /// Reads a value at a byte; the caller has checked that it is there.
  @inline(__always)
  static func load<T: BitwiseCopyable>(_ type: T.Type, _ bytes: Span<UInt8>, _ at: Int) -> T {
    precondition(at >= 0 && at + MemoryLayout<T>.size <= bytes.count, "outside a stored row")
    return unsafe bytes.withUnsafeBytes { unsafe $0.loadUnaligned(fromByteOffset: at, as: T.self) }
  }

  /// Appends a value's bytes.
  @inline(__always)
  static func append<T: BitwiseCopyable>(_ value: T, to bytes: inout [UInt8]) {
    unsafe withUnsafeBytes(of: value) { unsafe bytes.append(contentsOf: $0) }
  }

  /// Appends the bytes of an array.
  static func append<T: BitwiseCopyable>(all values: [T], to bytes: inout [UInt8]) {
    unsafe values.withUnsafeBytes { unsafe bytes.append(contentsOf: $0) }
  }

  /// Overwrites as many bytes as a value has.
  static func set<T: FixedWidthInteger>(_ value: T, in bytes: inout [UInt8], at: Int) {
    for index in 0..<MemoryLayout<T>.size {
      bytes[at + index] = UInt8(truncatingIfNeeded: value >> T(8 * index))
    }
  }

  /// A copy of borrowed bytes.
  static func copy(_ bytes: Span<UInt8>) -> [UInt8] {
    unsafe bytes.withUnsafeBufferPointer { unsafe Array($0) }
  }

  /// Whether two stretches of bytes are the same.
  static func same(_ a: Span<UInt8>, _ b: Span<UInt8>) -> Bool {
    guard a.count == b.count else { return false }
    if a.count == 0 { return true }
    return unsafe a.withUnsafeBytes { a in
      unsafe b.withUnsafeBytes { b in
        unsafe memcmp(a.baseAddress!, b.baseAddress!, a.count) == 0
      }
    }
  }
}
