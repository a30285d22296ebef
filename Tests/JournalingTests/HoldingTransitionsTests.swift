import Journaling
import Ledger
import LedgerTesting
import Testing

/// Each line of the table tells what the house has heard, then tries one event in both ways: as a
/// command, which is refused by the rule at the end of the line, and as history, which is stored
/// and flagged by the same rule. `-` is an event that passes.
@Suite struct `What may happen to units, firms and allocations` {
  static let house = """
    2026-01-01 unit.defined unit:Z1 {"kind":"zone","from":"2025-04-01"}
    2026-01-01 unit.defined unit:Z2 {"kind":"zone","from":"2025-04-01"}
    2026-01-01 unit.defined unit:B1 {"kind":"branch","from":"2025-04-01","parent":"Z1"}
    2026-01-01 unit.defined unit:B2 {"kind":"branch","from":"2025-04-01","parent":"Z1","to":"2025-12-31"}
    2026-01-01 unit.defined unit:B1 {"kind":"branch","from":"2026-06-01","parent":"Z2"}
    2026-01-01 unit.defined unit:C1 {"kind":"area","from":"2025-04-01","parent":"Z1","name":"Pune"}
    2026-01-01 unit.defined unit:C2 {"kind":"area","from":"2025-04-01","parent":"Z1","name":"Nashik","to":"2026-06-30"}
    2026-01-01 agency.empanelled agency:VAL {"kind":"valuation","from":"2025-04-01"}
    2026-01-01 agency.empanelled agency:ADV {"kind":"advocate","from":"2025-04-01"}
    2026-01-01 party.assigned party:u1 {"unit":"B1","role":"collector","from":"2025-04-01"}
    2026-01-01 party.assigned party:u2 {"unit":"Z2","role":"collector","from":"2025-04-01","to":"2026-02-28"}
    2026-01-01 party.assigned party:u3 {"unit":"B1","role":"collector","from":"2025-04-01"}
    2026-01-01 agent.certified party:u3 {"certificate":"dra_iibf","from":"2025-01-01","to":"2025-12-31"}
    2026-01-01 agent.certified party:t1 {"certificate":"dra_iibf","from":"2025-01-01","agency":"AG1"}
    2026-01-01 agency.empanelled agency:AG1 {"kind":"collection","from":"2025-04-01"}
    2026-01-01 agency.empanelled agency:AG2 {"kind":"collection","from":"2025-04-01","to":"2025-12-31"}
    2026-01-01 agency.empanelled agency:AG3 {"kind":"collection","from":"2025-04-01"}
    2026-01-10 agency.suspended agency:AG3 {"permanent":false,"reason":"conduct"}
    2026-01-01 agency.empanelled agency:AG4 {"kind":"collection","from":"2025-04-01"}
    2026-01-01 agent.certified party:t3 {"certificate":"dra_iibf","from":"2025-01-01","agency":"AG3"}
    2026-01-01 agent.certified party:t4 {"certificate":"dra_iibf","from":"2025-01-01","agency":"AG3"}
    2026-01-01 agent.certified party:t4 {"certificate":"dra_iibf","from":"2025-01-01"}
    2026-01-10 agency.suspended agency:AG4 {"permanent":true,"reason":"fraud"}
    2026-01-01 account.opened account:A1 {"account_no":"1","product":"personal","principal":{"minor":100,"currency":"INR"},"opened_on":"2025-04-01","debtor":"P1","time_zone":"Asia/Kolkata"}
    2026-01-01 account.opened account:A2 {"account_no":"2","product":"personal","principal":{"minor":100,"currency":"INR"},"opened_on":"2025-04-01","debtor":"P1","time_zone":"Asia/Kolkata"}
    2026-01-02 account.allocated account:A2 {"to_kind":"collector","to":"u1","basis":"manual"}
    2026-01-01 account.opened account:A4 {"account_no":"4","product":"personal","principal":{"minor":100,"currency":"INR"},"opened_on":"2025-04-01","debtor":"P1","time_zone":"Asia/Kolkata"}
    2026-02-01 complaint.received account:A4 {"complaint":"k1","category":"conduct","forum":"internal"}
    2026-02-20 complaint.resolved account:A4 {"complaint":"k1","outcome":"rejected"}
    """

