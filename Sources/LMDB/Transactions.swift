internal import CLMDB

/// A transaction that reads. It belongs to no thread (`MDB_NOTLS`) but is used by one at a time.
///
/// What it lends (a view, spans) cannot outlive it: the compiler refuses. While it is open no page
/// that it may see is reused, so a long reader lets the file grow; `renew` it now and then.
@safe public struct ReadTransaction: ~Copyable {
  private let handle: OpaquePointer
  private let environment: Environment

  init(_ handle: OpaquePointer, _ environment: Environment) {
    unsafe self.handle = handle
    self.environment = environment
  }

  deinit { unsafe mdb_txn_abort(handle) }

  /// What the transaction sees.
  public var view: View {
    @_lifetime(borrow self) get { unsafe View(handle) }
  }

  /// What the transaction sees, without the compiler's guard.
  @unsafe public var unchecked: UncheckedView { unsafe UncheckedView(handle: handle) }

  /// Lets go of what was seen and sees what is there now, in the same reader slot.
  public mutating func renew() throws(LMDBError) {
    unsafe mdb_txn_reset(handle)
    try unsafe environment.check(mdb_txn_renew(handle))
  }
}

@available(*, unavailable)
extension ReadTransaction: Sendable {}

/// The transaction that writes. It stays on the thread that began it, never crosses an `await`, and
/// is undone unless `commit` is called.
@safe public struct WriteTransaction: ~Copyable {
  private var handle: OpaquePointer?
  private let environment: Environment

  init(_ handle: OpaquePointer, _ environment: Environment) {
    unsafe self.handle = handle
    self.environment = environment
  }

  deinit { if let handle = unsafe handle { unsafe mdb_txn_abort(handle) } }

  /// What the transaction sees, its own writes included; no write is possible while it is lent.
  public var view: View {
    @_lifetime(borrow self) get { unsafe View(handle!) }
  }

  /// What the transaction sees, without the compiler's guard.
  @unsafe public var unchecked: UncheckedView { unsafe UncheckedView(handle: handle!) }

  /// How a value is put.
  public enum Mode: Sendable {
    /// Replaces what is there.
    case replace
    /// Refuses a key that is there (`keyExists`).
    case insert
    /// Refuses a key that is not the largest (`keyExists`), and packs pages full.
    case append
    var flags: UInt32 {
      switch self {
      case .replace: 0
      case .insert: UInt32(MDB_NOOVERWRITE)
      case .append: UInt32(MDB_APPEND)
      }
    }
  }

  /// Puts a value under an integer key.
  public mutating func put(
    _ table: Table, _ key: UInt64, _ value: Span<UInt8>, _ mode: Mode = .replace
  ) throws(LMDBError) {
    precondition(table.keys == .integers, "the table's keys are bytes")
    var number = key
    let code = unsafe withUnsafeMutableBytes(of: &number) { key in
      unsafe value.withUnsafeBufferPointer { value in
        var k = unsafe MDB_val(mv_size: 8, mv_data: key.baseAddress)
        var v = unsafe MDB_val(
          mv_size: value.count, mv_data: UnsafeMutableRawPointer(mutating: value.baseAddress))
        return unsafe mdb_put(handle, table.number, &k, &v, mode.flags)
      }
    }
    try environment.check(code)
  }

  /// Puts a value under a key of 1 to 511 bytes.
  public mutating func put(
    _ table: Table, _ key: Span<UInt8>, _ value: Span<UInt8>, _ mode: Mode = .replace
  ) throws(LMDBError) {
    precondition(table.keys == .bytes, "the table's keys are integers")
    let code = unsafe key.withUnsafeBufferPointer { key in
      unsafe value.withUnsafeBufferPointer { value in
        var k = unsafe MDB_val(
          mv_size: key.count, mv_data: UnsafeMutableRawPointer(mutating: key.baseAddress))
        var v = unsafe MDB_val(
          mv_size: value.count, mv_data: UnsafeMutableRawPointer(mutating: value.baseAddress))
        return unsafe mdb_put(handle, table.number, &k, &v, mode.flags)
      }
    }
    try environment.check(code)
  }

  /// Removes an integer key; says whether it was there.
  @discardableResult public mutating func remove(_ table: Table, _ key: UInt64) throws(LMDBError)
    -> Bool
  {
    var number = key
    let code = unsafe withUnsafeMutableBytes(of: &number) { key in
      var k = unsafe MDB_val(mv_size: 8, mv_data: key.baseAddress)
      return unsafe mdb_del(handle, table.number, &k, nil)
    }
    if code == MDB_NOTFOUND { return false }
    try environment.check(code)
    return true
  }

  /// Removes every row of a table.
  public mutating func clear(_ table: Table) throws(LMDBError) {
    try unsafe environment.check(mdb_drop(handle, table.number, 0))
  }

  /// Writes everything to disk. After an error it is unknown whether the transaction took place.
  public consuming func commit() throws(LMDBError) {
    let handle = unsafe self.handle!
    unsafe self.handle = nil
    try unsafe environment.check(mdb_txn_commit(handle))
  }
}

@available(*, unavailable)
extension WriteTransaction: Sendable {}
