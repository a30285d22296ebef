import Foundation
import Interchange
import Journaling
import Ledger
import Proof
import Simulation

/// Small ledgers of chance for the second opinion: each a folder of tiles, with the control and the
/// balances as this program has them, for `tools/opinion` to compare.
struct Ledgers {
  var seed: UInt64
  var count: Int
  var folder: String

  func run() throws -> Int {
    var chance = Chance(seed)
    guard let day = Day("2025-04-01"), let signer = NoteSigner(newKeyNamed: "example.com/opinion")
    else { throw CocoaError(.featureUnsupported) }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try write(signer.key.text + "\n", "key")
    var events = 0
    for number in 0..<count {
      let life = Life(
        seed: chance.next(), accounts: 1 + chance.below(6), from: day, days: 20 + chance.below(160))
      let path = Place.make("ledger") + "/book"
      events += try make(life, path, redacts: number % 4 == 1)
      try tell(try Journal(path, Workload.options()), signer, String(number))
    }
    return events
  }

  // Lives a life in a new ledger; with one entry more at its end, whose content is destroyed.
  private func make(_ life: Life, _ path: String, redacts: Bool) throws -> Int {
    let journal = try Journal.create(path, Workload.identity, Workload.options())
    let text = life.events.lines.reduce(into: [UInt8]()) {
      $0 += life.events.bytes[$1] + [UInt8(ascii: "\n")]
    }
    let count = try Restore(try ByteFile(name: "life", bytes: text)).run(into: journal).events
    if redacts {
      let seq = try journal.append([Workload.probe]).first
      _ = try journal.redact(
        seq, Workload.redaction, authority: "letter", reason: "unlawful",
        zone: try journal.zone())
    }
    return count
  }

  private func tell(_ journal: Journal, _ signer: NoteSigner, _ name: String) throws {
    let point = try journal.read { (s) throws(JournalError) in
      try s.checkpoint(origin: signer.key.name)
    }
    guard let signature = signer.sign(point.text) else { throw CocoaError(.featureUnsupported) }
    let place = TileFolder(folder + "/" + name)
    _ = try place.ship(journal, SignedNote(text: point.text, signatures: [signature]))
    guard let last = Day("9999-12-31") else { return }
    let question = Question(vantage: Vantage(asOf: last, knownAt: point.size))
    try journal.read { (snapshot) throws(JournalError) in
      var control = try snapshot.control(to: point.size)
      control = try journal.answer(control, question, snapshot).book
      let names = try journal.accountNames(snapshot)
      let aging = try journal.answer(
        Aging(by: .account, form: .bucketed, asOf: last), question, snapshot)
      do {
        try write(csv(control.sheet(Naming { _ in "" })), name + "/control.csv")
        try write(csv(aging.book.sheet(Naming { names[Int($0)] })), name + "/balances.csv")
      } catch { throw JournalError(error) }
    }
  }

  private func csv(_ sheet: Sheet) -> String {
    let rows = sheet.rows.map { $0.map(\.plain).joined(separator: ",") }
    return ([sheet.columns.map(\.name).joined(separator: ",")] + rows).map { $0 + "\n" }.joined()
  }

  private func write(_ text: String, _ name: String) throws {
    try text.write(toFile: folder + "/" + name, atomically: false, encoding: .utf8)
  }
}
