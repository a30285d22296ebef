import ArgumentParser
import Journaling
import Ledger

/// Queries.
struct ShowQueries: BookVerb {
  static let configuration = CommandConfiguration(
    commandName: "queries", abstract: "What customers asked, how long it waits, who answered.")

  @OptionGroup var book: BookOptions

  @Flag(help: "Only queries that nobody has answered.")
  var open = false

  func make(_ resolved: VantageOptions.Resolved) -> QueryRegister {
    QueryRegister(asOf: resolved.vantage.asOf, onlyOpen: open)
  }

  var words: [String] { (open ? ["--open"] : []) + book.question.words }
}

/// The correspondence file of one account.
struct ShowCorrespondence: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "correspondence",
    abstract: "What was written to and by one customer, and what was filed.",
    discussion: """
      Notices, statements, messages and letters, answers, services, and documents by their digest. \
      `kind` is the kind of notice, statement or document, or the purpose of a message.
        arrears show correspondence LN-000042 --from 2026-01-01 --kind reminder
      """)

  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var vantage: VantageOptions
  @OptionGroup var question: QuestionOptions
  @OptionGroup var format: FormatOptions

  @Argument(help: "The account's id.")
  var account: String

  @Option(help: "First day, YYYY-MM-DD. Default: from the beginning.")
  var from: String?

  @Option(help: "Only this kind.")
  var kind: String?

  func run() throws {
    let journal = try ledger.open()
    try journal.reading { snapshot in
      let resolved = try vantage.resolve(journal, snapshot)
      let question = try question.question(resolved.vantage)
      let asOf = resolved.vantage.asOf
      let book = Correspondence(
        from: try Day.from(from, until: asOf, else: .none), asOf: asOf, kind: kind)
      guard let answer = try journal.answer(book, account: account, question, snapshot) else {
        throw Failure.unheard(account)
      }
      let reply = Reply(
        format: format, resolved: resolved,
        policies: answer.policies.label(on: resolved.vantage.asOf), journal: journal)
      try reply.print(answer.book.sheet(journal.naming), snapshot)
    }
  }
}
