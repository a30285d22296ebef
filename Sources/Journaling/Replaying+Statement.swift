package import Ledger

extension Journal {
  /// The statement of an account from one day to the question's day, as known at its vantage, with
  /// the policies that judged. Nil when the ledger has never heard of the account.
  package func statement(
    of account: String, from: Day, _ question: Question, _ snapshot: borrowing Snapshot
  ) throws(JournalError) -> (statement: CustomerStatement, policies: PolicyBook)? {
    guard let number = try snapshot.number(.account, account) else { return nil }
    let policies = try policies(question, snapshot)
    let asOf = question.vantage.asOf
    var state = AccountState(id: account)
    var statement = CustomerStatement(account: account, from: from, to: asOf)
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
}
