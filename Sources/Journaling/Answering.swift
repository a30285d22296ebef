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

/// What a fold needs besides an account's own facts: the policies and the facts that accounts
/// share, as known at a position.
struct Shared: Sendable {
  var policies = PolicyBook()
  var house = House()

  /// What a bundle must have for it to be read.
  static let reads = PolicyBook.reads.union(House.reads)

  /// Notes the events of a bundle up to and including `last`.
  mutating func note(
    _ bundle: borrowing Bundle, upTo last: Position, _ snapshot: borrowing Snapshot
  ) throws(WireError) {
    try policies.note(bundle, upTo: last)
    guard bundle.contains(House.reads) else { return }
    try house.note(bundle, upTo: last) { kind, number in
      (try? snapshot.name(kind, number)) ?? ""
    }
  }
}

/// The read path: books seen from a vantage.
extension Journal {
  /// The ids of accounts, asked one at a time; empty for a number that nobody has.
  package var accountName: @Sendable (UInt32) -> String {
    { number in (try? self.read { (s) throws(JournalError) in try s.name(.account, number) }) ?? ""
    }
  }

  /// The texts behind what books print: account ids read at once when the first is asked for, all
  /// others one at a time.
  package var naming: Naming {
    var names: [String]?
    return Naming(
      account: { number in
        if names == nil {
          names = try? self.read { (s) throws(JournalError) in try self.accountNames(s) }
        }
        guard let names, Int(number) < names.count else { return "" }
        return names[Int(number)]
      },
      actor: { number in
        let name = try? self.read { (s) throws(JournalError) in try s.name(.actor, number) }
        return name.map { Actor(name: $0).id } ?? ""
      },
      text: { seq, key in
        let text = try? self.read { (s) throws(JournalError) in
          try s.event(at: seq) { (event) throws(JournalError) in
            do throws(WireError) { return try CBORReader.text(of: key, in: event.body) } catch {
              throw .wire(error, at: seq)
            }
          }
        }
        return (text ?? nil) ?? ""
      })
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
    var shared = Shared()
    var first: UInt32 = 1
    var done: Position = 0
    let name = accountName
    var portfolio = Portfolio(range: first..<(first + width), reads: book.reads) {
      TextKey(name($0))
    }
    let read = Facts.reads.union(book.reads.mask)
    repeat {
      portfolio.start(first..<(first + width))
      let isFirst = first == 1
      let wanted = isFirst ? read.union(Shared.reads) : read
      try snapshot.bundles(to: last, wanted: wanted) { (bundle) throws(JournalError) in
        do throws(WireError) {
          if isFirst { try shared.note(bundle, upTo: last, snapshot) }
          try portfolio.collect(bundle, upTo: last)
        } catch { throw .wire(error, at: bundle.first) }
        if bundle.first & 0xFFFF < 256 {
          progress(done + bundle.first / Position(passes), last)
        }
      }
      if isFirst { try Journal.override(&shared.policies, question) }
      portfolio.group()
      var fold = Fold(
        question, policies: shared.policies, house: shared.house, accountName: name)
      do throws(WireError) {
        try portfolio.forEachAccount { (number, facts) throws(WireError) in
          try fold.take(number, facts, of: portfolio, into: &book)
        }
      } catch { throw .wire(error, at: 0) }
      first += width
      done += last / Position(passes)
    } while first <= count
    progress(last, last)
    return Answer(book: book, vantage: question.vantage, policies: shared.policies)
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
    var portfolio = Portfolio(range: number..<number + 1, reads: book.reads) { _ in key }
    try snapshot.trail(of: number, to: last) { (event) throws(JournalError) in
      do throws(WireError) { try portfolio.note(event) } catch {
        throw .wire(error, at: event.header.seq)
      }
    }
    let shared = try self.shared(question, snapshot)
    portfolio.group()
    var fold = Fold(question, policies: shared.policies, house: shared.house) { _ in account }
    do throws(WireError) {
      try portfolio.forEachAccount { (number, facts) throws(WireError) in
        try fold.take(number, facts, of: portfolio, into: &book)
      }
    } catch { throw .wire(error, at: 0) }
    return Answer(book: book, vantage: question.vantage, policies: shared.policies)
  }

  /// The policies adopted by the question's position, under the drafts it tries.
  package func policies(_ question: Question, _ snapshot: borrowing Snapshot) throws(JournalError)
    -> PolicyBook
  {
    try shared(question, snapshot).policies
  }

  /// Policies and facts that accounts share, adopted and heard by the question's position.
  func shared(_ question: Question, _ snapshot: borrowing Snapshot) throws(JournalError) -> Shared {
    var shared = Shared()
    let last = question.vantage.knownAt
    try snapshot.bundles(to: last, wanted: Shared.reads) { (bundle) throws(JournalError) in
      do throws(WireError) { try shared.note(bundle, upTo: last, snapshot) } catch {
        throw .wire(error, at: bundle.first)
      }
    }
    try Journal.override(&shared.policies, question)
    return shared
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
