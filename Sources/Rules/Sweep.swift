import Journaling
import Ledger

/// One way through all accounts, stretch by stretch: their acts and facts as they are kept in
/// `views`, and from the log only what came since.
///
/// Where nothing is kept the log is read, in passes that hold the slips of as many accounts as have
/// about 2.5 million events; and what was read is kept for the next run.
struct Sweep {
  private let journal: Journal
  private let docket: Docket
  private let acts: KeptWords?
  private let facts: KeptFacts
  private let making: KeptWords.Making?
  private var writer: ActWriter
  private var holes = ActHoles()
  private var words: (kept: ContiguousArray<UInt64>, own: ContiguousArray<UInt64>) = ([], [])
  private var copies: ContiguousArray<Stretch.Copy> = []
  private var sums: ContiguousArray<UInt64> = []
  private var tray = Stretch.Tray()

  /// - Parameter isNarrow: whether only the accounts of one person will be asked for.
  init(
    _ journal: Journal, _ snapshot: borrowing Snapshot, _ docket: Docket,
    keeping use: KeptFacts.Use, isNarrow: Bool
  ) throws(JournalError) {
    (self.journal, self.docket) = (journal, docket)
    let last = docket.last
    let kept =
      use == .never
      ? nil : KeptWords.open("acts", form: ActSlip.form, journal, snapshot, upTo: last)
    acts = kept
    facts = use == .never || isNarrow ? .none : KeptFacts.open(journal, snapshot)
    making =
      kept == nil && !isNarrow
      ? KeptWords.Making("acts", form: ActSlip.form, journal, snapshot, upTo: last, use) : nil
    writer = ActWriter(names: docket.names)
  }

  private init(
    _ journal: Journal, _ docket: Docket, _ acts: KeptWords, _ facts: KeptFacts
  ) {
    (self.journal, self.docket, self.acts, self.facts) = (journal, docket, acts, facts)
    making = nil
    writer = ActWriter(names: docket.names)
  }

  /// Whether acts are kept, so that threads need not each read the log.
  var isKept: Bool { acts != nil }

  // Acts up to here are kept.
  private var after: Position { acts?.last ?? 0 }

  /// Hears what all cases share.
  mutating func open(_ snapshot: borrowing Snapshot) throws(JournalError) {
    if let acts { try docket.hear(acts) }
    let docket = docket
    var writer = writer
    var wanted = ActSlip.mask
    wanted.insert(EventCode.eventReversed)
    try forEach(snapshot, wanted) { (event) throws(WireError) in
      if Docket.wants(event.header) { try docket.hear(event, &writer) }
    }
    try docket.close(snapshot)
  }

  // Hands out the events of some types behind what is kept.
  private func forEach(
    _ snapshot: borrowing Snapshot, _ wanted: TypeMask,
    _ body: (borrowing EventView) throws(WireError) -> Void
  ) throws(JournalError) {
    let (after, last) = (after, docket.last)
    try snapshot.bundles(from: after + 1, to: last, wanted: wanted) {
      (bundle) throws(JournalError) in
      do throws(WireError) {
        for index in 0..<bundle.count {
          let header = bundle.header(index)
          guard header.seq > after, header.seq <= last, wanted.contains(header.type) else {
            continue
          }
          try body(bundle.event(index))
        }
      } catch { throw .wire(error, at: bundle.first) }
    }
  }

  // MARK: All accounts

  /// Takes every account to a bench.
  mutating func run(
    _ bench: Bench, _ snapshot: borrowing Snapshot, progress: (Position) -> Void
  ) throws(JournalError) {
    let count = UInt32(docket.debtors.count)
    let behind = docket.last > after ? docket.last - after : 0
    let passes = UInt32(max(1, (behind + 2_499_999) / 2_500_000))
    let width = max(1, (count / UInt32(Stretch.width) + passes) / passes) * UInt32(Stretch.width)
    var first: UInt32 = 0
    while first < count {
      let end = try pass(first..<min(count, first + width), bench, snapshot)
      first = end
      progress(Position(Double(docket.last) * Double(first) / Double(max(1, count))))
    }
    guard let making else { return }
    docket.keep(making)
    try making.finish(upTo: docket.last, journal, snapshot)
  }

  /// Takes every account to one of the benches, each on a thread of its own.
  func run(_ benches: [Bench]) throws(JournalError) {
    guard let acts else { return }
    let (journal, docket, sources) = (journal, docket, (acts.source, facts.source))
    let count = UInt32(docket.debtors.count)
    let width = UInt32(Stretch.width)
    let share = (count / width / UInt32(benches.count) + 1) * width
    let handed = benches.map { Handed(bench: $0) }
    try Threads.attempt(benches.count) { (thread) throws(JournalError) in
      let bench = handed[thread].bench
      try journal.read { (snapshot) throws(JournalError) in
        guard let acts = sources.0.open() else {
          throw .invalid("There is no room for one more reader of what is kept of acts.")
        }
        var sweep = Sweep(journal, docket, acts, sources.1.open())
        var first = share * UInt32(thread)
        let end = min(count, first + share)
        while first < end { first = try sweep.pass(first..<end, bench, snapshot) }
      }
    }
  }

  // A bench belongs to one thread at a time.
  private struct Handed: @unchecked Sendable { let bench: Bench }

