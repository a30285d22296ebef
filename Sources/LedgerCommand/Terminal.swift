import Glibc

/// The two streams of a command, and the one line that moves.
enum Terminal {
  /// Whether standard error is a screen.
  static let isScreen = isatty(2) == 1

  /// Whether standard output is a screen.
  static var outIsScreen: Bool { isatty(1) == 1 }

  /// Writes to standard error.
  static func note(_ text: String) {
    var text = text
    text.withUTF8 { bytes in
      var at = 0
      while at < bytes.count {
        let written = unsafe write(2, bytes.baseAddress! + at, bytes.count - at)
        if written <= 0 { return }
        at += written
      }
    }
  }

  /// Says what went wrong.
  static func complain(_ sentence: String) { note("arrears: \(sentence)\n") }

  /// Writes to standard output, all of it or not at all: a closed pipe ends the program.
  static func out(_ text: String) { out(Array(text.utf8)[...]) }

  /// Writes bytes to standard output in the same way.
  static func out(_ bytes: ArraySlice<UInt8>) {
    var rest = bytes
    while !rest.isEmpty {
      let written = unsafe rest.withUnsafeBytes { unsafe write(1, $0.baseAddress, $0.count) }
      if written < 0, errno == EINTR { continue }
      if written <= 0 {
        let reason = unsafe String(cString: strerror(errno))
        complain("the answer could not be written to standard output: \(reason).")
        exit(2)
      }
      rest = rest.dropFirst(written)
    }
  }
}

/// A bar that shows how far long work has come: on a screen only, never in a file or a pipe.
struct Progress {
  private let name: String
  private let started: Double
  private var shown = -1

  /// A bar named after the work.
  init(_ name: String) {
    self.name = name
    self.started = Progress.now()
  }

  /// Shows the share done.
  mutating func show(_ done: UInt64, of total: UInt64) {
    guard Terminal.isScreen, total > 0 else { return }
    let percent = Int(min(100, done * 100 / total))
    guard percent != shown else { return }
    shown = percent
    let filled = percent * 30 / 100
    let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: 30 - filled)
    let seconds = Progress.now() - started
    let rate = seconds > 0.2 ? "  \(Int(Double(done) / seconds)) /s" : ""
    Terminal.note("\r\(name)  [\(bar)] \(percent) %\(rate)   ")
  }

  /// Takes the bar away.
  mutating func finish() {
    guard Terminal.isScreen, shown >= 0 else { return }
    Terminal.note("\r" + String(repeating: " ", count: 78) + "\r")
    shown = -1
  }

  private static func now() -> Double {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
