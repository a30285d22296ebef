import Interchange
import Journaling
import Ledger
import LedgerTesting
import Testing

@Suite struct `Real files` {
  @Test func `fines come out to the cent, case by case`() throws {
    guard let path = Fixture.shared("data/fines/events-dev.csv.gz"),
      let expected = Fixture.shared("data/fines/final_balances-dev.csv.gz")
    else { return }
    var rows = try Fixture.rows(try ByteFile(path: path), try Fixture.map("fines.yaml"))
    var row = SourceRow()
    var cases: [String: Balance] = [:]
    var count = 0
    var silent = 0
    while try rows.next(&row) {
      count += 1
      #expect(row.objection == nil)
      if row.drafts.isEmpty { silent += 1 }
      for draft in row.drafts { cases[draft.subject.id, default: Balance()].add(draft) }
    }
    #expect(count == 56_984)
    #expect(silent == 0)
    #expect(cases.count == 15_150)
    let table = try Table(path: expected)
    var wrong: [String] = []
    for line in table.rows {
      let name = line["case_id"] ?? ""
      guard let found = cases[name] else {
        wrong.append(name)
        continue
      }
      if found.total != table.minor(line["balance"]) { wrong.append(name) }
      let dismissed = (line["dismissal"] ?? "NIL") != "NIL"
      if found.isDismissed != dismissed { wrong.append(name + " dismissal") }
      let notified = line["notified"].flatMap { Day($0) }
      let due = found.overdueFrom.map { $0 - 60 }
      if found.total > 0, notified != due { wrong.append(name + " due date") }
    }
    #expect(wrong.isEmpty, "\(wrong.count) cases differ: \(wrong.prefix(10))")
  }

  @Test func `receivables age as the ground truth says`() throws {
    guard let path = Fixture.shared("data/ar/invoices.csv.gz") else { return }
    var rows = try Fixture.rows(
      try ByteFile(path: path), try Fixture.map("receivables.yaml"), zone: "UTC", currency: "USD")
    var row = SourceRow()
    let asOf = try #require(Day("2012-12-31"))
    var open: [String: (amount: Int64, due: Day)] = [:]
    var accounts = 0
    var lines = 0
    while try rows.next(&row) {
      #expect(row.objection == nil)
      lines += 1
      for draft in row.drafts {
        switch Register.event(code: draft.type, version: 1)?.name {
        case "account.opened": accounts += 1
        case "due.raised" where draft.occurred.day <= asOf:
          let due = try DueRaised(draft)
          open[due.id] = (draft.amount?.minor ?? 0, draft.day)
        case "payment.received" where draft.day <= asOf:
          open[try DueRaised.paid(draft)] = nil
        default: break
        }
      }
    }
    #expect(lines == 2466)
    #expect(accounts == 100)
    #expect(open.count == 99)
    #expect(open.values.reduce(0) { $0 + $1.amount } == 572_506)
    let late = open.values.filter { asOf - $0.due > 0 }
    #expect(late.count == 13)
    #expect(late.reduce(0) { $0 + $1.amount } == 78_874)
  }
}

/// What is owed on one account by the dumbest means: what was raised and not withdrawn, less what came
/// in; money goes to what was raised first.
private struct Balance {
  private var raised: [(id: String, amount: Int64, day: Day)] = []
  private var paid: Int64 = 0
  private(set) var isDismissed = false

  var total: Int64 { raised.reduce(-paid) { $0 + $1.amount } }

  var overdueFrom: Day? {
    var left = paid
    for item in raised where item.day != .undated {
      left -= item.amount
      if left < 0 { return item.day }
    }
    return nil
  }

  mutating func add(_ draft: Draft) {
    let body = Body(draft)
    let amount = draft.amount?.minor ?? 0
    switch body.type {
    case "due.raised": raised.append((body["due"], amount, draft.day))
    case "charge.levied":
      let day = raised.first { $0.id == body["due"] }?.day ?? draft.day
      raised.append((body["due"], amount, day))
    case "due.cancelled": raised.removeAll { $0.id == body["dues"] }
    case "payment.received": paid += amount
    case "account.flagged": isDismissed = body["raised"] == "true"
    default: break
    }
  }
}

/// A body as its JSON, looked at with a knife.
private struct Body {
  let type: String
  private let text: String

  init(_ draft: Draft) {
    let type = Register.event(code: draft.type, version: draft.version)
    self.type = type?.name ?? ""
    let json = type.flatMap { try? BodyCodec.json(draft.body, as: $0) } ?? []
    text = String(decoding: json, as: UTF8.self)
  }

  subscript(_ name: String) -> String {
    let parts = text.split(separator: "\"\(name)\":", maxSplits: 1)
    guard parts.count == 2 else { return "" }
    return String(parts[1].drop { $0 == "[" || $0 == "\"" }.prefix { !"\",}]".contains($0) })
  }
}

private struct DueRaised {
  let id: String
  init(_ draft: Draft) throws { id = Body(draft)["due"] }
  static func paid(_ draft: Draft) throws -> String { Body(draft)["due"] }
}

/// A CSV file with its header, as strings.
private struct Table {
  var rows: [[String: String]] = []

  init(path: String) throws {
    var reader = try CSVReader(try ByteFile(path: path), Dialect())
    var row = CSVRow()
    while try reader.next(&row) {
      var line: [String: String] = [:]
      for (index, name) in reader.header.enumerated() {
        line[name] = String(decoding: row[index], as: UTF8.self)
      }
      rows.append(line)
    }
  }

  func minor(_ text: String?) -> Int64? {
    Currency(code: "EUR").flatMap { Money(decimal: text ?? "", currency: $0)?.minor }
  }
}