  static let tries = """
    2026-03-01 unit.defined unit:B3 {"kind":"branch","from":"2026-03-01","parent":"Z1"} -
    2026-03-01 unit.defined unit:B3 {"kind":"branch","from":"2026-03-01","parent":"Z9"} unit.in-force
    2026-03-01 unit.defined unit:B3 {"kind":"branch","from":"2026-03-01","parent":"B2"} unit.in-force
    2026-03-01 unit.defined unit:B3 {"kind":"branch","from":"2026-03-01","to":"2026-02-01"} days.ends-after-start
    2026-03-01 unit.defined unit:C2 {"kind":"area","from":"2026-06-30","parent":"Z2","name":"Nashik"} unit.overlap
    2026-03-01 unit.defined unit:C2 {"kind":"area","from":"2026-07-01","parent":"Z2","name":"Nashik"} -
    2026-03-01 unit.defined unit:C2 {"kind":"area","from":"2025-04-01","parent":"Z1","name":"Nashik","to":"2026-03-31"} -
    2026-03-01 unit.defined unit:C2 {"kind":"area","from":"2025-01-01","parent":"Z1","name":"Nashik","to":"2025-04-01"} unit.overlap
    2026-03-01 unit.defined unit:B1 {"kind":"branch","from":"2026-04-01","parent":"Z1"} -
    2026-03-01 unit.defined unit:B1 {"kind":"branch","from":"2026-04-01","parent":"Z1","to":"2026-06-01"} unit.overlap
    2026-03-01 unit.defined unit:C3 {"kind":"area","from":"2026-03-01","parent":"Z1","name":"Pune"} unit.same-place
    2026-03-01 unit.defined unit:C3 {"kind":"area","from":"2026-03-01","parent":"Z1","name":"Nashik"} unit.same-place
    2026-03-01 unit.defined unit:C3 {"kind":"area","from":"2026-07-01","parent":"Z1","name":"Nashik"} -
    2026-03-01 unit.defined unit:C3 {"kind":"area","from":"2026-03-01","parent":"Z2","name":"Pune"} -
    2026-03-01 unit.defined unit:C3 {"kind":"branch","from":"2026-03-01","parent":"Z1","name":"Pune"} -
    2026-03-01 unit.defined unit:B3 {"kind":"branch","from":"2026-03-01","parent":"B3"} unit.own-ancestor
    2026-03-01 unit.defined unit:Z1 {"kind":"zone","from":"2026-03-01","parent":"B1"} unit.own-ancestor
    2026-03-01 unit.defined unit:Z1 {"kind":"zone","from":"2026-06-01","parent":"B1"} -
    2026-03-01 unit.defined unit:Z2 {"kind":"zone","from":"2026-03-01","parent":"B1"} unit.own-ancestor
    2026-03-01 unit.defined unit:Z2 {"kind":"zone","from":"2026-03-01","parent":"B1","to":"2026-05-31"} -
    2026-03-01 party.assigned party:u9 {"unit":"B1","role":"collector","from":"2026-03-01"} -
    2026-03-01 party.assigned party:u9 {"unit":"B2","role":"collector","from":"2026-03-01"} unit.in-force
    2026-03-01 party.assigned party:u1 {"unit":"Z2","role":"collector","from":"2026-03-01"} placement.overlap
    2026-03-01 party.assigned party:u1 {"unit":"B1","role":"supervisor","from":"2026-03-01"} -
    2026-03-01 party.assigned party:u1 {"unit":"B1","role":"collector","from":"2025-04-01","to":"2026-02-28"} -
    2026-03-01 party.assigned party:u2 {"unit":"B1","role":"collector","from":"2026-03-01"} -
    2026-03-01 party.assigned party:u2 {"unit":"B1","role":"collector","from":"2026-02-28"} placement.overlap
    2026-03-01 agency.empanelled agency:AG9 {"kind":"collection","from":"2026-03-01"} -
    2026-03-01 agency.empanelled agency:AG4 {"kind":"collection","from":"2026-03-01"} agency.removed
    2026-03-01 agency.suspended agency:AG1 {"permanent":false,"reason":"conduct"} -
    2026-03-01 agency.suspended agency:AG2 {"permanent":false,"reason":"conduct"} agency.active
    2026-03-01 agency.suspended agency:AG3 {"permanent":false,"reason":"conduct"} agency.active
    2026-03-01 agency.suspended agency:AG3 {"permanent":true,"reason":"conduct"} -
    2026-03-01 agency.suspended agency:AG9 {"permanent":true,"reason":"conduct"} agency.active
    2026-03-01 agency.reinstated agency:AG3 {"authority":"board"} -
    2026-03-01 agency.reinstated agency:AG1 {"authority":"board"} agency.suspended
    2026-03-01 agency.reinstated agency:AG4 {"authority":"board"} agency.suspended
    2026-03-01 agent.certified party:t2 {"certificate":"dra_iibf","from":"2026-03-01","agency":"AG1"} -
    2026-03-01 agent.certified party:t2 {"certificate":"dra_iibf","from":"2026-03-01","agency":"AG9"} agency.unknown
    2026-03-01 agent.certified party:t2 {"certificate":"dra_iibf","from":"2026-03-01","to":"2026-02-28"} days.ends-after-start
    2026-03-01 account.allocated account:A1 {"to_kind":"collector","to":"u1","basis":"manual"} -
    2026-03-01 account.allocated account:A9 {"to_kind":"collector","to":"u1","basis":"manual"} account.unknown
    2026-03-01 account.allocated account:A1 {"to_kind":"collector","to":"u7","basis":"manual"} allocation.holder-known
    2026-03-01 account.allocated account:A1 {"to_kind":"collector","to":"u2","basis":"manual"} allocation.holder-known
    2026-02-28 account.allocated account:A1 {"to_kind":"collector","to":"u2","basis":"manual"} -
    2026-03-01 account.allocated account:A1 {"to_kind":"collector","to":"u3","basis":"manual"} allocation.holder-certified
    2025-12-31 account.allocated account:A1 {"to_kind":"collector","to":"u3","basis":"manual"} -
    2026-03-01 account.allocated account:A1 {"to_kind":"agency","to":"AG1","basis":"bucket"} -
    2026-03-01 account.allocated account:A1 {"to_kind":"agency","to":"AG1","basis":"bucket","agent":"t1"} -
    2026-03-01 account.allocated account:A1 {"to_kind":"agency","to":"AG1","basis":"bucket","agent":"t9"} allocation.agent-certified
    2026-03-01 account.allocated account:A1 {"to_kind":"agency","to":"AG1","basis":"bucket","agent":"u3"} allocation.agent-certified
    2026-03-01 account.allocated account:A1 {"to_kind":"agency","to":"AG2","basis":"bucket"} allocation.holder-active
    2026-03-01 account.allocated account:A1 {"to_kind":"agency","to":"AG3","basis":"bucket"} allocation.holder-active
    2026-01-09 account.allocated account:A1 {"to_kind":"agency","to":"AG3","basis":"bucket"} -
    2026-03-01 account.allocated account:A1 {"to_kind":"legal","to":"AG4","basis":"bucket"} allocation.holder-active
    2026-03-01 account.allocated account:A1 {"to_kind":"agency","to":"AG9","basis":"bucket"} allocation.holder-active
    2026-03-01 account.allocated account:A1 {"to_kind":"agency","to":"VAL","basis":"bucket"} agency.kind
    2026-03-01 account.allocated account:A1 {"to_kind":"agency","to":"ADV","basis":"bucket"} agency.kind
    2026-03-01 account.allocated account:A1 {"to_kind":"legal","to":"ADV","basis":"bucket"} -
    2026-03-01 account.allocated account:A1 {"to_kind":"legal","to":"AG1","basis":"bucket"} agency.kind
    2026-03-01 account.allocated account:A2 {"to_kind":"collector","to":"u1","basis":"manual"} allocation.same-holder
    2026-03-01 account.allocated account:A2 {"to_kind":"agency","to":"AG1","basis":"manual"} allocation.one-holder
    2026-01-01 account.allocated account:A2 {"to_kind":"agency","to":"AG1","basis":"manual"} -
    2026-02-19 account.allocated account:A4 {"to_kind":"collector","to":"u1","basis":"manual"} allocation.open-complaint
    2026-02-19 account.allocated account:A4 {"to_kind":"collector","to":"u1","basis":"manual","frivolous_record":"D1"} -
    2026-02-20 account.allocated account:A4 {"to_kind":"collector","to":"u1","basis":"manual"} -
    2026-03-09 account.allocated account:A1 {"to_kind":"collector","to":"u1","basis":"manual"} day.future
    2026-03-01@tester contact.attempted account:A1 {"channel":"call","direction":"outbound","result":"no_answer"} -
    2026-03-01@u1 contact.attempted account:A1 {"channel":"call","direction":"outbound","result":"no_answer"} -
    2026-03-01@AG1 contact.attempted account:A1 {"channel":"call","direction":"outbound","result":"no_answer"} -
    2026-03-01@AG3 contact.attempted account:A1 {"channel":"call","direction":"outbound","result":"no_answer"} contact.actor-active
    2026-01-09@AG3 contact.attempted account:A1 {"channel":"call","direction":"outbound","result":"no_answer"} -
    2026-03-01@AG2 contact.attempted account:A1 {"channel":"call","direction":"outbound","result":"no_answer"} contact.actor-active
    2025-12-31@AG2 contact.attempted account:A1 {"channel":"call","direction":"outbound","result":"no_answer"} -
    2026-03-01@AG4 contact.attempted account:A1 {"channel":"call","direction":"outbound","result":"no_answer"} contact.actor-active
    2026-03-01@t1 contact.attempted account:A1 {"channel":"call","direction":"outbound","result":"no_answer"} -
    2026-03-01@t3 contact.attempted account:A1 {"channel":"call","direction":"outbound","result":"no_answer"} contact.actor-active
    2026-01-09@t3 contact.attempted account:A1 {"channel":"call","direction":"outbound","result":"no_answer"} -
    2026-03-01@t4 contact.attempted account:A1 {"channel":"call","direction":"outbound","result":"no_answer"} -
    2026-03-01@t3 contact.attempted account:A1 {"channel":"call","direction":"inbound","result":"no_answer"} -
    2026-03-01@u3 contact.attempted account:A1 {"channel":"call","direction":"outbound","result":"no_answer"} contact.agent-certified
    2025-12-31@u3 contact.attempted account:A1 {"channel":"call","direction":"outbound","result":"no_answer"} -
    2026-03-01@u3 contact.attempted account:A1 {"channel":"call","direction":"inbound","result":"no_answer"} -
    2026-03-01@u1 contact.attempted account:A1 {"channel":"visit","direction":"outbound","result":"door_locked","geo_missing_reason":"no_signal","participants":["t1"]} -
    2026-03-01@u1 contact.attempted account:A1 {"channel":"visit","direction":"outbound","result":"door_locked","geo_missing_reason":"no_signal","participants":["u3"]} contact.agent-certified
    2026-03-01@u1 contact.attempted account:A1 {"channel":"visit","direction":"outbound","result":"door_locked","geo_missing_reason":"no_signal","participants":["t3"]} contact.actor-active
    2026-03-01 account.deallocated account:A2 {"from":"u1","reason":"recalled"} -
    2026-03-01 account.deallocated account:A2 {"from":"AG1","reason":"recalled"} allocation.held
    2026-01-01 account.deallocated account:A2 {"from":"u1","reason":"recalled"} allocation.held
    2026-03-01 account.deallocated account:A1 {"from":"u1","reason":"recalled"} allocation.held
    """

