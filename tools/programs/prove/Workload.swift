import Foundation
import Interchange
import Journaling
import LMDB
import Ledger
import LedgerTesting
import Proof
import Sealing

/// What the recorder, the faults and the kills watch: a house's ledger in `FOLDER/book` and all
/// that is done with it, in ways that touch every kind of row and file. What is durable is told, a
/// line each, to the file `FOLDER-acks`, before the next thing begins.
struct Workload {
  /// The folder in which everything stands.
  let folder: String
  private let acknowledgements: Int32
  /// Says that things are done before they are: what a control run needs to be found out.
  var isEarly = false

  /// The ledger.
  var book: String { folder + "/book" }
  private var tiles: TileFolder { TileFolder(folder + "/tiles") }

  init(_ folder: String) {
    self.folder = folder
    acknowledgements = unsafe Foundation.open(
      folder + "-acks", O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
  }

  static let identity = Identity(
    id: "00000000-0000-4000-8000-000000000001", zone: "Asia/Kolkata",
    currency: Currency(code: "INR") ?? .none, created: Moment(rawValue: 1_767_225_600_000_000))

  /// A small map and a short patience.
  static func options() -> Journal.Options {
    var options = Journal.Options()
    options.mapSize = 256 << 20
    options.patience = 1
    return options
  }

  private func acknowledge(_ line: String) {
    let line = Array((line + "\n").utf8)
    unsafe line.withUnsafeBytes { _ = unsafe write(acknowledgements, $0.baseAddress, $0.count) }
  }

  // Does something and says so, in this order unless it lies.
  private func acknowledging(_ line: String, _ body: () throws -> Void) throws {
    if isEarly { acknowledge(line) }
    try body()
    if !isEarly { acknowledge(line) }
  }

  /// A draft whose bytes depend on its number alone.
  static func draft(_ number: Int) -> Draft {
    var text = "event \(number) "
    for index in 0..<(number * 37 % 150) {
      text += String(UnicodeScalar(UInt8(97 + (index ^ number) % 26)))
    }
    var draft = TemporaryLedger.draft(
      "A\(number % 13)", type: 7, refs: number % 17 == 0 ? ["B\(number % 5)"] : [],
      body: TemporaryLedger.flag(text))
    if number % 7 == 0 { draft.eventID = "id-\(number)" }
    return draft
  }

  /// One more event, whatever came before.
  static var probe: Draft { draft(1) }

  /// Makes the ledger unless it is there.
  func open() throws -> Journal {
    do throws(JournalError) { return try Journal(book, Workload.options()) } catch {
      guard case .absent = error else { throw error }
      return try Journal.create(book, Workload.identity, Workload.options())
    }
  }

  private func head(_ journal: Journal) throws -> Position {
    try journal.read { (s) throws(JournalError) in s.head }
  }

  /// Does one thing after another: `append=N`, `import`, `keep`, `rebuild`, `erase`, `redact`,
  /// `backup`, `ship`, `restore`; `early` lies from there on.
  mutating func run(_ steps: some Sequence<String>) throws {
    for step in steps {
      let words = step.split(separator: "=").map(String.init)
      switch words[0] {
      case "early": isEarly = true
      case "append": try append(to: Int(words.last ?? "") ?? 0)
      case "import": try bring()
      case "keep": try keep()
      case "rebuild": try open().rebuild()
      case "erase": try erase()
      case "redact": try redact()
      case "backup": try acknowledging("copied") { _ = try open().backup(to: book + "-copy") }
      case "ship": try ship()
      case "restore": try restore()
      default: throw CocoaError(.featureUnsupported)
      }
    }
  }

  /// Appends up to `last`, in commits of growing size with a key each, some of them bulk.
  func append(to last: Int) throws {
    let journal = try open()
    var next = Int(try head(journal)) + 1
    acknowledge(String(next - 1))
    var step = 0
    while next <= last {
      step += 1
      let some = step % 11 == 0 ? 300 : step % 5 == 0 ? 40 : 1 + step % 3
      let numbers = next...min(last, next + some - 1)
      try acknowledging(String(numbers.upperBound)) {
        if some == 300 {
          try journal.write { (batch: inout Batch) throws(JournalError) in
            for number in numbers { try batch.append(Workload.draft(number)) }
          }
        } else {
          _ = try journal.append(numbers.map(Workload.draft), key: CommandKey("key-\(next)"))
        }
      }
      next = numbers.upperBound + 1
    }
    try journal.close()
  }

  private func line(_ id: String, _ type: String, _ kind: String, _ subject: String, _ body: String)
    -> String
  {
    """
    {"event_id":"\(id)","type":"\(type)","v":1,"subject":{"kind":"\(kind)","id":"\(subject)"},\
    "occurred_at":"2025-12-01T10:00:00+05:30","actor":{"id":"asha"},"source":{"kind":"cli"},\
    "body":{\(body)}}

    """
  }

  /// Imports lines of NDJSON: accounts, money, and two persons whose names are sealed.
  func bring() throws {
    var text = ""
    for number in 1...9 {
      text += line(
        "o-\(number)", "account.opened", "account", "LN-\(number)",
        #""account_no":"\#(number)","product":"gold","principal":{"minor":1000000,"currency":"INR"},"#
          + #""opened_on":"2025-11-01","debtor":"P-\#(number % 2 + 1)","time_zone":"Asia/Kolkata""#)
    }
    for (person, name) in [("P-1", "Asha"), ("P-2", "Ravi")] {
      text += line(
        "p-\(person)", "party.onboarded", "party", person,
        #""party_kind":"person","roles":["customer"],"name":"\#(name)""#)
    }
    for number in 1...140 {
      text += line(
        "r-\(number)", "payment.received", "account", "LN-\(number % 9 + 1)",
        #""payment":"R-\#(number)","amount":{"minor":\#(number * 100),"currency":"INR"},"mode":"cash""#
      )
    }
    let journal = try open()
    let before = try head(journal)
    acknowledge(String(before))
    var options = Import.Options()
    options.chunk = 64
    options.sealer = Sealer(book, source: KeySource(nil, ledger: book), mode: .writing)
    let file = try ByteFile(name: "lines.ndjson", bytes: Array(text.utf8))
    try acknowledging(String(before + 151)) {
      var work = Import(file, mapping: nil, options: options)
      _ = try work.run(into: journal)
    }
    acknowledge(String(try head(journal)))
    acknowledge("sealed")
    try journal.close()
  }

  /// Asks two books, so that what they read is kept in views.
  func keep() throws {
    guard let day = Day("2026-01-31") else { return }
    let journal = try open()
    try journal.read { (snapshot) throws(JournalError) in
      let question = Question(vantage: Vantage(asOf: day, knownAt: snapshot.head))
      _ = try journal.answer(
        Aging(by: .account, form: .bucketed, asOf: day), question, snapshot, keeping: .always)
      _ = try journal.answer(
        PromiseDiary(asOf: day, days: 7, by: .date), question, snapshot, keeping: .always)
    }
    try journal.close()
  }

  /// Forgets a person, as `arrears erase` does: the keys first, then the event. What the row of the
  /// key was is written down in `FOLDER-needle` before.
  func erase() throws {
    try needle().write(to: URL(fileURLWithPath: folder + "-needle"))
    acknowledge("erasing")
    let journal = try open()
    let today = Day("2026-01-31") ?? .none
    let own = try journal.belongings(of: "P-1", today: today)
    let sealer = Sealer(book, source: KeySource(nil, ledger: book), mode: .writing)
    try acknowledging("erased") {
      _ = try sealer.destroyKeys(of: "P-1", own, in: journal, at: Journal.systemClock())
    }
    let draft = Draft(
      Party.DataErased(scope: "all", reason: "request", authority: "letter"),
      subject: Reference(kind: "party", id: "P-1"), day: today)
    _ = try journal.append([draft])
    acknowledge(String(try head(journal)))
    try journal.close()
  }

  /// Entries whose content is destroyed: one in a bundle, one in the tail.
  static let redacted: [Position] = [40, 520]

  /// The act of a redaction, without its body.
  static var redaction: Draft {
    var draft = probe
    draft.type = EventCode.ledgerEntryRedacted
    draft.subject = Reference(kind: "ledger", id: "book")
    draft.imported = false
    return draft
  }

  /// Destroys the content of two entries, as `arrears redact` does.
  func redact() throws {
    for seq in Workload.redacted {
      let journal = try open()
      try acknowledging("redacted \(seq)") {
        _ = try journal.redact(
          seq, Workload.redaction, authority: "letter", reason: "unlawful",
          zone: try journal.zone())
      }
      acknowledge(String(try head(journal)))
    }
  }

  // The wrapped key of the person, as it stands in the store.
  private func needle() throws -> Data {
    var options = Environment.Options()
    options.readOnly = true
    options.mapSize = 16 << 30
    let environment = try Environment(folder: book + "/keys", options: options)
    let table = try environment.tables([("keys", .bytes)], create: false)[0]
    let reading = try environment.reading()
    guard let row = try reading.view.get(table, Array("party:P-1".utf8).span) else { return Data() }
    // Behind the first byte, which says that it stands.
    return Data((1..<row.count).map { row[$0] })
  }

  /// Ships the ledger as tiles under a checkpoint.
  func ship() throws {
    guard let signer = NoteSigner(newKeyNamed: "example.com/prove") else { return }
    let journal = try open()
    let point = try journal.read { (s) throws(JournalError) in
      try s.checkpoint(origin: signer.key.name)
    }
    guard let signature = signer.sign(point.text) else { return }
    try acknowledging("shipped \(point.size)") {
      _ = try tiles.ship(journal, SignedNote(text: point.text, signatures: [signature]))
    }
  }

  /// Restores what was shipped into a ledger of its own.
  func restore() throws {
    let size = try tiles.checkpoint()?.size ?? 0
    try acknowledging("restored \(size)") {
      let journal = try Journal.create(
        folder + "/back", try tiles.identity(), Workload.options())
      _ = try tiles.restore(into: journal, key: nil)
      try journal.close()
    }
  }
}
