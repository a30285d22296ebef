import Foundation
import Journaling
import Ledger
import Proof
import Sealing

/// What a program said it had done, line by line, before it ended.
struct Acknowledged: Hashable {
  /// Events that are durable; nil when no ledger was promised yet.
  var head: Position?
  /// Events that are in the shipped folder, and in the ledger restored from it.
  var shipped: Position?
  var restored: Position?
  /// Entries whose content is destroyed.
  var redacted: [Position] = []
  /// What else is done: `copied`, `sealed`, `erasing`, `erased`.
  var done: Set<String> = []

  /// Takes lines in.
  mutating func note(_ text: String) {
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ")
      switch words.count {
      case 2 where words[0] == "shipped": shipped = Position(words[1])
      case 2 where words[0] == "restored": restored = Position(words[1])
      case 2 where words[0] == "redacted": redacted += Position(words[1]).map { [$0] } ?? []
      default:
        if let number = Position(line) { head = number } else { done.insert(String(line)) }
      }
    }
  }

  /// What is promised of one thing, in a form that is the same when it is.
  func promises(of thing: String) -> [String] {
    switch thing {
    case "book": [head.map(String.init) ?? ""] + redacted.map(String.init)
    case "keys": done.sorted()
    case "book-copy": [done.contains("copied") ? "copied" : ""]
    case "tiles": [shipped.map(String.init) ?? ""]
    case "back": [restored.map(String.init) ?? ""]
    default: []
    }
  }

  /// The lines that stand beside a folder.
  init(of folder: String) {
    note((try? String(contentsOfFile: folder + "-acks", encoding: .utf8)) ?? "")
  }

  /// Nothing yet.
  init() {}
}

/// What is found where a program ended, in whatever way.
enum Verdict: Int32 {
  /// Everything that was acknowledged is there, is whole, and goes on.
  case sound
  /// Nothing is there, and nothing was promised.
  case absent
  /// The ledger says itself that something is missing.
  case noticed
  /// Something acknowledged is gone.
  case lost
  /// Something is other than it was, and nobody says so.
  case wrong
}

/// Looks at the things in a folder, each against what was acknowledged of it.
struct Judge {
  let folder: String
  let acknowledged: Acknowledged
  /// The leaves of everything ever written, where they are known.
  var leaves: [TreeHash] = []
  var isQuiet = false

  /// Things that are judged one by one: the ledger, what is kept in its views, the keys of its
  /// persons, a copy, what was shipped, and the ledger restored from that.
  static let things = ["book", "views", "keys", "book-copy", "tiles", "back"]

  /// Which of them a file belongs to, by its path below the folder.
  static func thing(of path: some StringProtocol) -> String {
    if path.hasPrefix("book/views") { return "views" }
    // The key that wraps the keys stands beside the ledger.
    if path.hasPrefix("book/keys") || path.hasPrefix("book.key") { return "keys" }
    return things.first { path == $0 || path.hasPrefix($0 + "/") } ?? "book"
  }

  /// What must stand there for some things to be judged: views and keys are those of a ledger.
  static func needed(for some: [String]) -> [String] {
    some.contains { ["views", "keys"].contains($0) } ? Array(Set(some + ["book", "keys"])) : some
  }

  /// The worst of all.
  func all() -> Verdict { worst(Judge.things) }

  /// The worst of some; the ledger itself must be there to be sound.
  func worst(_ things: [String]) -> Verdict {
    var worst = Verdict.sound
    for thing in things {
      let verdict = judge(thing)
      if verdict == .absent, thing != "book" { continue }
      if verdict.rawValue > worst.rawValue { worst = verdict }
    }
    return worst
  }

  private func say(_ text: String) { if !isQuiet { note("  \(text)") } }

  private func judge(_ thing: String) -> Verdict {
    let path = folder + "/" + thing
    do {
      switch thing {
      case "book": return try ledger(path, atLeast: acknowledged.head)
      case "views": return try views(folder + "/book")
      case "keys": return try keys(folder + "/book")
      case "book-copy":
        return try ledger(path, atLeast: acknowledged.done.contains("copied") ? 0 : nil)
      case "tiles": return try tiles(TileFolder(path))
      default: return try ledger(path, atLeast: acknowledged.restored)
      }
    } catch {
      say("\(thing): \(error)")
      return .noticed
    }
  }

