internal import CLMDB

/// A place in a table. Moves say whether there was a row to stand on; `key` and `value` are those
/// of the last row stood on, and empty before the first.
@safe public struct Cursor: ~Copyable, ~Escapable {
  private let handle: OpaquePointer
  private let keys: Table.Keys
  private var k = unsafe MDB_val()
  private var v = unsafe MDB_val()

  @_lifetime(immortal) init(_ handle: OpaquePointer, _ keys: Table.Keys) {
    unsafe self.handle = handle
    self.keys = keys
  }

  deinit { unsafe mdb_cursor_close(handle) }

  /// Moves to the first row.
  @_lifetime(self: copy self) public mutating func first() throws(LMDBError) -> Bool {
    try move(MDB_FIRST)
  }
  /// Moves to the last row.
  @_lifetime(self: copy self) public mutating func last() throws(LMDBError) -> Bool {
    try move(MDB_LAST)
  }
  /// Moves to the next row; to the first when the cursor stands nowhere.
  @_lifetime(self: copy self) public mutating func next() throws(LMDBError) -> Bool {
    try move(MDB_NEXT)
  }
  /// Moves to the row before; to the last when the cursor stands nowhere.
  @_lifetime(self: copy self) public mutating func previous() throws(LMDBError) -> Bool {
    try move(MDB_PREV)
  }

  /// Moves to the row with exactly this integer key.
  @_lifetime(self: copy self) public mutating func seek(_ key: UInt64) throws(LMDBError) -> Bool {
    try seek(key, MDB_SET_KEY)
  }
  /// Moves to the first row whose integer key is at least this.
  @_lifetime(self: copy self)
  public mutating func seek(atLeast key: UInt64) throws(LMDBError) -> Bool {
    try seek(key, MDB_SET_RANGE)
  }
  /// Moves to the first row whose key of bytes is at least this.
  @_lifetime(self: copy self)
  public mutating func seek(atLeast key: Span<UInt8>) throws(LMDBError) -> Bool {
    precondition(keys == .bytes, "the table's keys are integers")
    let handle = unsafe self.handle
    var (k, v) = unsafe (MDB_val(), MDB_val())
    let code = unsafe key.withUnsafeBufferPointer { key in
      unsafe k = MDB_val(
        mv_size: key.count, mv_data: UnsafeMutableRawPointer(mutating: key.baseAddress))
      return unsafe mdb_cursor_get(handle, &k, &v, MDB_SET_RANGE)
    }
    return try unsafe settle(code, k, v)
  }

  /// The row's integer key; 0 before the first move.
  public var number: UInt64 {
    unsafe k.mv_size == 8 ? k.mv_data.loadUnaligned(as: UInt64.self) : 0
  }

  /// The row's key as bytes.
  public var key: Span<UInt8> {
    @_lifetime(copy self) get {
      let span = unsafe Span<UInt8>(
        _unsafeStart: k.mv_data.assumingMemoryBound(to: UInt8.self), count: k.mv_size)
      return unsafe _overrideLifetime(span, copying: self)
    }
  }

  /// The row's value.
  public var value: Span<UInt8> {
    @_lifetime(copy self) get {
      let span = unsafe Span<UInt8>(
        _unsafeStart: v.mv_data.assumingMemoryBound(to: UInt8.self), count: v.mv_size)
      return unsafe _overrideLifetime(span, copying: self)
    }
  }

  @_lifetime(self: copy self)
  private mutating func seek(_ key: UInt64, _ operation: MDB_cursor_op) throws(LMDBError) -> Bool {
    precondition(keys == .integers, "the table's keys are bytes")
    var number = key
    let handle = unsafe self.handle
    var (k, v) = unsafe (MDB_val(), MDB_val())
    let code = unsafe withUnsafeMutableBytes(of: &number) { bytes in
      unsafe k = MDB_val(mv_size: 8, mv_data: bytes.baseAddress)
      return unsafe mdb_cursor_get(handle, &k, &v, operation)
    }
    return try unsafe settle(code, k, v)
  }

  @_lifetime(self: copy self)
  private mutating func move(_ operation: MDB_cursor_op) throws(LMDBError) -> Bool {
    var (k, v) = unsafe (MDB_val(), MDB_val())
    let code = unsafe mdb_cursor_get(handle, &k, &v, operation)
    return try unsafe settle(code, k, v)
  }

  // LMDB leaves key and value alone when nothing was found; neither may point at the caller's bytes
  // afterwards. (MDB_SET would leave the key alone even on success, hence MDB_SET_KEY.)
  @_lifetime(self: copy self)
  private mutating func settle(_ code: Int32, _ key: MDB_val, _ value: MDB_val) throws(LMDBError)
    -> Bool
  {
    if code == 0 {
      unsafe k = key
      unsafe v = value
      return true
    }
    unsafe k = MDB_val()
    unsafe v = MDB_val()
    if code == MDB_NOTFOUND { return false }
    throw LMDBError(code: code)
  }
}

@available(*, unavailable)
extension Cursor: Sendable {}
