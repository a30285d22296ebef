import Journaling
import Ledger
import LedgerTesting
import Testing

/// As for units and firms: each line tries one event in both ways, as a command, refused by the
/// rule at its end, and as history, stored and flagged by the same rule. `-` is an event that
/// passes.
@Suite struct `What may happen to targets, tasks and reports` {
  static let house = """
    2026-01-01 unit.defined unit:Z1 {"kind":"zone","from":"2025-04-01"}
    2026-01-01 unit.defined unit:B2 {"kind":"branch","from":"2025-04-01","parent":"Z1","to":"2025-12-31"}
    2026-01-01 party.assigned party:u1 {"unit":"Z1","role":"collector","from":"2025-04-01"}
    2026-01-01 party.assigned party:s1 {"unit":"Z1","role":"supervisor","from":"2025-04-01"}
    2026-01-01 party.assigned party:u2 {"unit":"Z1","role":"collector","from":"2025-04-01","to":"2026-02-28"}
    2026-01-01 agency.empanelled agency:AG1 {"kind":"collection","from":"2025-04-01"}
    2026-01-01 agency.empanelled agency:AG2 {"kind":"collection","from":"2025-04-01","to":"2025-12-31"}
    2026-02-01 task.assigned unit:Z1 {"task":"T1","kind":"visit","assignee":"u1","due_at":"2026-02-05T18:00:00+05:30"}
    2026-02-01 task.assigned unit:Z1 {"task":"T2","kind":"visit","assignee":"u1"}
    2026-02-02 task.completed unit:Z1 {"task":"T2","outcome":"done"}
    2026-02-01 task.assigned unit:Z1 {"task":"T3","kind":"visit","assignee":"u2"}
    2026-02-02 task.assigned unit:Z1 {"task":"T4","kind":"visit","assignee":"u1","replaces":"T3"}
    2026-02-01 report.submitted party:u1 {"report":"R1","on":"2026-02-01"}
    2026-02-02 report.submitted party:u1 {"report":"R2","on":"2026-02-02"}
    2026-02-03 report.reviewed party:u1 {"report":"R2","reviewer":"s1","outcome":"returned"}
    2026-02-03 report.submitted party:u1 {"report":"R3","on":"2026-02-03"}
    2026-02-04 report.reviewed party:u1 {"report":"R3","reviewer":"s1","outcome":"passed"}
    """

