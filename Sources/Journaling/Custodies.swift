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
    try forEachStanding(
      Cash.Custody.reads, onAccounts: Cash.Custody.isOnAccounts, to: vantage.knownAt, snapshot
    ) { (event) throws(JournalError) in
      guard let move = try self.move(event, &names), move.day <= vantage.asOf else { return }
      moves.append(move)
    }
    return moves
  }

  /// The move that an event is, with who took the cash; `names` keeps the ids of actors.
  func move(_ event: borrowing EventView, _ names: inout [UInt32: String]) throws(JournalError)
    -> Cash.Move?
  {
    let header = event.header
    do throws(WireError) {
      guard var move = try Cash.Move(event) else { return nil }
      if move.who.isEmpty {
        let name = names[header.actor] ?? actorName(header.actor)
        names[header.actor] = name
        move.who = name
      }
      return move
    } catch { throw .wire(error, at: header.seq) }
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
}
