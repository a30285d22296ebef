package import Ledger

/// A book as it was asked for, with what it stands on.
package struct Answer<B: Book>: Sendable {
  /// The book.
  package var book: B
  /// Where it was seen from.
  package var vantage: Vantage
  /// The policies that judged, known at the vantage.
  package var policies: PolicyBook
}

/// The read path: books seen from a vantage.
extension Journal {
  /// The ids of accounts, asked one at a time; empty for a number that nobody has.
  package var accountName: @Sendable (UInt32) -> String {
    { number in (try? self.read { (s) throws(JournalError) in try s.name(.account, number) }) ?? ""
    }
  }

  /// Every account's id by number, index 0 unused.
  package func accountNames(_ snapshot: borrowing Snapshot) throws(JournalError) -> [String] {
    var names = [""]
    let count = try snapshot.count(of: .account)
    names.reserveCapacity(count + 1)
    try snapshot.names(.account) { names.append($1) }
    return names
  }

  /// Folds every account of the ledger into `book` at the question's vantage.
  ///
  /// - Parameters:
  ///   - accountsPerPass: accounts a pass over the log may take at most, or nil to decide by the
  ///     log's length so that the facts of a pass stay under about 200 MB.
  ///   - progress: told the position reached and the last one, over all passes.
  package func answer<B: Book>(
    _ book: B, _ question: Question, _ snapshot: borrowing Snapshot, accountsPerPass: Int? = nil,
    progress: (Position, Position) -> Void = { _, _ in }
  ) throws(JournalError) -> Answer<B> {
    var book = book
    let last = question.vantage.knownAt
    let count = UInt32(try snapshot.count(of: .account))
    let passes = max(1, Int((last + 2_499_999) / 2_500_000))
    let width = UInt32(accountsPerPass ?? max(1, (Int(count) + passes) / passes))
    // The first pass also hears which policies were adopted; a fold needs them only afterwards.
    var policies = PolicyBook()
    var first: UInt32 = 1
    var done: Position = 0
    let name = accountName
    var portfolio = Portfolio(range: first..<(first + width)) { TextKey(name($0)) }
    repeat {
      portfolio.start(first..<(first + width))
      let isFirst = first == 1
      let wanted = isFirst ? Facts.reads.union(PolicyBook.reads) : Facts.reads
      try snapshot.bundles(to: last, wanted: wanted) { (bundle) throws(JournalError) in
        do throws(WireError) {
          if isFirst { try policies.note(bundle, upTo: last) }
          try portfolio.collect(bundle, upTo: last)
        } catch { throw .wire(error, at: bundle.first) }
        if bundle.first & 0xFFFF < 256 {
          progress(done + bundle.first / Position(passes), last)
        }
      }
      if isFirst { try Journal.override(&policies, question) }
      portfolio.group()
      var fold = Fold(question, policies: policies, accountName: name)
      do throws(WireError) {
        try portfolio.forEachAccount { (number, facts) throws(WireError) in
          try fold.take(number, facts, of: portfolio, into: &book)
        }
      } catch { throw .wire(error, at: 0) }
      first += width
      done += last / Position(passes)
    } while first <= count
    progress(last, last)
    return Answer(book: book, vantage: question.vantage, policies: policies)
  }

  /// Folds one account into `book`. Nil when the ledger has never heard of it.
  package func answer<B: Book>(
    _ book: B, account: String, _ question: Question, _ snapshot: borrowing Snapshot
  ) throws(JournalError) -> Answer<B>? {
    guard let number = try snapshot.number(.account, account) else { return nil }
    var (book, question) = (book, question)
    question.includesUnseen = true
    let last = question.vantage.knownAt
    let key = TextKey(account)
    var portfolio = Portfolio(range: number..<number + 1) { _ in key }
    try snapshot.trail(of: number, to: last) { (event) throws(JournalError) in
      do throws(WireError) { try portfolio.note(event) } catch {
        throw .wire(error, at: event.header.seq)
      }
    }
    let policies = try self.policies(question, snapshot)
    portfolio.group()
    var fold = Fold(question, policies: policies) { _ in account }
    do throws(WireError) {
      try portfolio.forEachAccount { (number, facts) throws(WireError) in
        try fold.take(number, facts, of: portfolio, into: &book)
      }
    } catch { throw .wire(error, at: 0) }
    return Answer(book: book, vantage: question.vantage, policies: policies)
  }

  /// The policies adopted by the question's position, under the drafts it tries.
  package func policies(_ question: Question, _ snapshot: borrowing Snapshot) throws(JournalError)
    -> PolicyBook
  {
    var policies = PolicyBook()
    let last = question.vantage.knownAt
    try snapshot.bundles(to: last, wanted: PolicyBook.reads) { (bundle) throws(JournalError) in
      do throws(WireError) { try policies.note(bundle, upTo: last) } catch {
        throw .wire(error, at: bundle.first)
      }
    }
    try Journal.override(&policies, question)
    return policies
  }

  private static func override(_ policies: inout PolicyBook, _ question: Question)
    throws(JournalError)
  {
    for draft in question.drafts {
      do throws(WireError) { try policies.override(kind: draft.kind, body: draft.body) } catch {
        throw .wire(error, at: 0)
      }
    }
  }
}
