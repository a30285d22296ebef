import Crypto
import Journaling
import Ledger

/// Prints an answer with its provenance.
struct Reply {
  var format: FormatOptions
  var resolved: VantageOptions.Resolved
  var policies: String
  var journal: Journal

  /// Prints the table under the vantage it was made at.
  func print(_ sheet: Sheet, _ snapshot: borrowing Snapshot) throws {
    var table = sheet
    var provenance = Provenance()
    let vantage = resolved.vantage
    provenance.add("as_of", vantage.asOf.description)
    let recorded = try snapshot.recorded(at: vantage.knownAt)
    let when = recorded.map { " (recorded \($0))" } ?? ""
    let why = vantage.knownAt == 0 ? "nothing was known yet" : "the day was not over yet"
    let projected = resolved.isProjected ? "; projected: \(why)" : ""
    provenance.add("known_at", "seq \(vantage.knownAt)\(when)\(projected)")
    provenance.add("policies", policies)
    provenance.add("zone", "\(journal.identity.zone), data \(Zone.dataVersion)")
    if resolved.isProjected {
      table.notes.append(
        vantage.knownAt == 0
          ? "Projected: at position 0 nothing was known yet."
          : "Projected: \(vantage.asOf) was not over at the knowledge it is asked with.")
    }
    try format.print(table, provenance, asOf: vantage.asOf)
  }

  /// What an answer is known by: SHA-256 of its columns and rows as CSV, whatever the form.
  static func digest(_ table: Sheet) -> [UInt8] {
    Array(SHA256.hash(data: Array(Rendering.csv(table).utf8)))
  }
}

extension FormatOptions {
  /// Prints a table in the columns chosen, its provenance ended by the number of its rows and their
  /// digest. Csv and ndjson carry notes and provenance on standard error, where they disturb no
  /// reader.
  ///
  /// - Parameter asOf: the day of a spreadsheet; what the program says of itself has none.
  func print(_ sheet: Sheet, _ given: Provenance, asOf: Day = Day(rawValue: 0)) throws {
    let table = try chosen(sheet)
    var provenance = given
    provenance.add("rows", String(table.rows.count))
    provenance.add("digest", "sha256 \(Hex.text(Reply.digest(table)))")
    let outlet = Outlet(path: out)
    if format == .xlsx {
      try outlet.write { path in
        try Rendering.spreadsheet(table, provenance, asOf: asOf, to: path)
      }
    } else {
      try outlet.write(Rendering(format: format).render(table, provenance))
    }
    if format == .csv || format == .ndjson {
      for item in table.definitions { Terminal.note("# \(item.name): \(item.sentence)\n") }
      for note in table.notes { Terminal.note("# note \(note)\n") }
      for item in provenance.items { Terminal.note("# \(item.name) \(item.value)\n") }
    }
  }

  private func chosen(_ sheet: Sheet) throws -> Sheet {
    guard let columns else { return sheet }
    var chosen: [Int] = []
    for name in columns.split(separator: ",") {
      guard let index = sheet.columns.firstIndex(where: { $0.name == name }) else {
        let names = sheet.columns.map(\.name).joined(separator: ",")
        throw Failure("There is no column \(name); there are \(names).")
      }
      chosen.append(index)
    }
    var copy = sheet.columns(chosen)
    for index in copy.columns.indices { copy.columns[index].isWide = false }
    return copy
  }
}
