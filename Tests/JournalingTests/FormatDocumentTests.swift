import Foundation
import Testing

@testable import Journaling
@testable import Ledger

/// `Format.md`, cut at its headings; each part knows the tables below its heading.
private struct FormatDocument {
  let text: String

  init() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let path = root.appending(path: "Sources/Journaling/Journaling.docc/Format.md")
    text = try String(contentsOf: path, encoding: .utf8)
  }

  /// Rows of every table under a heading, without head and rule: cells, code marks taken off.
  func rows(under heading: String) -> [[String]] {
    var rows: [[String]] = []
    var isInside = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("## ") { isInside = line == "## " + heading }
      guard isInside, line.hasPrefix("|"), !line.hasPrefix("|---") else { continue }
      rows.append(
        line.split(separator: "|").map {
          $0.trimmingCharacters(in: .whitespaces).replacing("`", with: "")
        })
    }
    return rows
  }

  /// Offset and size by field, as far as both are plain numbers.
  func layout(under heading: String, named column: Int) -> [String: [Int]] {
    var layout: [String: [Int]] = [:]
    for row in rows(under: heading) where row.count > column {
      guard let offset = Int(row[0]), let size = Int(row[1]) else { continue }
      layout[row[column]] = [offset, size]
    }
    return layout
  }

  /// The four bytes of the magic that a table names, as a little-endian number.
  func magic(under heading: String) -> UInt32? {
    for row in rows(under: heading) {
      guard let name = row.first(where: { $0.hasPrefix("magic ") }) else { continue }
      return name.dropFirst(6).utf8.reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }
    return nil
  }
}

@Suite struct `Format.md` {
  private let document: FormatDocument

  init() throws { document = try FormatDocument() }

  @Test func `draws the header as the struct is laid out`() throws {
    typealias Part = (name: String, path: PartialKeyPath<Header>, size: Int)
    let parts: [Part] = [
      ("format", \.format, 1), ("version", \.version, 1), ("type", \.type, 2),
      ("flags", \.flags, 2), ("currency", \.currency, 2), ("seq", \.seq, 8),
      ("previous", \.previous, 8), ("account", \.account, 4), ("actor", \.actor, 4),
      ("recorded", \.recorded, 8), ("occurred", \.occurred, 8), ("amount", \.amount, 8),
      ("day", \.day, 4), ("envelope", \.envelope, 2), ("offset", \.offset, 2),
    ]
    let drawn = document.layout(under: "Header", named: 3)
    for part in parts {
      let offset = try #require(MemoryLayout<Header>.offset(of: part.path))
      #expect(drawn[part.name] == [offset, part.size], "\(part.name)")
    }
    #expect(drawn.count == parts.count)
    #expect(drawn.values.reduce(0) { $0 + $1[1] } == Header.size)
    #expect(MemoryLayout<Header>.size == Header.size)
    #expect(Mirror(reflecting: Header()).children.compactMap(\.label) == parts.map(\.name))
  }

