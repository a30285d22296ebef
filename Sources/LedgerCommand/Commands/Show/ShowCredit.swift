import ArgumentParser
import Journaling
import Ledger

/// Reasons for delay.
struct ShowReasons: BookVerb {
  static let configuration = CommandConfiguration(
    commandName: "reasons", abstract: "Why debts are unpaid, as told, added up.",
    discussion: """
      Reasons that contacts of the period were told, and the overdue of the accounts for which each was \
      told last; what is overdue without one is none_told.
        arrears show reasons --from 2026-04-01 --as-of 2026-04-30
        arrears show reasons --as-of 2026-04-30 --by bucket
      """)

  @OptionGroup var book: BookOptions
  @OptionGroup var period: ClosingPeriod

  @Option(help: "total, product or bucket; as held on the day: collector, agency, legal, a unit.")
  var by: PeriodGrouping = .total

  mutating func validate() throws { try period.close(&book.vantage) }

  func make(_ resolved: VantageOptions.Resolved) throws -> DelayReasons {
    DelayReasons(
      by: by, from: try period.opening(resolved) + 1, asOf: resolved.vantage.asOf)
  }

  var words: [String] { ["--by", by.rawValue] + period.words + book.question.words }
}

/// Advice given.
struct ShowAdvice: BookVerb {
  static let configuration = CommandConfiguration(
    commandName: "advice", abstract: "Ways to repay that were compared, advised and taken.",
    discussion: """
      A contact with `options` compares ways to repay; each stands beside what was outstanding that day.
        arrears show advice --from 2026-04-01 --as-of 2026-04-30
      """)

  @OptionGroup var book: BookOptions
  @OptionGroup var period: ClosingPeriod

  mutating func validate() throws { try period.close(&book.vantage) }

  func make(_ resolved: VantageOptions.Resolved) throws -> AdviceRegister {
    AdviceRegister(from: try period.opening(resolved) + 1, asOf: resolved.vantage.asOf)
  }

  var words: [String] { period.words + book.question.words }
}

/// The credit watch.
struct ShowCredit: BookVerb {
  static let configuration = CommandConfiguration(
    commandName: "credit", abstract: "Customers who owe too much or too long for new credit.",
    discussion: """
      Limits are the policy `credit_limits`; the order is restriction.placed of kind credit_stop on the \
      customer, and account.opened and the allowing of a booking are refused while it stands.
        arrears show credit --as-of 2026-03-31
      """)

  @OptionGroup var book: BookOptions

  @Flag(help: "Show also customers who are within the limits.")
  var all = false

  func make(_ resolved: VantageOptions.Resolved) -> CreditWatch {
    CreditWatch(asOf: resolved.vantage.asOf, all: all)
  }

  var words: [String] { (all ? ["--all"] : []) + book.question.words }
}
