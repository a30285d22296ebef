import Foundation
import Journaling
import Ledger
import Proof

/// Bits that turn on a disk. Each is turned in a copy, and `verify` reads it in a process of its
/// own. A bit that nothing speaks of must leave everything that a reader can see as it was.
struct Flips {
  var seed: UInt64
  var count: Int

  struct Outcome {
    var flips = 0
    /// Said, with a sentence.
    var found = 0
    /// LMDB or the system refused to read; the caller is told.
    var refused = 0
    /// In a page or a gap that holds nothing: all that can be read is as it was.
    var harmless = 0
    var undetected = 0
    var trapped = 0
  }

  func run() throws -> Outcome {
    let folder = Place.make("flips")
    let book = folder + "/book"
    let work = Workload(book, acknowledgements: folder + "-acks")
    try work.append(to: 1500)
    _ = try work.open().rebuild()
    let expected = try Flips.fingerprint(book)
    let path = book + "/log/data.mdb"
    let clean = try [UInt8](Data(contentsOf: URL(fileURLWithPath: path)))
    var chance = Chance(seed)
    var outcome = Outcome()
    for _ in 0..<count {
      let (place, bit) = (chance.below(clean.count), UInt8(1) << UInt8(chance.below(8)))
      patch(path, place, clean[place] ^ bit)
      let end = Child.run(limit: 30) {
        // Each opens the file for itself: a process has it open once.
        do { if try Flips.isFound(book) { return 1 } } catch { return 2 }
        // Nothing was found: then nothing may be different.
        do {
          let now = try Flips.fingerprint(book)
          if now == expected { return 0 }
          let place = zip(now, expected).enumerated().first { $0.element.0 != $0.element.1 }
          note(
            "  \(place.map { "\($0.element.0) instead of \($0.element.1)" } ?? "lines are missing")"
          )
        } catch { note("  \(error)") }
        return 3
      }
      outcome.flips += 1
      switch end {
      case .status(0): outcome.harmless += 1
      case .status(1): outcome.found += 1
      case .status(2), .signal(SIGSEGV), .signal(SIGBUS), .signal(SIGABRT): outcome.refused += 1
      case .status(3):
        outcome.undetected += 1
        note("  byte \(place) (page \(place / 4096)), bit \(bit): not detected")
      default:
        // A trap of ours, or a loop: the caller of `verify` is told all the same, but it is a
        // defect.
        outcome.trapped += 1
        note("  byte \(place) (page \(place / 4096)), bit \(bit): \(end)")
      }
      patch(path, place, clean[place])
    }
    return outcome
  }

  private func patch(_ path: String, _ place: Int, _ byte: UInt8) {
    let file = unsafe open(path, O_WRONLY)
    var byte = byte
    unsafe _ = pwrite(file, &byte, 1, off_t(place))
    close(file)
  }

  // Opening for writing compares the head outside.
  private static func isFound(_ path: String) throws -> Bool {
    if try !verified(path).isEmpty { return true }
    do throws(JournalError) { _ = try Journal(path, Workload.options()) } catch {
      switch error {
      case .outsideHeadNewer, .outsideHeadDiffers: return true
      default: throw error
      }
    }
    return false
  }

  private static func verified(_ path: String) throws -> [Damage] {
    var options = Workload.options()
    (options.readOnly, options.ignoresOutsideHead) = (true, true)
    return try Journal(path, options).verify()
  }

  /// Everything a reader can see: events, names, trails, ids, answers.
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
      for number in stride(from: 7, to: 1500, by: 7) {
        add("\(try snapshot.position(ofEvent: "id-\(number)") ?? 0)")
      }
      for number in 1...1500 {
        if let row = try snapshot.command(CommandKey("key-\(number)")) { add("\(row)") }
      }
      add("\(try snapshot.root(of: snapshot.head)) \(journal.identity)")
    }
    return lines
  }
}
