package import Ledger

/// Cash in custody: read by one masked scan, since it stands with those who hold it.
extension Journal {
  /// What happened to cash, and to cheques on slips, by the end of a question's day and as heard by
  /// its position, in log order; without entries that were taken back.
  package func cashMoves(_ vantage: Vantage, _ snapshot: borrowing Snapshot)
    throws(JournalError) -> [Cash.Move]
  {
    var moves: [Cash.Move] = []
    var names: [UInt32: String] = [:]
    try forEachStanding(Cash.Move.reads, onAccounts: true, to: vantage.knownAt, snapshot) {
      (event) throws(JournalError) in
      let header = event.header
      do throws(WireError) {
        guard var move = try Cash.Move(event), move.day <= vantage.asOf else { return }
        if move.who.isEmpty {
          if names[header.actor] == nil {
            let name = try? snapshot.name(.actor, header.actor)
            names[header.actor] = name.map { Actor(name: $0).id } ?? ""
          }
          move.who = names[header.actor] ?? ""
        }
        moves.append(move)
      } catch { throw .wire(error, at: header.seq) }
    }
    return moves
  }

  /// The accounts whose cash a deposit brings to the bank, by the receipts it names: the deposit
  /// then stands in their trails.
  func payers(of deposit: Cash.Deposited, _ custody: Cash.Custody) throws(JournalError)
    -> [String]
  {
    let lots = custody.holder(deposit.holder, deposit.amount.currency)?.lots ?? []
    let named = Set(deposit.receipts)
    return try read { (snapshot) throws(JournalError) in
      var accounts: [String] = []
      for lot in lots where named.contains(lot.receipt) {
        let number = try snapshot.event(at: lot.seq) { (event) throws(JournalError) in
          event.header.account
        }
        guard let number, number != 0, let id = try snapshot.name(.account, number),
          !accounts.contains(id)
        else { continue }
        accounts.append(id)
      }
      return accounts
    }
  }

  /// Judges imported hand-overs, deposits, answers of the bank and counts, each with the cash as
  /// known just before it.
  func judgeCash(
    _ found: inout Anomalies, _ shared: Shared, _ zone: Zone, to last: Position,
    _ snapshot: borrowing Snapshot
  ) throws(JournalError) {
    // Most ledgers have no such entries, and then their receipts need not be read.
    var isHeard = false
    try snapshot.bundles(to: last, wanted: Cash.judged) { (_) throws(JournalError) in
      isHeard = true
    }
    guard isHeard else { return }
    var anomalies = found
    var custody = Cash.Custody()
    for move in try cashMoves(Vantage(asOf: .undated, knownAt: last), snapshot) {
      if move.isJudged {
        try snapshot.event(at: move.seq) { (event) throws(JournalError) in
          let header = event.header
          guard header.flags.contains(.imported) else { return }
          let place = try self.stream(of: event, snapshot)
          var scene = Scene(
            history: header, account: AccountState(id: place), policies: shared.policies,
            house: shared.house, today: zone.day(of: Moment(rawValue: header.recorded)))
          scene.custody = custody
          do throws(WireError) {
            try anomalies.judge(event, in: &scene, at: "party \(place)")
          } catch { throw .wire(error, at: header.seq) }
        }
      }
      custody.take(move)
    }
    found = anomalies
  }
}
