import Foundation

/// One text file of the repository, read once.
struct SourceFile: Sendable {
  let path: String
  let lines: [String]
  /// The lines without comments and without what stands in string literals.
  let code: [String]

  var name: String { String(path.split(separator: "/").last ?? "") }
  /// Below `Sources/`, the module; else the first folder.
  var module: String {
    let parts = path.split(separator: "/")
    return String(parts.first == "Sources" && parts.count > 1 ? parts[1] : parts[0])
  }
  /// Written by a program; its form is the program's business.
  var isGenerated: Bool { path.contains("/Generated/") || name == "ZoneData.swift" }
  var isLibrary: Bool { path.hasPrefix("Sources/") && module != "LedgerCommand" }

  init(path: String, text: String) {
    self.path = path
    var lines = text.components(separatedBy: "\n")
    if lines.last?.isEmpty == true { lines.removeLast() }
    self.lines = lines
    code = SourceFile.stripped(lines)
  }

  /// A place that a person can click on.
  func at(_ index: Int) -> String { "\(path):\(index + 1)" }

  // Line by line: enough for this code, which has no block comments.
  private static func stripped(_ lines: [String]) -> [String] {
    var isInText = false
    return lines.map { line in
      if !line.utf8.contains(UInt8(ascii: "\"")) { return isInText ? "" : stripped(line) }
      let marks = line.components(separatedBy: "\"\"\"").count - 1
      defer { if marks % 2 == 1 { isInText.toggle() } }
      return isInText || marks > 0 ? "" : stripped(line)
    }
  }

  private static func stripped(_ line: String) -> String {
    let bytes = line.utf8
    if !bytes.contains(UInt8(ascii: "/")), !bytes.contains(UInt8(ascii: "\"")) { return line }
    if bytes.contains(UInt8(ascii: "#")), let raw = line.firstRange(of: "#\""),
      let end = line.ranges(of: "\"#").last,
      raw.upperBound <= end.lowerBound
    {
      return stripped(String(line[..<raw.lowerBound]) + line[end.upperBound...])
    }
    let (quote, slash, escape) = (UInt8(ascii: "\""), UInt8(ascii: "/"), UInt8(ascii: "\\"))
    var out: [UInt8] = []
    var isQuoted = false
    var previous = UInt8(ascii: " ")
    for byte in line.utf8 {
      if byte == quote, previous != escape { isQuoted.toggle() }
      if !isQuoted {
        if byte == slash, previous == slash {
          out.removeLast()
          break
        }
        out.append(byte)
      }
      previous = byte == escape && previous == escape ? UInt8(ascii: " ") : byte
    }
    return String(decoding: out, as: UTF8.self)
  }
}

/// Everything of the repository that people write, found from this file's own place.
enum SourceTree {
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  static let swift: [SourceFile] = files("swift", below: ["Sources", "Tests", "tools"])
  static let documents: [SourceFile] =
    files("md", below: ["Sources", "Tests", "tools", "schemas"])
    + ["README.md", "CHANGELOG.md"].compactMap(file)
  /// Swift of this repository's own hand that ships: not tests, not generated.
  static let sources = swift.filter { $0.path.hasPrefix("Sources/") && !$0.isGenerated }

  static func file(_ path: String) -> SourceFile? {
    let text = try? String(contentsOf: root.appending(path: path), encoding: .utf8)
    return text.map { SourceFile(path: path, text: $0) }
  }

  private static func files(_ ending: String, below folders: [String]) -> [SourceFile] {
    var found: [SourceFile] = []
    for folder in folders {
      let path = root.appending(path: folder).path
      for name in FileManager.default.enumerator(atPath: path) ?? .init() {
        guard let name = name as? String, name.hasSuffix("." + ending) else { continue }
        guard !name.split(separator: "/").contains(where: { $0.hasPrefix(".") }) else { continue }
        if let file = file(folder + "/" + name) { found.append(file) }
      }
    }
    return found.sorted { $0.path < $1.path }
  }
}

/// What was found, a line a place; empty when the rule holds.
func places(
  _ files: [SourceFile], _ isBad: (String) -> Bool, in lines: (SourceFile) -> [String] = \.code
) -> String {
  files.flatMap { file in
    lines(file).indices.filter { isBad(lines(file)[$0]) }.map {
      file.at($0) + "  " + file.lines[$0].trimmingCharacters(in: .whitespaces)
    }
  }.joined(separator: "\n")
}
