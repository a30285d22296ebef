package import Ledger

/// A book as it was asked for, with what it stands on.
package struct Answer<B: Book>: Sendable {
  /// The book.
  package var book: B
  /// Where it was seen from.
  package var vantage: Vantage
  /// The policies that judged, known at the vantage.
  package var policies: PolicyBook
  /// The position behind which the log was read; what stands before it came from views.
  package var keptUpTo: Position = 0
}

/// Whose accounts a book is about, and which of those that were ever given to him.
struct HolderLead {
  let holder: TextKey
  let concerns: (borrowing Desk) -> Bool
}

/// The read path: books seen from a vantage.
extension Journal {
  /// The ids of accounts, asked one at a time; empty for a number that nobody has.
  package var accountName: @Sendable (UInt32) -> String {
    { number in (try? self.read { (s) throws(JournalError) in try s.name(.account, number) }) ?? ""
    }
  }

  /// The ids of actors, asked one at a time; empty for a number that nobody has.
  package var actorName: @Sendable (UInt32) -> String {
    { number in
      let name = try? self.read { (s) throws(JournalError) in try s.name(.actor, number) }
      return name.map { Actor(name: $0).id } ?? ""
    }
  }

  /// The texts behind what books print, an event at a time; account ids all at once when many are
  /// asked for.
  package var naming: Naming {
    var names: [String]?
    var asked = 0
    return Naming(
      account: { number in
        asked += 1
        if asked <= 1024 { return self.accountName(number) }
        if names == nil {
          names = try? self.read { (s) throws(JournalError) in try self.accountNames(s) }
        }
        guard let names, Int(number) < names.count else { return "" }
        return names[Int(number)]
      },
      actor: actorName,
      texts: { seq, keys in
        var texts = keys.map { _ in "" }
        try? self.read { (s) throws(JournalError) in
          _ = try s.event(at: seq) { (event) throws(JournalError) in
            for (index, key) in keys.enumerated() {
              do throws(WireError) {
                texts[index] = try CBORReader.text(of: key, in: event.body) ?? ""
              } catch { throw .wire(error, at: seq) }
            }
          }
        }
        return texts
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
  ///   - use: whether facts kept in `views` may be used, and made.
  ///   - room: words of facts that a pass over the log holds at most.
  ///   - progress: told the position reached and the last one, over all passes.
  package func answer<B: Book>(
    _ book: B, _ question: Question, _ snapshot: borrowing Snapshot,
    keeping use: KeptFacts.Use = .whenWorthwhile, room: Int = Portfolio.room,
    progress: (Position, Position) -> Void = { _, _ in }
  ) throws(JournalError) -> Answer<B> {
    let shared = try judged(question, keeping: use, room: room, snapshot)
    return try answer(book, question, shared, use, room, snapshot, progress)
  }

  /// What accounts share, with the borrowers of whom an account is npa where policy classes them.
  func judged(
    _ question: Question, keeping use: KeptFacts.Use = .whenWorthwhile, room: Int = Portfolio.room,
    _ snapshot: borrowing Snapshot
  ) throws(JournalError) -> Shared {
    var shared = try self.shared(question, keeping: use, snapshot)
    do throws(WireError) {
      guard try shared.policies.classesBorrowers(on: question.vantage.asOf) else { return shared }
    } catch { throw .wire(error, at: 0) }
    var question = question
    (question.withFlag, question.withoutFlag) = (nil, nil)
    let found = try answer(Borrowers(), question, shared, use, room, snapshot) { _, _ in }
    shared.house.npaBorrowers = found.book.npa
    return shared
  }

  private func answer<B: Book>(
    _ book: B, _ question: Question, _ shared: Shared, _ use: KeptFacts.Use, _ room: Int,
    _ snapshot: borrowing Snapshot, _ progress: (Position, Position) -> Void
  ) throws(JournalError) -> Answer<B> {
    // What it reads may depend on what all accounts share.
    var book = book
    book.begin(shared.house)
    guard use != .never else {
      return try answer(book, question, shared, .none, use, room, snapshot, progress)
    }
    var kept: KeptFacts? = KeptFacts.open(self, snapshot, reads: book.reads)
    do throws(JournalError) {
      return try answer(book, question, shared, kept ?? .none, use, room, snapshot, progress)
    } catch {
      guard kept?.isDamaged == true else { throw error }
    }
    // The log is sound whatever became of what was kept of it, which is made anew.
    kept = nil
    return try answer(book, question, shared, .none, use, room, snapshot, progress)
  }

  private func answer<B: Book>(
    _ book: B, _ question: Question, _ shared: Shared, _ kept: KeptFacts, _ use: KeptFacts.Use,
    _ room: Int, _ snapshot: borrowing Snapshot, _ progress: (Position, Position) -> Void
  ) throws(JournalError) -> Answer<B> {
    var book = book
    let last = question.vantage.knownAt
    let count = UInt32(try snapshot.count(of: .account))
    let name = accountName
    // Only what is known now is kept: a question about the past is answered by its beginning.
    var making: KeptFacts.Making?
    if last == snapshot.head, use != .never {
      making = KeptFacts.Making(
        folder, behind: kept, use, upTo: last, money: book.reckons, book.reads)
    }
    var portfolio = Portfolio(
      range: 1..<1, reads: book.reads, leads: book.leads, reckons: book.reckons, room: room
    ) { TextKey(name($0)) }
    portfolio.facts.texts = kept.texts
    var fold = Fold(question, policies: shared.policies, house: shared.house, accountName: name)
    let begin = kept.beginning(book.reads)
    var first: UInt32 = 1
    repeat {
      portfolio.start(first..<count + 1, expecting: last > begin.facts ? last - begin.facts : 0)
      try collect(&portfolio, after: begin, upTo: last, snapshot) { reached, accounts in
        let done = Double(reached) / Double(last) * Double(accounts)
        let part = (Double(first - 1) + done) / Double(max(count, 1))
        progress(Position(part * Double(last)), last)
      }
      let lead = book.holder.map { HolderLead(holder: $0, concerns: book.concerns) }
      try handOut(&portfolio, kept, upTo: last, of: lead, making) {
        (portfolio, number, facts, parts) throws(WireError) in
        try fold.take(number, facts, parts, of: portfolio, into: &book)
      }
      first = max(portfolio.range.upperBound, first + 1)
    } while first <= count
    if let making, let crc = try KeptStretches.checksum(of: last, snapshot) {
      making.finish(upTo: last, crc: crc, identity.id, portfolio.facts.texts)
    }
    progress(last, last)
    var answer = Answer(book: book, vantage: question.vantage, policies: shared.policies)
    answer.keptUpTo = begin.columns.reduce(begin.facts) { min($0, $1.after) }
    return answer
  }

  /// Hands out the accounts of a collected portfolio, each with what is kept of it and what the log
  /// says behind that; what is in the making keeps each stretch as the portfolio writes it. Where
  /// only a holder's accounts are wanted, of the others nothing is read but who had them and what
  /// was taken back.
  func handOut(
    _ portfolio: inout Portfolio, _ kept: KeptFacts, upTo last: Position,
    of lead: HolderLead? = nil, _ making: KeptFacts.Making? = nil,
    each: (borrowing Portfolio, UInt32, Span<Fact>, Span<Piece>) throws(WireError) -> Void
  ) throws(JournalError) {
    var copies = ContiguousArray<Stretch.Copy>()
    var words = ContiguousArray<UInt64>()
    var tray = Stretch.Tray()
    for stretch in portfolio.stretches {
      var (slots, rest) = (Stretch.slots, portfolio.reads)
      portfolio.desk.clearLaid(rest)
      if let lead {
        try kept.lay(stretch, slots, .allocations, upTo: last, into: &portfolio)
        slots = portfolio.given(to: lead.holder, in: stretch)
        rest.remove(.allocations)
        if slots.isEmpty, making == nil { continue }
      }
      try kept.read(stretch, slots, into: &copies)
      portfolio.write(stretch, to: &words)
      if let lead {
        slots = portfolio.concerning(
          slots, in: stretch, kept: copies, own: words.span, upTo: last, &tray, lead.concerns)
        if slots.isEmpty, making == nil { continue }
      }
      try kept.lay(stretch, slots, rest, upTo: last, into: &portfolio)
      making?.keep(stretch, facts: words.span, &portfolio)
      do throws(WireError) {
        try portfolio.forEachAccount(
          of: stretch, slots, kept: copies, own: words.span, upTo: last, &tray, each)
      } catch { throw .wire(error, at: 0) }
    }
  }

  /// Gathers what the log says behind what is kept, sorted and ready to be handed out.
  package func collect(
    _ portfolio: inout Portfolio, after beginning: KeptFacts.Beginning, upTo last: Position,
    _ snapshot: borrowing Snapshot, progress: (Position, Int) -> Void
  ) throws(JournalError) {
    for (positions, facts, reads) in beginning.parts(upTo: last) {
      let wanted = portfolio.wanted(facts: facts, reads)
      try snapshot.bundles(
        from: positions.lowerBound, to: positions.upperBound, wanted: wanted.types
      ) { (bundle) throws(JournalError) in
        do throws(WireError) { try portfolio.collect(bundle, positions, wanted) } catch {
          throw .wire(error, at: bundle.first)
        }
        if bundle.first & 0xFFFF < 256 { progress(bundle.first, portfolio.range.count) }
      }
    }
    portfolio.group()
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
    let shared = try judged(question, snapshot)
    portfolio.group()
    var fold = Fold(question, policies: shared.policies, house: shared.house) { _ in account }
    do throws(WireError) {
      try portfolio.forEachAccount { (portfolio, number, facts, parts) throws(WireError) in
        try fold.take(number, facts, parts, of: portfolio, into: &book)
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
  func shared(
    _ question: Question, keeping use: KeptFacts.Use = .whenWorthwhile,
    _ snapshot: borrowing Snapshot
  ) throws(JournalError) -> Shared {
    let last = question.vantage.knownAt
    let kept = use == .never ? nil : keptShared(upTo: last, snapshot)
    var shared = kept?.shared ?? Shared()
    try note(&shared, after: kept?.last ?? 0, upTo: last, snapshot)
    if last == snapshot.head, last >= (kept.map { $0.last + use.step } ?? use.least) {
      keep(shared, upTo: last, use, snapshot)
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
    do throws(WireError) {
      for version in question.supposed { try policies.suppose(version) }
    } catch { throw .wire(error, at: 0) }
  }
}
