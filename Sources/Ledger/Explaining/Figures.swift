// MARK: - The figures of an account by name

extension Observation {
  /// The figures that a reader compares, by the names of the aging's columns.
  package var figures: [(name: String, cell: Sheet.Cell)] {
    func money(_ minor: Int64) -> Sheet.Cell { .money(Int128(minor), currency) }
    let state =
      reckoning.closed ? "closed" : reckoning.writtenOff ? "written off" : "open"
    return [
      ("overdue", money(reckoning.overdue)), ("outstanding", money(reckoning.outstanding)),
      ("credit", money(reckoning.credit)), ("dpd", .integer(Int64(reckoning.dpd))),
      ("bucket", .text(bucket)), ("class", .text(assetClass)),
      ("oldest_due", reckoning.oldestUnpaid.map(Sheet.Cell.day) ?? .none),
      ("raised", money(reckoning.raised)), ("received", money(reckoning.received)),
      ("state", .text(reckoning.exists ? state : "not seen yet")),
    ]
  }

  /// What is different in another observation: `overdue 20000.00 -> 10000.00`.
  package func changes(to other: Observation) -> [String] {
    zip(figures, other.figures).compactMap { old, new in
      let (a, b) = (old.cell.plain, new.cell.plain)
      guard a != b else { return nil }
      return "\(old.name) \(a.isEmpty ? "nothing" : a) -> \(b.isEmpty ? "nothing" : b)"
    }
  }
}

/// A book that only looks: for figures that no table prints.
private struct Glance: Book {
  static let name = "figures"
  var seen = Observation()

  mutating func take(_ account: borrowing AccountView) { seen.take(account) }
  mutating func merge(_ other: Glance) {}
  func sheet(_ naming: Naming) -> Sheet { Sheet(title: "", columns: []) }
}

extension AccountHistory {
  /// The account's figures at the end of a question's day, from the events that `keep` wants.
  package func observe(
    _ question: Question, policies: PolicyBook, house: House, keep: (Int) -> Bool
  ) throws(WireError) -> Observation {
    var question = question
    question.includesUnseen = true
    let id = id
    var fold = Fold(question, policies: policies, house: house) { _ in id }
    fold.keepsSplits = true
    var room = room([])
    return try self.fold(Glance(), &room, &fold, keep: keep).seen
  }
}

/// An account's states after each of its entries, in order, each reckoned on from the ones before.
package struct AccountReplay: Sendable {
  private let id: String
  private let facts: Facts
  // How many facts there are after each entry.
  private var counts: [Int] = []
  private var onward: OnwardReckoner
  private var heard = 0
  private var survey = Survey()
  private var dead = Dead()

  /// The states of these events.
  package init(_ history: AccountHistory) throws(WireError) {
    let key = TextKey(history.id)
    var facts = Facts { _ in key }
    for index in history.events.indices {
      let isSubject = history.header(index).account == history.number
      try history.event(index) { (event) throws(WireError) in
        try facts.note(event, account: 0, isSubject: isSubject)
      }
      counts.append(facts.rows.count)
    }
    (id, self.facts, onward) = (history.id, facts, OnwardReckoner(facts))
  }

  /// The state after an entry at the end of a day, as `AccountHistory.observe` has it; called for
  /// entry after entry.
  package mutating func state(
    after index: Int, on day: Day, _ policies: PolicyBook, _ question: Question
  ) throws(WireError) -> Observation {
    hear(counts[index])
    if heard == 0 { return Observation() }
    let who = PolicySubject(
      product: facts.texts[survey.product],
      portfolio: facts.texts[survey.portfolio], account: id)
    var terms = try policies.terms(for: who, on: day)
    terms.fromInvoiceDate = question.fromInvoiceDate
    let currency = survey.currencies.first ?? 0
    return Observation(
      onward.figures(heard, currency: currency, asOf: day, terms: terms), terms,
      Currency(rawValue: currency))
  }

  // Of what was taken back nothing is left, so all is heard again.
  private mutating func hear(_ count: Int) {
    while heard < count {
      let fact = facts.rows[heard]
      heard += 1
      guard fact.kind == .entryReversed else {
        if !dead.contains(fact.seq) { survey.note(fact, asOf: .min) }
        continue
      }
      let facts = facts
      survey.look(at: facts.rows.span.extracting(..<heard), asOf: .min, &dead)
    }
  }
}
