import ArgumentParser
import Journaling
import Ledger

/// The card of one account.
struct ShowCard: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "card", abstract: "One account on one page.")

  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var vantage: VantageOptions
  @OptionGroup var question: QuestionOptions
  @OptionGroup var format: FormatOptions

  @Argument(help: "The account's id.")
  var account: String

  func run() throws {
    let journal = try ledger.open()
    try journal.reading { snapshot in
      let resolved = try vantage.resolve(journal, snapshot)
      let question = try question.question(resolved.vantage)
      var card = Card(account: account, asOf: resolved.vantage.asOf)
      guard let number = try snapshot.number(.account, account) else {
        throw Failure.unheard(account)
      }
      card.ids = try journal.obligationIDs(of: number, snapshot)
      let answer = try journal.answer(card, account: account, question, snapshot)
      guard let answer else {
        throw Failure.unheard(account)
      }
      let reply = Reply(
        format: format, resolved: resolved,
        policies: answer.policies.label(on: resolved.vantage.asOf), journal: journal)
      try reply.print(answer.book.sheet(journal.naming), snapshot)
    }
  }
}