  @Test func `names the flags by their bits`() {
    let flags: [String: Header.Flags] = [
      "imported": .imported, "concernsOthers": .concernsOthers, "valueDateGiven": .valueDateGiven,
      "introduces": .introduces, "redacted": .redacted,
    ]
    let rows = document.rows(under: "Header").filter { flags[$0[0]] != nil }
    #expect(rows.count == flags.count)
    for row in rows { #expect(UInt16(row[1]) == flags[row[0]]?.rawValue) }
  }

  @Test func `numbers the keys of an envelope`() {
    let keys = [
      Envelope.Key.eventID, Envelope.Key.introduced, Envelope.Key.subject, Envelope.Key.refs,
      Envelope.Key.recordedBy, Envelope.Key.source, Envelope.Key.causation,
      Envelope.Key.correlation, Envelope.Key.evidence, Envelope.Key.flags, Envelope.Key.target,
      Envelope.Key.valueDate, Envelope.Key.redacted,
    ]
    let names = Mirror(reflecting: Envelope()).children.compactMap(\.label)
    let rows = document.rows(under: "Envelope").filter { UInt64($0[0]) != nil }
    #expect(rows.compactMap { UInt64($0[0]) } == keys)
    #expect(Set(rows.map { $0[1] }) == Set(names))
  }

  @Test func `draws a bundle as it is written and read`() throws {
    let builder = BundleBuilder(first: 257)
    for seq in 257...512 {
      var header = Header()
      (header.seq, header.type) = (UInt64(seq), UInt16(seq % 7))
      builder.append(header, [UInt8]().span, [UInt8(truncatingIfNeeded: seq)].span)
    }
    let bytes = Little.copy(builder.seal())
    let drawn = document.layout(under: "Bundle", named: 3)
    func word(_ field: String) throws -> UInt32 {
      Little.load(UInt32.self, bytes.span, try #require(drawn[field])[0])
    }
    #expect(document.magic(under: "Bundle") == Bundle.magic)
    #expect(try word("magic ARB1") == Bundle.magic)
    #expect(try word("seq of the first event") == 257)
    #expect(try word("count of events n, 1 to 256") == 256)
    let mask = try #require(drawn["one bit a type number, modulo 256: which types may occur"])
    #expect(bytes[mask[0]] == 0b111_1111)
    #expect(mask[0] + mask[1] == Bundle.fixed)
    let offsets = try #require(document.rows(under: "Bundle").last?.first)
    #expect(Int(offsets) == Bundle.fixed)
    #expect(Little.load(UInt32.self, bytes.span, Bundle.fixed) == UInt32(BundleBuilder.front))
    #expect(BundleBuilder.front == 1084)
    #expect(document.text.contains("at byte 1,084 of a full bundle"))
  }

  @Test func `draws both indexes with their magics and counts`() throws {
    #expect(document.magic(under: "Runs") == AccountRun.magic)
    #expect(document.magic(under: "Id runs") == IDRun.magic)
    var pairs = AccountPairs(first: 1)
    for seq in 1...5 { pairs.append(UInt32(seq % 2 + 1), UInt64(seq)) }
    let run = pairs.run(last: 5)
    let drawn = document.layout(under: "Runs", named: 3)
    let accounts = Little.load(UInt32.self, run.span, try #require(drawn["accounts n"])[0])
    let entries = Little.load(UInt32.self, run.span, try #require(drawn["entries m"])[0])
    #expect((accounts, entries) == (2, 5))
    #expect(run.count == 36 + 8 * 2 + 4 * 5)
    var ids = IDPairs(first: 1)
    for seq in 1...3 { ids.append(UInt64(seq), UInt64(seq)) }
    #expect(ids.run(last: 3)?.count == 32 + 12 * 3)
    #expect(document.text.contains("262,144 events pend"))
    #expect((Trails.flushAt, Trails.worthwhile) == (262_144, 8_192))
  }

  @Test func `numbers the kinds of names`() {
    let rows = document.rows(under: "Names and numbers").dropFirst()
    #expect(rows.map { $0[0] } == NameKind.allCases.map(\.name))
    #expect(rows.compactMap { UInt8($0[1]) } == NameKind.allCases.map(\.rawValue))
    #expect(NameKey.limit == 500)
  }

  @Test func `draws the rows of commands and imports and the head outside`() {
    let digest = [UInt8](repeating: 7, count: 32)
    let command = CommandRow(digest: digest, first: 1, last: 2).bytes(under: [1])
    #expect(end(of: "Commands", named: 3) == command.count)
    #expect(end(of: "Imports", named: 3) == ImportRow(digest: digest, number: 1).bytes.count - 4)
    #expect(end(of: "The head outside", named: 3) == AcknowledgedHead().bytes.count)
    #expect(document.magic(under: "The head outside") == AcknowledgedHead.magic)
  }

  // Where the last field of fixed size ends, the fields having no gap between them.
  private func end(of heading: String, named column: Int) -> Int {
    var end = 0
    for place in document.layout(under: heading, named: column).values.sorted(by: { $0[0] < $1[0] })
    {
      #expect(place[0] == end)
      end = place[0] + place[1]
    }
    return end
  }

  @Test func `says of each table what the code opens`() throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "format-\(UUID())").path
    let identity = Identity(
      id: "00000000-0000-7000-8000-000000000000", zone: "Asia/Kolkata",
      currency: Currency(rawValue: 356), created: Moment(rawValue: 0))
    let journal = try Journal.create(path, identity)
    defer { try? FileManager.default.removeItem(atPath: path) }
    let names = document.rows(under: "Tables").dropFirst().map { $0[0] }
    #expect(Set(names) == Set(Mirror(reflecting: journal.tables).children.compactMap(\.label)))
    #expect(document.text.contains("Arrears ledger, format \(LedgerFolder.format)"))
    for name in try FileManager.default.subpathsOfDirectory(atPath: path) where name != "log" {
      #expect(document.text.contains(name), "\(name)")
    }
    try journal.close()
  }
}
