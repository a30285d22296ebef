/// The reconciliation of deposits: slip against receipts or cheques, and against the bank's credit.
package struct DepositRegister: Sendable {
  /// `show deposits`.
  package static let name = "deposits"
  private let custody: Cash.Custody
  private let from: Day
  private let onlyOpen: Bool

  /// The register of deposits made from a day on; with `onlyOpen`, without those that agree.
  package init(_ custody: Cash.Custody, from: Day, onlyOpen: Bool) {
    (self.custody, self.from, self.onlyOpen) = (custody, from, onlyOpen)
  }

  /// Deposits by day, then the bank's answers about deposits that nobody made.
  package var sheet: Sheet {
    var table = Sheet(
      title: "Deposits",
      columns: [
        .init("deposit"), .init("kind"), .init("holder"), .init("deposited_on", .day),
        .init("bank_account"), .init("slip_no"), .init("currency"), .init("slip", .money),
        .init("papers", .integer), .init("papers_sum", .money),
        .init("slip_less_papers", .money), .init("credited", .money), .init("came_back", .money),
        .init("answered_on", .day), .init("difference", .money), .init("status"),
        .init("not_held"), .init("in_another"),
      ])
    table.keys = 2
    let made = custody.deposits.filter { $0.day >= from && !(onlyOpen && $0.agrees) }
    for deposit in made.sorted(by: { ($0.day, $0.id, $0.seq) < ($1.day, $1.id, $1.seq) }) {
      let currency = deposit.slip.currency
      func sum(_ minor: Int128?) -> Sheet.Cell { minor.map { .money($0, currency) } ?? .none }
      table.rows.append([
        .text(deposit.id), .text(deposit.kind.rawValue), .text(deposit.holder),
        .day(deposit.day), .text(deposit.bankAccount), .text(deposit.slipNo),
        .text(currency.code), sum(Int128(deposit.slip.minor)), .integer(deposit.papers),
        sum(deposit.papersSum), sum(Int128(deposit.slip.minor) - deposit.papersSum),
        sum(deposit.credited), deposit.cameBack == 0 ? .none : sum(deposit.cameBack),
        deposit.answeredOn.map { .day($0) } ?? .none, sum(deposit.difference),
        .text(deposit.stage.rawValue), .text(deposit.unknown.joined(separator: ", ")),
        .text(deposit.twice.joined(separator: ", ")),
      ])
    }
    let strays = custody.strays.filter { $0.move.day >= from }
    for (move, body) in strays.sorted(by: { $0.move.precedes($1.move) }) {
      table.rows.append([
        .text(body.deposit), .text(""), .text(""), .none, .text(""), .text(""),
        .text(body.amount.currency.code), .none, .none, .none, .none,
        body.accepted ? .money(Int128(body.amount.minor), body.amount.currency) : .none, .none,
        .day(move.day), .none, .text("no_deposit"), .text(""), .text(""),
      ])
    }
    let waiting = custody.deposits.filter { $0.day >= from && $0.stage == .awaiting }.count
    let differ = custody.deposits.filter { $0.day >= from && $0.isAtOdds }.count
    table.notes.append(
      "\(waiting) await the bank; \(differ) are at odds with their papers or with the bank; "
        + "\(strays.count) answers of the bank are about no deposit.")
    return table
  }
}

extension Cash.Deposit {
  /// Whether slip and papers differ, or slip and bank.
  var isAtOdds: Bool {
    Int128(slip.minor) != papersSum || !unknown.isEmpty || !twice.isEmpty
      || stage != .awaiting && stage != .confirmed
  }

  /// Whether slip, papers and bank agree.
  var agrees: Bool { stage == .confirmed && !isAtOdds }
}
