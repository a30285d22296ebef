import Foundation
import Journaling
import Ledger
import Simulation
import Testing

/// One simulated year in which everything happens, restored once for all tests that only ask, and
/// what they compare.
enum Year {
  static let from = Day("2025-04-01") ?? .none
  static let environment = ProcessInfo.processInfo.environment
  /// `ARREARS_SEED` asks for another life, `ARREARS_ACCOUNTS` for more than 80 accounts.
  static let seed = environment["ARREARS_SEED"].flatMap { UInt64($0) } ?? 2035
  static let accounts = environment["ARREARS_ACCOUNTS"].flatMap { Int($0) } ?? 80
  static let life = Life(
    seed: seed, accounts: accounts, from: from, days: 365, chapters: .all)
  static let desk = NaiveDesk(life)
  static let ledger: Result<Restored, any Error> = restore()

  private static func restore() -> Result<Restored, any Error> {
    // What lives as long as the tests is removed when they end.
    atexit { _ = try? Year.ledger.get().remove() }
    do { return .success(try Restored(life)) } catch { return .failure(error) }
  }

  /// How many vantages are asked about; `ARREARS_VANTAGES` asks for more.
  static func vantages(_ few: Int) -> Int {
    environment["ARREARS_VANTAGES"].flatMap { Int($0) } ?? few
  }

  /// A question that lines of a book answer, and what the naive model foretells.
  typealias Pair = (what: String, told: [String], foretold: [String])

  /// Asks at random vantages, a third of them with all that is known; the words met.
  @discardableResult static func compare(
    _ count: Int, stream: UInt64, _ ask: (Restored, Vantage, inout Chance) throws -> [Pair]
  ) throws -> Set<String> {
    let ledger = try Self.ledger.get()
    var chance = Chance(seed: seed, stream: stream)
    var differences: [String] = []
    var met: Set<String> = []
    for turn in 0..<count where differences.count < 20 {
      let last = life.entries.count
      let vantage = Vantage(
        asOf: from + chance.pick(20...380),
        knownAt: UInt64(turn % 3 == 0 ? last : chance.pick(last / 4...last)))
      for (what, told, foretold) in try ask(ledger, vantage, &chance) {
        for line in Set(told).symmetricDifference(foretold).sorted() {
          let who = foretold.contains(line) ? "naive " : "ledger"
          differences.append("\(what) \(vantage.asOf) known \(vantage.knownAt) \(who) \(line)")
        }
        if told.count != foretold.count {
          differences.append("\(what): \(told.count) lines, naive \(foretold.count)")
        }
        for line in told {
          met.formUnion(line.split { ", ".contains($0) }.map { "\(what) \($0)" })
        }
      }
    }
    #expect(
      differences.isEmpty, "seed \(seed):\n\(differences.prefix(20).joined(separator: "\n"))")
    return met
  }
}

extension Sheet {
  /// Cells of columns, a line a row: sums in minor units, lists with spaces, nothing empty.
  func lines(_ names: [String]) -> [String] {
    let places = names.map { name in columns.firstIndex { $0.name == name } ?? -1 }
    return rows.map { row in
      places.map { place in
        switch row[place] {
        case .money(let minor, _): "\(minor)"
        case .none: ""
        default: row[place].plain.replacingOccurrences(of: ", ", with: " ")
        }
      }.joined(separator: ",")
    }.sorted()
  }
}

extension Restored {
  /// A book of accounts, in columns.
  func lines<B: Book>(_ book: B, _ vantage: Vantage, _ columns: [String]) throws -> [String] {
    try journal.read { (snapshot) throws(JournalError) in
      let answer = try journal.answer(book, Question(vantage: vantage), snapshot)
      return answer.book.sheet(journal.naming)
    }.lines(columns)
  }

  /// A register of what stands on nobody's account, in columns.
  func lines(
    _ columns: [String], _ sheet: (Journal, borrowing Snapshot) throws -> Sheet
  ) throws -> [String] {
    var lines: [String] = []
    try journal.reading { journal, snapshot in
      lines = try sheet(journal, snapshot).lines(columns)
    }
    return lines
  }
}
