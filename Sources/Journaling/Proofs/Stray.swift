internal import Ledger

/// What stands beside the log and must follow from it: views that answers are read from, and the
/// bytes of published reports.
extension Journal {
  /// Compares what is kept in `views` with what the events say, and asks for the folders of those
  /// `views` that another module keeps; one finding a folder.
  func strayViews(
    _ snapshot: borrowing Snapshot,
    _ views: (Journal, borrowing Snapshot) throws(JournalError) -> [String]
  ) throws(JournalError) -> [Damage] {
    // Whatever a question would use.
    let kept = KeptFacts.open(self, snapshot, reads: Desk.Reads(rawValue: .max))
    var stray: Set<String> = []
    let ends = Set(kept.columns.map(\.stretches.last) + (kept.money.map { [$0.last] } ?? []))
    for last in ends.sorted() { try compare(kept, at: last, snapshot, &stray) }
    if let house = try strayHouse(snapshot) { stray.insert(house) }
    stray.formUnion(try views(self, snapshot))
    return stray.sorted().map { folder in
      Damage(
        position: 0,
        sentence: "What is kept in \(folder) is not what the events say; remove the folder, it is "
          + "made anew.")
    }
  }

  // Reads the log once for everything that is kept up to one position.
  private func compare(
    _ kept: KeptFacts, at last: Position, _ snapshot: borrowing Snapshot, _ stray: inout Set<String>
  ) throws(JournalError) {
    let money = kept.money.flatMap { $0.last == last ? $0 : nil }
    let columns = kept.columns.filter { $0.stretches.last == last }
    let reads = columns.reduce(into: Desk.Reads()) { $0.insert($1.bit) }
    let name = accountName
    var portfolio = Portfolio(range: 1..<1, reads: reads) { TextKey(name($0)) }
    let begin = KeptFacts.Beginning(
      facts: money == nil ? last : 0, columns: columns.map { ($0.bit, 0) })
    let count = UInt32(try snapshot.count(of: .account))
    var own: ContiguousArray<UInt64> = []
    var first: UInt32 = 1
    repeat {
      portfolio.start(first..<count + 1, expecting: money == nil ? 0 : last)
      try collect(&portfolio, after: begin, upTo: last, snapshot) { _, _ in }
      for stretch in portfolio.stretches {
        if let money {
          portfolio.write(stretch, to: &own)
          let isSame =
            (try? money.whole(stretch)).map { words in
              Stretch.same(words.span, kept.texts, own.span, portfolio.facts.texts)
            } ?? false
          if !isSame { stray.insert(money.folder) }
        }
        let slot = portfolio.firstSlot(of: stretch)
        for (bit, stretches) in columns {
          let isSame =
            (try? stretches.whole(stretch)).map { words in
              portfolio.desk.says(bit, words.span, from: slot)
            } ?? false
          if !isSame { stray.insert(stretches.folder) }
        }
      }
      first = max(portfolio.range.upperBound, first + 1)
    } while first <= count
  }

  /// Hashes the bytes of published reports; one finding a report.
  func strayReports(_ snapshot: borrowing Snapshot) throws(JournalError) -> [Damage] {
    try publications(snapshot).compactMap { report in
      // Bytes that are missing claim nothing; `publish list` says so.
      guard case .changed = kept(report.digest) else { return nil }
      return Damage(
        position: report.seq,
        sentence: "The bytes kept of the report \(report.report) are not those published.")
    }
  }
}
