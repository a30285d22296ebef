import Foundation
import Synchronization

/// Time that does not jump.
enum Clock {
  /// Seconds that this thread was given a processor: what neighbours do counts less.
  static var processor: Double {
    var now = timespec()
    unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now)
    return Double(now.tv_sec) + Double(now.tv_nsec) * 1e-9
  }

  static var seconds: Double {
    var now = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &now)
    return Double(now.tv_sec) + Double(now.tv_nsec) * 1e-9
  }
}

/// What files take.
enum Files {
  /// Bytes of the disk that a file takes.
  static func used(_ path: String) -> Int {
    var status = stat()
    return unsafe stat(path, &status) == 0 ? Int(status.st_blocks) * 512 : 0
  }
}

extension [Double] {
  /// The middle one.
  var median: Double { isEmpty ? .nan : sorted()[count / 2] }
}

/// Watches the private memory of this process while something runs.
final class MemoryWatch: Sendable {
  private let peak = Mutex(0)
  private let ended = Mutex(false)

  /// Starts to look every twenty milliseconds, so that looking costs next to nothing.
  init() {
    Thread.detachNewThread { [self] in
      while !ended.withLock({ $0 }) {
        let now = MemoryWatch.anonymous
        peak.withLock { $0 = max($0, now) }
        usleep(20000)
      }
    }
  }

  /// Stops, and gives the most that was seen, in megabytes.
  func stop() -> Double {
    ended.withLock { $0 = true }
    return Double(max(peak.withLock { $0 }, MemoryWatch.anonymous)) / 1e3
  }

  // RssAnon of /proc/self/status, in kilobytes.
  private static var anonymous: Int {
    guard let text = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
      let line = text.split(separator: "\n").first(where: { $0.hasPrefix("RssAnon:") })
    else { return 0 }
    return Int(line.split(separator: " ").dropLast().last ?? "0") ?? 0
  }
}
