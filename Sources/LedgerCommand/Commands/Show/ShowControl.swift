import ArgumentParser
import Journaling
import Ledger

/// Control of the whole book.
struct ShowControl: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "control", abstract: "Counts by event, sums by component, anomalies.",
    discussion: """
      Events are counted that stand; those that were taken back have columns of their own.
      """)

  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var vantage: VantageOptions
  @OptionGroup var question: QuestionOptions
  @OptionGroup var format: FormatOptions

  func run() throws {
    let journal = try ledger.open()
    try journal.reading { snapshot in
      let resolved = try vantage.resolve(journal, snapshot)
      let question = try question.question(resolved.vantage)
      var bar = Progress("control")
      var control = try snapshot.control(to: resolved.vantage.knownAt)
      let answer = try journal.answer(control, question, snapshot) { bar.show($0, of: $1) }
      control = answer.book
      control.anomalies = try journal.anomalies(question, snapshot) { bar.show($0, of: $1) }.counts
      bar.finish()
      let reply = Reply(
        format: format, resolved: resolved,
        policies: answer.policies.label(on: resolved.vantage.asOf), journal: journal)
      try reply.print(control.sheet(Naming { _ in "" }), snapshot)
    }
  }
}
