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

  private func chronicle<C: Chronicle>(_ vantage: Vantage, _ snapshot: borrowing Snapshot)
    throws(JournalError) -> C
  {
    var chronicle = C()
    try forEachTold(C.self, vantage, snapshot) { (event, place) throws(JournalError) in
      do throws(WireError) { try chronicle.note(event, place: place) } catch {
        throw .wire(error, at: event.header.seq)
      }
    }
    chronicle.settle()
    return chronicle
  }

  // Entries that make a chronicle, each with the id of its stream, in log order.
  private func forEachTold<C: Chronicle>(
    _ kind: C.Type, _ vantage: Vantage, _ snapshot: borrowing Snapshot,
    _ body: (borrowing EventView, String) throws(JournalError) -> Void
  ) throws(JournalError) {
    try forEachStanding(C.reads, onAccounts: C.isOnAccounts, to: vantage.knownAt, snapshot) {
      (event) throws(JournalError) in
      let header = event.header
      guard header.occurredOn <= vantage.asOf else {
        return
      }
      try body(event, try self.stream(of: event, snapshot))
    }
  }

  /// Judges imported entries of a chronicle like the history of accounts, each with what was known
  /// just before it; `place` is where a scene has it.
  func judge<C: Chronicle>(
    _ place: WritableKeyPath<Scene, C>, _ found: inout Anomalies, _ shared: Shared, _ zone: Zone,
    to last: Position, _ snapshot: borrowing Snapshot
  ) throws(JournalError) {
    var anomalies = found
    var known = C()
    let vantage = Vantage(asOf: .undated, knownAt: last)
    try forEachTold(C.self, vantage, snapshot) { (event, stream) throws(JournalError) in
      let header = event.header
      do throws(WireError) {
        if header.flags.contains(.imported), C.judged.contains(header.type) {
          var scene = Scene(
            history: header, account: AccountState(id: stream), policies: shared.policies,
            house: shared.house, today: zone.day(of: Moment(rawValue: header.recorded)))
          scene[keyPath: place] = known
          let kind = Register.event(code: header.type, version: header.version)?.subject ?? ""
          try anomalies.judge(event, in: &scene, at: "\(kind) \(stream)")
        }
        try known.note(event, place: stream)
        known.settle()
      } catch { throw .wire(error, at: header.seq) }
    }
    found = anomalies
  }
}
