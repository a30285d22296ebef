import ArgumentParser
import Journaling
import Ledger

/// The register of returns.
struct ShowBounces: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bounces", abstract: "Cheques and debits that came back, and what became of them.",
    discussion: """
      A charge for a return belongs to the account's last return by its day. credit_kept is money \
      that the return should have taken back and that is credited still.
      """)

  @OptionGroup var book: BookOptions
  @OptionGroup var period: ReturnsPeriod

  func run() throws {
    try book.show {
      BounceRegister(from: try period.first(until: $0.vantage.asOf), to: $0.vantage.asOf)
    }
  }
}

/// Bounce rates.
struct ShowBounceRates: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bounce-rates", abstract: "How much of what was presented came back.",
    discussion: """
      Of first presentations in the period: bounced by count and value, without technical returns, \
      net of what a later presentation brought in, and how much of the bounced is no longer owed.
        arrears show bounce-rates --from 2026-03-01 --as-of 2026-03-31 --by collector
      """)

  @OptionGroup var book: BookOptions
  @OptionGroup var period: ReturnsPeriod

  @Option(
    help: "total, product or bucket; as held at the opening: collector, agency, legal, a unit.")
  var by: PeriodGrouping = .total

  func run() throws {
    try book.show {
      BounceRates(from: try period.first(until: $0.vantage.asOf), to: $0.vantage.asOf, by: by)
    }
  }
}

/// A period that ends with the day asked about.
struct ReturnsPeriod: ParsableArguments {
  @Option(
    name: .long, help: "First day of the period, YYYY-MM-DD. Default: of the month of --as-of.")
  var from: String?

  /// Its first day.
  func first(until last: Day) throws -> Day {
    try Day.from(from, until: last, else: last.startOfMonth)
  }
}
