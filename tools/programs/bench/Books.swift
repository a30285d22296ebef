import Journaling
import Ledger
import Rules

/// Rows that answer from a book.
enum Books {
  /// Full aging at the head, by account if not by something else, from the log or from facts kept
  /// in `views`; events of the ledger a second, and the most private memory.
  static func aging(_ path: String, rounds: Int, by grouping: String, from source: String) throws
    -> [String: Double]
  {
    let by = Aging.Grouping(rawValue: grouping) ?? .account
    let use: KeptFacts.Use =
      source == "make" ? .always : source == "kept" ? .whenWorthwhile : .never
    let journal = try Journal(path)
    var rates: [Double] = []
    let watch = MemoryWatch()
    for _ in 0..<rounds {
      let begun = Clock.processor
      try journal.read { (snapshot) throws(JournalError) in
        let learned = try snapshot.recorded(at: snapshot.head) ?? Moment(rawValue: 0)
        guard let zone = Zone(journal.identity.zone) else { return }
        let vantage = Vantage(asOf: zone.day(of: learned), knownAt: snapshot.head)
        _ = try journal.answer(
          Aging(by: by, form: .bucketed, asOf: vantage.asOf), Question(vantage: vantage),
          snapshot, keeping: use)
        rates.append(Double(snapshot.head) / (Clock.processor - begun))
      }
    }
    return ["rate": rates.median, "memory": watch.stop()]
  }

  /// The work queue of one collector on the last day, from views that the first round makes or
  /// brings up to date; milliseconds from the question to the sheet, those of the first, and lines.
  static func queue(_ path: String, rounds: Int, of collector: String) throws -> [String: Double] {
    let journal = try Journal(path)
    var times: [Double] = []
    var lines = 0
    for _ in 0...max(1, rounds) {
      let begun = Clock.seconds
      try journal.read { (snapshot) throws(JournalError) in
        let learned = try snapshot.recorded(at: snapshot.head) ?? Moment(rawValue: 0)
        guard let zone = Zone(journal.identity.zone) else { return }
        let vantage = Vantage(asOf: zone.day(of: learned), knownAt: snapshot.head)
        let answer = try journal.answer(
          WorkQueue(asOf: vantage.asOf, collector: collector), Question(vantage: vantage),
          snapshot)
        lines = answer.book.sheet(journal.naming).rows.count
      }
      times.append((Clock.seconds - begun) * 1e3)
    }
    let first = times.removeFirst()
    return ["p50": times.median, "first": first, "lines": Double(lines)]
  }

  /// Trails of accounts by chance, read through the index and folded, twice; the second time
  /// counts.
  static func trails(_ path: String, _ count: Int) throws -> [String: Double] {
    let journal = try Journal(path)
    var times: [Double] = []
    var events = 0
    // The dice roll on, as the anchor's do: the second thousand is not the first again.
    var dice = Dice(state: 7)
    for _ in 0..<2 {
      (times, events) = ([], 0)
      try journal.read { (snapshot) throws(JournalError) in
        let accounts = UInt64(try snapshot.count(of: .account))
        for _ in 0..<count {
          let account = 1 + UInt32((dice.next() >> 32) % accounts)
          var state = WFold.State()
          let begun = Clock.seconds
          try snapshot.trail(of: account) { (event) throws(JournalError) in
            events += 1
            let header = event.header
            if header.type == EventCode.paymentReceived { state.paid += header.amount }
            if header.type == EventCode.contactAttempted { state.lastContact = header.occurred }
            if header.type == EventCode.dueRaised {
              state.oldestDue = min(state.oldestDue, header.occurred)
            }
          }
          times.append((Clock.seconds - begun) * 1e6)
        }
      }
    }
    return ["p50": times.median, "events": Double(events) / Double(count)]
  }

  /// Every rule that ships enabled for an Indian lender and its own policy, over the whole ledger;
  /// from the log or from acts kept in `views`, on so many threads: events of the ledger a second
  /// of processor time and of time that passes, the findings, and the most private memory.
  static func comply(_ path: String, rounds: Int, from source: String, threads: Int) throws
    -> [String: Double]
  {
    let use: KeptFacts.Use =
      source == "make" ? .always : source == "kept" ? .whenWorthwhile : .never
    let journal = try Journal(path)
    var (rates, walls): ([Double], [Double]) = ([], [])
    var findings = 0
    let watch = MemoryWatch()
    let packs = Catalogue.packs.filter { $0.hasPrefix("in.") || $0 == "int" }
    let drafts = try packs.map { pack in
      (pack, try BodyCodec.encodeJSON(Array("{\"pack\":\"\(pack)\"}".utf8).span))
    }
    for _ in 0..<rounds {
      let (begun, start) = (Clock.processor, Clock.seconds)
      try journal.read { (snapshot) throws(JournalError) in
        let now = try snapshot.recorded(at: snapshot.head) ?? Moment(rawValue: 0)
        guard let zone = Zone(journal.identity.zone),
          let book = try? Rulebook(.draft(drafts), PolicyBook(), asOf: zone.day(of: now))
        else { return }
        let days = Day(rawValue: -719_162)...zone.day(of: now)
        let hearing = Hearing(book, knownAt: snapshot.head, now: now, days: days, zone: zone)
        findings = try hearing.run(journal, snapshot, keeping: use, threads: threads)
          .findings.count
        rates.append(Double(snapshot.head) / (Clock.processor - begun))
        walls.append(Double(snapshot.head) / (Clock.seconds - start))
      }
    }
    return [
      "rate": rates.median, "wall": walls.median, "findings": Double(findings),
      "memory": watch.stop(),
    ]
  }
}
