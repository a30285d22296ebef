internal import CLMDB

/// What a transaction sees: rows by key, and cursors. It and all it lends end with the transaction.
@safe public struct View: ~Escapable {
  private let handle: OpaquePointer

  @_lifetime(immortal) init(_ handle: OpaquePointer) { unsafe self.handle = handle }

  /// The value under an integer key.
  @_lifetime(copy self) public func get(_ table: Table, _ key: UInt64) throws(LMDBError)
    -> Span<UInt8>?
  {
    precondition(table.keys == .integers, "the table's keys are bytes")
    var number = key
    var value = unsafe MDB_val()
    let code = unsafe withUnsafeMutableBytes(of: &number) { key in
      var k = unsafe MDB_val(mv_size: 8, mv_data: key.baseAddress)
      return unsafe mdb_get(handle, table.number, &k, &value)
    }
    if code == MDB_NOTFOUND { return nil }
    try LMDBError.check(code)
    let span = unsafe Span<UInt8>(
      _unsafeStart: value.mv_data.assumingMemoryBound(to: UInt8.self), count: value.mv_size)
    return unsafe _overrideLifetime(span, copying: self)
  }

  /// The value under a key of bytes.
  @_lifetime(copy self) public func get(_ table: Table, _ key: Span<UInt8>) throws(LMDBError)
    -> Span<UInt8>?
  {
    precondition(table.keys == .bytes, "the table's keys are integers")
    var value = unsafe MDB_val()
    let code = unsafe key.withUnsafeBufferPointer { key in
      var k = unsafe MDB_val(
        mv_size: key.count, mv_data: UnsafeMutableRawPointer(mutating: key.baseAddress))
      return unsafe mdb_get(handle, table.number, &k, &value)
    }
    if code == MDB_NOTFOUND { return nil }
    try LMDBError.check(code)
    let span = unsafe Span<UInt8>(
      _unsafeStart: value.mv_data.assumingMemoryBound(to: UInt8.self), count: value.mv_size)
    return unsafe _overrideLifetime(span, copying: self)
  }

  /// Rows in a table.
  public func count(_ table: Table) throws(LMDBError) -> Int {
    var status = MDB_stat()
    try unsafe LMDBError.check(mdb_stat(handle, table.number, &status))
    return status.ms_entries
  }

  /// A cursor that stands nowhere yet.
  @_lifetime(copy self) public func cursor(_ table: Table) throws(LMDBError) -> Cursor {
    var cursor: OpaquePointer?
    try unsafe LMDBError.check(mdb_cursor_open(handle, table.number, &cursor))
    return unsafe _overrideLifetime(Cursor(cursor!, table.keys), copying: self)
  }
}

/// A view that the compiler does not keep inside its transaction, for owners that are classes: a
/// borrow of a class's stored transaction would end with the statement. Whoever keeps it lends it
/// with a lifetime of its own, and drops it together with the transaction.
@unsafe public struct UncheckedView {
  let handle: OpaquePointer

  /// The view; nothing but the caller's care keeps it inside the transaction.
  public var view: View {
    @_lifetime(immortal) get { unsafe View(handle) }
  }
}
