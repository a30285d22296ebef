internal import Crypto
package import Ledger

/// The write path of commands: look at the account, decide, append, all under the writer's lock, so
/// that nothing can happen between the decision and the entry.
extension Journal {
  /// Records a command, an event whose type is decided, or a fact, which happened elsewhere. A
  /// command is refused when its noun says no; a fact is stored, and what is wrong with it is
  /// answered as its flag. With a key that was used before, the first answer again (same words) or
  /// a conflict (other words).
  ///
  /// - Parameters:
  ///   - draft: the event, complete; `imported` is set: a fact is history.
  ///   - key: the caller's name for this command; nil records without remembering.
  ///   - said: what the caller said, as bytes; the same key with other bytes is a conflict.
  ///   - zone: the ledger's zone, in which "today" is a day.
  ///   - before: done when the event is accepted and before it is durable: the keys of what is
  ///     sealed are written down first. What it throws undoes the command.
  package func record(
    _ draft: Draft, key: CommandKey? = nil, said: [UInt8], zone: Zone,
    before: () throws(JournalError) -> Void = { () throws(JournalError) in }
  ) throws(JournalError) -> Receipt {
    let digest = Array(SHA256.hash(data: said))
    return try write { (batch: inout Batch) throws(JournalError) in
      if let answer = try self.answer(to: key, digest, batch) { return answer }
      var draft = draft
      let flags = try self.decide(&draft, at: batch.now, zone: zone, batch)
      let seq = try batch.append(draft)
      if let key { try batch.remember(key, CommandRow(digest: digest, first: seq, last: seq)) }
      try before()
      return Receipt(first: seq, last: seq, replayed: false, flags: flags)
    }
  }

  /// Decides without recording: the dry run of a command, which answers as `record` would; of what
  /// was not recorded before, the positions are 0. Of a fact, what would be flagged.
  @discardableResult
  package func rehearse(
    _ draft: Draft, key: CommandKey? = nil, said: [UInt8] = [], zone: Zone
  ) throws(JournalError) -> Receipt {
    let digest = Array(SHA256.hash(data: said))
    return try write { (batch: inout Batch) throws(JournalError) in
      if let answer = try self.answer(to: key, digest, batch) { return answer }
      var draft = draft
      let flags = try self.decide(&draft, at: batch.now, zone: zone, batch)
      return Receipt(first: 0, last: 0, replayed: false, flags: flags)
    }
  }

  // What was answered under the key before; nil when it is new, or none is given.
  private func answer(to key: CommandKey?, _ digest: [UInt8], _ batch: borrowing Batch)
    throws(JournalError) -> Receipt?
  {
    guard let key, let row = try batch.command(key) else { return nil }
    guard row.digest == digest else {
      throw .conflict(key: key.text, first: row.first, last: row.last)
    }
    return Receipt(first: row.first, last: row.last, replayed: true)
  }

  // Sets `imported`: a fact is history. A command is refused; what is wrong with a fact, and codes
  // that no list has, are answered.
  func decide(
    _ draft: inout Draft, at now: Moment, zone: Zone, _ batch: borrowing Batch
  ) throws(JournalError) -> [Refusal] {
    let type = Register.event(code: draft.type, version: draft.version)
    let event: Event
    var flags: [Refusal] = []
    do throws(WireError) {
      var reader = CBORReader(draft.body.span)
      event = try Event(code: draft.type, version: draft.version, reading: &reader)
      if let type {
        flags = try BodyCodec.unknownCodes(draft.body.span, as: type).map(\.refusal)
      }
    } catch { throw .wire(error, at: 0) }
    let isFact = type.map(Decisions.isFact) ?? false
    draft.imported = isFact
    guard isFact || event.body is any Decided else {
      let name = Register.name(of: draft.type)
      throw .refused(
        Refusal(
          rule: "command.decided", "\(name) is no command.",
          remedy: "Bring it in by `arrears import`, as history that happened."))
    }
    if case .policyAdopted(let policy) = event {
      let digest = Array(SHA256.hash(data: policy.body))
      guard policy.bodyHash == digest else {
        throw .refused(
          Refusal(
            rule: "policy.body-hash",
            "The body's digest is \(Hex.text(digest)), not what is stated.",
            remedy: "State that digest; it is the SHA-256 of the body as canonical CBOR."))
      }
    }
    let told = draft
    var scene = try read { (snapshot) throws(JournalError) in
      try self.scene(told, event, now, zone, snapshot)
    }
    scene.isHistory = isFact
    do throws(Refusal) {
      try Decisions.judge(event, about: type?.subject, in: &scene)
    } catch {
      guard isFact else { throw .refused(error) }
      flags.append(error)
    }
    if case .cashDeposited(let deposit) = event {
      draft.concerns += try payers(of: deposit, scene.custody)
    }
    return flags
  }

