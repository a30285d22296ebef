/// The figures of one account after each of its entries, each reckoned on from the ones before.
///
/// What an entry says seldom reaches far back: a run through all days up to the earliest day that
/// the next entries touch stands for all of them, and each of them goes on from there. What is paid
/// in full by then is left behind as a sum, so that an account that pays costs time by its entries
/// and not by their square. Where something reaches back (a reversal, a hold, a waiver, an entry
/// taken back) the account is reckoned anew once, as it always was.
package struct OnwardReckoner: Sendable {
  private let facts: Facts
  private var base = Reckoner(), work = Reckoner()
  private var carried = Carried()
  private var terms = Terms()
  private var currency: UInt16 = 0
  // Facts in the base, facts that may be added to it, the first day that is not run through yet,
  // and from when on anything was seen.
  private var (start, end) = (0, 0)
  private var front = Day.none
  private var earliest = Int32.max
  private var isReady = false
  // Dues and payments that something heard so far names, known or not, and how many facts were
  // asked for them.
  private var expected: Set<TextKey> = []
  private var asked = 0
  // Whether every day is reckoned from the beginning: days of the account cannot be met on the way,
  // as `Reckoner.roll` tells it.
  private let isReckonedAnew: Bool
  // Facts that say what the account is, apart from its money.
  private let particulars: [Int]

  /// Most entries that share a base.
  private static let reach = 128

  /// Sums of what is left behind: dues that are paid in full, money that is spent.
  struct Carried: Sendable {
    var raised: Int64 = 0, received: Int64 = 0
    var lastPayment: (day: Day, amount: Int64)?
  }

  /// An account of which these facts will have been heard in the end, in log order.
  package init(_ facts: Facts) {
    self.facts = facts
    var payments: [TextKey: Int] = [:]
    for fact in facts.rows where fact.kind == .payment || fact.kind == .transferIn {
      payments[fact.id, default: 0] += 1
    }
    isReckonedAnew = facts.rows.contains { fact in
      fact.kind == .opening
        || (fact.kind == .reversal || fact.kind == .transferOut) && payments[fact.id] ?? 0 > 1
    }
    particulars = facts.rows.indices.filter { index in
      switch facts.rows[index].kind {
      case .writtenOff, .closed, .reopened, .bounce: true
      default: false
      }
    }
  }

  /// The figures at the end of a day with the first `count` facts. Neither decreases from call to
  /// call.
  package mutating func figures(_ count: Int, currency: UInt16, asOf: Day, terms: Terms)
    -> Reckoning
  {
    let facts = facts
    let (rows, parts) = (facts.rows.span.extracting(..<count), facts.parts.span)
    let goesOn =
      isReady && count <= end && currency == self.currency && asOf >= front - 1
      && terms.continues(self.terms, until: front - 1)
    if isReckonedAnew || !goesOn && !rebuild(rows, parts, currency, asOf, terms) {
      return work.reckon(rows, parts: parts, currency: currency, asOf: asOf, terms: terms)
    }
    work = base
    work.advances = terms.paysInAdvance
    work.join(rows, parts, from: start, currency)
    work.run(rows, parts, asOf, terms)
    var result = Reckoning()
    (result.raised, result.demanded) = (carried.raised, carried.raised)
    (result.received, result.lastPayment) = (carried.received, carried.lastPayment)
    look(at: rows, asOf, &result)
    work.conclude(asOf, terms, &result)
    return result
  }

  // Runs everything through up to the earliest day that the next entries reach; false when the sums
  // do not fit.
  private mutating func rebuild(
    _ rows: Span<Fact>, _ parts: Span<Piece>, _ currency: UInt16, _ asOf: Day, _ terms: Terms
  ) -> Bool {
    (start, end, self.currency, self.terms) = (rows.count, rows.count, currency, terms)
    var least = asOf.rawValue + 1
    var named: Set<TextKey> = []
    expect(rows)
    while end < facts.rows.count, end - start < OnwardReckoner.reach, isSimple(facts.rows[end]) {
      let fact = facts.rows[end]
      // Money in advance may have gone to a due from the day on which it was seen.
      least = min(least, fact.day, terms.paysInAdvance ? fact.seen : fact.day)
      if fact.kind == .charge { named.insert(TextKey(rawValue: fact.link)) }
      end += 1
    }
    front = Day(rawValue: least)
    var ignored = Reckoning()
    isReady = base.prepare(rows, parts, currency, .undated, terms, &ignored)
    guard isReady else { return false }
    earliest = .max
    for index in rows.indices where !base.isDead(index) { note(rows[index]) }
    base.run(rows, parts, front - 1, terms)
    // What was given up of all that is owed may be of dues that are still to come.
    if base.forgiven >= least {
      end = (start..<end).first { facts.rows[$0].kind == .due } ?? end
    }
    carried = base.leaveBehind(rows, but: named)
    return true
  }

  // Notes which dues are named by charges, payers and withdrawals, and which payments were taken
  // back: one that is told after them would have been there for them.
  private mutating func expect(_ rows: Span<Fact>) {
    while asked < rows.count {
      let fact = rows[asked]
      asked += 1
      switch fact.kind {
      case .charge: expected.insert(TextKey(rawValue: fact.link))
      case .dueCancelled, .reversal: expected.insert(fact.id)
      case .payment: for part in fact.partRange { expected.insert(facts.parts[part].due) }
      default: break
      }
    }
  }

  // Whether a fact changes nothing before its own day and takes nothing from anybody.
  private func isSimple(_ fact: Fact) -> Bool {
    func isSmall(_ amount: Int64) -> Bool { amount.magnitude >> 40 == 0 }
    switch fact.kind {
    case .due where expected.contains(fact.id), .payment where expected.contains(fact.id),
      .transferIn where expected.contains(fact.id):
      return false
    case .due, .payment, .transferIn, .charge, .interest:
      return fact.amount >= 0 && isSmall(fact.amount)
        && fact.partRange.allSatisfy { isSmall(facts.parts[$0].amount) }
    case .opened, .closed, .reopened, .writtenOff, .flagged, .bounce: return true
    default: return false
    }
  }

  // From when on there is anything, as `Reckoner.gather` sees it.
  private mutating func note(_ fact: Fact) {
    let isOurs = fact.currency == currency || fact.currency == 0 || !fact.kind.isMoney
    if isOurs, fact.kind != .entryReversed { earliest = min(earliest, fact.day, fact.seen) }
  }

  private mutating func look(at rows: Span<Fact>, _ day: Day, _ result: inout Reckoning) {
    let whole = earliest
    for index in start..<rows.count { note(rows[index]) }
    result.exists = earliest <= day.rawValue
    earliest = whole
    for index in particulars {
      if index >= rows.count { break }
      if index < start, base.isDead(index) { continue }
      let fact = rows[index]
      switch fact.kind {
      case .writtenOff where fact.day <= day.rawValue: result.writtenOff = true
      case .closed where fact.seen <= day.rawValue: result.closed = true
      case .reopened where fact.seen <= day.rawValue: result.closed = false
      case .bounce where fact.day <= day.rawValue && fact.day >= day.startOfMonth.rawValue:
        result.isCurrentBounce = true
      default: break
      }
    }
  }
}

