internal import Glibc

/// Work on several threads at once.
enum Threads {
  private final class Job {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }

  /// Runs `body` for 0 to `count - 1`, each on a thread of its own but the first, which runs here;
  /// returns when all are done. A thread that cannot be had is done without: its part runs here.
  static func run(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
    var threads: [pthread_t] = []
    for index in 1..<max(1, count) {
      let job = unsafe Unmanaged.passRetained(Job { body(index) })
      var thread: pthread_t = 0
      let code = unsafe pthread_create(
        &thread, nil,
        { argument in
          unsafe Unmanaged<Job>.fromOpaque(argument!).takeRetainedValue().body()
          return nil
        }, job.toOpaque())
      if code == 0 {
        threads.append(thread)
      } else {
        unsafe job.release()
        body(index)
      }
    }
    if count > 0 { body(0) }
    for thread in threads { pthread_join(thread, nil) }
  }
}
