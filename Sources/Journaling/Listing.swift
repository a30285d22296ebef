package import Ledger

/// Entries of the whole ledger, as a trail lists them, but without figures.
extension Journal {
  /// Entries up to the question's position that `keeps` wants, each with the account it is about,
  /// or with kind and id of another stream: `party P-9`. `wants` is asked first, with the header
  /// alone.
  package func entries(
    to last: Position, zone: Zone, _ snapshot: borrowing Snapshot,
    wants: (Header) -> Bool, keeps: (Trail.Entry) -> Bool
  ) throws(JournalError) -> [(account: String, entry: Trail.Entry)] {
    var found: [(account: String, entry: Trail.Entry)] = []
    try snapshot.bundles(to: last) { (bundle) throws(JournalError) in
      for index in 0..<bundle.count {
        let header = bundle.header(index)
        guard header.seq <= last, wants(header) else { continue }
        let entry = try entry(bundle.event(index), zone, snapshot)
        guard keeps(entry) else { continue }
        var about = try snapshot.name(.account, header.account)
        if about == nil {
          let stream = try snapshot.subject(of: bundle.event(index))
          about = "\(stream.kind) \(stream.id)"
        }
        found.append((about ?? "", entry))
      }
    }
    return found
  }

  /// What was said about who had which account, of the accounts that a holder was ever given, by
  /// number; without entries that were taken back.
  package func allocations(
    to holder: String, _ last: Position, _ snapshot: borrowing Snapshot
  ) throws(JournalError) -> [UInt32: ContiguousArray<Allocation.Row>] {
    var rows: [UInt32: ContiguousArray<Allocation.Row>] = [:]
    var column = Column<Allocation.Row>()
    try forEachStanding(Allocation.reads, onAccounts: true, to: last, snapshot) {
      (event) throws(JournalError) in
      let account = event.header.account
      do throws(WireError) { try Allocation.note(event, account, true, &column) } catch {
        throw .wire(error, at: event.header.seq)
      }
      rows[account, default: []].append(contentsOf: column.rows)
      column.removeAll()
    }
    let key = TextKey(holder)
    return rows.filter { $0.value.contains { !$0.ends && $0.holder == key } }
  }
}
