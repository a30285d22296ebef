/// Takes a cell of a book apart by account: a book that keeps what each account alone would put
/// into that cell, beside the book itself.
///
/// A book is a monoid and sums are commutative, so a cell that is a sum is the sum of these parts;
/// a cell that is a maximum is the largest of them. What came out says which of the two it is.
package struct Contributions<B: Book>: Book {
  /// `explain`.
  package static var name: String { "explain " + B.name }

  private var empty: B
  private let choice: CellChoice
  /// The book as it would be shown.
  package private(set) var whole: B
  private var parts: [Part] = []
  // Books whose rows need texts of the log to be recognised: looked at when those are at hand.
  private var later: [(account: UInt32, currency: Currency, book: B)] = []

  private struct Part: Sendable {
    var account: UInt32
    var currency: Currency
    var cell: Sheet.Cell
  }

  /// The parts of a cell of `book`, which must be empty.
  package init(of book: B, _ choice: CellChoice) {
    (empty, whole) = (book, book)
    self.choice = choice
  }

  /// What the book itself looks at.
  package var reads: Desk.Reads { empty.reads }
  /// What its lines come from.
  package var leads: Desk.Reads { empty.leads }
  /// Whether it looks at money.
  package var reckons: Bool { empty.reckons }
  /// The days it looks back at.
  package var earlier: [Day] { empty.earlier }
  /// Whether it asks which money paid what.
  package var keepsSplits: Bool { empty.keepsSplits }
  /// Tells the book, and the empty one that each account is taken into.
  package mutating func begin(_ house: borrowing House) {
    whole.begin(house)
    empty.begin(house)
  }
  /// Whose accounts it is about.
  package var holder: TextKey? { empty.holder }
  /// What the book says of the rows.
  package func concerns(_ rows: borrowing Desk) -> Bool { empty.concerns(rows) }

  /// Takes the account into the book, and alone into one of its own.
  package mutating func take(_ account: borrowing AccountView) throws(WireError) {
    try whole.take(account)
    var alone = empty
    try alone.take(account)
    var asked = false
    let nobody = Naming(
      account: { _ in
        asked = true
        return ""
      },
      actor: { _ in
        asked = true
        return ""
      },
      text: { _, _ in
        asked = true
        return ""
      })
    let sheet = alone.sheet(nobody)
    if asked {
      later.append((account.number, account.currency, alone))
    } else if case .cell(_, let cell) = choice.find(in: sheet), cell.isSomething {
      parts.append(Part(account: account.number, currency: account.currency, cell: cell))
    }
  }

  /// Joins both.
  package mutating func merge(_ other: Contributions<B>) {
    whole.merge(other.whole)
    parts += other.parts
    later += other.later
  }

  /// The accounts that make up the cell, the largest first, and whether they sum to it.
  package func sheet(_ naming: Naming) -> Sheet {
    let book = whole.sheet(naming)
    var all = parts
    for item in later {
      if case .cell(_, let cell) = choice.find(in: item.book.sheet(naming)), cell.isSomething {
        all.append(Part(account: item.account, currency: item.currency, cell: cell))
      }
    }
    guard case .cell(let row, let cell) = choice.find(in: book) else { return book }
    let key = book.keyColumns.indices.map { book.rows[row][$0].plain }.joined(separator: ", ")
    var table = Sheet(
      title: "\(B.name), \(key): \(choice.column) is \(cell.plain)",
      columns: [
        .init("account"), .init("currency"),
        .init(choice.column, cell.kind), .init("running", cell.kind),
      ])
    table.keys = 2
    var named = all.map { (name: naming.account($0.account), part: $0) }
    named.sort { a, b in
      let (first, second) = (a.part.cell.number ?? 0, b.part.cell.number ?? 0)
      return first != second
        ? first > second : (a.name, a.part.currency.code) < (b.name, b.part.currency.code)
    }
    var sum: Int128 = 0
    for item in named {
      sum += item.part.cell.number ?? 0
      table.rows.append([
        .text(item.name), .text(item.part.currency.code), item.part.cell,
        cell.number == nil ? .none : cell.with(sum),
      ])
    }
    table.notes.append(verdict(cell, sum, named.first?.part.cell, count: named.count))
    return table
  }

  private func verdict(_ cell: Sheet.Cell, _ sum: Int128, _ first: Sheet.Cell?, count: Int)
    -> String
  {
    guard let value = cell.number else {
      return "The cell is no number; these \(count) accounts stand in its row."
    }
    if sum == value {
      return (count == 1 ? "Its one part is the cell" : "The \(count) parts sum to the cell")
        + ": \(cell.plain). "
        + "`arrears explain … --account ID` shows the events behind each."
    }
    if first?.number == value { return "The cell is the largest of its \(count) parts." }
    return "The cell is not the sum of its parts: they sum to \(cell.with(sum).plain)."
  }
}

extension Sheet.Cell {
  /// Whether it says anything: a sum other than zero, a word, a day.
  package var isSomething: Bool { number.map { $0 != 0 } ?? !plain.isEmpty }

  /// What kind of column it would stand in.
  package var kind: Sheet.Column.Kind {
    switch self {
    case .money: .money
    case .integer: .integer
    case .day: .day
    default: .text
    }
  }
}
