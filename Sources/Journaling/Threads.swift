internal import Synchronization

/// Work on several threads at once.
package enum Threads {
  /// The same as `run` with a body that may fail: the last fault is thrown when all are done.
  package static func attempt(
    _ count: Int, _ body: @escaping @Sendable (Int) throws(JournalError) -> Void
  ) throws(JournalError) {
    let fault = Mutex<JournalError?>(nil)
    run(count) { index in
      do throws(JournalError) { try body(index) } catch { fault.withLock { $0 = error } }
    }
    if let error = fault.withLock({ $0 }) { throw error }
  }

  /// Runs `body` for 0 to `count - 1`, each on a thread of its own but the first, which runs here;
  /// returns when all are done. A thread that cannot be had is done without: its part runs here.
  static func run(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
    let others = (1..<max(1, count)).map { index in SideThread { body(index) } }
    if count > 0 { body(0) }
    for other in others { other.join() }
  }
}
