package import Ledger

/// Replay of single accounts: trails with what each entry changed, and history judged afresh.
extension Journal {
  /// An account's trail at the question's vantage, each entry with the figures at the end of the
  /// day it was recorded, without and with it.
  ///
  /// - Parameter keeps: which entries are wanted; the account is not reckoned at the others.
  package func trail(
    of account: String, _ question: Question, zone: Zone, _ snapshot: borrowing Snapshot,
    keeps: (Trail.Entry) -> Bool = { _ in true }
  ) throws(JournalError) -> Trail? {
    guard let number = try snapshot.number(.account, account) else { return nil }
    let policies = try policies(question, snapshot)
    let last = question.vantage.knownAt
    let key = TextKey(account)
    var heard = Facts { _ in key }
    try snapshot.trail(of: number, to: last) { (event) throws(JournalError) in
      do throws(WireError) {
        try heard.note(event, account: 0, isSubject: event.header.account == number)
      } catch { throw .wire(error, at: event.header.seq) }
    }
    var onward = OnwardReckoner(heard)
    var state = AccountState(id: account)
    func figures(_ day: Day) throws(WireError) -> Reckoning {
      onward.figures(
        state.facts.rows.count, currency: (state.currency ?? .none).rawValue, asOf: day,
        terms: try policies.terms(for: state.subject, on: day))
    }
    var entries: [Trail.Entry] = []
    var latest: (day: Day, figures: Reckoning)?
    try snapshot.trail(of: number, to: last) { (event) throws(JournalError) in
      let day = zone.day(of: Moment(rawValue: event.header.recorded))
      var entry = try self.entry(event, zone, snapshot)
      do throws(WireError) {
        let isSubject = event.header.account == number
        let isKept = keeps(entry)
        guard isKept, Facts.reads.contains(event.header.type) else {
          try state.evolve(event, isSubject: isSubject)
          if isKept { entries.append(entry) } else { latest = nil }
          return
        }
        if let last = latest, last.day == day {
          entry.before = last.figures
        } else {
          entry.before = try figures(day)
        }
        try state.evolve(event, isSubject: isSubject)
        let after = try figures(day)
        entry.after = after
        latest = (day, after)
      } catch { throw .wire(error, at: event.header.seq) }
      entries.append(entry)
    }
    var trail = Trail(account: account, currency: state.currency ?? .none)
    trail.entries = entries
    return trail
  }

  func entry(_ event: borrowing EventView, _ zone: Zone, _ snapshot: borrowing Snapshot)
    throws(JournalError) -> Trail.Entry
  {
    let header = event.header
    let type = Register.event(code: header.type, version: header.version)
    let actor = try snapshot.name(.actor, header.actor).map(Actor.init(name:))
    let recorded = Moment(rawValue: header.recorded)
    let occurred = ClockTime(moment: Moment(rawValue: header.occurred), offset: header.offset)
    return Trail.Entry(
      seq: header.seq, account: header.account,
      recorded: ClockTime(moment: recorded, offset: zone.offset(at: recorded)), occurred: occurred,
      day: Day(rawValue: header.day), actor: actor?.id ?? "?",
      event: Register.name(of: header.type), id: try snapshot.eventID(of: event),
      what: type.map { Summary.line(event.body, as: $0) } ?? "?", before: nil, after: nil,
      source: try source(event, snapshot))
  }

  // `import 1 line 42`, `cli`, or nothing.
  private func source(_ event: borrowing EventView, _ snapshot: borrowing Snapshot)
    throws(JournalError) -> String
  {
    let envelope: Envelope
    do throws(WireError) { envelope = try Envelope(reading: event.envelope) } catch {
      throw .wire(error, at: event.header.seq)
    }
    guard let source = envelope.source else { return "" }
    let kinds = Envelope.Provenance.kinds
    var text = Int(source.kind) < kinds.count ? kinds[Int(source.kind)] : "?"
    if source.importNumber != 0 { text += " \(source.importNumber)" }
    if source.line != 0 { text += " line \(source.line)" }
    if let device = source.device { text += " \(device)" }
    return text
  }

