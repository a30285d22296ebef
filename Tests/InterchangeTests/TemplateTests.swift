import Glibc
import Interchange
import Journaling
import Ledger
import LedgerTesting
import Spreadsheet
import Testing

/// What an import of a template's file said: events of rows, duplicates, and objections by line.
private func taken(_ text: String, _ name: String, _ journal: Journal) throws -> String {
  try taken(try Fixture.file(text, name: "bank.txt"), name, journal)
}

private func taken(_ file: ByteFile, _ name: String, _ journal: Journal) throws -> String {
  var run = Import(file, mapping: try Template.named(name).mapping())
  do {
    let report = try run.run(into: journal)
    let why = report.objections.map { "line \($0.line) \($0.rule)" }
    var counts = "\(report.events) of \(report.rows), \(report.duplicates) known"
    if report.corrected > 0 {
      counts += ", \(report.corrected) given \(report.correctedFields.joined(separator: " "))"
    }
    return ([counts] + why).joined(separator: "; ")
  } catch let objection as Objection {
    return "line \(objection.line) \(objection.rule)"
  }
}

/// Events of an account by type, amount and ids, a line each.
private func story(_ account: String, _ journal: Journal) throws -> [String] {
  try Fixture.export(journal, account: account).split(separator: "\n").dropFirst().compactMap {
    let event = try EventJSON(String($0))
    let type = Register.event(code: event.draft.type, version: event.draft.version)?.name ?? ""
    guard type != "ledger.import_completed" else { return nil }
    let amount = event.draft.amount.map { " \($0)" } ?? ""
    return type + amount
  }
}

@Suite struct `A template` {
  @Test(arguments: Template.all.filter(\.hasSheet).map(\.name))
  func `is filled and brought back, as CSV and as a spreadsheet`(_ name: String) throws {
    let template = try Template.named(name)
    let names = template.columns.map(\.name)
    let example = template.guide[1].enumerated().map {
      $0 == 0 ? String($1.dropFirst(Template.comment.count)) : $1
    }
    func line(_ fields: [String]) -> String {
      fields.map { "\"\($0)\"" }.joined(separator: ",") + "\n"
    }
    let csv = line(names) + template.guide.map(line).joined() + line(example)
    let path = "/tmp/arrears-template-\(UInt64.random(in: 0..<UInt64.max)).xlsx"
    defer { unsafe unlink(path) }
    var writer = try SpreadsheetWriter(path: path, created: 86_400)
    try writer.begin(sheet: name, names.map { .init($0, width: 10) })
    for row in template.guide { try writer.write(row.map { .text($0) }) }
    try writer.write(
      zip(template.columns, example).map { column, text -> SpreadsheetWriter.Cell in
        if text.isEmpty { return .none }
        switch column.kind {
        case .money:
          let digits = Int64(text.filter(\.isNumber)) ?? 0
          return .number(digits, decimals: 2)
        case .day:
          let parts = text.split(separator: "-").compactMap { Int($0) }
          let day = Day(year: parts[2], month: parts[1], day: parts[0]) ?? .undated
          return .day(Int(day.rawValue), text: text)
        default: return .text(text)
        }
      })
    try writer.close()
    let events = name == "bank-statement" || name == "receipts" ? 2 : 1
    let ledger = try TemporaryLedger()
    let journal = try ledger.open()
    #expect(try taken(csv, name, journal) == "\(events) of 1, 0 known")
    // The same row from the other kind of file is the same event.
    #expect(try taken(try ByteFile(path: path), name, journal) == "0 of 1, \(events) known")
    let other = try TemporaryLedger()
    let second = try other.open()
    #expect(try taken(try ByteFile(path: path), name, second) == "\(events) of 1, 0 known")
  }

