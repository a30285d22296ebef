import Dispatch
import Journaling
import Ledger
import Synchronization

/// The fold of W: paid, last contact, oldest unpaid due, in dense arrays by account number.
struct WFold: Sendable {
  struct State {
    var paid: Int64 = 0
    var lastContact: Int64 = 0
    var oldestDue: Int64 = .max
  }

  private(set) var states: ContiguousArray<State>
  private(set) var events = 0

  init(accounts: Int) { states = ContiguousArray(repeating: State(), count: accounts + 1) }

  /// Takes the events of a bundle from one position to another.
  mutating func take(_ bundle: borrowing Bundle, _ first: Position, _ last: Position) {
    let low = Int(max(first, bundle.first) - bundle.first)
    let high = Int(min(last, bundle.first + UInt64(bundle.count) - 1) - bundle.first)
    var all = states.mutableSpan
    for index in low...high {
      let header = bundle.header(index)
      let account = Int(header.account)
      switch header.type {
      case EventCode.contactAttempted:
        all[account].lastContact = max(all[account].lastContact, header.occurred)
      case EventCode.paymentReceived: all[account].paid &+= header.amount
      case EventCode.paymentReversed: all[account].paid &-= header.amount
      case EventCode.dueRaised:
        if !header.flags.contains(Workload.settled) {
          all[account].oldestDue = min(all[account].oldestDue, header.occurred)
        }
      default: break
      }
    }
    events += high - low + 1
  }

  /// Joins the fold of other events.
  mutating func merge(_ other: WFold) {
    events += other.events
    for index in states.indices {
      states[index].paid &+= other.states[index].paid
      states[index].lastContact = max(states[index].lastContact, other.states[index].lastContact)
      states[index].oldestDue = min(states[index].oldestDue, other.states[index].oldestDue)
    }
  }

  /// One number that two folds of the same events agree in.
  var digest: Int64 {
    var sum: Int64 = 0
    for (index, state) in states.enumerated() {
      let due = state.oldestDue == .max ? 0 : state.oldestDue
      sum &+= Int64(index + 1) &* (state.paid &+ state.lastContact &* 7 &+ due)
    }
    return sum
  }
}

/// Rows that replay headers.
enum Replaying {
  /// Folds the whole ledger `rounds` times on `threads` threads; the median rate.
  static func headers(_ path: String, rounds: Int, threads: Int) throws -> [String: Double] {
    let journal = try Journal(path)
    var rates: [Double] = []
    var digest: Int64 = 0
    for _ in 0..<rounds {
      // One thread is timed by its processor, several by the clock on the wall.
      let begun = threads == 1 ? Clock.processor : Clock.seconds
      let fold = try threads == 1 ? part(journal, 0, of: 1) : parallel(journal, threads)
      let ended = threads == 1 ? Clock.processor : Clock.seconds
      rates.append(Double(fold.events) / (ended - begun))
      digest = fold.digest
    }
    return ["rate": rates.median, "digest": Double(digest & 0xFFFF_FFFF)]
  }

  private static func part(_ journal: Journal, _ index: Int, of parts: Int) throws -> WFold {
    try journal.read { (snapshot) throws(JournalError) in
      var fold = WFold(accounts: try snapshot.count(of: .account))
      let width = (snapshot.head / Position(parts) + 255) / 256 * 256
      let first = width * Position(index) + 1
      let last = index == parts - 1 ? snapshot.head : width * Position(index + 1)
      try snapshot.bundles(from: first, to: last) { (bundle) throws(JournalError) in
        fold.take(bundle, first, last)
      }
      return fold
    }
  }

  private static func parallel(_ journal: Journal, _ threads: Int) throws -> WFold {
    let results = Mutex<[Result<WFold, any Error>]>([])
    DispatchQueue.concurrentPerform(iterations: threads) { index in
      let result = Result { try part(journal, index, of: threads) }
      results.withLock { $0.append(result) }
    }
    var folds = try results.withLock { try $0.map { try $0.get() } }
    var fold = folds.removeFirst()
    for other in folds { fold.merge(other) }
    return fold
  }
}
