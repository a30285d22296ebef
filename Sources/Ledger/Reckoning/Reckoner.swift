/// Turns the facts of one account into a reckoning. One reckoner serves any number of accounts, one
/// after another, and allocates nothing per fact once its rooms have grown.
///
/// The fold is chronological, as `definitions.md` settles it: money counts in order of (value date,
/// occurrence, seq); obligations of a day before money of that day; money beyond what is due waits.
package struct Reckoner: Sendable {
  /// Obligations in the order in which they fall due; valid until the next `reckon`.
  package internal(set) var obligations: ContiguousArray<Obligation> = []
  /// Sums raised, `Component.count` for each obligation; what stands behind them means nothing.
  package internal(set) var raised: ContiguousArray<Int64> = []
  /// Sums unpaid, in the same places.
  var owed: ContiguousArray<Int64> = []
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
    /// Whether its day has come.
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

  // Facts taken back, by index; empty when there is none.
  var dead: ContiguousArray<Bool> = []
  var steps: ContiguousArray<Step> = []
  var charges: ContiguousArray<Charged> = []
  /// What was taken back from the beginning of payments that were told later.
  var early: ContiguousArray<(id: TextKey, left: Int64)> = []
  var receipts: ContiguousArray<Receipt> = []
  var pauses: ContiguousArray<(from: Int32, to: Int32)> = []
  /// Obligations before this index have fallen due.
  var active = 0
  /// Steps before this index were taken.
  var next = 0
  /// Obligations before this index are fully paid.
  var settled = 0
  /// No place before this index waits for a free-standing charge.
  var vacant = 0
  /// Money that waits.
  var waiting: Int64 = 0
  /// Unpaid sum of the obligations that have fallen due.
  var due: Int64 = 0
  /// Receipts before this index have been received; from `idle` on they may have something left.
  var received = 0
  var idle = 0
  /// Components that any obligation of the account has, one bit each.
  var present: UInt16 = 0
  /// Whether a component is negative: then nothing can be told from sums over components.
  var irregular = false
  /// The last day on which something falls due of which a waiver of no named charge took, or could
  /// have taken; the first day there is when none did.
  var forgiven: Int32 = .min
  /// Whether any waterfall of the terms pays dues before their day.
  var advances = false
  /// An order of components, and what is left of it without those that are not present.
  var narrowed: (from: Waterfall.Order, present: UInt16, order: Waterfall.Order) = ([], 0, [])
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
    reset()
    advances = terms.paysInAdvance
    guard survey(facts, parts) else {
      result.exists = true
      result.overflows = true
      return false
    }
    gather(facts, parts, currency, asOf, terms, &result)
    sort()
    return true
  }

  private mutating func reset() {
    obligations.removeAll(keepingCapacity: true)
    splits.removeAll(keepingCapacity: true)
    steps.removeAll(keepingCapacity: true)
    charges.removeAll(keepingCapacity: true)
    receipts.removeAll(keepingCapacity: true)
    pauses.removeAll(keepingCapacity: true)
    early.removeAll(keepingCapacity: true)
    dead.removeAll(keepingCapacity: true)
    (active, settled, vacant, waiting, due, next) = (0, 0, 0, 0, 0, 0)
    (received, idle, present, irregular) = (0, 0, 0, false)
    npaSince = nil
    (watched, forgiven) = (.min, .min)
  }

  // Whether the sums fit, and which facts are dead. Every sum of a reckoning is a part of the one
  // counted here, so none can overflow; small sums are told by their bits.
  private mutating func survey(_ facts: Span<Fact>, _ parts: Span<Piece>) -> Bool {
    var bits: UInt64 = 0
    var count = facts.count
    var reverses = false
    for index in facts.indices {
      bits |= facts[index].amount.magnitude
      count += Int(facts[index].partCount)
      if facts[index].kind == .entryReversed { reverses = true }
      for part in facts[index].partRange { bits |= parts[part].amount.magnitude }
    }
    if reverses { bury(facts) }
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
  // itself reversed takes nothing back. Facts stand in the order of their positions.
  private mutating func bury(_ facts: Span<Fact>) {
    dead.append(contentsOf: repeatElement(false, count: facts.count))
    var index = facts.count - 1
    while index >= 0 {
      if facts[index].kind == .entryReversed, !dead[index] {
        let link = facts[index].link
        var (low, high) = (0, index)
        while low < high {
          let middle = (low + high) / 2
          if facts[middle].seq < link { low = middle + 1 } else { high = middle }
        }
        while low < index, facts[low].seq == link {
          dead[low] = true
          low += 1
        }
      }
      index -= 1
    }
  }

  /// Whether a fact was taken back.
  @inline(__always) func isDead(_ fact: Int) -> Bool { !dead.isEmpty && dead[fact] }

  /// Adds an obligation without sums and returns its index.
  mutating func addObligation(_ obligation: Obligation) -> Int {
    let first = obligations.count * Component.count
    if first == raised.count {
      let more = max(16 * Component.count, first)
      raised.append(contentsOf: repeatElement(0, count: more))
      owed.append(contentsOf: repeatElement(0, count: more))
    }
    obligations.append(obligation)
    Reckoner.clear(&raised, from: first)
    Reckoner.clear(&owed, from: first)
    return first / Component.count
  }

  @inline(__always)
  private static func clear(_ sums: inout ContiguousArray<Int64>, from first: Int) {
    var sums = sums.mutableSpan
    for at in first..<first + Component.count { sums[at] = 0 }
  }

  /// Raises a sum of a component of an obligation.
  @inline(__always) mutating func raise(_ amount: Int64, _ obligation: Int, _ component: Int) {
    let at = obligation * Component.count + component
    raised[at] += amount
    owed[at] += amount
    obligations[obligation].open += amount
    present |= 1 << UInt16(component)
    if obligation < active { due += amount }
  }

  /// Raises the sums of a due that is not due yet: the components as stated; what they leave of the
  /// amount, and a due without any, is principal.
  mutating func raise(_ fact: Fact, _ obligation: Int, _ parts: Span<Piece>) {
    let first = obligation * Component.count
    let (met, isNegative) = Reckoner.add(fact, parts, to: &raised, at: first)
    _ = Reckoner.add(fact, parts, to: &owed, at: first)
    present |= met
    if isNegative { irregular = true }
    obligations[obligation].open += fact.amount
  }

  @inline(__always)
  private static func add(
    _ fact: Fact, _ parts: Span<Piece>, to sums: inout ContiguousArray<Int64>, at first: Int
  ) -> (met: UInt16, isNegative: Bool) {
    var sums = sums.mutableSpan
    var (met, isNegative): (UInt16, Bool) = (0, false)
    var left = fact.amount
    for index in fact.partRange {
      let (amount, component) = (parts[index].amount, Int(parts[index].component))
      sums[first + component] += amount
      met |= 1 << UInt16(component)
      left -= amount
      if amount < 0 { isNegative = true }
    }
    if left != 0 {
      sums[first] += left
      met |= 1
      if left < 0 { isNegative = true }
    }
    return (met, isNegative)
  }

  /// Takes off what is unpaid of a component of an obligation.
  @inline(__always) mutating func lower(_ amount: Int64, _ obligation: Int, _ component: Int) {
    owed[obligation * Component.count + component] -= amount
    obligations[obligation].open -= amount
    if obligation < active { due -= amount }
  }

  /// What is unpaid of one component of an obligation.
  @inline(__always) func unpaid(_ obligation: Int, _ component: Int) -> Int64 {
    owed[obligation * Component.count + component]
  }

  /// What is unpaid of an obligation.
  package func unpaid(_ obligation: Int) -> Int64 { obligations[obligation].open }
}
