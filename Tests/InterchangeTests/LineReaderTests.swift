import Interchange
import Testing

@Suite struct `Reading lines` {
  private func read(_ text: String, limit: Int) throws -> [String] {
    var reader = LineReader(try Fixture.file(text, name: "x.ndjson"), limit: limit)
    var lines: [String] = []
    while try reader.next({ line, place, bytes in
      guard let bytes else {
        lines.append("\(line): too long, \(place.count)")
        return
      }
      var text: [UInt8] = []
      for index in 0..<bytes.count { text.append(bytes[index]) }
      lines.append("\(line): " + String(decoding: text, as: UTF8.self))
    }) {}
    return lines
  }

  @Test func `takes a byte order mark, CRLF, empty lines and a last line without an end`() throws {
    #expect(try read("\u{FEFF}a\r\n\r\n\nb\n\nc", limit: 16) == ["1: a", "4: b", "6: c"])
    #expect(try read("", limit: 16).isEmpty)
    #expect(try read("\u{FEFF}", limit: 16).isEmpty)
  }

  @Test func `passes over a line beyond the limit, wherever it stands`() throws {
    let long = String(repeating: "x", count: 1000)
    #expect(
      try read("a\n\(long)\nb\n\(long)\n\(long)\nc\n\(long)", limit: 64) == [
        "1: a", "2: too long, 1001", "3: b", "4: too long, 1001", "5: too long, 1001", "6: c",
        "7: too long, 1000",
      ])
  }

  @Test func `finds every line that is short enough`() throws {
    let seed = UInt64.random(in: 0 ... .max)
    print("seed of the line fuzz: \(seed)")
    var random = Dice(seed: seed)
    for _ in 0..<500 {
      let text = String(decoding: random.bytes(of: "ab\n", upTo: 400), as: UTF8.self)
      let expected = text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
        .filter { !$0.element.isEmpty && $0.element.utf8.count <= 8 }
        .map { "\($0.offset + 1): \($0.element)" }
      let found = try read(text, limit: 8)
      #expect(expected.allSatisfy { found.contains($0) }, "\(text)")
    }
  }
}
