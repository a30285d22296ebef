package import Ledger

/// Receipt books: read by one masked scan, since receipts stand on nobody's account.
extension Journal {
  /// The books as heard by a question's position, up to the end of its day. `before` is shown each
  /// event with the shelf as it stood just before it.
  package func shelf(
    _ vantage: Vantage, _ snapshot: borrowing Snapshot,
    before: (borrowing EventView, ReceiptBook.Shelf) throws(JournalError) -> Void = {
      (_, _) throws(JournalError) in
    }
  ) throws(JournalError) -> ReceiptBook.Shelf {
    var shelf = ReceiptBook.Shelf()
    let wanted = ReceiptBook.reads
    let dead = try takenBack(vantage.knownAt, snapshot)
    try snapshot.bundles(to: vantage.knownAt, wanted: wanted) { (bundle) throws(JournalError) in
      for index in 0..<bundle.count {
        let header = bundle.header(index)
        guard wanted.contains(header.type), header.seq <= vantage.knownAt,
          header.day <= vantage.asOf.rawValue, !dead.contains(header.seq)
        else { continue }
        let event = bundle.event(index)
        try before(event, shelf)
        let holder =
          header.type == EventCode.receiptBookIssued ? try self.stream(of: event, snapshot) : ""
        do throws(WireError) { try shelf.note(event, holder: holder) } catch {
          throw .wire(error, at: header.seq)
        }
      }
    }
    return shelf
  }

  /// Entries on no account that a reversal took back and no later reversal gave again.
  func takenBack(_ last: Position, _ snapshot: borrowing Snapshot) throws(JournalError)
    -> Set<Position>
  {
    var links: [(seq: Position, target: Position)] = []
    let wanted = TypeMask([TypeMask.reversalOnNoAccount])
    try snapshot.bundles(to: last, wanted: wanted) { (bundle) throws(JournalError) in
      for index in 0..<bundle.count {
        let header = bundle.header(index)
        guard header.type == EventCode.eventReversed, header.account == 0, header.seq <= last else {
          continue
        }
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

  /// Judges imported receipts and books like the history of accounts.
  func judgeReceipts(
    _ found: inout Anomalies, _ question: Question, _ zone: Zone, _ snapshot: borrowing Snapshot
  ) throws(JournalError) {
    let vantage = Vantage(asOf: .undated, knownAt: question.vantage.knownAt)
    var anomalies = found
    _ = try shelf(vantage, snapshot) { (event, shelf) throws(JournalError) in
      let header = event.header
      guard header.flags.contains(.imported), header.seq <= vantage.knownAt else { return }
      let actor = try snapshot.name(.actor, header.actor).map(Actor.init(name:))
      var scene = Scene(
        account: AccountState(id: ""), policies: PolicyBook(), day: Day(rawValue: header.day),
        occurredOn: Moment(rawValue: header.occurred).day(offset: header.offset),
        today: zone.day(of: Moment(rawValue: header.recorded)), actor: actor?.id ?? "")
      scene.shelf = shelf
      let place = "party " + (try self.stream(of: event, snapshot))
      do throws(WireError) { try anomalies.judge(event, in: &scene, at: place) } catch {
        throw .wire(error, at: header.seq)
      }
    }
    found = anomalies
  }
}
