import ArgumentParser
import Journaling
import Ledger

/// What collectors achieve by the day and by the hour.
struct ShowProductivity: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "productivity",
    abstract: "What collectors achieve by the day present and by the hour.",
    discussion: """
      Days present and hours are those of `unit.shift_worked`; money is credited as in `show collected`. \
      Each figure is printed with its definition.
        arrears show productivity --from 2026-03-01 --as-of 2026-03-31
      """)

  @OptionGroup var book: BookOptions

  @Option(help: "First day, YYYY-MM-DD. Default: of the month of the day asked about.")
  var from: String?

  func run() throws {
    try book.show { resolved, journal, snapshot in
      let asOf = resolved.vantage.asOf
      return Productivity(
        from: try Day.from(from, until: asOf, else: asOf.startOfMonth), asOf: asOf,
        try journal.attendance(resolved.vantage, snapshot))
    }
  }
}