  static let tries = """
    2026-03-01 target.set unit:Z1 {"scope_kind":"party","scope":"u1","metric":"collected_amount","period":"month","period_start":"2026-03-01","value_money":{"minor":50000000,"currency":"INR"}} -
    2026-03-01 target.set unit:Z1 {"scope_kind":"party","scope":"u1","metric":"collected_amount","period":"quarter","period_start":"2026-04-01","value_money":{"minor":50000000,"currency":"INR"}} -
    2026-03-01 target.set unit:Z1 {"scope_kind":"party","scope":"u1","metric":"visits","period":"day","period_start":"2026-03-12","value_count":8} -
    2026-03-01 target.set unit:Z1 {"scope_kind":"agency","scope":"AG1","metric":"resolution_pct","period":"year","period_start":"2026-04-01","value_bp":9000} -
    2026-03-01 target.set unit:Z1 {"scope_kind":"unit","scope":"Z1","metric":"collected_amount","period":"month","period_start":"2026-03-01"} target.one-value
    2026-03-01 target.set unit:Z1 {"scope_kind":"unit","scope":"Z1","metric":"visits","period":"month","period_start":"2026-03-01","value_count":8,"value_bp":8} target.one-value
    2026-03-01 target.set unit:Z1 {"scope_kind":"unit","scope":"Z1","metric":"visits","period":"month","period_start":"2026-03-01","value_count":0} target.positive
    2026-03-01 target.set unit:Z1 {"scope_kind":"unit","scope":"Z1","metric":"collected_amount","period":"month","period_start":"2026-03-01","value_count":8} target.value-kind
    2026-03-01 target.set unit:Z1 {"scope_kind":"unit","scope":"Z1","metric":"contacts","period":"month","period_start":"2026-03-01","value_bp":8} target.value-kind
    2026-03-01 target.set unit:Z1 {"scope_kind":"unit","scope":"Z1","metric":"rollback_pct","period":"month","period_start":"2026-03-01","value_count":8} target.value-kind
    2026-03-01 target.set unit:Z1 {"scope_kind":"unit","scope":"Z1","metric":"visits","period":"month","period_start":"2026-03-02","value_count":8} target.period-start
    2026-03-01 target.set unit:Z1 {"scope_kind":"unit","scope":"Z1","metric":"visits","period":"month","period_start":"2026-02-01","value_count":8} target.period-over
    2026-03-01 target.set unit:Z1 {"scope_kind":"unit","scope":"Z1","metric":"visits","period":"quarter","period_start":"2025-10-01","value_count":8} target.period-over
    2026-03-01 target.set unit:Z1 {"scope_kind":"unit","scope":"Z1","metric":"visits","period":"quarter","period_start":"2026-01-01","value_count":8} -
    2026-03-01 target.set unit:Z1 {"scope_kind":"unit","scope":"B2","metric":"visits","period":"month","period_start":"2026-03-01","value_count":8} target.scope
    2026-03-01 target.set unit:Z1 {"scope_kind":"party","scope":"u2","metric":"visits","period":"month","period_start":"2026-03-01","value_count":8} target.scope
    2026-03-01 target.set unit:Z1 {"scope_kind":"party","scope":"u2","metric":"visits","period":"quarter","period_start":"2026-01-01","value_count":8} -
    2026-03-01 target.set unit:Z1 {"scope_kind":"agency","scope":"AG2","metric":"visits","period":"month","period_start":"2026-03-01","value_count":8} target.scope
    2026-03-01 task.assigned unit:Z1 {"task":"T9","kind":"instruction","assignee":"u1","due_at":"2026-03-01T09:00:00+05:30"} -
    2026-03-01 task.assigned unit:Z1 {"task":"T9","kind":"instruction","assignee":"AG1"} -
    2026-03-01 task.assigned unit:Z1 {"task":"T1","kind":"instruction","assignee":"u1"} task.exists
    2026-03-01 task.assigned unit:Z1 {"task":"T9","kind":"visit","assignee":"u1","due_at":"2026-02-28T09:00:00+05:30"} task.deadline
    2026-03-01 task.assigned unit:Z1 {"task":"T9","kind":"visit","assignee":"u2"} task.assignee
    2026-03-01 task.assigned unit:Z1 {"task":"T9","kind":"visit","assignee":"AG2"} task.assignee
    2026-03-01 task.assigned unit:Z1 {"task":"T9","kind":"visit","assignee":"u1","replaces":"T1"} -
    2026-03-01 task.assigned unit:Z1 {"task":"T9","kind":"visit","assignee":"u1","replaces":"T8"} task.unknown
    2026-03-01 task.assigned unit:Z1 {"task":"T9","kind":"visit","assignee":"u1","replaces":"T2"} task.over
    2026-03-01 task.completed unit:Z1 {"task":"T1","outcome":"done"} -
    2026-03-01 task.completed unit:Z1 {"task":"T8"} task.unknown
    2026-03-01 task.completed unit:Z1 {"task":"T2"} task.over
    2026-03-01 task.completed unit:Z1 {"task":"T3"} task.over
    2026-03-01 report.submitted party:u1 {"report":"R9","on":"2026-03-01"} -
    2026-03-01 report.submitted party:u1 {"report":"R9","on":"2026-03-09"} day.future
    2026-03-01 report.submitted party:u1 {"report":"R9","on":"2026-02-01"} report.exists
    2026-03-01 report.submitted party:u1 {"report":"R2","on":"2026-02-02"} -
    2026-03-01 report.submitted party:u1 {"report":"R9","on":"2026-02-02"} -
    2026-03-01 report.submitted party:u1 {"report":"R3","on":"2026-02-03"} report.exists
    2026-03-01 report.submitted party:u1 {"report":"R1","on":"2026-02-28"} report.id
    2026-03-01 report.submitted party:u2 {"report":"R1","on":"2026-02-01"} report.id
    2026-03-01 report.reviewed party:u1 {"report":"R1","reviewer":"s1","outcome":"passed"} -
    2026-03-01 report.reviewed party:u1 {"report":"R9","reviewer":"s1","outcome":"passed"} report.unknown
    2026-03-01 report.reviewed party:u1 {"report":"R1","reviewer":"u1","outcome":"passed"} report.own
    2026-03-01 report.reviewed party:u1 {"report":"R2","reviewer":"s1","outcome":"passed"} report.reviewed
    2026-03-01 report.reviewed party:u1 {"report":"R3","reviewer":"s1","outcome":"returned"} report.reviewed
    2026-03-01 report.review_held unit:Z1 {"kind":"delinquent_list","attendees":["s1","u1"],"list_hash":"0000000000000000000000000000000000000000000000000000000000000000"} -
    """

