import Foundation
import Journaling
import Ledger

/// The row of many callers that each wait for their own event to be durable.
enum Grouping {
  /// `callers` tasks that each append `count` events, one at a time and durably; appends a second.
  /// `busy` cores are kept busy by others meanwhile.
  static func appends(_ path: String, callers: Int, _ count: Int, busy: Int) throws
    -> [String: Double]
  {
    let journal = try Journal.create(path, Appending.identity)
    let occurred = ClockTime(moment: Appending.identity.created, offset: 330)
    let drafts = (0..<callers).map { caller in
      Draft(
        type: EventCode.contactAttempted,
        subject: Reference(kind: "account", id: "LN-\(caller)"), occurred: occurred,
        day: occurred.day, actor: Actor(id: "collector-\(caller)"), body: [0xA0])
    }
    let load = Load(cores: busy)
    let done = DispatchSemaphore(value: 0)
    let failed = Flag()
    let begun = Clock.seconds
    Task.detached {
      await withTaskGroup(of: Void.self) { group in
        for draft in drafts {
          group.addTask {
            do {
              for _ in 0..<count { _ = try await journal.append([draft]) }
            } catch { failed.raise() }
          }
        }
      }
      done.signal()
    }
    done.wait()
    let seconds = Clock.seconds - begun
    load.stop()
    guard !failed.isRaised, try journal.read({ $0.head }) == Position(callers * count) else {
      return [:]
    }
    try journal.close()
    return ["rate": Double(callers * count) / seconds]
  }
}

/// A truth that one thread sets and others read.
final class Flag: @unchecked Sendable {
  private let lock = NSLock()
  private var raised = false

  /// Sets it.
  func raise() { lock.withLock { raised = true } }
  /// Whether it was set.
  var isRaised: Bool { lock.withLock { raised } }
}

/// Threads that do nothing but keep cores busy.
struct Load {
  private let ended = Flag()

  /// Starts one thread a core.
  init(cores: Int) {
    for _ in 0..<cores {
      let ended = ended
      Thread.detachNewThread {
        var dice = Dice(state: 1)
        while !ended.isRaised { for _ in 0..<10_000 { _ = dice.next() } }
      }
    }
  }

  /// Lets them end.
  func stop() { ended.raise() }
}
