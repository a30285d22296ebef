import ArgumentParser
import Journaling
import Ledger

/// The statement of one account.
struct ShowStatement: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "statement", abstract: "The figures of a customer's statement.",
    discussion: """
      Every entry that moved the balance, with its position in the ledger as ref. The balance is what \
      is outstanding, below zero what is in the customer's favour. --to is the day asked about.
        arrears show statement LN-000042 --from 2026-01-01 --to 2026-03-31
      """)

  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var vantage: VantageOptions
  @OptionGroup var period: PeriodOptions
  @OptionGroup var question: QuestionOptions
  @OptionGroup var format: FormatOptions

  @Argument(help: "The account's id.")
  var account: String

  func run() throws {
    var vantage = vantage
    if let to = period.to {
      guard vantage.asOf == nil || vantage.asOf == to else {
        throw Failure("--to is the day asked about; give it or --as-of, not two days.")
      }
      vantage.asOf = to
    }
    let journal = try ledger.open()
    try journal.reading { snapshot in
      let resolved = try vantage.resolve(journal, snapshot)
      let (from, _) = try period.days(resolved)
      let question = try question.question(resolved.vantage)
      guard
        let (statement, policies) = try journal.statement(
          of: account, from: from, question, snapshot)
      else { throw Failure("The ledger has never heard of an account \(account).") }
      let reply = Reply(
        format: format, resolved: resolved, policies: policies.label(on: resolved.vantage.asOf),
        journal: journal)
      try reply.print(statement.sheet(), snapshot)
    }
  }
}
