import Foundation
import Interchange
import Journaling
import Ledger
import Proof

/// One reader of bytes, and inputs that it takes.
struct FuzzTarget {
  var name: String
  var seeds: [[UInt8]]
  var isSlow = false
  var take: ([UInt8]) -> Void

  static func all() throws -> [FuzzTarget] {
    let (events, bundle) = try samples()
    let types = Register.events
    var forms = BodyForms()
    let places = types.map { forms.place(of: $0) }
    let flat = forms
    return [
      FuzzTarget(name: "event", seeds: events) { bytes in
        guard bytes.count >= Header.size else { return }
        let event = EventView(bytes.span)
        _ = try? Envelope(reading: event.envelope)
        if let type = Register.event(code: event.header.type, version: event.header.version) {
          try? BodyCodec.check(event.body, as: type)
        }
      },
      FuzzTarget(name: "cbor", seeds: events.map { Array($0.dropFirst(Header.size)) }) { bytes in
        var reader = CBORReader(bytes.span)
        try? reader.skip()
        let type = types[bytes.count % types.count]
        let isRight = (try? BodyCodec.check(bytes.span, as: type)) != nil
        precondition(
          flat.fits(bytes.span, places[bytes.count % types.count]) == isRight,
          "two checks of \(type.name) do not agree")
        let json = try? BodyCodec.json(bytes, as: type)
        // What is right as stored can be written; a sealed text may be open on its way out.
        precondition(!isRight || json != nil, "writeJSON refuses a right \(type.name)")
      },
      FuzzTarget(name: "bundle", seeds: [bundle]) { bytes in
        guard let bundle = try? Bundle(bytes.span) else { return }
        for index in 0..<bundle.count { _ = try? Envelope(reading: bundle.event(index).envelope) }
      },
      FuzzTarget(name: "tile", seeds: tiles(events)) { bytes in
        for count in [1, 3, 256] { _ = EntryBundle.entries(bytes.span, count: count) }
        _ = Identity(line: bytes)
      },
      FuzzTarget(name: "note", seeds: notes()) { bytes in
        if let note = try? SignedNote(bytes) { _ = try? Checkpoint(text: note.text) }
        _ = try? InclusionProof(bytes)
        let text = String(decoding: bytes, as: UTF8.self)
        _ = (NoteKey(text), NoteSigner(text), Base64.bytes(text))
      },
      FuzzTarget(name: "schema", seeds: bodies) { bytes in
        let type = types[bytes.count % types.count]
        guard let cbor = try? BodyCodec.encode(bytes, as: type) else { return }
        try? BodyCodec.check(cbor.span, as: type)
      },
    ] + files()
  }

  /// Readers of files.
  private static func files() -> [FuzzTarget] {
    [
      FuzzTarget(name: "csv", seeds: rows) { bytes in
        guard let file = try? ByteFile(name: "rows.csv", bytes: bytes),
          var reader = try? CSVReader(file, Dialect())
        else { return }
        var row = CSVRow()
        while (try? reader.next(&row)) == true {}
      },
      FuzzTarget(name: "ndjson", seeds: lines) { bytes in
        guard let file = try? ByteFile(name: "rows.ndjson", bytes: bytes) else { return }
        _ = try? Restore(file).header()
        var options = Import.Options()
        options.isDryRun = true
        guard let journal = try? Scratch.journal() else { return }
        var work = Import(file, mapping: nil, options: options)
        _ = try? work.run(into: journal)
      },
      FuzzTarget(name: "mapping", seeds: mappings + ["receipts", "fines", "receivables"].map(map)) {
        bytes in
        guard let mapping = try? Mapping(bytes, name: "map.yaml") else { return }
        let header = [
          "receipt_no", "loan", "paid_on", "keyed_at", "amount", "mode", "utr", "cashier",
        ]
        guard let zone = Zone("Asia/Kolkata"), let rupee = Currency(code: "INR") else { return }
        _ = try? mapping.program(header: header, zone: zone, currency: rupee)
      },
      FuzzTarget(name: "arguments", seeds: words, isSlow: true) { bytes in Arguments.try(bytes) },
    ]
  }

  private static func samples() throws -> (events: [[UInt8]], bundle: [UInt8]) {
    let book = Place.make("samples") + "/book"
    let journal = try Journal.create(book, Workload.identity, Workload.options())
    _ = try journal.append((1...300).map(Workload.draft))
    var (events, bundle): ([[UInt8]], [UInt8]) = ([], [])
    try journal.read { (snapshot) throws(JournalError) in
      try snapshot.bundles(to: 256) { (all) throws(JournalError) in
        bundle = copy(all.bytes)
        for index in stride(from: 0, to: all.count, by: 9) {
          events.append(copy(all.event(index).bytes))
        }
      }
    }
    return (events, bundle)
  }

  private static func copy(_ bytes: Span<UInt8>) -> [UInt8] { bytes.indices.map { bytes[$0] } }

