import Foundation
import Ledger
import Simulation
import Testing

/// What happens in a simulated year, and how often: the table of `Simulation.md`.
@Suite struct `A year in which everything happens` {
  static let accounts = 400
  static let life = Life(
    seed: 7, accounts: accounts, from: Day("2025-04-01") ?? .none, days: 365, chapters: .all)

  static let document = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../Sources/Ledger/Ledger.docc/Simulation.md").standardizedFileURL
  private static let marks = (start: "<!-- rates -->\n", end: "<!-- /rates -->")

  static let counts = Dictionary(
    life.entries.map { ($0.deed.type, 1) }, uniquingKeysWith: { $0 + $1 })

  @Test func `every event type of the register occurs`() {
    // Nobody can tell a redaction: it names the hash of bytes that a ledger stored.
    let told = Register.events.map(\.name).filter { $0 != "ledger.entry_redacted" }
    let missing = Set(told).subtracting(Self.counts.keys).sorted()
    #expect(missing.isEmpty, "never occur: \(missing.joined(separator: ", "))")
  }

  /// `UPDATE=1` writes the table anew.
  @Test func `the document states each rate as it is`() throws {
    let rows = Register.events.map(\.name).sorted().map { name in
      let tenths = (Self.counts[name] ?? 0) * 10_000 / Self.accounts
      return "| `\(name)` | \(tenths / 10).\(tenths % 10) |\n"
    }
    let table = "| event | per 1,000 accounts |\n|---|---:|\n" + rows.joined()
    let text = try String(contentsOf: Self.document, encoding: .utf8)
    let start = try #require(text.range(of: Self.marks.start)).upperBound
    let end = try #require(text.range(of: Self.marks.end)).lowerBound
    if ProcessInfo.processInfo.environment["UPDATE"] != nil {
      try text.replacingCharacters(in: start..<end, with: table)
        .write(to: Self.document, atomically: true, encoding: .utf8)
    } else {
      #expect(text[start..<end] == table, "UPDATE=1 writes the table anew")
    }
  }

  @Test func `every body fits its schema and stands on a stream of its kind`() throws {
    let (bytes, lines) = Self.life.events
    var seen: [String: Int] = [:]
    for (line, entry) in zip(lines, Self.life.entries) {
      let name = entry.deed.type
      seen[name, default: 0] += 1
      guard seen[name, default: 0] <= 12 else { continue }
      let object = try JSONSerialization.jsonObject(with: Data(bytes[line]))
      let fields = try #require(object as? [String: Any])
      let type = try #require(Register.event(name))
      let subject = try #require(fields["subject"] as? [String: Any])
      #expect(subject["kind"] as? String == type.subject, "\(name)")
      let body = try JSONSerialization.data(withJSONObject: try #require(fields["body"]))
      #expect(throws: Never.self, "\(name) \(String(decoding: body, as: UTF8.self))") {
        try BodyCodec.encode(Array(body), as: type)
      }
    }
  }
}
