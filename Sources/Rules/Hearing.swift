package import Journaling
package import Ledger

/// One run of rules over a ledger: who is judged, from where it is seen, by which rules.
package struct Hearing: Sendable {
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
  /// Only this account, and the people on it: staff, books and the house are not judged.
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
      switch rule.scope {
      case .account, .person: break
      case .collector:
        needs.collectors = needs.collectors.union(mask)
        needs.staff.append((mask, rule.wants))
      case .book: needs.books = needs.books.union(mask)
      case .house:
        needs.house = needs.house.union(mask)
        needs.all.append((mask, rule.wants))
      }
    }
    return needs
  }

  /// Judges a ledger.
  ///
  /// - Parameters:
  ///   - use: whether acts kept in `views` may be used, and made.
  ///   - threads: how many share the accounts, once acts are kept; 64 at most.
  ///   - progress: told the position reached and the last one, over all passes.
  package func run(
    _ journal: Journal, _ snapshot: borrowing Snapshot,
    keeping use: KeptFacts.Use = .whenWorthwhile, threads: Int = 1,
    progress: (Position, Position) -> Void = { _, _ in }
  ) throws(JournalError) -> Report {
    var names = try Hearing.names(journal, snapshot)
    // An account of which only verdicts are given has no number yet.
    for id in given.compactMap(\.account) where !names.accounts.contains(id) {
      names.accounts.append(id)
    }
    let heard = try heard(snapshot)
    let given = given.map { verdict in
      let number = verdict.account.flatMap { names.accounts.firstIndex(of: $0) } ?? 0
      return verdict.act(account: UInt32(number))
    }
    var sweep = Sweep(
      journal, docket(names, heard), use == .never ? nil : Sweep.kept(journal, snapshot),
      use == .never || account != nil ? .none : KeptFacts.open(journal, snapshot))
    do throws(JournalError) {
      return try run(&sweep, use, threads, heard, given, snapshot, progress)
    } catch {
      guard sweep.isDamaged else { throw error }
    }
    // The log is sound whatever became of what was kept of it, which is made anew.
    sweep = Sweep(journal, docket(names, heard), nil, .none)
    return try run(&sweep, use, threads, heard, given, snapshot, progress)
  }

  private func run(
    _ sweep: inout Sweep, _ use: KeptFacts.Use, _ threads: Int, _ heard: [Bool], _ given: [Act],
    _ snapshot: borrowing Snapshot, _ progress: (Position, Position) -> Void
  ) throws(JournalError) -> Report {
    try sweep.open(snapshot)
    let docket = sweep.docket
    let first = Bench(self, docket, heard, given: given)
    first.report.keptUpTo = sweep.after
    if let account {
      let number = try snapshot.number(.account, account) ?? 0
      try sweep.run(personOf: number, first, snapshot)
      // The person's other accounts were heard, and are not what was asked about.
      var report = first.report
      report.findings.removeAll { $0.account != 0 && $0.account != number }
      return report
    }
    sweep.keep(use, snapshot) { progress($0, knownAt) }
    let others = (1..<sweep.share(min(threads, 64))).map { _ in
      Bench(self, docket, heard, given: given)
    }
    try sweep.run([first] + others, snapshot) { progress($0, knownAt) }
    for other in others { first.join(other) }
    first.judgeStaff()
    first.judgeStrangers()
    progress(knownAt, knownAt)
    return first.report
  }

  /// Compares the acts that are kept in `views` with what the events say; gives their folder if
  /// they are others.
  package static func strayViews(_ journal: Journal, _ snapshot: borrowing Snapshot)
    throws(JournalError) -> [String]
  {
    guard let acts = Sweep.kept(journal, snapshot) else { return [] }
    let names = try names(journal, snapshot)
    let docket = Docket(needs: Docket.Needs(), names: names, last: acts.last)
    var sweep = Sweep(journal, docket, nil, .none)
    return try sweep.says(acts, snapshot) ? [] : [acts.folder]
  }

  private func docket(_ names: Names, _ heard: [Bool]) -> Docket {
    let docket = Docket(needs: needs(heard), names: names, last: knownAt)
    for (number, id) in names.accounts.enumerated() where number > 0 && !holders.isEmpty {
      if let holder = holders[id] { docket.holders[UInt32(number)] = TextKey(holder) }
    }
    return docket
  }

  // A rule of whose judged types the log has no event, and that no verdict can move, is not asked.
  private func heard(_ snapshot: borrowing Snapshot) throws(JournalError) -> [Bool] {
    let types = Set(rulebook.rules.flatMap(\.judges)).sorted()
    var present: Set<UInt16> = []
    var rest = TypeMask(types)
    try snapshot.bundles(to: knownAt, wanted: rest) { (bundle) throws(JournalError) in
      guard bundle.contains(rest) else { return }
      for type in types where bundle.contains(TypeMask([type])) { present.insert(type) }
      rest = TypeMask(types.filter { !present.contains($0) })
    }
    return rulebook.rules.map { rule in
      !rule.derives.isEmpty || rule.judges.contains { present.contains($0) }
    }
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
