import Journaling
import Ledger

/// One way through all accounts, stretch by stretch: their acts and facts as they are kept in
/// `views`, and from the log only what came since.
///
/// What came since is kept first, where it is worth while. Where nothing can be kept the log is
/// read, in passes that hold the slips of as many accounts as have about 2.5 million events.
struct Sweep {
  let docket: Docket
  private let journal: Journal
  private var acts: KeptStretches?
  private let facts: KeptFacts
  // What is kept, as each thread has it open.
  private var readers: [(acts: KeptStretches, facts: KeptFacts)] = []
  private var writer: ActWriter
  private var pigeonholes = ActPigeonholes()
  private var slips: (own: ContiguousArray<UInt64>, kept: [Stretch.Copy]) = ([], [])
  private var copies: ContiguousArray<Stretch.Copy> = []
  private var sums: ContiguousArray<UInt64> = []
  private var tray = Stretch.Tray()

  init(_ journal: Journal, _ docket: Docket, _ acts: KeptStretches?, _ facts: KeptFacts) {
    (self.journal, self.docket, self.acts, self.facts) = (journal, docket, acts, facts)
    writer = ActWriter(names: docket.names)
  }

  /// Acts up to here are kept.
  var after: Position { acts?.last ?? 0 }

  /// Whether something was read that is not what was kept.
  var isDamaged: Bool {
    acts?.isDamaged == true || facts.isDamaged
      || readers.contains { $0.acts.isDamaged || $0.facts.isDamaged }
  }

  /// Hears what all cases share.
  mutating func open(_ snapshot: borrowing Snapshot) throws(JournalError) {
    if let acts { try docket.hear(acts) }
    try hear(snapshot)
    try docket.close(snapshot)
  }

