import ArgumentParser
import Journaling
import Ledger

/// The custody of cash.
struct ShowCash: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cash", abstract: "Cash by holder: taken, passed on, banked, in hand, how old.",
    discussion: """
      Moves count in the order of the world; cash goes out by the receipts a paper names, then oldest \
      first. How much may be held, and how long, is the policy `cash_limits`.
        arrears show cash --as-of 2026-03-31 --from 2026-03-01
      """)

  @OptionGroup var register: RegisterOptions

  @Option(help: "First day of the moves that are added up. Default: the day of --as-of.")
  var from: String?

  @Option(help: "Only the cash of this holder.")
  var holder: String?

  func run() throws {
    let first = try from.map { try Day($0, of: "--from") }
    try register.show { vantage, journal, snapshot in
      let moves = try journal.cashMoves(vantage, snapshot)
      let custody = Cash.Custody(moves, from: first ?? vantage.asOf)
      let policies = try journal.policies(Question(vantage: vantage), snapshot)
      let terms = try policies.terms(
        for: PolicySubject(product: "", account: ""), on: vantage.asOf)
      return CashRegister(custody, asOf: vantage.asOf, terms: terms, only: holder).sheet
    }
  }
}

/// The reconciliation of deposits.
struct ShowDeposits: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "deposits",
    abstract: "Deposits: slip against receipts or cheques, and against the bank's credit.")

  @OptionGroup var register: RegisterOptions

  @Option(help: "Only deposits made from this day on.")
  var from: String?

  @Flag(help: "Only deposits that await the bank, or are at odds with their papers or with it.")
  var open = false

  func run() throws {
    let first = try from.map { try Day($0, of: "--from") }
    try register.show { vantage, journal, snapshot in
      let custody = Cash.Custody(try journal.cashMoves(vantage, snapshot))
      return DepositRegister(custody, from: first ?? .none, onlyOpen: open).sheet
    }
  }
}
