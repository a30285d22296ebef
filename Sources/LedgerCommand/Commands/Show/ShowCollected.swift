import ArgumentParser
import Journaling
import Ledger

extension HolderGrouping: ExpressibleByArgument {}

/// Credit of receipts to holders.
struct ShowCollected: BookVerb {
  static let configuration = CommandConfiguration(
    commandName: "collected", abstract: "Who is credited with the money of a period.",
    discussion: """
      A receipt belongs to whoever held the account when the money came. Reversals and late receipts \
      credit again; a reorganisation leaves old credit where it was.
        arrears show collected --from 2026-04-01 --to 2026-04-30 --by collector
      """)

  @OptionGroup var book: BookOptions
  @OptionGroup var period: PeriodOptions

  @Option(
    help: "collector, agency, legal, or a kind of unit: zone, state, region, area, branch, team.")
  var by: HolderGrouping = .collector

  func make(_ resolved: VantageOptions.Resolved) throws -> Collected {
    let (from, to) = try period.days(resolved)
    return Collected(by: by, from: from, to: to, asOf: resolved.vantage.asOf)
  }

  var words: [String] {
    ["--by", by.rawValue] + (period.from.map { ["--from", $0] } ?? [])
      + (period.to.map { ["--to", $0] } ?? []) + book.question.words
  }
}

/// A stretch of days: `--from DAY --to DAY`.
struct PeriodOptions: ParsableArguments {
  @Option(help: "First day, YYYY-MM-DD. Default: the first of the month of --to.")
  var from: String?

  @Option(help: "Last day, YYYY-MM-DD. Default: the day of --as-of.")
  var to: String?

  /// First and last day; the last is at most the day asked about unless it was given.
  func days(_ resolved: VantageOptions.Resolved) throws -> (from: Day, to: Day) {
    let last = try to.map { try Day($0, of: "--to") } ?? resolved.vantage.asOf
    let first = try from.map { try Day($0, of: "--from") } ?? last.startOfMonth
    guard first <= last else {
      throw Failure("--from \(first) is after --to \(last); exchange them.")
    }
    return (first, last)
  }
}
