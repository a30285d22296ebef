import Foundation
import Testing

/// The command line as its users see it: every file of `Transcripts` is run again, in a folder of
/// its own, and says what it said. `UPDATE=1 swift test --filter CommandTests` writes it anew.
@Suite struct TranscriptTests {
  static let folder = Workshop.here.appendingPathComponent("Transcripts")
  static let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
    .filter { $0.hasSuffix(".txt") }.sorted()

  @Test(arguments: names)
  func says(_ name: String) throws {
    let file = TranscriptTests.folder.appendingPathComponent(name)
    let expected = try String(contentsOf: file, encoding: .utf8)
    var transcript = Transcript(expected)
    #expect(!transcript.steps.isEmpty, "\(name) has no command")
    let workshop = try Workshop()
    defer { workshop.remove() }
    for index in transcript.steps.indices {
      let before = transcript.steps[index].answer
      let now = try workshop.answer(transcript.steps[index].command)
      transcript.steps[index].answer = now
      if ProcessInfo.processInfo.environment["UPDATE"] == nil {
        #expect(now == before, "\(transcript.title) $ \(transcript.steps[index].command)")
      }
    }
    if ProcessInfo.processInfo.environment["UPDATE"] != nil {
      try transcript.text.write(to: file, atomically: true, encoding: .utf8)
    }
  }
}
