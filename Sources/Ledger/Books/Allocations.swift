/// The allocation register: who had which account, from when to when.
package struct Allocations: Book {
  /// `show allocations`.
  package static let name = "allocations"

  struct Row: Hashable, Sendable {
    var account: UInt32
    var seq: Position
    var from: Int32
    var to: Int32?
    var kind: Allocation.Kind
    var unit: TextKey
    var holder: TextKey
  }

  let asOf: Day
  let onlyHeld: Bool
  private(set) var rows: [Row] = []
  private var units: [TextKey: String] = [:]

  /// An empty register at the end of a day; of those who hold an account on that day only, or of
  /// everybody who ever did by then.
  package init(asOf: Day, onlyHeld: Bool) {
    self.asOf = asOf
    self.onlyHeld = onlyHeld
  }

  /// Allocations.
  package var reads: Desk.Reads { .allocations }
  /// Who held what needs no sum.
  package var reckons: Bool { false }

  /// Writes down who had the account.
  package mutating func take(_ account: borrowing AccountView) {
    for spell in Allocation.spells(account.desk.allocations.rows)
    where spell.row.day <= asOf.rawValue {
      let end = spell.end.flatMap { $0.day <= asOf.rawValue ? $0.day : nil }
      if onlyHeld, end != nil { continue }
      let unit = account.house.unit(of: spell.row, on: asOf)
      units[unit] = account.house.name(unit)
      rows.append(
        Row(
          account: account.number, seq: spell.row.seq, from: spell.row.day, to: end,
          kind: spell.row.kind, unit: unit, holder: spell.row.holder))
    }
  }

  /// Joins rows.
  package mutating func merge(_ other: Allocations) {
    rows += other.rows
    for (key, name) in other.units { units[key] = name }
  }

  /// The table: account, holder, kind, unit, from, to, basis, list, seq.
  package func sheet(_ naming: Naming) -> Sheet {
    var table = Sheet(
      title: onlyHeld
        ? "Allocations: who holds which account on \(asOf)"
        : "Allocations: who had which account, from when to when",
      columns: [
        .init("account"), .init("holder"), .init("kind"), .init("unit"), .init("from", .day),
        .init("to", .day), .init("basis"), .init("list"), .init("seq", .integer),
      ])
    let named = rows.map { (account: naming.account($0.account), row: $0) }
    let keys = [Key.AccountAllocated.to, Key.AccountAllocated.basis, Key.AccountAllocated.listId]
    table.rows = named.sorted(on: { ($0.account, $0.row.from, $0.row.seq) }, by: <).map {
      account, row in
      let texts = naming.texts(row.seq, keys)
      return [
        .text(account), .text(texts[0]), .text(row.kind.code), .text(units[row.unit] ?? ""),
        .day(Day(rawValue: row.from)), row.to.map { .day(Day(rawValue: $0)) } ?? .none,
        .text(texts[1]), .text(texts[2]), .integer(Int64(row.seq)),
      ]
    }
    table.notes.append(
      "The last day of a row is the day on which the account was taken back or given on.")
    return table
  }
}
