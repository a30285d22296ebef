package import Journaling
package import Ledger

/// One run of rules over a ledger: who is judged, from where it is seen, by which rules.
package struct Hearing {
  /// The rules.
  package var rulebook: Rulebook
  /// The data clock: nothing later was known.
  package var knownAt: Position
  /// The rule clock: nothing later has happened.
  package var now: Moment
  /// Findings of these days are told.
  package var days: ClosedRange<Day>
  /// The ledger's zone, for everybody of whom no other is known.
  package var zone: Zone
  /// The policies by which figures are folded where a rule needs one, as known.
  package var policies = PolicyBook()
  /// Only this account, and the people on it.
  package var account: String?
  /// Verdicts of other folds that are given from outside, by account or person.
  package var given: [Given] = []
  /// Who owes the accounts of which the ledger does not say it, by id.
  package var holders: [String: String] = [:]

  /// A run.
  package init(
    _ rulebook: Rulebook, knownAt: Position, now: Moment, days: ClosedRange<Day>, zone: Zone
  ) {
    (self.rulebook, self.knownAt, self.now) = (rulebook, knownAt, now)
    (self.days, self.zone) = (days, zone)
  }

  private func needs(_ heard: [Bool]) -> Docket.Needs {
    var needs = Docket.Needs()
    for (rule, isHeard) in zip(rulebook.rules, heard) where isHeard {
      let mask = TypeMask(rule.judges + rule.reads)
      if rule.needsEventIDs { needs.named = needs.named.union(mask) }
      switch rule.scope {
      case .account, .person:
        needs.acts = needs.acts.union(mask)
        needs.accounts = needs.accounts.union(mask)
        if !rule.derives.isEmpty { needs.accounts = needs.accounts.union(Facts.reads) }
      case .collector:
        needs.collectors = needs.collectors.union(mask)
        needs.staff.append((mask, rule.wants))
      case .book: needs.books = needs.books.union(mask)
      case .house:
        needs.house = needs.house.union(mask)
        needs.all.append((mask, rule.wants))
      }
    }
    let barring: [UInt16] = [
      EventCode.disputeRaised, EventCode.disputeResolved, EventCode.holdPlaced,
      EventCode.holdLifted, EventCode.restrictionPlaced, EventCode.restrictionLifted,
    ]
    if rulebook.rules.contains(where: { $0.scope == .account || $0.scope == .person }) {
      needs.acts = needs.acts.union(TypeMask(barring))
      needs.accounts = needs.accounts.union(TypeMask(barring))
    }
    return needs
  }

  /// Judges a ledger.
  ///
  /// - Parameter progress: told the position reached and the last one, over all passes.
  package func run(
    _ journal: Journal, _ snapshot: borrowing Snapshot,
    progress: (Position, Position) -> Void = { _, _ in }
  ) throws(JournalError) -> Report {
    var names = try Hearing.names(journal, snapshot)
    // An account of which only verdicts are given has no number yet.
    for id in given.compactMap(\.account) where !names.accounts.contains(id) {
      names.accounts.append(id)
    }
    let heard = try heard(snapshot)
    let docket = Docket(needs: needs(heard), names: names, last: knownAt)
    for (number, id) in names.accounts.enumerated() where number > 0 {
      if let holder = holders[id] { docket.holders[UInt32(number)] = TextKey(holder) }
    }
    try snapshot.bundles(to: knownAt, wanted: docket.firstMask) { (bundle) throws(JournalError) in
      do throws(WireError) { try docket.hear(bundle) } catch {
        throw .wire(error, at: bundle.first)
      }
    }
    docket.close()
    let bench = Bench(
      self, docket, heard,
      given: given.map { verdict in
        let number = verdict.account.flatMap { names.accounts.firstIndex(of: $0) } ?? 0
        return verdict.act(account: UInt32(number))
      })
    do throws(WireError) { try bench.judgeStaff() } catch { throw .wire(error, at: 0) }
    let passes = max(1, Int((knownAt + 2_499_999) / 2_500_000))
    let count = docket.groups.count
    let width = max(1, (count + passes - 1) / passes)
    var first = 0
    let one = try account.map { (id) throws(JournalError) in try snapshot.number(.account, id) ?? 0
    }
    if let one {
      let group = Int(docket.groupOf[Int(one)])
      try pass(docket, bench, UInt32(group)..<UInt32(group + 1), snapshot)
    } else {
      while first < count {
        let range = UInt32(first)..<UInt32(min(count, first + width))
        try pass(docket, bench, range, snapshot)
        first += width
        progress(knownAt * Position(min(first, count)) / Position(max(1, count)), knownAt)
      }
      do throws(WireError) { try bench.judgeStrangers() } catch { throw .wire(error, at: 0) }
    }
    return bench.report
  }

  // A rule of whose judged types the log has no event, and that no verdict can move, is not asked.
  private func heard(_ snapshot: borrowing Snapshot) throws(JournalError) -> [Bool] {
    let types = Set(rulebook.rules.flatMap(\.judges)).sorted()
    var present: Set<UInt16> = []
    try snapshot.bundles(to: knownAt) { (bundle) throws(JournalError) in
      for type in types where !present.contains(type) {
        if bundle.contains(TypeMask([type])) { present.insert(type) }
      }
    }
    return rulebook.rules.map { rule in
      !rule.derives.isEmpty || rule.judges.contains { present.contains($0) }
    }
  }

  private func pass(
    _ docket: Docket, _ bench: Bench, _ range: Range<UInt32>, _ snapshot: borrowing Snapshot
  ) throws(JournalError) {
    docket.startGathering(range)
    if account != nil,
      let accounts = docket.groups.indices.contains(Int(range.lowerBound))
        ? docket.groups[Int(range.lowerBound)] : nil
    {
      for account in accounts {
        try snapshot.trail(of: account, to: knownAt) { (event) throws(JournalError) in
          docket.gather(event, account, range.lowerBound)
        }
      }
    } else {
      let wanted = docket.needs.accounts
      try snapshot.bundles(to: knownAt, wanted: wanted) { (bundle) throws(JournalError) in
        do throws(WireError) { try docket.gather(bundle, range) } catch {
          throw .wire(error, at: bundle.first)
        }
      }
    }
    docket.finishGathering(range)
    do throws(WireError) { try bench.judge(range) } catch { throw .wire(error, at: 0) }
  }

  private static func names(_ journal: Journal, _ snapshot: borrowing Snapshot)
    throws(JournalError) -> Names
  {
    var names = Names()
    names.accounts = try journal.accountNames(snapshot)
    names.actors = [(.none, .none)]
    try snapshot.names(.actor) { _, name in
      let actor = Actor(name: name)
      names.actors.append((TextKey(actor.id), actor.agency.map { TextKey($0) } ?? .none))
    }
    names.parties = [.none]
    try snapshot.names(.party) { names.parties.append(TextKey($1)) }
    names.agencies = [.none]
    try snapshot.names(.agency) { names.agencies.append(TextKey($1)) }
    return names
  }
}

extension Finding.Shown {
  /// The value with ids and texts in words, asked of the log.
  package func spoken(_ naming: Naming, _ snapshot: borrowing Snapshot) throws(JournalError)
    -> Finding.Shown
  {
    switch self {
    case .account(let number): return .text(naming.account(number))
    case .property(let seq, let name):
      let text = try snapshot.event(at: seq) { (event) throws(JournalError) -> String in
        let type = Register.event(code: event.header.type, version: event.header.version)
        guard let key = type?.shape.field(name)?.key else { return "" }
        do throws(WireError) {
          return try CBORReader.text(of: UInt64(key), in: event.body) ?? ""
        } catch { throw .wire(error, at: seq) }
      }
      return .text(text ?? "")
    default: return self
    }
  }
}