extension Reckoner {
  /// Leaves behind what can never change again: the oldest dues as far as they are paid in full,
  /// unless a charge may still join them, and the first receipts as far as they are spent. Nothing,
  /// where money may yet be taken away.
  mutating func leaveBehind(_ facts: Span<Fact>, but named: Set<TextKey>)
    -> OnwardReckoner.Carried
  {
    var carried = OnwardReckoner.Carried()
    var named = named
    for step in steps[next...] {
      let fact = facts[step.fact]
      switch fact.kind {
      case .payment where fact.amount >= 0, .due, .transferIn, .interest: break
      case .charge: named.insert(TextKey(rawValue: fact.link))
      default: return carried
      }
    }
    if irregular { return carried }
    var (paid, spent) = (0, 0)
    while paid < active, obligations[paid].open == 0, !named.contains(obligations[paid].id) {
      for at in paid * Component.count..<(paid + 1) * Component.count {
        carried.raised += raised[at]
      }
      paid += 1
    }
    while spent < received, receipts[spent].rest <= 0 {
      if receipts[spent].live > 0 {
        carried.received += receipts[spent].live
        carried.lastPayment = (Day(rawValue: receipts[spent].day), receipts[spent].live)
      }
      spent += 1
    }
    obligations.removeFirst(paid)
    raised.removeFirst(paid * Component.count)
    owed.removeFirst(paid * Component.count)
    charges.removeAll { $0.obligation < paid }
    for index in charges.indices { charges[index].obligation -= paid }
    receipts.removeFirst(spent)
    steps.removeFirst(next)
    (active, settled, next) = (active - paid, max(0, settled - paid), 0)
    vacant = max(0, vacant - paid)
    (received, idle) = (received - spent, max(0, idle - spent))
    return carried
  }

  /// Takes in facts of days that were not run through yet, each at its place in the order.
  mutating func join(
    _ facts: Span<Fact>, _ parts: Span<Piece>, from first: Int, _ currency: UInt16
  ) {
    for index in first..<max(first, facts.count) where facts[index].currency == currency {
      switch facts[index].kind {
      case .due:
        addDue(facts[index], parts)
        place()
      case .payment, .transferIn, .charge, .interest:
        let count = obligations.count
        enlist(facts, index, .undated)
        if obligations.count > count { place() }
        var at = steps.count - 1
        while at > next, steps[at].precedes(steps[at - 1]) {
          steps.swapAt(at, at - 1)
          at -= 1
        }
        at = receipts.count - 1
        while at > received, receipts[at].precedes(receipts[at - 1]) {
          receipts.swapAt(at, at - 1)
          at -= 1
        }
      default: break
      }
    }
  }

  // Moves the last obligation to its place among those that are not due yet.
  private mutating func place() {
    var at = obligations.count - 1
    while at > active,
      (obligations[at].due, obligations[at].seq) < (
        obligations[at - 1].due, obligations[at - 1].seq
      )
    {
      swapWithPrevious(at)
      at -= 1
    }
    for index in charges.indices where charges[index].obligation >= at {
      charges[index].obligation += 1
    }
  }
}
