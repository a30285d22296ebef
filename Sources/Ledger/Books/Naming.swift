/// Texts that a fold leaves in the log, asked for only by what is printed.
package struct Naming {
  /// The id of an account number; empty for a number that nobody has.
  package var account: (UInt32) -> String
  /// The id of an actor number.
  package var actor: (UInt32) -> String
  /// The text of a property (`Key`) of the event at a position, bytes as hexadecimal digits; empty
  /// when it is not there.
  package var text: (Position, UInt64) -> String

  /// Names by these lookups.
  package init(
    account: @escaping (UInt32) -> String, actor: @escaping (UInt32) -> String,
    text: @escaping (Position, UInt64) -> String
  ) {
    self.account = account
    self.actor = actor
    self.text = text
  }

  /// Lines of a register with the ids of their accounts, by the day and position of the entry that
  /// began each; of one day by account.
  package func ordered<Line>(
    _ lines: [Line], of account: (Line) -> UInt32, by began: (Line) -> (day: Int32, seq: Position)
  ) -> [(account: String, line: Line)] {
    lines.map { (account: self.account(account($0)), line: $0) }.sorted { one, other in
      let (first, second) = (began(one.line), began(other.line))
      return (first.day, one.account, first.seq) < (second.day, other.account, second.seq)
    }
  }

  /// Names of accounts only, for a book that prints no other.
  package init(_ account: @escaping (UInt32) -> String) {
    self.init(account: account, actor: { _ in "" }, text: { _, _ in "" })
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
