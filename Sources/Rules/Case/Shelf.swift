import Ledger

/// Events set aside as they stand in the log, grouped by whose history they belong to.
struct Shelf {
  /// An event of a group.
  struct Row {
    var group: UInt32
    var account: UInt32
    var start: UInt32
    var length: UInt32
  }

  private var bytes: ContiguousArray<UInt8> = []
  private(set) var rows: ContiguousArray<Row> = []
  private var order: ContiguousArray<UInt32> = []
  private var starts: ContiguousArray<UInt32> = []

  /// Bytes set aside.
  var size: Int { bytes.count }

  /// Forgets everything, keeps the room.
  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    rows.removeAll(keepingCapacity: true)
  }

  /// Sets an event aside for a group.
  mutating func put(_ event: borrowing EventView, group: UInt32, account: UInt32) {
    let start = bytes.count
    let span = event.bytes
    unsafe span.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
    rows.append(
      Row(
        group: group, account: account, start: UInt32(truncatingIfNeeded: start),
        length: UInt32(truncatingIfNeeded: span.count)))
  }

  /// Sets the event last put aside for a further group.
  mutating func putAgain(group: UInt32, account: UInt32) {
    guard var row = rows.last else { return }
    (row.group, row.account) = (group, account)
    rows.append(row)
  }

  /// Sorts by group, `first` being the first of `count` groups; log order inside each.
  mutating func sort(first: UInt32, count: Int) {
    starts.removeAll(keepingCapacity: true)
    starts.append(contentsOf: repeatElement(0, count: count + 1))
    for row in rows { starts[Int(row.group - first) + 1] += 1 }
    for index in 0..<count { starts[index + 1] += starts[index] }
    var next = starts
    order.removeAll(keepingCapacity: true)
    order.append(contentsOf: repeatElement(0, count: rows.count))
    for index in rows.indices {
      let slot = Int(rows[index].group - first)
      order[Int(next[slot])] = UInt32(truncatingIfNeeded: index)
      next[slot] += 1
    }
  }

  /// How many events the group at a place of the sorted range has.
  func count(_ slot: Int) -> Int {
    slot + 1 < starts.count ? Int(starts[slot + 1] - starts[slot]) : 0
  }

  /// Lends the events of the group at a place of the sorted range.
  func forEach(_ slot: Int, _ body: (borrowing EventView, UInt32) throws(WireError) -> Void)
    throws(WireError)
  {
    guard slot + 1 < starts.count else { return }
    let all = bytes.span
    for index in Int(starts[slot])..<Int(starts[slot + 1]) {
      let row = rows[Int(order[index])]
      let start = Int(row.start)
      try body(EventView(all.extracting(start..<start + Int(row.length))), row.account)
    }
  }

  /// Lends the event of a row.
  func slice(_ row: Row, _ body: (borrowing EventView) throws(WireError) -> Void) throws(WireError)
  {
    let start = Int(row.start)
    try body(EventView(bytes.span.extracting(start..<start + Int(row.length))))
  }
}
