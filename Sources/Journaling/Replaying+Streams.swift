package import Ledger

extension Journal {
  // Judged with more than the house and a party in view, each by a pass of its own.
  private static let judgedApart = ReceiptBook.Shelf.judged.union(Office.judged).union(Cash.judged)
    .union(Booking.List.judged)

  /// Judges the imported entries of all streams that are no accounts (parties, units, agencies …),
  /// in log order, each with the house as known just before it.
  func judgeOthers(
    _ found: inout Anomalies, _ shared: Shared, _ zone: Zone, to last: Position,
    _ snapshot: borrowing Snapshot
  ) throws(JournalError) {
    var parties: [UInt32: PartyState] = [:]
    // Whose stream an entry stands on, or the entry that it takes back.
    var whose: [Position: UInt32] = [:]
    let types = Register.events.filter { $0.subject != NameKind.account.name && $0.isImported }
    var wanted = TypeMask(types.map(\.code))
    wanted.insert(TypeMask.reversalOnNoAccount)
    try snapshot.bundles(to: last, wanted: wanted) { (bundle) throws(JournalError) in
      for index in 0..<bundle.count {
        let header = bundle.header(index)
        guard header.account == 0, header.seq <= last else { continue }
        do throws(WireError) {
          let event = bundle.event(index)
          let envelope = try Envelope(reading: event.envelope)
          if header.type == EventCode.eventReversed, let target = envelope.target,
            let party = whose[target]
          {
            parties[party]?.takeBack(target, by: header.seq)
            whose[header.seq] = party
          }
          guard case .numbered(let kind, let number) = envelope.subject else { continue }
          let party = kind == .party ? parties[number] ?? PartyState() : PartyState()
          if header.flags.contains(.imported), !Anomalies.follows(header.type),
            !Journal.judgedApart.contains(header.type)
          {
            let id = (try? snapshot.name(kind, number)) ?? "?"
            try found.judge(
              event, state: AccountState(id: id), policies: shared.policies, house: shared.house,
              today: zone.day(of: Moment(rawValue: header.recorded)), party: party,
              stream: "\(kind.name) \(id)")
          } else if !header.flags.contains(.imported) {
            let id = (try? snapshot.name(kind, number)) ?? "?"
            try found.listCodes(of: event, at: "\(kind.name) \(id)")
          }
          guard kind == .party, PartyState.reads(header.type) else { continue }
          try parties[number, default: PartyState()].evolve(event)
          whose[header.seq] = number
        } catch { throw .wire(error, at: header.seq) }
      }
    }
  }

  /// Hands out the entries of some types that stand at a position, in log order: those on no
  /// account without what a reversal took back, and with `onAccounts` those on accounts too.
  func forEachStanding(
    _ wanted: TypeMask, onAccounts: Bool = false, to last: Position,
    _ snapshot: borrowing Snapshot,
    _ body: (borrowing EventView) throws(JournalError) -> Void
  ) throws(JournalError) {
    let dead = try snapshot.takenBack(to: last, onAccounts: onAccounts)
    try snapshot.bundles(to: last, wanted: wanted) { (bundle) throws(JournalError) in
      for index in 0..<bundle.count {
        let header = bundle.header(index)
        guard wanted.contains(header.type), header.seq <= last, !dead.contains(header.seq) else {
          continue
        }
        try body(bundle.event(index))
      }
    }
  }

  /// An account as heard up to a position.
  func state(of account: String, to last: Position = .max, _ snapshot: borrowing Snapshot)
    throws(JournalError) -> AccountState
  {
    guard let number = try snapshot.number(.account, account) else {
      return AccountState(id: account)
    }
    return try snapshot.state(of: number, id: account, to: last)
  }

  /// Accounts by id as heard up to a position, for decisions that name a second one; one of which
  /// nothing is known when it cannot be read.
  var accountState: @Sendable (String, Position) -> AccountState {
    { id, last in
      let state = try? self.read { (snapshot) throws(JournalError) in
        try self.state(of: id, to: last, snapshot)
      }
      return state ?? AccountState(id: id)
    }
  }

  /// The accounts in whose trails an entry stands.
  func accounts(withEntry seq: Position, _ snapshot: borrowing Snapshot) throws(JournalError)
    -> [AccountState]
  {
    var numbers: [UInt32] = []
    _ = try snapshot.event(at: seq) { (event) throws(JournalError) in
      if event.header.account != 0 { numbers.append(event.header.account) }
      do throws(WireError) {
        try Envelope.accounts(of: event.envelope) { numbers.append($0) }
      } catch { throw .wire(error, at: seq) }
    }
    var states: [AccountState] = []
    for number in numbers {
      guard let id = try snapshot.name(.account, number) else { continue }
      states.append(try state(of: id, snapshot))
    }
    return states
  }

  /// Id of the stream on which an event stands.
  func stream(of event: borrowing EventView, _ snapshot: borrowing Snapshot)
    throws(JournalError) -> String
  {
    let subject: Envelope.Target?
    do throws(WireError) { subject = try Envelope(reading: event.envelope).subject } catch {
      throw .wire(error, at: event.header.seq)
    }
    guard case .numbered(let kind, let number)? = subject else { return "" }
    return try snapshot.name(kind, number) ?? ""
  }
}

extension Snapshot {
  /// A control with the events up to a position counted: those that stand, and those that were
  /// taken back.
  package func control(to last: Position) throws(JournalError) -> Control {
    let dead = try takenBack(to: last, onAccounts: true)
    var control = Control()
    try bundles(to: last) { (bundle) throws(JournalError) in
      control.count(bundle, upTo: last, without: dead)
    }
    return control
  }

  /// Positions of entries on no account, or with `onAccounts` anywhere, that a reversal took back
  /// and no later reversal gave again.
  ///
  /// - Parameter first: reversals before it are not looked for: none stands in front of its entry.
  package func takenBack(
    from first: Position = 1, to last: Position, onAccounts: Bool
  ) throws(JournalError) -> Set<Position> {
    var links: [(seq: Position, target: Position)] = []
    let wanted = TypeMask([onAccounts ? EventCode.eventReversed : TypeMask.reversalOnNoAccount])
    try bundles(from: first, to: last, wanted: wanted) { (bundle) throws(JournalError) in
      for index in 0..<bundle.count {
        let header = bundle.header(index)
        guard header.type == EventCode.eventReversed, onAccounts || header.account == 0,
          header.seq <= last
        else { continue }
        do throws(WireError) {
          let target = try Envelope(reading: bundle.event(index).envelope).target
          if let target { links.append((header.seq, target)) }
        } catch { throw .wire(error, at: header.seq) }
      }
    }
    var dead: Set<Position> = []
    for (seq, target) in links.reversed() where !dead.contains(seq) { dead.insert(target) }
    return dead
  }
}
