internal import LMDB
internal import Ledger
internal import Synchronization

/// The readers' memory of events that stand in no run yet: chains by account, and id keys. Built
/// when a trail or an id is first asked for, then extended by what was appended since.
final class PendingIndex: Sendable {
  private struct State {
    var first: Position = 1
    var last: Position = 0
    // By account: index of its newest entry, plus one.
    var newest: [UInt32] = []
    var seqs: [UInt32] = []
    var before: [UInt32] = []
    var ids = IDPairs(first: 1)
  }
  private let state = Mutex(State())

  /// Forgets everything.
  func reset() { state.withLock { $0 = State() } }

  /// Adds positions after `indexed` and up to `last` on an account's trail, in order.
  func trail(
    of account: UInt32, after indexed: Position, to last: Position, _ view: View, _ tables: Tables,
    _ found: inout [Position]
  ) throws {
    if indexed >= last { return }
    var mine: [Position] = []
    try state.withLock { state in
      try PendingIndex.extend(&state, after: indexed, to: last, view, tables)
      guard account < state.newest.count else { return }
      var entry = state.newest[Int(account)]
      while entry != 0 {
        let seq = state.first + UInt64(state.seqs[Int(entry) - 1])
        if seq <= indexed { break }
        if seq <= last { mine.append(seq) }
        entry = state.before[Int(entry) - 1]
      }
    }
    found.append(contentsOf: mine.reversed())
  }

  /// Positions of pending events whose id has this key.
  func find(
    id key: UInt64, after indexed: Position, to last: Position, _ view: View, _ tables: Tables
  ) throws -> [Position] {
    if indexed >= last { return [] }
    return try state.withLock { state in
      try PendingIndex.extend(&state, after: indexed, to: last, view, tables)
      var found: [Position] = []
      state.ids.find(key, &found)
      return found.filter { $0 > indexed && $0 <= last }
    }
  }

  private static func extend(
    _ state: inout State, after indexed: Position, to last: Position, _ view: View,
    _ tables: Tables
  ) throws {
    // Start anew when entries are missing, or when most of what is kept stands in runs by now.
    if state.first > indexed + 1 || state.last < indexed || indexed - (state.first - 1) > 1 << 19 {
      state = State()
      state.first = indexed + 1
      state.last = indexed
      state.ids.reset(first: indexed + 1)
    }
    if state.last >= last { return }
    let from = state.last + 1
    let known = try view.count(tables, .account)
    try view.scan(tables, from: from, to: last) { event in
      let seq = event.header.seq
      // A row that stands under another's key, as swapped pages leave them.
      guard seq > state.last, seq <= last else {
        throw JournalError.corrupt(
          "the log behind event \(state.last)", "an event there says that it is \(seq)")
      }
      if event.header.flags.contains(.concernsOthers) {
        try Indexed.accounts(event) { enter(&state, $0, seq, known) }
      } else {
        enter(&state, event.header.account, seq, known)
      }
      if let key = try Indexed.idKey(event) { state.ids.append(key, seq) }
      state.last = seq
    }
  }

  // A number that nobody has stands in damaged bytes only, and may be so large that room for it
  // would be gigabytes; nobody asks for its trail.
  private static func enter(
    _ state: inout State, _ account: UInt32, _ seq: Position, _ known: UInt32
  ) {
    guard account <= known else { return }
    if account >= state.newest.count {
      let size = max(1024, Int(account) + 1, state.newest.count * 2)
      state.newest.append(contentsOf: repeatElement(0, count: size - state.newest.count))
    }
    state.seqs.append(UInt32(truncatingIfNeeded: seq - state.first))
    state.before.append(state.newest[Int(account)])
    state.newest[Int(account)] = UInt32(state.seqs.count)
  }
}
