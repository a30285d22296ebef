import Journaling
import Ledger
import LedgerTesting
import Testing

private func day(_ text: String) -> Day { Day(text) ?? .none }
private typealias Paper = `A cheque may only do what a cheque can do`

@Suite struct `Bounce rates by holder` {
  private func held(_ account: String, by holder: String, from on: String) -> Draft {
    Draft(
      Account.Allocated(toKind: "collector", to: holder, basis: "manual"), on: account, day: day(on)
    )
  }

  private func rows(_ bench: PaperBench, by grouping: PeriodGrouping) throws -> [String] {
    let asOf = day("2026-03-31")
    let sheet = try bench.journal.read { (snapshot) throws(JournalError) in
      let question = Question(vantage: Vantage(asOf: asOf, knownAt: snapshot.head))
      let book = BounceRates(from: day("2026-03-01"), to: asOf, by: grouping)
      return try bench.journal.answer(book, question, snapshot).book.sheet(bench.journal.naming)
    }
    return sheet.rows.map { $0.map { $0.plain.isEmpty ? "-" : $0.plain }.joined(separator: " ") }
  }

  @Test func `count a presentation for whoever held the account when the period opened`() throws {
    let bench = try PaperBench()
    func account(
      _ id: String, _ holders: [(String, String)], _ fate: @escaping Paper.Step, owes: Bool = false
    )
      throws
    {
      let due = try HouseTold.draft(
        "2026-03-01 due.raised account:\(id) {\"due\":\"d\",\"kind\":\"instalment\","
          + "\"due_date\":\"2026-03-05\",\"amount\":{\"minor\":500000,\"currency\":\"INR\"}}")
      try bench.prepare(
        id,
        holders.map { held(id, by: $0.0, from: $0.1) } + (owes ? [due] : [])
          + [Paper.received, Paper.deposited(1, "2026-03-10"), fate].map { $0(id) })
    }
    let (bounced, cleared) = (Paper.bounced("2026-03-12"), Paper.cleared("2026-03-12"))
    try account("A1", [("asha", "2026-02-20")], bounced, owes: true)
    // Given to another after the period opened: it stays with who had it then.
    try account("A2", [("asha", "2026-02-20"), ("bina", "2026-03-02")], cleared)
    try account("A3", [("bina", "2026-02-28")], bounced)
    try account("A4", [("bina", "2026-03-01")], cleared)
    let figures = [
      "cheque INR 1 5000.00 0 0.00 0 0 0 0.00 0.00 0.00 0.00 -",
      "cheque INR 2 10000.00 1 5000.00 0 0 0 50.00 50.00 50.00 50.00 0.00",
      "cheque INR 1 5000.00 1 5000.00 0 0 1 100.00 100.00 100.00 100.00 100.00",
    ]
    #expect(
      Set(try rows(bench, by: .collector)) == [
        "unallocated \(figures[0])", "asha \(figures[1])", "bina \(figures[2])",
      ])
    #expect(
      try rows(bench, by: .total) == [
        "cheque INR 4 20000.00 2 10000.00 0 0 1 50.00 50.00 50.00 50.00 50.00"
      ])
  }
}
