import ArgumentParser
import Journaling
import Ledger

/// An account by day and by knowledge.
struct GridCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "grid", abstract: "One account by day and by knowledge, as a table or a picture.",
    discussion: """
      Rows are days, columns are what was known at their ends. With --out FILE.svg the grid is drawn, \
      the colour being the bucket.
        arrears grid A1 --as-of 2026-01-07,2026-02-10 --known-at 2026-01-07,2026-02-12
        arrears grid LN-000042 --from 2025-04-30 --to 2026-03-31 --out grid.svg
      """)

  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var question: QuestionOptions
  @OptionGroup var format: FormatOptions

  @Option(name: .long, help: "Days, separated by commas. Default: month-ends, --from to --to.")
  var asOf: String?

  @Option(name: .long, help: "Days, instants or positions, separated by commas. Default: the days.")
  var knownAt: String?

  @Option(help: "First month-end. Default: the first with an entry.")
  var from: String?

  @Option(help: "Last month-end. Default: the last that is over.")
  var to: String?

  @Argument(help: "The account's id.")
  var account: String

  func run() throws {
    let journal = try ledger.open()
    try journal.reading { snapshot in
      let zone = try journal.zone()
      let rows = try days(journal, snapshot, zone)
      guard let last = rows.last else { throw Failure("There is no day to show.") }
      let words =
        knownAt.map { $0.split(separator: ",").map(String.init) } ?? rows.map(\.description)
      var known: [KnowledgeGrid.Knowledge] = []
      for word in words {
        let resolved = try VantageOptions.words(knownAt: word).resolve(journal, snapshot)
        known.append(
          .init(
            label: word, position: resolved.vantage.knownAt, day: resolved.vantage.asOf))
      }
      let resolved = try VantageOptions.words(asOf: last.description).resolve(journal, snapshot)
      let question = try question.question(resolved.vantage)
      let grid = try journal.grid(of: account, days: rows, known: known, question, snapshot)
      guard let grid else { throw Failure.unheard(account) }
      if let out = format.out, out.hasSuffix(".svg") {
        try Edge.write(Array(GridPicture(grid).svg.utf8), to: out)
        Terminal.out("\(out): \(rows.count) days by \(known.count) states of knowledge.\n")
        return
      }
      let policies = try journal.policies(question, snapshot)
      let reply = Reply(
        format: format, resolved: resolved,
        policies: policies.label(on: resolved.vantage.asOf), journal: journal)
      try reply.print(grid.sheet(), snapshot)
    }
  }

  private func days(_ journal: Journal, _ snapshot: borrowing Snapshot, _ zone: Zone) throws
    -> [Day]
  {
    func day(_ text: String) throws -> Day {
      guard let day = Day(text) else { throw Failure("\(text) is no day; write YYYY-MM-DD.") }
      return day
    }
    if let asOf { return try asOf.split(separator: ",").map { try day(String($0)) } }
    guard let history = try journal.history(of: account, to: .max, snapshot) else {
      throw Failure.unheard(account)
    }
    let today = zone.day(of: Journal.systemClock())
    let known = history.headers.map(\.recorded).max() ?? 0
    let latest = min(zone.day(of: Moment(rawValue: known)).endOfMonth, today.startOfMonth - 1)
    let earliest = history.headers.map(\.recorded).min() ?? 0
    var next = try from.map(day)?.endOfMonth ?? zone.day(of: Moment(rawValue: earliest)).endOfMonth
    let last = try to.map(day)?.endOfMonth ?? latest
    var days: [Day] = []
    while next <= last, days.count < 120 {
      days.append(next)
      next = (next + 1).endOfMonth
    }
    return days
  }
}
