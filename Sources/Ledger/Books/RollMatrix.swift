/// The roll matrix: from which bucket to which bucket accounts went between two day-ends, by count
/// and by balance (`domain.md` 3.3).
///
/// Both ends are known at one position, so a receipt that came late moves an account in the opening
/// as well. What the matrix says of its own words is printed with it.
package struct RollMatrix: Book {
  /// `show roll`.
  package static let name = "roll"

  /// A row a bucket, or a row a move.
  package enum Form: String, CaseIterable, Sendable { case matrix, list }

  struct Cell: Hashable, Sendable {
    var line: PeriodLine
    var from: String
    var to: String
  }

  struct Sums: Hashable, Sendable {
    var accounts: Int64 = 0
    var opening: Int128 = 0
    var closing: Int128 = 0
    var move: Movement.Move?

    mutating func add(_ other: Sums) {
      accounts += other.accounts
      opening += other.opening
      closing += other.closing
      if move == nil { move = other.move }
    }
  }

  let form: Form
  let closing: Day
  var lines: PeriodLines
  var cells: [Cell: Sums] = [:]

  /// Nothing moved yet between the ends of two days.
  package init(by: PeriodGrouping = .total, form: Form = .matrix, opening: Day, closing: Day) {
    self.form = form
    self.closing = closing
    lines = PeriodLines(by: by, opening: opening)
  }

  /// How accounts ended, and who held them where it adds up by holders.
  package var reads: Desk.Reads { lines.reads }
  /// Every account is in it.
  package var leads: Desk.Reads { [] }
  /// The opening day.
  package var earlier: [Day] { [lines.opening] }

  /// Adds the account to its cell; one that was neither open at the opening nor is at the closing
  /// is in none.
  package mutating func take(_ account: borrowing AccountView) {
    let passage = account.passage(from: lines.opening, to: closing)
    guard passage.from != nil || passage.isOpen else { return }
    let line = lines.line(of: account, bucket: passage.fromLabel)
    let sums = Sums(
      accounts: 1, opening: passage.from == nil ? 0 : Int128(passage.opening.outstanding),
      closing: passage.isOpen ? Int128(passage.closing.outstanding) : 0, move: passage.move)
    let cell = Cell(line: line, from: passage.fromLabel, to: passage.toLabel)
    cells[cell, default: Sums()].add(sums)
  }

  /// Joins the moves of other accounts.
  package mutating func merge(_ other: RollMatrix) {
    lines.merge(other.lines)
    for (cell, more) in other.cells { cells[cell, default: Sums()].add(more) }
  }
}

// MARK: - Sheet

extension RollMatrix {
  /// A matrix for each measure, or a line for each move that happened.
  package func sheet(_ naming: Naming) -> Sheet {
    var table = Sheet(
      title: "Roll between buckets from the end of \(lines.opening) to the end of \(closing)",
      columns: lines.column + [.init("currency")])
    let found = lines.ordered(Set(cells.keys.map(\.line)), naming)
    switch form {
    case .list: list(found, into: &table)
    case .matrix: matrix(found, into: &table)
    }
    table.definitions = [
      (
        "balance",
        "outstanding, the unpaid part of everything raised; shares are of opening balance"
      ),
      ("buckets", "days past due of each end under its own terms, in the buckets of \(closing)"),
      ("closed", "closed by the closing for another reason than a write-off or a sale"),
      ("exited", "sold, assigned or moved to another servicer; in no share"),
      (Passage.notOpen, "was no open account at the end of \(lines.opening)"),
    ]
    table.notes.append(lines.sentence)
    return table
  }

  // Undated and not open are shown where something is.
  private func froms(_ line: PeriodLine) -> [String] {
    (lines.labels + [Passage.notOpen]).filter { label in
      if label != "undated", label != Passage.notOpen {
        return lines.by != .bucket || label == line.label
      }
      return cells.keys.contains { $0.line == line && $0.from == label }
    }
  }

  private var tos: [String] {
    (lines.labels + [Passage.closed, Passage.exited]).filter { label in
      label != "undated" || cells.keys.contains { $0.to == label }
    }
  }

