package import Ledger

/// What the reports on a period must say, said as plainly as possible: every account is lived
/// through again for every day-end that is asked about.
package struct NaivePeriod: Sendable {
  private let model: NaiveModel
  private let desk: NaiveDesk
  private let leaving: [String: [NaiveDesk.Leaving]]
  private let exits: [String: [(seq: UInt64, day: Day, isExit: Bool)]]

  /// A model of a life.
  package init(_ life: Life) { self.init(NaiveDesk(life)) }

  /// A model of what a desk was told.
  package init(_ desk: NaiveDesk) {
    self.desk = desk
    model = desk.model
    exits = desk.exits
    leaving = Dictionary(grouping: desk.leaving) { $0.account }
  }

  /// An account at the end of a day, in the buckets of another.
  struct Stand {
    var row: NaiveRow
    var isClosed: Bool
    /// Sold or moved away.
    var hasExited: Bool
    var isWrittenOff: Bool
    /// What has fallen due, and what was received, less all that was undone of it.
    var demanded: Int64, received: Int64
    var life: NaiveAccount
    var isOpen: Bool { !isClosed && !hasExited }
  }

  struct Known {
    var position: UInt64
    var accounts: [(String, [NaiveEvent])]
    /// The same by account.
    var stories: [String: [NaiveEvent]]
    var policies: NaivePolicies
    var holders: NaiveHolders
  }

  func known(_ knownAt: UInt64) -> Known {
    let accounts = model.accounts(knownAt)
    return Known(
      position: knownAt, accounts: accounts,
      stories: Dictionary(uniqueKeysWithValues: accounts), policies: model.policies(knownAt),
      holders: model.holders(knownAt))
  }

  func stand(
    _ account: String, _ told: [NaiveEvent], _ known: Known, on day: Day, scheme: Day
  ) -> Stand? {
    guard NaiveModel.shows(told, by: day) else { return nil }
    let product = NaivePeriod.product(told)
    var terms = known.policies.terms(account: account, product: product, asOf: day, drafts: [])
    let last = known.policies.terms(account: account, product: product, asOf: scheme, drafts: [])
    (terms.current, terms.bands, terms.upTo) = (last.current, last.bands, last.upTo)
    (terms.writtenOff, terms.currentBounce) = (last.writtenOff, last.currentBounce)
    var life = NaiveAccount(account, told, terms)
    life.live(until: day)
    func stands(_ seq: UInt64) -> Bool { model.stands(seq, known.position) }
    let events = (leaving[account] ?? []).filter { $0.on <= day && stands($0.seq) }
    let isWrittenOff = told.contains { event in
      if case .writtenOff = event.what { return event.day <= day }
      return false
    }
    let exits = (exits[account] ?? []).filter { $0.day <= day && stands($0.seq) }
    return Stand(
      row: life.report(day), isClosed: events.last?.isClosing ?? false,
      hasExited: exits.last?.isExit ?? false, isWrittenOff: isWrittenOff,
      demanded: life.owed.reduce(0) { $0 + ($1.isDue(day) ? $1.raised.reduce(0, +) : 0) },
      received: life.money.reduce(0) { $0 + $1.left }, life: life)
  }

  /// The roll, `from,to,accounts,opening,closing` of every move that happened; and figures of the
  /// management report, `holder,figure,part,whole`, by who held the accounts.
  package func month(by grouping: String, opening: Day, closing: Day, knownAt: UInt64) -> (
    roll: [String], report: [String]
  ) {
    let known = known(knownAt)
    let touched = desk.standing(knownAt)
    var moves: [String: (accounts: Int, opening: Int64, closing: Int64)] = [:]
    var parts: [String: (part: Int64, whole: Int64)] = [:]
    for (account, told) in known.accounts {
      guard let end = stand(account, told, known, on: closing, scheme: closing) else { continue }
      let start = stand(account, told, known, on: opening, scheme: closing)
      if let move = move(start, end) {
        let wasOpen = start.map(\.isOpen) ?? false
        moves[move, default: (0, 0, 0)].accounts += 1
        moves[move, default: (0, 0, 0)].opening += wasOpen ? start?.row.outstanding ?? 0 : 0
        moves[move, default: (0, 0, 0)].closing += end.isOpen ? end.row.outstanding : 0
      }
      let held = known.holders.holder(account) { $0.on <= opening }
      let line = known.holders.label(held, grouping, opening)
      func add(_ figure: String, _ part: Int64, _ whole: Int64 = 0) {
        parts["\(line),\(figure)", default: (0, 0)].part += part
        parts["\(line),\(figure)", default: (0, 0)].whole += whole
      }
      money(start, end, add)
      stayed(account, told, known, start, end, opening, closing, add)
      contacts(touched[account] ?? [], start, isHeld: held != nil, opening, closing, add)
      let right = right(touched[account] ?? [], opening, closing).count
      let isCured = isCured(start, end)
      add("first_call_resolution", isCured && right == 1 ? 1 : 0, isCured ? 1 : 0)
    }
    return (
      moves.map { "\($0.key),\($0.value.accounts),\($0.value.opening),\($0.value.closing)" }
        .sorted(),
      parts.map { "\($0.key),\($0.value.part),\($0.value.whole)" }.sorted()
    )
  }

  // By account, in which bucket of another day's scheme it stood at the end of a day, if it was
  // open.
  func buckets(on day: Day, scheme: Day, knownAt: UInt64) -> [String: String] {
    let known = known(knownAt)
    var buckets: [String: String] = [:]
    for (account, told) in known.accounts {
      guard let stand = stand(account, told, known, on: day, scheme: scheme), !stand.isClosed
      else { continue }
      buckets[account] = stand.row.bucket
    }
    return buckets
  }

  private func move(_ start: Stand?, _ end: Stand) -> String? {
    let from = start.flatMap { $0.isOpen ? $0.row.bucket : nil }
    if from == nil, !end.isOpen { return nil }
    let isOver = end.isClosed && !end.isWrittenOff
    let to = end.hasExited ? "exited" : isOver ? "closed" : end.row.bucket
    return (from ?? "not_open") + "," + to
  }

  private func contacts(
    _ told: [NaiveDesk.Told], _ start: Stand?, isHeld: Bool, _ opening: Day, _ closing: Day,
    _ add: (String, Int64, Int64) -> Void
  ) {
    let touches = told.filter { opening < $0.on && $0.on <= closing }
      .compactMap { NaiveDesk.touch($0.deed) }.filter { !$0.inbound }
    let right = right(told, opening, closing)
    let isGiven = isHeld && start.map(\.isOpen) ?? false
    add("coverage", isGiven && !touches.isEmpty ? 1 : 0, isGiven ? 1 : 0)
    add("intensity_of_attempted", Int64(touches.count), touches.isEmpty ? 0 : 1)
    add("right_party_rate", Int64(right.count), Int64(touches.count))
    add("contactability_of_allocated", isGiven && !right.isEmpty ? 1 : 0, isGiven ? 1 : 0)
  }

  private func right(_ told: [NaiveDesk.Told], _ opening: Day, _ closing: Day) -> [Desking.Touch] {
    told.filter { opening < $0.on && $0.on <= closing }.compactMap { NaiveDesk.touch($0.deed) }
      .filter { !$0.inbound && ($0.reached ?? NaiveDesk.fixed($0.result)) == "right_party" }
  }

  private func isCured(_ start: Stand?, _ end: Stand) -> Bool {
    guard let start, start.isOpen, !start.isWrittenOff, start.row.dpd > 0, !end.hasExited
    else { return false }
    return !end.isWrittenOff && (end.isClosed || end.row.dpd <= 0)
  }

  // Three month-ends in a row, of a period that has them.
  private func stayed(
    _ account: String, _ told: [NaiveEvent], _ known: Known, _ start: Stand?, _ end: Stand,
    _ opening: Day, _ closing: Day, _ add: (String, Int64, Int64) -> Void
  ) {
    let ends = [1, 2].compactMap { closing.adding(months: -$0) }
    guard let start, start.isOpen, !start.isWrittenOff, start.row.dpd > 0, !end.hasExited,
      ends.allSatisfy({ $0 > opening })
    else { return add("cure_all_3_months_count", 0, 0) }
    let isGood = ends.allSatisfy { day in
      let then = stand(account, told, known, on: day, scheme: closing)
      return then.map { $0.isClosed || $0.row.bucket == "current" } ?? true
    }
    add("cure_all_3_months_count", isGood && isCured(start, end) ? 1 : 0, 1)
  }

  private func money(_ start: Stand?, _ end: Stand, _ add: (String, Int64, Int64) -> Void) {
    let wasOpen = start.map(\.isOpen) ?? false
    add("opening_accounts", wasOpen ? 1 : 0, 0)
    add("closing_accounts", end.isOpen ? 1 : 0, 0)
    let counts = !(start?.isWrittenOff ?? false)
    let came = end.received - (start?.received ?? 0)
    add("recovery_write_off", counts ? 0 : came, counts ? 0 : start?.row.outstanding ?? 0)
    let demand = counts ? max(0, end.demanded - (start?.demanded ?? 0)) : 0
    let collected = counts ? max(0, came) : 0
    let arrears = counts ? start?.row.overdue ?? 0 : 0
    add("efficiency_current_demand_first", min(demand, collected), demand)
    add("efficiency_current_oldest_first", max(0, min(demand, collected - arrears)), demand)
    add("efficiency_with_arrears", collected, demand + arrears)
    let risk = !end.isOpen || end.isWrittenOff ? 0 : end.row.outstanding
    add("par_30", end.row.dpd > 30 ? risk : 0, risk)
    let late = wasOpen && counts && !end.hasExited && start?.row.dpd ?? 0 > 0
    add("cure_all_count", isCured(start, end) ? 1 : 0, late ? 1 : 0)
    let isIn = wasOpen && counts
    add("liquidation", isIn ? came : 0, isIn ? start?.row.outstanding ?? 0 : 0)
  }

  /// `account,pattern` over month-ends.
  package func patterns(_ ends: [Day], knownAt: UInt64) -> [String] {
    let known = known(knownAt)
    guard let last = ends.last else { return [] }
    let heard = desk.standing(knownAt)
    return known.accounts.compactMap { account, told -> String? in
      guard stand(account, told, known, on: last, scheme: last) != nil else { return nil }
      let marks = ends.map { end -> String in
        guard let stand = stand(account, told, known, on: end, scheme: last), stand.isOpen
        else { return "." }
        if stand.isWrittenOff { return "W" }
        if isSued(heard[account] ?? [], end) { return "L" }
        let bounced = told.contains { event in
          guard case .bounced = event.what else { return false }
          return event.day <= end && event.day.civil.month == end.civil.month
            && event.day.civil.year == end.civil.year
        }
        if stand.row.dpd <= 0 { return bounced ? "B" : "0" }
        let terms = known.policies.terms(account: account, product: "", asOf: last, drafts: [])
        let at = terms.upTo.firstIndex { stand.row.dpd <= $0 } ?? terms.upTo.count - 1
        return "\(min(9, at + (terms.current == nil ? 0 : 1)))"
      }
      return "\(account),\(marks.joined())"
    }.sorted()
  }
}

