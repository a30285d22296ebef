import Glibc
import Interchange
import Journaling
import Ledger
import LedgerTesting
import Testing

/// Receipts as a desk keeps them in a spreadsheet.
private enum Desk {
  static let mapping = """
    case: account
    grouping: ","
    comment: "#"
    occurred_at: "{paid_on}"
    actor: desk
    columns: {paid_on: date DD-MM-YYYY, amount: money}
    events:
      - type: payment.received
        body: {payment: "{no}", receipt_no: "{no}", amount: "{amount}", mode: cash, instrument_ref: "{ref}"}
    """

  static let heading = row(1, ["no", "account", "paid_on", "amount", "ref"].map(text))

  static func text(_ text: String) -> String { #" t="inlineStr"><is><t>\#(text)</t></is></c>"# }
  static func number(_ text: String, style: Int = 0) -> String {
    #" s="\#(style)"><v>\#(text)</v></c>"#
  }
  static func formula(_ text: String) -> String { "><f>A1</f><v>\(text)</v></c>" }

  static func row(_ number: Int, _ cells: [String], hidden: Bool = false) -> String {
    let inner = cells.enumerated().map { index, cell in
      #"<c r="\#(["A", "B", "C", "D", "E", "F"][index])\#(number)""# + cell
    }
    return #"<row r="\#(number)"\#(hidden ? #" hidden="1""# : "")>\#(inner.joined())</row>"#
  }

  static func good(_ number: Int, hidden: Bool = false) -> String {
    row(
      number,
      [text("000\(number)"), text("A1"), Desk.number("46112", style: 1), Desk.number("2500.5")],
      hidden: hidden)
  }

  static func file(
    _ rows: [String], after: String = "", columns: String = "",
    sheets: [(name: String, state: String)] = []
  ) throws -> ByteFile {
    try ByteFile(
      name: "desk.xlsx",
      bytes: Archive.zip(
        Archive.workbook(
          rows: ([heading] + rows).joined(), after: after, columns: columns, styles: [0, 14, 22],
          sheets: sheets)))
  }

  /// What an import said: its counts, and its objections by row and rule.
  static func taken(_ file: ByteFile, _ change: (inout Import.Options) -> Void = { _ in }) throws
    -> String
  {
    let ledger = try TemporaryLedger()
    var options = Import.Options()
    change(&options)
    var run = Import(file, mapping: try Fixture.mapping(mapping), options: options)
    do {
      let report = try run.run(into: try ledger.open())
      let why = report.objections.map { "\($0.line) \($0.rule) \($0.column ?? "")" }
      return (["\(report.events) of \(report.rows)"] + why).joined(separator: "; ")
    } catch let objection as Objection {
      return "\(objection.line) \(objection.rule)"
    }
  }
}

@Suite struct `A spreadsheet that is imported` {
  @Test func `gives the events that its text would give`() throws {
    let csv = """
      no,account,paid_on,amount,ref
      0002,A1,31-03-2026,2500.50,
      12,A2,05-04-2026,"12,34,567.89","=1+1
      second line"
      # help,,not a date,,
      13,A3,06-04-2026,33.3,7

      """
    let sheet = try Desk.file([
      Desk.good(2), Desk.row(3, []),
      Desk.row(
        5,
        [
          Desk.number("12"), Desk.text("A2"), Desk.text("05-04-2026"), Desk.text("12,34,567.89"),
          Desk.text("=1+1\nsecond line"),
        ]),
      Desk.row(6, [Desk.text("# help"), Desk.text(""), Desk.text("not a date")]),
      Desk.row(
        7,
        [
          Desk.number("13"), Desk.text("A3"), Desk.number("46118", style: 1),
          Desk.number("33.299999999999997"), Desk.number("7"),
        ]),
    ])
    var exports: [String] = []
    for file in [try Fixture.file(csv), sheet] {
      let ledger = try TemporaryLedger()
      let journal = try ledger.open()
      var run = Import(file, mapping: try Fixture.mapping(Desk.mapping))
      let report = try run.run(into: journal)
      #expect(report.events == 3)
      #expect(report.lastLine == (file === sheet ? 7 : 6))
      let lines = try Fixture.export(journal).split(separator: "\n").filter {
        $0.contains("payment.received")
      }
      exports.append(
        lines.map { line in
          let start = line.firstRange(of: "\"body\"")?.lowerBound ?? line.startIndex
          let end = line.firstRange(of: "\"source\"")?.lowerBound ?? line.endIndex
          return String(start < end ? line[start..<end] : line[start...])
        }.joined(separator: "\n"))
    }
    #expect(exports[0] == exports[1])
    #expect(exports[0].contains("123456789"))
    #expect(exports[0].contains("second line"))
  }

