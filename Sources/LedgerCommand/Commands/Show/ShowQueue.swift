import ArgumentParser
import Journaling
import Ledger

/// The work queue.
struct ShowQueue: BookVerb {
  static let configuration = CommandConfiguration(
    commandName: "queue", abstract: "Which account first today, why, and what to do.",
    discussion: """
      Accounts that owe, by the score of the policy `priority_score`. Those that must be left alone \
      stand below with the reason.
        arrears show queue --collector asha --as-of 2026-03-31
      """)

  @OptionGroup var book: BookOptions

  @Option(help: "Only accounts that this collector, agency or desk holds.")
  var collector: String?

  func make(_ resolved: VantageOptions.Resolved) -> WorkQueue {
    WorkQueue(asOf: resolved.vantage.asOf, collector: collector)
  }

  var words: [String] { (collector.map { ["--collector", $0] } ?? []) + book.question.words }
}
