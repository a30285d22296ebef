import Foundation
import Journaling
import Ledger
import Simulation
import Testing

/// Reports on a period against the naive model: late money restates both ends, accounts come, close
/// and are written off, holders change.
@Suite struct `Periods and the naive model` {
  static let groupings = ["zone", "branch", "collector", "agency"]

  @Test func `roll, management report and patterns equal the naive model at random vantages`()
    throws
  {
    let model = NaivePeriod(Year.desk)
    let met = try Year.compare("periods", 8, stream: 312) { ledger, vantage, chance in
      let (closing, known) = (vantage.asOf, vantage.knownAt)
      let opening = closing - chance.pick(1...120)
      let by = chance.pick(Self.groupings)
      let (roll, report) = model.month(by: by, opening: opening, closing: closing, knownAt: known)
      var pairs: [Year.Pair] = [
        ("roll", try ledger.roll(vantage, opening), roll),
        ("mis", try ledger.report(vantage, by, opening), report),
      ]
      if chance.happens(2500) {
        let book = PaymentPattern(months: 6, asOf: closing)
        let told = try ledger.lines(book, vantage, ["account", "pattern"])
        pairs.append(("pattern", told, model.patterns(book.earlier + [closing], knownAt: known)))
      }
      return pairs
    }
    // The comparison is worth something only if accounts came, went and moved.
    let never = [
      "not_open", "closed", "current", "1-30", "31-60", "written_off",
    ].map { "roll \($0)" }
    #expect(Year.never(never + ["mis unallocated"], met) == [])
  }

  /// Fixed-day sums, cut anywhere: whatever is folded in parts is what is folded whole.
  @Test func `the opening of a report is the aging of that day, and so is its closing`() throws {
    let from = try #require(Day("2025-04-01"))
    let life = Life(seed: 7, accounts: 60, from: from, days: 300)
    let ledger = try Restored(life)
    let known = UInt64(life.entries.count)
    for (first, last) in [(40, 70), (70, 160), (160, 299)] {
      let (opening, closing) = (from + first, from + last)
      let rows = try ledger.lines(
        RollMatrix(by: .total, form: .list, opening: opening, closing: closing),
        Vantage(asOf: closing, knownAt: known),
        ["from", "to", "accounts", "opening_balance", "closing_balance"])
      var sums: [String: (accounts: Int, closing: Int64)] = [:]
      for row in rows {
        let cells = row.split(separator: ",").map(String.init)
        guard cells[1] != "closed" else { continue }
        sums[cells[1], default: (0, 0)].accounts += Int(cells[2]) ?? 0
        sums[cells[1], default: (0, 0)].closing += Int64(cells[4]) ?? 0
      }
      let aging = try ledger.lines(
        Aging(by: .bucket, form: .bucketed, asOf: closing),
        Vantage(asOf: closing, knownAt: known), ["bucket", "outstanding"])
      for row in aging {
        let cells = row.split(separator: ",").map(String.init)
        // What was closed owes nothing, so sums agree although aging still counts it.
        #expect(sums[cells[0]]?.closing ?? 0 == Int64(cells[1]), "\(closing) \(cells[0])")
      }
    }
  }
}

extension Restored {
  fileprivate func roll(_ vantage: Vantage, _ opening: Day) throws -> [String] {
    let book = RollMatrix(by: .total, form: .list, opening: opening, closing: vantage.asOf)
    return try cells(
      book, vantage, ["from", "to", "accounts", "opening_balance", "closing_balance"])
  }

  fileprivate func report(_ vantage: Vantage, _ by: String, _ opening: Day) throws -> [String] {
    let names = [
      "opening_accounts", "closing_accounts", "recovery_write_off", "cure_all_count", "par_30",
      "cure_all_3_months_count", "liquidation", "first_call_resolution",
      "efficiency_current_demand_first", "efficiency_current_oldest_first",
      "efficiency_with_arrears", "coverage", "intensity_of_attempted", "right_party_rate",
      "contactability_of_allocated",
    ]
    let book = ManagementReport(
      by: try #require(PeriodGrouping(rawValue: by)), opening: opening, closing: vantage.asOf,
      only: Set(names))
    return try cells(book, vantage, [by, "metric", "part", "whole"])
  }

  // Nothing is 0.
  private func cells<B: Book>(_ book: B, _ vantage: Vantage, _ columns: [String]) throws
    -> [String]
  {
    try lines(book, vantage, columns).map { line in
      line.split(separator: ",", omittingEmptySubsequences: false)
        .map { $0.isEmpty ? "0" : String($0) }.joined(separator: ",")
    }.sorted()
  }
}
