import Interchange
import Ledger
import Testing

@Suite struct `A mapping` {
  @Test func `in the documentation works as it stands`() throws {
    let path = Fixture.repository + "/Sources/Interchange/Interchange.docc/Mapping.md"
    let file = try ByteFile(path: path)
    let text = String(decoding: try file.bytes(0..<file.size), as: UTF8.self)
    var examples = 0
    for block in text.split(separator: "```yaml\n").dropFirst() {
      let yaml = String(
        block.prefix(upTo: block.firstRange(of: "```")?.lowerBound ?? block.endIndex))
      let first = yaml.split(separator: "\n")[0]
      let columns = first.dropFirst("# columns: ".utf8.count).replacing(", ", with: ",")
      _ = try Fixture.rows(try Fixture.file(columns + "\n"), try Fixture.mapping(yaml))
      examples += 1
    }
    #expect(examples == 2)
  }

  // Each term is made ready once: twice a level, these would take hours.
  private static let sum = Array(repeating: "i", count: 40).joined(separator: " + ")
  private static let row = Array(repeating: "s", count: 40).joined(separator: " + ")

  /// What a formula gives for one row, as text.
  private func give(_ formula: String, _ row: String = "7,12.50,2024-02-29,,x") throws -> String {
    let map = """
      case: s
      currency: EUR
      columns: {i: integer, m: money, d: date YYYY-MM-DD}
      lookups: {t: {x: found, otherwise: other}}
      occurred_at: 2024-01-01
      actor: "{text(\(formula))}"
      events:
        - type: account.flagged
          body: {flag: vip, raised: true}
      """
    var rows = try Fixture.rows(try Fixture.file("i,m,d,e,s\n\(row)\n"), try Fixture.mapping(map))
    var source = SourceRow()
    _ = try rows.next(&source)
    if let objection = source.objection { return objection.rule }
    return source.drafts[0].actor.id
  }

  @Test(arguments: [
    ("i + 3 * 2", "13"), ("(i + 3) * -2", "-20"), ("m * i - 0", "87.50"), ("-m", "-12.50"),
    ("max(0, m - 20.00)", "0.00"), ("min(m, 3.10)", "3.10"), ("abs(0 - m)", "12.50"),
    ("d + 60 days", "2024-04-29"), ("d + 12 months", "2025-02-28"), ("d - i days", "2024-02-22"),
    ("(d + 10 days) - d", "10"), ("day(d)", "2024-02-29"), ("s + '-' + i", "x-7"),
    ("upper(s)", "X"), ("trim('  a ')", "a"), ("lookup(t, s)", "found"), ("lookup(t, e)", "other"),
    ("default(e, 'none')", "none"), ("if(m > 12.49 and not empty(s), 'a', 'b')", "a"),
    ("i >= 7", "true"), ("d < '2024-03-01'", "true"), ("e = ''", "true"), ("s != 'x'", "false"),
    ("m = 0", "false"), ("i * 9000000000000000000", "number.range"),
    ("d + 9000000 days", "number.range"), ("d + 3000000 days", "date.range"),
    ("e + s", "mapping.empty"), ("[i]", "7"),
    (Self.sum, "280"), (Self.row, String(repeating: "x", count: 40)),
  ]) func `computes`(formula: String, expected: String) throws {
    #expect(try give(formula) == expected)
  }

  @Test(
    arguments: [
      ("1.234,50", "decimal: comma\ngrouping: \".\"", 123_450),
      ("1,00,000.00", "grouping: \",\"", 10_000_000),
      ("-3", "", -300), ("1 000,5", "decimal: comma\ngrouping: blank", 100_050),
      ("0012.3", "", 1230),
      ("12,34", "grouping: \",\"", nil), ("1,2345", "grouping: \",\"", nil), ("1.", "", nil),
      ("", "", nil),
      (".5", "", nil), ("1,000", "", nil), ("+7", "", 700), ("1.500", "", 150),
    ] as [(String, String, Int64?)]) func `reads sums as they are declared`(
      text: String, format: String, minor: Int64?
    ) throws
  {
    let map = """
      case: a
      currency: EUR
      columns: {m: money}
      occurred_at: 2024-01-01
      actor: x
      events:
        - type: payment.received
          body: {payment: p, amount: "{m}", mode: cash}
      """
    var rows = try Fixture.rows(
      try Fixture.file("a,m\nA,\"\(text)\"\n"), try Fixture.mapping(map + "\n" + format + "\n"))
    var row = SourceRow()
    _ = try rows.next(&row)
    #expect(row.drafts.first?.amount?.minor == minor)
  }

  @Test func `puts rows in order by typed columns, and refused rows stay in sight`() throws {
    let map = """
      case: a
      sort: [a, n]
      columns: {n: integer}
      memory: {last: integer}
      occurred_at: 2024-01-01
      actor: "{last}"
      rules:
        - events:
            - type: account.flagged
              body: {flag: vip, raised: true}
          set: {last: n}
      """
    let text = "a,n\nB,10\nA,2\nA,10\nB\nA,9\nB,9\n"
    var rows = try Fixture.rows(try Fixture.file(text), try Fixture.mapping(map))
    var row = SourceRow()
    var seen: [String] = []
    while try rows.next(&row) {
      seen.append("\(row.line) " + (row.drafts.first.map { $0.actor.id } ?? "refused"))
    }
    #expect(seen == ["3 0", "6 2", "4 9", "5 refused", "7 0", "2 9"])
  }

  @Test func `remembers a case apart though its sort key is equal to another's`() throws {
    let map = """
      case: a
      sort: [a]
      columns: {a: integer, n: integer}
      memory: {last: integer}
      occurred_at: 2024-01-01
      actor: "{last}"
      rules:
        - events:
            - type: account.flagged
              body: {flag: vip, raised: true}
          set: {last: n}
      """
    var rows = try Fixture.rows(
      try Fixture.file("a,n\n7,1\n007,2\n7,3\n"), try Fixture.mapping(map))
    var row = SourceRow()
    var seen: [String] = []
    while try rows.next(&row) { seen.append(row.drafts.first?.actor.id ?? "refused") }
    #expect(seen == ["0", "0", "1"])
  }

  @Test func `takes a currency from a column and keeps currencies apart`() throws {
    let map = """
      case: a
      currency: "{ccy}"
      columns: {m: money}
      memory: {sum: money}
      occurred_at: 2024-01-01
      actor: x
      rules:
        - events:
            - type: payment.received
              body: {payment: p, amount: "{sum + m}", mode: cash}
          set: {sum: sum + m}
      """
    let text = "a,m,ccy\nA,1.5,KWD\nB,150,JPY\nA,2,EUR\nA,1,XXX\n"
    var rows = try Fixture.rows(try Fixture.file(text), try Fixture.mapping(map))
    var row = SourceRow()
    var seen: [String] = []
    while try rows.next(&row) {
      seen.append(row.objection?.rule ?? row.drafts.first?.amount?.description ?? "")
    }
    #expect(seen == ["1.500 KWD", "150 JPY", "money.currency", "money.currency"])
  }
}