  @Test func `a command is refused by the rule of the table`() throws {
    let told = try HouseTold(Self.house)
    for (line, draft, rule) in try HouseTold.tries(Self.tries) {
      #expect(try told.journal.refusal(of: draft) == rule, "\(line)")
    }
  }

  @Test func `history is stored, and flagged by the same rule of the table`() throws {
    for (line, draft, rule) in try HouseTold.tries(Self.tries) {
      let told = try HouseTold(Self.house)
      let flags = try told.journal.flags(of: draft)
      #expect(flags == (rule == "-" ? [] : [rule]), "\(line)")
    }
  }

  @Test func `a revised target counts from its own telling, and an old question has the old one`()
    throws
  {
    let told = try HouseTold(Self.house)
    let lines = [("2026-03-01", 100), ("2026-03-05", 80)].map { day, value in
      #"\#(day) target.set unit:Z1 {"scope_kind":"party","scope":"u1","metric":"visits","period":"month","period_start":"2026-03-01","value_count":\#(value)}"#
    }
    let drafts = try lines.map { try HouseTold.draft($0) }
    let seqs = try told.journal.write { (batch: inout Batch) throws(JournalError) in
      try batch.append(Self.account)
      return (try batch.append(drafts[0]), try batch.append(drafts[1]))
    }
    func value(_ asOf: String, _ known: Position) throws -> String {
      let day = try #require(Day(asOf))
      return try told.journal.read { (snapshot) throws(JournalError) in
        let question = Question(vantage: Vantage(asOf: day, knownAt: known))
        let answer = try told.journal.answer(Listening(day: day), question, snapshot)
        return answer.book.heard.joined(separator: " ")
      }
    }
    #expect(try value("2026-03-06", seqs.1) == "80")
    #expect(try value("2026-03-06", seqs.0) == "100")
    #expect(try value("2026-03-04", seqs.1) == "100")
  }

  static let account: Draft = {
    do {
      return try HouseTold.draft(
        #"2026-01-01 account.opened account:A1 {"account_no":"1","product":"personal","principal":{"minor":100,"currency":"INR"},"opened_on":"2025-04-01","debtor":"P1","time_zone":"Asia/Kolkata"}"#
      )
    } catch { preconditionFailure("\(error)") }
  }()
}

/// Notes the targets that the house has when an account is looked at.
private struct Listening: Book {
  static let name = "listening"
  let day: Day
  var heard: [String] = []

  mutating func take(_ account: borrowing AccountView) {
    heard = account.house.targets(toldBy: day).map { String($0.value) }
  }
  mutating func merge(_ other: Listening) { heard += other.heard }
  func sheet(_ naming: Naming) -> Sheet { Sheet(title: "", columns: []) }
}
