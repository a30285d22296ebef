import Glibc
import Interchange
import Journaling
import Ledger
import LedgerTesting
import Testing

@Suite struct `An import` {
  private func receipts() throws -> (ByteFile, Mapping) {
    (
      try ByteFile(path: Fixture.repository + "/tools/maps/receipts.csv"),
      try Fixture.map("receipts.yaml")
    )
  }

  @Test func `stores the good rows and names the bad one`() throws {
    let ledger = try TemporaryLedger()
    let journal = try ledger.open()
    let (file, mapping) = try receipts()
    var options = Import.Options()
    options.rejects = ledger.path + ".rejects.csv"
    defer { unsafe unlink(ledger.path + ".rejects.csv") }
    var run = Import(file, mapping: mapping, options: options)
    let report = try run.run(into: journal)
    #expect(report.rows == 25)
    #expect(report.events == 24)
    #expect(report.rejected == 1)
    #expect(report.isComplete)
    #expect((report.first, report.last) == (1, 24))
    #expect(
      report.objections.map(\.description) == [
        "\(file.name), line 17, “paid_on”: “31-02-2025” is not a date of the form DD-MM-YYYY "
          + "[mapping.value]; write it so, or declare its form."
      ])
    let rejects = try ByteFile(path: ledger.path + ".rejects.csv")
    let text = String(decoding: try rejects.bytes(0..<rejects.size), as: UTF8.self)
    #expect(text.hasPrefix("line,rule,reason,receipt_no,account,"))
    #expect(
      text.contains("0004116,LN-000015,31-02-2025,10-01-2025 10:40,\"1,000.00\",CASH,,U-17\n"))
    let export = try Fixture.export(journal)
    #expect(export.contains("\"receipt_no\":\"0004101\""))
    #expect(export.contains("\"minor\":10000000"))
    #expect(export.contains("\"value_date\":\"2024-12-05\""))
    #expect(export.contains("\"instrument_ref\":\"Chq \\\"replaced\\\" 118820\""))
    #expect(export.contains("\"type\":\"ledger.import_completed\""))
  }

  @Test func `of the same file through the same mapping stores nothing`() throws {
    let ledger = try TemporaryLedger()
    let journal = try ledger.open()
    let (file, mapping) = try receipts()
    var first = Import(file, mapping: mapping)
    let before = try first.run(into: journal)
    var second = Import(file, mapping: mapping)
    let report = try second.run(into: journal)
    #expect(report.wasKnown)
    #expect(report.added == 0)
    #expect((report.first, report.last) == (before.first, before.last))
    #expect(try journal.read { $0.head } == 25)
  }

  @Test func `that is only rehearsed stores nothing and says the same`() throws {
    let ledger = try TemporaryLedger()
    let journal = try ledger.open()
    let (file, mapping) = try receipts()
    var options = Import.Options()
    options.isDryRun = true
    var run = Import(file, mapping: mapping, options: options)
    let report = try run.run(into: journal)
    #expect(report.events == 24)
    #expect(report.objections.count == 1)
    #expect(try journal.read { $0.head } == 0)
  }

  @Test func `that is stopped goes on where it was, without duplicates`() throws {
    let text =
      "id,account,amount\n"
      + (1...1000).map { "\($0),A\($0 % 13),\($0).50\n" }.joined()
    let file = try Fixture.file(text)
    let mapping = try Fixture.mapping(Samples.running)
    let whole = try TemporaryLedger()
    let reference = try whole.open()
    var once = Import(file, mapping: mapping)
    _ = try once.run(into: reference)

    let ledger = try TemporaryLedger()
    let journal = try ledger.open()
    var options = Import.Options()
    options.chunk = 100
    let counter = Counter()
    options.isStopped = { counter.next() == 3 }
    var first = Import(file, mapping: mapping, options: options)
    let stopped = try first.run(into: journal)
    #expect(!stopped.isComplete)
    #expect(stopped.events == 300)
    #expect(stopped.lastLine == 301)
    #expect(stopped.last == 300)
    var second = Import(file, mapping: mapping)
    let report = try second.run(into: journal)
    #expect(report.isComplete)
    #expect(report.resumedAfter == 300)
    #expect(report.events == 1000)
    #expect(report.added == 700)
    let bodies = { (text: String) in
      text.split(separator: "\n").dropFirst().map { $0.split(separator: "\"body\":")[1] }
    }
    #expect(bodies(try Fixture.export(journal)) == bodies(try Fixture.export(reference)))
  }

  @Test func `that is resumed has written down every rejected row, each once`() throws {
    let rows = (1...1000).map { $0 % 50 == 7 ? "A\($0),x,\($0)" : "A\($0),1.00,\($0)" }
    let file = try Fixture.file("account,amount,id\n" + rows.joined(separator: "\n") + "\n")
    let mapping = try Fixture.mapping(Samples.running)
    let ledger = try TemporaryLedger()
    let journal = try ledger.open()
    var written = ""
    for stops in [true, false] {
      var options = Import.Options()
      options.chunk = 100
      options.rejects = ledger.path + ".rejects"
      let counter = Counter()
      options.isStopped = { stops && counter.next() == 3 }
      var run = Import(file, mapping: mapping, options: options)
      #expect(try run.run(into: journal).isComplete == !stops)
      let rejects = try ByteFile(path: ledger.path + ".rejects")
      written += String(decoding: try rejects.bytes(0..<rejects.size), as: UTF8.self)
      unsafe unlink(ledger.path + ".rejects")
    }
    let lines = written.split(separator: "\n").compactMap { Int($0.prefix { $0 != "," }) }
    #expect(lines == (1...1000).filter { $0 % 50 == 7 }.map { $0 + 1 })
  }

  @Test func `refuses a row that is too long for an event, and takes the others`() throws {
    let ledger = try TemporaryLedger()
    let journal = try ledger.open()
    let long = String(repeating: "A", count: 501)
    let text = "account,ref,on,amount\n\(long),S1,06-10-2026,1.00\nA1,S2,06-10-2026,1.00\n"
    let mapping = try Fixture.mapping(
      """
      zone: Asia/Kolkata
      currency: INR
      case: account
      columns: {on: date DD-MM-YYYY, amount: money}
      occurred_at: "{on}"
      actor: till
      events:
        - type: payment.received
          body: {payment: "{ref}", amount: "{amount}", mode: cash}
      """)
    for isDry in [true, false] {
      var options = Import.Options()
      options.isDryRun = isDry
      var run = Import(try Fixture.file(text, name: "a.csv"), mapping: mapping, options: options)
      let report = try run.run(into: journal)
      #expect((report.events, report.rejected) == (1, 1))
      #expect(report.objections.map { "\($0.line) \($0.rule)" } == ["2 event.id"])
    }
    let words = String(repeating: "x", count: 70_000)
    let event = Samples.event.replacing(
      "\"mode\":\"cash\"", with: "\"mode\":\"cash\",\"instrument_ref\":\"\(words)\"")
    var run = Import(try Fixture.file(event + "\n", name: "a.ndjson"), mapping: nil)
    let report = try run.run(into: journal)
    #expect(report.objections.map(\.rule) == ["event.length"])
  }

  @Test func `of NDJSON counts the same event once and refuses another under its id`() throws {
    let ledger = try TemporaryLedger()
    let journal = try ledger.open()
    let other = Samples.event.replacing("100000", with: "100001")
    var first = Import(try Fixture.file(Samples.event + "\n", name: "one.ndjson"), mapping: nil)
    #expect(try first.run(into: journal).events == 1)
    let again =
      Samples.event + "\r\n" + other + "\n" + Samples.second + "\n" + Samples.second + "\n"
    var second = Import(try Fixture.file(again, name: "two.ndjson"), mapping: nil)
    let report = try second.run(into: journal)
    #expect(report.events == 1)
    #expect(report.duplicates == 2)
    #expect(report.rejected == 1)
    #expect(
      report.objections.map(\.description) == [
        "two.ndjson, line 2, “event_id”: the id “e1” belongs to another event, at position 1 of the "
          + "ledger [event.conflict]; give this event an id of its own."
      ])
  }
}

