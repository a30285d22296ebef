package import Ledger

/// What stands on nobody's account, read by one masked scan for those who ask.
extension Journal {
  /// Tasks, reports and reviews as heard by a question's position and happened by the end of its
  /// day.
  package func office(_ vantage: Vantage, _ snapshot: borrowing Snapshot) throws(JournalError)
    -> Office
  {
    try chronicle(vantage, snapshot, Office.hears)
  }

  /// Bookings as heard by a question's position and happened by the end of its day.
  package func bookings(_ vantage: Vantage, _ snapshot: borrowing Snapshot) throws(JournalError)
    -> Booking.List
  {
    try chronicle(vantage, snapshot)
  }

  /// Consent taken back by a question's position and the end of its day.
  package func withdrawals(_ vantage: Vantage, _ snapshot: borrowing Snapshot)
    throws(JournalError) -> Consent.Withdrawals
  {
    try chronicle(vantage, snapshot)
  }

  /// Shifts heard of by a question's position and worked by the end of its day.
  package func attendance(_ vantage: Vantage, _ snapshot: borrowing Snapshot)
    throws(JournalError) -> Attendance
  {
    try chronicle(vantage, snapshot)
  }

  /// Receipt books as heard by a question's position and used by the end of its day.
  package func shelf(_ vantage: Vantage, _ snapshot: borrowing Snapshot) throws(JournalError)
    -> ReceiptBook.Shelf
  {
    try chronicle(vantage, snapshot) { (event) throws(JournalError) in
      try self.leaf(event, snapshot)
    }
  }

  private func chronicle<C: Chronicle>(
    _ vantage: Vantage, _ snapshot: borrowing Snapshot, _ hears: (Event) -> Bool = { _ in true }
  ) throws(JournalError) -> C where C.Word == Office.Told<Event> {
    try chronicle(vantage, snapshot) { (event) throws(JournalError) in
      try self.told(event, snapshot, hears)
    }
  }

  private func chronicle<C: Chronicle>(
    _ vantage: Vantage, _ snapshot: borrowing Snapshot,
    read: (borrowing EventView) throws(JournalError) -> C.Word?
  ) throws(JournalError) -> C {
    var all: [C.Word] = []
    try forEachStanding(C.reads, onAccounts: C.isOnAccounts, to: vantage.knownAt, snapshot) {
      (event) throws(JournalError) in
      guard event.header.occurredOn <= vantage.asOf, let word = try read(event) else { return }
      all.append(word)
    }
    return C(all)
  }

  /// What an event tells of a receipt book.
  func leaf(_ event: borrowing EventView, _ snapshot: borrowing Snapshot) throws(JournalError)
    -> ReceiptBook.Word?
  {
    let isGivenOut = event.header.type == EventCode.receiptBookIssued
    let holder = isGivenOut ? try stream(of: event, snapshot) : ""
    do throws(WireError) { return try ReceiptBook.Word(event, holder: holder) } catch {
      throw .wire(error, at: event.header.seq)
    }
  }

  /// An event with the id of its stream; nil for one that nobody hears.
  func told(
    _ event: borrowing EventView, _ snapshot: borrowing Snapshot, _ hears: (Event) -> Bool
  ) throws(JournalError) -> Office.Told<Event>? {
    let seq = event.header.seq
    let body: Event
    do throws(WireError) { body = try Event(reading: event) } catch { throw .wire(error, at: seq) }
    guard hears(body) else { return nil }
    return Office.Told(event, place: try stream(of: event, snapshot), body)
  }

  /// Judges imported entries of a chronicle of what was told, like the other.
  func judge<C: Chronicle>(
    _ place: WritableKeyPath<Scene, C>, _ found: inout Anomalies, _ shared: Shared, _ zone: Zone,
    to last: Position, _ snapshot: borrowing Snapshot, _ hears: (Event) -> Bool = { _ in true }
  ) throws(JournalError) where C.Word == Office.Told<Event> {
    try judge(place, &found, shared, zone, to: last, snapshot) { (event) throws(JournalError) in
      try self.told(event, snapshot, hears)
    }
  }

  /// Judges imported entries of a chronicle like the history of accounts, each with what was known
  /// just before it; `place` is where a scene has it, and `read` what an event tells.
  func judge<C: Chronicle>(
    _ place: WritableKeyPath<Scene, C>, _ found: inout Anomalies, _ shared: Shared, _ zone: Zone,
    to last: Position, _ snapshot: borrowing Snapshot,
    read: (borrowing EventView) throws(JournalError) -> C.Word?
  ) throws(JournalError) {
    // Most ledgers have no such entries, and then nothing need be followed.
    guard try isImported(C.judged, to: last, snapshot) else { return }
    var (anomalies, known) = (found, Retold<C>())
    let reversal = C.isOnAccounts ? EventCode.eventReversed : TypeMask.reversalOnNoAccount
    let wanted = C.reads.union(TypeMask([reversal]))
    try snapshot.bundles(to: last, wanted: wanted) { (bundle) throws(JournalError) in
      for index in 0..<bundle.count {
        let header = bundle.header(index)
        guard header.seq <= last else { return }
        do throws(WireError) {
          if header.type == EventCode.eventReversed, C.isOnAccounts || header.account == 0 {
            let target = try Envelope(reading: bundle.event(index).envelope).target
            if let target { known.hear(reversal: header.seq, of: target) }
          }
        } catch { throw .wire(error, at: header.seq) }
        guard C.reads.contains(header.type) else { continue }
        if header.flags.contains(.imported), C.judged.contains(header.type) {
          try self.judge(
            bundle.event(index), with: known.chronicle(), place, &anomalies, shared, zone, snapshot)
        }
        if let told = try read(bundle.event(index)) { known.hear(told) }
      }
    }
    found = anomalies
  }

  private func judge<C>(
    _ event: borrowing EventView, with known: C, _ place: WritableKeyPath<Scene, C>,
    _ found: inout Anomalies, _ shared: Shared, _ zone: Zone, _ snapshot: borrowing Snapshot
  ) throws(JournalError) {
    let header = event.header
    let stream = try stream(of: event, snapshot)
    var scene = Scene(
      history: header, account: AccountState(id: stream), policies: shared.policies,
      house: shared.house, today: zone.day(of: Moment(rawValue: header.recorded)))
    scene.actors = actorName
    scene[keyPath: place] = known
    let kind = Register.event(code: header.type, version: header.version)?.subject ?? ""
    do throws(WireError) { try found.judge(event, in: &scene, at: "\(kind) \(stream)") } catch {
      throw .wire(error, at: header.seq)
    }
  }

  private func isImported(_ wanted: TypeMask, to last: Position, _ snapshot: borrowing Snapshot)
    throws(JournalError) -> Bool
  {
    var isFound = false
    try snapshot.bundles(to: last, wanted: wanted) { (bundle) throws(JournalError) in
      for index in 0..<bundle.count where !isFound {
        let header = bundle.header(index)
        isFound =
          header.seq <= last && wanted.contains(header.type) && header.flags.contains(.imported)
      }
    }
    return isFound
  }
}
