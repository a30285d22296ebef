import Ledger

/// How an answer is written: `--format`.
enum Format: String, CaseIterable {
  case text, csv, json, ndjson, xlsx
}

/// What every answer ends with: by which figures it can be made again.
struct Provenance {
  /// Names and values in the order in which they are printed.
  var items: [(name: String, value: String)] = []

  /// Adds an item.
  mutating func add(_ name: String, _ value: String) { items.append((name, value)) }
}

/// A table as text, in the form asked for, with its provenance at the foot.
struct Rendering {
  /// The form.
  var format: Format

  /// The whole answer. A spreadsheet is no text: `spreadsheet` writes it.
  func render(_ table: Sheet, _ provenance: Provenance) -> String {
    switch format {
    case .text: text(table.narrow, provenance)
    case .csv, .xlsx: Rendering.csv(table)
    case .json: json(table, provenance)
    case .ndjson: ndjson(table)
    }
  }

  /// RFC 4180 with LF: a header row, then the rows. The canonical form that `digest` is taken of.
  static func csv(_ table: Sheet) -> String {
    var out = table.columns.map { field($0.name) }.joined(separator: ",") + "\n"
    for row in table.rows {
      out += row.map { field($0.plain) }.joined(separator: ",") + "\n"
    }
    return out
  }

  private static func field(_ text: String) -> String {
    let plain = !text.utf8.contains { $0 == 44 || $0 == 34 || $0 == 10 || $0 == 13 }
    if plain { return text }
    var quoted = "\""
    for character in text {
      quoted.append(character)
      if character == "\"" { quoted.append(character) }
    }
    return quoted + "\""
  }

  private func text(_ table: Sheet, _ provenance: Provenance) -> String {
    var widths = table.columns.map { $0.name.count }
    let rows = table.rows.map { row in
      zip(table.columns, row).map { $0.kind == .prose ? $1.plain : Rendering.short($1.plain) }
    }
    for row in rows {
      for (index, cell) in row.enumerated() where table.columns[index].kind != .prose {
        widths[index] = max(widths[index], cell.count)
      }
    }
    func line(_ cells: [String]) -> String {
      var out = ""
      for (index, cell) in cells.enumerated() {
        let pad = String(repeating: " ", count: max(0, widths[index] - cell.count))
        let right = table.columns[index].kind == .money || table.columns[index].kind == .integer
        out += (index == 0 ? "" : "  ") + (right ? pad + cell : cell + pad)
      }
      while out.utf8.last == 32 { out.removeLast() }
      return out + "\n"
    }
    var out = table.title + "\n\n"
    if !table.columns.isEmpty {
      out += line(table.columns.map(\.name))
      out += line(widths.map { String(repeating: "-", count: $0) })
    }
    for row in rows { out += line(row) }
    if rows.isEmpty { out += "(nothing)\n" }
    if !table.definitions.isEmpty { out += "\n" }
    for item in table.definitions { out += "\(item.name): \(item.sentence)\n" }
    for note in table.notes { out += "\n" + note + "\n" }
    out += "\n"
    for item in provenance.items { out += "# \(item.name) \(item.value)\n" }
    return out
  }

  // A cell of text is cut where a line would get out of hand; csv and json have all of it.
  private static func short(_ text: String) -> String {
    text.count <= 76 ? text : text.prefix(75) + "…"
  }

  private func json(_ table: Sheet, _ provenance: Provenance) -> String {
    var out = "{\"title\":" + Rendering.quote(table.title) + ",\"rows\":[\n"
    out += table.rows.map { object(table, $0) }.joined(separator: ",\n")
    out += "\n],\"notes\":[" + table.notes.map(Rendering.quote).joined(separator: ",") + "]"
    if !table.definitions.isEmpty {
      out += ",\"definitions\":{"
      out +=
        table.definitions.map { Rendering.quote($0.name) + ":" + Rendering.quote($0.sentence) }
        .joined(separator: ",") + "}"
    }
    out += ",\"provenance\":{"
    out += provenance.items.map { Rendering.quote($0.name) + ":" + Rendering.quote($0.value) }
      .joined(separator: ",")
    return out + "}}\n"
  }

  private func ndjson(_ table: Sheet) -> String {
    var out = ""
    for row in table.rows { out += object(table, row) + "\n" }
    return out
  }

  // Money as a decimal text: a JSON number would be a float to whoever reads it.
  private func object(_ table: Sheet, _ row: [Sheet.Cell]) -> String {
    let pairs = zip(table.columns, row).map { column, cell in
      let value: String =
        switch cell {
        case .integer(let number): String(number)
        case .none: "null"
        case .day(let day) where day == .undated: "null"
        default: Rendering.quote(cell.plain)
        }
      return Rendering.quote(column.name) + ":" + value
    }
    return "{" + pairs.joined(separator: ",") + "}"
  }

  /// A JSON string.
  static func quote(_ text: String) -> String {
    var out = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\n": out += "\\n"
      case "\r": out += "\\r"
      case "\t": out += "\\t"
      case _ where scalar.value < 32:
        let hex = String(scalar.value, radix: 16)
        out += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out + "\""
  }
}
