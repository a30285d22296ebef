/// A book that a trial of a policy shows beside itself: under the rules as they are, and as they
/// would be.
///
/// A book joins by conforming, and by a word of `policy test --by`. The trial knows nothing of its
/// figures: it sets the lines of the two sheets side by side by their leading columns.
package protocol TrialBook: Book {
  /// What a trial calls it.
  static var trialTitle: String { get }
  /// How many leading columns of its sheet say what a line is about.
  static var trialKeys: Int { get }
  /// The empty book as a trial shows it, at the end of a day.
  init(trialAt day: Day)
}

extension PromiseBook: TrialBook {
  /// The verdicts.
  package static var trialTitle: String { "Promise book" }
  /// A line a currency.
  package static var trialKeys: Int { 1 }
  /// Counts of every verdict, and the rates by count and by value.
  package init(trialAt day: Day) { self.init(by: .total, asOf: day) }
}

extension ManagementReport: TrialBook {
  /// The months.
  package static var trialTitle: String { "Management report of each month" }
  /// A line a currency and figure.
  package static var trialKeys: Int { 2 }
  /// Every figure of the month that ends on the day, of all accounts.
  package init(trialAt day: Day) {
    self.init(by: .total, opening: day.startOfMonth - 1, closing: day)
  }
}

/// The lines of two sheets of one book, day by day: each with its figure under the rules as they
/// are and, next to it, under the draft.
package struct SideBySide: Sendable {
  private let title: String
  private let keys: Int
  private var columns: [Sheet.Column] = []
  private var definitions: [(name: String, sentence: String)] = []
  private var lines: [(day: Day, key: [Sheet.Cell], now: [Sheet.Cell], draft: [Sheet.Cell])] = []

  /// No lines yet of sheets whose first columns, so many, say what a line is about.
  package init(title: String, keys: Int) { (self.title, self.keys) = (title, keys) }

  /// Adds the two sheets of a day. Lines that only one of them has stand where it has them, those
  /// of the draft behind; their other side is empty.
  package mutating func add(_ day: Day, now: Sheet, draft: Sheet) {
    if columns.isEmpty { (columns, definitions) = (now.columns, now.definitions) }
    var rest: [[Sheet.Cell]: [Sheet.Cell]] = [:]
    for row in draft.rows { rest[Array(row.prefix(keys))] = Array(row.dropFirst(keys)) }
    let none = [Sheet.Cell](repeating: .none, count: max(0, columns.count - keys))
    for row in now.rows {
      let key = Array(row.prefix(keys))
      lines.append((day, key, Array(row.dropFirst(keys)), rest.removeValue(forKey: key) ?? none))
    }
    for row in draft.rows {
      let key = Array(row.prefix(keys))
      if let found = rest.removeValue(forKey: key) { lines.append((day, key, none, found)) }
    }
  }

  /// The table: `as_of`, the leading columns, then every figure and its `draft_` after it.
  package var sheet: Sheet {
    var sheet = Sheet(
      title: "\(title): under the rules as they are, and under the draft",
      columns: [.init("as_of", .day)] + columns.prefix(keys)
        + columns.dropFirst(keys).flatMap { [$0, .init("draft_" + $0.name, $0.kind)] })
    sheet.keys = keys + 1
    sheet.definitions = definitions
    sheet.rows = lines.map { line in
      [.day(line.day)] + line.key + zip(line.now, line.draft).flatMap { [$0, $1] }
    }
    let moved = lines.filter { $0.now != $0.draft }.count
    sheet.notes.append(
      moved == 0
        ? "The draft changes nothing here."
        : "\(moved) of \(lines.count) lines would say something else.")
    return sheet
  }
}
