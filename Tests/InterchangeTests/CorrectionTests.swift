import Interchange
import Journaling
import Ledger
import LedgerTesting
import Testing

/// A ledger with one account, and sheets that are imported into it by templates.
private struct Desk {
  let ledger: TemporaryLedger
  let journal: Journal

  init(_ history: String = "") throws {
    ledger = try TemporaryLedger()
    ledger.turn(to: Moment(rawValue: 1_795_000_000_000_000))
    journal = try ledger.open()
    if history.isEmpty { return }
    var run = Import(try Fixture.file(history), mapping: nil)
    #expect(try run.run(into: journal).rejected == 0)
  }

  /// Takes rows of a template, or of a mapping: what came of it, then each objection.
  @discardableResult
  func take(_ rows: [String], _ name: String, mapping: Mapping? = nil) throws -> String {
    let map = try mapping ?? Template.named(name).mapping()
    let heads = try mapping == nil ? Template.named(name).columns.map(\.name) : [name]
    let text = ([heads.joined(separator: ",")] + rows).map { $0 + "\n" }.joined()
    var run = Import(try Fixture.file(text, name: "rows.csv"), mapping: map)
    let report = try run.run(into: journal)
    var said = "\(report.events) events, \(report.duplicates) known"
    if report.corrected > 0 { said += ", given \(report.correctedFields.joined(separator: " "))" }
    return ([said] + report.objections.map(\.description)).joined(separator: "\n")
  }

  /// A mapping of payments under a key, with more properties.
  static func payments(key: String, _ more: String = "") throws -> Mapping {
    try Fixture.mapping(
      """
      case: account
      columns: {sum: money}
      occurred_at: 2026-04-05
      actor: branch
      events:
        - type: payment.received
          key: "\(key)"
          body: {payment: "{ref}", amount: "{sum}", mode: upi\(more)}
      """)
  }

  var head: Position {
    get throws { try journal.read { (snapshot) throws(JournalError) in snapshot.head } }
  }

  static let history = """
    {"event_id":"o","type":"account.opened","v":1,"subject":{"kind":"account","id":"LN-1"},"occurred_at":"2026-03-01T09:00:00+05:30","actor":{"id":"ravi"},"body":{"account_no":"LN-1","product":"personal","principal":{"minor":250000,"currency":"INR"},"opened_on":"2026-03-01","debtor":"P-1","time_zone":"Asia/Kolkata"}}
    {"event_id":"d","type":"due.raised","v":1,"subject":{"kind":"account","id":"LN-1"},"occurred_at":"2026-03-01T10:00:00+05:30","actor":{"id":"ravi"},"body":{"due":"D1","kind":"instalment","due_date":"2026-04-01","amount":{"minor":250000,"currency":"INR"}}}

    """
  static let bank = "06-04-2026,UTR1,2500.00,,LN-1,,HDFC,"
  static let receipt = #"4101,LN-1,05-04-2026,"2,500.00",upi,UTR1,asha,,"#
}

@Suite struct `A reference that is written in several ways` {
  @Test func `is one payment and one credit`() throws {
    let desk = try Desk()
    let written = "0001,LN-1,05-04-2026,2500.00,upi, sbin 2260-0455 ,asha,,"
    #expect(try desk.take([written], "receipts") == "1 events, 0 known")
    let bank = "06-04-2026,SBIN22600455,2500.00,,,,HDFC,"
    #expect(try desk.take([bank], "bank-statement") == "1 events, 1 known")
    let other = "0001,LN-1,05-04-2026,2500.00,upi,Sbin2260 0455,asha,,"
    #expect(try desk.take([other], "receipts") == "0 events, 1 known")
    let story = try Fixture.export(desk.journal, account: "LN-1")
    #expect(story.split(separator: "\n").count { $0.contains(#""payment":"SBIN22600455""#) } == 2)
  }

