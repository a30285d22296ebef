import Crypto
package import Ledger

/// What kind of file a mapping reads: CSV or a spreadsheet, or what a bank writes.
package enum SourceFormat: String, Sendable { case csv, camt053, mt940 }

/// A mapping file: how the rows of a CSV file become events. Written by a user, without Swift; the
/// language is described in `Mapping.md`.
package struct Mapping: Sendable {
  /// The file as its user named it.
  package let name: String
  /// SHA-256 of its bytes.
  package let digest: [UInt8]
  /// What kind of file it reads.
  package private(set) var format = SourceFormat.csv
  /// How the data is written.
  package private(set) var dialect = Dialect()
  /// The mapping as it was read.
  let root: YAML

  /// Keys of a mapping.
  static let keys: Set<String> = [
    "about", "format", "delimiter", "quote", "comment", "encoding", "header", "zone", "currency",
    "decimal", "grouping", "ambiguous", "missing", "case", "columns", "sort", "lookups", "memory",
    "values", "occurred_at", "value_date", "actor", "refs", "correlation", "events", "rules",
    "otherwise",
  ]

  /// Reads a mapping; what it says about columns is checked by `program`.
  package init(_ bytes: [UInt8], name: String) throws(Objection) {
    self.name = name
    var hash = SHA256()
    unsafe bytes.withUnsafeBytes { unsafe hash.update(bufferPointer: $0) }
    digest = Array(hash.finalize())
    do throws(Objection) {
      root = try YAML(bytes)
      _ = try root.pairs("a mapping", known: Mapping.keys)
      try readDialect()
    } catch {
      throw error.at(name, 0)
    }
  }

  /// Reads a mapping from a file.
  package init(path: String) throws(Objection) {
    let file = try ByteFile(path: path)
    try self.init(try file.bytes(0..<min(file.size, 2 << 20)), name: path)
  }

  /// Makes it ready for a file with these columns. `zone` and `currency` are the ledger's; the
  /// mapping may name others.
  package func program(header: [String], zone: Zone, currency: Currency) throws(Objection)
    -> Program
  {
    do throws(Objection) {
      var reader = MappingReader(root: root, header: header)
      return try reader.program(zone: zone, currency: currency)
    } catch {
      throw error.at(name, 0)
    }
  }

  private mutating func readDialect() throws(Objection) {
    if let given = root["format"] {
      guard let format = SourceFormat(rawValue: try given.text("format")) else {
        throw given.objection(
          "mapping.format", "the format is none of those that a mapping reads",
          "write csv (also for spreadsheets), camt053 or mt940; NDJSON needs no mapping")
      }
      self.format = format
    }
    if let given = root["delimiter"] {
      let text = try given.text("delimiter")
      let named = ["tab": "\t", "comma": ",", "semicolon": ";", "pipe": "|"][text] ?? text
      guard let byte = named.utf8.first, named.utf8.count == 1, byte < 128, byte != 10, byte != 34
      else {
        throw given.objection(
          "mapping.dialect", "\(Objection.quote(text)) is no delimiter",
          "use one character, or tab, comma, semicolon or pipe")
      }
      dialect.delimiter = byte
    }
    if let given = root["quote"] {
      guard try given.text("quote") == "none" else {
        throw given.objection("mapping.dialect", "quote can only be none", "leave it out")
      }
      dialect.quote = nil
    }
    if let given = root["encoding"] {
      guard let encoding = TextEncoding(rawValue: try given.text("encoding")) else {
        throw given.objection(
          "mapping.dialect", "this encoding is not known",
          "use " + Objection.list(TextEncoding.allCases.map(\.rawValue)))
      }
      dialect.encoding = encoding
    }
    if let given = root["comment"] {
      let text = try given.text("comment")
      guard let byte = text.utf8.first, text.utf8.count == 1, byte > 32, byte < 127 else {
        throw given.objection(
          "mapping.dialect", "\(Objection.quote(text)) is no sign for comments",
          "use one sign: \"#\"")
      }
      dialect.comment = byte
    }
    if let given = root["header"] {
      var names: [String] = []
      for item in given.items { names.append(try item.text("header")) }
      guard Set(names).count == names.count else {
        throw given.objection("csv.header", "two columns have one name", "name them apart")
      }
      dialect.header = names
    }
  }
}

