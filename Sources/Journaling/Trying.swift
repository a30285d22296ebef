package import Ledger
internal import Synchronization

/// A policy tried over many month-ends before anyone adopts it.
extension Journal {
  /// Rolls every account through `days` under the rules as known at a position and under the same
  /// rules with `draft` supposed, on `threads` threads; each takes its share of the accounts, in
  /// ranges whose facts stay under about 200 MB together.
  package func trial(
    _ draft: [PolicyVersion], days: [Day], knownAt last: Position, threads: Int = 2
  ) throws(JournalError) -> PolicyTrial {
    let question = Question(vantage: Vantage(asOf: days.last ?? .none, knownAt: last))
    let (count, now, kept) = try read { (snapshot) throws(JournalError) in
      (
        UInt32(try snapshot.count(of: .account)), try self.policies(question, snapshot),
        KeptFacts.open(self, snapshot).source
      )
    }
    var supposed = now
    do throws(WireError) {
      for version in draft { try supposed.suppose(version) }
    } catch { throw .wire(error, at: 0) }
    let sides = (now: now, draft: supposed)
    var classesBorrowers = false
    do throws(WireError) {
      for day in days {
        for policies in [now, supposed] where try policies.classesBorrowers(on: day) {
          classesBorrowers = true
        }
      }
    } catch { throw .wire(error, at: 0) }
    let ordersMoney = draft.contains { $0.kind == Waterfall.kind }
    let blank = PolicyTrial(days: days, ordersMoney: ordersMoney)
    // Whoever is npa by another account is found first, by a trial of its own.
    let borrowers =
      classesBorrowers
      ? try run(blank, sides, nil, count, upTo: last, threads, kept).borrowers : []
    return try run(blank, sides, borrowers, count, upTo: last, threads, kept)
  }

  private func run(
    _ blank: PolicyTrial, _ sides: (now: PolicyBook, draft: PolicyBook),
    _ borrowers: [[Set<String>]]?, _ count: UInt32, upTo last: Position, _ threads: Int,
    _ kept: KeptFacts.Source
  ) throws(JournalError) -> PolicyTrial {
    let passes = max(threads, Int((last + 2_499_999) / 2_500_000) * threads)
    let width = max(1, (count + UInt32(passes)) / UInt32(passes))
    let results = Mutex<[Result<PolicyTrial, JournalError>]>([])
    Threads.run(threads) { thread in
      var trial = blank
      var outcome: Result<PolicyTrial, JournalError>
      do throws(JournalError) {
        var first = 1 + UInt32(thread) * width
        while first <= count {
          // A pass that has no room for all gives accounts up; those come next.
          var rest = first..<first + width
          while !rest.isEmpty {
            let end = try self.roll(
              rest, sides, borrowers, upTo: last, kept, into: &trial,
              room: Portfolio.room / threads)
            rest = end..<rest.upperBound
          }
          first += width * UInt32(threads)
        }
        outcome = .success(trial)
      } catch { outcome = .failure(error) }
      results.withLock { $0.append(outcome) }
    }
    var whole = blank
    for result in results.withLock({ $0 }) { whole.merge(try result.get()) }
    return whole
  }

  /// The figures of a book at the ends of `days`, under the rules as known at a position and with
  /// `draft` supposed: a fold of the whole book for each.
  package func trial<B: TrialBook>(
    of type: B.Type, _ draft: [PolicyVersion], days: [Day], knownAt last: Position,
    _ snapshot: borrowing Snapshot
  ) throws(JournalError) -> Sheet {
    var sides: [(day: Day, now: Sheet, draft: Sheet)] = []
    for day in days {
      var question = Question(vantage: Vantage(asOf: day, knownAt: last))
      let now = try answer(B(trialAt: day), question, snapshot).book.sheet(naming)
      question.supposed = draft
      let supposed = try answer(B(trialAt: day), question, snapshot).book.sheet(naming)
      sides.append((day, now, supposed))
    }
    var trial = SideBySide(title: B.trialTitle + " at month-ends", keys: B.trialKeys)
    for side in sides { trial.add(side.day, now: side.now, draft: side.draft) }
    return trial.sheet
  }

  // Gives the account that the pass ended in front of. Facts that are kept are not read from the
  // log again.
  private func roll(
    _ range: Range<UInt32>, _ sides: (now: PolicyBook, draft: PolicyBook),
    _ borrowers: [[Set<String>]]?, upTo last: Position, _ source: KeptFacts.Source,
    into trial: inout PolicyTrial, room: Int
  ) throws(JournalError) -> UInt32 {
    let name = accountName
    var portfolio = Portfolio(range: range, room: room) { TextKey(name($0)) }
    var fold = TrialFold(
      trial.days, now: sides.now, draft: sides.draft, borrowers: borrowers, accountName: name)
    try read { (snapshot) throws(JournalError) in
      let kept = source.open()
      portfolio.facts.texts = kept.texts
      try self.collect(
        &portfolio, after: kept.beginning([]), upTo: last, snapshot
      ) { _, _ in }
      try self.handOut(&portfolio, kept, upTo: last) {
        (portfolio, number, facts, parts) throws(WireError) in
        try fold.take(number, facts, parts, of: portfolio, into: &trial)
      }
    }
    return portfolio.range.upperBound
  }
}
