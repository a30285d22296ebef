package import Ledger

/// Entries of the whole ledger, as a trail lists them, but without figures.
extension Journal {
  /// Entries up to the question's position that `keeps` wants, each with the account it is about, or
  /// with kind and id of another stream: `party P-9`. `wants` is asked first, with the header alone.
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
}
