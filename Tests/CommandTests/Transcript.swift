import Foundation

/// A text of commands and what they answered, which is run again and compared.
///
/// Its first line is its title. A line `$ …` is a command for bash, `> ` its further lines; behind
/// it stand the lines of standard output, those of standard error marked `! `, and `? N` when it
/// ended with another status than 0. Lines `: …` are for the reader. An empty line ends what a
/// command answered; empty lines inside an answer are written `.`.
struct Transcript {
  /// One command with what it answered, or words for the reader.
  struct Step {
    var prose: [String] = []
    var command = ""
    var answer = ""
  }

  let title: String
  var steps: [Step] = []

  init(_ text: String) {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)[...]
    title = lines.popFirst().map(String.init) ?? ""
    var step = Step()
    for line in lines {
      if line.hasPrefix("$ ") {
        if !step.command.isEmpty {
          steps.append(step)
          step = Step()
        }
        step.command = String(line.dropFirst(2))
      } else if line.hasPrefix("> ") {
        step.command += "\n" + line.dropFirst(2)
      } else if line.hasPrefix(": ") {
        if !step.command.isEmpty {
          steps.append(step)
          step = Step()
        }
        step.prose.append(String(line))
      } else if !line.isEmpty {
        step.answer += line + "\n"
      }
    }
    if !step.command.isEmpty { steps.append(step) }
  }

  /// The text again.
  var text: String {
    title + "\n"
      + steps.map { step in
        let command = step.command.split(separator: "\n", omittingEmptySubsequences: false)
          .joined(separator: "\n> ")
        let prose = step.prose.isEmpty ? "" : "\n" + step.prose.joined(separator: "\n") + "\n"
        return prose + "\n$ \(command)\n\(step.answer)"
      }.joined()
  }
}

/// A temporary folder in which the debug binary is run.
struct Workshop {
  let folder: URL
  static let here = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
  static let root = here.deletingLastPathComponent().deletingLastPathComponent()

  /// The folder of `arrears`: that of the test bundle.
  static let binaries: URL = {
    let beside = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    let there = FileManager.default.isExecutableFile(atPath: beside.path + "/arrears")
    return there ? beside : root.appendingPathComponent(".build/debug")
  }()

  /// Makes the folder and lays the files of the transcripts and the receipts into it.
  init() throws {
    let files = FileManager.default
    folder = files.temporaryDirectory.appendingPathComponent("arrears-\(UUID().uuidString)")
    try files.copyItem(at: Workshop.here.appendingPathComponent("Transcripts/Files"), to: folder)
    for name in ["receipts.csv", "receipts.yaml"] {
      try files.copyItem(
        at: Workshop.root.appendingPathComponent("tools/maps/\(name)"),
        to: folder.appendingPathComponent(name))
    }
  }

  func remove() { try? FileManager.default.removeItem(at: folder) }

  /// Runs a line of bash and gives its status and what it wrote.
  func run(_ line: String) throws -> (status: Int32, out: String, err: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = ["-c", line]
    process.currentDirectoryURL = folder
    var environment = ProcessInfo.processInfo.environment
    environment["PATH"] = Workshop.binaries.path + ":" + (environment["PATH"] ?? "")
    environment["ARREARS_LEDGER"] = "book"
    environment["USER"] = "asha"
    environment["COLUMNS"] = "100"
    environment["TOOLS"] = Workshop.root.appendingPathComponent("tools").path
    environment["LC_ALL"] = "C.UTF-8"
    process.environment = environment
    let out = folder.appendingPathComponent(".out")
    let err = folder.appendingPathComponent(".err")
    for file in [out, err] { try Data().write(to: file) }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: out)
    process.standardError = try FileHandle(forWritingTo: err)
    try process.run()
    process.waitUntilExit()
    return (
      process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus,
      String(decoding: try Data(contentsOf: out), as: UTF8.self),
      String(decoding: try Data(contentsOf: err), as: UTF8.self)
    )
  }

  /// What a command answered, as a transcript has it.
  func answer(_ line: String) throws -> String {
    let (status, out, err) = try run(line)
    func lines(_ text: String, _ mark: String) -> String {
      var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      if lines.last?.isEmpty == true { lines.removeLast() }
      return lines.map { mark + ($0.isEmpty && mark.isEmpty ? "." : $0) + "\n" }.joined()
    }
    return Workshop.mask(lines(out, "") + lines(err, "! ") + (status == 0 ? "" : "? \(status)\n"))
  }

  /// Hides what differs from run to run, in the same width so that columns stay: random ids,
  /// digests (they cover recorded times), ids of imports, and every day and time of today,
  /// yesterday and tomorrow.
  static func mask(_ text: String) -> String {
    var text = text
    func replace(_ pattern: String, _ by: (String) -> String) {
      guard let expression = try? NSRegularExpression(pattern: pattern) else { return }
      let range = NSRange(text.startIndex..., in: text)
      for match in expression.matches(in: text, range: range).reversed() {
        guard let range = Range(match.range, in: text) else { continue }
        text.replaceSubrange(range, with: by(String(text[range])))
      }
    }
    replace("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}") { _ in
      "xxxxxxxx-xxxx-7xxx-xxxx-xxxxxxxxxxxx"
    }
    replace("[0-9a-f]{64}") { _ in "(64 digits)" }
    replace("import [0-9a-f]{16}") { _ in "import (16 digits)" }
    replace("pid [0-9]+") { _ in "pid N" }
    let days = [-86_400.0, 0, 86_400].map { offset in
      String(ISO8601DateFormatter().string(from: Date(timeIntervalSinceNow: offset)).prefix(10))
    }
    replace("(\(days.joined(separator: "|")))([ T][0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]+)?)?)?") {
      // A fraction is written without its trailing zeros, so how long it is says nothing.
      $0.count > 19 ? "YYYY-MM-DD hh:mm:ss.ffffff" : String("YYYY-MM-DD hh:mm:ss".prefix($0.count))
    }
    return text
  }
}
