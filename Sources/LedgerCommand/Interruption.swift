import Glibc
import Synchronization

/// Control-C during long work: the work ends at its next chunk, with everything accepted so far
/// kept.
enum Interruption {
  private static let asked = Atomic<Bool>(false)

  /// Begins to listen; a second control-C ends the program at once.
  static func listen() {
    signal(SIGINT) { _ in
      if Interruption.asked.exchange(true, ordering: .relaxed) { _exit(130) }
    }
  }

  /// Whether it was asked for.
  static var isAsked: Bool { asked.load(ordering: .relaxed) }
}