  private func list(_ found: [(PeriodLine, String)], into table: inout Sheet) {
    table.columns += [
      .init("from"), .init("to"), .init("move"), .init("accounts", .integer),
      .init("opening_balance", .money), .init("closing_balance", .money),
      .init("accounts_bp", .integer, ratio: []), .init("balance_bp", .integer, ratio: []),
    ]
    for (line, name) in found {
      for from in froms(line) {
        let row = tos.map { cells[Cell(line: line, from: from, to: $0)] ?? Sums() }
        let whole = RollMatrix.whole(tos, row)
        for (to, sums) in zip(tos, row) where sums.accounts > 0 {
          let shares =
            to == Passage.exited
            ? (nil, nil)
            : (
              Ratio(sums.accounts, of: whole.accounts).basisPoints,
              Ratio(sums.opening, of: whole.opening).basisPoints
            )
          table.rows.append(
            lines.cell(name) + [
              .text(line.currency.code), .text(from), .text(to), .text(sums.move?.code ?? "new"),
              .integer(sums.accounts), .money(sums.opening, line.currency),
              .money(sums.closing, line.currency), shares.0.map { .integer($0) } ?? .none,
              shares.1.map { .integer($0) } ?? .none,
            ])
        }
      }
    }
  }

  // What a row's shares are of: all but what exited.
  private static func whole(_ tos: [String], _ row: [Sums]) -> Sums {
    var whole = Sums()
    for (to, sums) in zip(tos, row) where to != Passage.exited { whole.add(sums) }
    return whole
  }

  private func matrix(_ found: [(PeriodLine, String)], into table: inout Sheet) {
    table.columns += [.init("measure"), .init("from")]
    table.columns += (tos + ["total"]).map { .init($0, .integer) }
    for (line, name) in found {
      let head = lines.cell(name) + [.text(line.currency.code)]
      let rows = froms(line).map { from in
        (from, tos.map { cells[Cell(line: line, from: from, to: $0)] ?? Sums() })
      }
      add(head, "accounts", rows, into: &table) { .integer($0.accounts) }
      add(head, "opening_balance", rows, into: &table) { .money($0.opening, line.currency) }
      add(head, "closing_balance", rows, into: &table) { .money($0.closing, line.currency) }
      share(head, "accounts_bp", rows, into: &table) { Int128($0.accounts) }
      share(head, "balance_bp", rows, into: &table) { $0.opening }
    }
  }

  private func add(
    _ head: [Sheet.Cell], _ measure: String, _ rows: [(String, [Sums])], into table: inout Sheet,
    _ cell: (Sums) -> Sheet.Cell
  ) {
    var totals = [Sums](repeating: Sums(), count: tos.count + 1)
    for (from, row) in rows {
      var all = Sums()
      for sums in row { all.add(sums) }
      for (index, sums) in (row + [all]).enumerated() { totals[index].add(sums) }
      table.rows.append(head + [.text(measure), .text(from)] + (row + [all]).map(cell))
    }
    table.rows.append(head + [.text(measure), .text("total")] + totals.map(cell))
  }

  private func share(
    _ head: [Sheet.Cell], _ measure: String, _ rows: [(String, [Sums])], into table: inout Sheet,
    _ value: (Sums) -> Int128
  ) {
    for (from, row) in rows where from != Passage.notOpen {
      let whole = value(RollMatrix.whole(tos, row))
      let cells: [Sheet.Cell] = zip(tos, row).map { to, sums in
        if to == Passage.exited { return .none }
        return Ratio(value(sums), of: whole).basisPoints.map { .integer($0) } ?? .none
      }
      table.rows.append(
        head + [.text(measure), .text(from)] + cells + [whole == 0 ? .none : .integer(10_000)])
    }
  }
}

extension Movement.Move {
  /// The name scripts use.
  package var code: String {
    switch self {
    case .normalised: "normalised"
    case .rolledBack: "rolled_back"
    case .stabilised: "stabilised"
    case .rolledForward: "rolled_forward"
    case .exited: "exited"
    }
  }
}
