internal import Sealing

/// Why a file, a row or a mapping cannot be used: what is wrong, where and by which rule, and what
/// to do about it.
package struct Objection: Error, Hashable, Sendable {
  /// The file as its user named it; empty until the place is known.
  package var file: String = ""
  /// The line of the file, from 1; 0 when the whole file is meant.
  package var line: Int = 0
  /// The column's name or the field's path, when one is to blame.
  package var column: String?
  /// What is wrong, without its place and without a full stop.
  package var what: String
  /// The rule's name, such as `csv.row-width`. It is published: scripts may match it.
  package var rule: String
  /// What to do, without a full stop.
  package var remedy: String

  /// An objection by `rule`; the place may be added by who knows it.
  package init(_ rule: String, _ what: String, column: String? = nil, remedy: String) {
    self.rule = rule
    self.what = what
    self.column = column
    self.remedy = remedy
  }

  /// The same objection at a place; what is known already is kept.
  package func at(_ file: String, _ line: Int) -> Objection {
    var copy = self
    if copy.file.isEmpty { copy.file = file }
    if copy.line == 0 { copy.line = line }
    return copy
  }

  /// The same objection about a column or field, unless one is named already.
  package func about(_ column: String?) -> Objection {
    var copy = self
    if copy.column == nil { copy.column = column }
    return copy
  }

  /// The reason without the place: what the `reason` column of a rejects file says.
  package var reason: String { (column.map { "“\($0)”: " } ?? "") + what + "; " + remedy }
}

extension Objection: CustomStringConvertible {
  /// `file, line 7, “column”: what [rule]; remedy.`
  package var description: String {
    var place: [String] = []
    if !file.isEmpty { place.append(file) }
    if line > 0 { place.append("line \(line)") }
    if let column { place.append("“\(column)”") }
    let start = place.isEmpty ? "" : place.joined(separator: ", ") + ": "
    return start + "\(what) [\(rule)]; \(remedy)."
  }
}

extension Objection {
  /// What a user wrote, in quotation marks, short and tame enough for a message of one line.
  package static func quote(_ bytes: some Collection<UInt8>) -> String {
    let text = String(decoding: bytes.prefix(60), as: UTF8.self)
    let tame = text.unicodeScalars.map { scalar in
      scalar.value < 32 || scalar.value == 127 ? "␦" : String(scalar)
    }
    return "“" + tame.joined() + (bytes.count > 60 ? "…”" : "”")
  }

  /// The same for a text.
  package static func quote(_ text: String) -> String { quote(Array(text.utf8)) }

  /// A list for a remedy: `a, b and c`; a long one is cut.
  package static func list(_ names: some Sequence<String>, limit: Int = 40) -> String {
    var shown = Array(names)
    let more = shown.count - limit
    if more > 0 { shown = Array(shown.prefix(limit)) + ["\(more) more"] }
    guard let last = shown.popLast() else { return "none" }
    return shown.isEmpty ? last : shown.joined(separator: ", ") + " and " + last
  }
}

extension Objection {
  /// What the ledger or its key store says in a sentence: behind its last semicolon stands what to
  /// do.
  init(_ error: some Error, rule: String) {
    let sentence = "\(error)"
    let words = sentence.hasSuffix(".") ? sentence.dropLast() : sentence[...]
    guard let cut = words.ranges(of: "; ").last else {
      self.init(rule, String(words), remedy: "run `arrears check`")
      return
    }
    self.init(rule, String(words[..<cut.lowerBound]), remedy: String(words[cut.upperBound...]))
  }

  /// Does something with keys.
  static func sealing<T>(_ body: () throws(SealingError) -> T) throws(Objection) -> T {
    do throws(SealingError) { return try body() } catch {
      throw Objection(error, rule: "person.sealed")
    }
  }
}
