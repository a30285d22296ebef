import Interchange
import Journaling
import Ledger
import LedgerTesting
import Testing

@Suite struct `Bad input` {
  private static let header = "no,account,on,at,amount,mode\n"

  private static let map = """
    case: account
    actor: "clerk"
    occurred_at: "{at}"
    columns: {on: date DD-MM-YYYY, at: time DD-MM-YYYY HH:mm, amount: money}
    lookups: {modes: {C: cash}}
    events:
      - type: payment.received
        value_date: "{on}"
        body: {payment: "{no}", amount: "{amount}", mode: "{lookup(modes, mode)}"}
    """

  /// More than any mapping needs and a stack can bear.
  private static let factors = String(repeating: " * 1", count: 100_000)
  private static let choices = String(repeating: ", C", count: 1_000)
  private static let steps: String = {
    var text = ""
    for step in 1...30 { text += ", v\(step): v\(step - 1)" }
    return text
  }()

  private func firstObjection(_ row: String, _ map: String = Self.map, zone: String = "Europe/Rome")
    throws -> String
  {
    let file = try Fixture.file(Self.header + row)
    var rows = try Fixture.rows(file, try Fixture.mapping(map), zone: zone, currency: "EUR")
    var source = SourceRow()
    while try rows.next(&source) {
      if let objection = source.objection {
        return objection.at(file.name, source.line).description
      }
    }
    return "none"
  }

  @Test(arguments: [
    ("007,A,05-01-2026,05-01-2026 10:00,1.50,C", "none"),
    (
      "1,A,31-02-2026,05-01-2026 10:00,1.50,C",
      "rows.csv, line 2, “on”: “31-02-2026” is not a date of the form DD-MM-YYYY [mapping.value]; "
    ),
    (
      "1,A,2026-01-05,05-01-2026 10:00,1.50,C",
      "rows.csv, line 2, “on”: “2026-01-05” is not a date of the form DD-MM-YYYY [mapping.value]; "
    ),
    (
      "1,A,05-01-2026,25-10-2026 02:30,1.50,C",
      "rows.csv, line 2, “at”: the clock of Europe/Rome showed this time twice, as "
        + "2026-10-25T02:30:00+02:00 and as 2026-10-25T02:30:00+01:00 [time.ambiguous]; say "
    ),
    (
      "1,A,05-01-2026,29-03-2026 02:30,1.50,C",
      "rows.csv, line 2, “at”: the clock of Europe/Rome never showed this time; it went on to "
        + "2026-03-29T03:00:00+02:00 [time.missing]; correct the row, or say missing: later"
    ),
    (
      "1,A,05-01-2026,05-01-2026 10:00,1.505,C",
      "rows.csv, line 2, “amount”: “1.505” is not a sum in EUR that fits 64 bits [mapping.value]; "
        + "write digits with “.” and at most 2 digits behind it, or declare grouping: in the mapping."
    ),
    (
      "1,A,05-01-2026,05-01-2026 10:00,1e3,C",
      "rows.csv, line 2, “amount”: “1e3” is not a sum in EUR that fits 64 bits [mapping.value]; "
    ),
    (
      "1,A,05-01-2026,05-01-2026 10:00,92233720368547758.08,C",
      "rows.csv, line 2, “amount”: “92233720368547758.08” is not a sum in EUR that fits 64 bits "
    ),
    (
      "1,A,05-01-2026,05-01-2026 10:00,,C",
      "rows.csv, line 2, “amount”: there is nothing to write here, and the event needs it "
        + "[event.required]; fill it in, or give a default in the mapping."
    ),
    (
      "1,A,05-01-2026,05-01-2026 10:00,1.50,X",
      "rows.csv, line 2, “mode”: the table modes does not have “X” [mapping.lookup]; add it or an "
        + "otherwise: to the table, which has C."
    ),
    (
      "1,,05-01-2026,05-01-2026 10:00,1.50,C",
      "rows.csv, line 2, “account”: “” is no id [event.id]; an id has at least one character and no "
    ),
    (
      "1,A,05-01-2026,05-01-2026 10:00,1.50",
      "rows.csv, line 2: the row has 5 fields and the header 6 [csv.row-width]; look for a missing "
    ),
    (
      "\"1,A,05-01-2026,05-01-2026 10:00,1.50,C",
      "rows.csv, line 2: a quote is opened and never closed [csv.quote]; close it, or double a quote "
    ),
  ]) func `in a row is refused by its line and column`(row: String, message: String) throws {
    let found = try firstObjection(row + "\n")
    #expect(found.hasPrefix(message), "\(found)")
  }

