package import Ledger

/// Receipt books: read by one masked scan, since receipts stand on nobody's account.
extension Journal {
  /// The books as heard by a question's position, up to the end of its day. `before` is shown each
  /// event with the shelf as it stood just before it.
  package func shelf(
    _ vantage: Vantage, _ snapshot: borrowing Snapshot,
    before: (borrowing EventView, ReceiptBook.Shelf) throws(JournalError) -> Void = {
      (_, _) throws(JournalError) in
    }
  ) throws(JournalError) -> ReceiptBook.Shelf {
    var shelf = ReceiptBook.Shelf()
    try forEachStanding(ReceiptBook.reads, to: vantage.knownAt, snapshot) {
      (event) throws(JournalError) in
      let header = event.header
      guard header.day <= vantage.asOf.rawValue else { return }
      try before(event, shelf)
      let holder =
        header.type == EventCode.receiptBookIssued ? try self.stream(of: event, snapshot) : ""
      do throws(WireError) { try shelf.note(event, holder: holder) } catch {
        throw .wire(error, at: header.seq)
      }
    }
    return shelf
  }

  /// Judges imported receipts and books like the history of accounts.
  func judgeReceipts(
    _ found: inout Anomalies, _ question: Question, _ zone: Zone, _ snapshot: borrowing Snapshot
  ) throws(JournalError) {
    let vantage = Vantage(asOf: .undated, knownAt: question.vantage.knownAt)
    var anomalies = found
    _ = try shelf(vantage, snapshot) { (event, shelf) throws(JournalError) in
      let header = event.header
      guard header.flags.contains(.imported) else { return }
      let actor = try snapshot.name(.actor, header.actor).map(Actor.init(name:))
      var scene = Scene(
        history: header, account: AccountState(id: ""), policies: PolicyBook(), house: House(),
        today: zone.day(of: Moment(rawValue: header.recorded)), actor: actor?.id ?? "")
      scene.shelf = shelf
      let place = "party " + (try self.stream(of: event, snapshot))
      do throws(WireError) { try anomalies.judge(event, in: &scene, at: place) } catch {
        throw .wire(error, at: header.seq)
      }
    }
    found = anomalies
  }
}
