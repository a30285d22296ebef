import Journaling
import Ledger
import LedgerTesting
import Testing

/// What became of settlements and plans, at the end of a day and as known at a position. The
/// accounts are those of the table of transitions.
@Suite struct `What becomes of settlements and plans` {
  private typealias Table = `What may happen to settlements and plans`
  private let told: HouseTold

  init() throws { told = try Table.told() }

  @discardableResult private func tell(_ lines: String...) throws -> Position {
    let drafts = try lines.map { try Table.draft($0) }
    return try told.journal.write { (batch: inout Batch) throws(JournalError) in
      var last: Position = 0
      for draft in drafts { last = try batch.append(draft) }
      return last
    }
  }

  private func state<R>(
    _ account: String, _ known: Position?, _ body: (inout AccountState) -> R
  ) throws -> R {
    try told.journal.read { (snapshot) throws(JournalError) in
      var state = AccountState(id: account)
      let number = try snapshot.number(.account, account) ?? 0
      try snapshot.trail(of: number, to: known ?? snapshot.head) {
        (event) throws(JournalError) in
        do throws(WireError) { try state.evolve(event, isSubject: true) } catch {
          throw .wire(error, at: event.header.seq)
        }
      }
      return body(&state)
    }
  }

  // `stage paid/of` of a settlement, as known at a position.
  private func settlement(
    _ account: String, _ id: String = "S", on day: String, known: Position? = nil
  ) throws -> String {
    let asOf = try #require(Day(day))
    let cases = try state(account, known) { $0.settlements(asOf: asOf, terms: Terms()) }
    let one = try #require(cases.first { $0.proposed.settlement == TextKey(id) })
    return "\(one.stage.rawValue) \(one.instalments.paid)/\(one.instalments.total)"
  }

  private func plan(_ account: String, on day: String) throws -> String {
    let asOf = try #require(Day(day))
    let plan = try #require(try state(account, nil) { $0.plans(asOf: asOf, terms: Terms()) }.first)
    return "\(plan.stage.rawValue) \(plan.instalments.paid)/\(plan.instalments.total)"
  }

  private func paid(_ account: String, _ id: String, _ minor: Int, on day: String) -> String {
    "\(day)@asha payment.received account:\(account) {\"payment\":\"\(id)\","
      + "\"amount\":\(Table.sum(minor)),\"mode\":\"upi\"}"
  }

  @Test func `a payment that is taken back undoes what it honoured, and not what was known`() throws
  {
    let before = try tell(paid("N", "other", 1, on: "2026-03-07"))
    #expect(try settlement("H", on: "2026-03-07") == "honoured 60000/60000")
    try tell(
      "2026-03-07@asha payment.reversed account:H {\"payment\":\"p1\",\"reason\":\"dishonour\","
        + "\"effective\":\"from_original_value_date\",\"amount\":\(Table.sum(60_000))}")
    #expect(try settlement("H", on: "2026-03-07") == "lapsed 0/60000")
    #expect(try settlement("H", on: "2026-03-07", known: before) == "honoured 60000/60000")
  }

  @Test func `money in clearing honours nothing until it has cleared`() throws {
    #expect(try settlement("Q", on: "2026-02-19") == "accepted 0/60000")
    #expect(try settlement("Q", on: "2026-02-20") == "lapsed 0/60000")
    try tell(
      "2026-02-24@asha payment.credited account:Q {\"payment\":\"p1\","
        + "\"amount\":\(Table.sum(60_000)),\"bank_account\":\"B1\"}")
    #expect(try settlement("Q", on: "2026-02-23") == "lapsed 0/60000")
    #expect(try settlement("Q", on: "2026-02-24") == "honoured 60000/60000")
  }

  @Test func `late money pays a settlement and does not mend its lapse`() throws {
    try tell(paid("L", "p1", 29_999, on: "2026-02-20"), paid("L", "p2", 30_001, on: "2026-02-21"))
    #expect(try settlement("L", on: "2026-02-19") == "accepted 0/60000")
    #expect(try settlement("L", on: "2026-02-20") == "lapsed 29999/60000")
    #expect(try settlement("L", on: "2026-02-21") == "lapsed 60000/60000")
  }

  @Test func `money before the acceptance counts for nothing`() throws {
    try tell(paid("L", "p1", 60_000, on: "2026-02-04"))
    #expect(try settlement("L", on: "2026-02-19") == "accepted 0/60000")
  }

  @Test func `a settlement that is replaced runs until the other is approved`() throws {
    try tell(paid("C", "p1", 30_000, on: "2026-02-10"))
    try tell(
      "2026-02-12@asha settlement.proposed account:C "
        + Table.offer("T", waived: 40_000, outstanding: 70_000, supersedes: "S"),
      "2026-02-13@ravi settlement.validated account:C {\"settlement\":\"T\",\"checks\":[]}")
    #expect(try settlement("C", on: "2026-02-14") == "part_paid 30000/60000")
    try tell(
      "2026-02-14@ravi settlement.approved account:C {\"settlement\":\"T\",\"approver\":\"meena\","
        + "\"approver_level\":4,\"waived\":\(Table.sum(40_000))}",
      paid("C", "p2", 5_000, on: "2026-02-16"))
    #expect(try settlement("C", on: "2026-02-13") == "part_paid 30000/60000")
    #expect(try settlement("C", on: "2026-02-16") == "superseded 30000/60000")
    #expect(try settlement("C", "T", on: "2026-02-16") == "approved 0/60000")
  }

  @Test func `an execution gives up what is owed, and a lapse nothing`() throws {
    func owed(_ account: String) throws -> Int64 {
      let day = try #require(Day("2026-03-31"))
      return try state(account, nil) { $0.figures(asOf: day, terms: Terms()).outstanding }
    }
    #expect(try owed("H") == 40_000)
    try tell("2026-03-08@ravi settlement.executed account:H " + Table.done())
    #expect(try owed("H") == 0)
    try tell(
      paid("L", "p1", 24_000, on: "2026-02-18"),
      "2026-03-08@ravi settlement.lapse_declared account:L {\"settlement\":\"S\"}")
    #expect(try owed("L") == 76_000)
  }

  @Test func `a plan falls behind, breaks, and is mended by what is caught up`() throws {
    #expect(try plan("p4", on: "2026-02-19") == "active 0/60000")
    #expect(try plan("p4", on: "2026-02-20") == "behind 0/60000")
    #expect(try plan("p4", on: "2026-02-28") == "broken 0/60000")
    try tell(paid("p4", "p1", 30_000, on: "2026-03-01"))
    // None is left to come.
    #expect(try plan("p4", on: "2026-03-01") == "broken 30000/60000")
    try tell(paid("p4", "p2", 30_000, on: "2026-03-02"))
    #expect(try plan("p4", on: "2026-03-02") == "completed 60000/60000")
  }

  @Test func `the lowest level that may give up so much is asked for, edges included`() {
    let limits = SettlementLimits.standard
    let levels = [1_000, 1_001, 2_500, 2_501, 5_000, 5_001, 10_000].map {
      limits.level(Int64($0), of: 10_000)
    }
    #expect(levels == [1, 2, 2, 3, 3, 4, 4])
  }
}