  @Test func `is one key of a mapping, and of a ledger that has it as it was written`() throws {
    let map = try Desk.payments(key: "R {ref}")
    let old = String(Desk.history.split(separator: "\n")[0]).replacing(
      #""event_id":"o","type":"account.opened""#,
      with: #""event_id":"payment.received/R old","type":"payment.received""#)
    let body = try #require(old.firstRange(of: #""body":"#))
    let told =
      String(old[..<body.upperBound])
      + #"{"payment":"old","amount":{"minor":700,"currency":"INR"},"mode":"upi"}}"# + "\n"
    let desk = try Desk(told)
    let rows = ["LN-1,a  1,5.00", "LN-1, A 1 ,5.00", "LN-1,a-1,5.00", "LN-1,old,7.00"]
    #expect(
      try desk.take(rows, "account,ref,sum", mapping: map) == "2 events, 2 known")
  }

  @Test(arguments: [
    ("0001,LN-1,05-04-2026,9.00,upi,6.09512E+11,asha,,", "reference", "6.09512E+11"),
    ("\"4,1E+12\",LN-1,05-04-2026,9.00,cash,,asha,,", "payment", "4,1E+12"),
    ("0001,1E+11,05-04-2026,9.00,cash,,asha,,", "account", "1E+11"),
  ])
  func `is refused where a spreadsheet has lost its digits`(
    row: String, column: String, text: String
  ) throws {
    let desk = try Desk()
    let good = "0002,LN-1,05-04-2026,9.00,upi,609512345678,asha,,"
    #expect(
      try desk.take([row, good], "receipts") == """
        1 events, 0 known
        rows.csv, line 2, “\(column)”: “\(text)” is a long number as a spreadsheet shows it, and its \
        last digits are lost [text.exponent]; format the column as text in the spreadsheet, write \
        the number again with all its digits and save it.
        """)
  }
}

@Suite struct `A payment under a key that is written in another way` {
  @Test func `keeps the id by which others name it`() throws {
    let map = try Desk.payments(key: "{ref}", ", book: \"{book}\"")
    let desk = try Desk(Desk.history)
    let rows = ["LN-1,utr 1,5.00,", "LN-1,UTR 1,5.00,BK-1"]
    #expect(
      try desk.take(rows, "account,ref,sum,book", mapping: map) == "3 events, 0 known, given book")
    let story = try Fixture.export(desk.journal, account: "LN-1").split(separator: "\n")
    #expect(story.count { $0.contains(#""payment":"utr 1""#) } == 2)
  }
}

@Suite struct `A cheque of which a second custody sheet tells` {
  private func row(_ date: String, _ custodian: String, _ due: String) -> String {
    "LN-1,400240002,000123,\(date),500.00,post_dated,05-04-2026,\(custodian),\(due)"
  }

  @Test func `keeps its date, and is given what it lacked`() throws {
    let desk = try Desk(Desk.history)
    #expect(try desk.take([row("05-05-2026", "vault-1", "")], "cheques") == "1 events, 0 known")
    #expect(
      try desk.take([row("07-05-2026", "vault-2", "D1")], "cheques") == """
        0 events, 0 known
        rows.csv, line 2, “key”: “cheque.received/LN-1 400240002-000123” stands at position 4 of the \
        ledger with cheque_date=2026-05-05 custodian=vault-1, and here with cheque_date=2026-05-07 \
        custodian=vault-2 [key.differs]; the first word stands; if this one is right, take the other \
        back with event.reversed and import the row again.
        """)
    #expect(
      try desk.take([row("05-05-2026", "Vault 1", "D1")], "cheques")
        == "2 events, 0 known, given dues")
    let last = try #require(
      try Fixture.export(desk.journal).split(separator: "\n").last {
        $0.contains("cheque.received")
      })
    #expect(last.contains(#""cheque_date":"2026-05-05""#) && last.contains(#""vault-1""#))
  }
}

