import ArgumentParser
import Journaling
import Ledger

/// A verb that shows a book. Whatever conforms can be shown, explained and published: the verb says
/// only which book its words mean.
protocol BookVerb: ParsableCommand {
  associatedtype Shown: Book
  /// Ledger, vantage, rules and form.
  var book: BookOptions { get set }
  /// The empty book that these words ask for.
  func make(_ resolved: VantageOptions.Resolved) throws -> Shown
  /// The same with what it needs of the ledger besides accounts, where it needs more.
  func make(
    _ resolved: VantageOptions.Resolved, _ journal: Journal, _ snapshot: borrowing Snapshot
  ) throws -> Shown
  /// Turns to the form of the book that has one row an account, where there is one.
  mutating func narrow()
  /// The words that ask for this book again, without its vantage.
  var words: [String] { get }
  /// What to say of a column that `show` prints in another form than the one that is explained; nil
  /// of any other.
  func pointer(to column: String) -> String?
}

extension BookVerb {
  /// What it is called behind `show`, `explain` and `publish`.
  static var name: String { configuration.commandName ?? Shown.name }

  mutating func run() throws {
    let verb = self
    try book.show { resolved, journal, snapshot in try verb.make(resolved, journal, snapshot) }
  }

  /// Most books need no more than words say.
  func make(
    _ resolved: VantageOptions.Resolved, _ journal: Journal, _ snapshot: borrowing Snapshot
  ) throws -> Shown { try make(resolved) }

  /// A book without such a form stays as it is.
  mutating func narrow() {}

  /// Most books have one form.
  func pointer(to column: String) -> String? { nil }
}

extension QuestionOptions {
  /// The words that ask with the same basis and flags again.
  var words: [String] {
    var words: [String] = []
    if basis != .dueDate { words += ["--basis", basis.rawValue] }
    if let withFlag { words += ["--with-flag", withFlag] }
    if let withoutFlag { words += ["--without-flag", withoutFlag] }
    return words
  }
}
