/// Takes a cell of a book apart by account: a book that keeps what each account alone would put
/// into that cell.
///
/// A book is a monoid and sums are commutative, so a cell that is a sum is the sum of these parts;
/// a cell that is a maximum is the largest of them; of a ratio the part and the whole are sums.
/// What came out says which of these it is.
package struct Contributions<B: Book>: Book {
  /// `explain`.
  package static var name: String { "explain " + B.name }

  private var empty: B
  private let chosen: Chosen
  private var parts: [Part] = []
  // Books whose rows need texts of the log to be recognised: looked at when those are at hand.
  private var later: [(account: UInt32, currency: Currency, book: B)] = []

  // The cell in the whole book, and the cells of its row that accounts are asked for: itself, or
  // the part and the whole of a ratio.
  private struct Chosen: Sendable {
    var key: String, column: String
    var cell: Sheet.Cell
    var isRatio: Bool
    var figures: [(choice: CellChoice, whole: Sheet.Cell)] = []

    // What an account alone has in those cells; nil when that is nothing.
    func cells(in sheet: Sheet) -> [Sheet.Cell]? {
      let cells = figures.map { figure in
        if case .cell(_, let cell) = figure.choice.find(in: sheet) { cell } else { Sheet.Cell.none }
      }
      return cells.contains { $0.isSomething } ? cells : nil
    }
  }

  private struct Part: Sendable {
    var account: UInt32
    var currency: Currency
    var cells: [Sheet.Cell]
  }

  /// The parts of a cell of `book`, which must be empty; nil when the whole book, as it would be
  /// shown, has no such cell.
  package init?(of book: B, _ choice: CellChoice, in whole: Sheet) {
    guard case .cell(let row, let cell) = choice.find(in: whole),
      let column = whole.columns.firstIndex(where: { $0.name == choice.column })
    else { return nil }
    let key = whole.keyColumns.indices.map { whole.rows[row][$0].plain }.joined(separator: ", ")
    let keyed = choice.byKeys(in: whole)
    let ratio = whole.ratio(whole.rows[row], column)
    var chosen = Chosen(key: key, column: choice.column, cell: cell, isRatio: ratio != nil)
    func take(_ names: [String]) {
      chosen.figures = names.compactMap { name -> (choice: CellChoice, whole: Sheet.Cell)? in
        let choice = CellChoice(name, rows: keyed.rows)
        guard case .cell(_, let cell) = choice.find(in: whole) else { return nil }
        return (choice, cell)
      }
    }
    take(ratio ?? [])
    if chosen.figures.count != 2 || chosen.figures.contains(where: { $0.whole.number == nil }) {
      take([choice.column])
    }
    (empty, self.chosen) = (book, chosen)
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
  /// Tells the empty book that each account is taken into.
  package mutating func begin(_ house: borrowing House) { empty.begin(house) }
  /// Whose accounts it is about.
  package var holder: TextKey? { empty.holder }
  /// What the book says of the rows.
  package func concerns(_ rows: borrowing Desk) -> Bool { empty.concerns(rows) }

  /// Takes the account into a book of its own.
  package mutating func take(_ account: borrowing AccountView) throws(WireError) {
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
      texts: { _, keys in
        asked = true
        return keys.map { _ in "" }
      })
    let sheet = alone.sheet(nobody)
    if asked {
      later.append((account.number, account.currency, alone))
    } else if let cells = chosen.cells(in: sheet) {
      parts.append(Part(account: account.number, currency: account.currency, cells: cells))
    }
  }

  /// Joins the parts.
  package mutating func merge(_ other: Contributions<B>) {
    parts += other.parts
    later += other.later
  }

  /// The accounts that make up the cell, the largest first, and whether they sum to it.
  package func sheet(_ naming: Naming) -> Sheet {
    var all = parts
    for item in later {
      if let cells = chosen.cells(in: item.book.sheet(naming)) {
        all.append(Part(account: item.account, currency: item.currency, cells: cells))
      }
    }
    let cell = chosen.cell
    let figures = chosen.figures
    var table = Sheet(
      title: "\(B.name), \(chosen.key): \(chosen.column) is \(cell.plain)",
      columns: [.init("account"), .init("currency")])
    table.columns += figures.map { Sheet.Column($0.choice.column, $0.whole.kind) }
    if !chosen.isRatio { table.columns.append(.init("running", cell.kind)) }
    table.keys = 2
    var named = all.map { (name: naming.account($0.account), part: $0) }
    named.sort { a, b in
      let (first, second) = (a.part.cells[0].number ?? 0, b.part.cells[0].number ?? 0)
      return first != second
        ? first > second : (a.name, a.part.currency.code) < (b.name, b.part.currency.code)
    }
    var sums = figures.map { _ in Int128(0) }
    for item in named {
      for (at, part) in item.part.cells.enumerated() { sums[at] += part.number ?? 0 }
      var row: [Sheet.Cell] = [.text(item.name), .text(item.part.currency.code)]
      row += item.part.cells
      if !chosen.isRatio { row.append(cell.number == nil ? Sheet.Cell.none : cell.with(sums[0])) }
      table.rows.append(row)
    }
    if chosen.isRatio { table.notes.append(ratio) }
    if chosen.isRatio, figures.count < 2 { return table }
    for (at, figure) in figures.enumerated() {
      let cells = named.map { $0.part.cells[at] }
      table.notes.append(
        (chosen.isRatio ? "\(figure.choice.column): " : "") + verdict(figure.whole, sums[at], cells)
      )
    }
    return table
  }

  private var ratio: String {
    let names = chosen.figures.map(\.choice.column)
    return names.count == 2
      ? "\(chosen.column) is \(names[0]) over \(names[1]) in ten-thousandths and no sum; these are:"
      : "\(chosen.column) is a ratio and no sum: beside each account stands what it is of that alone."
  }

  private func verdict(_ cell: Sheet.Cell, _ sum: Int128, _ parts: [Sheet.Cell]) -> String {
    guard let value = cell.number else {
      return "The cell is no number; these \(parts.count) accounts stand in its row."
    }
    if parts.isEmpty, value == 0 { return "No account has a part in the cell." }
    if sum == value {
      return
        (parts.count == 1 ? "Its one part is the cell" : "The \(parts.count) parts sum to the cell")
        + ": \(cell.plain). "
        + "`arrears explain … --account ID` shows the events behind each."
    }
    if !parts.isEmpty, parts.allSatisfy({ $0.number == value }) {
      return "Each of its \(parts.count) parts is the whole cell: it comes from no account, or is "
        + "the same for all."
    }
    if parts.contains(where: { $0.number == value })
      && parts.allSatisfy({ $0.number ?? 0 <= value })
    {
      return "The cell is the largest of its \(parts.count) parts."
    }
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
