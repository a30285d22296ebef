import ArgumentParser
import Journaling
import Ledger

/// Promises: what is to be worked, or what became of them.
struct ShowPromises: BookVerb {
  static let configuration = CommandConfiguration(
    commandName: "promises", abstract: "Promises to pay: the diary of a day, or the book.",
    discussion: """
      The diary lists what is due today, in grace, broken yesterday, and due in the next days. The book \
      lists every item with its verdict (open, due_today, in_grace, kept, partial, broken, withdrawn, \
      superseded), or counts them with the kept rates of what has matured.
        arrears show promises
        arrears show promises --form book --by collector --as-of 2026-03-31
        arrears show promises --form book --rolling
      """)

  /// Which of the two books.
  enum Form: String, ExpressibleByArgument, CaseIterable { case diary, book }

  @OptionGroup var book: BookOptions

  @Option(help: "diary or book. Default: diary; explained and published is the book.")
  var form: Form?

  @Option(
    help: "Diary: date, account or collector. Book: item, account, collector, verdict or total.")
  var by: String?

  @Option(help: "Diary: how many days after today it looks ahead.")
  var days: Int = 7

  @Flag(help: "Book: only promises that were put off three times or more.")
  var rolling = false

  /// The book, which is the form that is explained and published.
  func make(_ resolved: VantageOptions.Resolved) throws -> PromiseBook {
    guard form != .diary else {
      throw Failure(
        "The diary is what a desk works on one day and is neither explained nor published; its items "
          + "stand in the book, with --form book.")
    }
    return PromiseBook(
      by: try choice(PromiseBook.Grouping.item, of: .book), asOf: resolved.vantage.asOf,
      onlyRolling: rolling)
  }

  func pointer(to column: String) -> String? {
    guard ["section", "missing", "customer", "mode"].contains(column) else { return nil }
    return
      "\(column) stands in the diary that `show promises` prints, and explained is the book: section "
      + "follows from due_on and last_day, missing is promised less counted, customer and mode were "
      + "said with the account and the promise."
  }

  var words: [String] {
    (by.map { ["--by", $0] } ?? []) + (rolling ? ["--rolling"] : []) + book.question.words
  }

  func run() throws {
    guard 0...3660 ~= days else { throw Failure("--days \(days) is not between 0 and 3660.") }
    switch form ?? .diary {
    case .diary:
      guard !rolling else { throw Failure("--rolling is of the book; add --form book.") }
      let order = try choice(PromiseDiary.Order.date, of: .diary)
      try book.show { PromiseDiary(asOf: $0.vantage.asOf, days: days, by: order) }
    case .book:
      try book.show { try make($0) }
    }
  }

  private func choice<C: RawRepresentable<String> & CaseIterable>(
    _ standard: C, of form: Form
  ) throws -> C {
    try grouping(by, else: standard, of: form.rawValue)
  }
}