  @Test func `has columns that its mapping reads, and help for each`() throws {
    for template in Template.all {
      #expect(!template.columns.contains { $0.help.isEmpty })
      _ = try template.mapping().program(
        header: template.columns.map(\.name), zone: try #require(Zone("Asia/Kolkata")),
        currency: try #require(Currency(code: "INR")))
    }
    #expect(throws: Objection.self) { try Template.named("receipt") }
  }
}

private let heading = "receipt_no,account,received_on,amount,mode,reference,collector,book,cheque\n"
private let movements =
  "value_date,reference,credit,debit,account,mode,bank_account,narration\n"

@Suite struct `A receipt that comes twice` {
  @Test func `from the desk and from the bank is one payment and one credit`() throws {
    let ledger = try TemporaryLedger()
    let journal = try ledger.open()
    let desk = heading + "0001,LN-1,05-04-2026,\"2,500.00\",upi,UTR1,asha,,\n"
    #expect(try taken(desk, "receipts", journal) == "1 of 1, 0 known")
    let bank = movements + "06-04-2026,UTR1,2500.00,,,,HDFC,\n06-04-2026,UTR2,100.00,,,,HDFC,\n"
    #expect(try taken(bank, "bank-statement", journal) == "3 of 2, 1 known")
    let again = movements + "06-04-2026,UTR1,2500.00,,,,HDFC,again\n"
    #expect(try taken(again, "bank-statement", journal) == "0 of 1, 2 known")
    #expect(
      try story("LN-1", journal) == [
        "payment.received 2500.00 INR", "payment.credited 2500.00 INR",
      ])
    #expect(
      try story("suspense", journal) == [
        "payment.received 100.00 INR", "payment.credited 100.00 INR",
      ])
    // What waits in suspense is not credited a second time: it must be moved.
    let late = heading + "0002,LN-2,06-04-2026,100.00,upi,UTR2,asha,,\n"
    #expect(try taken(late, "receipts", journal) == "0 of 1, 0 known; line 2 key.elsewhere")
  }

  @Test func `from the bank first becomes what the desk wrote, as from the desk first`() throws {
    let bank = movements + "06-04-2026,UTR1,2500.00,,LN-1,,HDFC,\n"
    let desk = heading + "4101,LN-1,05-04-2026,\"2,500.00\",upi,UTR1,asha,BK-1,\n"
    let ledgers = try [TemporaryLedger(), TemporaryLedger()]
    let journals = try ledgers.map { try $0.open() }
    for journal in journals {
      var history = Import(try Fixture.file(Background.history), mapping: nil)
      #expect(try history.run(into: journal).events == 4)
    }
    #expect(try taken(desk, "receipts", journals[0]) == "2 of 1, 0 known")
    #expect(try taken(bank, "bank-statement", journals[0]) == "1 of 1, 1 known")
    #expect(try taken(bank, "bank-statement", journals[1]) == "2 of 1, 0 known")
    let said = "3 of 1, 0 known, 1 given receipt_no book actor"
    #expect(try taken(desk, "receipts", journals[1]) == said)
    let books = try journals.map(Background.books)
    #expect(
      books[0] == """
        overdue 0.00 dpd 0
        asha 1 2500.00
        BK-1 asha given 1 next 4102 missing -
        2026-04-05 asha {"payment":"UTR1","amount":{"minor":250000,"currency":"INR"},"mode":"upi",\
        "receipt_no":"4101","book":"BK-1","instrument_ref":"UTR1","provisional":false}}

        """)
    #expect(books[0] == books[1])
    // The same import again answers the same, and what comes again is known.
    #expect(try taken(desk, "receipts", journals[1]) == said)
    for journal in journals {
      #expect(try taken(desk + "\n", "receipts", journal) == "0 of 1, 2 known")
      #expect(try taken(bank + "\n", "bank-statement", journal) == "0 of 1, 2 known")
    }
    #expect(
      try story("LN-1", journals[1]).suffix(4) == [
        "payment.received 2500.00 INR", "payment.credited 2500.00 INR", "event.reversed",
        "payment.received 2500.00 INR",
      ])
  }

  @Test func `from the bank first keeps the bank's day when the desk wrote it later`() throws {
    let ledger = try TemporaryLedger()
    let journal = try ledger.open()
    let bank = movements + "06-04-2026,UTR1,2500.00,,LN-1,,HDFC,\n"
    let desk = heading + "4101,LN-1,10-04-2026,\"2,500.00\",upi,UTR1,asha,,\n"
    #expect(try taken(bank, "bank-statement", journal) == "2 of 1, 0 known")
    #expect(try taken(desk, "receipts", journal).hasPrefix("2 of 1, 0 known, 1 given receipt_no"))
    let days = try journal.read { (snapshot) throws(JournalError) -> [String] in
      var days: [String] = []
      let number = try snapshot.number(.account, "LN-1") ?? 0
      try snapshot.trail(of: number) { (event) throws(JournalError) in
        if event.header.type == EventCode.paymentReceived {
          days.append(Day(rawValue: event.header.day).description)
        }
      }
      return days
    }
    #expect(days == ["2026-04-06", "2026-04-06"])
  }

  @Test func `that shows itself to be another one is refused, whatever its key`() throws {
    let ledger = try TemporaryLedger()
    let journal = try ledger.open()
    let rows = [
      "01,LN-1,05-04-2026,800.00,cash,,asha,BK-7,", "01,LN-1,05-04-2026,800.00,cash,,asha,BK-9,",
      "01,LN-1,09-05-2026,800.00,cash,,ravi,BK-7,", "02,LN-2,05-04-2026,800.00,upi,UTR5,asha,,",
      "03,LN-2,05-04-2026,800.00,upi,UTR5,asha,,", "02,LN-2,05-04-2026,800.00,cash,UTR5,asha,,",
    ]
    let sheet = heading + rows.map { $0 + "\n" }.joined()
    #expect(
      try taken(sheet, "receipts", journal)
        == "3 of 6, 0 known; line 3 key.receipt; line 4 key.receipt; line 6 key.receipt; "
        + "line 7 key.receipt")
  }

  @Test func `in one sheet, the second time with more, is told once with all of it`() throws {
    let ledger = try TemporaryLedger()
    let journal = try ledger.open()
    let row = "0005,LN-3,05-04-2026,100.00,cash,,asha,"
    let sheet = heading + "\(row),\n\(row)BK-1,\n\(row),\n"
    #expect(try taken(sheet, "receipts", journal) == "4 of 3, 1 known, 1 given book")
    #expect(
      try story("LN-3", journal) == [
        "payment.received 100.00 INR", "event.reversed", "payment.received 100.00 INR",
      ])
  }

  @Test func `with another sum or for another account is refused, row and all`() throws {
    let ledger = try TemporaryLedger()
    let journal = try ledger.open()
    let desk =
      heading
      + "0001,LN-1,05-04-2026,2500.00,cash,,asha,,\n0001,LN-1,05-04-2026,2500.00,cash,,asha,,\n"
      + "0001,LN-1,05-04-2026,2600.00,cash,,asha,,\n0001,LN-9,05-04-2026,2500.00,cash,,asha,,\n"
    #expect(
      try taken(desk, "receipts", journal)
        == "1 of 4, 1 known; line 4 key.sum; line 5 key.elsewhere")
    let bank = movements + "06-04-2026,0001,9.00,,,,HDFC,\n"
    #expect(try taken(bank, "bank-statement", journal) == "0 of 1, 0 known; line 2 key.sum")
    #expect(try story("LN-1", journal) == ["payment.received 2500.00 INR"])
  }

  @Test func `comes again after it was taken back`() throws {
    let ledger = try TemporaryLedger()
    let journal = try ledger.open()
    let wrong = heading + "0001,LN-1,05-04-2026,2500.00,cash,,asha,,\n"
    #expect(try taken(wrong, "receipts", journal) == "1 of 1, 0 known")
    let reversal = """
      {"event_id":"x1","type":"event.reversed","v":1,"subject":{"kind":"event","id":"payment.received/0001"},\
      "occurred_at":"2026-04-06T10:00:00+05:30","actor":{"id":"ravi"},\
      "body":{"reverses":"payment.received/0001","reason":"wrong_account","authorised_by":"ravi"}}
      """
    try journal.write { (batch: inout Batch) throws(JournalError) in
      do throws(Objection) {
        var draft = try EventJSON(reversal).draft
        draft.eventID = "x1"
        try placed { () throws(JournalError) in _ = try batch.append(draft) }
      } catch { throw .invalid("\(error)") }
    }
    let right = heading + "0001,LN-2,05-04-2026,2500.00,cash,,asha,,\n"
    #expect(try taken(right, "receipts", journal) == "1 of 1, 0 known")
    #expect(try taken(right + "\n", "receipts", journal) == "0 of 1, 1 known")
    #expect(try story("LN-2", journal) == ["payment.received 2500.00 INR"])
  }

  private func placed(_ body: () throws(JournalError) -> Void) throws(Objection) {
    do throws(JournalError) { try body() } catch {
      throw Objection("ledger", "\(error)", remedy: "see there")
    }
  }
}

