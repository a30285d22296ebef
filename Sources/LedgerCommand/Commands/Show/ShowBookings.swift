import ArgumentParser
import Journaling
import Ledger

/// Booking alerts.
struct ShowBookings: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bookings",
    abstract: "Bookings by overdue customers: told to whom, decided how, how fast.",
    discussion: """
      stage is to_intimate, unacknowledged, or the decision: allow, block, allow_with_prepayment.
        arrears show bookings --as-of 2026-03-31
      """)

  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var vantage: VantageOptions
  @OptionGroup var question: QuestionOptions
  @OptionGroup var format: FormatOptions

  @Flag(help: "Show also bookings of customers who were not overdue.")
  var all = false

  func run() throws {
    let journal = try ledger.open()
    try journal.reading { snapshot in
      let resolved = try vantage.resolve(journal, snapshot)
      let question = try question.question(resolved.vantage)
      let book = BookingAlerts(try journal.bookings(resolved.vantage, snapshot), all: all)
      var bar = Progress(BookingAlerts.name)
      let answer = try journal.answer(book, question, snapshot) { bar.show($0, of: $1) }
      bar.finish()
      let reply = Reply(
        format: format, resolved: resolved,
        policies: answer.policies.label(on: resolved.vantage.asOf), journal: journal)
      try reply.print(answer.book.sheet(journal.naming), snapshot)
    }
  }
}