  @Test func `times that a clock showed twice or never pass when the mapping says how`() throws {
    let map = Self.map + "\nambiguous: earlier\nmissing: later\n"
    #expect(try firstObjection("1,A,05-01-2026,25-10-2026 02:30,1.50,C\n", map) == "none")
    #expect(try firstObjection("1,A,05-01-2026,29-03-2026 02:30,1.50,C\n", map) == "none")
  }

  @Test(arguments: [
    (
      "case: acount", "case: account",
      "map.yaml, line 1: the file has no column “acount” [mapping.column]; it has the columns no, "
        + "account, on, at, amount and mode."
    ),
    (
      "payment.recieved", "payment.received",
      "map.yaml, line 7: there is no event “payment.recieved” [event.type]; there are "
        + "payment.received, payment.credited"
    ),
    (
      "policy.adopted", "payment.received",
      "map.yaml, line 7: policy.adopted cannot be imported [event.not-imported]; policies, facts "
    ),
    (
      "paymant: \"{no}\"", "payment: \"{no}\"",
      "map.yaml, line 9: payment.received has no field “paymant” [mapping.field]; it has payment, "
    ),
    (
      "amount: \"{amount}\", ", "",
      "map.yaml, line 9: payment.received needs “mode” [mapping.required]; add mode: "
    ),
    (
      "amount: \"{no}\"", "amount: \"{amount}\"",
      "map.yaml, line 9, “amount”: a text stands where a sum of money is needed [mapping.kind]; use "
    ),
    (
      "payment: \"{nr}\"", "payment: \"{no}\"",
      "map.yaml, line 9, “payment”: there is no column, memory or value named “nr” [mapping.name]; "
        + "there are the columns no, account, on, at, amount and mode."
    ),
    (
      "payment: {no}", "payment: \"{no}\"",
      "map.yaml, line 9, “payment”: payment is written as a YAML map in braces [mapping.shape]; put "
        + "it in quotation marks: \"{no}\"."
    ),
    (
      "amount: mony}", "amount: money}",
      "map.yaml, line 4: “mony” is no type of a column [mapping.columns]; use text, reference, integer, money, "
    ),
    (
      "currency: EURO\ncase: account", "case: account",
      "map.yaml, line 1: “EURO” is no currency of ISO 4217 [money.currency]; use a three-letter code "
    ),
    (
      "zone: Rome\ncase: account", "case: account",
      "map.yaml, line 1: this is no time zone [mapping.zone]; use an IANA name such as Europe/Rome."
    ),
    (
      "colour: red\ncase: account", "case: account",
      "map.yaml, line 1: a mapping has no key “colour” [mapping.key]; use about, actor, "
    ),
    (
      "case: account\ncase: no", "case: account",
      "map.yaml, line 1: a key stands twice in one map: case [mapping.yaml]; check indentation, "
    ),
    (
      "amount: \"{max(amount)}\"", "amount: \"{amount}\"",
      "map.yaml, line 9, “amount”: max takes 2 and is given 1 [mapping.function]; use max(a, b), "
    ),
    (
      "amount: \"{amount + 5}\"", "amount: \"{amount}\"",
      "map.yaml, line 9, “amount”: an integer stands where a sum of money is needed [mapping.kind]; "
    ),
    (
      "amount: \"{amount\(Self.factors)}\"", "amount: \"{amount}\"",
      "map.yaml, line 9, “amount”: the formula has more than a thousand words [mapping.formula]; use "
    ),
    (
      "payment.received\n    when: {mode: [C\(Self.choices)]}", "payment.received",
      "map.yaml, line 8: the condition has more than a thousand parts [mapping.when]; use "
    ),
    (
      "case: account\nvalues: {v0: amount\(Self.steps)}", "case: account",
      "map.yaml, line 2: the value rests on thirty others, each on the next [mapping.values]; say it "
    ),
    (
      "amount: \"{on + 60}\"", "amount: \"{amount}\"",
      "map.yaml, line 9, “amount”: an integer stands where a date is needed [mapping.kind]; "
    ),
  ]) func `in a mapping is refused before the first row`(
    given: String, instead: String, message: String
  ) throws {
    var map = Self.map
    if instead.isEmpty {
      map = map.replacing("mode: \"{lookup(modes, mode)}\"", with: "")
    } else {
      map = map.replacing(instead, with: given)
    }
    var found = "none"
    do { found = try firstObjection("1,A,05-01-2026,05-01-2026 10:00,1.50,C\n", map) } catch {
      found = "\(error)"
    }
    #expect(found.hasPrefix(message), "\(found)")
  }

