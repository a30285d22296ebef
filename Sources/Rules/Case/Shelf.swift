import Ledger

/// Slips set aside by whose history they belong to: those of staff, of books and of the house,
/// which come account by account and are judged in log order.
struct Shelf {
  private(set) var words: ContiguousArray<UInt64> = []
  private var rows: ContiguousArray<(group: UInt32, seq: Position, at: Int)> = []
  private var starts: [Int] = []
  private(set) var keys: [TextKey] = []
  private var index: [TextKey: UInt32] = [:]

  /// Sets a slip aside for a group.
  mutating func put(_ from: Span<UInt64>, _ at: Int, for key: TextKey) {
    var group = index[key]
    if group == nil {
      group = UInt32(keys.count)
      keys.append(key)
      index[key] = group
    }
    rows.append((group ?? 0, from[at + 1], words.count))
    for place in at..<at + ActSlip.length(from[at]) { words.append(from[place]) }
  }

  /// Adds what another shelf has.
  mutating func merge(_ other: Shelf) {
    for row in other.rows { put(other.words.span, row.at, for: other.keys[Int(row.group)]) }
  }

  /// Sorts by group, and inside each by position.
  mutating func sort() {
    rows.sort { ($0.group, $0.seq) < ($1.group, $1.seq) }
    starts = Array(repeating: 0, count: keys.count + 1)
    for row in rows { starts[Int(row.group) + 1] += 1 }
    for group in keys.indices { starts[group + 1] += starts[group] }
  }

  /// Where the slips of a group stand in `words`, after `sort`.
  func places(_ group: Int) -> [Int] {
    rows[starts[group]..<starts[group + 1]].map(\.at)
  }
}
