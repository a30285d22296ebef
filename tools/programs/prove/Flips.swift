import Foundation
import Journaling
import Ledger
import Proof

/// A disk that does not give back what it was given: bits that turn, pages that change places, pages
/// that are put back to an older state, in the log and in what is kept beside it. `verify` reads it
/// in a process of its own. Damage that nothing speaks of must leave everything that a reader can see
/// as it was.
struct Flips {
  var seed: UInt64
  var count: Int

  struct Outcome {
    var runs = 0
    /// Said, with a sentence.
    var found = 0
    /// The file is not even opened, and that is said.
    var refused = 0
    /// In bytes that mean nothing: all that can be read is as it was.
    var harmless = 0
    var undetected = 0
    /// The system ended the process (SIGSEGV, SIGBUS), or LMDB did (SIGABRT): the parent says so.
    var ended = 0
    /// A trap of Swift, or a loop.
    var trapped = 0
  }

  /// What is done to a file.
  enum Damage { case bit, swapped, older }

  private let book: String
  private let log: String
  private let files: [(path: String, clean: [UInt8])]
  private let older: [UInt8]
  private let expected: [String]

  init(seed: UInt64, count: Int) throws {
    (self.seed, self.count) = (seed, count)
    let folder = Place.make("flips")
    Place.remove(folder + "-acks")
    (book, log) = (folder + "/book", folder + "/book/log/data.mdb")
    func bytes(_ path: String) throws -> [UInt8] {
      try [UInt8](Data(contentsOf: URL(fileURLWithPath: path)))
    }
    var work = Workload(folder)
    try work.run(["append=1200", "import"])
    older = try bytes(log)
    try work.run(["append=1652", "keep"])
    let views = ["facts", "promise"].map { folder + "/book/views/\($0)/data.mdb" }
    files = try ([log] + views).map { ($0, try bytes($0)) }
    expected = try Flips.fingerprint(book)
  }

  func run(_ damage: Damage) -> Outcome {
    var (outcome, chance) = (Outcome(), Chance(seed))
    for _ in 0..<count {
      let what = spoil(damage, &chance)
      let end = Child.run(limit: 30) { self.verdict(isBlind: false) }
      outcome.runs += 1
      switch end {
      case .status(0): outcome.harmless += 1
      case .status(1): outcome.found += 1
      case .status(2): outcome.refused += 1
      case .status(3): outcome.undetected += 1
      case .signal(SIGSEGV), .signal(SIGBUS), .signal(SIGABRT): outcome.ended += 1
      default: outcome.trapped += 1
      }
      if ![.status(0), .status(1), .status(2)].contains(end) { note("  \(what): \(end)") }
      restore()
    }
    return outcome
  }

  /// The same with a verifier that looks at nothing: damage must then go undetected, or end the
  /// process.
  func control() -> Int {
    var (found, chance) = (0, Chance(seed))
    for _ in 0..<min(40, count) {
      _ = spoil(.bit, &chance)
      let end = Child.run(limit: 30) { self.verdict(isBlind: true) }
      if end != .status(0) { found += 1 }
      restore()
    }
    return found
  }

  // Status 0 nothing is different, 1 found, 2 refused, 3 different without a word.
  private func verdict(isBlind: Bool) -> Int32 {
    if !isBlind { do { if try Flips.isFound(book) { return 1 } } catch { return 2 } }
    do {
      let now = try Flips.fingerprint(book)
      if now == expected { return 0 }
      if isBlind { return 3 }
      let place = zip(now, expected).first { $0 != $1 }
      note("  \(place.map { "\($0) instead of \($1)" } ?? "lines are missing")")
    } catch { if !isBlind { note("  \(error)") } }
    return 3
  }

  // MARK: Damage

