/// First half of a reckoning: which obligations there are, what happens to them, and on which day.
extension Reckoner {
  /// Makes obligations of dues and claims, pauses of holds, and notes what the account is.
  mutating func gather(
    _ facts: Span<Fact>, _ parts: Span<Piece>, _ currency: UInt16,
    _ asOf: Day, _ terms: borrowing Terms, _ result: inout Reckoning
  ) {
    var claim: Int?
    for index in facts.indices where !isDead(index) {
      let (kind, money) = (facts[index].kind, facts[index].currency)
      guard money == currency || money == 0 || !kind.isMoney else {
        // A due is withdrawn in whatever currency that was said.
        if kind == .dueCancelled { enlist(facts, index, asOf) }
        continue
      }
      // That some other entry was taken back does not make the account be there.
      if kind != .entryReversed, min(facts[index].day, facts[index].seen) <= asOf.rawValue {
        result.exists = true
      }
      switch kind {
      case .due where facts[index].amount >= 0:
        addDue(facts[index], parts)
      case .opening:
        if facts[index].day <= asOf.rawValue { claim = index }
      case .writtenOff:
        if facts[index].day <= asOf.rawValue { result.writtenOff = true }
      case .closed:
        if facts[index].seen <= asOf.rawValue { result.closed = true }
      case .reopened:
        if facts[index].seen <= asOf.rawValue { result.closed = false }
      case .bounce:
        let day = facts[index].day
        if day <= asOf.rawValue, day >= asOf.startOfMonth.rawValue { result.isCurrentBounce = true }
      case .hold:
        if terms.pausing.contains(TextKey(rawValue: facts[index].link)) {
          pause(facts[index], facts)
        }
      default:
        // Money of no currency is of none of the account's.
        if kind.isMoney, money == currency || kind == .dueCancelled {
          enlist(facts, index, asOf)
        }
      }
    }
    if let claim { accept(claim, facts, parts, asOf, &result) }
    // A receipt that was told after its dishonour is as if never paid all the same.
    for (id, left) in early { takeBack(id, left) }
    mergePauses()
  }

  /// Makes a due an obligation, the last one for now.
  mutating func addDue(_ fact: Fact, _ parts: Span<Piece>) {
    var obligation = Obligation(
      id: fact.id, seq: fact.seq, due: fact.day, seen: fact.seen, invoiced: fact.day,
      payer: UInt32(truncatingIfNeeded: fact.link))
    if fact.other != .min { obligation.invoiced = fact.other }
    raise(fact, addObligation(obligation), parts)
  }

  // A place among what falls due for a free-standing charge of a day: after the dues of that day,
  // before what is to come. Which charge takes which of a day's places, their steps tell.
  private mutating func addVacancy(on day: Int32) {
    _ = addObligation(
      Obligation(id: .none, seq: .max, due: day, seen: day, invoiced: day, payer: 0))
  }

  // A claim of a source system counts until the source's own money events of those days are here.
  private mutating func accept(
    _ claim: Int, _ facts: Span<Fact>, _ parts: Span<Piece>,
    _ asOf: Day, _ result: inout Reckoning
  ) {
    let fact = facts[claim]
    for index in facts.indices where !isDead(index) {
      let other = facts[index]
      if other.kind.replacesClaim, other.day <= fact.day { return }
    }
    result.claimed = true
    let due = fact.other == .min ? Day.undated.rawValue : fact.other
    let obligation = addObligation(
      Obligation(
        id: .none, seq: fact.seq, due: due, seen: fact.day, invoiced: due, payer: 0, claim: true))
    raise(fact, obligation, parts)
  }

  // Half-open: the first day is paused, the last (as placed, or as lifted) counts again.
  private mutating func pause(_ hold: Fact, _ facts: Span<Fact>) {
    let end = Hold.end(of: hold, among: facts) { isDead($0) }
    if end > hold.day { pauses.append((hold.day, end)) }
  }

  private mutating func mergePauses() {
    guard pauses.count > 1 else { return }
    pauses.sort { ($0.from, $0.to) < ($1.from, $1.to) }
    var kept = 0
    for index in 1..<pauses.count {
      if pauses[index].from <= pauses[kept].to {
        pauses[kept].to = max(pauses[kept].to, pauses[index].to)
      } else {
        kept += 1
        pauses[kept] = pauses[index]
      }
    }
    pauses.removeSubrange((kept + 1)...)
  }

  /// Puts what happens to obligations and money on its day.
  mutating func enlist(_ facts: Span<Fact>, _ index: Int, _ asOf: Day) {
    let (kind, day, amount) = (facts[index].kind, facts[index].day, facts[index].amount)
    guard day <= asOf.rawValue || kind == .reversal else { return }
    switch kind {
    case .payment where amount < 0: step(facts, index, rank: 1)
    case .payment, .transferIn:
      credit(
        facts, index, amount, id: facts[index].id,
        kind == .payment ? facts[index].partRange : 0..<0)
    case .reversal where facts[index].mark == 0:
      let left = takeBack(facts[index].id, amount)
      if left > 0 { early.append((facts[index].id, left)) }
    case .reversal, .refund, .transferOut:
      if day <= asOf.rawValue { step(facts, index, rank: 1) }
    case .due, .charge, .interest:
      // A negative obligation is a credit note: money that came on its day.
      if amount < 0 {
        credit(facts, index, -amount, id: .none, 0..<0)
      } else if kind != .due {
        // One that names no due falls due by itself, and has its place before the first day is run.
        if kind == .interest || facts[index].link == 0 { addVacancy(on: day) }
        step(facts, index, rank: 0)
      }
    case .waiver, .dueCancelled: step(facts, index, rank: 0)
    default: break
    }
  }

  @inline(__always)
  private mutating func credit(
    _ facts: Span<Fact>, _ index: Int, _ amount: Int64, id: TextKey, _ parts: Range<Int>
  ) {
    receipts.append(
      Receipt(
        seq: facts[index].seq, occurred: facts[index].occurred, id: id, day: facts[index].day,
        live: amount, parts: parts))
    step(facts, index, rank: 1)
  }

  @inline(__always)
  private mutating func step(_ facts: Span<Fact>, _ index: Int, rank: Int32) {
    steps.append(
      Step(
        day: facts[index].day, rank: rank, occurred: facts[index].occurred,
        seq: facts[index].seq, fact: index))
  }

  // As if never paid: receipts of that id lose it on every day, the latest that has some first.
  // What none of them has is left.
  @discardableResult
  private mutating func takeBack(_ id: TextKey, _ amount: Int64) -> Int64 {
    var left = amount
    repeat {
      guard let index = receipts.lastIndex(where: { $0.id == id && $0.live > 0 }) else { break }
      let gone = min(receipts[index].live, left)
      receipts[index].live -= gone
      left -= gone
    } while left > 0
    return left
  }
}

extension Fact.Kind {
  /// Whether its amount is money of a currency.
  var isMoney: Bool {
    switch self {
    case .due, .dueCancelled, .charge, .waiver, .interest, .payment, .reversal, .refund,
      .transferOut, .transferIn, .opening:
      true
    default: false
    }
  }

  /// Whether it is the source's own account of what a claim summed up.
  var replacesClaim: Bool {
    switch self {
    case .due, .charge, .interest, .payment, .transferIn: true
    default: false
    }
  }
}
