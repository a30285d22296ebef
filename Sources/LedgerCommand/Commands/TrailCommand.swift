import ArgumentParser
import Journaling
import Ledger

/// Replays the trail of one account.
struct TrailCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trail", abstract: "Replay the trail of one account.",
    discussion: """
      Each entry with when it happened, when the ledger learned it, and what it changed: the figures \
      at the end of the day it was recorded, without and with it.
        arrears trail LN-000042 --known-at 2026-04-05
      """)

  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var vantage: VantageOptions
  @OptionGroup var question: QuestionOptions
  @OptionGroup var format: FormatOptions

  @Option(help: "Only events whose name begins so, such as payment or due.raised.")
  var event: String?

  @Argument(help: "The account's id.")
  var account: String

  func run() throws {
    let journal = try ledger.open()
    try journal.reading { snapshot in
      let resolved = try vantage.resolve(journal, snapshot)
      let question = try question.question(resolved.vantage)
      guard
        var trail = try journal.trail(of: account, question, zone: resolved.zone, snapshot)
      else {
        throw Failure("The ledger has never heard of an account \(account).")
      }
      if let event { trail.entries.removeAll { !$0.event.hasPrefix(event) } }
      let policies = try journal.policies(question, snapshot)
      let reply = Reply(
        format: format, resolved: resolved,
        policies: policies.label(on: resolved.vantage.asOf), journal: journal)
      try reply.print(trail.sheet(), snapshot)
    }
  }
}