/// A desk with one account, what it owes, who held it when, and a receipt book.
private enum Background {
  private static func line(_ type: String, _ subject: String, _ on: String, _ body: String)
    -> String
  {
    let (kind, id) = (subject.hasPrefix("LN") ? "account" : "party", subject)
    return "{\"event_id\":\"\(type)-\(on)\",\"type\":\"\(type)\",\"v\":1,"
      + "\"subject\":{\"kind\":\"\(kind)\",\"id\":\"\(id)\"},"
      + "\"occurred_at\":\"\(on)T00:00:00+05:30\",\"actor\":{\"id\":\"ravi\"},"
      + "\"body\":{\(body)}}\n"
  }

  static let history =
    line(
      "due.raised", "LN-1", "2026-03-01",
      #""due":"D1","kind":"instalment","due_date":"2026-04-01","#
        + #""amount":{"minor":250000,"currency":"INR"}"#)
    + line(
      "account.allocated", "LN-1", "2026-04-01",
      #""to_kind":"collector","to":"asha","basis":"manual""#)
    + line(
      "account.allocated", "LN-1", "2026-04-06",
      #""to_kind":"collector","to":"bina","basis":"manual""#)
    + line("receipt.book_issued", "asha", "2026-04-01", #""book":"BK-1","first":4101,"last":4150"#)

  private static func cells(
    _ book: some Book, _ asOf: Day, _ journal: Journal, _ names: [String]
  ) throws -> [[String]] {
    let sheet = try journal.read { (snapshot) throws(JournalError) in
      let vantage = Vantage(asOf: asOf, knownAt: snapshot.head)
      return try journal.answer(book, Question(vantage: vantage), snapshot).book
        .sheet(journal.naming)
    }
    return cells(sheet, names)
  }

  private static func cells(_ sheet: Sheet, _ names: [String]) -> [[String]] {
    sheet.rows.map { row in
      names.map { name in
        let index = sheet.columns.firstIndex { $0.name == name } ?? 0
        return row[index].plain.isEmpty ? "-" : row[index].plain
      }
    }
  }

  /// What the books say: the account at the end of the day of the receipt, who is credited, the
  /// leaves, and the payment that stands.
  static func books(_ journal: Journal) throws -> String {
    let day = try #require(Day("2026-04-05"))
    let end = try #require(Day("2026-04-30"))
    var text = ""
    let aging = Aging(by: .account, form: .bucketed, asOf: day)
    for row in try cells(aging, day, journal, ["overdue", "dpd"]) {
      text += "overdue \(row[0]) dpd \(row[1])\n"
    }
    let collected = Collected(by: .collector, from: day - 30, to: end, asOf: end)
    for row in try cells(collected, end, journal, ["collector", "receipts", "collected"]) {
      text += row.joined(separator: " ") + "\n"
    }
    let shelf = try journal.read { (snapshot) throws(JournalError) in
      try journal.shelf(Vantage(asOf: end, knownAt: snapshot.head), snapshot)
    }
    let names = ["book", "holder", "given", "next", "missing"]
    for row in cells(ReceiptBookRegister(shelf).sheet, names) {
      text += "\(row[0]) \(row[1]) given \(row[2]) next \(row[3]) missing \(row[4])\n"
    }
    let lines = try Fixture.export(journal, account: "LN-1").split(separator: "\n")
    let payment = String(
      try #require(lines.last { $0.contains(#""type":"payment.received""#) }))
    let draft = try EventJSON(payment).draft
    let body = try #require(payment.firstRange(of: #""body":"#))
    return text + "\(draft.day) \(draft.actor.id) \(payment[body.upperBound...])\n"
  }
}
