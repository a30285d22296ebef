/// One account at the ends of many days in one run: a month roll.
extension Reckoner {
  /// Reckons the facts at the end of each of `days`, ascending, under the same terms, and gives
  /// each result with its index.
  ///
  /// A reckoning is a run through the days on which something happens, so the figures of a day are
  /// met on the way to a later one. Two things depend on the last day and not on the way: which
  /// claim of a source system counts, and which of two payments of one id a reversal means. An
  /// account with either is reckoned day by day; its figures are the same, only later.
  package mutating func roll(
    _ facts: Span<Fact>, parts: Span<Piece>, currency: UInt16, days: ArraySlice<Day>,
    terms: borrowing Terms, _ body: (Int, Reckoning) -> Void
  ) {
    guard let first = days.first, let last = days.last else { return }
    guard isRollable(facts, from: first) else {
      for index in days.indices {
        body(
          index,
          reckon(facts, parts: parts, currency: currency, asOf: days[index], terms: terms))
      }
      return
    }
    var base = Reckoning()
    let fits = prepare(facts, parts, currency, last, terms, &base)
    for index in days.indices {
      body(index, goOn(facts, parts, currency, days[index], terms, base, fits))
    }
  }

  /// What a verdict looks at, at the end of a day.
  package struct Glance: Sendable {
    /// Delinquent days, as in a reckoning.
    package var dpd: Int
    /// Whether anything is overdue, written off, owed without a date, or there at all.
    package var isOverdue: Bool, writtenOff: Bool, undated: Bool, exists: Bool
  }

  /// Looks at the ends of days that the caller chooses on the way: `body` is given a day with what
  /// is seen, and answers the later day that it asks for next. Begins on `first`, ends with `last`.
  package mutating func walk(
    _ facts: Span<Fact>, parts: Span<Piece>, currency: UInt16, from first: Day, to last: Day,
    terms: borrowing Terms, _ body: (Day, Glance) -> Day
  ) {
    var day = first
    guard isRollable(facts, from: first) else {
      while day <= last {
        day = body(
          day, Glance(reckon(facts, parts: parts, currency: currency, asOf: day, terms: terms)))
      }
      return
    }
    var base = Reckoning()
    let fits = prepare(facts, parts, currency, last, terms, &base)
    guard fits, !irregular, !terms.fromInvoiceDate,
      !obligations.contains(where: { $0.due >= Day.undated.rawValue })
    else {
      while day <= last {
        day = body(day, Glance(goOn(facts, parts, currency, day, terms, base, fits)))
      }
      return
    }
    // Everything has its date: what is overdue is a sum that is kept on the way.
    let (seen, writtenOff) = begun(facts, currency)
    while day <= last {
      run(facts, parts, day, terms)
      var glance = Glance(
        dpd: 0, isOverdue: due > 0, writtenOff: writtenOff <= day.rawValue, undated: false,
        exists: seen <= day.rawValue)
      if due > terms.grace.tolerance, let oldest = oldestDelinquent(terms) {
        glance.dpd = delinquent(from: obligations[oldest].due, to: day.rawValue, terms)
      }
      day = body(day, glance)
    }
  }

  // The days from which on anything was seen, and the account was written off; the last one there
  // is when never.
  private func begun(_ facts: Span<Fact>, _ currency: UInt16) -> (seen: Int32, writtenOff: Int32) {
    var (seen, writtenOff) = (Int32.max, Int32.max)
    for index in facts.indices where !isDead(index) {
      let (kind, money) = (facts[index].kind, facts[index].currency)
      if money == currency || money == 0 || !kind.isMoney {
        seen = min(seen, facts[index].day, facts[index].seen)
      }
      if kind == .writtenOff { writtenOff = min(writtenOff, facts[index].day) }
    }
    return (seen, writtenOff)
  }

  // The figures of a day, on from the one before.
  private mutating func goOn(
    _ facts: Span<Fact>, _ parts: Span<Piece>, _ currency: UInt16, _ day: Day,
    _ terms: borrowing Terms, _ base: borrowing Reckoning, _ fits: Bool
  ) -> Reckoning {
    var result = Reckoning()
    result.overflows = base.overflows
    result.exists = base.overflows
    guard fits else { return result }
    result.claimed = base.claimed
    run(facts, parts, day, terms)
    look(at: facts, currency, day, &result)
    conclude(day, terms, &result)
    return result
  }

  // What the account is on a day, apart from its money.
  private func look(
    at facts: Span<Fact>, _ currency: UInt16, _ day: Day, _ result: inout Reckoning
  ) {
    let limit = day.rawValue
    for index in facts.indices where !isDead(index) {
      let kind = facts[index].kind
      if !result.exists, min(facts[index].day, facts[index].seen) <= limit,
        facts[index].currency == currency || facts[index].currency == 0 || !kind.isMoney
      {
        result.exists = true
      }
      switch kind {
      case .writtenOff where facts[index].day <= limit: result.writtenOff = true
      case .closed where facts[index].seen <= limit: result.closed = true
      case .reopened where facts[index].seen <= limit: result.closed = false
      case .bounce where facts[index].day <= limit:
        if facts[index].day >= day.startOfMonth.rawValue { result.isCurrentBounce = true }
      default: break
      }
    }
  }

  private func isRollable(_ facts: Span<Fact>, from first: Day) -> Bool {
    for index in facts.indices {
      switch facts[index].kind {
      case .opening:
        if facts[index].day > first.rawValue { return false }
      case .reversal, .transferOut:
        var met = 0
        for other in facts.indices
        where facts[other].kind == .payment || facts[other].kind == .transferIn {
          if facts[other].id == facts[index].id { met += 1 }
        }
        if met > 1 { return false }
      default: break
      }
    }
    return true
  }
}

extension Reckoner.Glance {
  fileprivate init(_ figures: Reckoning) {
    self.init(
      dpd: figures.dpd, isOverdue: figures.overdue > 0, writtenOff: figures.writtenOff,
      undated: figures.undated, exists: figures.exists)
  }
}
