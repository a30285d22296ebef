import Foundation
import Journaling
import Ledger
import Simulation
import Testing

/// Who holds what and who is credited, against the naive model, with reorganisations, moves and
/// allocations that were told late.
@Suite struct `Holders and the naive model` {
  static let groupings = ["zone", "area", "branch", "collector", "agency", "legal"]

  /// `ARREARS_VANTAGES` asks for more than 30, `ARREARS_SEED` for another life.
  @Test func `aging by holder and credit of receipts equal the naive model at random vantages`()
    throws
  {
    let environment = ProcessInfo.processInfo.environment
    let count = environment["ARREARS_VANTAGES"].flatMap { Int($0) } ?? 30
    let seed = environment["ARREARS_SEED"].flatMap { UInt64($0) } ?? 2026
    let from = try #require(Day("2025-04-01"))
    let life = Life(seed: seed, accounts: 90, from: from, days: 365, chapters: .organisation)
    let model = NaiveModel(life.told)
    let ledger = try Restored(life)
    var chance = Chance(seed: seed, stream: 78)
    var differences: [String] = []
    var lines = Set<String>()
    for _ in 0..<count where differences.count < 20 {
      let asOf = from + chance.pick(-5...400)
      let known = UInt64(chance.pick(1...life.entries.count))
      let by = chance.pick(Self.groupings)
      let first = asOf - chance.pick(0...120)
      let last = first + chance.pick(0...120)
      let told =
        try ledger.aging(by: by, asOf: asOf, knownAt: known).map { "aging " + $0 }
        + ledger.collected(by: by, from: first, to: last, asOf: asOf, knownAt: known).map {
          "collected " + $0
        }
      let foretold =
        model.aging(by: by, asOf: asOf, knownAt: known).map { "aging " + $0 }
        + model.collected(by: by, from: first, to: last, asOf: asOf, knownAt: known).map {
          "collected " + $0
        }
      for line in Set(told).symmetricDifference(foretold).sorted() {
        let who = foretold.contains(line) ? "naive " : "ledger"
        differences.append("\(asOf) known \(known) \(first)-\(last) \(who) \(line)")
      }
      for line in told { lines.insert(String(line.prefix { $0 != "," })) }
    }
    #expect(
      differences.isEmpty, "seed \(seed):\n\(differences.prefix(20).joined(separator: "\n"))")
    // The comparison is worth something only if all kinds of line were met.
    for line in [
      "aging unallocated", "aging no zone", "aging zone-1", "aging held by agency",
      "aging collector-7", "aging agency-2", "collected unallocated", "collected zone-2",
      "collected collector-3", "collected no branch",
    ] { #expect(lines.contains(line), "\(line) never came") }
  }

  @Test func `the house leaves the money of a seed as it was`() throws {
    let from = try #require(Day("2025-04-01"))
    func money(_ life: Life) -> [String] {
      life.told.compactMap { event in
        switch event.what {
        case .organised, .mistaken: nil
        default: "\(event.account) \(event.occurred) \(event.what)"
        }
      }
    }
    let plain = money(Life(seed: 5, accounts: 40, from: from, days: 200))
    let housed = money(Life(seed: 5, accounts: 40, from: from, days: 200, chapters: .organisation))
    #expect(plain == housed)
  }
}

extension Restored {
  /// `show aging --by …`: `label,accounts,overdue,outstanding,credit,dpd` in minor units.
  func aging(by grouping: String, asOf: Day, knownAt: Position) throws -> [String] {
    let by = try #require(Aging.Grouping(rawValue: grouping))
    return try lines(Aging(by: by, form: .bucketed, asOf: asOf), asOf, knownAt) { row in
      [row[0], row[2], row[3], row[4], row[6], row[7]]
    }
  }

  /// `show collected`: `label,receipts,received,taken_back` in minor units.
  func collected(by grouping: String, from: Day, to: Day, asOf: Day, knownAt: Position) throws
    -> [String]
  {
    let by = try #require(HolderGrouping(rawValue: grouping))
    return try lines(Collected(by: by, from: from, to: to, asOf: asOf), asOf, knownAt) { row in
      [row[0], row[2], row[3], row[4]]
    }
  }

  private func lines<B: Book>(
    _ book: B, _ asOf: Day, _ knownAt: Position, _ cells: ([Sheet.Cell]) -> [Sheet.Cell]
  ) throws -> [String] {
    let question = Question(vantage: Vantage(asOf: asOf, knownAt: knownAt))
    let sheet = try journal.read { (snapshot) throws(JournalError) in
      try journal.answer(book, question, snapshot).book.sheet(journal.naming)
    }
    return sheet.rows.map { row in
      cells(row).map { cell in
        switch cell {
        case .text(let text): text
        case .integer(let number): String(number)
        case .money(let minor, _): String(minor)
        default: "?"
        }
      }.joined(separator: ",")
    }.sorted()
  }
}