  // A ledger that holds so many events at least, if any were promised.
  private func ledger(_ path: String, atLeast promised: Position?) throws -> Verdict {
    let journal: Journal
    do throws(JournalError) {
      var options = Workload.options()
      options.examinesPages = true
      journal = try Journal(path, options)
    } catch {
      guard case .absent = error else { throw error }
      if promised != nil { say("\(path) is not there") }
      return promised == nil ? .absent : .lost
    }
    let head = try journal.read { (s) throws(JournalError) in s.head }
    if let promised, head < promised {
      say("\(promised) events were acknowledged in \(path), \(head) are there")
      return .lost
    }
    // Where every leaf is known, the quick check and the root say all that `verify` says.
    if let first = try leaves.isEmpty ? journal.verify().first : journal.check().first {
      say("\(path): \(first)")
      return .wrong
    }
    if !leaves.isEmpty {
      var (edge, complete) = (TreeEdge(), [TreeEdge.Complete]())
      for leaf in leaves.prefix(Int(head)) { edge.append(leaf, &complete) }
      guard head <= leaves.count, try journal.rehashed(head) == edge.root else {
        say("\(path) holds other events")
        return .wrong
      }
    }
    if path.hasSuffix("/book"), try !isGone(path, journal) { return .wrong }
    // And it can be written to.
    _ = try journal.append([Workload.probe])
    return .sound
  }

  // What was redacted stands in no file of the ledger, once it was opened to write.
  private func isGone(_ path: String, _ journal: Journal) throws -> Bool {
    for seq in Workload.redacted {
      let isRedacted = try journal.read { (s) throws(JournalError) in
        try s.event(at: seq) { (e) throws(JournalError) in e.redacted != nil } ?? false
      }
      if !isRedacted {
        if !acknowledged.redacted.contains(seq) { continue }
        say("\(seq) was redacted, and is there")
        return false
      }
      let words = Data("event \(seq) ".utf8)
      let all = FileManager.default.enumerator(atPath: path)
      while let name = all?.nextObject() as? String {
        guard FileManager.default.contents(atPath: path + "/" + name)?.range(of: words) != nil
        else { continue }
        say("\(name) holds what was redacted at \(seq)")
        return false
      }
    }
    return true
  }

  // What is kept is what the events say, or is passed over.
  private func views(_ path: String) throws -> Verdict {
    // Without leaves the ledger was verified whole.
    if leaves.isEmpty { return .sound }
    do throws(JournalError) {
      let found = try Journal(path, Workload.options()).verify()
      if let first = found.first { say("\(path): \(first)") }
      return found.isEmpty ? .sound : .wrong
    } catch {
      guard case .absent = error else { throw error }
      return .absent
    }
  }

  // Names open while their keys stand, and no file holds a key that was destroyed.
  private func keys(_ path: String) throws -> Verdict {
    let done = acknowledged.done
    guard done.contains("sealed") else { return .sound }
    let journal = try Journal(path, Workload.options())
    let sealer = Sealer(path, source: KeySource(nil, ledger: path), mode: .reading)
    func opens(_ person: String, _ name: String) throws -> Bool {
      guard let type = Register.event("party.onboarded") else { return false }
      let body = try journal.read { (s) throws(JournalError) in
        guard let seq = try s.position(ofEvent: "p-\(person)") else { return [UInt8]() }
        return try s.event(at: seq) { (e) throws(JournalError) in e.body.indices.map { e.body[$0] }
        }
          ?? []
      }
      let subject = Reference(kind: "party", id: person)
      let open = try sealer.open(body.span, of: type, subject: subject) ?? []
      return Data(open).range(of: Data(name.utf8)) != nil
    }
    guard try opens("P-2", "Ravi") else {
      say("what is about P-2 does not open any more")
      return .lost
    }
    let isOpen = try opens("P-1", "Asha")
    if !isOpen, !done.contains("erasing") {
      say("what is about P-1 does not open any more")
      return .lost
    }
    guard done.contains("erased") else { return .sound }
    if isOpen {
      say("P-1 was erased, and opens")
      return .wrong
    }
    let needle = try Data(contentsOf: URL(fileURLWithPath: folder + "-needle"))
    let all = FileManager.default.enumerator(atPath: folder)
    while let name = all?.nextObject() as? String {
      guard let bytes = FileManager.default.contents(atPath: folder + "/" + name),
        bytes.range(of: needle) != nil
      else { continue }
      say("\(name) holds the key of P-1, who was erased")
      return .wrong
    }
    return .sound
  }

  // A shipped folder up to its checkpoint: it makes a ledger.
  private func tiles(_ tiles: TileFolder) throws -> Verdict {
    guard let point = try tiles.checkpoint() else {
      return acknowledged.shipped == nil ? .absent : .lost
    }
    if let shipped = acknowledged.shipped, point.size < shipped { return .lost }
    let path = Place.make("restored-\(getpid())")
    defer { Place.remove(path) }
    let journal = try Journal.create(path + "/book", try tiles.identity(), Workload.options())
    return try tiles.restore(into: journal, key: nil) == point.size ? .sound : .wrong
  }
}
