import ArgumentParser
import Journaling
import Ledger

/// The follow-ups due.
struct ShowFollowups: BookVerb {
  static let configuration = CommandConfiguration(
    commandName: "followups", abstract: "Next actions and promises whose day has come.",
    discussion: """
      What a contact said was to be done by now, and promises due or failed, where nobody has tried \
      since. Accounts that must be left alone stand below with the reason.
        arrears show followups --collector asha --as-of 2026-03-31
      """)

  @OptionGroup var book: BookOptions

  @Option(help: "Only accounts that this collector, agency or desk holds.")
  var collector: String?

  func make(_ resolved: VantageOptions.Resolved) -> FollowUps {
    FollowUps(asOf: resolved.vantage.asOf, collector: collector)
  }

  var words: [String] { (collector.map { ["--collector", $0] } ?? []) + book.question.words }
}
