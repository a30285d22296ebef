import Foundation

/// Starts programs, ours and the anchors', one at a time.
struct Runner {
  /// What a program printed, and how long the whole process took.
  struct Run {
    var text: String
    var seconds: Double

    /// The number behind `name=`.
    func number(_ name: String) -> Double? {
      for word in text.split(whereSeparator: { " \n\t".contains($0) })
      where word.hasPrefix(name + "=") {
        return Double(word.dropFirst(name.count + 1).prefix { !"MB".contains($0) })
      }
      return nil
    }
  }

  /// Folder of the ledgers and files made here.
  let work: String
  /// Folder of the anchors' programs; nil when they are absent.
  let anchors: String?
  /// Folder of our own programs.
  let ours: String

  /// Runs a program; nil when it cannot be started or fails.
  func run(_ program: String, _ words: [String], environment: [String: String] = [:]) -> Run? {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = words
    process.currentDirectoryURL = URL(fileURLWithPath: work)
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    let pipe = Pipe()
    process.standardOutput = pipe
    let begun = Clock.seconds
    guard (try? process.run()) != nil else { return nil }
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let seconds = Clock.seconds - begun
    guard process.terminationStatus == 0 else {
      Runner.say("\(program) \(words.joined(separator: " ")) failed")
      return nil
    }
    return Run(text: String(decoding: data, as: UTF8.self), seconds: seconds)
  }

  /// Milliseconds of a whole process whose output is thrown away; nil when it fails. (Foundation's
  /// `Process` looks for the end only every 50 ms.)
  func time(_ program: String, _ words: [String]) -> Double? {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    var arguments = unsafe ([program] + words).map { unsafe strdup($0) } + [nil]
    defer { unsafe arguments.forEach { unsafe free($0) } }
    var child: pid_t = 0
    let begun = Clock.seconds
    guard unsafe posix_spawn(&child, program, &actions, nil, &arguments, environ) == 0 else {
      return nil
    }
    var status: Int32 = 0
    unsafe waitpid(child, &status, 0)
    let seconds = Clock.seconds - begun
    return status == 0 ? seconds * 1e3 : nil
  }

  /// One measurement of ours, in a process of its own.
  func measure(_ words: String...) -> Run? { run(ours + "/bench", ["one"] + words) }

  /// A program of the anchors.
  func anchor(_ name: String, _ words: String...) -> Run? {
    anchors.flatMap { run($0 + "/" + name, words) }
  }

  /// Removes something in the work folder.
  func remove(_ name: String) {
    try? FileManager.default.removeItem(atPath: work + "/" + name)
  }

  /// A line for whoever waits.
  static func say(_ line: String) {
    FileHandle.standardError.write(Data((line + "\n").utf8))
  }
}
