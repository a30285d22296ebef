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
    let wanted = Office.reads
    let dead = try takenBack(vantage.knownAt, snapshot)
    try snapshot.bundles(to: vantage.knownAt, wanted: wanted) { (bundle) throws(JournalError) in
      for index in 0..<bundle.count {
        let header = bundle.header(index)
        guard wanted.contains(header.type), header.seq <= vantage.knownAt,
          Moment(rawValue: header.occurred).day(offset: header.offset) <= vantage.asOf,
          !dead.contains(header.seq)
        else { continue }
        let event = bundle.event(index)
        let place = try self.stream(of: event, snapshot)
        try before(event, place, office)
        do throws(WireError) { try office.note(event, place: place) } catch {
          throw .wire(error, at: header.seq)
        }
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
        account: AccountState(id: place), policies: shared.policies,
        day: Day(rawValue: header.day),
        occurredOn: Moment(rawValue: header.occurred).day(offset: header.offset),
        today: zone.day(of: Moment(rawValue: header.recorded)), actor: "")
      scene.house = shared.house
      scene.house.known = header.seq - 1
      scene.office = office
      scene.isHistory = true
      let kind = Register.event(code: header.type, version: header.version)?.subject ?? ""
      do throws(WireError) { try anomalies.judge(event, in: &scene, at: "\(kind) \(place)") } catch
      {
        throw .wire(error, at: header.seq)
      }
    }
    found = anomalies
  }
}