  /// The terms that judge an account on a day, as known now: what an edge may freeze into an event.
  package func terms(of account: String, on day: Day) throws(JournalError) -> Terms {
    try read { (snapshot) throws(JournalError) in
      let state = try self.state(of: account, snapshot)
      let question = Question(vantage: Vantage(asOf: day, knownAt: snapshot.head))
      let policies = try policies(question, snapshot)
      do throws(WireError) { return try policies.terms(for: state.subject, on: day) } catch {
        throw .wire(error, at: 0)
      }
    }
  }

  private func scene(
    _ draft: Draft, _ event: Event, _ now: Moment, _ zone: Zone, _ snapshot: borrowing Snapshot
  ) throws(JournalError) -> Scene {
    let head = snapshot.head
    let state =
      draft.subject.kind == NameKind.account.name
      ? try self.state(of: draft.subject.id, snapshot) : AccountState(id: draft.subject.id)
    let question = Question(vantage: Vantage(asOf: .undated, knownAt: head))
    let shared = try shared(question, snapshot)
    var scene = Scene(
      account: state, policies: shared.policies, day: draft.day,
      occurredOn: draft.occurred.day, today: zone.day(of: now), actor: draft.actor.id)
    scene.house = shared.house
    scene.actors = actorName
    scene.accounts = accountState
    if draft.subject.kind == NameKind.party.name {
      scene.party = try party(draft.subject.id, snapshot)
    }
    switch event {
    case .policyAdopted, .policyRetired, .ledgerPeriodClosed:
      try gatherHouse(&scene, snapshot)
    case .eventReversed(let reversal):
      scene.target = try target(reversal.reverses, snapshot)
      if let seq = scene.target?.seq {
        scene.target?.accounts = try accounts(withEntry: seq, snapshot)
      }
    case .receiptIssued, .receiptBookIssued, .receiptVoided, .receiptBookClosed:
      scene.shelf = try shelf(question.vantage, snapshot)
    case .taskAssigned, .taskCompleted, .reportSubmitted, .reportReviewed:
      scene.office = try office(question.vantage, snapshot)
    case .cashHandedOver, .cashDeposited, .cashDepositConfirmed, .cashCounted:
      scene.custody = Cash.Custody(try cashMoves(question.vantage, snapshot))
    case .bookingRecorded, .bookingIntimated, .bookingAcknowledged:
      scene.bookings = try bookings(question.vantage, snapshot)
    case .partyDataErased:
      scene.belongings = try belongings(
        of: draft.subject.id, shared.policies, today: scene.today, snapshot)
    case .ledgerEntryRedacted(let act):
      scene.redactable = try redactable(
        Position(clamping: act.seq), shared.policies, today: scene.today, snapshot)
    case .eventAnnotated(let remark):
      scene.target = try target(remark.about, snapshot)
    default: break
    }
    return scene
  }

