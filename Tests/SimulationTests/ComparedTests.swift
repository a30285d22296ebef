import Foundation
import Testing

/// Every book against a model that shares no rule with the ledger: that none is left out.
@Suite struct `Every book that is shown` {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../..").standardizedFileURL

  /// Swift files of a folder that say something.
  private static func sources(_ folder: String, with word: String = "") throws -> String {
    let folder = root.appendingPathComponent(folder)
    return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
      .filter { $0.hasSuffix(".swift") }
      .map { try String(contentsOf: folder.appendingPathComponent($0), encoding: .utf8) }
      .filter { word.isEmpty || $0.contains(word) }.joined()
  }

  @Test func `is compared with a naive model, under its own name`() throws {
    let shown = try Self.sources("Sources/LedgerCommand/Commands/Show")
    let books = Set(shown.matches(of: #/commandName: "([a-z-]+)"/#).map { String($0.output.1) })
    let tests = try Self.sources("Tests/SimulationTests", with: "Year.compare(")
    let asked = Set(tests.matches(of: #/\(\s*"([a-z-]+)",/#).map { String($0.output.1) })
    #expect(books.count > 35)
    let missing = books.subtracting(asked).subtracting(["show"]).sorted()
    #expect(missing.isEmpty, "no model foretells: \(missing.joined(separator: ", "))")
  }
}
