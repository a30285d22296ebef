/// History that a command would have refused: stored because it happened, listed because it should
/// not have. Judged entry by entry with what was known just before it; nothing of it is stored.
package struct Anomalies: Sendable {
  /// One anomaly.
  package struct Row: Hashable, Sendable {
    /// Position of the entry.
    package var seq: Position
    /// Account in whose trail it stands; empty for none.
    package var account: String
    /// The event's name.
    package var event: String
    /// The rule that would have refused it.
    package var rule: String
    /// What it says.
    package var what: String
    /// An anomaly.
    package init(seq: Position, account: String, event: String, rule: String, what: String) {
      self.seq = seq
      self.account = account
      self.event = event
      self.rule = rule
      self.what = what
    }
  }

  /// The anomalies found.
  package var rows: [Row] = []
  /// Entries that were judged.
  package var judged: Int64 = 0

  /// None yet.
  package init() {}

  /// How many by rule.
  package var counts: [String: Int64] {
    rows.reduce(into: [:]) { $0[$1.rule, default: 0] += 1 }
  }

  /// The table, by position: seq, account, event, rule, what.
  package func table() -> Table {
    var table = Table(
      title: "Anomalies: history that a command would have refused",
      columns: [
        .init("seq", .integer), .init("account"), .init("event"), .init("rule"), .init("what"),
      ])
    let sorted = rows.sorted { ($0.seq, $0.account, $0.rule) < ($1.seq, $1.account, $1.rule) }
    table.rows = sorted.map { row in
      [
        .integer(Int64(row.seq)), .text(row.account), .text(row.event), .text(row.rule),
        .text(row.what),
      ]
    }
    table.notes.append("\(judged) imported entries were judged.")
    return table
  }

  /// Judges one imported entry of an account, known so far as `state`.
  package mutating func judge(
    _ event: borrowing EventView, state: AccountState, policies: PolicyBook, actor: String,
    today: Day
  ) throws(WireError) {
    judged += 1
    let header = event.header
    let name = Register.name(of: header.type)
    for code in try UnknownCodes.find(event) {
      rows.append(
        Row(
          seq: header.seq, account: state.id, event: name, rule: "code.unknown",
          what: "\(code.field) is `\(code.code)`, which is not in the list \(code.list)."))
    }
    guard let decided = try Event(reading: event).body as? any Decided else { return }
    var scene = Scene(
      account: state, policies: policies, day: Day(rawValue: header.day),
      occurredOn: Moment(rawValue: header.occurred).day(offset: header.offset), today: today,
      actor: actor)
    do throws(Refusal) { try decided.decide(&scene) } catch {
      rows.append(
        Row(seq: header.seq, account: state.id, event: name, rule: error.rule, what: error.what))
    }
  }
}

/// Codes of a body that their lists do not have: kept as they came, and flagged.
package enum UnknownCodes {
  /// A code that its list does not have.
  package struct Found: Hashable, Sendable {
    /// The field, the code, and the list.
    package var field: String, code: String, list: String
  }

  /// The unknown codes of a stored event, fields of structs included.
  package static func find(_ event: borrowing EventView) throws(WireError) -> [Found] {
    let header = event.header
    guard let type = Register.event(code: header.type, version: header.version) else { return [] }
    var found: [Found] = []
    var reader = CBORReader(event.body)
    try walk(&reader, type.shape, "", &found)
    return found
  }

  private static func walk(
    _ reader: inout CBORReader, _ shape: Shape, _ path: String, _ found: inout [Found]
  ) throws(WireError) {
    for _ in 0..<(try reader.map()) {
      let key = Int(clamping: try reader.uint())
      guard let field = shape.fields.first(where: { $0.key == key }),
        field.kind == .part || (field.kind == .code && !field.list.isEmpty)
      else {
        try reader.skip()
        continue
      }
      let count = field.isList ? try reader.array() : 1
      for _ in 0..<count {
        if let part = field.part {
          try walk(&reader, part, path + field.name + ".", &found)
        } else {
          let range = try reader.textRange()
          guard let list = Register.codes[field.list] else { continue }
          if !list.contains(TextKey(reader.bytes.extracting(range))) {
            found.append(
              Found(field: path + field.name, code: reader.string(range), list: field.list))
          }
        }
      }
    }
  }
}