  private static func tiles(_ events: [[UInt8]]) -> [[UInt8]] {
    var bytes: [UInt8] = []
    for event in events.prefix(3) { _ = EntryBundle.append(event.span, to: &bytes) }
    return [bytes, Workload.identity.line]
  }

  private static func notes() -> [[UInt8]] {
    guard let signer = NoteSigner(newKeyNamed: "example.com/fuzz") else { return [[]] }
    let point = Checkpoint(
      origin: signer.key.name, size: 7, root: .empty, heads: .empty, redactions: 3,
      access: Checkpoint.Access(lines: 2, hash: .empty))
    let note = SignedNote(text: point.text, signatures: signer.sign(point.text).map { [$0] } ?? [])
    let proof = InclusionProof(
      index: 3, path: [.empty, .empty], extra: [1, 2], checkpoint: note.note)
    return [note.note, proof.text, signer.key.text, signer.text].map { Array($0.utf8) }
  }

  private static let bodies = [
    #"{"flag":"vip","raised":true}"#,
    #"{"due":"d1","kind":"instalment","components":[{"kind":"principal","amount":{"minor":1,"currency":"INR"}}],"amount":{"minor":1,"currency":"INR"},"due_date":"2026-02-05"}"#,
    #"{"payment":"R7","amount":{"minor":450000,"currency":"INR"},"mode":"cash"}"#,
  ].map { Array($0.utf8) }

  private static let rows = [
    "a,b,c\n1,2,3\n\"x\"\"y\",,\"\nz\"\n", "receipt_no;amount\r\n1;2,5\r\n", "\u{FEFF}a\n",
  ].map { Array($0.utf8) }

  private static let lines = [
    #"{"event_id":"e1","type":"account.flagged","v":1,"subject":{"kind":"account","id":"LN-1"},"occurred_at":"2025-12-01T10:00:00+05:30","recorded_at":"2025-12-01T10:00:00+05:30","actor":{"id":"asha"},"source":{"kind":"cli"},"body":{"flag":"vip","raised":true}}"#
      + "\n",
    #"{"arrears":1,"ledger":"x","zone":"Asia/Kolkata","currency":"INR","created":"2025-12-01T10:00:00Z","head":0,"imports":[]}"#
      + "\n",
  ].map { Array($0.utf8) }

  // Short ones of every kind, so that libFuzzer can change much of them in little time.
  private static let mappings = [
    "format: csv\ndelimiter: semicolon\ncolumns: {amount: money, paid_on: date}\noccurred_at: '{paid_on}'\nactor: cashier\nevents: [{type: payment.received, body: {payment: '{receipt_no}', amount: '{amount}'}}]\n",
    "case: loan\nsort: [loan]\nmemory: {last: date, fine: money}\nvalues: {today: day(keyed_at)}\nrules: [{when: {mode: cash}, events: [], set: {last: today}}]\notherwise: reject\n",
    "format: mt940\nlookups: {mode: {C: cash, Q: cheque}}\nambiguous: earlier\nevents: [{type: account.flagged, when: not empty(utr), body: {flag: x, raised: true}}]\n",
  ].map { Array($0.utf8) }

  private static let words = [
    "show aging --as-of 2025-12-31 --format csv", "trail LN-1 --known-at 5", "check", "verify",
    "record account.flagged account=LN-1 flag=vip raised=true --key k", "prove trail LN-1",
    "show card LN-1 --columns a,b", "schema due.raised", "policy list", "key nowhere",
  ].map { Array($0.utf8) }

  private static func map(_ name: String) -> [UInt8] {
    let home = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let file = home.appending(path: "maps/\(name).yaml")
    return (try? [UInt8](Data(contentsOf: file))) ?? Array("{}".utf8)
  }
}

/// An empty ledger for readers that want one; made once a process.
enum Scratch {
  nonisolated(unsafe) private static var open: Journal?

  static func journal() throws -> Journal {
    if let journal = unsafe open { return journal }
    let path = Place.make("scratch-\(getpid())") + "/book"
    let journal = try Journal.create(path, Workload.identity, Workload.options())
    unsafe open = journal
    return journal
  }
}

/// The command line with words of chance.
enum Arguments {
  private static let program =
    URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().path + "/arrears"

  /// Runs the words; any end but the three that are promised ends this process too.
  static func `try`(_ bytes: [UInt8]) {
    let text = String(decoding: bytes.filter { $0 != 0 }, as: UTF8.self)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = text.split(whereSeparator: \.isWhitespace).map(String.init)
    process.currentDirectoryURL = URL(fileURLWithPath: Place.root)
    process.environment = ["ARREARS_LEDGER": "nowhere", "SWIFT_BACKTRACE": "enable=no"]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return }
    process.waitUntilExit()
    precondition(
      process.terminationReason == .exit && process.terminationStatus <= 2,
      "arrears \(text): \(process.terminationStatus)")
  }
}
