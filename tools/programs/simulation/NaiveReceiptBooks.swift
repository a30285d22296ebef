package import Ledger

/// Receipt books, leaf by leaf.
extension NaiveCash {
  /// Receipt books: `book,holder,first,last,state,given,voided,next,missing,twice,outside`.
  package func books(asOf: Day, knownAt: UInt64) -> [String] {
    let told = desk.heard(knownAt).filter {
      $0.on <= asOf && $0.said?.type.hasPrefix("receipt.") == true
    }.sorted { $0.precedes($1) }
    return Dictionary(grouping: told.compactMap(\.said)) { $0.text("book") }
      .map { book($0, $1) }.sorted()
  }

  private func book(_ id: String, _ told: [Saying]) -> String {
    let issue = told.last { $0.type == "receipt.book_issued" }
    let state = told.last { $0.type.hasPrefix("receipt.book_") }
    let closing = told.last { $0.type == "receipt.book_closed" }
    let given = told.filter { $0.type == "receipt.issued" }.compactMap { $0.number("number") }
    let voided = Set(
      told.filter { $0.type == "receipt.voided" }.compactMap { $0.number("number") })
    let used = Set(given).union(voided)
    let (first, last) = (issue?.number("first") ?? 0, issue?.number("last") ?? -1)
    let mine = used.filter { first <= $0 && $0 <= last }
    let isOut = issue != nil && state?.type == "receipt.book_issued"
    var top = mine.max() ?? first - 1
    let next = top + 1
    if issue != nil, !isOut, let stated = closing?.number("last_used") {
      top = max(top, min(stated, last))
    }
    let missing = issue == nil || top < first ? [] : (first...top).filter { !used.contains($0) }
    let twice = Set(given).filter { number in given.count { $0 == number } > 1 }.sorted()
    let outside = used.filter { !mine.contains($0) }.sorted()
    return [
      id, issue?.stream?.id ?? "", issue == nil ? "" : "\(first)", issue == nil ? "" : "\(last)",
      issue == nil ? "never issued" : isOut ? "out" : "handed back", "\(Set(given).count)",
      "\(voided.count)", isOut && next <= last ? "\(next)" : "", NaiveCash.runs(missing),
      twice.map { "\($0)" }.joined(separator: " "), outside.map { "\($0)" }.joined(separator: " "),
    ].joined(separator: ",")
  }

  // `17 23-25`.
  private static func runs(_ numbers: [Int]) -> String {
    var runs: [(from: Int, to: Int)] = []
    for number in numbers {
      if let last = runs.last, last.to == number - 1 {
        runs[runs.count - 1].to = number
      } else {
        runs.append((number, number))
      }
    }
    return runs.map { $0.from == $0.to ? "\($0.from)" : "\($0.from)-\($0.to)" }
      .joined(separator: " ")
  }
}
