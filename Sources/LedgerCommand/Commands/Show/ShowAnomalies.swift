import ArgumentParser
import Journaling
import Ledger

/// What was imported although a command would have been refused.
struct ShowAnomalies: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "anomalies", abstract: "History that a command would have refused.",
    discussion: "Exit status 1 when there is any.")

  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var vantage: VantageOptions
  @OptionGroup var question: QuestionOptions
  @OptionGroup var format: FormatOptions

  func run() throws {
    let journal = try ledger.open()
    let found = try journal.reading { snapshot in
      let resolved = try vantage.resolve(journal, snapshot)
      let question = try question.question(resolved.vantage)
      var bar = Progress("anomalies")
      let anomalies = try journal.anomalies(question, snapshot) { bar.show($0, of: $1) }
      bar.finish()
      let policies = try journal.policies(question, snapshot)
      let reply = Reply(
        format: format, resolved: resolved,
        policies: policies.label(on: resolved.vantage.asOf), journal: journal)
      try reply.print(anomalies.sheet(), snapshot)
      return anomalies.rows.count
    }
    if found > 0 { throw ExitCode(1) }
  }
}
