/// Texts that a fold leaves in the log, asked for only by what is printed.
package struct Naming {
  /// The id of an account number; empty for a number that nobody has.
  package var account: (UInt32) -> String
  /// The id of an actor number.
  package var actor: (UInt32) -> String
  /// The texts of properties (`Key`) of the event at a position, bytes as hexadecimal digits; empty
  /// where one is not there.
  package var texts: (Position, [UInt64]) -> [String]

  /// Names by these lookups.
  package init(
    account: @escaping (UInt32) -> String, actor: @escaping (UInt32) -> String,
    texts: @escaping (Position, [UInt64]) -> [String]
  ) {
    self.account = account
    self.actor = actor
    self.texts = texts
  }

  /// The text of one property.
  package func text(_ seq: Position, _ key: UInt64) -> String { texts(seq, [key])[0] }

  /// Lines of a register with the ids of their accounts, by the day and position of the entry that
  /// began each; of one day by account.
  package func ordered<Line>(
    _ lines: [Line], of account: (Line) -> UInt32, by began: (Line) -> (day: Int32, seq: Position)
  ) -> [(account: String, line: Line)] {
    lines.map { (account: self.account(account($0)), line: $0) }
      .sorted(on: { (began($0.line).day, $0.account, began($0.line).seq) }, by: <)
  }

  /// Names of accounts only, for a book that prints no other.
  package init(_ account: @escaping (UInt32) -> String) {
    self.init(account: account, actor: { _ in "" }, texts: { _, keys in keys.map { _ in "" } })
  }
}

extension Array {
  /// The elements by keys, each made once: long elements are not moved while they are compared.
  /// Those of equal keys stay as they stood.
  package func sorted<Key>(on key: (Element) -> Key, by precedes: (Key, Key) -> Bool) -> [Element] {
    let keys = map(key)
    return indices.sorted { precedes(keys[$0], keys[$1]) }.map { self[$0] }
  }
}

extension CBORReader {
  /// The text of a property of a body, bytes as hexadecimal digits; nil when it is not there or
  /// neither.
  package static func text(of key: UInt64, in body: Span<UInt8>) throws(WireError) -> String? {
    var reader = CBORReader(body)
    for _ in 0..<(try reader.map()) {
      let isWanted = try reader.uint() == key
      if isWanted {
        switch try reader.peekMajor() {
        case 2: return Hex.text(try reader.data())
        case 3: return try reader.text()
        default: return nil
        }
      }
      try reader.skip()
    }
    return nil
  }
}
