package import Ledger

/// Bookings: read by one masked scan, since they stand on nobody's account.
extension Journal {
  /// Bookings as heard by a question's position and happened by the end of its day. `before` is
  /// shown each event with what was known just before it.
  package func bookings(
    _ vantage: Vantage, _ snapshot: borrowing Snapshot,
    before: (borrowing EventView, String, Booking.List) throws(JournalError) -> Void = {
      (_, _, _) throws(JournalError) in
    }
  ) throws(JournalError) -> Booking.List {
    var list = Booking.List()
    try forEachStanding(Booking.List.reads, to: vantage.knownAt, snapshot) {
      (event) throws(JournalError) in
      let header = event.header
      guard Moment(rawValue: header.occurred).day(offset: header.offset) <= vantage.asOf else {
        return
      }
      let place = try self.stream(of: event, snapshot)
      try before(event, place, list)
      do throws(WireError) { try list.note(event, place: place) } catch {
        throw .wire(error, at: header.seq)
      }
    }
    return list
  }

  /// Judges imported bookings like the history of accounts.
  func judgeBookings(
    _ found: inout Anomalies, _ shared: Shared, _ zone: Zone, to last: Position,
    _ snapshot: borrowing Snapshot
  ) throws(JournalError) {
    var anomalies = found
    let vantage = Vantage(asOf: .undated, knownAt: last)
    _ = try bookings(vantage, snapshot) { (event, place, list) throws(JournalError) in
      let header = event.header
      guard header.flags.contains(.imported) else { return }
      var scene = Scene(
        history: header, account: AccountState(id: place), policies: shared.policies,
        house: shared.house, today: zone.day(of: Moment(rawValue: header.recorded)))
      scene.bookings = list
      do throws(WireError) { try anomalies.judge(event, in: &scene, at: "party \(place)") } catch {
        throw .wire(error, at: header.seq)
      }
    }
    found = anomalies
  }
}
