package import Ledger

/// A published book asked again: what changed since, by cause and event.
extension Journal {
  /// Compares a book at a question's position with the same book known at a later one.
  ///
  /// Only accounts with later events are folded again, once for each of those events; a policy
  /// adopted meanwhile concerns every account.
  package func restate<B: Book>(
    _ book: B, _ question: Question, knownNow now: Position, _ snapshot: borrowing Snapshot,
    progress: (Position, Position) -> Void = { _, _ in }
  ) throws(JournalError) -> Restatement {
    let naming = naming
    let before = question.vantage.knownAt
    var later = question
    later.vantage.knownAt = now
    let published = try answer(book, question, snapshot).book.sheet(naming)
    let restated = try answer(book, later, snapshot).book.sheet(naming)
    var result = Restatement(published: published, restated: restated)
    let stages = try stages(question, now, snapshot)
    var accounts = try touched(by: AccountHistory.types(of: book.reads), before, now, snapshot)
    let lastHouse = try judged(later, snapshot).house
    let houseChanged =
      try hasHouseEvents(before, now, snapshot)
      || lastHouse.npaBorrowers != stages[0].shared.house.npaBorrowers
    if stages.count > 1 || houseChanged {
      let count = UInt32(try snapshot.count(of: .account))
      accounts = count > 0 ? Array(1...count) : []
    }
    let retold = try retold(since: before, to: now, snapshot)
    for (done, number) in accounts.enumerated() {
      let history = try history(number: number, to: now, snapshot)
      let walk = Walk(
        history: history, question: question, stages: stages,
        house: houseChanged ? lastHouse : nil, retold: retold)
      do throws(WireError) { try walk.run(book, naming, into: &result) } catch {
        throw .wire(error, at: before)
      }
      if done & 255 == 0 { progress(Position(done), Position(accounts.count)) }
    }
    return result
  }

  /// Policies as known at the question's position, and after each later event that changes them.
  private func stages(_ question: Question, _ now: Position, _ snapshot: borrowing Snapshot)
    throws(JournalError) -> [Stage]
  {
    let first = try judged(question, snapshot)
    var stages = [Stage(seq: question.vantage.knownAt, type: 0, day: .none, shared: first)]
    let types = TypeMask([
      EventCode.policyAdopted, EventCode.policyRetired, EventCode.eventReversed,
    ])
    try snapshot.bundles(from: question.vantage.knownAt + 1, to: now, wanted: PolicyBook.reads) {
      (bundle) throws(JournalError) in
      for index in 0..<bundle.count {
        let header = bundle.header(index)
        guard types.contains(header.type), header.seq > question.vantage.knownAt,
          header.seq <= now, header.type != EventCode.eventReversed || header.account == 0
        else { continue }
        var shared = stages[stages.count - 1].shared
        do throws(WireError) { try shared.policies.note(bundle.event(index)) } catch {
          throw .wire(error, at: header.seq)
        }
        stages.append(
          Stage(
            seq: header.seq, type: header.type, day: Day(rawValue: header.day), shared: shared))
      }
    }
    return stages
  }

  // Accounts in whose trails an event of these types was entered after a position.
  private func touched(
    by types: TypeMask, _ before: Position, _ now: Position, _ snapshot: borrowing Snapshot
  ) throws(JournalError) -> [UInt32] {
    var found: Set<UInt32> = []
    try snapshot.bundles(from: before + 1, to: now, wanted: types) {
      (bundle) throws(JournalError) in
      for index in 0..<bundle.count {
        let header = bundle.header(index)
        guard header.seq > before, header.seq <= now, types.contains(header.type) else { continue }
        if header.account != 0 { found.insert(header.account) }
        guard header.flags.contains(.concernsOthers) else { continue }
        do throws(WireError) {
          try Envelope.accounts(of: bundle.event(index).envelope) { found.insert($0) }
        } catch { throw .wire(error, at: header.seq) }
      }
    }
    return found.sorted()
  }

