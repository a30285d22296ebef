/// What became known of an account between two positions, and what it did to the figures of a day.
package struct Learning: Sendable {
  /// One entry that was learned, with what it changed.
  package struct Entry: Sendable {
    /// Position, name, day from which it counts, and when it was recorded.
    package var seq: Position, event: String, day: Day, recorded: Moment
    /// What it changed in the figures of the day: `dpd 37 -> 6`.
    package var changes: [String]
  }

  /// The account and the day.
  package let account: String, asOf: Day
  /// The figures as known at the earlier and at the later position.
  package let before: Observation, after: Observation
  /// Entries in the order in which they were learned.
  package private(set) var entries: [Entry] = []
  /// What policies adopted in between changed.
  package private(set) var byPolicy: [String] = []

  /// What was learned of an account; `then` and `now` are the policies and house facts at both
  /// positions.
  package init(
    _ history: AccountHistory, _ question: Question, from first: Position, to last: Position,
    then: (PolicyBook, House), now: (PolicyBook, House)
  ) throws(WireError) {
    (account, asOf) = (history.id, question.vantage.asOf)
    func figures(_ position: Position, _ rules: (PolicyBook, House)) throws(WireError)
      -> Observation
    {
      try history.observe(question, policies: rules.0, house: rules.1) {
        history.header($0).seq <= position
      }
    }
    before = try figures(first, then)
    var last = try figures(first, then)
    for index in history.events.indices {
      let header = history.header(index)
      guard header.seq > first else { continue }
      let next = try figures(header.seq, then)
      entries.append(
        Entry(
          seq: header.seq, event: Register.name(of: header.type),
          day: Day(rawValue: header.day), recorded: Moment(rawValue: header.recorded),
          changes: last.changes(to: next)))
      last = next
    }
    after = try figures(.max, now)
    byPolicy = last.changes(to: after)
  }

  /// Figures first, then what was learned.
  package func sheet(_ zone: Zone) -> Sheet {
    var sheet = Sheet(
      title: "Account \(account) on \(asOf): what became known, and what it changed",
      columns: [
        .init("section"), .init("item"), .init("before"), .init("after"), .init("what", .prose),
      ])
    sheet.keys = 2
    for (old, new) in zip(before.figures, after.figures) {
      let same = old.cell.plain == new.cell.plain
      sheet.rows.append([
        .text("figure"), .text(new.name), .text(old.cell.plain), .text(new.cell.plain),
        .text(same ? "" : "changed"),
      ])
    }
    for entry in entries {
      let changes =
        entry.changes.isEmpty
        ? "changes no figure of the day" : entry.changes.joined(separator: ", ")
      sheet.rows.append([
        .text("learned"), .text("seq \(entry.seq) \(entry.event)"),
        .text("for \(entry.day)"), .text("on \(zone.day(of: entry.recorded))"), .text(changes),
      ])
    }
    if !byPolicy.isEmpty {
      sheet.rows.append([
        .text("policy"), .text("adopted since"), .none, .none,
        .text(byPolicy.joined(separator: ", ")),
      ])
    }
    if entries.isEmpty { sheet.notes.append("Nothing was learned of the account in between.") }
    return sheet
  }
}
