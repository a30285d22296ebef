import Glibc
import Journaling

/// Commands of the shell that a setting names.
enum Shell {
  /// Runs a command with a text of a few kilobytes on its standard input; gives its output.
  static func run(_ command: String, _ text: String) throws(JournalError) -> String {
    var (input, output): ([Int32], [Int32]) = ([0, 0], [0, 0])
    guard unsafe pipe(&input) == 0, unsafe pipe(&output) == 0 else {
      throw .system("Making a pipe", errno)
    }
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_adddup2(&actions, input[0], 0)
    unsafe posix_spawn_file_actions_adddup2(&actions, output[1], 1)
    for end in input + output { unsafe posix_spawn_file_actions_addclose(&actions, end) }
    var child: pid_t = 0
    let code = unsafe "/bin/sh".withCString { shell in
      unsafe "-c".withCString { flag in
        unsafe command.withCString { command in
          var words: [UnsafeMutablePointer<CChar>?] = unsafe [
            UnsafeMutablePointer(mutating: shell), UnsafeMutablePointer(mutating: flag),
            UnsafeMutablePointer(mutating: command), nil,
          ]
          return unsafe posix_spawn(&child, shell, &actions, nil, &words, environ)
        }
      }
    }
    close(input[0])
    close(output[1])
    guard code == 0 else {
      close(input[1])
      close(output[0])
      throw .system("Running `\(command)`", code)
    }
    let ignored = signal(SIGPIPE, SIG_IGN)
    let bytes = Array(text.utf8)
    unsafe bytes.withUnsafeBytes { _ = unsafe write(input[1], $0.baseAddress, $0.count) }
    close(input[1])
    _ = signal(SIGPIPE, ignored)
    var answer: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 4096)
    while answer.count < 1 << 20 {
      let count = unsafe chunk.withUnsafeMutableBytes {
        unsafe read(output[0], $0.baseAddress, $0.count)
      }
      if count < 0, errno == EINTR { continue }
      if count <= 0 { break }
      answer += chunk[..<count]
    }
    // Who goes on writing is not waited for: nobody reads any more.
    close(output[0])
    var status: Int32 = 0
    while unsafe waitpid(child, &status, 0) < 0, errno == EINTR {}
    guard status == 0 else {
      let how = status & 0x7F == 0 ? "status \(status >> 8 & 0xFF)" : "signal \(status & 0x7F)"
      throw .invalid("The command `\(command)` ended with \(how).")
    }
    return String(decoding: answer, as: UTF8.self)
  }

  /// How a process ended.
  enum End {
    case status(Int32)
    case signal(Int32)
  }

  // Where a process that was begun by `again` tells how far it is.
  private static let channel: Int32 = 3

  /// Runs this same command line again, with more words, in a process of its own; gives how it
  /// ended and the last number that it told.
  static func again(_ more: [String]) throws -> (End, UInt64) {
    var ends: [Int32] = [0, 0]
    guard unsafe pipe(&ends) == 0 else { throw JournalError.system("Making a pipe", errno) }
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_adddup2(&actions, ends[1], channel)
    for end in ends where end != channel { unsafe posix_spawn_file_actions_addclose(&actions, end) }
    // A damaged file may end it: then no one wants a trace of the program.
    unsafe setenv("SWIFT_BACKTRACE", "enable=no", 1)
    var words: [UnsafeMutablePointer<CChar>?] = unsafe []
    for word in CommandLine.arguments + more { unsafe words.append(strdup(word)) }
    unsafe words.append(nil)
    defer { unsafe words.forEach { unsafe free($0) } }
    var child: pid_t = 0
    let code = unsafe posix_spawn(&child, "/proc/self/exe", &actions, nil, &words, environ)
    close(ends[1])
    defer { close(ends[0]) }
    guard code == 0 else { throw JournalError.system("Beginning a process", code) }
    var last: UInt64 = 0
    while true {
      var number: UInt64 = 0
      let count = unsafe withUnsafeMutableBytes(of: &number) {
        unsafe read(ends[0], $0.baseAddress, 8)
      }
      if count < 0, errno == EINTR { continue }
      if count < 8 { break }
      last = number
    }
    var status: Int32 = 0
    while unsafe waitpid(child, &status, 0) < 0, errno == EINTR {}
    return (status & 0x7F == 0 ? .status(status >> 8 & 0xFF) : .signal(status & 0x7F), last)
  }

  /// Tells the process that began this one how far the work is.
  static func tell(_ number: UInt64) {
    unsafe withUnsafeBytes(of: number) { _ = unsafe write(channel, $0.baseAddress, 8) }
  }
}
