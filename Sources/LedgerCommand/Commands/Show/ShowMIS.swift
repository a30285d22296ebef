import ArgumentParser
import Journaling
import Ledger

extension PeriodGrouping: ExpressibleByArgument {}
extension RollMatrix.Form: ExpressibleByArgument {}
extension ManagementReport.Form: ExpressibleByArgument {}

/// A period between two day-ends: the opening is the day before --from, the closing --to.
struct ClosingPeriod: ParsableArguments {
  @Option(help: "First day of the period, YYYY-MM-DD. Default: of the month of its last day.")
  var from: String?

  @Option(help: "Last day of the period, the day asked about: the same as --as-of.")
  var to: String?

  /// Makes --to the day asked about.
  func close(_ vantage: inout VantageOptions) throws {
    guard let to else { return }
    guard Day(to) != nil else { throw ValidationError("--to \(to) is no day; write YYYY-MM-DD.") }
    guard vantage.asOf == nil || vantage.asOf == to else {
      throw ValidationError(
        "--to \(to) and --as-of \(vantage.asOf ?? "") name two days; leave one out.")
    }
    vantage.asOf = to
  }

  /// The opening day, the end of which the period begins with.
  func opening(_ resolved: VantageOptions.Resolved) throws -> Day {
    let last = resolved.vantage.asOf
    let first = try from.map { try Day($0, of: "--from") } ?? last.startOfMonth
    guard first <= last else { throw Failure("--from \(first) is after the last day, \(last).") }
    return first - 1
  }

  /// The words that name the period again, but for its last day, which is the vantage.
  var words: [String] { from.map { ["--from", $0] } ?? [] }
}

/// The roll matrix.
struct ShowRoll: BookVerb {
  static let configuration = CommandConfiguration(
    commandName: "roll", abstract: "From which bucket to which accounts went in a period.",
    discussion: """
      Opening is the end of the day before --from, closing the end of --to; both are known at \
      --known-at, so what was learned late is in both.
        arrears show roll --from 2026-04-01 --to 2026-04-30
        arrears show roll --from 2026-04-01 --to 2026-04-30 --by zone --form list
      """)

  @OptionGroup var book: BookOptions
  @OptionGroup var period: ClosingPeriod

  @Option(
    help: "total, product or bucket; as held at the opening: collector, agency, legal, a unit.")
  var by: PeriodGrouping = .total

  @Option(help: "matrix, or list: a line a move.")
  var form: RollMatrix.Form = .matrix

  mutating func validate() throws { try period.close(&book.vantage) }

  func make(_ resolved: VantageOptions.Resolved) throws -> RollMatrix {
    RollMatrix(
      by: by, form: form, opening: try period.opening(resolved), closing: resolved.vantage.asOf)
  }

  var words: [String] {
    ["--by", by.rawValue, "--form", form.rawValue] + period.words + book.question.words
  }
}

/// The management report.
struct ShowMIS: BookVerb {
  static let configuration = CommandConfiguration(
    commandName: "mis",
    abstract: "Opening, closing, and every rate between, each with its definition.",
    discussion: """
      Movement, cure, efficiency in four definitions, portfolio at risk, contact, promises, bounces, \
      recovery. An account belongs to whoever held it at the opening, the end of the day before --from.
        arrears show mis --from 2026-04-01 --to 2026-04-30
        arrears show mis --from 2026-04-01 --to 2026-04-30 --by collector --metric coverage,kept_count
      `roll` is the movement alone, laid out by bucket: how many normalised, rolled back, stabilised, \
      rolled forward.
        arrears show mis roll --from 2026-04-01 --to 2026-04-30
        arrears explain mis roll --bucket 31-60 --cell rolled_forward
      """)

  @OptionGroup var book: BookOptions
  @OptionGroup var period: ClosingPeriod

  @Argument(help: "figures, or roll: the movement alone.")
  var form: ManagementReport.Form = .figures

  @Option(
    help: """
      total, product or bucket; as held at the opening: collector, agency, legal, a unit. Default: \
      total, of roll bucket.
      """)
  var by: PeriodGrouping?

  @Option(help: "Only these figures, separated by commas.")
  var metric: String?

  mutating func validate() throws {
    try period.close(&book.vantage)
    if form == .roll, metric != nil {
      throw ValidationError("--metric chooses among the figures; leave it out of mis roll")
    }
  }

  func make(_ resolved: VantageOptions.Resolved) throws -> ManagementReport {
    let names = metric?.split(separator: ",").map(String.init) ?? []
    let known = ManagementReport.metrics.map(\.name)
    for name in names where !known.contains(name) {
      throw Failure("There is no figure \(name); there are \(known.joined(separator: ",")).")
    }
    return ManagementReport(
      by: grouping, form: form, opening: try period.opening(resolved),
      closing: resolved.vantage.asOf, only: Set(names))
  }

  private var grouping: PeriodGrouping { by ?? (form == .roll ? .bucket : .total) }

  var words: [String] {
    (form == .figures ? [] : [form.rawValue]) + ["--by", grouping.rawValue]
      + (metric.map { ["--metric", $0] } ?? []) + period.words
      + book.question.words
  }
}

/// Ratios of receivables.
struct ShowReceivables: BookVerb {
  static let configuration = CommandConfiguration(
    commandName: "receivables",
    abstract: "Collection effectiveness, days sales outstanding, days late.",
    discussion: """
      Sales are what was invoiced in the period, opening is the end of the day before --from.
        arrears show receivables --from 2026-01-01 --to 2026-03-31
      """)

  @OptionGroup var book: BookOptions
  @OptionGroup var period: ClosingPeriod

  @Option(
    help: "total, product or bucket; as held at the opening: collector, agency, legal, a unit.")
  var by: PeriodGrouping = .total

  mutating func validate() throws { try period.close(&book.vantage) }

  func make(_ resolved: VantageOptions.Resolved) throws -> ReceivablesReport {
    ReceivablesReport(
      by: by, opening: try period.opening(resolved), closing: resolved.vantage.asOf)
  }

  var words: [String] { ["--by", by.rawValue] + period.words + book.question.words }
}
