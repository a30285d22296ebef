package import Ledger

/// What stands on nobody's account, read by one masked scan for those who ask.
extension Journal {
  /// Tasks, reports and reviews as heard by a question's position and happened by the end of its
  /// day.
  package func office(_ vantage: Vantage, _ snapshot: borrowing Snapshot) throws(JournalError)
    -> Office
  {
    try chronicle(vantage, snapshot)
  }

  /// Bookings as heard by a question's position and happened by the end of its day.
  package func bookings(_ vantage: Vantage, _ snapshot: borrowing Snapshot) throws(JournalError)
    -> Booking.List
  {
    try chronicle(vantage, snapshot)
  }

  // `before` is shown each event with what was known just before it.
  private func chronicle<C: Chronicle>(
    _ vantage: Vantage, _ snapshot: borrowing Snapshot,
    before: (borrowing EventView, String, C) throws(JournalError) -> Void = {
      (_, _, _) throws(JournalError) in
    }
  ) throws(JournalError) -> C {
    var chronicle = C()
    try forEachStanding(C.reads, to: vantage.knownAt, snapshot) {
      (event) throws(JournalError) in
      let header = event.header
      guard header.occurredOn <= vantage.asOf else {
        return
      }
      let place = try self.stream(of: event, snapshot)
      try before(event, place, chronicle)
      do throws(WireError) { try chronicle.note(event, place: place) } catch {
        throw .wire(error, at: header.seq)
      }
    }
    return chronicle
  }

  /// Judges imported entries of a chronicle like the history of accounts; `place` is where a scene
  /// has it.
  func judge<C: Chronicle>(
    _ place: WritableKeyPath<Scene, C>, _ found: inout Anomalies, _ shared: Shared, _ zone: Zone,
    to last: Position, _ snapshot: borrowing Snapshot
  ) throws(JournalError) {
    var anomalies = found
    let vantage = Vantage(asOf: .undated, knownAt: last)
    let _: C = try chronicle(vantage, snapshot) {
      (event, stream, known) throws(JournalError) in
      let header = event.header
      guard header.flags.contains(.imported), C.judged.contains(header.type) else { return }
      var scene = Scene(
        history: header, account: AccountState(id: stream), policies: shared.policies,
        house: shared.house, today: zone.day(of: Moment(rawValue: header.recorded)))
      scene[keyPath: place] = known
      let kind = Register.event(code: header.type, version: header.version)?.subject ?? ""
      do throws(WireError) {
        try anomalies.judge(event, in: &scene, at: "\(kind) \(stream)")
      } catch { throw .wire(error, at: header.seq) }
    }
    found = anomalies
  }
}