  // Gives the account that the pass ended in front of.
  private mutating func pass(
    _ range: Range<UInt32>, _ bench: Bench, _ snapshot: borrowing Snapshot
  ) throws(JournalError) -> UInt32 {
    let name = journal.accountName
    var portfolio = Portfolio(range: max(1, range.lowerBound)..<max(1, range.upperBound)) {
      TextKey(name($0))
    }
    portfolio.facts.texts = facts.texts
    if bench.needsFacts {
      try journal.collect(&portfolio, after: facts.beginning([]), upTo: docket.last, snapshot) {
        _, _ in
      }
    }
    let range = range.lowerBound..<min(range.upperBound, portfolio.range.upperBound)
    try gather(range, snapshot)
    for stretch in Stretch.of(range.lowerBound)...Stretch.of(range.upperBound - 1) {
      let kept = try acts?.read(UInt64(stretch), into: &words.kept) ?? 0
      holes.write(stretch, to: &words.own)
      making?.add(UInt64(stretch), words.own.span)
      if bench.needsFacts {
        try facts.read(stretch, Stretch.slots, into: &copies)
        portfolio.write(stretch, to: &sums)
      }
      var tray = tray
      self.tray = Stretch.Tray()
      do throws(WireError) {
        try take(
          Sweep.accounts(of: stretch, in: range), words.kept.span.extracting(..<kept),
          words.own.span, copies, sums.span, &tray, bench)
      } catch { throw .wire(error, at: 0) }
      self.tray = tray
    }
    return range.upperBound
  }

  // Sets the slips of a range of accounts aside.
  private mutating func gather(_ range: Range<UInt32>, _ snapshot: borrowing Snapshot)
    throws(JournalError)
  {
    holes.start(range)
    var (writer, holes) = (writer, holes)
    self.holes = ActHoles()
    try forEach(snapshot, ActSlip.mask) { (event) throws(WireError) in
      let header = event.header
      if header.account != 0, range.contains(header.account) {
        try writer.write(event, of: header.account)
        holes.add(writer.words, of: header.account)
      }
      // Of what names further accounts only a hold binds them.
      guard header.flags.contains(.concernsOthers), header.account != 0,
        header.type == EventCode.holdPlaced || header.type == EventCode.holdLifted
      else { return }
      var others: [UInt32] = []
      try Envelope.accounts(of: event.envelope) { others.append($0) }
      for other in others where range.contains(other) && other != header.account {
        try writer.write(event, of: other)
        holes.add(writer.words, of: other)
      }
    }
    (self.writer, self.holes) = (writer, holes)
  }

  private func take(
    _ accounts: Range<UInt32>, _ kept: Span<UInt64>, _ own: Span<UInt64>,
    _ before: ContiguousArray<Stretch.Copy>, _ then: Span<UInt64>, _ tray: inout Stretch.Tray,
    _ bench: Bench
  ) throws(WireError) {
    for account in accounts {
      tray.clear()
      if bench.needsFacts {
        for copy in before {
          Stretch.unpack(copy.words, account, upTo: docket.last, to: &tray)
        }
        Stretch.unpack(then, account, upTo: docket.last, to: &tray)
      }
      let slot = Int(account % UInt32(Stretch.width))
      try bench.take(
        account, kept, Sweep.range(kept, slot), own, Sweep.range(own, slot), tray.rows.span,
        tray.parts.span)
    }
  }

  // Account 0 is nobody.
  private static func accounts(of stretch: UInt32, in range: Range<UInt32>) -> Range<UInt32> {
    let first = stretch * UInt32(Stretch.width)
    return (max(1, first)..<first + UInt32(Stretch.width)).clamped(
      to: max(1, range.lowerBound)..<max(1, range.upperBound))
  }

  private static func range(_ words: Span<UInt64>, _ slot: Int) -> Range<Int> {
    words.count == 0 ? 0..<0 : Int(words[slot])..<Int(words[slot + 1])
  }

  // MARK: One person

  /// Takes the accounts of the person of one account to a bench.
  mutating func run(personOf number: UInt32, _ bench: Bench, _ snapshot: borrowing Snapshot)
    throws(JournalError)
  {
    let group = docket.groupOf[Int(number)]
    for account in 1..<UInt32(docket.debtors.count) where docket.groupOf[Int(account)] == group {
      var own: ContiguousArray<UInt64> = []
      let name = docket.names.account(account)
      var facts = Facts { _ in TextKey(name) }
      try snapshot.trail(of: account, to: docket.last) { (event) throws(JournalError) in
        let header = event.header
        do throws(WireError) {
          try facts.note(event, account: account, isSubject: header.account == account)
          let isHold =
            header.type == EventCode.holdPlaced || header.type == EventCode.holdLifted
          guard ActSlip.mask.contains(header.type), header.account == account || isHold else {
            return
          }
          try writer.write(event, of: account)
          own.append(contentsOf: writer.words)
        } catch { throw .wire(error, at: header.seq) }
      }
      do throws(WireError) {
        try bench.take(
          account, Span(), 0..<0, own.span, 0..<own.count, facts.rows.span, facts.parts.span)
      } catch { throw .wire(error, at: 0) }
    }
  }
}