  @Test func `a command is refused by the rule of the table`() throws {
    let told = try HouseTold()
    for (line, draft, rule) in try HouseTold.tries(Self.tries) {
      #expect(try told.journal.refusal(of: draft) == rule, "\(line)")
    }
  }

  @Test func `history is stored, and flagged by the same rule of the table`() throws {
    for (line, draft, rule) in try HouseTold.tries(Self.tries) {
      let told = try HouseTold()
      let flags = try told.journal.flags(of: draft)
      #expect(flags == (rule == "-" ? [] : [rule]), "\(line)")
    }
  }

  @Test func `what was learned after an entry does not judge it`() throws {
    let told = try HouseTold()
    let allocated = try HouseTold.draft(
      #"2026-03-01 account.allocated account:A1 {"to_kind":"agency","to":"AG1","basis":"bucket"}"#)
    let suspended = try HouseTold.draft(
      #"2026-02-01 agency.suspended agency:AG1 {"permanent":false,"reason":"fraud"}"#)
    let late = try HouseTold.draft(
      #"2026-03-01 account.allocated account:A3 {"to_kind":"agency","to":"AG1","basis":"bucket"}"#)
    let seqs = try told.journal.write { (batch: inout Batch) throws(JournalError) in
      let first = try batch.append(allocated)
      try batch.append(suspended)
      return (first, try batch.append(late))
    }
    let flagged = try told.journal.flagged()
    #expect(!flagged.contains { $0.seq == seqs.0 })
    #expect(flagged.contains { $0.seq == seqs.1 })
  }
}

/// A ledger that has heard what the house is; its clock stands at noon of 8 March 2026 in Kolkata.
struct HouseTold {
  let ledger: TemporaryLedger
  let journal: Journal

  init(_ house: String = `What may happen to units, firms and allocations`.house) throws {
    ledger = try TemporaryLedger()
    ledger.turn(to: Moment(rawValue: 1_772_951_400_000_000))
    journal = try ledger.open()
    let drafts = try house.split(separator: "\n").map { try HouseTold.draft($0) }
    try journal.write { (batch: inout Batch) throws(JournalError) in
      for draft in drafts { try batch.append(draft) }
    }
  }

  // Lines that end with the rule by which they are refused and flagged.
  static func tries(_ table: String) throws -> [(line: Substring, draft: Draft, rule: String)] {
    try table.split(separator: "\n").map { line in
      let rule = line.split(separator: " ").last.map(String.init) ?? ""
      return (line, try draft(line.dropLast(rule.utf8.count + 1)), rule)
    }
  }

  // DAY[@ACTOR] EVENT KIND:ID BODY; it happens at ten in the morning.
  static func draft(_ text: some StringProtocol) throws -> Draft {
    let line = String(text)
    let words = line.split(separator: " " as Character, maxSplits: 3).map(String.init)
    let type = try #require(Register.event(words[1]))
    let stream = words[2].split(separator: ":" as Character).map(String.init)
    let (date, who) = (words[0].prefix(10), words[0].dropFirst(11))
    let occurred = try #require(ClockTime("\(date)T10:00:00+05:30"))
    let body = try BodyCodec.encode(Array(words[3].utf8), as: type)
    var day = occurred.day
    if case .property(let field) = type.day {
      let mark = "\"\(field.name)\":\""
      if let range = words[3].firstRange(of: mark) {
        day = Day(words[3][range.upperBound...].prefix(10)) ?? day
      }
    }
    var draft = Draft(
      type: type.code, subject: Reference(kind: stream[0], id: stream[1]), occurred: occurred,
      day: day, actor: Actor(id: who.isEmpty ? "tester" : String(who)), body: body)
    if let field = type.amount,
      let range = words[3].firstRange(of: "\"\(field.name)\":{\"minor\":")
    {
      let rest = words[3][range.upperBound...]
      let digits = rest.prefix { "-0123456789".contains($0) }
      let code = rest.dropFirst(digits.utf8.count + #","currency":""#.utf8.count).prefix(3)
      let currency = try #require(Currency(code: String(code)))
      draft.amount = Int64(digits).map { Money(minor: $0, currency: currency) }
    }
    return draft
  }
}
