/// Rows that a house keeps about one kind of thing, by what they are about, in log order.
///
/// Rows that were kept lie together by group; what was heard since lies beside them.
package struct Roll<Row: DeskRow>: Sendable {
  private var laid: ContiguousArray<Row> = []
  private var groups: [TextKey: Range<Int>] = [:]
  private var rows: [TextKey: ContiguousArray<Row>] = [:]
  /// Everything they are about, in order of first mention.
  package private(set) var keys: ContiguousArray<TextKey> = []

  /// No rows.
  package init() {}

  /// Rows with what each is about, in log order.
  package init(_ all: ContiguousArray<(key: TextKey, row: Row)>) {
    var numbers: [TextKey: Int] = [:]
    var places: ContiguousArray<Int> = []
    var ends: ContiguousArray<Int> = []
    places.reserveCapacity(all.count)
    for (key, _) in all {
      let number = numbers[key] ?? keys.count
      if number == keys.count {
        numbers[key] = number
        keys.append(key)
        ends.append(0)
      }
      ends[number] += 1
      places.append(number)
    }
    guard let first = all.first?.row else { return }
    var begin = 0
    groups.reserveCapacity(keys.count)
    for (number, key) in keys.enumerated() {
      groups[key] = begin..<begin + ends[number]
      (begin, ends[number]) = (begin + ends[number], begin)
    }
    laid = ContiguousArray(repeating: first, count: all.count)
    for (place, one) in zip(places, all) {
      laid[ends[place]] = one.row
      ends[place] += 1
    }
  }

  /// Adds a row about `key`.
  package mutating func add(_ row: Row, _ key: TextKey) {
    if groups[key] == nil, rows[key] == nil { keys.append(key) }
    rows[key, default: []].append(row)
  }

  /// The rows about `key`.
  package subscript(key: TextKey) -> ContiguousArray<Row>.SubSequence {
    let more = rows.isEmpty ? [] : rows[key] ?? []
    guard let range = groups[key] else { return more[...] }
    return more.isEmpty ? laid[range] : (laid[range] + more)[...]
  }

  /// All rows with what they are about, in log order.
  package var all: ContiguousArray<(key: TextKey, row: Row)> {
    var all: ContiguousArray<(key: TextKey, row: Row)> = []
    for key in keys { for row in self[key] { all.append((key, row)) } }
    // Rows of one event are of one key, and stand as they were told.
    let order = all.indices.sorted { (all[$0].row.seq, $0) < (all[$1].row.seq, $1) }
    return ContiguousArray(order.map { all[$0] })
  }
}
