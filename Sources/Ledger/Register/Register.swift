/// Every event, struct, policy body and code list that has a file in `schemas/`.
///
/// Putting a file there and running `tools/register.py` is the act of registration. The table is
/// read at first use.
package enum Register {
  /// Every version of every event, in the order of their numbers.
  package static var events: [EventType] { table.events }
  /// Every version of every policy body.
  package static var policies: [PolicyType] { table.policies }
  /// The nouns that have events, in the order of their events.
  package static var nouns: [String] {
    events.reduce(into: []) { if !$0.contains($1.noun) { $0.append($1.noun) } }
  }
  /// Every code list by name.
  package static var codes: [String: CodeList] { lists }

  /// The event of this name; its newest version when none is asked for.
  package static func event(_ name: String, version: UInt8? = nil) -> EventType? {
    event(named: Array(name.utf8).span, version: version)
  }

  /// The event of this name in UTF-8.
  package static func event(named name: Span<UInt8>, version: UInt8? = nil) -> EventType? {
    guard let found = table.byName[TextKey(name).rawValue] else { return nil }
    guard let version else { return table.events[found.upperBound - 1] }
    return table.events[found].first { $0.version == version }
  }

  /// The name of a type by its number: `payment.received`; `#999` for a number nobody registered.
  package static func name(of code: UInt16) -> String {
    table.events.last { $0.code == code }?.name ?? "#\(code)"
  }

  /// The event of this number.
  package static func event(code: UInt16, version: UInt8) -> EventType? {
    guard Int(code) < table.byCode.count, let found = table.byCode[Int(code)] else { return nil }
    return table.events[found].first { $0.version == version }
  }

  /// The policy body of this kind; its newest version when none is asked for.
  package static func policy(_ kind: String, version: UInt8? = nil) -> PolicyType? {
    policies.last { $0.kind == kind && (version == nil || $0.version == version) }
  }

  private static let table = RegisterReader(Array(RegisterTable.types.utf8)).table()
  private static let lists = RegisterReader(Array(RegisterTable.codes.utf8)).lists()
}

/// Reads the text of the table.
struct RegisterReader {
  /// What the text held.
  struct Table: Sendable {
    /// Every event in the order of the text.
    var events: [EventType] = []
    /// Every policy body.
    var policies: [PolicyType] = []
    /// Where the versions of a name stand, by the key of the name.
    var byName: [UInt64: Range<Int>] = [:]
    /// Where the versions of a number stand.
    var byCode: [Range<Int>?] = []
  }

  private let text: [UInt8]

  /// A reader of the whole text.
  init(_ text: [UInt8]) { self.text = text }

  /// Structs, policy bodies and events.
  func table() -> Table {
    var table = Table()
    var parts: [String: Shape] = [:]
    var open: [String] = []
    var fields: [Field] = []
    var refusals: [String] = []
    func close() {
      switch open.first {
      case "S": parts[open[1]] = Shape(name: open[1], fields: fields)
      case "P":
        table.policies.append(
          PolicyType(kind: open[1], version: UInt8(open[2]) ?? 0, title: open[3], fields: fields))
      case "E":
        table.events.append(
          EventType(
            code: UInt16(open[1]) ?? 0, name: open[2], version: UInt8(open[3]) ?? 0,
            title: open[8], subject: open[4], amount: open[5], day: open[6], flags: open[7],
            refusals: refusals, fields: fields))
      default: break
      }
      fields = []
      refusals = []
    }
    lines { columns in
      switch columns[0] {
      case "F": fields.append(field(columns, parts))
      case "R": refusals.append(columns[1])
      default:
        close()
        open = columns
      }
    }
    close()
    index(&table)
    return table
  }

  private func index(_ table: inout Table) {
    for (at, event) in table.events.enumerated() {
      let key = TextKey(event.name).rawValue
      let range = (table.byName[key]?.lowerBound ?? at)..<(at + 1)
      table.byName[key] = range
      while table.byCode.count <= Int(event.code) { table.byCode.append(nil) }
      table.byCode[Int(event.code)] = range
    }
  }

  private func field(_ columns: [String], _ parts: [String: Shape]) -> Field {
    let isList = columns[3].utf8.last == UInt8(ascii: "]")
    let base = isList ? String(columns[3].dropLast(2)) : columns[3]
    let kind = ValueKind(rawValue: base) ?? .part
    return Field(
      key: Int(columns[1]) ?? 0, name: columns[2], kind: kind,
      isList: isList, part: kind == .part ? parts[base] : nil,
      isRequired: columns[4].utf8.contains(UInt8(ascii: "r")),
      isPersonal: columns[4].utf8.contains(UInt8(ascii: "p")),
      isWords: columns[4].utf8.contains(UInt8(ascii: "w")),
      list: columns[5], of: columns[6], unit: columns[7],
      limits: limits(columns[8], columns[9]), doc: columns[10])
  }

  private func limits(_ bounds: String, _ oneOf: String) -> Field.Limits? {
    if bounds.isEmpty, oneOf.isEmpty { return nil }
    let numbers = bounds.split(separator: ",", omittingEmptySubsequences: false)
    func number(_ index: Int) -> Int64? { index < numbers.count ? Int64(numbers[index]) : nil }
    return Field.Limits(
      minimum: number(0), maximum: number(1), minItems: number(2).map { Int($0) },
      oneOf: oneOf.split(separator: "|").map(String.init))
  }

  /// The code lists by name.
  func lists() -> [String: CodeList] {
    var lists: [String: CodeList] = [:]
    var open: [String] = []
    var codes: [CodeList.Code] = []
    func close() {
      if open.isEmpty { return }
      lists[open[1]] = CodeList(name: open[1], doc: open[2], codes: codes)
      codes = []
    }
    lines { columns in
      if columns[0] == "L" {
        close()
        open = columns
        return
      }
      var extras: [String: String] = [:]
      for pair in columns[3].split(separator: ";") {
        let parts = pair.split(separator: "=", maxSplits: 1)
        extras[String(parts[0])] = String(parts[1])
      }
      codes.append(CodeList.Code(code: columns[1], title: columns[2], extras: extras))
    }
    close()
    return lists
  }

  private func lines(_ each: ([String]) -> Void) {
    var columns: [String] = []
    var start = 0
    for (index, byte) in text.enumerated() where byte == 9 || byte == 10 {
      if byte == 9 || index > start || !columns.isEmpty {
        columns.append(String(decoding: text[start..<index], as: UTF8.self))
      }
      start = index + 1
      if byte == 10, !columns.isEmpty {
        each(columns)
        columns.removeAll(keepingCapacity: true)
      }
    }
  }
}
