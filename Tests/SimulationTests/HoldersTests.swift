import Foundation
import Journaling
import Ledger
import Simulation
import Testing

/// Who holds what and who is credited, against the naive model, with reorganisations, moves and
/// allocations that were told late.
@Suite struct `Holders and the naive model` {
  static let groupings = ["zone", "area", "branch", "collector", "agency", "legal"]

  @Test func `aging by holder and credit of receipts equal the naive model at random vantages`()
    throws
  {
    let model = Year.desk.model
    let met = try Year.compare("holders", 24, stream: 310) { ledger, vantage, chance in
      let (asOf, known) = (vantage.asOf, vantage.knownAt)
      let by = chance.pick(Self.groupings)
      let first = asOf - chance.pick(0...120)
      let last = first + chance.pick(0...120)
      return [
        (
          "aging", try ledger.aging(by: by, asOf: asOf, knownAt: known),
          model.aging(by: by, asOf: asOf, knownAt: known)
        ),
        (
          "collected",
          try ledger.collected(by: by, from: first, to: last, asOf: asOf, knownAt: known),
          model.collected(by: by, from: first, to: last, asOf: asOf, knownAt: known)
        ),
      ]
    }
    let never = [
      "aging unallocated", "aging zone", "aging zone-1", "aging held", "aging collector-7",
      "aging agency-2", "collected unallocated", "collected zone-2", "collected collector-3",
      "collected branch",
    ]
    #expect(Year.never(never, met) == [])
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
