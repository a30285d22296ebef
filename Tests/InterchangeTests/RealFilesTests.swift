import Foundation
import Interchange
import Journaling
import Ledger
import LedgerTesting
import Testing

/// Real files through the maps of the repository, against figures that somebody else computed. They
/// stand beside the repository, not in it; where they are absent the test says so and passes.
@Suite struct `Real files` {
  @Test func `fines: every balance and every aging figure, both conventions, both days`() throws {
    guard
      let ledger = try RealLedger("fines/events-dev.csv.gz", "fines.yaml", "Europe/Rome", "EUR"),
      let truth = try RealLedger.json("fines/ground-truth-dev.json"),
      let days = truth["as_of"] as? [String: [String: Any]]
    else { return }
    #expect(ledger.report.rows == truth["events"] as? Int)
    #expect(ledger.report.rejected == 0)
    var wrong: [String] = []
    for (day, expected) in days.sorted(by: { $0.key < $1.key }) {
      let asOf = try #require(Day(day))
      let summary = expected["summary"] as? [String: Any] ?? [:]
      let rows = try ledger.accounts(asOf)
      #expect(rows.count == summary["cases"] as? Int)
      #expect(ledger.sum(rows, "outstanding") == Self.figure(summary["open_positive"]))
      let over = (summary["overpaid_negative"] as? [String: Any])?["sum"] as? String
      #expect("-" + ledger.sum(rows, "credit").text == over)
      let aging = expected["ageing"] as? [String: [String: Any]] ?? [:]
      #expect(aging.count == 4)
      for (convention, buckets) in aging {
        let found = try ledger.buckets(
          asOf, fromCreation: convention.hasPrefix("A_"),
          withoutFlag: convention.hasSuffix("net_of_dismissed") ? "dismissed" : nil)
        for (bucket, figure) in buckets {
          let label = bucket == "not_notified" ? "undated" : bucket
          if found[label] != Self.figure(figure) {
            wrong.append("\(day) \(convention) \(bucket): \(found[label]?.text ?? "-")")
          }
        }
      }
    }
    #expect(wrong.isEmpty, "\(wrong)")
  }

  @Test func `fines: each case ends as its own file says, on three days`() throws {
    guard
      let ledger = try RealLedger("fines/events-dev.csv.gz", "fines.yaml", "Europe/Rome", "EUR"),
      let path = Fixture.shared("data/fines/final_balances-dev.csv.gz")
    else { return }
    for (day, column) in [
      ("2013-12-31", "balance"), ("2008-12-31", "balance_2008-12-31"),
      ("2012-12-31", "balance_2012-12-31"),
    ] {
      let rows = try ledger.accounts(try #require(Day(day)))
      let found = Dictionary(uniqueKeysWithValues: rows.map { ($0["account"] ?? "", $0) })
      var reader = try CSVReader(try ByteFile(path: path), Dialect())
      let at = try #require(reader.header.firstIndex(of: column))
      var row = CSVRow()
      var (cases, wrong) = (0, [String]())
      while try reader.next(&row) {
        let name = String(decoding: row[0], as: UTF8.self)
        let expected = String(decoding: row[at], as: UTF8.self)
        if expected.isEmpty { continue }
        cases += 1
        let owed = ledger.minor(found[name]?["outstanding"])
        let credit = ledger.minor(found[name]?["credit"])
        if owed - credit != ledger.minor(expected) { wrong.append(name) }
      }
      #expect(cases == rows.count)
      #expect(wrong.isEmpty, "\(day): \(wrong.count) cases differ: \(wrong.prefix(10))")
    }
  }

  @Test func `receivables age as the ground truth says, invoice by invoice`() throws {
    guard let ledger = try RealLedger("ar/invoices.csv.gz", "receivables.yaml", "UTC", "USD"),
      let truth = try RealLedger.json("ar/ground-truth-2012-12-31.json"),
      let expected = (truth["as_of"] as? [String: [String: Any]])?["2012-12-31"]
    else { return }
    let asOf = try #require(Day("2012-12-31"))
    let slots = try ledger.sheet(Aging(by: .bucket, form: .slotted, asOf: asOf), asOf)
    var dues = 0
    for (bucket, figure) in expected["buckets"] as? [String: [String: Any]] ?? [:] {
      // Current is what is not due yet and what falls due today; beyond 90 is one band there.
      let labels: [String] =
        switch bucket {
        case "current": ["not_due", "0"]
        case "91+": ["91-120", "121-150", "151-180", "180+"]
        default: [bucket]
        }
      let rows = slots.filter { labels.contains($0["bucket"] ?? "") }
      let count = rows.reduce(0) { $0 + (Int($1["dues"] ?? "") ?? 0) }
      dues += count
      #expect(count == figure["n"] as? Int, "\(bucket)")
      #expect(
        rows.reduce(0) { $0 + ledger.minor($1["outstanding"]) }
          == ledger.minor(figure["sum"] as? String), "\(bucket)")
    }
    #expect(dues == expected["open_invoices"] as? Int)
    let customers = try ledger.accounts(asOf)
    #expect(ledger.sum(customers, "outstanding").text == expected["open_ar"] as? String)
    #expect(ledger.sum(customers, "outstanding").count == expected["open_customers"] as? Int)
    let worst = customers.sorted { ledger.minor($0["overdue"]) > ledger.minor($1["overdue"]) }
    for (row, pair) in zip(worst, expected["top5_past_due_customers"] as? [[String]] ?? []) {
      #expect([row["account"], row["overdue"]] == pair)
    }
    #expect(customers.compactMap { Int($0["dpd"] ?? "") }.max() == expected["max_dpd"] as? Int)
  }

