import Foundation
import Testing

/// The README's commands are typed by whoever meets Arrears first, one after the other.
@Suite struct ReadmeTests {
  @Test func `what stands below Using it runs from top to bottom`() throws {
    let text = try String(
      contentsOf: Workshop.root.appendingPathComponent("README.md"), encoding: .utf8)
    let part = text.components(separatedBy: "## Using it").last ?? ""
    let lines = (part.components(separatedBy: "```").dropFirst().first ?? "")
      .split(separator: "\n").map(String.init)
    #expect(lines.count > 5)
    let workshop = try Workshop()
    defer { workshop.remove() }
    #expect(try workshop.run("ln -s $TOOLS tools").status == 0)
    for line in lines {
      let (status, _, err) = try workshop.run(line)
      // The receipts that are imported have a bad row, for show.
      #expect(status == (line.contains("import") ? 1 : 0), "$ \(line)\n\(err)")
    }
  }
}
