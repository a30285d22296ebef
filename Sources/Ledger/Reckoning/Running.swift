/// Second half of a reckoning: the days in order, and money finding its dues.
extension Reckoner {
  /// Runs through the days on which anything happens, up to `asOf`; called again with a later day,
  /// it goes on from there.
  mutating func run(
    _ facts: Span<Fact>, _ parts: Span<Piece>, _ asOf: Day,
    _ terms: borrowing Terms
  ) {
    while true {
      let stepDay = next < steps.count ? steps[next].day : Int32.max
      let dueDay = active < obligations.count ? obligations[active].due : Int32.max
      let day = min(stepDay, dueDay, advances && waiting > 0 ? nextSeen : .max)
      guard day <= asOf.rawValue, day != .max else { break }
      watch(until: day, terms)
      while active < obligations.count, obligations[active].due <= day {
        due += obligations[active].open
        active += 1
      }
      while next < steps.count, steps[next].day == day {
        take(facts, steps[next].fact, parts, terms)
        next += 1
      }
      // Where nothing due is unpaid, money that waits goes on waiting.
      if waiting > 0, due > 0 || irregular || advances { applyWaiting(day, terms) }
      if npaSince != nil, overdue() == 0 || !terms.classification.sticky && isWithin(day, terms) {
        npaSince = nil
      }
      watched = day
    }
    watch(until: asOf.rawValue + 1, terms)
  }

  // The next day on which a due is told of: money in advance goes to it then, not when something
  // happens next.
  private var nextSeen: Int32 {
    var day = Int32.max
    for index in active..<max(active, obligations.count) where obligations[index].seen > watched {
      day = min(day, obligations[index].seen)
    }
    return day
  }

  // Whether the account is delinquent for no more days than make it npa.
  private func isWithin(_ day: Int32, _ terms: borrowing Terms) -> Bool {
    guard let oldest = oldestDelinquent(terms) else { return true }
    let days = delinquent(from: obligations[oldest].due, to: day, terms)
    return days <= terms.classification.npaOver
  }

  // Kinds are told apart in place: a fact is copied only where it is looked at whole.
  private mutating func take(
    _ facts: Span<Fact>, _ index: Int, _ parts: Span<Piece>, _ terms: borrowing Terms
  ) {
    switch facts[index].kind {
    case .payment where facts[index].amount < 0:
      takeAway(-facts[index].amount, from: nil, facts[index].day, parts, terms)
    case .due,
      .charge where facts[index].amount < 0, .interest where facts[index].amount < 0:
      receive(facts[index].seq, facts[index].day, parts, terms)
    case .charge:
      levy(facts[index], Int(facts[index].mark), on: TextKey(rawValue: facts[index].link))
    case .interest: levy(facts[index], Int(Component.interest.rawValue), on: .none)
    case .waiver: waive(facts[index])
    case .dueCancelled: cancel(facts[index])
    case .payment, .transferIn: receive(facts[index].seq, facts[index].day, parts, terms)
    case .reversal, .transferOut:
      let (id, day, amount) = (facts[index].id, facts[index].day, facts[index].amount)
      var left = amount
      repeat {
        // A payment that is not here, or was undone already, has nothing to give.
        guard let named = receipts.lastIndex(where: { $0.id == id && $0.live > 0 }) else { return }
        let gone = min(receipts[named].live, left)
        takeAway(gone, from: named, day, parts, terms)
        left -= gone
      } while left > 0
    case .refund: takeAway(facts[index].amount, from: nil, facts[index].day, parts, terms)
    default: break
    }
  }

  // Receipts stand in the order in which their steps are taken.
  private mutating func receive(
    _ seq: Position, _ day: Int32, _ parts: Span<Piece>, _ terms: borrowing Terms
  ) {
    let next = received
    guard next < receipts.count, receipts[next].seq == seq else { return }
    received += 1
    receipts[next].applied = true
    receipts[next].rest = receipts[next].live
    waiting += receipts[next].live
    apply(next, day, parts, terms)
  }

  // A charge joins the due it names; without one, or with one that is not there, it stands alone
  // and is due on its own day.
  private mutating func levy(_ fact: Fact, _ component: Int, on due: TextKey) {
    var obligation = -1
    var invoiced = fact.day
    if due != .none, let index = obligations.lastIndex(where: { $0.id == due }) {
      // What belongs to a due that was withdrawn keeps the age of its invoice.
      if obligations[index].cancelled {
        invoiced = obligations[index].invoiced
      } else {
        obligation = index
      }
    }
    if obligation < 0 {
      obligation = place(of: fact)
      obligations[obligation].invoiced = invoiced
    }
    raise(fact.amount, obligation, component)
    charges.append(
      Charged(id: fact.id, obligation: obligation, component: component, left: fact.amount))
    settled = min(settled, obligation)
  }

