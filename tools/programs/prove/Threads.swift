import Foundation
import Journaling
import Ledger
import Synchronization

/// Many threads of one process at one ledger: writers, readers, and a check, for the thread sanitizer
/// to look at and for the figures to agree.
struct Threads {
  var count: Int

  /// Gives the events written, and what disagreed.
  func run() throws -> (events: Int, found: [String]) {
    let path = Place.make("threads") + "/book"
    let journal = try Journal.create(path, Workload.identity, Workload.options())
    let found = Mutex<[String]>([])
    let group = DispatchGroup()
    for thread in 0..<8 {
      group.enter()
      Thread.detachNewThread {
        for index in 0..<count {
          let number = thread * count + index
          do {
            if thread < 6 {
              _ = try journal.append([Workload.draft(number)], key: CommandKey("key-\(number)"))
            } else {
              try Threads.look(journal)
            }
          } catch { found.withLock { $0.append("\(error)") } }
        }
        group.leave()
      }
    }
    group.wait()
    let head = try journal.read { (s) throws(JournalError) in s.head }
    var told = found.withLock { $0 } + (try journal.verify().map { "\($0)" })
    if Int(head) != 6 * count { told.append("the head is \(head)") }
    return (Int(head), told)
  }

  private static func look(_ journal: Journal) throws {
    try journal.read { (snapshot) throws(JournalError) in
      var events: Position = 0
      // The last bundle may have grown since.
      try snapshot.bundles { (bundle) throws(JournalError) in
        for index in 0..<bundle.count where bundle.header(index).seq <= snapshot.head {
          events += 1
        }
      }
      guard events == snapshot.head else {
        throw .invalid("\(events) of \(snapshot.head) are seen")
      }
      _ = try snapshot.root(of: snapshot.head)
    }
  }
}
