import ArgumentParser
import Journaling
import Ledger

/// Draws pictures.
struct Draw: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "draw",
    abstract: "Draw an account's life as SVG.",
    discussion: """
        arrears draw account LN-000042 --out life.svg
        arrears grid LN-000042 --out grid.svg
      """,
    subcommands: [DrawAccount.self])
}

/// The account swim-lane.
struct DrawAccount: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "account", abstract: "One account on one line: the swim-lane.",
    discussion: """
      Dues, money in and back, charges, contacts, promises as brackets, flags, protections as shaded \
      bands, and the age of the debt as known now (area) and as known that day (dashed).
      """)

  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var vantage: VantageOptions
  @OptionGroup var question: QuestionOptions

  @Option(help: "First day. Default: a year before the last.")
  var from: String?

  @Option(help: "SVG file to write.")
  var out: String

  @Argument(help: "The account's id.")
  var account: String

  func run() throws {
    let journal = try ledger.open()
    try journal.reading { snapshot in
      let resolved = try vantage.resolve(journal, snapshot)
      let question = try question.question(resolved.vantage)
      let last = resolved.vantage.asOf
      guard let history = try journal.history(of: account, to: resolved.vantage.knownAt, snapshot)
      else { throw Failure.unheard(account) }
      var first = last - 365
      if let from {
        first = try Day(from, of: "--from")
      } else if let begin = history.headers.map(\.day).filter({ $0 != .min }).min() {
        first = max(first, Day(rawValue: begin) - 3)
      }
      guard first < last, last - first <= 3660 else {
        throw Failure("From \(first) to \(last) is no span of one day to ten years.")
      }
      let (policies, house) = try journal.rules(question, at: resolved.vantage.knownAt, snapshot)
      let life = try Timeline(
        history, from: first, to: last, question, policies: policies, house: house,
        zone: resolved.zone)
      try Edge.write(Array(SwimLane(life, resolved).svg.utf8), to: out)
      Terminal.out("\(out): account \(account) from \(first) to \(last).\n")
    }
  }
}
