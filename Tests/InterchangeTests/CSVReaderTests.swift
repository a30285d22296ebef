import Interchange
import Testing

@Suite struct `Reading CSV` {
  /// Every row as `line: field|field`, or `line: rule`.
  private func read(_ bytes: [UInt8], _ change: (inout Dialect) -> Void = { _ in }) throws
    -> [String]
  {
    var dialect = Dialect()
    change(&dialect)
    var reader = try CSVReader(try ByteFile(name: "rows.csv", bytes: bytes), dialect)
    var row = CSVRow()
    var lines: [String] = []
    while try reader.next(&row) {
      if let fault = row.fault {
        lines.append("\(row.line): \(fault.rule)")
        continue
      }
      let fields = row.starts.indices.map { String(decoding: row[$0], as: UTF8.self) }
      lines.append("\(row.line): " + fields.joined(separator: "|"))
    }
    return lines
  }

  private func read(_ text: String, _ change: (inout Dialect) -> Void = { _ in }) throws -> [String]
  {
    try read(Array(text.utf8), change)
  }

  @Test func `keeps leading zeros, blanks and empty fields`() throws {
    #expect(try read("a,b,c\n007, x ,\n,,\n") == ["2: 007| x |", "3: ||"])
  }

  @Test func `takes CRLF, a byte order mark and a last line without an end`() throws {
    #expect(try read("\u{FEFF}a,b\r\n1,2\r\n\r\n\n3,4") == ["2: 1|2", "5: 3|4"])
  }

  @Test func `takes quoted delimiters, quotes and line ends, and counts physical lines`() throws {
    let text = "a,b\n\"x,\"\"y\"\"\",\"two\nlines\"\n\"\",\"z\"\r\n1,2\n"
    #expect(try read(text) == ["2: x,\"y\"|two\nlines", "4: |z", "5: 1|2"])
  }

  @Test func `takes other delimiters, and quotes as text when nothing is quoted`() throws {
    #expect(try read("a;b\n1,5;2\n") { $0.delimiter = 59 } == ["2: 1,5|2"])
    #expect(try read("a,b\n5\" pipe,\"x\n") { $0.quote = nil } == ["2: 5\" pipe|\"x"])
  }

  @Test func `refuses a row and goes on behind its first line`() throws {
    let text = "a,b\n1\n1,2,3\nx\"y,2\n\"open,2\n3,4\n"
    #expect(
      try read(text) == [
        "2: csv.row-width", "3: csv.row-width", "4: csv.quote", "5: csv.quote", "6: 3|4",
      ])
  }

  @Test func `refuses what is not UTF-8, unless it is declared to be windows-1252`() throws {
    let bytes = Array("a,b\n".utf8) + [0x4D, 0xFC, 0x80, 44, 49, 10] + Array("é,2\n".utf8)
    #expect(try read(bytes) == ["2: csv.utf8", "3: é|2"])
    #expect(try read(bytes) { $0.encoding = .windows1252 }.first == "2: Mü€|1")
  }

  @Test func `refuses a line beyond the limit by its number, wherever it ends`() throws {
    let long = String(repeating: "x", count: 300_000)
    let text = "a,b\n1,2\n\(long),3\n4,5\n\(long)"
    #expect(
      try read(text) { $0.limit = 1000 } == [
        "2: 1|2", "3: csv.row-length", "4: 4|5", "5: csv.row-length",
      ])
  }

  @Test func `refuses an empty file, UTF-16 and two columns of one name`() {
    for (text, rule) in [("", "csv.empty"), ("\n\n", "csv.empty"), ("a,b,a\n", "csv.header")] {
      #expect { try read(text) } throws: { ($0 as? Objection)?.rule == rule }
    }
    #expect { try read([0xFF, 0xFE, 97, 0]) } throws: {
      ($0 as? Objection)?.rule == "csv.encoding"
    }
  }

  @Test func `gives the same rows however small the window is`() throws {
    var random = Dice(seed: 7)
    for _ in 0..<300 {
      let bytes = Array("a,b\n".utf8) + random.bytes(of: "a\",\n\r1é", upTo: 60)
      let wide = try? read(bytes) { $0.limit = 4096 }
      let narrow = try? read(bytes) { $0.limit = 64 }
      #expect(wide == narrow, "\(String(decoding: bytes, as: UTF8.self))")
    }
  }

  @Test func `never traps on random bytes`() throws {
    let seed = UInt64.random(in: 0 ... .max)
    print("seed of the CSV fuzz: \(seed)")
    var random = Dice(seed: seed)
    for turn in 0..<2000 {
      let bytes =
        turn % 2 == 0
        ? random.bytes(of: "a\",;\n\r\u{0}é", upTo: 200) : random.bytes(upTo: 200)
      _ = try? read(bytes) { $0.limit = turn % 3 == 0 ? 16 : 4096 }
      _ = try? read(bytes) {
        $0.limit = 32
        $0.encoding = .windows1252
        $0.header = ["a", "b"]
      }
    }
  }
}

/// Numbers that are the same for the same seed (SplitMix64).
struct Dice {
  private var state: UInt64
  init(seed: UInt64) { state = seed }

  mutating func next(_ below: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return Int((mixed ^ mixed >> 31) % UInt64(max(1, below)))
  }

  /// Some bytes.
  mutating func bytes(upTo count: Int) -> [UInt8] {
    (0..<next(count)).map { _ in UInt8(next(256)) }
  }

  /// Some of the characters of a text.
  mutating func bytes(of text: String, upTo count: Int) -> [UInt8] {
    let scalars = Array(text.unicodeScalars)
    return (0..<next(count)).flatMap { _ in Array(String(scalars[next(scalars.count)]).utf8) }
  }
}
