import Interchange
import Journaling
import Ledger
import LedgerTesting
import Testing

@Suite struct `A restored export` {
  private func fill(_ journal: Journal) throws {
    var first = Import(
      try ByteFile(path: Fixture.repository + "/tools/maps/receipts.csv"),
      mapping: try Fixture.map("receipts.yaml"))
    _ = try first.run(into: journal)
    let lines = Samples.event + "\n" + Samples.second + "\n" + Samples.transfer + "\n"
    var second = Import(try Fixture.file(lines, name: "events.ndjson"), mapping: nil)
    _ = try second.run(into: journal)
    let reversal = try EventJSON(Samples.reversal).draft
    var decided = reversal
    decided.imported = false
    decided.source = Source(kind: "cli")
    _ = try journal.append([decided])
  }

  @Test func `is the same bytes`() throws {
    let ledger = try TemporaryLedger()
    let journal = try ledger.open()
    try fill(journal)
    let export = try Fixture.export(journal)
    let other = try TemporaryLedger()
    let copy = try other.open()
    let report = try Restore(try Fixture.file(export, name: "export.ndjson")).run(into: copy)
    #expect(report.isComplete)
    #expect(report.events == export.split(separator: "\n").count - 1)
    #expect(try Fixture.export(copy) == export)
    #expect(
      try Fixture.export(copy, account: "LN-000004")
        == Fixture.export(journal, account: "LN-000004"))
    // What was imported there is known here.
    var again = Import(
      try ByteFile(path: Fixture.repository + "/tools/maps/receipts.csv"),
      mapping: try Fixture.map("receipts.yaml"))
    #expect(try again.run(into: copy).wasKnown)
  }

  @Test func `needs an empty ledger, an order and all its lines`() throws {
    let ledger = try TemporaryLedger()
    let journal = try ledger.open()
    try fill(journal)
    let export = try Fixture.export(journal)
    func message(_ text: String, into journal: Journal) -> String {
      do {
        _ = try Restore(try Fixture.file(text, name: "export.ndjson")).run(into: journal)
        return "none"
      } catch {
        return "\(error)"
      }
    }
    #expect(message(export, into: journal).contains("only an empty one can be restored into"))
    var lines = export.split(separator: "\n").map(String.init)
    lines.removeLast()
    let short = try TemporaryLedger()
    #expect(
      message(lines.joined(separator: "\n"), into: try short.open()).contains("was cut short"))
    lines.swapAt(1, 24)
    let mixed = try TemporaryLedger()
    #expect(
      message(lines.joined(separator: "\n"), into: try mixed.open())
        .contains("export.ndjson, line 2, “seq”: the event has position 24"))
    let bare = try TemporaryLedger()
    let event = Samples.event.replacing(
      ",\"actor\"", with: ",\"recorded_at\":\"2026-01-05T04:30:00Z\",\"actor\"")
    let earlier = Samples.second.replacing(
      ",\"actor\"", with: ",\"recorded_at\":\"2026-01-04T04:30:00Z\",\"actor\"")
    #expect(
      message(event + "\n" + earlier + "\n", into: try bare.open()).contains(
        "line 2, “recorded_at”: the event was recorded at 2026-01-04T04:30:00Z, before the one in "
          + "front of it"))
  }

  @Test func `says what the ledger says, and what to do about it`() throws {
    let ledger = try TemporaryLedger()
    let event = Samples.event.replacing(
      ",\"actor\"", with: ",\"recorded_at\":\"2026-01-05T04:30:00Z\",\"actor\"")
    var message = "none"
    do {
      _ = try Restore(try Fixture.file(event + "\n" + event + "\n", name: "bare.ndjson"))
        .run(into: try ledger.open())
    } catch { message = "\(error)" }
    #expect(
      message
        == "bare.ndjson, line 2: An event with the id e1 stands at 1 already [restore.ledger]; "
        + "give the new event an id of its own. The ledger holds the first 0 events; make a new one and "
        + "start again.")
  }

  @Test func `knows its imports from the first event on`() throws {
    let ledger = try TemporaryLedger()
    let journal = try ledger.open()
    try fill(journal)
    let other = try TemporaryLedger()
    let copy = try other.open()
    var restore = Restore(try Fixture.file(try Fixture.export(journal), name: "export.ndjson"))
    restore.chunk = 1
    restore.isStopped = { true }
    #expect(try restore.run(into: copy).events == 1)
    let known = try copy.read { (snapshot) throws(JournalError) in try snapshot.imports() }
    #expect(known.count == 2)
  }

  @Test func `of bare events keeps when they were recorded`() throws {
    let ledger = try TemporaryLedger()
    let journal = try ledger.open()
    let event = Samples.event.replacing(
      ",\"actor\"", with: ",\"recorded_at\":\"2026-01-05T04:30:00.5Z\",\"actor\"")
    _ = try Restore(try Fixture.file(event, name: "bare.ndjson")).run(into: journal)
    let export = try Fixture.export(journal)
    #expect(export.contains("\"recorded_at\":\"2026-01-05T04:30:00.5Z\""))
    let other = try TemporaryLedger()
    let copy = try other.open()
    _ = try Restore(try Fixture.file(export, name: "export.ndjson")).run(into: copy)
    #expect(try Fixture.export(copy) == export)
  }
}

extension Samples {
  static let transfer = """
    {"event_id":"e3","type":"payment.received","v":1,"subject":{"kind":"account","id":"A1"},\
    "refs":[{"kind":"party","id":"P1"},{"kind":"cheque","id":"C1"}],\
    "occurred_at":"2026-01-06T10:00:00Z","actor":{"id":"u2","role":"collector"},\
    "recorded_by":{"id":"u3"},"correlation":"visit","body":{"payment":"R3",\
    "amount":{"minor":7,"currency":"INR"},"mode":"cash",\
    "instructions":[{"amount":{"minor":7,"currency":"INR"},"account":"A9"}]}}
    """

  static let reversal = """
    {"event_id":"0198d0f2-6c1e-7a44-9b3e-5d2f7c81a9e0","type":"event.reversed","v":1,\
    "subject":{"kind":"event","id":"e1"},"occurred_at":"2026-01-07T10:00:00+05:30",\
    "actor":{"id":"u1"},"body":{"reverses":"e1","reason":"wrong_amount"}}
    """
}
