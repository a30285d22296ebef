/// The order in which money finds dues, and in which what happens is taken.
extension Reckoner {
  /// Puts obligations in order of (due date, seq), receipts and steps in order of their days. All
  /// are nearly sorted as they come; where many are not, a real sort is worth its price.
  mutating func sort() {
    sortObligations()
    Reckoner.sort(&receipts) { $0.precedes($1) }
    Reckoner.sort(&steps) { $0.precedes($1) }
  }

  @inline(__always)
  private static func sort<Item>(
    _ items: inout ContiguousArray<Item>, _ precedes: (Item, Item) -> Bool
  ) {
    let many = 64
    if items.count > many { return items.sort(by: precedes) }
    for index in 1..<max(1, items.count) {
      var at = index
      while at > 0, precedes(items[at], items[at - 1]) {
        items.swapAt(at, at - 1)
        at -= 1
      }
    }
  }

  /// Lets an obligation change places with the one before it.
  mutating func swapWithPrevious(_ at: Int) {
    obligations.swapAt(at, at - 1)
    Reckoner.swap(&raised, at, present)
    Reckoner.swap(&owed, at, present)
  }

  @inline(__always)
  private static func swap(_ sums: inout ContiguousArray<Int64>, _ at: Int, _ present: UInt16) {
    var sums = sums.mutableSpan
    var rest = present
    while rest != 0 {
      let here = at * Component.count + rest.trailingZeroBitCount
      rest &= rest - 1
      sums.swapAt(here, here - Component.count)
    }
  }

  private mutating func sortObligations() {
    func isBefore(_ a: Obligation, _ b: Obligation) -> Bool {
      a.due != b.due ? a.due < b.due : a.seq < b.seq
    }
    var moves = 0
    for index in 1..<max(1, obligations.count) {
      var at = index
      while at > 0, isBefore(obligations[at], obligations[at - 1]) {
        swapWithPrevious(at)
        at -= 1
      }
      moves += index - at
      if moves > 16 * obligations.count { return sortAnew(isBefore) }
    }
  }

  // Puts all obligations where a sort by index wants them; those of a day and an entry keep their
  // order.
  private mutating func sortAnew(_ isBefore: (Obligation, Obligation) -> Bool) {
    let order = obligations.indices.sorted { a, b in
      if isBefore(obligations[a], obligations[b]) { return true }
      return !isBefore(obligations[b], obligations[a]) && a < b
    }
    let (all, allRaised, allOwed) = (obligations, raised, owed)
    for (place, index) in order.enumerated() where place != index {
      obligations[place] = all[index]
      let (from, to) = (index * Component.count, place * Component.count)
      for component in 0..<Component.count {
        raised[to + component] = allRaised[from + component]
        owed[to + component] = allOwed[from + component]
      }
    }
  }
}
