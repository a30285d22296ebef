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

  @Option(help: "diary or book.")
  var form: Form = .diary

  @Option(
    help: "Diary: date, account or collector. Book: item, account, collector, verdict or total.")
  var by: String?

  @Option(help: "Diary: how many days after today it looks ahead.")
  var days: Int = 7

  @Flag(help: "Book: only promises that were put off three times or more.")
  var rolling = false

  /// The book, which is the form that is explained and published.
  func make(_ resolved: VantageOptions.Resolved) throws -> PromiseBook {
    PromiseBook(
      by: try choice(PromiseBook.Grouping.item), asOf: resolved.vantage.asOf, onlyRolling: rolling)
  }

  var words: [String] {
    (by.map { ["--by", $0] } ?? []) + (rolling ? ["--rolling"] : []) + book.question.words
  }

  func run() throws {
    guard 0...3660 ~= days else { throw Failure("--days \(days) is not between 0 and 3660.") }
    switch form {
    case .diary:
      guard !rolling else { throw Failure("--rolling is of the book; add --form book.") }
      let order = try choice(PromiseDiary.Order.date)
      try book.show { PromiseDiary(asOf: $0.vantage.asOf, days: days, by: order) }
    case .book:
      let grouping = try choice(PromiseBook.Grouping.item)
      try book.show { PromiseBook(by: grouping, asOf: $0.vantage.asOf, onlyRolling: rolling) }
    }
  }

  private func choice<C: RawRepresentable<String> & CaseIterable>(_ standard: C) throws -> C {
    try grouping(by, else: standard, of: form.rawValue)
  }
}
