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
