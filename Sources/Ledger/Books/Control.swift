/// Control: what the whole book holds, to be laid beside any other report.
///
/// Counts and sums by event come from the headers alone: of what stands, and beside it of what was
/// taken back, so that both together are what was entered. Sums by component come from reckoning
/// every account. That raised less received equals outstanding less credit is shown, not assumed.
package struct Control: Book {
  /// `show control`.
  package static let name = "control"

  struct EventKey: Hashable, Sendable {
    var type: UInt16
    var currency: UInt16
  }

  /// Events that stand, and those that were taken back.
  struct Counts: Hashable, Sendable {
    var count: Int64 = 0, amount: Int128 = 0
    var takenBack: Int64 = 0, amountTakenBack: Int128 = 0

    mutating func add(_ other: Counts) {
      count += other.count
      amount += other.amount
      takenBack += other.takenBack
      amountTakenBack += other.amountTakenBack
    }
  }

  struct Totals: Hashable, Sendable {
    var accounts: Int64 = 0
    var raised: Int128 = 0
    var received: Int128 = 0
    var overdue: Int128 = 0
    var outstanding: Int128 = 0
    var credit: Int128 = 0
    var claimed: Int64 = 0
    var overflows: [UInt32] = []
    var unpaid = [Int128](repeating: 0, count: Component.count)

    mutating func add(_ other: Totals) {
      accounts += other.accounts
      raised += other.raised
      received += other.received
      overdue += other.overdue
      outstanding += other.outstanding
      credit += other.credit
      claimed += other.claimed
      overflows += other.overflows
      for index in unpaid.indices { unpaid[index] += other.unpaid[index] }
    }
  }

  var events: [EventKey: Counts] = [:]
  var totals: [Currency: Totals] = [:]
  /// Anomalies by rule, as the anomalies book found them.
  package var anomalies: [String: Int64] = [:]

  /// An empty control.
  package init() {}

  /// Counts the events of a bundle up to `last`, by type and currency; those of `dead` were taken
  /// back.
  package mutating func count(
    _ bundle: borrowing Bundle, upTo last: Position, without dead: Set<Position>
  ) {
    for index in 0..<bundle.count {
      let header = bundle.header(index)
      if header.seq > last { return }
      let key = EventKey(type: header.type, currency: header.currency)
      let amount = Int128(header.amount)
      events[key, default: Counts()].add(
        dead.contains(header.seq)
          ? Counts(takenBack: 1, amountTakenBack: amount) : Counts(count: 1, amount: amount))
    }
  }

  /// Adds the figures of an account to those of its currency.
  package mutating func take(_ account: borrowing AccountView) {
    var sum = Totals()
    let result = account.reckoning
    sum.accounts = 1
    sum.raised = Int128(result.raised)
    sum.received = Int128(result.received)
    sum.overdue = Int128(result.overdue)
    sum.outstanding = Int128(result.outstanding)
    sum.credit = Int128(result.credit)
    sum.claimed = result.claimed ? 1 : 0
    if result.overflows { sum.overflows.append(account.number) }
    for index in 0..<Component.count { sum.unpaid[index] = Int128(result.unpaid[index]) }
    totals[account.currency, default: Totals()].add(sum)
  }

  /// Joins counts and sums.
  package mutating func merge(_ other: Control) {
    for (key, more) in other.events { events[key, default: Counts()].add(more) }
    for (key, more) in other.totals { totals[key, default: Totals()].add(more) }
    for (rule, count) in other.anomalies { anomalies[rule, default: 0] += count }
  }

  /// Events, then the totals of each currency, then anomalies by rule.
  package func sheet(_ naming: Naming) -> Sheet {
    var table = Sheet(
      title: "Control of the whole book",
      columns: [
        .init("section"), .init("item"), .init("currency"), .init("count", .integer),
        .init("amount", .money), .init("taken_back", .integer),
        .init("amount_taken_back", .money),
      ])
    let keys = events.keys.sorted {
      (Register.name(of: $0.type), $0.currency) < (Register.name(of: $1.type), $1.currency)
    }
    for key in keys {
      guard let counts = events[key] else { continue }
      let currency = Currency(rawValue: key.currency)
      let isTakenBack = counts.takenBack > 0
      table.rows.append([
        .text("event"), .text(Register.name(of: key.type)),
        key.currency == 0 ? .none : .text(currency.code), .integer(counts.count),
        key.currency == 0 ? .none : .money(counts.amount, currency),
        isTakenBack ? .integer(counts.takenBack) : .none,
        isTakenBack && key.currency != 0 ? .money(counts.amountTakenBack, currency) : .none,
      ])
    }
    for currency in totals.keys.sorted() { rows(currency, &table, naming) }
    for rule in anomalies.keys.sorted() {
      table.rows.append([
        .text("anomaly"), .text(rule), .none, .integer(anomalies[rule] ?? 0), .none, .none, .none,
      ])
    }
    return table
  }

  private func rows(_ currency: Currency, _ table: inout Sheet, _ naming: Naming) {
    guard let sum = totals[currency] else { return }
    func row(_ section: String, _ item: String, _ count: Int64?, _ amount: Int128) {
      table.rows.append([
        .text(section), .text(item), .text(currency.code), count.map(Sheet.Cell.integer) ?? .none,
        .money(amount, currency), .none, .none,
      ])
    }
    for component in Component.allCases where sum.unpaid[Int(component.rawValue)] != 0 {
      row("unpaid", component.code, nil, sum.unpaid[Int(component.rawValue)])
    }
    row("total", "raised", nil, sum.raised)
    row("total", "received", nil, sum.received)
    row("total", "overdue", nil, sum.overdue)
    row("total", "outstanding", sum.accounts, sum.outstanding)
    row("total", "credit", nil, sum.credit)
    let difference = sum.raised - sum.received - sum.outstanding + sum.credit
    row("total", "difference", nil, difference)
    if sum.claimed > 0 {
      table.notes.append(
        "\(sum.claimed) accounts in \(currency.code) stand on opening figures claimed by their "
          + "source system.")
    }
    if let note = Sheet.beyond(sum.overflows.map(naming.account)) { table.notes.append(note) }
    if difference != 0 {
      table.notes.append(
        "Raised less received is not outstanding less credit in \(currency.code): a payer's "
          + "instruction put money on a due that is not shown yet.")
    }
  }
}
