package import Ledger

/// The house's own work: read by one masked scan, since it stands on nobody's account.
extension Journal {
  /// Tasks, reports and reviews as heard by a question's position and happened by the end of its
  /// day. `before` is shown each event with what was known just before it.
  package func office(
    _ vantage: Vantage, _ snapshot: borrowing Snapshot,
    before: (borrowing EventView, String, Office) throws(JournalError) -> Void = {
      (_, _, _) throws(JournalError) in
    }
  ) throws(JournalError) -> Office {
    var office = Office()
    try forEachStanding(Office.reads, to: vantage.knownAt, snapshot) {
      (event) throws(JournalError) in
      let header = event.header
      guard Moment(rawValue: header.occurred).day(offset: header.offset) <= vantage.asOf else {
        return
      }
      let place = try self.stream(of: event, snapshot)
      try before(event, place, office)
      do throws(WireError) { try office.note(event, place: place) } catch {
        throw .wire(error, at: header.seq)
      }
    }
    return office
  }

  /// Judges imported tasks, reports and reviews like the history of accounts.
  func judgeOffice(
    _ found: inout Anomalies, _ shared: Shared, _ zone: Zone, to last: Position,
    _ snapshot: borrowing Snapshot
  ) throws(JournalError) {
    var anomalies = found
    let vantage = Vantage(asOf: .undated, knownAt: last)
    _ = try office(vantage, snapshot) { (event, place, office) throws(JournalError) in
      let header = event.header
      guard header.flags.contains(.imported), Office.judged.contains(header.type) else { return }
      var scene = Scene(
        history: header, account: AccountState(id: place), policies: shared.policies,
        house: shared.house, today: zone.day(of: Moment(rawValue: header.recorded)))
      scene.office = office
      let kind = Register.event(code: header.type, version: header.version)?.subject ?? ""
      do throws(WireError) { try anomalies.judge(event, in: &scene, at: "\(kind) \(place)") } catch
      {
        throw .wire(error, at: header.seq)
      }
    }
    found = anomalies
  }
}
