/// The trail: everything the ledger heard about one account, in the order in which it heard it,
/// with what each entry changed.
package struct Trail: Sendable {
  /// One entry, ready to be printed.
  package struct Entry: Sendable {
    /// Position.
    package var seq: Position
    /// Number of the account that it is about, 0 for none.
    package var account: UInt32
    /// When the ledger learned it, on the ledger's clock.
    package var recorded: ClockTime
    /// When it happened, on the clock it was read from.
    package var occurred: ClockTime
    /// The day from which it counts.
    package var day: Day
    /// Who did it.
    package var actor: String
    /// The event's name.
    package var event: String
    /// The event's id.
    package var id: String
    /// The body in short: `payment=R1 amount=10000.00 INR`.
    package var what: String
    /// The figures at the end of the day it was recorded, without and with it.
    package var before: Reckoning?, after: Reckoning?
    /// Where the bytes came from.
    package var source: String

    /// An entry.
    package init(
      seq: Position, account: UInt32, recorded: ClockTime, occurred: ClockTime, day: Day,
      actor: String, event: String, id: String, what: String, before: Reckoning?, after: Reckoning?,
      source: String
    ) {
      self.seq = seq
      self.account = account
      self.recorded = recorded
      self.occurred = occurred
      self.day = day
      self.actor = actor
      self.event = event
      self.id = id
      self.what = what
      self.before = before
      self.after = after
      self.source = source
    }
  }

  /// The account's id and currency.
  package let account: String, currency: Currency
  /// The entries, by position.
  package var entries: [Entry] = []

  /// An empty trail of an account.
  package init(account: String, currency: Currency) {
    self.account = account
    self.currency = currency
  }

  /// The table: seq, recorded, occurred, value_date, actor, event, what, changed, source, id.
  package func sheet() -> Sheet {
    var table = Sheet(
      title: "Trail of account \(account)",
      columns: [
        .init("seq", .integer), .init("recorded"), .init("occurred"), .init("value_date", .day),
        .init("actor"), .init("event"), .init("what"), .init("changed"), .init("source"),
        .init("id"),
      ])
    table.rows = entries.map { entry in
      [
        .integer(Int64(entry.seq)), .text(Trail.minute(entry.recorded)),
        .text(Trail.minute(entry.occurred)), .day(entry.day), .text(entry.actor),
        .text(entry.event), .text(entry.what), .text(changed(entry)), .text(entry.source),
        .text(entry.id),
      ]
    }
    table.notes.append(
      "Whether the entries are those that were stored, hash by hash: `arrears verify`.")
    return table
  }

  // To the minute: the table is for reading; the export has every digit.
  private static func minute(_ time: ClockTime) -> String {
    let text = time.description
    let day = text.prefix(10)
    let clock = text.dropFirst(11).prefix(5)
    return day + " " + clock + text.suffix(6)
  }

  private func changed(_ entry: Entry) -> String {
    guard let before = entry.before, let after = entry.after else { return "" }
    var parts: [String] = []
    func sum(_ name: String, _ a: Int64, _ b: Int64) {
      guard a != b else { return }
      let from = Money(minor: a, currency: currency).decimal
      let to = Money(minor: b, currency: currency).decimal
      parts.append("\(name) \(from) -> \(to)")
    }
    sum("overdue", before.overdue, after.overdue)
    sum("outstanding", before.outstanding, after.outstanding)
    sum("credit", before.credit, after.credit)
    if before.dpd != after.dpd { parts.append("dpd \(before.dpd) -> \(after.dpd)") }
    if (before.npaSince == nil) != (after.npaSince == nil) {
      parts.append(after.npaSince == nil ? "no longer npa" : "npa")
    }
    if before.closed != after.closed { parts.append(after.closed ? "closed" : "open again") }
    return parts.joined(separator: ", ")
  }
}