  // A free-standing charge falls due today: after everything due already, before what is to come.
  // A place was kept for it, unless it names a due that is not there.
  private mutating func place(of fact: Fact) -> Int {
    let charge = Obligation(
      id: fact.id, seq: fact.seq, due: fact.day, seen: fact.day, invoiced: fact.day, payer: 0)
    while vacant < active {
      if obligations[vacant].seq == .max {
        obligations[vacant] = charge
        return vacant
      }
      vacant += 1
    }
    return insert(charge)
  }

  private mutating func insert(_ charge: Obligation) -> Int {
    _ = addObligation(charge)
    var at = obligations.count - 1
    while at > active {
      swapWithPrevious(at)
      at -= 1
    }
    for index in charges.indices where charges[index].obligation >= active {
      charges[index].obligation += 1
    }
    for index in splits.indices where splits[index].obligation >= active {
      splits[index].obligation += 1
    }
    active += 1
    return active - 1
  }

  // What is given up of a named charge, or of the scope's component wherever it is unpaid, oldest
  // first. More than is owed cannot be given up.
  private mutating func waive(_ fact: Fact) {
    var left = fact.amount
    if fact.id != .none, let index = charges.firstIndex(where: { $0.id == fact.id }) {
      let (obligation, component) = (charges[index].obligation, charges[index].component)
      let given = min(left, max(0, unpaid(obligation, component)), charges[index].left)
      forgive(given, obligation, component)
      charges[index].left -= given
      return
    }
    let any = fact.mark == Piece.anyComponent
    let components = any ? 0..<Component.count : Int(fact.mark)..<Int(fact.mark) + 1
    for obligation in obligations.indices {
      for component in components where left > 0 {
        let given = min(left, max(0, unpaid(obligation, component)))
        forgive(given, obligation, component)
        left -= given
        if given > 0 { forgiven = max(forgiven, obligations[obligation].due) }
      }
    }
    if left > 0 { forgiven = .max }
  }

  private mutating func forgive(_ amount: Int64, _ obligation: Int, _ component: Int) {
    raised[obligation * Component.count + component] -= amount
    lower(amount, obligation, component)
  }

  // A cancelled due loses its unpaid part; what was paid of it stays paid.
  private mutating func cancel(_ fact: Fact) {
    for index in obligations.indices where obligations[index].id == fact.id {
      if obligations[index].cancelled { continue }
      obligations[index].cancelled = true
      for component in 0..<Component.count {
        forgive(unpaid(index, component), index, component)
      }
    }
  }

  // Money leaves: first what waits, of the payment named; then what is left of all money is applied
  // again from the oldest due.
  private mutating func takeAway(
    _ amount: Int64, from named: Int?, _ day: Int32, _ parts: Span<Piece>,
    _ terms: borrowing Terms
  ) {
    var left = amount
    if let named {
      left = min(left, receipts[named].live)
      receipts[named].live -= left
      guard named < received else { return }
      let idle = min(left, receipts[named].rest)
      receipts[named].rest -= idle
      waiting -= idle
      if idle == left { return }
    } else {
      var index = received - 1
      while index >= 0, left > 0 {
        let idle = min(left, receipts[index].rest)
        receipts[index].rest -= idle
        receipts[index].live -= idle
        waiting -= idle
        left -= idle
        index -= 1
      }
      if left == 0 { return }
      index = received - 1
      while index >= 0, left > 0 {
        let gone = min(left, receipts[index].live)
        receipts[index].live -= gone
        left -= gone
        index -= 1
      }
    }
    applyAgain(day, parts, terms)
  }

  // All money left finds its dues anew, from the oldest.
  private mutating func applyAgain(
    _ day: Int32, _ parts: Span<Piece>, _ terms: borrowing Terms
  ) {
    for at in 0..<obligations.count * Component.count { owed[at] = raised[at] }
    due = 0
    for index in obligations.indices {
      var sum: Int64 = 0
      for component in 0..<Component.count { sum += unpaid(index, component) }
      obligations[index].open = sum
      if index < active { due += sum }
    }
    splits.removeAll(keepingCapacity: true)
    (settled, waiting, idle) = (0, 0, 0)
    for index in 0..<received {
      receipts[index].rest = receipts[index].live
      waiting += receipts[index].live
      apply(index, day, parts, terms)
    }
  }
}