  private mutating func hear(_ snapshot: borrowing Snapshot) throws(JournalError) {
    let docket = docket
    var writer = writer
    var wanted = ActSlip.mask
    wanted.insert(EventCode.eventReversed)
    try forEach(snapshot, wanted) { (event) throws(WireError) in
      if Docket.wants(event.header) { try docket.hear(event, &writer) }
    }
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

  // MARK: Keeping

  private static func folder(_ journal: Journal) -> String { journal.folder.column("acts") }

  /// Acts that are kept; nil when there are none of this log and in this form.
  static func kept(_ journal: Journal, _ snapshot: borrowing Snapshot) -> KeptStretches? {
    KeptStretches.open(folder(journal), form: ActSlip.form, journal, snapshot)
  }

  /// Keeps what came since, where that is worth while and all that is known is asked about; a run
  /// does not fail because nothing can be kept.
  mutating func keep(
    _ use: KeptFacts.Use, _ snapshot: borrowing Snapshot, progress: (Position) -> Void
  ) {
    let last = docket.last
    guard last == snapshot.head, let crc = try? KeptStretches.checksum(of: last, snapshot),
      let making = KeptStretches.Making(
        Sweep.folder(journal), behind: acts, form: ActSlip.form, use, upTo: last)
    else { return }
    do {
      try forEachStretch(snapshot, progress) { (stretch, words) throws(JournalError) in
        try making.add(stretch, words)
      }
      if let made = try making.finish(upTo: last, crc: crc, journal.identity.id).open() {
        acts = made
      }
    } catch {}
  }

  /// Whether kept acts say what the log does, of which nothing was heard yet.
  mutating func says(_ acts: KeptStretches, _ snapshot: borrowing Snapshot) throws(JournalError)
    -> Bool
  {
    try hear(snapshot)
    var isSame = true
    try forEachStretch(snapshot, { _ in }) { (stretch, words) in
      let kept = (try? acts.whole(stretch)) ?? []
      isSame =
        isSame && kept.count == words.count && kept.indices.allSatisfy { kept[$0] == words[$0] }
    }
    return isSame
  }

  // Hands out what came since, stretch after stretch.
  private mutating func forEachStretch(
    _ snapshot: borrowing Snapshot, _ progress: (Position) -> Void,
    _ body: (UInt32, Span<UInt64>) throws(JournalError) -> Void
  ) throws(JournalError) {
    let (count, width) = (count, width(threads: 1))
    var first: UInt32 = 0
    while first < count {
      let range = first..<min(count, first + width)
      try gather(range, snapshot)
      for stretch in Stretch.of(range.lowerBound)...Stretch.of(range.upperBound - 1) {
        pigeonholes.write(stretch, to: &slips.own)
        try body(stretch, slips.own.span)
      }
      first = range.upperBound
      progress(Position(Double(docket.last) * Double(first) / Double(max(1, count))))
    }
    try docket.forEachStretch(body)
  }

  private var count: UInt32 { UInt32(docket.debtors.count) }

  // Accounts whose slips are held at once, a whole number of stretches.
  private func width(threads: Int) -> UInt32 {
    let behind = docket.last > after ? docket.last - after : 0
    let passes = UInt32(max(1, (behind + 2_499_999) / 2_500_000)) * UInt32(threads)
    return max(1, (count / UInt32(Stretch.width) + passes) / passes) * UInt32(Stretch.width)
  }

  // MARK: All accounts

  /// Opens what is kept for so many threads; gives how many of them may share the accounts: one
  /// where nothing is kept, since each would read the log, and no more than find a reader free and
  /// what is kept unchanged.
  mutating func share(_ threads: Int) -> Int {
    guard let acts else { return 1 }
    readers = [(acts, facts)]
    while readers.count < min(threads, Int(Stretch.of(count - 1)) + 1),
      let more = acts.source.open()
    { readers.append((more, facts.source.open())) }
    return readers.count
  }

  /// Takes every account to one of the benches, each on a thread of its own.
  mutating func run(
    _ benches: [Bench], _ snapshot: borrowing Snapshot, progress: (Position) -> Void
  ) throws(JournalError) {
    let (journal, docket, count) = (journal, docket, count)
    let width = width(threads: benches.count)
    if benches.count == 1 {
      let last = docket.last
      return try take(0..<count, width, benches[0], snapshot) {
        progress(Position(Double(last) * Double($0) / Double(max(1, count))))
      }
    }
    let stretches = Stretch.of(count - 1) / UInt32(benches.count) + 1
    let share = stretches * UInt32(Stretch.width)
    let handed = zip(benches, readers).map { Handed(bench: $0, acts: $1.acts, facts: $1.facts) }
    try Threads.attempt(benches.count) { (thread) throws(JournalError) in
      let mine = handed[thread]
      let first = min(count, share * UInt32(thread))
      try journal.read { (snapshot) throws(JournalError) in
        var sweep = Sweep(journal, docket, mine.acts, mine.facts)
        try sweep.take(first..<min(count, first + share), width, mine.bench, snapshot) { _ in }
      }
    }
  }

  // What belongs to one thread at a time.
  private struct Handed: @unchecked Sendable {
    let bench: Bench
    let acts: KeptStretches
    let facts: KeptFacts
  }

  // Takes a range of accounts to a bench, so many at once.
  private mutating func take(
    _ range: Range<UInt32>, _ width: UInt32, _ bench: Bench, _ snapshot: borrowing Snapshot,
    reached: (UInt32) -> Void
  ) throws(JournalError) {
    var first = range.lowerBound
    while first < range.upperBound {
      first = try pass(first..<min(range.upperBound, first + width), bench, snapshot)
      reached(first)
    }
  }

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
      let isKept = try lay(stretch)
      if bench.needsFacts {
        try facts.read(stretch, Stretch.slots, into: &copies)
        portfolio.write(stretch, to: &sums)
      }
      var tray = tray
      self.tray = Stretch.Tray()
      do throws(WireError) {
        let accounts = Sweep.accounts(of: stretch, in: range)
        if isKept {
          let copy = slips.kept[0]
          try take(accounts, copy.words, copies, sums.span, &tray, bench)
        } else {
          try take(accounts, slips.own.span, copies, sums.span, &tray, bench)
        }
      } catch { throw .wire(error, at: 0) }
      self.tray = tray
    }
    return range.upperBound
  }

  // Lays the slips of a stretch out, what is kept of them and what came since; gives whether they
  // are those of the one copy that is kept.
  private mutating func lay(_ stretch: UInt32) throws(JournalError) -> Bool {
    pigeonholes.write(stretch, to: &slips.own)
    var count = 0
    for generation in 0..<(acts?.count ?? 0) {
      if slips.kept.count == count { slips.kept.append(Stretch.Copy()) }
      try acts?.read(stretch, of: generation, into: &slips.kept[count])
      if slips.kept[count].count > 0 { count += 1 }
    }
    if count == 1, slips.own.isEmpty { return true }
    if count > 0 {
      slips.own = KeptStretches.joined(Array(slips.kept[..<count]), slips.own.span)
    }
    return false
  }

  // Sets the slips of a range of accounts aside.
  private mutating func gather(_ range: Range<UInt32>, _ snapshot: borrowing Snapshot)
    throws(JournalError)
  {
    pigeonholes.start(range)
    var (writer, pigeonholes) = (writer, pigeonholes)
    self.pigeonholes = ActPigeonholes()
    try forEach(snapshot, ActSlip.mask) { (event) throws(WireError) in
      let header = event.header
      if header.account != 0, range.contains(header.account) {
        try writer.write(event, of: header.account)
        pigeonholes.add(writer.words, of: header.account)
      }
      // Of what names further accounts only a hold binds them.
      guard header.flags.contains(.concernsOthers), header.account != 0,
        header.type == EventCode.holdPlaced || header.type == EventCode.holdLifted
      else { return }
      var others: [UInt32] = []
      try Envelope.accounts(of: event.envelope) { others.append($0) }
      for other in others where range.contains(other) && other != header.account {
        try writer.write(event, of: other)
        pigeonholes.add(writer.words, of: other)
      }
    }
    (self.writer, self.pigeonholes) = (writer, pigeonholes)
  }

  private func take(
    _ accounts: Range<UInt32>, _ words: Span<UInt64>, _ before: ContiguousArray<Stretch.Copy>,
    _ then: Span<UInt64>, _ tray: inout Stretch.Tray, _ bench: Bench
  ) throws(WireError) {
    for account in accounts {
      tray.clear()
      if bench.needsFacts {
        for copy in before {
          Stretch.unpack(copy.words, account, upTo: docket.last, to: &tray)
        }
        Stretch.unpack(then, account, upTo: docket.last, to: &tray)
      }
      let range = Sweep.range(words, Int(account % UInt32(Stretch.width)))
      try bench.take(account, words, range, tray.rows.span, tray.parts.span)
    }
  }

  // Account 0 is nobody.
  private static func accounts(of stretch: UInt32, in range: Range<UInt32>) -> Range<UInt32> {
    let first = stretch * UInt32(Stretch.width)
    return (max(1, first)..<first + UInt32(Stretch.width)).clamped(
      to: max(1, range.lowerBound)..<max(1, range.upperBound))
  }

  private static func range(_ words: Span<UInt64>, _ slot: Int) -> Range<Int> {
    words.count == 0 ? 0..<0 : Stretch.begin(words, slot)..<Stretch.begin(words, slot + 1)
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
          account, own.span, 0..<own.count, facts.rows.span, facts.parts.span)
      } catch { throw .wire(error, at: 0) }
    }
  }
}
