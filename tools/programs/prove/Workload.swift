import Foundation
import Interchange
import Journaling
import Ledger
import LedgerTesting

/// What the recorder, the faults and the kills watch: a ledger that is made, written and closed, in
/// ways that touch every kind of row. Each acknowledgement is one line in the file of
/// acknowledgements: how many events are durable.
struct Workload {
  let path: String
  let acknowledgements: Int32

  init(_ path: String, acknowledgements: String) {
    self.path = path
    self.acknowledgements = unsafe Foundation.open(
      acknowledgements, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
  }

  static let identity = Identity(
    id: "00000000-0000-4000-8000-000000000001", zone: "Asia/Kolkata",
    currency: Currency(code: "INR") ?? .none, created: Moment(rawValue: 1_767_225_600_000_000))

  /// Options with a clock that runs by the position alone, so that two runs store the same bytes.
  static func options() -> Journal.Options {
    var options = Journal.Options()
    options.mapSize = 256 << 20
    options.patience = 1
    return options
  }

  private func acknowledge(_ seq: Position) {
    let line = Array("\(seq)\n".utf8)
    unsafe line.withUnsafeBytes { _ = unsafe write(acknowledgements, $0.baseAddress, $0.count) }
  }

  /// A draft whose bytes depend on its number alone.
  static func draft(_ number: Int) -> Draft {
    var text = "event \(number) "
    for index in 0..<(number * 37 % 150) {
      text += String(UnicodeScalar(UInt8(97 + (index ^ number) % 26)))
    }
    var draft = TemporaryLedger.draft(
      "A\(number % 13)", type: 7, refs: number % 17 == 0 ? ["B\(number % 5)"] : [],
      body: body(text))
    draft.recorded = Moment(rawValue: 1_767_225_600_000_000 + Int64(number) * 1000)
    if number % 7 == 0 { draft.eventID = "id-\(number)" }
    return draft
  }

  /// The body of `account.flagged`, as long as its text.
  static func body(_ text: String) -> [UInt8] {
    var out = CBORWriter()
    out.map(3)
    out.uint(0)
    out.text("vip")
    out.uint(1)
    out.bool(true)
    out.uint(2)
    out.text(text)
    return out.bytes
  }

  /// One more event, recorded now, whatever came before.
  static var probe: Draft {
    var draft = draft(1)
    draft.recorded = nil
    return draft
  }

  /// Makes the ledger unless it is there.
  func open() throws -> Journal {
    do throws(JournalError) { return try Journal(path, Workload.options()) } catch {
      guard case .absent = error else { throw error }
      return try Journal.create(path, Workload.identity, Workload.options())
    }
  }

  /// Appends up to `last`, in commits of growing size with a key each, some of them bulk.
  func append(to last: Int) throws {
    let journal = try open()
    var next = Int(try journal.read { (s) throws(JournalError) in s.head }) + 1
    acknowledge(Position(next - 1))
    var step = 0
    while next <= last {
      step += 1
      let some = step % 11 == 0 ? 300 : step % 5 == 0 ? 40 : 1 + step % 3
      let numbers = next...min(last, next + some - 1)
      if some == 300 {
        try journal.write { (batch: inout Batch) throws(JournalError) in
          for number in numbers { try batch.append(Workload.draft(number)) }
        }
      } else {
        _ = try journal.append(numbers.map(Workload.draft), key: CommandKey("key-\(next)"))
      }
      acknowledge(Position(numbers.upperBound))
      next = numbers.upperBound + 1
    }
    try journal.close()
  }

  /// What a house does now and then: indexes made anew, and a copy beside the ledger.
  func maintain() throws {
    let journal = try open()
    try journal.rebuild()
    _ = try journal.backup(to: path + "-copy")
    try journal.close()
  }

  /// Imports lines of NDJSON, acknowledged at the end.
  func `import`(_ file: String) throws {
    let journal = try open()
    acknowledge(try journal.read { (s) throws(JournalError) in s.head })
    var options = Import.Options()
    options.chunk = 64
    var work = Import(try ByteFile(path: file), mapping: nil, options: options)
    _ = try work.run(into: journal)
    acknowledge(try journal.read { (s) throws(JournalError) in s.head })
    try journal.close()
  }
}
