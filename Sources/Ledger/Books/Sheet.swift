/// What a book prints: columns and rows, independent of text, CSV and JSON.
package struct Sheet: Sendable {
  /// A column: its published name and what its cells are.
  package struct Column: Hashable, Sendable {
    /// What cells of the column hold; prose is text that is never cut, and stands last.
    package enum Kind: Hashable, Sendable { case text, integer, money, day, prose }
    /// The name scripts use; stable.
    package var name: String
    /// What its cells hold.
    package var kind: Kind
    /// Of a ratio over many accounts, which is no sum of theirs: the columns of its row that are
    /// its part and its whole; empty when these stand in no column of it. Nil of anything else.
    package var ratio: [String]?
    /// Whether a page has no room for it unless it is asked for by name: text leaves it out, every
    /// other form and the digest have it.
    package var isWide: Bool
    /// A column.
    package init(
      _ name: String, _ kind: Kind = .text, ratio: [String]? = nil, isWide: Bool = false
    ) {
      (self.name, self.kind, self.ratio, self.isWide) = (name, kind, ratio, isWide)
    }
  }

  /// A cell. Money in text and CSV is a plain decimal; its currency stands in a column of its own.
  package enum Cell: Hashable, Sendable {
    case text(String), integer(Int64), money(Int128, Currency), day(Day), none
  }

  /// What the table shows, in words.
  package var title: String
  /// The columns.
  package var columns: [Column]
  /// The rows, each as long as `columns`.
  package var rows: [[Cell]] = []
  /// Sentences that a reader must not miss: what is claimed, projected, left out.
  package var notes: [String] = []
  /// What the names in it mean, by name: printed with every form of it.
  package var definitions: [(name: String, sentence: String)] = []
  /// How many leading columns tell rows apart; nil for all leading columns of text.
  package var keys: Int?

  /// An empty table.
  package init(title: String, columns: [Column]) {
    self.title = title
    self.columns = columns
  }
}

extension Sheet {
  /// The columns that a page has room for.
  package var narrow: Sheet {
    columns(columns.indices.filter { !columns[$0].isWide })
  }

  /// Some of its columns, in this order.
  package func columns(_ chosen: [Int]) -> Sheet {
    var copy = self
    copy.columns = chosen.map { columns[$0] }
    copy.rows = rows.map { row in chosen.map { row[$0] } }
    return copy
  }

  /// Of a ratio, the columns of its part and whole, as `Column.ratio` says them; nil of what is
  /// none. A matrix says in its rows what its cells are: those of a `measure` in ten-thousandths
  /// are ratios.
  package func ratio(_ row: [Cell], _ column: Int) -> [String]? {
    if let names = columns[column].ratio { return names }
    guard let at = columns.firstIndex(where: { $0.name == "measure" }), at < row.count else {
      return nil
    }
    return row[at].plain.hasSuffix("_bp") ? [] : nil
  }

  /// The note on accounts whose sums do not fit, which names the first ten; nil when all fit.
  static func beyond(_ accounts: [String]) -> String? {
    guard !accounts.isEmpty else { return nil }
    let named = accounts.sorted().prefix(10).joined(separator: ", ")
    let more = accounts.count > 10 ? " and \(accounts.count - 10) more" : ""
    return "Sums beyond 64 bits, so that the figures are zero: \(named)\(more)."
  }

  /// The note on what waits, by the days since which it does: how many, and the oldest for how
  /// long.
  static func waiting(since days: [Int32], asOf: Day) -> String {
    let oldest = days.min().map { ", the oldest for \(asOf - Day(rawValue: $0)) days." }
    return "Open: \(days.count)" + (oldest ?? ".")
  }
}

extension Sheet.Cell {
  /// The cell as a script reads it: plain decimals, ISO dates, nothing for nothing.
  package var plain: String {
    switch self {
    case .text(let text): text
    case .integer(let value): String(value)
    case .money(let minor, let currency): currency.decimal(minor)
    case .day(let day): day == .undated ? "" : day.description
    case .none: ""
    }
  }
}

extension Currency {
  /// A sum beyond 64 bits as a plain decimal with this currency's digits.
  package func decimal(_ minor: Int128) -> String {
    if let small = Int64(exactly: minor) {
      return Money(minor: small, currency: self).decimal
    }
    let digits = String(minor.magnitude)
    let cut = digits.index(digits.endIndex, offsetBy: -exponent)
    let point = exponent > 0 ? "." + digits[cut...] : ""
    return (minor < 0 ? "-" : "") + digits[..<cut] + point
  }
}
