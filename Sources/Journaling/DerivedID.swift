internal import Crypto
internal import LMDB
internal import Ledger

/// The id of an event that came without one: `<first 16 hex digits of the import's digest>-<line>`,
/// and `.<ordinal>` behind it for the second and further events of a line.
package struct DerivedID: Equatable, Sendable {
  /// The first 16 hexadecimal digits of the import's digest.
  package var prefix: String
  /// The line of the file, from 1.
  package var line: UInt64
  /// Which of the line's events, from 0 for the first.
  package var ordinal: UInt64

  /// Reads an id; nil when it is not of this form.
  init?(_ id: String) {
    let span = id.utf8Span.span
    guard span.count >= 18, span[16] == UInt8(ascii: "-") else { return nil }
    let utf8 = Array(id.utf8)
    guard utf8[..<16].allSatisfy({ (48...57).contains($0) || (97...102).contains($0) })
    else { return nil }
    let parts = id.dropFirst(17).split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, let line = UInt64(parts[0]), line > 0 else { return nil }
    var ordinal: UInt64 = 0
    if parts.count == 2 {
      guard let number = UInt64(parts[1]), number > 0 else { return nil }
      ordinal = number
    }
    self.init(prefix: String(id.prefix(16)), line: line, ordinal: ordinal)
    guard text == id else { return nil }
  }

  /// The id of an event of a line.
  package init(prefix: String, line: UInt64, ordinal: UInt64) {
    (self.prefix, self.line, self.ordinal) = (prefix, line, ordinal)
  }

  /// The id.
  package var text: String { "\(prefix)-\(line)" + (ordinal == 0 ? "" : ".\(ordinal)") }

  /// The prefix of an import by its name: the name's own first 16 digits when it is a digest in
  /// hexadecimal, else those of the name's SHA-256.
  package static func prefix(ofImport name: String) -> String {
    let utf8 = Array(name.utf8)
    if utf8.count == 64, utf8.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) }) {
      return String(name.prefix(16))
    }
    return Hex.text(Array(SHA256.hash(data: utf8)).prefix(8))
  }

  /// The event of this id up to a position: every event of the import is looked at, oldest first.
  func position(_ view: View, _ tables: Tables, to last: Position) throws -> Position? {
    for number in 1...max(1, try view.count(tables, .import)) {
      guard let name = try view.name(tables, .import, number),
        DerivedID.prefix(ofImport: name) == prefix
      else { continue }
      if let found = try find(number, view, tables, to: last) { return found }
    }
    return nil
  }

  private func find(_ number: UInt32, _ view: View, _ tables: Tables, to last: Position) throws
    -> Position?
  {
    var (from, to) = (Position(1), last)
    var imports = try view.cursor(tables.imports)
    while try imports.next() {
      let row = try ImportRow(Little.copy(imports.key), imports.value)
      if row.number == number, row.first > 0 { (from, to) = (row.first, min(row.last, last)) }
    }
    var found: Position?
    do {
      try view.scan(tables, from: from, to: to) { event in
        guard event.header.envelope > 0,
          let source = try Envelope.source(of: event.envelope),
          source.importNumber == number, source.line == line, source.ordinal == ordinal,
          try Indexed.idKey(event) == nil
        else { return }
        found = event.header.seq
        throw Found()
      }
    } catch is Found {}
    return found
  }

  private struct Found: Error {}
}
