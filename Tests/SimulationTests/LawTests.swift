import Foundation
import Journaling
import Ledger
import Simulation
import Testing

/// The legal diary against a model that shares no rule with the ledger, at random vantages of a
/// life in which demands go out late, services fail, money comes in time and is taken back,
/// complaints are filed early and late, hearings pass without word, and entries are taken back.
@Suite struct `The law and the naive model` {
  @Test func `the diary equals the naive model at random vantages`() throws {
    let first = try #require(Day("2025-04-01"))
    let life = Life(seed: 138, accounts: 120, from: first, days: 365, chapters: .law)
    let model = NaiveLaw(life)
    let ledger = try Restored(life)
    let environment = ProcessInfo.processInfo.environment
    let count = environment["ARREARS_VANTAGES"].flatMap { Int($0) } ?? 40
    var chance = Chance(seed: 138, stream: 81)
    var differences: [String] = []
    var seen: Set<String> = []
    let columns = [
      "account", "matter", "ref", "stage", "clock", "day", "missed", "next_hearing", "alert",
    ]
    for _ in 0..<count where differences.count < 20 {
      let asOf = first + chance.pick(20...420)
      let known = UInt64(chance.pick(1...life.entries.count))
      let question = Question(vantage: Vantage(asOf: asOf, knownAt: known))
      let told = try ledger.journal.read { (snapshot) throws(JournalError) in
        let book = LegalDiary(asOf: asOf, all: true)
        let sheet = try ledger.journal.answer(book, question, snapshot).book.sheet(
          ledger.journal.naming)
        let places = columns.map { name in sheet.columns.firstIndex { $0.name == name } ?? 0 }
        return sheet.rows.map { row in places.map { row[$0].plain }.joined(separator: ";") }
      }
      for line in told { seen.insert(line.split(separator: ";").map(String.init)[3]) }
      let foretold = model.diary(asOf: asOf, knownAt: known)
      for line in Set(told).symmetricDifference(foretold).sorted() {
        let who = foretold.contains(line) ? "naive " : "ledger"
        differences.append("\(asOf) known \(known) \(who) \(line)")
      }
    }
    #expect(differences.isEmpty, "\(differences.prefix(20).joined(separator: "\n"))")
    // The life has all that a returned cheque can come to.
    let stages = [
      "notice_due", "notice_sent", "unserved", "waiting", "paid_in_time", "paid",
      "cause_of_action", "time_barred", "filed", "withdrawn",
    ]
    #expect(stages.filter { !seen.contains($0) } == [])
  }
}
