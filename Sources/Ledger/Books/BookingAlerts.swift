/// Alerts about bookings: who bought while overdue, who was told, what was decided and how fast.
package struct BookingAlerts: Book {
  /// `show bookings`.
  package static let name = "bookings"

  private struct Arrear: Sendable {
    var booking: Int
    var account: UInt32
    var currency: Currency
    var overdue: Int64
    var dpd: Int
  }

  private let cases: [Booking.Case]
  private let all: Bool
  private var customers: [String: [Int]] = [:]
  private var arrears: [Arrear] = []
  private var reckoner = Reckoner()

  /// Alerts of bookings told by a vantage; with `all` also of customers who owed nothing overdue.
  package init(_ list: Booking.List, all: Bool) {
    cases = list.cases
    self.all = all
    for index in cases.indices {
      customers[cases[index].recorded.body.customer, default: []].append(index)
    }
  }

  /// The money, to look at the day of a booking.
  package var reads: Desk.Reads { .money }
  /// Every account: whose it is shows only there.
  package var leads: Desk.Reads { [] }

  /// Takes what an account was overdue at the end of the days on which its debtor booked.
  package mutating func take(_ account: borrowing AccountView) throws(WireError) {
    for index in customers[account.debtor] ?? [] {
      let figures = try account.reckoned(asOf: cases[index].recorded.day, with: &reckoner)
      guard figures.overdue > 0 else { continue }
      arrears.append(
        Arrear(
          booking: index, account: account.number, currency: account.currency,
          overdue: figures.overdue, dpd: figures.dpd))
    }
  }

  /// Joins what other accounts were overdue.
  package mutating func merge(_ other: BookingAlerts) { arrears += other.arrears }

  /// A line for each booking, and for each currency in which its customer was overdue; by day.
  package func sheet(_ naming: Naming) -> Sheet {
    var table = Sheet(
      title: "Bookings by customers who were overdue",
      columns: [
        .init("booking"), .init("customer"), .init("overdue_currency"), .init("booked_on", .day),
        .init("product"), .init("sales_ref"), .init("currency"), .init("amount", .money),
        .init("accounts", .integer), .init("overdue", .money), .init("dpd", .integer),
        .init("told"), .init("told_on", .day), .init("stage"), .init("decided_on", .day),
        .init("decided_by"), .init("minutes", .integer),
      ])
    table.keys = 3
    var waiting = 0
    let order = cases.indices.sorted {
      (cases[$0].recorded.day, cases[$0].recorded.seq)
        < (cases[$1].recorded.day, cases[$1].recorded.seq)
    }
    let arrears = Dictionary(grouping: arrears, by: \.booking)
    for index in order {
      let mine = arrears[index] ?? []
      if mine.isEmpty, !all { continue }
      if !mine.isEmpty, cases[index].decision == nil { waiting += 1 }
      var currencies = Set(mine.map(\.currency)).sorted()
      if currencies.isEmpty { currencies = [.none] }
      for currency in currencies {
        table.rows.append(cells(cases[index], mine.filter { $0.currency == currency }, naming))
      }
    }
    table.notes.append(
      "Overdue is what stood at the end of the day of the booking. Not decided: \(waiting).")
    return table
  }

  private func cells(_ one: Booking.Case, _ mine: [Arrear], _ naming: Naming) -> [Sheet.Cell] {
    let body = one.recorded.body
    let stage =
      one.decision?.body.decision
      ?? (mine.isEmpty ? "clear" : one.told.isEmpty ? "to_intimate" : "unacknowledged")
    let overdue = mine.reduce(Int128(0)) { $0 + Int128($1.overdue) }
    return [
      .text(body.booking), .text(body.customer), .text(mine.first?.currency.code ?? ""),
      .day(one.recorded.day), .text(body.product ?? ""), .text(body.salesRef ?? ""),
      .text(body.amount?.currency.code ?? ""),
      body.amount.map { .money(Int128($0.minor), $0.currency) } ?? .none,
      .integer(Int64(Set(mine.map(\.account)).count)),
      mine.first.map { .money(overdue, $0.currency) } ?? .none,
      mine.map(\.dpd).max().map { .integer(Int64($0)) } ?? .none,
      .text(one.told.map(\.body.to).joined(separator: ", ")),
      one.told.first.map { .day($0.day) } ?? .none, .text(stage),
      one.decision.map { .day($0.day) } ?? .none,
      .text(one.decision.map { naming.actor($0.actor) } ?? ""),
      one.minutes.map { .integer($0) } ?? .none,
    ]
  }
}
