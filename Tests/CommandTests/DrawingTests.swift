import Foundation
import Testing

/// The picture of a life, read as an SVG: what stands where.
@Suite struct `A drawn life` {
  private static let life = """
    {"event_id":"o","type":"account.opened","v":1,"subject":{"kind":"account","id":"A1"},"occurred_at":"2025-12-01T10:00:00+05:30","recorded_at":"2025-12-01T04:30:00Z","actor":{"id":"ops"},"body":{"account_no":"1","product":"gold","principal":{"minor":5000000,"currency":"INR"},"opened_on":"2025-12-01","debtor":"P1","time_zone":"Asia/Kolkata"}}
    {"event_id":"d","type":"due.raised","v":1,"subject":{"kind":"account","id":"A1"},"occurred_at":"2025-12-01T10:00:00+05:30","recorded_at":"2025-12-01T04:30:00Z","actor":{"id":"ops"},"body":{"due":"d1","kind":"instalment","due_date":"2026-01-05","amount":{"minor":100000,"currency":"INR"}}}
    {"event_id":"p","type":"payment.received","v":1,"subject":{"kind":"account","id":"A1"},"occurred_at":"2026-01-20T10:00:00+05:30","recorded_at":"2026-01-20T04:30:00Z","actor":{"id":"ops"},"body":{"payment":"c1","amount":{"minor":100000,"currency":"INR"},"mode":"cheque"}}
    """
  private static let back = """
    {"event_id":"b","type":"payment.reversed","v":1,"subject":{"kind":"account","id":"A1"},"occurred_at":"2026-01-20T10:00:00+05:30","value_date":"2026-01-20","recorded_at":"2026-02-21T04:30:00Z","actor":{"id":"ops"},"body":{"payment":"c1","reason":"dishonour","effective":"from_original_value_date","amount":{"minor":100000,"currency":"INR"}}}
    """

  // Nine flags of three days, one after another.
  private static var lines: String {
    var lines = [life]
    for (number, day) in (0..<9).map({ ($0, 21 + $0 / 3) }) {
      let at = "\"occurred_at\":\"2026-01-\(day)T11:0\(number):00+05:30\""
      let told = "\"recorded_at\":\"2026-01-\(day)T05:3\(number):00Z\""
      lines.append(
        "{\"event_id\":\"n\(number)\",\"type\":\"account.flagged\",\"v\":1,\"subject\":{\"kind\":"
          + "\"account\",\"id\":\"A1\"},\(at),\(told),\"actor\":{\"id\":\"ops\"},\"body\":{\"flag\":"
          + "\"skip_traced_\(number)\",\"raised\":true}}")
    }
    return (lines + [back]).joined(separator: "\n")
  }

  private struct Text {
    var x = 0.0, y = 0.0, isEnd = false, words = ""
    var range: ClosedRange<Double> {
      let width = Double(words.count) * 5
      return isEnd ? x - width...x : x...x + width
    }
  }

  private func texts(_ svg: String) -> [Text] {
    svg.split(separator: "\n").filter { $0.hasPrefix("<text ") }.map { line in
      func value(_ name: String) -> String {
        guard let start = line.range(of: " \(name)=\"")?.upperBound else { return "" }
        return String(line[start...].prefix { $0 != "\"" })
      }
      var text = Text(x: Double(value("x")) ?? 0, y: Double(value("y")) ?? 0)
      text.isEnd = value("text-anchor") == "end"
      text.words = String(line.drop { $0 != ">" }.dropFirst().prefix { $0 != "<" })
      return text
    }
  }

  @Test func `has no word over another, and says what came back later`() throws {
    let workshop = try Workshop()
    defer { workshop.remove() }
    let file = workshop.folder.appendingPathComponent("life.ndjson")
    try Data((Self.lines + "\n").utf8).write(to: file)
    let setup =
      "arrears init book --zone Asia/Kolkata --currency INR && arrears restore life.ndjson && "
      + "arrears draw account A1 --from 2025-12-01 --as-of 2026-01-31 --out life.svg && "
      + "arrears draw account A1 --from 2025-12-01 --as-of 2026-02-28 --out later.svg"
    let done = try workshop.run(setup)
    #expect(done.status == 0, "\(done.err)")
    func read(_ name: String) throws -> [Text] {
      let path = workshop.folder.appendingPathComponent(name)
      return texts(try String(contentsOf: path, encoding: .utf8))
    }
    let early = try read("life.svg")
    let flags = early.filter { $0.words.hasPrefix("skip traced") || $0.words.hasPrefix("+") }
    #expect(flags.count == 7 && flags.contains { $0.words == "+3" }, "\(flags.map(\.words))")
    for (index, a) in flags.enumerated() {
      for b in flags.dropFirst(index + 1) where a.y == b.y {
        #expect(!a.range.overlaps(b.range), "\(a.words) over \(b.words)")
      }
    }
    let words = Set(early.map(\.words))
    #expect(words.contains("came back, told on 21 February 2026"))
    #expect(words.contains("told after 31 January 2026"))
    #expect(words.contains("notice, legal step, flag"))
    // Once it is known it is no secret of the edge.
    #expect(try !read("later.svg").contains { $0.words.hasPrefix("came back, told") })
  }
}