  @Test func `refuses row by row what a spreadsheet hides, and takes the rest`() throws {
    let bad = [
      Desk.row(
        3, [Desk.formula("9"), Desk.text("A1"), Desk.number("46112", style: 1), Desk.number("1")]),
      Desk.good(4, hidden: true),
      Desk.row(
        5, [Desk.text("5"), Desk.text("A1"), Desk.number("46112.5", style: 2), Desk.number("1")]),
      Desk.row(
        6, [Desk.number("1234567890123456"), Desk.text("A1"), Desk.number("46112", style: 1)]),
      Desk.row(7, [Desk.text("7"), #" t="e"><v>#REF!</v></c>"#]),
      Desk.row(
        8, [Desk.text("8"), Desk.text("A1"), Desk.number("60", style: 1), Desk.number("1")]),
      Desk.row(9, [Desk.text("9"), Desk.text("A1"), Desk.number("46112"), Desk.number("1")]),
      Desk.row(10, ["a", "A1", "01-04-2026", "1", "", "beyond"].map(Desk.text)),
      Desk.good(11),
    ]
    let merges = #"<mergeCells count="1"><mergeCell ref="D11:E12"/></mergeCells>"#
    let file = try Desk.file([Desk.good(2)] + bad, after: merges)
    let refused = """
      1 of 10; 3 xlsx.formula no; 4 xlsx.hidden ; 5 xlsx.time paid_on; 6 xlsx.digits no; \
      7 xlsx.error account; 8 xlsx.error paid_on; 9 mapping.value paid_on; 10 xlsx.width ; \
      11 xlsx.merged 
      """
    #expect(try Desk.taken(file) == refused)
    let more = try Desk.taken(file) {
      $0.sheet.takesFormulas = true
      $0.sheet.takesHidden = true
    }
    #expect(more.hasPrefix("3 of 10; 5 xlsx.time"))
  }

  @Test func `is refused whole where the whole is in doubt`() throws {
    let hidden = #"<cols><col min="4" max="4" hidden="1"/></cols>"#
    #expect(try Desk.taken(try Desk.file([Desk.good(2)], columns: hidden)) == "1 xlsx.hidden")
    let merged = #"<mergeCells><mergeCell ref="A1:B1"/></mergeCells>"#
    #expect(try Desk.taken(try Desk.file([Desk.good(2)], after: merged)) == "1 xlsx.merged")
    let two = [(name: "April", state: "visible"), (name: "May", state: "visible")]
    let file = try Desk.file([Desk.good(2)], sheets: two)
    #expect(try Desk.taken(file) == "0 xlsx.sheet")
    #expect(try Desk.taken(file) { $0.sheet.name = "May" } == "1 of 1")
    #expect(try Desk.taken(file) { $0.sheet.name = "June" } == "0 xlsx.sheet")
    let veiled = [(name: "April", state: "visible"), (name: "May", state: "veryHidden")]
    let other = try Desk.file([Desk.good(2)], sheets: veiled)
    #expect(try Desk.taken(other) == "1 of 1")
    #expect(try Desk.taken(other) { $0.sheet.name = "May" } == "0 xlsx.hidden")
    #expect(try Desk.taken(try ByteFile(name: "x.xlsx", bytes: Archive.zip([]))) != "")
  }

  @Test func `keeps a refused row in the rejects file, from where it is imported`() throws {
    let ledger = try TemporaryLedger()
    let journal = try ledger.open()
    var options = Import.Options()
    options.rejects = ledger.path + ".rejects"
    defer { unsafe unlink(ledger.path + ".rejects") }
    let mapping = try Fixture.mapping(Desk.mapping)
    var run = Import(
      try Desk.file([Desk.good(2, hidden: true)]), mapping: mapping, options: options)
    #expect(try run.run(into: journal).rejected == 1)
    let rejects = try ByteFile(path: ledger.path + ".rejects")
    let text = String(decoding: try rejects.bytes(0..<rejects.size), as: UTF8.self)
    #expect(
      text.hasSuffix("--take hidden\",0002,A1,31-03-2026,2500.5,\n")
        || text.hasSuffix("--take hidden,0002,A1,31-03-2026,2500.5,\n"))
    var again = Import(rejects, mapping: mapping)
    #expect(try again.run(into: journal).events == 1)
  }
}