  /// Every imported entry that a command would have refused, judged with what was known just
  /// before.
  package func anomalies(
    _ question: Question, _ snapshot: borrowing Snapshot,
    progress: (Position, Position) -> Void = { _, _ in }
  ) throws(JournalError) -> Anomalies {
    let zone = try zone()
    let shared = try shared(question, snapshot)
    let last = question.vantage.knownAt
    var found = Anomalies()
    let count = UInt32(try snapshot.count(of: .account))
    for number in 1..<max(1, count + 1) {
      guard let name = try snapshot.name(.account, number) else { continue }
      var state = AccountState(id: name)
      try snapshot.trail(of: number, to: last) { (event) throws(JournalError) in
        let header = event.header
        do throws(WireError) {
          let isSubject = header.account == number
          if header.flags.contains(.imported), isSubject, !Anomalies.follows(header.type) {
            let today = zone.day(of: Moment(rawValue: header.recorded))
            try found.judge(
              event, state: state, policies: shared.policies, house: shared.house, today: today,
              actors: actorName, accounts: accountState)
          } else if isSubject {
            try found.listCodes(of: event, at: name)
          }
          try state.evolve(event, isSubject: isSubject)
        } catch { throw .wire(error, at: header.seq) }
      }
      found.close(
        Scene(
          account: state, policies: shared.policies, day: .none, occurredOn: .none, today: .none,
          actor: ""))
      if number & 1023 == 0 { progress(Position(number), Position(count)) }
    }
    try listPapers(&found, snapshot)
    try judge(\.shelf, &found, shared, zone, to: last, snapshot) {
      (event) throws(JournalError) in try self.leaf(event, snapshot)
    }
    try judge(\.office, &found, shared, zone, to: last, snapshot, Office.hears)
    try judge(\.bookings, &found, shared, zone, to: last, snapshot)
    var names: [UInt32: String] = [:]
    try judge(\.custody, &found, shared, zone, to: last, snapshot) {
      (event) throws(JournalError) in try self.move(event, &names)
    }
    try judgeOthers(&found, shared, zone, to: last, snapshot)
    return found
  }

  // Banks print the same numbers: only of a bank that is named are two cheques one paper.
  private func listPapers(_ found: inout Anomalies, _ snapshot: borrowing Snapshot)
    throws(JournalError)
  {
    for (first, later) in found.twice {
      let paper = try snapshot.event(at: later.received) {
        (event) throws(JournalError) -> (number: String, bank: String)? in
        do throws(WireError) {
          guard let bank = try CBORReader.text(of: Key.ChequeReceived.bank, in: event.body),
            let number = try CBORReader.text(of: Key.ChequeReceived.number, in: event.body)
          else { return nil }
          return (number, bank)
        } catch { throw .wire(error, at: later.received) }
      }
      guard let paper = paper ?? nil else { continue }
      found.list(later, after: first, number: paper.number, bank: paper.bank)
    }
  }

  /// The ids of an account's dues and charges by key, for reports that show them.
  package func obligationIDs(of account: UInt32, _ snapshot: borrowing Snapshot)
    throws(JournalError) -> [TextKey: String]
  {
    var ids: [TextKey: String] = [:]
    try snapshot.trail(of: account) { (event) throws(JournalError) in
      let type = event.header.type
      guard type == EventCode.dueRaised || type == EventCode.chargeLevied else { return }
      do throws(WireError) {
        switch try Event(reading: event) {
        case .dueRaised(let due): ids[TextKey(due.due)] = due.due
        case .chargeLevied(let charge): ids[TextKey(charge.charge)] = charge.charge
        default: break
        }
      } catch { throw .wire(error, at: event.header.seq) }
    }
    return ids
  }
}
