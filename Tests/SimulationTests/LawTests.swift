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
    let life = Life(
      seed: Year.seed, accounts: max(120, Year.accounts), from: Year.from, days: 365,
      chapters: .law)
    let model = NaiveLaw(life)
    let columns = [
      "account", "matter", "ref", "stage", "clock", "day", "missed", "next_hearing", "alert",
    ]
    let met = try Year.compare("law", 20, stream: 314, of: life, in: Restored(life)) {
      ledger, vantage, _ in
      let told = try ledger.lines(LegalDiary(asOf: vantage.asOf, all: true), vantage, columns)
      return [("legal", told, model.diary(asOf: vantage.asOf, knownAt: vantage.knownAt))]
    }
    // The life has all that a returned cheque can come to.
    let stages = [
      "notice_due", "notice_sent", "unserved", "waiting", "paid_in_time", "paid",
      "cause_of_action", "time_barred", "filed", "withdrawn",
    ]
    #expect(Year.never(stages.map { "legal \($0)" }, met) == [])
  }
}
