/// A sheet that a desk fills, and the mapping that brings it back: one for each kind of thing that
/// is captured, and one for each form in which a bank writes.
package struct Template: Sendable {
  /// A column of the sheet.
  package struct Column: Sendable {
    /// What the cells hold, in the words of a mapping.
    package enum Kind: String, Sendable {
      /// Text, a bank's reference, a day as DD-MM-YYYY, a time as DD-MM-YYYY HH:mm, a sum, digits.
      case text, reference
      case day = "date DD-MM-YYYY"
      case time = "time DD-MM-YYYY HH:mm"
      case money, integer
    }
    /// Its name in the first row.
    package var name: String
    /// What its cells hold.
    package var kind: Kind
    /// What to write there.
    package var help: String
    /// What could stand there.
    package var example: String
    /// Whether every row needs it.
    package var isRequired: Bool

    /// A column of text that every row needs.
    init(_ name: String, _ help: String, _ example: String) {
      self.init(name, .text, help, example)
    }

    /// A column that every row needs.
    init(_ name: String, _ kind: Kind, _ help: String, _ example: String) {
      (self.name, self.kind, self.help, self.example) = (name, kind, help, example)
      isRequired = true
    }

    /// The same column for rows that may leave it empty.
    var optional: Column {
      var copy = self
      copy.isRequired = false
      return copy
    }
  }

  /// The word that names it: `receipts`.
  package var name: String
  /// What it is for, in a sentence.
  package var about: String
  /// The columns of the sheet.
  package var columns: [Column]
  /// What kind of file it reads.
  var format = SourceFormat.csv
  /// The mapping behind its columns.
  var rules: String

  /// Whether there is a sheet to fill; what a bank writes is not filled by hand.
  package var hasSheet: Bool { format == .csv }

  /// What a row begins with that is for readers: help, and the example.
  package static let comment = "# "

  /// Every template, in the order in which they are listed.
  package static let all =
    [contacts, receipts, deposits, cheques, promises, allocation, targets]
    + [bankStatement, camt053, mt940, nachReturns, chequeReturns]

  /// The template of a name.
  package static func named(_ name: String) throws(Objection) -> Template {
    guard let found = all.first(where: { $0.name == name }) else {
      throw Objection(
        "template.name", "there is no template \(Objection.quote(name))",
        remedy: "there are \(Objection.list(all.map(\.name)))")
    }
    return found
  }

  /// The mapping as text, which a desk may change and give as `--map`.
  package var text: String {
    var text = "about: \(about)\n"
    if format != .csv { text += "format: \(format.rawValue)\n" }
    text += "grouping: \",\"\ncomment: \"#\"\n"
    let typed = columns.filter { $0.kind != .text }
    if !typed.isEmpty { text += "columns:\n" }
    for column in typed { text += "  \(column.name): \(column.kind.rawValue)\n" }
    return text + rules
  }

  /// The mapping.
  package func mapping() throws(Objection) -> Mapping {
    try Mapping(Array(text.utf8), name: "template \(name)")
  }

  /// The row of help and the row of an example, as they stand under the names.
  package var guide: [[String]] {
    guard hasSheet else { return [] }
    let help = columns.map { ($0.isRequired ? "required: " : "") + $0.help }
    return [help, columns.map(\.example)].map { row in
      row.enumerated().map { $0 == 0 ? Template.comment + $1 : $1 }
    }
  }
}
