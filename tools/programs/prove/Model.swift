import Foundation
import Journaling
import Ledger
import LedgerTesting
import Proof
import Synchronization

/// Operations of chance on a ledger and on plain arrays and dictionaries beside it, while the clock
/// jumps; after each both must say the same.
struct Model {
  var seed: UInt64
  var count: Int
  /// For the control: forgets one entry of one trail, which must be noticed.
  var forgets = false

  private struct Book {
    var leaves: [TreeHash] = []
    var trails: [String: [Position]] = [:]
    var ids: [String: Position] = [:]
    var keys: [String: (numbers: [Int], first: Position)] = [:]
    var next = 1
    var edge = TreeEdge()
    var head: Position { Position(leaves.count) }
  }

  /// Runs; gives the operations done and what disagreed.
  func run() throws -> (done: Int, found: [String]) {
    let path = Place.make("model") + "/book"
    var options = Workload.options()
    let clock = JumpingClock(seed)
    options.clock = { clock.now }
    var journal: Journal? = try Journal.create(path, Workload.identity, options)
    var (book, chance, found) = (Book(), Chance(seed), [String]())
    var done = 0
    while done < count, found.isEmpty {
      done += 1
      // Closed and opened again: the last reference goes first.
      if done % 29 == 0 {
        try journal?.close()
        journal = nil
        journal = try Journal(path, options)
      }
      guard let open = journal else { break }
      switch chance.below(100) {
      case 0..<35: try append(open, &book, &chance, &found)
      case 35..<40: try bulk(open, &book, &chance)
      case 40..<48: try again(open, &book, &chance, &found)
      case 48..<52: abort(open, &book, &chance)
      case 52..<98: try read(open, &book, &chance, &found)
      case 98: if chance.below(20) == 0 { try open.rebuild() }
      default:
        if chance.below(10) == 0, let first = try open.check().first { found.append("\(first)") }
      }
      if !found.isEmpty { found = found.map { "operation \(done): \($0)" } }
    }
    if let journal, found.isEmpty {
      found += try journal.verify().map { "\($0)" }
      let root = try journal.rehashed(book.head)
      if root != book.edge.root { found.append("the root is not that of the events") }
    }
    return (done, found)
  }

  private func drafts(_ count: Int, _ book: Book, _ chance: inout Chance) -> [(Int, Draft)] {
    (0..<count).map { offset in
      let number = book.next + offset
      var draft = Workload.draft(number)
      draft.body = TemporaryLedger.flag(String(repeating: "x", count: chance.below(200)))
      return (number, draft)
    }
  }

  private func note(_ drafts: [(Int, Draft)], _ journal: Journal, _ book: inout Book) throws {
    var complete: [TreeEdge.Complete] = []
    for (number, draft) in drafts {
      let seq = book.head + 1
      let leaf = try journal.read { (s) throws(JournalError) in
        try s.event(at: seq) { (e) throws(JournalError) in TreeHash.leaf(e.bytes) }
      }
      book.leaves.append(leaf ?? TreeHash())
      book.edge.append(leaf ?? TreeHash(), &complete)
      for account in Set([draft.subject.id] + draft.refs.map(\.id)) {
        if forgets, seq == 40 { continue }
        book.trails[account, default: []].append(seq)
      }
      if let id = draft.eventID { book.ids[id] = seq }
      book.next = number + 1
    }
  }

  private func append(
    _ journal: Journal, _ book: inout Book, _ chance: inout Chance, _ found: inout [String]
  ) throws {
    let some = drafts(1 + chance.below(4), book, &chance)
    let key = chance.below(2) == 0 ? "key-\(book.next)" : nil
    let before = book.head
    let receipt = try journal.append(some.map(\.1), key: key.map { CommandKey($0) })
    if receipt.first != before + 1 || receipt.last != before + Position(some.count) {
      found.append("appended at \(receipt), after \(before)")
    }
    try note(some, journal, &book)
    if let key { book.keys[key] = (some.map(\.0), before + 1) }
  }

  private func bulk(_ journal: Journal, _ book: inout Book, _ chance: inout Chance) throws {
    let some = drafts(chance.below(400), book, &chance)
    try journal.write { (batch: inout Batch) throws(JournalError) in
      for (index, draft) in some.enumerated() {
        try batch.append(draft.1)
        if index % 150 == 149 { try batch.checkpoint() }
      }
    }
    try note(some, journal, &book)
  }

  // The same key with other events is a conflict, whatever they are.
  private func again(
    _ journal: Journal, _ book: inout Book, _ chance: inout Chance, _ found: inout [String]
  ) throws {
    guard let key = book.keys.keys.sorted().randomElement(using: &chance),
      let known = book.keys[key]
    else { return }
    do throws(JournalError) {
      _ = try journal.append([Workload.draft(1_000_000)], key: CommandKey(key))
      found.append("the key \(key) recorded twice")
    } catch {
      guard case .conflict(_, let first, _) = error, first == known.first else {
        found.append("the key \(key) was answered with \(error)")
        return
      }
    }
  }

  private func abort(_ journal: Journal, _ book: inout Book, _ chance: inout Chance) {
    let some = drafts(chance.below(300), book, &chance)
    _ = try? journal.write { (batch: inout Batch) throws(JournalError) in
      for (_, draft) in some { try batch.append(draft) }
      throw JournalError.invalid("undone on purpose")
    }
  }

  private func read(
    _ journal: Journal, _ book: inout Book, _ chance: inout Chance, _ found: inout [String]
  ) throws {
    let head = try journal.read { (s) throws(JournalError) in s.head }
    if head != book.head { found.append("the head is \(head), not \(book.head)") }
    guard book.head > 0 else { return }
    let seq = Position(1 + chance.below(Int(book.head)))
    let account = "A\(chance.below(14))"
    let id = "id-\(chance.below(book.next + 7))"
    let size = Position(chance.below(Int(book.head) + 1))
    try journal.read { (s) throws(JournalError) in
      let leaf = try s.event(at: seq) { (e) throws(JournalError) in TreeHash.leaf(e.bytes) }
      if leaf != book.leaves[Int(seq) - 1] { found.append("event \(seq) is another") }
      let number = try s.number(.account, account)
      let trail = try number.map { (n) throws(JournalError) in try s.positions(of: n) } ?? []
      if trail != book.trails[account] ?? [] { found.append("the trail of \(account) is \(trail)") }
      let place = try s.position(ofEvent: id)
      if place != book.ids[id] { found.append("\(id) stands at \(place ?? 0)") }
      let path = try s.inclusion(of: seq, in: s.head)
      let isIn = TreeProof.isIncluded(
        book.leaves[Int(seq) - 1], at: seq - 1, in: book.edge.root, size: s.head, path: path)
      if !isIn { found.append("the path of \(seq) does not lead to the root") }
      let proof = try s.consistency(from: size, to: s.head)
      let isSame = TreeProof.isConsistent(
        old: size, try s.root(of: size), new: s.head, book.edge.root, proof: proof)
      if !isSame { found.append("size \(size) is not the beginning of \(s.head)") }
    }
  }
}

/// A clock that goes on a little at a time, and now and then jumps by up to a year either way.
private final class JumpingClock: Sendable {
  private let state: Mutex<(chance: Chance, time: Int64)>

  init(_ seed: UInt64) { state = Mutex((Chance(seed), 1_767_225_600_000_000)) }

  var now: Moment {
    state.withLock { state in
      let year = 31_536_000_000_000
      state.time += 1
      if state.chance.below(20) == 0 { state.time += Int64(state.chance.below(2 * year) - year) }
      return Moment(rawValue: state.time)
    }
  }
}
