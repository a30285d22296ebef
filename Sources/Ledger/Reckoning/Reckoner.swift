/// Turns the facts of one account into a reckoning. One reckoner serves any number of accounts, one
/// after another, and allocates nothing per fact once its rooms have grown.
///
/// The fold is chronological, as `definitions.md` settles it: money counts in order of (value date,
/// occurrence, seq); obligations of a day before money of that day; money beyond what is due waits.
package struct Reckoner: Sendable {
  /// Obligations in the order in which they fall due; valid until the next `reckon`.
  package internal(set) var obligations: ContiguousArray<Obligation> = []
  /// Sums raised, `Component.count` for each obligation.
  package internal(set) var raised: ContiguousArray<Int64> = []
  /// Sums paid, `Component.count` for each obligation.
  package internal(set) var paid: ContiguousArray<Int64> = []
  /// The waterfall's steps, when `keepsSplits`.
  package internal(set) var splits: [Split] = []
  /// Whether to write down each step of the waterfall.
  package var keepsSplits = false

  struct Charged {
    var id: TextKey
    var obligation: Int
    var component: Int
    var left: Int64
  }

  struct Receipt {
    var seq: Position
    var occurred: Int64
    var id: TextKey
    var day: Int32
    var live: Int64
    var rest: Int64 = 0
    var parts: Range<Int>
    var applied = false

    // Money counts in order of (value date, occurrence, seq).
    func precedes(_ other: Receipt) -> Bool {
      if day != other.day { return day < other.day }
      if occurred != other.occurred { return occurred < other.occurred }
      return seq < other.seq
    }
  }

  struct Step {
    var day: Int32
    var rank: Int32
    var occurred: Int64
    var seq: Position
    var fact: Int

    func precedes(_ other: Step) -> Bool {
      if day != other.day { return day < other.day }
      if rank != other.rank { return rank < other.rank }
      if occurred != other.occurred { return occurred < other.occurred }
      return seq < other.seq
    }
  }

  var dead: ContiguousArray<Bool> = []
  var steps: ContiguousArray<Step> = []
  var charges: ContiguousArray<Charged> = []
  var receipts: ContiguousArray<Receipt> = []
  var pauses: ContiguousArray<(from: Int32, to: Int32)> = []
  /// Obligations before this index have fallen due.
  var active = 0
  /// Steps before this index were taken.
  var next = 0
  /// Obligations before this index are fully paid.
  var settled = 0
  /// Money that waits.
  var waiting: Int64 = 0
  var npaSince: Int32?
  var watched: Int32 = .min

  /// A reckoner with empty rooms.
  package init() {}

  /// Reckons the facts of one account and one currency (seq order, none later than the vantage
  /// knows) at the end of `asOf`.
  ///
  /// - Parameters:
  ///   - facts: the account's facts; facts without money count for every currency.
  ///   - parts: components and instructions the facts refer to.
  ///   - currency: the currency reckoned; facts of another are passed over.
  package mutating func reckon(
    _ facts: Span<Fact>, parts: Span<Piece>, currency: UInt16,
    asOf: Day, terms: borrowing Terms
  ) -> Reckoning {
    var result = Reckoning()
    guard prepare(facts, parts, currency, asOf, terms, &result) else { return result }
    run(facts, parts, asOf, terms)
    conclude(asOf, terms, &result)
    return result
  }

  /// Everything before the first day: what there is to pay, what happens, and in which order. False
  /// when the sums do not fit, and the result then says so.
  mutating func prepare(
    _ facts: Span<Fact>, _ parts: Span<Piece>, _ currency: UInt16, _ asOf: Day,
    _ terms: borrowing Terms, _ result: inout Reckoning
  ) -> Bool {
    reset(facts.count)
    bury(facts)
    guard fits(facts, parts) else {
      result.exists = true
      result.overflows = true
      return false
    }
    gather(facts, parts, currency, asOf, terms, &result)
    sortObligations()
    enlist(facts, parts, currency, asOf)
    return true
  }

  private mutating func reset(_ count: Int) {
    obligations.removeAll(keepingCapacity: true)
    raised.removeAll(keepingCapacity: true)
    paid.removeAll(keepingCapacity: true)
    splits.removeAll(keepingCapacity: true)
    steps.removeAll(keepingCapacity: true)
    charges.removeAll(keepingCapacity: true)
    receipts.removeAll(keepingCapacity: true)
    pauses.removeAll(keepingCapacity: true)
    dead.removeAll(keepingCapacity: true)
    dead.append(contentsOf: repeatElement(false, count: count))
    (active, settled, waiting, next) = (0, 0, 0, 0)
    npaSince = nil
    watched = .min
  }

  // Every sum below is a part of this one, so none can overflow. Small sums are told by their bits.
  private func fits(_ facts: Span<Fact>, _ parts: Span<Piece>) -> Bool {
    var bits: UInt64 = 0
    var count = facts.count
    for index in facts.indices {
      bits |= facts[index].amount.magnitude
      count += Int(facts[index].partCount)
      for part in facts[index].partRange { bits |= parts[part].amount.magnitude }
    }
    if bits >> 40 == 0, count >> 20 == 0 { return true }
    var sum: UInt64 = 0
    for index in facts.indices {
      var (next, over) = sum.addingReportingOverflow(facts[index].amount.magnitude)
      for part in facts[index].partRange where !over {
        (next, over) = next.addingReportingOverflow(parts[part].amount.magnitude)
      }
      guard !over, next < UInt64(Int64.max) / 4 else { return false }
      sum = next
    }
    return true
  }

  // Reversed entries count for nothing. From the last to the first, so that a reversal that was
  // itself reversed takes nothing back.
  private mutating func bury(_ facts: Span<Fact>) {
    var index = facts.count - 1
    while index >= 0 {
      if facts[index].kind == .entryReversed, !dead[index] {
        let link = facts[index].link
        for target in 0..<index where facts[target].seq == link { dead[target] = true }
      }
      index -= 1
    }
  }

  /// Whether a fact was taken back.
  @inline(__always) func isDead(_ fact: Int) -> Bool { dead[fact] }

  /// Adds an obligation without sums and returns its index.
  mutating func addObligation(_ obligation: Obligation) -> Int {
    obligations.append(obligation)
    raised.append(contentsOf: repeatElement(0, count: Component.count))
    paid.append(contentsOf: repeatElement(0, count: Component.count))
    return obligations.count - 1
  }

  // Obligations by (due date, seq): the order in which money finds them. Nearly sorted as they
  // come.
  private mutating func sortObligations() {
    let width = Component.count
    for index in 1..<max(1, obligations.count) {
      var at = index
      while at > 0,
        (obligations[at].due, obligations[at].seq) < (
          obligations[at - 1].due, obligations[at - 1].seq
        )
      {
        obligations.swapAt(at, at - 1)
        for component in 0..<width {
          raised.swapAt(at * width + component, (at - 1) * width + component)
        }
        at -= 1
      }
    }
  }

  /// What is unpaid of one component of an obligation.
  @inline(__always) func unpaid(_ obligation: Int, _ component: Int) -> Int64 {
    let at = obligation * Component.count + component
    return raised[at] - paid[at]
  }

  /// What is unpaid of an obligation.
  package func unpaid(_ obligation: Int) -> Int64 {
    let at = obligation * Component.count
    let (raised, paid) = (self.raised.span, self.paid.span)
    var sum: Int64 = 0
    for index in at..<at + Component.count { sum &+= raised[index] &- paid[index] }
    return sum
  }
}
