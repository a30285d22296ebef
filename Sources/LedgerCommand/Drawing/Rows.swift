/// Things with a width, put into rows so that none stands over another.
struct Rows<Thing> {
  /// A thing in its row.
  struct Placed {
    var thing: Thing
    var from: Double, to: Double
    var row: Int
  }

  /// What found a place, in the order given.
  private(set) var placed: [Placed] = []
  /// What did not, as a number near where it would be.
  private(set) var more: [(from: Double, count: Int)] = []
  private var ends: [Double] = []
  private let most: Int

  /// At most so many rows, and one for what has no place in them.
  init(most: Int) { self.most = most }

  /// How many rows there are.
  var count: Int { ends.count + (more.isEmpty ? 0 : 1) }

  /// Puts a thing into the first row that is free from `start` on.
  mutating func place(_ thing: Thing, from start: Double, to end: Double) {
    guard let row = ends.firstIndex(where: { $0 < start }) ?? (ends.count < most ? ends.count : nil)
    else {
      if let last = more.last, start < last.from + 30 {
        more[more.count - 1].count += 1
      } else {
        more.append((start, 1))
      }
      return
    }
    if row == ends.count { ends.append(end) } else { ends[row] = end }
    placed.append(Placed(thing: thing, from: start, to: end, row: row))
  }
}