  // What was heard on a party's own stream; streams of parties have no index, so the few types of
  // events that matter are looked for in the whole log.
  private func party(_ id: String, _ snapshot: borrowing Snapshot) throws(JournalError)
    -> PartyState
  {
    var state = PartyState()
    guard let number = try snapshot.number(.party, id) else { return state }
    try snapshot.bundles(wanted: PartyState.reads) { (bundle) throws(JournalError) in
      for index in 0..<bundle.count {
        let header = bundle.header(index)
        guard header.account == 0,
          PartyState.reads(header.type) || header.type == EventCode.eventReversed
        else { continue }
        do throws(WireError) {
          let event = bundle.event(index)
          let envelope = try Envelope(reading: event.envelope)
          if let target = envelope.target { state.takeBack(target, by: header.seq) }
          if envelope.subject == .numbered(.party, number) { try state.evolve(event) }
        } catch { throw .wire(error, at: header.seq) }
      }
    }
    return state
  }

  /// The last version of a policy that was ever adopted, whether it stands or not; 0 for none.
  package func lastVersion(of policy: String) throws(JournalError) -> Int64 {
    try read { (snapshot) throws(JournalError) in
      var last: Int64 = 0
      let wanted = TypeMask([EventCode.policyAdopted])
      try snapshot.bundles(wanted: wanted) { (bundle) throws(JournalError) in
        for index in 0..<bundle.count
        where bundle.header(index).type == EventCode.policyAdopted {
          do throws(WireError) {
            guard case .policyAdopted(let body) = try Event(reading: bundle.event(index)),
              body.policy == policy
            else { continue }
            last = max(last, body.version)
          } catch { throw .wire(error, at: bundle.first + Position(index)) }
        }
      }
      return last
    }
  }

  // What was ever adopted and closed; read only for the few events that depend on it.
  private func gatherHouse(_ scene: inout Scene, _ snapshot: borrowing Snapshot)
    throws(JournalError)
  {
    let wanted = TypeMask([EventCode.policyAdopted, EventCode.ledgerPeriodClosed])
    var found: [(Position, Event)] = []
    try snapshot.bundles(wanted: wanted) { (bundle) throws(JournalError) in
      for index in 0..<bundle.count where wanted.contains(bundle.header(index).type) {
        do throws(WireError) {
          found.append((bundle.header(index).seq, try Event(reading: bundle.event(index))))
        } catch { throw .wire(error, at: bundle.first + Position(index)) }
      }
    }
    for (seq, event) in found {
      switch event {
      case .policyAdopted(let policy):
        scene.lastVersions[policy.policy] = max(
          policy.version, scene.lastVersions[policy.policy] ?? 0)
      case .ledgerPeriodClosed(let period):
        let id = try snapshot.event(at: seq) { (event) throws(JournalError) in
          try snapshot.eventID(of: event)
        }
        if let supersedes = period.supersedes {
          scene.periods.removeAll { $0.event == supersedes }
        }
        scene.periods.append((id ?? "", period.from, period.to))
      default: break
      }
    }
  }

  private func target(_ id: String, _ snapshot: borrowing Snapshot) throws(JournalError)
    -> Scene.Target?
  {
    guard let seq = try snapshot.position(ofEvent: id) else { return nil }
    let dead = try snapshot.takenBack(from: seq, to: snapshot.head, onAccounts: true)
    func depth(_ position: Position) throws(JournalError) -> Int {
      let target = try snapshot.event(at: position) { (event) throws(JournalError) -> Position? in
        guard event.header.type == EventCode.eventReversed else { return nil }
        do throws(WireError) { return try Envelope(reading: event.envelope).target } catch {
          throw .wire(error, at: position)
        }
      }
      guard let target = target ?? nil else { return 0 }
      return 1 + (try depth(target))
    }
    return Scene.Target(
      seq: seq, isReversed: dead.contains(seq), depth: try depth(seq))
  }
}

extension Snapshot {
  /// What an account's trail up to a position says of it. `noting` is told every entry.
  func state(
    of number: UInt32, id: String, to last: Position = .max,
    noting: (Header) -> Void = { _ in }
  ) throws(JournalError) -> AccountState {
    var state = AccountState(id: id)
    try trail(of: number, to: last) { (event) throws(JournalError) in
      noting(event.header)
      do throws(WireError) {
        try state.evolve(event, isSubject: event.header.account == number)
      } catch { throw .wire(error, at: event.header.seq) }
    }
    return state
  }
}