  private func spoil(_ damage: Damage, _ chance: inout Chance) -> String {
    let (path, clean) = files[damage == .bit && chance.below(5) == 0 ? 1 + chance.below(2) : 0]
    switch damage {
    case .bit:
      let (place, bit) = (chance.below(clean.count), UInt8(1) << UInt8(chance.below(8)))
      patch(path, place, [clean[place] ^ bit])
      return "\(path.suffix(20)), byte \(place) (page \(place / 4096)), bit \(bit)"
    case .swapped:
      let pages = clean.count / 4096
      let (a, b) = (chance.below(pages), chance.below(pages))
      patch(path, a * 4096, clean[b * 4096..<(b + 1) * 4096])
      patch(path, b * 4096, clean[a * 4096..<(a + 1) * 4096])
      return "pages \(a) and \(b) swapped"
    case .older:
      // A page that is another now than it was.
      let pages = (0..<min(older.count, clean.count) / 4096).filter {
        older[$0 * 4096..<($0 + 1) * 4096] != clean[$0 * 4096..<($0 + 1) * 4096]
      }
      let page = pages[chance.below(pages.count)]
      patch(path, page * 4096, older[page * 4096..<(page + 1) * 4096])
      return "page \(page) put back"
    }
  }

  private func restore() {
    for (path, clean) in files { patch(path, 0, clean[...]) }
  }

  private func patch(_ path: String, _ place: Int, _ bytes: ArraySlice<UInt8>) {
    let file = unsafe open(path, O_WRONLY)
    unsafe bytes.withUnsafeBytes { _ = unsafe pwrite(file, $0.baseAddress, $0.count, off_t(place)) }
    close(file)
  }

  // MARK: Looking

  // Opening for writing compares the head outside.
  private static func isFound(_ path: String) throws -> Bool {
    var options = Workload.options()
    (options.readOnly, options.ignoresOutsideHead, options.examinesPages) = (true, true, true)
    do {
      let journal = try Journal(path, options)
      if try !journal.verify().isEmpty { return true }
    }
    do throws(JournalError) { _ = try Journal(path, Workload.options()) } catch {
      switch error {
      case .outsideHeadNewer, .outsideHeadDiffers: return true
      default: throw error
      }
    }
    return false
  }

  /// Everything a reader can see: events, names, trails, ids, answers, and a book that reads views.
  static func fingerprint(_ path: String) throws -> [String] {
    var options = Workload.options()
    (options.readOnly, options.ignoresOutsideHead) = (true, true)
    let journal = try Journal(path, options)
    var lines: [String] = []
    func add(_ text: String) { lines.append(text) }
    try journal.read { (snapshot) throws(JournalError) in
      try snapshot.bundles { (bundle) throws(JournalError) in
        for index in 0..<bundle.count {
          add("event \(TreeHash.leaf(bundle.event(index).bytes).base64)")
        }
      }
      for kind in NameKind.allCases { try snapshot.names(kind) { add("\($0) \($1)") } }
      for number in 1..<UInt32(try snapshot.count(of: .account) + 1) {
        add("\(try snapshot.positions(of: number))")
        let name = try snapshot.name(.account, number) ?? ""
        add("\(try snapshot.number(.account, name) ?? 0)")
      }
      for number in stride(from: 7, to: 1652, by: 7) {
        add("\(try snapshot.position(ofEvent: "id-\(number)") ?? 0)")
      }
      for number in 1...1652 {
        if let row = try snapshot.command(CommandKey("key-\(number)")) { add("\(row)") }
      }
      add("\(try snapshot.root(of: snapshot.head)) \(journal.identity)")
      guard let day = Day("2026-01-31") else { return }
      let question = Question(vantage: Vantage(asOf: day, knownAt: snapshot.head))
      let aging = try journal.answer(
        Aging(by: .account, form: .bucketed, asOf: day), question, snapshot)
      for row in aging.book.sheet(journal.naming).rows {
        add(row.map(\.plain).joined(separator: ","))
      }
    }
    return lines
  }
}
