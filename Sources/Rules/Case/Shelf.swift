import Ledger

/// Events set aside as they stand in the log, grouped by whose history they belong to.
///
/// 256 groups share a board, whose bytes lie together: a log has the events of one person far from
/// each other, and handed out person by person they would be read all over the memory.
struct Shelf {
  /// An event of a group.
  struct Row {
    var group: UInt32
    var account: UInt32
    var board: UInt32
    var start: UInt32
    var length: UInt32
  }

  private var boards: ContiguousArray<ContiguousArray<UInt8>> = []
  private var firstBoard = 0
  private(set) var rows: ContiguousArray<Row> = []
  private var order: ContiguousArray<UInt32> = []
  private var starts: ContiguousArray<UInt32> = []

  /// Forgets everything, keeps the room; events of `first` and later groups will come.
  mutating func start(_ first: UInt32) {
    for index in boards.indices { boards[index].removeAll(keepingCapacity: true) }
    rows.removeAll(keepingCapacity: true)
    firstBoard = Int(first >> 8)
  }

  /// Sets an event aside for a group.
  mutating func put(_ event: borrowing EventView, group: UInt32, account: UInt32) {
    let board = Int(group >> 8) - firstBoard
    while boards.count <= board { boards.append([]) }
    let start = boards[board].count
    let span = event.bytes
    unsafe span.withUnsafeBufferPointer { unsafe boards[board].append(contentsOf: $0) }
    rows.append(
      Row(
        group: group, account: account, board: UInt32(truncatingIfNeeded: board),
        start: UInt32(truncatingIfNeeded: start),
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
    for index in Int(starts[slot])..<Int(starts[slot + 1]) {
      let row = rows[Int(order[index])]
      try slice(row) { (event) throws(WireError) in try body(event, row.account) }
    }
  }

  /// Lends the event of a row.
  func slice(_ row: Row, _ body: (borrowing EventView) throws(WireError) -> Void) throws(WireError)
  {
    let start = Int(row.start)
    let board = boards[Int(row.board)]
    try body(EventView(board.span.extracting(start..<start + Int(row.length))))
  }
}
