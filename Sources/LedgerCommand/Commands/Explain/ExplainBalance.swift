import ArgumentParser
import Journaling
import Ledger

extension Language: ExpressibleByArgument {}

/// Tells a customer why the account owes what it owes.
struct ExplainBalance: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "balance", abstract: "Why an account owes what it owes, in a customer's words.",
    discussion: """
      One sentence for each thing that happened, with what was owed in all after it.
        arrears explain balance LN-000042 --as-of 2026-03-31 --lang hi
      """)

  @OptionGroup var book: BookOptions

  @Option(help: "en or hi.")
  var lang: Language = .english

  @Argument(help: "The account's id.")
  var account: String

  func run() throws {
    let journal = try book.ledger.open()
    try journal.reading { snapshot in
      let resolved = try book.vantage.resolve(journal, snapshot)
      let question = try book.question.question(resolved.vantage)
      let found = try journal.balance(of: account, question, language: lang, snapshot)
      guard let found else { throw Failure.unheard(account) }
      let policies = try journal.policies(question, snapshot)
      let reply = Reply(
        format: book.format, resolved: resolved,
        policies: policies.label(on: resolved.vantage.asOf), journal: journal)
      try reply.print(found.sheet(), snapshot)
    }
  }
}
