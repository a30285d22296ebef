import Foundation
import Journaling
import Ledger
import Simulation
import Testing

/// Reports on a period against the naive model: late money restates both ends, accounts come, close
/// and are written off, holders change.
@Suite struct `Periods and the naive model` {
  static let groupings = ["zone", "branch", "collector", "agency"]

  /// `ARREARS_VANTAGES` asks for more than 12, `ARREARS_SEED` for another life.
  @Test func `roll, management report and patterns equal the naive model at random vantages`()
    throws
  {
    let environment = ProcessInfo.processInfo.environment
    let count = environment["ARREARS_VANTAGES"].flatMap { Int($0) } ?? 12
    let seed = environment["ARREARS_SEED"].flatMap { UInt64($0) } ?? 2028
    let from = try #require(Day("2025-04-01"))
    let life = Life(
      seed: seed, accounts: 60, from: from, days: 365, chapters: [.organisation, .desk, .paper])
    let model = NaivePeriod(life)
    let ledger = try Restored(life)
    var chance = Chance(seed: seed, stream: 119)
    var differences: [String] = []
    var met = Set<String>()
    for turn in 0..<count where differences.count < 20 {
      let closing = from + chance.pick(120...400)
      let opening = closing - chance.pick(1...120)
      let known = UInt64(chance.pick(life.entries.count / 3...life.entries.count))
      let by = chance.pick(Self.groupings)
      let question = Question(vantage: Vantage(asOf: closing, knownAt: known))
      var told = try ledger.roll(question, opening).map { "roll " + $0 }
      told += try ledger.report(question, by, opening).map { "mis " + $0 }
      let (roll, report) = model.month(by: by, opening: opening, closing: closing, knownAt: known)
      var foretold = roll.map { "roll " + $0 } + report.map { "mis " + $0 }
      if turn % 6 == 0 {
        let book = PaymentPattern(months: 6, asOf: closing)
        told += try ledger.lines(book, question, ["account", "pattern"]).map { "pattern " + $0 }
        foretold += model.patterns(book.earlier + [closing], knownAt: known).map { "pattern " + $0 }
      }
      for line in Set(told).symmetricDifference(foretold).sorted() {
        let who = foretold.contains(line) ? "naive " : "ledger"
        differences.append("\(opening) to \(closing) known \(known) \(who) \(line)")
      }
      #expect(told.count == foretold.count)
      for line in told { met.formUnion(line.split { ", ".contains($0) }.map(String.init)) }
    }
    #expect(
      differences.isEmpty, "seed \(seed):\n\(differences.prefix(20).joined(separator: "\n"))")
    // The comparison is worth something only if accounts came, went and moved.
    for word in ["not_open", "closed", "current", "1-30", "31-60", "written_off", "unallocated"] {
      #expect(met.contains(word), "\(word) never came")
    }
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
        Question(vantage: Vantage(asOf: closing, knownAt: known)),
        ["from", "to", "accounts", "opening_balance", "closing_balance"], minor: "closing_balance")
      var sums: [String: (accounts: Int, closing: Int64)] = [:]
      for row in rows {
        let cells = row.split(separator: ",").map(String.init)
        guard cells[1] != "closed" else { continue }
        sums[cells[1], default: (0, 0)].accounts += Int(cells[2]) ?? 0
        sums[cells[1], default: (0, 0)].closing += Int64(cells[4]) ?? 0
      }
      let aging = try ledger.lines(
        Aging(by: .bucket, form: .bucketed, asOf: closing),
        Question(vantage: Vantage(asOf: closing, knownAt: known)), ["bucket", "outstanding"],
        minor: "outstanding")
      for row in aging {
        let cells = row.split(separator: ",").map(String.init)
        // What was closed owes nothing, so sums agree although aging still counts it.
        #expect(sums[cells[0]]?.closing ?? 0 == Int64(cells[1]), "\(closing) \(cells[0])")
      }
    }
  }
}

extension Restored {
  fileprivate func roll(_ question: Question, _ opening: Day) throws -> [String] {
    let book = RollMatrix(
      by: .total, form: .list, opening: opening, closing: question.vantage.asOf)
    return try cells(
      book, question, ["from", "to", "accounts", "opening_balance", "closing_balance"])
  }

  fileprivate func report(_ question: Question, _ by: String, _ opening: Day) throws -> [String] {
    let names = [
      "opening_accounts", "closing_accounts", "recovery_write_off", "cure_all_count", "par_30",
      "cure_all_3_months_count", "liquidation", "first_call_resolution",
      "efficiency_current_demand_first", "efficiency_current_oldest_first",
      "efficiency_with_arrears", "coverage", "intensity_of_attempted", "right_party_rate",
      "contactability_of_allocated",
    ]
    let book = ManagementReport(
      by: try #require(PeriodGrouping(rawValue: by)), opening: opening,
      closing: question.vantage.asOf, only: Set(names))
    return try cells(book, question, [by, "metric", "part", "whole"])
  }

  // Cells of columns, sums in minor units, nothing as 0.
  private func cells<B: Book>(_ book: B, _ question: Question, _ columns: [String]) throws
    -> [String]
  {
    let sheet = try journal.read { (snapshot) throws(JournalError) in
      try journal.answer(book, question, snapshot).book.sheet(journal.naming)
    }
    let indices = columns.map { name in sheet.columns.firstIndex { $0.name == name } ?? -1 }
    return sheet.rows.map { row in
      indices.map { index in
        switch row[index] {
        case .money(let minor, _): "\(minor)"
        case .none: "0"
        default: row[index].plain
        }
      }.joined(separator: ",")
    }.sorted()
  }
}