  @Test func `in the arithmetic of a row is refused, not trapped`() throws {
    let map = Self.map.replacing("\"{amount}\"", with: "\"{amount * 9000000000}\"")
    let found = try firstObjection("1,A,05-01-2026,05-01-2026 10:00,90000000.00,C\n", map)
    #expect(
      found
        == "rows.csv, line 2, “amount”: the result is beyond 64 bits [number.range]; check the "
        + "amounts of this row.")
  }

  @Test(arguments: [
    (
      "\"type\":\"payment.received\"", "\"type\":\"payment.taken\"",
      "line 1, “type”: there is no event “payment.taken” [event.type]; there are payment.received, "
    ),
    (
      "\"mode\":\"cash\"", "\"mode\":\"cash\",\"colour\":\"red\"",
      "line 1, “body.colour”: not a property of payment.received [event.body]; compare it with "
        + "schemas/payment/received.v1.json."
    ),
    (
      ",\"mode\":\"cash\"", "",
      "line 1, “body.mode”: missing; payment.received requires it [event.body]; compare it with "
    ),
    ("100000", "1000.5", "line 1, “body.amount.minor”: 1000.5 is a float; every number is a whole"),
    (
      "100000", "99999999999999999999",
      "line 1, “body.amount.minor”: 99999999999999999999 is longer than 64 bits can hold"
    ),
    ("100000", "\"100000\"", "line 1, “body.amount.minor”: expected an integer, found a string"),
    ("INR", "XXQ", "line 1, “body.amount.currency”: "),
    (
      "2026-01-05T10:00:00+05:30", "2026-01-05T10:00:00",
      "line 1, “occurred_at”: “2026-01-05T10:00:00” is no instant with an offset"
    ),
    ("\"2026-01-05\"", "\"2026-02-30\"", "line 1, “value_date”: “2026-02-30” is no date"),
    (
      "\"v\":1", "\"v\":9",
      "line 1, “v”: version 9 of payment.received is not known here [event.version]; this Arrears "
        + "reads version 1"
    ),
    (
      "\"kind\":\"account\"", "\"kind\":\"party\"",
      "line 1, “subject.kind”: payment.received belongs"
    ),
    ("\"actor\"", "\"akteur\"", "line 1, “akteur”: not a property of an event [event.json]"),
    ("}}", "}", "line 1: not JSON: "),
    ("\"u1\"", "\"\u{1}\"", "line 1, “actor.id”: not JSON: a control character in a string"),
  ]) func `in a line of NDJSON is refused by its path`(
    part: String, other: String, message: String
  ) throws {
    var rows = try NDJSONRows(
      try Fixture.file(Samples.event.replacing(part, with: other) + "\n" + Samples.second + "\n"))
    var row = SourceRow()
    #expect(try rows.next(&row))
    let found = row.objection?.at("", row.line).description ?? "none"
    #expect(found.hasPrefix(message), "\(found)")
    #expect(try rows.next(&row))
    #expect(row.objection == nil)
  }

  @Test func `of NDJSON that is cut short or not UTF-8 is refused by its line`() throws {
    let half = String(Samples.event.dropLast(20))
    var bytes = Array((Samples.second + "\n").utf8)
    if let at = bytes.firstIndex(of: UInt8(ascii: "2")) { bytes[at] = 0xFF }
    let file = try ByteFile(
      name: "x.ndjson", bytes: [0xEF, 0xBB, 0xBF] + bytes + Array(("\r\n" + half).utf8))
    var rows = try NDJSONRows(file)
    var row = SourceRow()
    #expect(try rows.next(&row))
    #expect(row.objection?.what.contains("not UTF-8") == true)
    #expect(try rows.next(&row))
    #expect(row.line == 3)
    #expect(row.objection?.rule == "event.json")
    #expect(try !rows.next(&row))
  }

  @Test func `never traps the readers of mappings, formulas and events`() throws {
    let seed = UInt64.random(in: 0 ... .max)
    print("seed of the mapping fuzz: \(seed)")
    var random = Dice(seed: seed)
    let file = try Fixture.file(Self.header + "1,A,05-01-2026,05-01-2026 10:00,1.50,C\n")
    for turn in 0..<1500 {
      var map = Array(Self.map.utf8)
      for _ in 0...random.next(6) {
        let at = random.next(map.count)
        map[at...at] = ArraySlice(
          turn % 3 == 0
            ? random.bytes(upTo: 4) : random.bytes(of: "{}[]()\"':,+-*&!|> x0\n", upTo: 4))
        if map.isEmpty { map = [32] }
      }
      if let mapping = try? Mapping(map, name: "map.yaml"),
        var rows = try? Fixture.rows(file, mapping)
      {
        var row = SourceRow()
        while (try? rows.next(&row)) == true {}
      }
      var line = Array(Samples.event.utf8)
      line[random.next(line.count)] = UInt8(random.next(256))
      _ = try? EventJSON(line.span)
    }
  }
}
