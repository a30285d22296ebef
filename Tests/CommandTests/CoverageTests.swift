import Foundation
import Testing

/// The coverage document against what is there: every line of the three job descriptions is
/// answered by something that exists and is exercised, or said to be open.
@Suite struct `The coverage of the desk` {
  struct Line {
    let id: String, quote: String
    let events: [String], answers: [String], proofs: [String]
    let isTrait: Bool, isOpen: Bool
  }

  static let document = Workshop.root.appendingPathComponent(
    "Sources/Ledger/Ledger.docc/Coverage.md")

  static let text = (try? String(contentsOf: document, encoding: .utf8)) ?? ""

  static let lines: [Line] = text.split(separator: "\n").compactMap { row in
    let cells = row.components(separatedBy: "|").map { $0.trimmingCharacters(in: .whitespaces) }
    guard cells.count == 7, let first = cells[1].first, "ABC".contains(first) else { return nil }
    func quoted(_ cell: String) -> [String] {
      cell.components(separatedBy: "`").enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
    }
    let isOpen = cells[4].hasPrefix("open: ")
    return Line(
      id: cells[1], quote: cells[2], events: quoted(cells[3]),
      answers: isOpen ? [] : quoted(cells[4]), proofs: quoted(cells[5]),
      isTrait: cells[4] == "personal trait", isOpen: isOpen)
  }

  /// Tests, transcripts, what these bring in, and chapters of the simulator, by name.
  static let files: [String: String] = {
    var files: [String: String] = [:]
    for place in ["Tests", "tools/programs/simulation"] {
      let folder = Workshop.root.appendingPathComponent(place)
      let found = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
      for case let file as URL in found ?? FileManager.DirectoryEnumerator() {
        if let text = try? String(contentsOf: file, encoding: .utf8) {
          files[file.lastPathComponent] = text
        }
      }
    }
    return files
  }()

  // What a line's proofs say, with the files that its transcripts bring in.
  private func story(_ line: Line) -> String {
    var text = ""
    for proof in line.proofs {
      let own = Self.files[proof] ?? ""
      text += own
      for (name, file) in Self.files
      where own.contains("import \(name)") || own.contains("restore \(name)") { text += file }
    }
    return text
  }

  @Test func `there are 73 lines, each once, and each is answered, open or a trait`() {
    #expect(Self.lines.count == 73)
    #expect(Set(Self.lines.map(\.id)).count == 73)
    for line in Self.lines where !line.isTrait {
      #expect(!line.events.isEmpty, "\(line.id) names no event")
      #expect(line.isOpen || !line.answers.isEmpty, "\(line.id) is neither answered nor open")
      #expect(line.isOpen || !line.proofs.isEmpty, "\(line.id) is exercised by nothing")
    }
  }

  @Test func `the document counts its open lines and names them`() {
    let open = Self.lines.filter(\.isOpen).map(\.id)
    let traits = Self.lines.filter(\.isTrait).count
    let answered = Self.lines.count - open.count - traits
    let said = Self.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(
      said.contains(
        "Of 73 lines \(answered) are answered, \(open.count) are open and \(traits) are personal "
          + "traits. Open: \(open.isEmpty ? "none" : open.joined(separator: ", "))."))
  }

  @Test func `each event that a line names is in the register`() throws {
    let workshop = try Workshop()
    defer { workshop.remove() }
    for event in Set(Self.lines.flatMap(\.events)).sorted() {
      let name = event.split(separator: ".").map(String.init)
      let stem = "schemas/\(name[0])/\(name[1]).v1.json"
      #expect(
        FileManager.default.fileExists(atPath: Workshop.root.appendingPathComponent(stem).path),
        "\(event) has no schema")
      #expect(try workshop.run("arrears schema \(event)").status == 0, "\(event)")
    }
  }

  @Test func `each command that a line names is one of arrears, and a transcript runs it`() throws {
    let workshop = try Workshop()
    defer { workshop.remove() }
    for command in Set(Self.lines.flatMap(\.answers)).sorted() {
      let (status, _, said) = try workshop.run("arrears \(command) --help")
      #expect(status == 0, "arrears \(command): \(said)")
    }
    for line in Self.lines where !line.isTrait && !line.isOpen {
      let transcripts = line.proofs.filter { $0.hasSuffix(".txt") }.map { Self.files[$0] ?? "" }
      for answer in line.answers {
        #expect(
          transcripts.contains {
            $0.contains("$ arrears \(answer)") || $0.contains("; arrears \(answer)")
          },
          "\(line.id): none of its transcripts runs arrears \(answer)")
      }
    }
  }

  @Test func `what exercises a line is there and tells of its events`() {
    for line in Self.lines where !line.isTrait && !line.isOpen {
      for proof in line.proofs { #expect(Self.files[proof] != nil, "\(line.id): no \(proof)") }
      let story = story(line)
      for event in line.events {
        let swift = event.split(whereSeparator: { $0 == "." }).map { part in
          part.split(separator: "_").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
        }.joined(separator: ".")
        #expect(
          story.contains(event) || story.contains(swift),
          "\(line.id): \(event) is exercised nowhere")
      }
    }
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: seeds.path), "no ../shared here"))
  func `each line is quoted as the domain study has it`() throws {
    let study = try String(contentsOf: Self.seeds, encoding: .utf8)
    for line in Self.lines {
      #expect(study.contains("| \(line.id) | \"\(line.quote)\""), "\(line.id)")
    }
  }

  static let seeds = Workshop.root.deletingLastPathComponent().appendingPathComponent(
    "shared/design/domain.md")
}