@Suite struct `A payment that a second sheet corrected` {
  private func corrected() throws -> (desk: Desk, before: Position) {
    let desk = try Desk(Desk.history)
    try desk.take([Desk.bank], "bank-statement")
    let before = try desk.head
    #expect(
      try desk.take([Desk.receipt], "receipts") == "2 events, 0 known, given receipt_no actor")
    return (desk, before)
  }

  @Test(arguments: [("2026-04-05", "-2500.00"), ("2026-04-30", "0.00")])
  func `is one cause of what a report says now`(asOf: String, change: String) throws {
    let (desk, before) = try corrected()
    let day = try #require(Day(asOf))
    let found = try desk.journal.read { (snapshot) throws(JournalError) in
      try desk.journal.restate(
        Aging(by: .account, form: .bucketed, asOf: day),
        Question(vantage: Vantage(asOf: day, knownAt: before)), knownNow: snapshot.head, snapshot)
    }
    let overdue = found.effects.filter { found.restated.columns[$0.column].name == "overdue" }
    let sum = overdue.reduce(Int128(0)) { $0 + ($1.change ?? 0) }
    #expect(Sheet.Cell.money(sum, desk.journal.identity.currency).plain == change)
    #expect(Set(found.effects.map(\.cause)) == [.correction])
  }

  @Test func `is told once when the balance is explained`() throws {
    let (desk, _) = try corrected()
    let day = try #require(Day("2026-04-30"))
    let balance = try desk.journal.read { (snapshot) throws(JournalError) in
      try desk.journal.balance(
        of: "LN-1", Question(vantage: Vantage(asOf: day, knownAt: snapshot.head)),
        language: .english, snapshot)
    }
    let lines = try #require(balance).sentences.map { "\($0.day) \($0.balance.plain) \($0.text)" }
    #expect(
      lines == [
        "2026-04-01 2500.00 On 1 April 2026 an instalment of ₹2,500.00 fell due.",
        "2026-04-05 0.00 On 5 April 2026 you paid ₹2,500.00 by UPI (receipt 4101). It paid the "
          + "instalment of 1 April 2026 (principal ₹2,500.00).",
      ])
  }

  @Test func `is counted once in the control, and what was taken back beside it`() throws {
    let (desk, _) = try corrected()
    let sheet = try desk.journal.read { (snapshot) throws(JournalError) in
      try snapshot.control(to: snapshot.head).sheet(Naming { _ in "" })
    }
    let lines = sheet.rows.map { $0.dropFirst().map(\.plain).joined(separator: " ") }
    #expect(lines.contains("payment.received INR 1 2500.00 1 2500.00"), "\(lines)")
    #expect(lines.contains("payment.credited INR 1 2500.00  "), "\(lines)")
    #expect(lines.contains("event.reversed  1   "), "\(lines)")
  }
}

@Suite struct `The fines of a year` {
  @Test func `have no anomaly in their own book`() throws {
    let head =
      "case_id,seq,activity,timestamp,resource,amount,expense,paymentAmount,totalPaymentAmount,"
      + "points,article,vehicleClass,dismissal,notificationType,lastSent,matricola,lifecycle\n"
    func row(_ id: String, _ seq: Int, _ what: String, _ on: String, _ rest: String) -> String {
      "\(id),\(seq),\(what),\(on)T00:00:00+01:00,\(rest),complete\n"
    }
    let rows =
      row("A1", 0, "Create Fine", "2007-03-01", "537,36.0,,,0.0,0,157,A,NIL,,,")
      + row("A1", 1, "Send for Credit Collection", "2009-03-30", ",,,,,,,,,,,")
      + row("A2", 0, "Create Fine", "2007-03-01", "537,36.0,,,0.0,0,157,A,#,,,")
      + row("A2", 1, "Send for Credit Collection", "2008-03-30", ",,,,,,,,,,,")
    let ledger = try TemporaryLedger(zone: "Europe/Rome", currency: "EUR")
    ledger.turn(to: Moment(rawValue: 1_795_000_000_000_000))
    let journal = try ledger.open()
    var run = Import(try Fixture.file(head + rows), mapping: try Fixture.map("fines.yaml"))
    let report = try run.run(into: journal)
    #expect((report.rejected, report.flagged, report.duplicates) == (0, 0, 1))
    let found = try journal.read { (snapshot) throws(JournalError) in
      try journal.anomalies(
        Question(vantage: Vantage(asOf: .undated, knownAt: snapshot.head)), snapshot)
    }
    #expect(found.rows.map(\.what) == [])
  }
}
