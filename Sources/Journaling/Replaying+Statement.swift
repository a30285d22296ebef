package import Ledger

extension Journal {
  /// The statement of an account from one day to the question's day, as known at its vantage, with
  /// the policies that judged. Nil when the ledger has never heard of the account.
  package func statement(
    of account: String, from: Day, language: Language = .english, _ question: Question,
    _ snapshot: borrowing Snapshot
  ) throws(JournalError) -> (statement: CustomerStatement, policies: PolicyBook)? {
    guard let number = try snapshot.number(.account, account) else { return nil }
    let policies = try policies(question, snapshot)
    let asOf = question.vantage.asOf
    var state = AccountState(id: account)
    var statement = CustomerStatement(
      account: account, from: from, to: asOf, language: language)
    try snapshot.trail(of: number, to: question.vantage.knownAt) { (event) throws(JournalError) in
      do throws(WireError) {
        try state.evolve(event, isSubject: event.header.account == number)
        try statement.note(event)
      } catch { throw .wire(error, at: event.header.seq) }
    }
    do throws(WireError) {
      var terms = try policies.terms(for: state.subject, on: asOf)
      terms.fromInvoiceDate = question.fromInvoiceDate
      statement.close(state, terms)
    } catch { throw .wire(error, at: 0) }
    return (statement, policies)
  }

  /// The statements that went out on an account, as known at a position; nil when the ledger has
  /// never heard of it.
  package func statements(
    of account: String, to last: Position, _ snapshot: borrowing Snapshot
  ) throws(JournalError) -> [Statement.Copy]? {
    guard let number = try snapshot.number(.account, account) else { return nil }
    var told: [(seq: Position, day: Day, issued: Statement.Issued)] = []
    var facts = Facts { _ in .none }
    try snapshot.trail(of: number, to: last) { (event) throws(JournalError) in
      let header = event.header
      do throws(WireError) {
        if header.type == EventCode.eventReversed {
          try facts.note(event, account: number, isSubject: true)
        }
        guard header.account == number,
          case .statementIssued(let issued) = try Event(reading: event)
        else { return }
        let day = Moment(rawValue: header.occurred).day(offset: header.offset)
        told.append((header.seq, day, issued))
      } catch { throw .wire(error, at: header.seq) }
    }
    var dead = Dead()
    dead.find(in: facts.rows.span)
    return Statement.copies(told.filter { !dead.contains($0.seq) })
  }
}