/// A column that rows are put in order by.
package struct SortKey: Sendable {
  /// Its place in the row.
  let column: Int
  /// Its name.
  let name: String
  /// What it holds.
  let type: ColumnType
  /// Whether the largest comes first.
  let descends: Bool
}

/// Reads the parts of a mapping that depend on the columns of a file.
struct MappingReader {
  /// The mapping as it was read.
  let root: YAML
  /// What names stand for, as far as it has been read.
  var scope = Scope()

  /// A reader for a file with these columns.
  init(root: YAML, header: [String]) {
    self.root = root
    scope.header = header
    for (index, name) in header.enumerated() where !name.isEmpty {
      scope.columns[name] = (index, .text)
    }
  }

  /// Makes formulas ready with what is known so far.
  var compiler: FormulaCompiler { FormulaCompiler(scope: scope) }

  /// Runs `body` and adds the line of what it reads to its objection.
  static func at<T>(_ yaml: YAML, _ body: () throws(Objection) -> T) throws(Objection) -> T {
    do throws(Objection) { return try body() } catch { throw error.at("", yaml.line) }
  }

  /// The index of a column, or an objection that lists those there are.
  func column(_ name: String, _ yaml: YAML) throws(Objection) -> Int {
    if let found = scope.columns[name] { return found.index }
    throw yaml.objection(
      "mapping.column", "the file has no column \(Objection.quote(name))",
      "it has the columns " + Objection.list(scope.header))
  }

  /// A text with formulas, made ready.
  func template(_ yaml: YAML, _ place: String) throws(Objection) -> Compiled {
    try MappingReader.at(yaml) { () throws(Objection) in
      try compiler.compile(try FormulaParser.template(try yaml.text(place)))
    }
  }

  /// A text with formulas that must give a text; an integer is written out.
  func text(_ yaml: YAML, _ place: String) throws(Objection) -> Compiled {
    let compiled = try template(yaml, place)
    guard compiled.kind == .text || compiled.kind == .integer else {
      throw compiler.unfit(compiled.kind, Kind.text.phrase).about(place).at("", yaml.line)
    }
    return compiled
  }

  /// A condition: a formula, a map of names and wanted values, or a list of both that must all
  /// hold.
  func condition(_ yaml: YAML) throws(Objection) -> Compiled {
    var all: [Formula] = []
    var count = 0
    for item in yaml.items {
      switch item {
      case .scalar(let text, _):
        all.append(
          try MappingReader.at(item) { () throws(Objection) in try FormulaParser.parse(text) })
      case .map(let pairs, _):
        for pair in pairs {
          var any: Formula?
          for choice in pair.value.items {
            let text = try choice.text(pair.key)
            count += 1
            let same = Formula.operation(.equal, .name(pair.key), .text(text))
            any = any.map { .operation(.or, $0, same) } ?? same
          }
          if let any { all.append(any) }
        }
      case .list:
        throw item.objection("mapping.when", "a condition is a list in a list", "write it flat")
      }
    }
    guard var formula = all.first else {
      throw yaml.objection("mapping.when", "the condition is empty", "leave when: out")
    }
    guard max(all.count, count) <= FormulaParser.longest else {
      throw yaml.objection(
        "mapping.when", "the condition has more than a thousand parts", "use values: or lookups:")
    }
    for next in all.dropFirst() { formula = .operation(.and, formula, next) }
    let whole = formula
    return try MappingReader.at(yaml) { () throws(Objection) in
      try compiler.compile(whole, as: .truth)
    }
  }
}
