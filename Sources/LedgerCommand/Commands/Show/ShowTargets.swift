import ArgumentParser
import Journaling
import Ledger

extension Target.Period: ExpressibleByArgument {}

/// Targets and what was reached of them.
struct ShowTargets: BookVerb {
  static let configuration = CommandConfiguration(
    commandName: "targets", abstract: "Targets that run on a day, and what was reached of them.",
    discussion: """
      A receipt counts for whoever held the account when it came, and for every unit above. Working \
      days are those of the policy `calendar`.
        arrears show targets --as-of 2026-04-30 --period month
      """)

  @OptionGroup var book: BookOptions

  @Option(help: "Only targets of a day, month, quarter or year.")
  var period: Target.Period?

  func make(_ resolved: VantageOptions.Resolved) -> TargetBook {
    TargetBook(asOf: resolved.vantage.asOf, period: period)
  }

  var words: [String] { (period.map { ["--period", $0.rawValue] } ?? []) + book.question.words }
}
