/// The register of advice: ways to repay that were compared for customers, what each costs against
/// what was outstanding on that day, which was advised, and whether it was taken.
package struct AdviceRegister: Book {
  /// The name scripts use.
  package static let name = "advice_register"

  private struct Line: Sendable {
    var account: UInt32
    var customer: String
    var row: Advice.Row
    var outstanding: Int64
    var takenUp: Day?
  }

  let from: Day
  let asOf: Day
  private var lines: [Line] = []
  private var reckoner = Reckoner()

  /// No advice yet, given on the days from `from` to `asOf`.
  package init(from: Day, asOf: Day) {
    self.from = from
    self.asOf = asOf
  }

  /// What was compared, the money of that day, and the plans and settlements that came of it.
  package var reads: Desk.Reads { [.advice, .money, .plans, .settlements] }
  /// Accounts of which something was compared.
  package var leads: Desk.Reads { .advice }

  /// Takes the ways that were compared for an account.
  package mutating func take(_ account: borrowing AccountView) throws(WireError) {
    let days = from.rawValue...max(from, asOf).rawValue
    for row in account.desk.advice.rows where days.contains(row.day) {
      let then = try account.reckoned(asOf: Day(rawValue: row.day), with: &reckoner)
      lines.append(
        Line(
          account: account.number, customer: account.debtor, row: row,
          outstanding: then.outstanding, takenUp: Advice.takenUp(row, account, asOf: asOf)))
    }
  }

  /// Joins what was compared for other accounts.
  package mutating func merge(_ other: AdviceRegister) { lines += other.lines }

  /// A line for each way, by the day of the contact; inside a contact as it was told.
  package func sheet(_ naming: Naming) -> Sheet {
    var table = Sheet(
      title: "Ways to repay that were compared, \(from) to \(asOf)",
      columns: [
        .init("day", .day), .init("account"), .init("customer"), .init("option"),
        .init("currency"), .init("adviser"), .init("outstanding", .money), .init("total", .money),
        .init("saved", .money), .init("instalments", .integer), .init("each", .money),
        .init("until", .day), .init("days", .integer), .init("advised"), .init("taken_up", .day),
      ])
    let named = naming.ordered(lines, of: \.account) { ($0.row.day, $0.row.seq) }
    for (account, line) in named { table.rows.append(cells(account, line, naming)) }
    table.definitions = AdviceRegister.definitions
    let advised = lines.filter(\.row.advised)
    table.notes.append(
      "\(Set(lines.map(\.row.seq)).count) contacts compared \(lines.count) ways; "
        + "\(advised.count) were advised, \(advised.count { $0.takenUp != nil }) of these taken.")
    return table
  }

  private func cells(_ account: String, _ line: Line, _ naming: Naming) -> [Sheet.Cell] {
    let row = line.row
    let currency = Currency(rawValue: row.currency)
    let each =
      row.instalments > 0 ? Ratio(row.total, of: row.instalments).scaled(by: 1) : nil
    let ends = row.until == .min ? nil : Day(rawValue: row.until)
    return [
      .day(Day(rawValue: row.day)), .text(account), .text(line.customer),
      .text(Register.codes["repayment_option"]?.code(row.kind)?.code ?? "of no list"),
      .text(currency.code), .text(naming.actor(row.actor)),
      .money(Int128(line.outstanding), currency), .money(Int128(row.total), currency),
      .money(Int128(line.outstanding) - Int128(row.total), currency),
      row.instalments > 0 ? .integer(row.instalments) : .none,
      each.map { .money(Int128($0), currency) } ?? .none, ends.map { .day($0) } ?? .none,
      ends.map { .integer(Int64($0 - Day(rawValue: row.day))) } ?? .none,
      .text(row.advised ? "yes" : ""), line.takenUp.map { .day($0) } ?? .none,
    ]
  }

  private static let definitions = [
    ("outstanding", "outstanding at the end of the day of the contact"),
    ("total", "what the way costs the customer in all"),
    ("saved", "outstanding less total; below zero the way costs more"),
    ("each", "total over instalments, half up"),
    ("days", "from the contact to the last payment"),
    (
      "taken_up",
      "of the way advised: the day a plan was agreed, a settlement accepted, or total paid since"
    ),
  ]
}
