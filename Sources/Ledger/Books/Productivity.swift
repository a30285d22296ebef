/// What collectors achieve by the day present and by the hour (`domain.md` 3.4): the denominators
/// are the shifts that were worked, not the days of the calendar.
///
/// Attempts, visits and promises are those of the actor; money is credited to whoever held the
/// account when it came, as in ``Collected``.
package struct Productivity: Book {
  /// `show productivity`.
  package static let name = "productivity"

  private struct Sums: Hashable, Sendable {
    var receipts: Int64 = 0
    var collected: Int128 = 0
  }

  private struct Key: Hashable, Sendable {
    var holder: Holder
    var currency: Currency
  }

  let days: ClosedRange<Day>
  let attendance: Attendance
  private var holders = Holders(by: .collector)
  private var credits = Credits()
  private var work: [UInt32: ContactTally] = [:]
  private var seen: [UInt32: Int8] = [:]
  private var money: [Key: Sums] = [:]

  /// Nothing done yet on the days from `from` to `asOf`.
  package init(from: Day, asOf: Day, _ attendance: Attendance) {
    days = min(from, asOf)...asOf
    self.attendance = attendance
  }

  /// Contacts and promises; allocations and money.
  package var reads: Desk.Reads { [.contacts, .promises, .allocations, .money] }
  /// Every account is in it.
  package var leads: Desk.Reads { [] }

  /// Counts the work done on an account, and credits its money.
  package mutating func take(_ account: borrowing AccountView) {
    if account.isFirst { takeWork(account) }
    credits.read(account, asOf: days.upperBound)
    for credit in credits.all
    where credit.held?.kind == .collector && days.contains(Day(rawValue: credit.day)) {
      let holder = holders.line(of: credit.held, on: Day(rawValue: credit.seen), account.house)
      var sums = money[Key(holder: holder, currency: account.currency)] ?? Sums()
      sums.receipts += credit.isReceipt ? 1 : 0
      sums.collected += Int128(credit.isReceipt ? credit.amount : -credit.amount)
      money[Key(holder: holder, currency: account.currency)] = sums
    }
  }

  private mutating func takeWork(_ account: borrowing AccountView) {
    seen.removeAll(keepingCapacity: true)
    for row in account.desk.contacts.rows where days.contains(Day(rawValue: row.day)) {
      let before = seen[row.actor] ?? 0
      seen[row.actor] = before | work[row.actor, default: ContactTally()].add(row, before)
    }
    for row in account.desk.promises.rows
    where row.kind == .item && row.item == 1 && days.contains(Day(rawValue: row.made)) {
      work[row.actor, default: ContactTally()].promises += 1
    }
  }

  /// Joins other accounts.
  package mutating func merge(_ other: Productivity) {
    for (actor, more) in other.work { work[actor, default: ContactTally()].add(more) }
    for (key, more) in other.money {
      var sums = money[key] ?? Sums()
      sums.receipts += more.receipts
      sums.collected += more.collected
      money[key] = sums
    }
    holders.merge(other.holders)
  }

  /// A row a collector and currency.
  package func sheet(_ naming: Naming) -> Sheet {
    var table = Sheet(
      title: "Productivity from \(days.lowerBound) to \(days.upperBound)",
      columns: [
        .init("collector"), .init("currency"), .init("days_present", .integer), .init("hours"),
        .init("attempts_per_day"), .init("visits_per_day"), .init("right_party_per_hour"),
        .init("promises_per_day"), .init("receipts", .integer), .init("receipts_per_day"),
        .init("collected", .money), .init("collected_per_day", .money),
        .init("collected_per_right_party", .money),
      ])
    // Several actor numbers may be one person in several roles.
    var done: [String: ContactTally] = [:]
    for (actor, tally) in work { done[naming.actor(actor), default: ContactTally()].add(tally) }
    var earned: [String: [Currency: Sums]] = [:]
    for (key, sums) in money {
      earned[holders.name(key.holder, naming), default: [:]][key.currency] = sums
    }
    let names = Set(done.keys).union(earned.keys).union(attendance.people(days))
    for name in names.sorted() {
      let currencies = earned[name].map { $0.keys.sorted { $0.code < $1.code } } ?? [.none]
      for currency in currencies {
        table.rows.append(
          cells(name, currency, done[name] ?? ContactTally(), earned[name]?[currency] ?? Sums()))
      }
    }
    table.definitions = Productivity.definitions
    table.notes.append(
      "Nothing where no shift was recorded. What a collector costs cannot be said: no event records "
        + "salaries, visits' expenses or messages. Resolution of one's own accounts: `arrears show mis "
        + "--by collector --metric resolution_count`.")
    return table
  }

  private func cells(
    _ name: String, _ currency: Currency, _ done: ContactTally, _ earned: Sums
  ) -> [Sheet.Cell] {
    let (days, minutes) = attendance.presence(of: name, days)
    func rate(_ count: Int64, of whole: Int64?) -> Sheet.Cell {
      let ratio = Ratio(count, of: 100 * (whole ?? 0))
      return ratio.basisPoints == nil ? .none : .text(ratio.percent)
    }
    func share(of whole: Int64) -> Sheet.Cell {
      guard currency != .none, let share = Ratio(earned.collected, of: whole).scaled(by: 1) else {
        return .none
      }
      return .money(Int128(share), currency)
    }
    return [
      .text(name), .text(currency == .none ? "" : currency.code), .integer(days),
      minutes.map { rate($0, of: 60) } ?? .none, rate(done.attempts, of: days),
      rate(done.visits, of: days), rate(done.rightParty * 60, of: minutes),
      rate(done.promises, of: days), .integer(earned.receipts), rate(earned.receipts, of: days),
      currency == .none ? .none : .money(earned.collected, currency), share(of: days),
      share(of: done.rightParty),
    ]
  }

  private static let definitions: [(name: String, sentence: String)] = [
    ("days_present", "days of the period with a shift worked (`unit.shift_worked`)"),
    (
      "hours",
      "of these shifts; nothing, and no rate by the hour, where one does not say its length"
    ),
    ("attempts_per_day", "outbound attempts by the collector over days present"),
    ("visits_per_day", "visits among them over days present"),
    ("right_party_per_hour", "attempts that reached the right party over hours"),
    ("promises_per_day", "promises the collector took over days present"),
    ("receipts", "payments that came while the collector held the account"),
    ("receipts_per_day", "these over days present"),
    ("collected", "their money, less what was taken back of money credited to the collector"),
    ("collected_per_day", "collected over days present, half up"),
    ("collected_per_right_party", "collected over the collector's right-party contacts, half up"),
  ]
}
