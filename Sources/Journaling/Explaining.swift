package import Ledger

/// Figures taken apart: one account's cell by its events, a whole book's cell by its accounts.
extension Journal {
  /// An account's events up to a position, to be folded again and again; nil when the ledger has
  /// never heard of it.
  package func history(
    of account: String, to last: Position, _ snapshot: borrowing Snapshot
  ) throws(JournalError) -> AccountHistory? {
    guard let number = try snapshot.number(.account, account) else { return nil }
    return try history(number: number, to: last, snapshot)
  }

  /// The same by the account's number.
  package func history(
    number: UInt32, to last: Position, _ snapshot: borrowing Snapshot
  ) throws(JournalError) -> AccountHistory {
    var history = AccountHistory(
      number: number, id: try snapshot.name(.account, number) ?? "")
    try snapshot.trail(of: number, to: last) { (event) throws(JournalError) in
      history.note(event)
    }
    return history
  }

  /// What came of asking why an account's cell is what it is.
  package enum Explained: Sendable {
    /// The ledger has never heard of the account.
    case unknown
    /// The book has no such cell; why, as a sentence.
    case fault(String)
    /// The steps that lead to the cell.
    case explanation(Explanation)
  }

  /// Explains a cell of one account, of whatever book.
  package func explain<B: Book>(
    _ book: B, account: String, _ choice: CellChoice, _ question: Question,
    _ snapshot: borrowing Snapshot
  ) throws(JournalError) -> Explained {
    let last = question.vantage.knownAt
    guard let history = try history(of: account, to: last, snapshot) else { return .unknown }
    return try explain(book, history, choice, question, snapshot)
  }

  private func explain<B: Book>(
    _ book: B, _ history: AccountHistory, _ choice: CellChoice, _ question: Question,
    _ snapshot: borrowing Snapshot
  ) throws(JournalError) -> Explained {
    let account = history.id
    let shared = try judged(question, snapshot)
    let naming = naming(of: account)
    do throws(WireError) {
      let found = try Explanation(
        history, of: book, choice, question, policies: shared.policies, house: shared.house,
        naming: naming)
      if let found { return .explanation(found) }
      var question = question
      question.includesUnseen = true
      var fold = Fold(question, policies: shared.policies, house: shared.house) { _ in account }
      var room = history.room(book.reads)
      let whole = try history.fold(book, &room, &fold) { _ in true }
      return .fault(choice.fault(in: whole.sheet(naming)) ?? "There is no such cell.")
    } catch { throw .wire(error, at: 0) }
  }

  /// Names of one account only: no other is looked up.
  package func naming(of account: String) -> Naming {
    var naming = naming
    naming.account = { _ in account }
    return naming
  }
}

extension Journal {
  /// An account's balance in sentences, an entry that was corrected as it stands; nil when the
  /// ledger has never heard of the account.
  package func balance(
    of account: String, _ question: Question, language: Language, _ snapshot: borrowing Snapshot
  ) throws(JournalError) -> Balance? {
    let asOf = question.vantage.asOf
    guard let history = try history(of: account, to: question.vantage.knownAt, snapshot) else {
      return nil
    }
    let told: AccountHistory
    do throws(WireError) { told = try history.withoutCorrected() } catch {
      throw .wire(error, at: 0)
    }
    let found = try explain(
      Aging(by: .account, form: .bucketed, asOf: asOf), told, CellChoice("outstanding"), question,
      snapshot)
    guard case .explanation(let explanation) = found else { return nil }
    var ids: [String] = []
    try snapshot.trail(of: history.number, to: question.vantage.knownAt) {
      (event) throws(JournalError) in
      ids.append(try snapshot.eventID(of: event))
    }
    do throws(WireError) {
      return try Balance(explanation, history, eventIDs: ids, asOf: asOf, language: language)
    } catch { throw .wire(error, at: 0) }
  }
}
