/// The table of the work queue.
extension WorkQueue {
  /// Accounts by score, then by overdue sum and name; below them those that are left alone.
  package func sheet(_ naming: Naming) -> Sheet {
    var table = Sheet(
      title: "Work queue of \(collector ?? "the house") on \(asOf)",
      columns: [
        .init("account"), .init("rank", .integer), .init("customer"), .init("bucket"),
        .init("dpd", .integer), .init("days_to_roll", .integer), .init("currency"),
        .init("overdue", .money), .init("outstanding", .money), .init("last_rpc", .day),
        .init("last_outcome"), .init("promise_due", .day), .init("pdc_due", .day),
        .init("badges"),
      ])
    if limits != nil {
      table.columns.append(.init("channels"))
      table.definitions = [("channels", ContactLimits.definition)]
    }
    table.columns += [.init("score"), .init("action"), .init("why", .prose)]
    table.keys = 1
    let named = lines.map { (account: naming.account($0.account), line: $0) }
    let worked = named.filter { $0.line.exclusion == nil }.sorted(
      on: { ($0.line.score, $0.line.overdue, $0.account) },
      by: { ($1.0, $1.1, $0.2) < ($0.0, $0.1, $1.2) })
    let left = named.filter { $0.line.exclusion != nil }.sorted(on: \.account, by: <)
    for (index, one) in worked.enumerated() {
      table.rows.append(cells(one.account, one.line, rank: index + 1, naming))
    }
    for one in left { table.rows.append(cells(one.account, one.line, rank: nil, naming)) }
    table.notes.append(
      "\(worked.count) accounts to work, \(left.count) left alone for the reason given. The score "
        + "is of 100.00 with the stated weights; the policy `priority_score` sets others.")
    return table
  }

  private func cells(
    _ account: String, _ line: Line, rank: Int?, _ naming: Naming
  ) -> [Sheet.Cell] {
    func day(_ raw: Int32?) -> Sheet.Cell { raw.map { .day(Day(rawValue: $0)) } ?? .none }
    let outcome = line.tried.map { naming.text($0.seq, Key.ContactAttempted.result) } ?? ""
    var cells: [Sheet.Cell] = [
      .text(account), rank.map { .integer(Int64($0)) } ?? .none, .text(line.customer),
      .text(line.bucket), .integer(Int64(line.dpd)),
      line.daysToRoll.map { .integer(Int64($0)) } ?? .none, .text(line.currency.code),
      .money(Int128(line.overdue), line.currency), .money(Int128(line.outstanding), line.currency),
      day(line.reached?.day), .text(outcome), day(line.promise?.due),
      line.chequeBy.map { .day($0) } ?? .none, .text(line.badges.joined(separator: " ")),
    ]
    if limits != nil { cells.append(.text(line.channels)) }
    cells.append(.text(rank == nil ? "" : Ratio(line.score, of: Int64(10_000)).percent))
    cells.append(.text(rank == nil ? "leave" : action(line)))
    cells.append(.text(line.exclusion ?? why(line)))
    return cells
  }

  // What is nearest to money: a cheque to deposit, a promise to collect, then the next rung.
  private func action(_ line: Line) -> String {
    if let day = line.chequeBy, day <= asOf { return "deposit cheque" }
    if let promise = line.promise, promise.due <= asOf.rawValue { return "collect promise" }
    if let sum = line.agreed?.next, sum.due <= asOf.rawValue { return "collect instalment" }
    if line.broken > 0 || line.dpd > 60 { return "visit" }
    return line.reached == nil && line.tried != nil ? "trace" : "call"
  }

  private func why(_ line: Line) -> String {
    var reasons: [String] = []
    if let day = line.chequeBy, day <= asOf { reasons.append("cheque to deposit by \(day)") }
    if let promise = line.promise, promise.due <= asOf.rawValue {
      let sum = Money(minor: promise.amount, currency: line.currency)
      reasons.append("\(sum) promised for \(Day(rawValue: promise.due))")
    }
    if let agreed = line.agreed, let next = agreed.next {
      let sum = Money(minor: next.amount - next.paid, currency: line.currency)
      reasons.append("\(sum) of the \(agreed.what) due on \(Day(rawValue: next.due))")
    }
    if let days = line.daysToRoll, days <= 7 { reasons.append("rolls in " + WorkQueue.days(days)) }
    if line.broken > 0 { reasons.append("promises broken: \(line.broken)") }
    if let reached = line.reached {
      let days = asOf - Day(rawValue: reached.day)
      reasons.append(days == 0 ? "reached today" : "reached \(WorkQueue.days(days)) ago")
    } else {
      reasons.append("never reached")
    }
    return reasons.joined(separator: "; ")
  }

  private static func days(_ count: Int) -> String { count == 1 ? "1 day" : "\(count) days" }
}