  @Test func `receivables: days sales outstanding over 90 and 365 days, and how late was paid`()
    throws
  {
    guard let ledger = try RealLedger("ar/invoices.csv.gz", "receivables.yaml", "UTC", "USD"),
      let truth = try RealLedger.json("ar/ground-truth-2012-12-31.json"),
      let expected = (truth["as_of"] as? [String: [String: Any]])?["2012-12-31"]
    else { return }
    let asOf = try #require(Day("2012-12-31"))
    for days in [90, 365] {
      let book = ReceivablesReport(opening: asOf - days, closing: asOf)
      let rows = try ledger.sheet(book, asOf)
      func cell(_ metric: String, _ column: String) -> String? {
        rows.first { $0["metric"] == metric }?[column]
      }
      #expect(cell("sales", "part") == expected["credit_sales_\(days)"] as? String)
      #expect(cell("closing_receivables", "part") == expected["open_ar"] as? String)
      for (metric, name) in [
        ("dso", "DSO"), ("dso_best_possible", "best_possible_DSO"),
        ("average_days_delinquent", "ADD"),
      ] {
        let figure = try #require(expected["\(name)_\(days)"] as? Double)
        // The truth takes its third figure from the first two as it rounded them.
        let points = Int64((figure * 10_000).rounded())
        let found = try #require(cell(metric, "bp").flatMap { Int64($0) })
        #expect(abs(found - points) <= (name == "ADD" ? 1 : 0), "\(metric) \(days)")
      }
    }
    let last = try #require(Day("2014-01-31"))
    let all = ReceivablesReport(opening: try #require(Day("2011-12-31")), closing: last)
    let late = try ledger.sheet(all, last).first { $0["metric"] == "days_late" }
    let figure = (truth["late"] as? [String: Any])?["amount_weighted_days_late"] as? Double
    #expect(late?["bp"] == "\(Int64((try #require(figure) * 10_000).rounded()))")
  }

  @Test func `cards: both roll matrices and all bucket counts as the ground truth has them`() throws
  {
    guard
      let ledger = try RealLedger(
        "card-delinquency/UCI_Credit_Card.csv.gz", "card-delinquency.yaml", "Asia/Taipei", "TWD"),
      let truth = try RealLedger.json("card-delinquency/ground-truth-first-two.json"),
      let transitions = truth["transitions"] as? [String: [String: Any]]
    else { return }
    #expect(ledger.report.rows == truth["rows"] as? Int)
    #expect(ledger.report.rejected == 0)
    let bands = (1...8).map { month in
      "{\"label\":\"\(month)\",\"from\":\(month * 30 - 29)"
        + (month < 8 ? ",\"to\":\(month * 30)}" : "}")
    }
    let json = "{\"current\":\"current\",\"bands\":[" + bands.joined(separator: ",") + "]}"
    let buckets = try BodyCodec.encodeJSON(Array(json.utf8).span)
    for (name, from, to) in [
      ("2005-04 -> 2005-05", "2005-04-30", "2005-05-31"),
      ("2005-05 -> 2005-06", "2005-05-31", "2005-06-30"),
    ] {
      let closing = try #require(Day(to))
      let book = RollMatrix(opening: try #require(Day(from)), closing: closing)
      let rows = try ledger.sheet(book, closing) {
        $0.drafts.append((kind: "buckets", body: buckets))
      }
      let counts = try #require(transitions[name]?["counts"] as? [String: [String: Int]])
      let rates = try #require(transitions[name]?["rates"] as? [String: Any])
      #expect(counts.count == 9)
      for (bucket, moves) in counts {
        let row = rows.first { $0["measure"] == "accounts" && $0["from"] == bucket }
        let share = rows.first { $0["measure"] == "accounts_bp" && $0["from"] == bucket }
        for (other, count) in moves {
          #expect(row?[other] == "\(count)", "\(name) \(bucket) -> \(other)")
          let rate = (rates[bucket] as? [String: Double])?[other]
          let points = rate.map { "\(Int64(($0 * 10_000).rounded()))" } ?? ""
          #expect(share?[other] == points, "\(name) \(bucket) -> \(other)")
        }
      }
      let ends = (truth["bucket_counts"] as? [String: [String: Int]])?[String(to.prefix(7))] ?? [:]
      let total = rows.first { $0["measure"] == "accounts" && $0["from"] == "total" }
      for (bucket, count) in ends { #expect(total?[bucket] == "\(count)", "\(to) \(bucket)") }
      #expect(ends.count == 9)
    }
  }

  private static func figure(_ any: Any?) -> RealLedger.Figure? {
    guard let pair = any as? [String: Any], let count = pair["cases"] as? Int,
      let sum = pair["sum"] as? String
    else { return nil }
    return RealLedger.Figure(count: count, text: sum)
  }
}

/// A real file, imported through a map of the repository, asked as the command line asks.
struct RealLedger {
  struct Figure: Equatable {
    var count: Int
    var text: String
  }

  let ledger: TemporaryLedger
  let journal: Journal
  let report: Import.Report
  let currency: Currency

  init?(_ file: String, _ map: String, _ zone: String, _ code: String) throws {
    guard let path = Fixture.shared("data/" + file) else { return nil }
    ledger = try TemporaryLedger(zone: zone, currency: code)
    ledger.turn(to: Moment(rawValue: 1_795_000_000_000_000))
    journal = try ledger.open()
    currency = journal.identity.currency
    var work = Import(try ByteFile(path: path), mapping: try Fixture.map(map))
    report = try work.run(into: journal)
  }

  static func json(_ file: String) throws -> [String: Any]? {
    guard let path = Fixture.shared("data/" + file) else { return nil }
    let data = try Data(contentsOf: URL(fileURLWithPath: path))
    return try JSONSerialization.jsonObject(with: data) as? [String: Any]
  }

  func sheet<B: Book>(
    _ book: B, _ asOf: Day, _ shape: (inout Question) -> Void = { _ in }
  ) throws -> [[String: String]] {
    let sheet = try journal.read { (snapshot) throws(JournalError) in
      var question = Question(vantage: Vantage(asOf: asOf, knownAt: snapshot.head))
      var elapsed = CBORWriter()
      elapsed.text("elapsed")
      question.drafts.append((kind: "dpd_counting", body: elapsed.bytes))
      shape(&question)
      return try journal.answer(book, question, snapshot).book.sheet(journal.naming)
    }
    return sheet.rows.map { row in
      Dictionary(uniqueKeysWithValues: zip(sheet.columns.map(\.name), row.map(\.plain)))
    }
  }

  func accounts(_ asOf: Day) throws -> [[String: String]] {
    try sheet(Aging(by: .account, form: .bucketed, asOf: asOf), asOf)
  }

  func buckets(_ asOf: Day, fromCreation: Bool, withoutFlag: String?) throws -> [String: Figure] {
    var bands = [(31, 60), (61, 90), (91, 180), (181, 365), (366, 730), (731, -1)]
    bands.insert(fromCreation ? (0, 30) : (1, 30), at: 0)
    let rows = try sheet(Aging(by: .bucket, form: .bucketed, asOf: asOf), asOf) { question in
      question.fromInvoiceDate = fromCreation
      question.withoutFlag = withoutFlag
      let list = bands.map { from, to in
        to < 0
          ? "{\"label\":\"\(from)+\",\"from\":\(from)}"
          : "{\"label\":\"\(from)-\(to)\",\"from\":\(from),\"to\":\(to)}"
      }
      let json =
        "{" + (fromCreation ? "" : "\"current\":\"current\",")
        + "\"bands\":[" + list.joined(separator: ",") + "]}"
      let bytes = Array(json.utf8)
      if let body = try? BodyCodec.encodeJSON(bytes.span) {
        question.drafts.append((kind: "buckets", body: body))
      }
    }
    return Dictionary(
      uniqueKeysWithValues: rows.map {
        (
          $0["bucket"] ?? "",
          Figure(count: Int($0["owing"] ?? "") ?? -1, text: $0["outstanding"] ?? "")
        )
      })
  }

  func minor(_ text: String?) -> Int64 {
    Money(decimal: text ?? "", currency: currency)?.minor ?? .min
  }

  func sum(_ rows: [[String: String]], _ column: String) -> Figure {
    var figure = (count: 0, minor: Int64(0))
    for row in rows where minor(row[column]) > 0 {
      figure.count += 1
      figure.minor += minor(row[column])
    }
    return Figure(
      count: figure.count, text: Money(minor: figure.minor, currency: currency).decimal)
  }
}
