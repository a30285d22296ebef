import Foundation
import Interchange
import Journaling
import Ledger
import Sealing

/// The events of one case in a fresh temporary ledger.
final class History {
  /// The ledger.
  let journal: Journal
  /// The zone of the case.
  let zone: Zone
  private let folder: String

  /// Restores events, in stable order of `recorded_at`, by the path of `arrears restore`.
  init(_ events: [Value], zone name: String) throws {
    guard let zone = Zone(name) else { throw Inexpressible("`\(name)` is no time zone we know") }
    self.zone = zone
    folder =
      FileManager.default.temporaryDirectory
      .appendingPathComponent("arrears-vectors-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    // The key of what is personal stands beside the ledger, and goes with it.
    let ledger = folder + "/ledger"
    let code = Value.list(events).first("currency") ?? "EUR"
    guard let currency = Currency(code: code) else {
      throw Inexpressible("`\(code)` is no currency")
    }
    journal = try Journal.create(
      ledger,
      Identity(
        id: UUID().uuidString.lowercased(), zone: name, currency: currency,
        created: Moment(rawValue: 0)))
    let lines = try History.sorted(events).map(\.json).joined(separator: "\n")
    let file = try ByteFile(name: "events of the case", bytes: Array(lines.utf8))
    var restore = Restore(file)
    restore.sealer = Sealer(ledger, source: KeySource(nil, ledger: ledger), mode: .writing)
    do { _ = try restore.run(into: journal) } catch {
      try? FileManager.default.removeItem(atPath: folder)
      throw Inexpressible("its events cannot be restored: \(error)")
    }
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  private static func sorted(_ events: [Value]) throws -> [Value] {
    var timed: [(at: Moment, index: Int, event: Value)] = []
    for (index, event) in events.enumerated() {
      guard let text = event["recorded_at"]?.text, let time = ClockTime(text) else {
        throw Inexpressible("event \(index + 1) has no recorded_at that can be read")
      }
      timed.append((time.moment, index, event))
    }
    return timed.sorted { ($0.at, $0.index) < ($1.at, $1.index) }.map(\.event)
  }
}

/// A question of a case, resolved against its history.
struct Asked {
  /// The ledger that answers.
  let history: History
  /// Day, knowledge and policies tried.
  let question: Question
  /// Whether the day asked about had not come at `known_at`.
  let isProjected: Bool
  /// The policy that the case names, as it is written.
  let policy: Value

  /// Reads `as_of`, `known_at` and `policy`.
  init(_ ask: Value, _ history: History) throws {
    self.history = history
    policy = ask["policy"] ?? .null
    guard let day = ask["as_of"]?.text.flatMap({ Day($0) }) else {
      throw Inexpressible("as_of is no day")
    }
    var known: Moment?
    if let value = ask["known_at"], value != .null {
      guard let time = value.text.flatMap({ ClockTime($0) }) else {
        throw Inexpressible("known_at is no instant")
      }
      known = time.moment
    }
    let position = try history.journal.read { (snapshot) throws(JournalError) in
      guard let known else { return snapshot.head }
      return try snapshot.position(knownAt: known)
    }
    var question = Question(vantage: Vantage(asOf: day, knownAt: position))
    for (name, value) in (ask["policy"]?.fields ?? [:]).sorted(by: { $0.key < $1.key })
    where PolicyKind.all.contains(name) {
      let body = try Asked.body(name, value)
      try PolicyKind.check(name, body.span)
      question.drafts.append((name, body))
    }
    self.question = question
    isProjected = known.map { history.zone.day(of: $0) < day } ?? false
  }

  // Canonical CBOR of a policy's value, which may be a single code.
  private static func body(_ kind: String, _ value: Value) throws -> [UInt8] {
    let whole = try BodyCodec.encodeJSON(Array(Value.object([kind: value]).json.utf8).span)
    var reader = CBORReader(whole.span)
    _ = try reader.map()
    _ = try reader.text()
    return reader.array(reader.position..<whole.count)
  }

  /// The one account that the events are about.
  func account(_ snapshot: borrowing Snapshot) throws -> (id: String, number: UInt32) {
    guard try snapshot.count(of: .account) == 1, let id = try snapshot.name(.account, 1) else {
      throw Inexpressible("its events are not about one account")
    }
    return (id, 1)
  }
}

extension Journal {
  /// Reads with a closure that may throw anything.
  func reading<R>(_ body: (borrowing Snapshot) throws -> R) throws -> R {
    var result: Result<R, any Error>?
    try read { (snapshot) throws(JournalError) in result = Result { try body(snapshot) } }
    guard let result else { throw Inexpressible("nothing was read") }
    return try result.get()
  }
}