/// Counts how often it is asked.
final class Counter: @unchecked Sendable {
  private var count = 0
  func next() -> Int {
    count += 1
    return count
  }
}

/// Small mappings and events.
enum Samples {
  static let running = """
    case: account
    actor: importer
    occurred_at: 2024-02-01T10:00:00+05:30
    columns: {amount: money, id: integer}
    memory: {total: money, count: integer}
    rules:
      - events:
          - type: payment.received
            body:
              payment: "{account}-{count}"
              amount: "{total + amount}"
              mode: cash
        set:
          total: total + amount
          count: count + 1
    """

  static let event = """
    {"event_id":"e1","type":"payment.received","v":1,"subject":{"kind":"account","id":"A1"},\
    "occurred_at":"2026-01-05T10:00:00+05:30","value_date":"2026-01-05","actor":{"id":"u1"},\
    "body":{"payment":"R1","amount":{"minor":100000,"currency":"INR"},"mode":"cash"}}
    """

  static let second = """
    {"event_id":"e2","type":"payment.received","v":1,"subject":{"kind":"account","id":"A2"},\
    "occurred_at":"2026-01-06T10:00:00+05:30","actor":{"id":"u1"},\
    "body":{"payment":"R2","amount":{"minor":5,"currency":"INR"},"mode":"barter"}}
    """
}
