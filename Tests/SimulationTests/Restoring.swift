import Foundation
import Journaling
import Ledger
import Simulation
import Testing

/// Reads lines of the export form into a temporary ledger. Kept apart from the product's own
/// reader, so that the two can be compared.
final class Restored: Sendable {
  let journal: Journal
  let path: String

  /// Appends a life in parts that end after these tenths of a percent, and after each but the last
  /// does something: keeps facts, if nothing else is said.
  init(
    _ life: Life, cuts: [Int] = [900], at cut: (Restored) throws -> Void = { try $0.keepFacts() }
  ) throws {
    path = NSTemporaryDirectory() + "simulation-\(UUID().uuidString)"
    guard let rupee = Currency(code: "INR") else { throw CocoaError(.featureUnsupported) }
    journal = try Journal.create(
      path,
      Identity(
        id: "simulation", zone: "Asia/Kolkata", currency: rupee, created: Moment(rawValue: 0)))
    let (bytes, lines) = life.events
    // The facts of the first part are kept; those of the rest are read from the log.
    let ends = cuts.map { lines.count * $0 / 1000 } + [lines.count]
    for (begin, end) in zip([0] + ends, ends) {
      for first in stride(from: begin, to: end, by: 50_000) {
        try journal.write { (batch) throws(JournalError) in
          for line in lines[first..<min(end, first + 50_000)] {
            guard let draft = try? Restored.draft(Data(bytes[line])) else {
              throw .invalid("unreadable: " + String(decoding: bytes[line], as: UTF8.self))
            }
            try batch.append(draft)
          }
        }
      }
      if end < lines.count { try cut(self) }
    }
  }

  private func keepFacts() throws {
    let day = try #require(Day("2025-04-01"))
    try journal.read { (snapshot) throws(JournalError) in
      let question = Question(vantage: Vantage(asOf: day, knownAt: snapshot.head))
      // Facts of money, and with each other book the columns of the desk that it reads: what the
      // tests ask later is read from these and from the last tenth of the log.
      let holders = Aging(by: .collector, form: .bucketed, asOf: day, disputed: true)
      _ = try journal.answer(
        Aging(by: .account, form: .bucketed, asOf: day), question, snapshot, keeping: .always)
      _ = try journal.answer(holders, question, snapshot, keeping: .always)
      _ = try journal.answer(
        PromiseDiary(asOf: day, days: 7, by: .date), question, snapshot, keeping: .always)
      _ = try journal.answer(ChequeRegister(asOf: day), question, snapshot, keeping: .always)
      _ = try journal.answer(
        ContactReport(by: .collector, from: day, asOf: day), question, snapshot, keeping: .always)
    }
  }

  deinit { remove() }

  func remove() { try? FileManager.default.removeItem(atPath: path) }

  /// The book that `arrears show aging --by account` prints, in the columns of the naive model.
  func aging(asOf: Day, knownAt: Position, drafts: [(kind: String, body: [UInt8])] = []) throws
    -> [String]
  {
    var question = Question(vantage: Vantage(asOf: asOf, knownAt: knownAt))
    question.drafts = drafts
    let columns = [
      "account", "currency", "overdue", "outstanding", "dpd", "bucket", "class", "credit",
      "past_due_days", "paused_days",
    ]
    return try journal.read { (snapshot) throws(JournalError) in
      let names = try journal.accountNames(snapshot)
      let book = Aging(by: .account, form: .bucketed, asOf: asOf)
      // Three ways to the facts: the log, the log in many passes, and what was kept of it.
      let answers = [
        try journal.answer(book, question, snapshot, keeping: .never),
        try journal.answer(book, question, snapshot, keeping: .never, room: 4096),
        try journal.answer(book, question, snapshot, keeping: .whenWorthwhile),
      ]
      let sheets = answers.map { answer in
        let sheet = answer.book.sheet(Naming { names[Int($0)] })
        let indices = columns.map { name in sheet.columns.firstIndex { $0.name == name } ?? 0 }
        return sheet.rows.map { row in indices.map { row[$0].plain }.joined(separator: ",") }
          .sorted()
      }
      #expect(sheets[1] == sheets[0], "in many passes")
      #expect(sheets[2] == sheets[0], "from facts that were kept")
      return sheets[0]
    }
  }

  /// A policy body as a draft to try.
  static func draft(_ kind: String, _ json: String) throws -> (kind: String, body: [UInt8]) {
    (kind, try BodyCodec.encodeJSON(Array(json.utf8).span))
  }

  private static let marker = Data(",\"body\":".utf8)

  private static func draft(_ line: Data) throws -> Draft {
    let fields = try dictionary(try JSONSerialization.jsonObject(with: line))
    let type = try #require(Register.event(try text(fields["type"])))
    let start = try #require(line.range(of: marker)).upperBound
    let json = Array(line[start..<line.count - 1])
    let body = try dictionary(fields["body"])
    let occurred = try #require(ClockTime(try text(fields["occurred_at"])))
    let valueDate = try (fields["value_date"]).map { try #require(Day(try text($0))) }
    let day: Day =
      switch type.day {
      case .occurred: occurred.day
      case .valueDate: valueDate ?? occurred.day
      case .property(let field):
        try body[field.name].map { try #require(Day(try text($0))) } ?? occurred.day
      }
    let actor = try dictionary(fields["actor"])
    var draft = Draft(
      type: type.code, subject: try reference(fields["subject"]), occurred: occurred, day: day,
      actor: Actor(id: try text(actor["id"]), role: try text(actor["role"])),
      body: try BodyCodec.encode(json, as: type))
    draft.valueDate = valueDate
    // As by `arrears import`: what was not decided here is judged by the book of anomalies.
    draft.imported = type.isImported
    draft.eventID = try text(fields["event_id"])
    draft.recorded = try #require(ClockTime(try text(fields["recorded_at"]))).moment
    draft.refs = try ((fields["refs"] as? [Any]) ?? []).map { try reference($0) }
    if type.name == "event.reversed" { draft.target = try text(body["reverses"]) }
    if let amount = type.amount, let sum = body[amount.name] {
      let money = try dictionary(sum)
      draft.amount = Money(
        minor: try #require((money["minor"] as? NSNumber)?.int64Value),
        currency: try #require(Currency(code: try text(money["currency"]))))
    }
    return draft
  }

  private static func reference(_ value: Any?) throws -> Reference {
    let fields = try dictionary(value)
    return Reference(kind: try text(fields["kind"]), id: try text(fields["id"]))
  }

  private static func text(_ value: Any?) throws -> String { try #require(value as? String) }

  private static func dictionary(_ value: Any?) throws -> [String: Any] {
    try #require(value as? [String: Any])
  }
}