  // What entries were about that were taken back after a position, and where that was first done:
  // who tells the same after it corrects it.
  private func retold(since before: Position, to now: Position, _ snapshot: borrowing Snapshot)
    throws(JournalError) -> [EntryName: Position]
  {
    var taken: [(entry: Position, by: Position)] = []
    try snapshot.bundles(
      from: before + 1, to: now, wanted: TypeMask([EventCode.eventReversed])
    ) { (bundle) throws(JournalError) in
      for index in 0..<bundle.count {
        let header = bundle.header(index)
        guard header.type == EventCode.eventReversed, header.seq > before, header.seq <= now else {
          continue
        }
        do throws(WireError) {
          let target = try Envelope(reading: bundle.event(index).envelope).target
          if let target { taken.append((target, header.seq)) }
        } catch { throw .wire(error, at: header.seq) }
      }
    }
    var names: [EntryName: Position] = [:]
    for (entry, seq) in taken {
      let name = try snapshot.event(at: entry) { (event) throws(JournalError) -> EntryName? in
        do throws(WireError) { return try EntryName(event) } catch {
          throw .wire(error, at: entry)
        }
      }
      if let name = name ?? nil { names[name] = min(names[name] ?? seq, seq) }
    }
    return names
  }

  private func hasHouseEvents(_ before: Position, _ now: Position, _ snapshot: borrowing Snapshot)
    throws(JournalError) -> Bool
  {
    var found = false
    let types = House.reads
    try snapshot.bundles(from: before + 1, to: now, wanted: types) {
      (bundle) throws(JournalError) in
      for index in 0..<bundle.count {
        let header = bundle.header(index)
        if header.seq > before, header.seq <= now, types.contains(header.type) { found = true }
      }
    }
    return found
  }
}

/// What was adopted at some position, and the event that made it so.
private struct Stage {
  var seq: Position
  var type: UInt16
  var day: Day
  var shared: Shared
}

/// One account from a published book to what is known now, event by event.
private struct Walk {
  var history: AccountHistory
  var question: Question
  var stages: [Stage]
  /// House facts as known now, if they are others.
  var house: House?
  /// What was taken back since the book was published, and where.
  var retold: [EntryName: Position]

  private enum Change {
    case event(Int)
    case stage(Int)
  }

  func run<B: Book>(_ book: B, _ naming: Naming, into result: inout Restatement)
    throws(WireError)
  {
    let types = AccountHistory.types(of: book.reads)
    let before = question.vantage.knownAt
    var changes = history.events.indices.compactMap { index -> (Position, Change)? in
      let header = history.header(index)
      return header.seq > before && types.contains(header.type) ? (header.seq, .event(index)) : nil
    }
    for index in stages.indices.dropFirst() { changes.append((stages[index].seq, .stage(index))) }
    guard !changes.isEmpty || house != nil else { return }
    changes.sort { $0.0 < $1.0 }
    let id = history.id
    let names = Naming(account: { _ in id }, actor: naming.actor, texts: naming.texts)
    var room = history.room(book.reads)
    var stage = stages[0]
    var fold = self.fold(stage, stage.shared.house)
    var sheet = try history.fold(book, &room, &fold) { history.header($0).seq <= before }
      .sheet(names)
    for (seq, change) in changes {
      var (type, day) = (UInt16(0), Day.none)
      var isRetold = false
      switch change {
      case .event(let index):
        let header = history.header(index)
        (type, day) = (header.type, Day(rawValue: header.day))
        isRetold = try self.isRetold(index)
      case .stage(let index):
        stage = stages[index]
        fold = self.fold(stage, stages[0].shared.house)
        (type, day) = (stage.type, stage.day)
      }
      var cause = isRetold ? .correction : Cause(of: type)
      if case .stage = change { cause = .policy }
      let next = try history.fold(book, &room, &fold) { history.header($0).seq <= seq }
        .sheet(names)
      result.note(
        sheet, next, account: id, seq: seq, event: Register.name(of: type), day: day, cause: cause)
      sheet = next
    }
    guard let house else { return }
    fold = self.fold(stage, house)
    let next = try history.fold(book, &room, &fold) { _ in true }.sheet(names)
    result.note(
      sheet, next, account: id, seq: 0, event: "", day: .none, cause: .organisation)
  }

  // Whether an entry tells anew what was taken back before it: both are one correction.
  private func isRetold(_ index: Int) throws(WireError) -> Bool {
    if retold.isEmpty { return false }
    let name = try history.event(index) { (event) throws(WireError) in try EntryName(event) }
    guard let name, let seq = retold[name] else { return false }
    return seq < history.header(index).seq
  }

  private func fold(_ stage: Stage, _ house: House) -> Fold {
    let id = history.id
    return Fold(question, policies: stage.shared.policies, house: house) { _ in id }
  }
}
