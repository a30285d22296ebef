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

  /// A question that lines of a book answer, and what the naive model foretells.
  typealias Pair = (what: String, told: [String], foretold: [String])

  /// A place in the year from which every book is looked at: of each ten, three with all that is
  /// known, six with some of it, one with anything down to the first entry.
  static func vantage(_ turn: Int, of life: Life) -> Vantage {
    var chance = Chance(seed: seed, stream: 1 << 20 + UInt64(turn))
    let (last, isAny) = (life.entries.count, turn % 10 == 9)
    let asOf = from + chance.pick((isAny ? -5 : 20)...400)
    let known = chance.pick((isAny ? 1 : last / 4)...last)
    return Vantage(asOf: asOf, knownAt: UInt64(turn % 10 < 9 && turn % 3 == 0 ? last : known))
  }

  /// Asks a book at vantages that all books share; the words met.
  ///
  /// `ARREARS_VANTAGES` asks at more than a few. Of so many, `ARREARS_SHARE=10` asks each book at
  /// every tenth, drawn by chance, and `ARREARS_SLICE=2/4` at the second fourth.
  @discardableResult static func compare(
    _ book: String, _ few: Int, stream: UInt64, of life: Life = life, in own: Restored? = nil,
    _ ask: (Restored, Vantage, inout Chance) throws -> [Pair]
  ) throws -> Set<String> {
    let ledger = try own ?? Self.ledger.get()
    let begun = Date()
    var differences: [String] = []
    var met: Set<String> = []
    var (asked, lines) = (0, 0)
    let count = number("ARREARS_VANTAGES") ?? few
    for turn in 0..<count where differences.count < 20 {
      let vantage = vantage(turn, of: life)
      var chance = Chance(seed: seed &+ stream, stream: UInt64(turn))
      guard isMine(turn, &chance) else { continue }
      asked += 1
      for (what, told, foretold) in try ask(ledger, vantage, &chance) {
        lines += told.count
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
      if isLarge { report(book, asked, lines, differences.count, since: begun, life) }
    }
    #expect(
      differences.isEmpty, "seed \(seed):\n\(differences.prefix(20).joined(separator: "\n"))")
    return met
  }

  private static func number(_ name: String) -> Int? { environment[name].flatMap { Int($0) } }

  /// Whether more is asked than a build does: then it is told how far it is, and what a few
  /// questions never met says nothing.
  static let isLarge = ["ARREARS_VANTAGES", "ARREARS_ACCOUNTS"].contains { number($0) != nil }

  /// Those of many words that never came: a comparison is worth what it met.
  static func never(_ words: [String], _ met: Set<String>) -> [String] {
    let never = words.filter { !met.contains($0) }
    if isLarge, !never.isEmpty { print("never: \(never.joined(separator: ", "))") }
    return isLarge ? [] : never
  }

  private static func isMine(_ turn: Int, _ chance: inout Chance) -> Bool {
    if let share = number("ARREARS_SHARE"), !chance.happens(share * 100) { return false }
    let slice = (environment["ARREARS_SLICE"] ?? "").split(separator: "/").compactMap { Int($0) }
    return slice.count != 2 || turn % slice[1] == slice[0] - 1
  }

  private static func report(
    _ book: String, _ asked: Int, _ lines: Int, _ differences: Int, since begun: Date, _ life: Life
  ) {
    let seconds = (Date().timeIntervalSince(begun) * 10).rounded() / 10
    print(
      "\(book): \(asked) vantages, \(lines) lines, \(differences) differences, \(seconds) s "
        + "(seed \(seed), \(accounts) accounts, \(life.entries.count) events)")
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
  func lines<B: Book>(
    _ book: B, _ vantage: Vantage, drafts: [(kind: String, body: [UInt8])] = [],
    _ columns: [String]
  ) throws -> [String] {
    try sheet(book, vantage, drafts: drafts).lines(columns)
  }

  /// The table of a book of accounts.
  func sheet<B: Book>(
    _ book: B, _ vantage: Vantage, drafts: [(kind: String, body: [UInt8])] = []
  ) throws -> Sheet {
    try journal.read { (snapshot) throws(JournalError) in
      var question = Question(vantage: vantage)
      question.drafts = drafts
      return try journal.answer(book, question, snapshot).book.sheet(journal.naming)
    }
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
