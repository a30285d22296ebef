internal import Glibc

/// A thread that does one piece of work beside the caller's, to wait for at its end.
@safe final class SideThread: @unchecked Sendable {
  private var thread: pthread_t = 0
  private var isRunning = false
  private let work: @Sendable () -> Void

  /// Begins the work; does it at once, on the caller's thread, if there can be no other.
  init(_ work: @escaping @Sendable () -> Void) {
    self.work = work
    let argument = unsafe Unmanaged.passRetained(self)
    let code = unsafe pthread_create(
      &thread, nil,
      { argument in
        unsafe Unmanaged<SideThread>.fromOpaque(argument!).takeRetainedValue().work()
        return nil
      }, argument.toOpaque())
    isRunning = code == 0
    if !isRunning {
      unsafe argument.release()
      work()
    }
  }

  /// Waits until the work is done.
  func join() {
    if isRunning { pthread_join(thread, nil) }
    isRunning = false
  }
}
