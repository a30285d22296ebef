internal import LMDB
internal import Ledger

/// Reading rows of the log inside any transaction.
extension View {
  /// The last position that is stored.
  func head(_ tables: Tables) throws -> Position {
    var tail = try cursor(tables.tail)
    if try tail.last() { return tail.number }
    return try sealed(tables)
  }

  /// The last position that stands in a bundle.
  func sealed(_ tables: Tables) throws -> Position {
    var bundles = try cursor(tables.bundles)
    guard try bundles.last() else { return 0 }
    // No log is as long as a damaged key can say.
    guard bundles.number < 1 << 48 else {
      throw JournalError.corrupt("the number of the last bundle", "it cannot be")
    }
    return (bundles.number + 1) * 256
  }

  /// The last position that the account index covers.
  func indexed(_ tables: Tables) throws -> Position {
    var runs = try cursor(tables.runs)
    return try runs.last() ? try AccountRun(runs.value).last : 0
  }

  /// The bytes of the event at a position, or nil when there is none.
  @_lifetime(copy self) func event(_ seq: Position, _ tables: Tables) throws -> EventView? {
    if seq == 0 { return nil }
    if let bytes = try get(tables.bundles, (seq - 1) / 256) {
      return EventView(bytes.extracting(try place(of: seq, in: bytes)))
    }
    guard let row = try get(tables.tail, seq) else { return nil }
    guard row.count >= 68 else {
      throw JournalError.corrupt("the tail row of event \(seq)", "it is too short")
    }
    return EventView(row.extracting(0..<row.count - 4))
  }

  // A stored bundle is full, so its offsets and events stand at fixed places: two cache lines are
  // touched, and the event's own seq vouches for both.
  private func place(of seq: Position, in bytes: Span<UInt8>) throws -> Range<Int> {
    let place = Bundle.fixed + 4 * Int((seq - 1) % 256)
    guard bytes.count > BundleBuilder.front else {
      throw JournalError.corrupt("the bundle of event \(seq)", "it is too short")
    }
    let start = Int(Little.load(UInt32.self, bytes, place))
    let end = Int(Little.load(UInt32.self, bytes, place + 4))
    guard start >= BundleBuilder.front, start + 64 <= end, end <= bytes.count else {
      throw JournalError.corrupt("the bundle of event \(seq)", "its offsets are wrong")
    }
    guard Little.load(UInt64.self, bytes, start + 8) == seq else {
      throw JournalError.corrupt("the bundle of event \(seq)", "another event stands there")
    }
    return start..<end
  }

  /// Lends the events at positions, in their order; every one must be there.
  ///
  /// They lie far apart: all bundles are looked up first, then all offsets, then the events, so
  /// that memory is waited for together and not thrice an event.
  func events(
    at positions: [Position], _ tables: Tables, _ body: (borrowing EventView) throws -> Void
  ) throws {
    var cursor = try cursor(tables.bundles)
    var standing = UInt64.max
    // Values stay where they are while the transaction, which this view cannot outlive, is open.
    var bundles: [UnsafeBufferPointer<UInt8>] = unsafe []
    var from = 0
    while from < positions.count {
      let some = from..<min(from + 64, positions.count)
      unsafe bundles.removeAll(keepingCapacity: true)
      for seq in positions[some] {
        let number = (seq &- 1) / 256
        if number != standing { standing = try cursor.seek(number) ? number : .max }
        let isThere = number == standing && seq > 0
        let bytes = isThere ? cursor.value : Span<UInt8>()
        prefetch(bytes, from: Bundle.fixed + 4 * Int((seq &- 1) % 256), count: 1)
        unsafe bytes.withUnsafeBufferPointer { unsafe bundles.append($0) }
      }
      for (index, seq) in zip(0..., positions[some]) where unsafe bundles[index].count > 2048 {
        let bytes = unsafe Span<UInt8>(_unsafeElements: bundles[index])
        let place = Bundle.fixed + 4 * Int((seq &- 1) % 256)
        prefetch(bytes, from: Int(Little.load(UInt32.self, bytes, place)), count: 128)
      }
      for (index, seq) in zip(0..., positions[some]) {
        if unsafe bundles[index].isEmpty {
          guard let event = try event(seq, tables) else {
            throw JournalError.corrupt("the account index", "it points at \(seq), which is missing")
          }
          try body(event)
        } else {
          let bytes = unsafe Span<UInt8>(_unsafeElements: bundles[index])
          try body(EventView(bytes.extracting(try place(of: seq, in: bytes))))
        }
      }
      from = some.upperBound
    }
  }

  /// Lends every event from `first` to `last` that is stored, in order.
  func scan(
    _ tables: Tables, from first: Position, to last: Position,
    _ body: (borrowing EventView) throws -> Void
  ) throws {
    if first > last || last == 0 { return }
    let first = max(first, 1)
    var bundles = try cursor(tables.bundles)
    var found = try bundles.seek(atLeast: (first - 1) / 256)
    while found {
      let bundle = try Bundle(bundles.value)
      if bundle.first > last { return }
      for index in 0..<bundle.count {
        let seq = bundle.first + UInt64(index)
        if seq >= first, seq <= last { try body(bundle.event(index)) }
      }
      found = try bundles.next()
    }
    var tail = try cursor(tables.tail)
    found = try tail.seek(atLeast: first)
    while found, tail.number <= last {
      let row = tail.value
      guard row.count >= 68 else {
        throw JournalError.corrupt("the tail row of event \(tail.number)", "it is too short")
      }
      try body(EventView(row.extracting(0..<row.count - 4)))
      found = try tail.next()
    }
  }

  /// Lends every run of the account index, oldest first.
  func runs(_ tables: Tables, _ body: (borrowing AccountRun) throws -> Void) throws {
    var runs = try cursor(tables.runs)
    while try runs.next() { try body(AccountRun(runs.value)) }
  }

  /// The number of a name, or nil.
  func number(_ tables: Tables, _ kind: NameKind, _ id: Span<UInt8>) throws -> UInt32? {
    if id.count > NameKey.limit { return nil }
    guard let row = try get(tables.names, NameKey.name(kind, id).span), row.count == 4 else {
      return nil
    }
    return Little.load(UInt32.self, row, 0)
  }

  /// The id of a number, or nil.
  func name(_ tables: Tables, _ kind: NameKind, _ number: UInt32) throws -> String? {
    guard let row = try get(tables.numbers, NameKey.number(kind, number).span) else { return nil }
    return String(decoding: Little.copy(row), as: UTF8.self)
  }

  /// How many names of a kind have a number; also the largest number.
  func count(_ tables: Tables, _ kind: NameKind) throws -> UInt32 {
    var numbers = try cursor(tables.numbers)
    let found =
      try numbers.seek(atLeast: [kind.rawValue + 1].span)
      ? try numbers.previous() : try numbers.last()
    guard found, numbers.key.count == 5, numbers.key[0] == kind.rawValue else { return 0 }
    return NameKey.number(numbers.key)
  }

  /// The event that carries an id itself, whose `Indexed.idKey` is at hand, among the indexed ones.
  func position(
    _ tables: Tables, ofID id: String, key: UInt64, pending: [Position], to last: Position
  ) throws -> Position? {
    var found: [Position] = []
    var ids = try cursor(tables.ids)
    while try ids.next() { try IDRun(ids.value).find(key, &found) }
    for seq in found + pending where seq <= last {
      guard let event = try event(seq, tables) else { continue }
      if try Envelope(reading: event.envelope).eventID == id { return seq }
    }
    return nil
  }
}