extension NaivePeriod {
  /// What aging says of an account at the end of a day.
  func figures(of account: String, on day: Day, _ known: Known) -> NaiveRow? {
    guard let told = known.stories[account] else { return nil }
    return stand(account, told, known, on: day, scheme: day)?.row
  }

  // Whether a case is before a court at the end of a day.
  private func isSued(_ told: [NaiveDesk.Told], _ day: Day) -> Bool {
    var suits: Set<String> = []
    for event in told {
      switch event.deed {
      case .law(.filed(let number, _, _)) where event.on <= day: suits.insert("\(number)")
      case .said(let saying) where saying.type == "legal.case_filed" && event.on <= day:
        suits.insert(saying.text("case"))
      default: break
      }
    }
    for event in told {
      if case .law(.ended(let number, let on)) = event.deed, on <= day {
        suits.remove("\(number)")
      }
    }
    return !suits.isEmpty
  }
}

extension NaiveDesk {
  /// An account was sold, moved away, bought back, or closed or opened again, after which it has
  /// not exited; by account, in order of its days.
  var exits: [String: [(seq: UInt64, day: Day, isExit: Bool)]] {
    var exits: [String: [(seq: UInt64, day: Day, occurred: Int64, isExit: Bool)]] = [:]
    for event in told {
      var isExit: Bool?
      switch event.deed {
      case .closed, .reopened: isExit = false
      case .said(let saying) where saying.type == "account.transferred":
        isExit = saying.text("kind") != "bought_back"
      default: break
      }
      guard let isExit else { continue }
      exits[event.account, default: []].append(
        (event.seq, event.valueDate ?? event.on, event.occurred, isExit))
    }
    return exits.mapValues { list in
      list.sorted { ($0.day.rawValue, $0.occurred) < ($1.day.rawValue, $1.occurred) }
        .map { ($0.seq, $0.day, $0.isExit) }
    }
  }

  /// An account was closed, or opened again.
  struct Leaving: Sendable {
    var seq: UInt64, account: String, on: Day, isClosing: Bool
  }

  /// Closings and their undoing, in the order in which they happened.
  var leaving: [Leaving] {
    told.compactMap { event -> (told: Told, isClosing: Bool)? in
      switch event.deed {
      case .closed: (event, true)
      case .reopened: (event, false)
      default: nil
      }
    }.sorted { $0.told.precedes($1.told) }.map { event, isClosing in
      Leaving(seq: event.seq, account: event.account, on: event.on, isClosing: isClosing)
    }
  }
}
