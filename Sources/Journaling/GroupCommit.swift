internal import Glibc
internal import LMDB
package import Ledger
internal import Synchronization

/// Callers that wait for their drafts to be durable; whoever finds no leader leads, and commits for
/// all that wait at that moment.
struct AppendQueue {
  var waiting: [AppendRequest] = []
  var isLed = false
}

/// One caller's drafts on their way through a shared commit.
final class AppendRequest: Sendable {
  let drafts: [Draft]
  let key: CommandKey?
  private let outcome = Mutex<Result<Receipt, JournalError>?>(nil)
  private let woken = Signal()
  private let resume: (@Sendable (Result<Receipt, JournalError>) -> Void)?

  init(
    _ drafts: [Draft], _ key: CommandKey?,
    _ resume: (@Sendable (Result<Receipt, JournalError>) -> Void)? = nil
  ) {
    self.drafts = drafts
    self.key = key
    self.resume = resume
  }

  var isAsync: Bool { resume != nil }
  var result: Result<Receipt, JournalError>? { outcome.withLock { $0 } }

  func settle(_ result: Result<Receipt, JournalError>) {
    outcome.withLock { $0 = result }
    if let resume { resume(result) } else { woken.raise() }
  }

  func wake() { woken.raise() }
  func wait() { woken.wait() }
}

/// A flag one thread waits for and another raises.
@safe final class Signal: @unchecked Sendable {
  private let semaphore: UnsafeMutablePointer<sem_t>

  init() {
    unsafe semaphore = .allocate(capacity: 1)
    unsafe sem_init(semaphore, 0, 0)
  }
  deinit {
    unsafe sem_destroy(semaphore)
    unsafe semaphore.deallocate()
  }
  func raise() { unsafe sem_post(semaphore) }
  func wait() { while unsafe sem_wait(semaphore) != 0 {} }
}

/// A lock between threads of this process, held over calls rather than closures.
@safe final class Turn: @unchecked Sendable {
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>

  init() {
    unsafe mutex = .allocate(capacity: 1)
    unsafe pthread_mutex_init(mutex, nil)
  }
  deinit {
    unsafe pthread_mutex_destroy(mutex)
    unsafe mutex.deallocate()
  }
  func lock() { unsafe pthread_mutex_lock(mutex) }
  func unlock() { unsafe pthread_mutex_unlock(mutex) }
}

extension Journal {
  /// Appends drafts and returns when they are durable. Callers on other threads that wait at the
  /// same time share one commit.
  ///
  /// With a key the drafts are recorded once for ever: the same key with the same drafts gets the
  /// first answer (`replayed`), with other drafts it is a `conflict`. After `unknownOutcome` send
  /// the same key again. All drafts of a call are stored, next to each other, or none.
  package func append(_ drafts: [Draft], key: CommandKey? = nil) throws(JournalError) -> Receipt {
    let request = AppendRequest(drafts, key)
    var leads = queue.withLock { queue in
      queue.waiting.append(request)
      defer { queue.isLed = true }
      return !queue.isLed
    }
    while true {
      if leads { lead() } else { request.wait() }
      if let result = request.result { return try result.get() }
      leads = true
    }
  }

  /// The same for callers that must not block their thread.
  package func append(_ drafts: [Draft], key: CommandKey? = nil) async throws(JournalError)
    -> Receipt
  {
    let result = await withCheckedContinuation { continuation in
      let request = AppendRequest(drafts, key) { continuation.resume(returning: $0) }
      let leads = queue.withLock { queue in
        queue.waiting.append(request)
        defer { queue.isLed = true }
        return !queue.isLed
      }
      if leads { leadOnThread() }
    }
    return try result.get()
  }

  // Commits for everyone who waits, then hands the lead to one who came meanwhile.
  private func lead() {
    let requests = queue.withLock { queue in
      defer { queue.waiting.removeAll() }
      return queue.waiting
    }
    commit(requests)
    let next = queue.withLock { queue -> AppendRequest? in
      if queue.waiting.isEmpty { queue.isLed = false }
      return queue.waiting.first { !$0.isAsync } ?? queue.waiting.first
    }
    guard let next else { return }
    if next.isAsync { leadOnThread() } else { next.wake() }
  }

  private func leadOnThread() {
    let journal = unsafe Unmanaged.passRetained(self)
    var thread: pthread_t = 0
    let code = unsafe pthread_create(
      &thread, nil,
      { argument in
        unsafe Unmanaged<Journal>.fromOpaque(argument!).takeRetainedValue().lead()
        return nil
      }, journal.toOpaque())
    if code == 0 {
      pthread_detach(thread)
    } else {
      unsafe journal.release()
      lead()
    }
  }

  private func commit(_ requests: [AppendRequest]) {
    var open = requests
    while !open.isEmpty {
      var answers: [Result<Receipt, JournalError>] = []
      var failed: Int?
      do throws(JournalError) {
        try write { (batch) throws(JournalError) in
          for (index, request) in open.enumerated() {
            let before = batch.head
            do throws(JournalError) {
              answers.append(.success(try batch.append(request.drafts, key: request.key)))
            } catch {
              answers.append(.failure(error))
              // What was stored of this request must go, and with it the whole transaction.
              if batch.head != before {
                failed = index
                throw error
              }
            }
          }
        }
        for (request, answer) in zip(open, answers) { request.settle(answer) }
        return
      } catch {
        guard let index = failed else {
          for request in open { request.settle(.failure(error)) }
          return
        }
        open.remove(at: index).settle(.failure(error))
      }
    }
  }
}

extension Batch {
  /// Appends the drafts of one command, unless its key says that this was done before.
  package mutating func append(_ drafts: [Draft], key: CommandKey?) throws(JournalError) -> Receipt
  {
    guard !drafts.isEmpty else {
      throw .invalid("A command without events cannot be recorded; send at least one event.")
    }
    var digest: [UInt8] = []
    if let key {
      digest = Draft.digest(drafts)
      if let row = try command(key) {
        guard row.digest == digest else {
          throw .conflict(key: key.text, first: row.first, last: row.last)
        }
        return Receipt(first: row.first, last: row.last, replayed: true)
      }
    }
    let first = head + 1
    for draft in drafts { try append(draft) }
    if let key {
      try remember(key, CommandRow(digest: digest, first: first, last: head))
    }
    return Receipt(first: first, last: head, replayed: false)
  }
}
