import ArgumentParser
import Journaling
import Ledger

extension VintageBook.Kind: ExpressibleByArgument {}

/// Vintage curves.
struct ShowVintage: BookVerb {
  static let configuration = CommandConfiguration(
    commandName: "vintage", abstract: "What became of what was opened in each month.",
    discussion: """
      Of each month's openings, what is (current) or was at any month-end so far (ever) more than \
      --over days past due, by months on book.
        arrears show vintage --from 2025-07-01 --as-of 2026-06-30 --over 30 --kind ever --by zone
      """)

  @OptionGroup var book: BookOptions

  @Option(help: "A day of the first month of openings. Default: a year before the day asked about.")
  var from: String?

  @Option(help: "Days past due beyond which an account counts.")
  var over = 30

  @Option(help: "ever or current.")
  var kind: VintageBook.Kind = .ever

  @Option(
    help: "total, product or bucket; as held on the day asked about: collector, agency, a unit.")
  var by: PeriodGrouping = .total

  func make(_ resolved: VantageOptions.Resolved) throws -> VintageBook {
    let last = resolved.vantage.asOf
    let first = try Day.from(from, until: last, else: last.adding(months: -12) ?? last)
    guard last - first <= 3_700 else {
      throw Failure("--from \(first) is more than ten years before \(last); name a later month.")
    }
    guard over >= 0 else { throw Failure("--over \(over) is no number of days.") }
    return VintageBook(kind, over: over, from: first, asOf: last, by: by)
  }

  var words: [String] {
    ["--kind", kind.rawValue, "--over", String(over)] + (from.map { ["--from", $0] } ?? [])
      + (by == .total ? [] : ["--by", by.rawValue]) + book.question.words
  }
}

/// Payment patterns.
struct ShowPattern: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pattern", abstract: "How accounts stood at the end of each of the last months.",
    discussion: """
      One character a month, the newest on the right.
        arrears show pattern LN-000042 --as-of 2026-03-31
        arrears show pattern --as-of 2026-03-31 --months 12
      """)

  @OptionGroup var book: BookOptions

  @Option(help: "How many months, 1 to 120.")
  var months = 24

  @Argument(help: "One account. Default: all.")
  var account: String?

  func run() throws {
    guard (1...120).contains(months) else {
      throw Failure("--months \(months) is not between 1 and 120.")
    }
    guard let account else {
      return try book.show { PaymentPattern(months: months, asOf: $0.vantage.asOf) }
    }
    let journal = try book.ledger.open()
    try journal.reading { snapshot in
      let resolved = try book.vantage.resolve(journal, snapshot)
      let pattern = PaymentPattern(months: months, asOf: resolved.vantage.asOf)
      let question = try book.question.question(resolved.vantage)
      guard let answer = try journal.answer(pattern, account: account, question, snapshot) else {
        throw Failure.unheard(account)
      }
      let reply = Reply(
        format: book.format, resolved: resolved,
        policies: answer.policies.label(on: resolved.vantage.asOf), journal: journal)
      try reply.print(answer.book.sheet(journal.naming), snapshot)
    }
  }
}
