internal import LMDB
internal import Ledger

/// The writer's memory of trails: the last position of each account, and the entries of both
/// indexes that stand in no run yet. Filled on demand; bounded by the number of accounts and by
/// `flushAt`.
struct Trails {
  /// Events that pend before a run is written.
  static var flushAt: UInt64 { 262_144 }
  /// Events that pend before a bulk write or a close writes a run.
  static var worthwhile: Int { 8_192 }

  /// The last position that a run covers.
  private(set) var indexed: Position = 0
  /// Whether every entry since `indexed` is in memory.
  private(set) var isLoaded = false
  private var heads: [Position] = []
  private var searches = 0
  private var allKnown = false
  private var accounts = AccountPairs(first: 1)
  private var ids = IDPairs(first: 1)

  private static var unknown: Position { .max }

  /// Forgets everything; runs cover up to `indexed`.
  mutating func reset(indexed: Position) {
    self.indexed = indexed
    isLoaded = false
    heads.removeAll(keepingCapacity: true)
    searches = 0
    allKnown = false
    accounts.reset(first: indexed + 1)
    ids.reset(first: indexed + 1)
  }

  /// The last position of an account when it is in memory.
  @inline(__always) func last(_ account: UInt32) -> Position? {
    guard isLoaded, account < heads.count else { return nil }
    let head = heads[Int(account)]
    return head == Trails.unknown ? nil : head
  }

  /// Enters an event in an account's trail.
  @inline(__always) mutating func append(_ account: UInt32, _ seq: Position) {
    guard isLoaded else { return }
    if account >= heads.count { grow(account) }
    heads[Int(account)] = seq
    accounts.append(account, seq)
  }

  /// Gives events of the builder from `start` on their previous and enters them. Stops in front of
  /// an event whose account's last position is not in memory; gives the index it came to.
  mutating func enter(_ frame: Frame, from start: Int) -> Int {
    var index = start
    while index < frame.count {
      let account = frame.account(index)
      if account != 0 {
        if account >= heads.count { grow(account) }
        let head = heads[Int(account)]
        if head == Trails.unknown { return index }
        let seq = frame.first + UInt64(index)
        heads[Int(account)] = seq
        frame.set(previous: head, index)
        accounts.append(account, seq)
      } else {
        accounts.append(0, frame.first + UInt64(index))
      }
      index += 1
    }
    return index
  }

  /// Enters an event in the id index.
  mutating func append(id: UInt64, _ seq: Position) { if isLoaded { ids.append(id, seq) } }

  /// Enters a stored event.
  mutating func add(_ event: borrowing EventView) throws {
    let seq = event.header.seq
    var entered: [UInt32] = []
    if event.header.flags.contains(.concernsOthers) {
      try Indexed.accounts(event) { entered.append($0) }
      for account in entered { append(account, seq) }
    } else {
      append(event.header.account, seq)
    }
    if let key = try Indexed.idKey(event) { append(id: key, seq) }
  }

  private mutating func grow(_ account: UInt32) {
    let size = max(1024, Int(account) + 1, heads.count * 2)
    heads.append(
      contentsOf: repeatElement(allKnown ? 0 : Trails.unknown, count: size - heads.count))
  }

  /// Reads the entries since the last run, up to a position, from the log.
  mutating func load(_ view: View, _ tables: Tables, upTo last: Position) throws {
    isLoaded = true
    try view.scan(tables, from: indexed + 1, to: last) { try add($0) }
  }

  /// The last position of an account by the runs; everything that pends is in memory.
  mutating func find(_ account: UInt32, _ view: View, _ tables: Tables) throws -> Position {
    if account >= heads.count { grow(account) }
    searches += 1
    if searches > 64, !allKnown { try findAll(view, tables) }
    if heads[Int(account)] != Trails.unknown { return heads[Int(account)] }
    var runs = try view.cursor(tables.runs)
    var position: Position = 0
    while position == 0, try runs.previous() {
      let run = try AccountRun(runs.value)
      let entries = run.entries(of: account)
      if !entries.isEmpty { position = run.position(entries.upperBound - 1) }
    }
    heads[Int(account)] = position
    return position
  }

  // One pass over all runs, newest first, when many accounts are asked for.
  private mutating func findAll(_ view: View, _ tables: Tables) throws {
    var runs = try view.cursor(tables.runs)
    while try runs.previous() {
      let run = try AccountRun(runs.value)
      for index in 0..<run.accounts {
        let account = run.account(index)
        if account >= heads.count { grow(account) }
        let end = run.start(index + 1)
        if heads[Int(account)] == Trails.unknown, end > 0, end <= run.entries {
          heads[Int(account)] = run.position(end - 1)
        }
      }
    }
    for index in heads.indices where heads[index] == Trails.unknown { heads[index] = 0 }
    allKnown = true
  }

  /// Positions of pending events whose id has this key.
  mutating func find(id key: UInt64, _ found: inout [Position]) { ids.find(key, &found) }

  /// Writes the pending entries as a run, merged with the runs before it while they are small.
  mutating func flush(_ transaction: inout WriteTransaction, _ tables: Tables, head: Position)
    throws
  {
    var merged = AccountPairs(first: indexed + 1)
    var mergedIDs = IDPairs(first: indexed + 1)
    let firsts = try Trails.small(transaction.view, tables, Int(head - indexed))
    if let first = firsts.last {
      merged.reset(first: first)
      mergedIDs.reset(first: first)
      for first in firsts.reversed() {
        if let bytes = try transaction.view.get(tables.runs, first) {
          try AccountRun(bytes).add(to: &merged)
        }
        if let bytes = try transaction.view.get(tables.ids, first) {
          try IDRun(bytes).add(to: &mergedIDs)
        }
      }
      for entry in accounts.entries {
        merged.append(entry.account, accounts.first + UInt64(entry.offset))
      }
      for index in 0..<ids.keys.count {
        mergedIDs.append(ids.keys[index], ids.first + UInt64(ids.offsets[index]))
      }
    } else {
      swap(&merged, &accounts)
      swap(&mergedIDs, &ids)
    }
    for first in firsts {
      try transaction.remove(tables.runs, first)
      try transaction.remove(tables.ids, first)
    }
    try transaction.put(tables.runs, merged.first, merged.run(last: head).span, .insert)
    if let run = mergedIDs.run(last: head) {
      try transaction.put(tables.ids, mergedIDs.first, run.span, .insert)
    }
    indexed = head
    accounts.reset(first: head + 1)
    ids.reset(first: head + 1)
  }

  // First positions of the last runs, newest first, that fit into one with `count` more events.
  private static func small(_ view: View, _ tables: Tables, _ count: Int) throws -> [Position] {
    var total = count
    var firsts: [Position] = []
    var runs = try view.cursor(tables.runs)
    while try runs.previous() {
      let run = try AccountRun(runs.value)
      total += run.span
      // What has no house entries cannot be joined with what has.
      if !run.hasHouse { break }
      if total > Int(flushAt) { break }
      firsts.append(run.first)
    }
    return firsts
  }
}
