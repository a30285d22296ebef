import Journaling
import Ledger
import Simulation
import Testing

/// The work queue over a simulated year of promises, disputes and calls: who is in it, with what
/// figures, and whom an open dispute takes out of it, equal the naive models.
@Suite struct `The queue and the naive model` {
  @Test func `who owes, how much and who contests equal the naive models at random vantages`()
    throws
  {
    let from = try #require(Day("2025-04-01"))
    let life = Life(seed: 2026, accounts: 90, from: from, days: 365, chapters: .desk)
    let (money, desk) = (NaiveModel(life.told), NaiveDesk(life))
    let ledger = try Restored(life)
    var chance = Chance(seed: 2026, stream: 92)
    var (differences, contested, worked) = ([String](), 0, 0)
    for _ in 0..<20 {
      let asOf = from + chance.pick(0...380)
      let known = UInt64(chance.pick(1...life.entries.count))
      let question = Question(vantage: Vantage(asOf: asOf, knownAt: known))
      let sheet = try ledger.journal.read { (snapshot) throws(JournalError) in
        try ledger.journal.answer(WorkQueue(asOf: asOf, collector: nil), question, snapshot)
          .book.sheet(ledger.journal.naming)
      }
      func column(_ name: String) throws -> Int {
        try #require(sheet.columns.firstIndex { $0.name == name })
      }
      let (account, why) = (try column("account"), try column("why"))
      let (overdue, dpd, score) = (try column("overdue"), try column("dpd"), try column("score"))
      let open = Set(
        desk.disputes(asOf: asOf, knownAt: known).filter {
          $0.contains(",raised,") || $0.contains(",reopened,")
        }.compactMap { $0.split(separator: ",").first.map(String.init) })
      var scores: [Double] = []
      var told: [String] = []
      for row in sheet.rows {
        guard case .money(let minor, _) = row[overdue] else { continue }
        told.append("\(row[account].plain),\(minor),\(row[dpd].plain)")
        let reason = row[why].plain
        let isLeft = row[score].plain.isEmpty
        if let score = Double(row[score].plain) { scores.append(score) }
        // A death, an insolvency, a request or a hold goes before a dispute.
        if open.contains(row[account].plain) {
          contested += 1
          if !isLeft || reason.hasPrefix("promise") || reason.hasPrefix("next") {
            differences.append("\(asOf) \(row[account].plain) is contested, not: \(reason)")
          }
        } else if reason == "dispute open" {
          differences.append("\(asOf) \(row[account].plain) is contested by nobody")
        }
      }
      worked += scores.count
      #expect(scores == scores.sorted(by: >))
      let foretold = money.aging(asOf: asOf, knownAt: known).filter { $0.overdue > 0 }.map {
        "\($0.account),\($0.overdue),\($0.dpd)"
      }
      for line in Set(told).symmetricDifference(foretold).sorted() {
        differences.append("\(asOf) \(foretold.contains(line) ? "naive " : "ledger") \(line)")
      }
    }
    #expect(differences.isEmpty, "\(differences.prefix(20).joined(separator: "\n"))")
    #expect(contested > 10 && worked > 200, "\(contested) contested, \(worked) worked")
  }
}
