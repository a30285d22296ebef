import Journaling
import Ledger
import LedgerTesting
import Testing

/// Each line of the table tries one event on an account of which the house has heard what stands
/// above, in both ways: as a command, which is refused by the rule at the end of the line, and as
/// history, which is stored and flagged by the same rule. `-` is an event that passes. A `!` in
/// front of a rule is refused as a command only: history is judged as of the day it was said.
@Suite struct `What may happen to promises, contacts and disputes` {
  /// It is noon of 8 March 2026 in Kolkata.
  static let house = """
    2026-01-01 account.opened A1 {"account_no":"1","product":"personal","principal":{"minor":100000,"currency":"INR"},"opened_on":"2025-04-01","debtor":"P1","time_zone":"Asia/Kolkata"}
    2026-01-01 due.raised A1 {"due":"d1","kind":"instalment","due_date":"2026-01-05","amount":{"minor":100000,"currency":"INR"}}
    2026-01-02 party.linked A1 {"party":"P2","role":"guarantor","from":"2026-01-01"}
    2026-01-02 party.linked A1 {"party":"P3","role":"spouse","from":"2026-01-01"}
    2026-01-02 party.linked A1 {"party":"P4","role":"guarantor","from":"2026-01-01"}
    2026-01-02 party.unlinked A1 {"party":"P4","role":"guarantor","to":"2026-02-28"}
    2026-02-01 promise.made A1 \(vow("OLD", "2026-02-10", 10_000))
    2026-02-01 promise.made A1 \(vow("GONE", "2026-03-30", 10_000))
    2026-02-02 promise.withdrawn A1 {"promise":"GONE","reason":"customer_request"}
    2026-03-01 promise.made A1 \(vow("OPEN", "2026-03-20", 10_000))
    2026-03-01 promise.made A1 \(vow("R0", "2026-03-21", 10_000))
    2026-03-02 promise.made A1 \(vow("R1", "2026-03-22", 10_000, supersedes: "R0"))
    2026-03-03 promise.made A1 \(vow("R2", "2026-03-23", 10_000, supersedes: "R1"))
    2026-03-04 promise.made A1 \(vow("R3", "2026-03-24", 10_000, supersedes: "R2"))
    2026-02-01 dispute.raised A1 {"dispute":"X1","category":"service","form":"oral"}
    2026-02-01 dispute.raised A1 {"dispute":"X2","category":"service","form":"oral"}
    2026-02-20 dispute.resolved A1 {"dispute":"X2","outcome":"rejected"}
    2026-02-01 dispute.raised A1 {"dispute":"X4","category":"service","form":"oral","against":"asha"}
    2026-02-01 complaint.received A1 {"complaint":"K1","category":"conduct","forum":"internal","against":"asha"}
    2026-02-01 complaint.received A1 {"complaint":"K2","category":"service","forum":"internal"}
    2026-02-20 complaint.resolved A1 {"complaint":"K2","outcome":"rejected"}
    """

  static let tries = """
    2026-03-08 promise.made A1 \(vow("N", "2026-03-15", 90_000)) -
    2026-03-08 promise.made A1 \(vow("N", "2026-03-08", 90_000)) -
    2026-03-08 promise.made A9 \(vow("N", "2026-03-15", 90_000)) account.unknown
    2026-03-08 promise.made A1 \(vow("N", "2026-03-15", 90_000, by: "P2")) -
    2026-03-08 promise.made A1 \(vow("N", "2026-03-15", 90_000, by: "P3")) promise.third-party
    2026-03-08 promise.made A1 \(vow("N", "2026-03-15", 90_000, by: "P4")) promise.third-party
    2026-03-08 promise.made A1 \(vow("N", "2026-03-15", 90_000, by: "P9")) promise.third-party
    2026-03-08 promise.made A1 \(vow("N", "2026-03-15", 100_001)) promise.more-than-outstanding
    2026-03-08 promise.made A1 \(vow("N", "2026-03-15", 0)) money.positive
    2026-03-08 promise.made A1 \(vow("N", "2026-03-07", 90_000)) promise.past-day
    2026-03-05 promise.made A1 \(vow("N", "2026-03-06", 90_000)) !promise.past-day
    2026-03-09 promise.made A1 \(vow("N", "2026-03-15", 90_000)) promise.future
    2026-03-08 promise.made A1 \(vow("N", "2026-06-06", 90_000)) -
    2026-03-08 promise.made A1 \(vow("N", "2026-06-07", 90_000)) promise.horizon
    2026-03-08 promise.made A1 \(vow("N", "2026-03-20", 10_000)) promise.same-day
    2026-03-08 promise.made A1 \(vow("N", "2026-03-30", 10_000)) -
    2026-03-08 promise.made A1 \(vow("OPEN", "2026-03-15", 10_000)) promise.exists
    2026-03-08 promise.made A1 \(vow("N", "2026-03-15", 10_000, total: 9_999)) promise.total
    2026-03-08 promise.made A1 \(vow("N", "2026-03-20", 10_000, supersedes: "OPEN")) -
    2026-03-08 promise.made A1 \(vow("N", "2026-03-15", 10_000, supersedes: "X")) promise.unknown
    2026-03-08 promise.made A1 \(vow("N", "2026-03-15", 10_000, supersedes: "OLD")) promise.not-open
    2026-03-08 promise.made A1 \(vow("N", "2026-03-15", 10_000, supersedes: "GONE")) promise.not-open
    2026-03-08 promise.made A1 \(vow("N", "2026-03-15", 10_000, supersedes: "R2")) promise.not-open
    2026-03-08 promise.made A1 \(vow("N", "2026-03-15", 10_000, supersedes: "R3")) promise.put-off-too-often
    2026-03-08 promise.made A1 \(vow("N", "2026-03-15", 90_000, grace: 60)) !promise.terms
    2026-03-08 promise.made A1 \(vow("N", "2026-03-15", 90_000, grace: -1)) promise.terms
    2026-03-08 promise.withdrawn A1 {"promise":"OPEN","reason":"customer_request"} -
    2026-03-08 promise.withdrawn A1 {"promise":"X","reason":"customer_request"} promise.unknown
    2026-03-08 promise.withdrawn A1 {"promise":"OLD","reason":"customer_request"} promise.judged
    2026-03-08 promise.withdrawn A1 {"promise":"GONE","reason":"customer_request"} promise.not-open
    2026-03-08 promise.withdrawn A1 {"promise":"R1","reason":"customer_request"} promise.not-open
    2026-03-08 contact.attempted A1 {"channel":"call","direction":"outbound","result":"no_answer"} -
    2026-03-08 contact.attempted A9 {"channel":"call","direction":"outbound"} account.unknown
    2026-03-08 contact.attempted A1 {"channel":"call","direction":"outbound","duration_s":-5} contact.ends-before-start
    2026-03-08 contact.attempted A1 {"channel":"call","direction":"outbound","result":"promise"} contact.reason-missing
    2026-03-08 contact.attempted A1 {"channel":"call","direction":"outbound","reached":"right_party"} contact.reason-missing
    2026-03-08 contact.attempted A1 {"channel":"call","direction":"inbound","result":"promise"} -
    2026-03-08 contact.attempted A1 {"channel":"call","direction":"outbound","result":"promise","reason_for_delay":"forgot"} -
    2026-03-08 contact.attempted A1 {"channel":"call","direction":"outbound","result":"busy","reached":"third_party"} contact.reached
    2026-03-08 contact.attempted A1 {"channel":"call","direction":"outbound","result":"busy","reason_for_delay":"forgot"} contact.reason-told
    2026-03-08 contact.attempted A1 {"channel":"call","direction":"outbound","reached":"third_party","reason_for_delay":"forgot"} -
    2026-03-08 contact.attempted A1 {"channel":"visit","direction":"outbound","result":"door_locked"} contact.visit-where
    2026-03-08 contact.attempted A1 {"channel":"visit","direction":"outbound","result":"door_locked","geo_missing_reason":"no_signal","participants":["P7","P8"]} -
    2026-03-08 contact.attempted A1 {"channel":"visit","direction":"outbound","geo_missing_reason":"denied","participants":["P7","P7"]} contact.participants
    2026-03-09 contact.attempted A1 {"channel":"call","direction":"outbound"} contact.future
    2026-03-08 contact.attempted A1 \(advice(way("pay_now", 100_000), way("plan", 100_000, ",\"instalments\":5,\"until\":\"2026-08-05\",\"advised\":true"))) -
    2026-03-08 contact.attempted A1 \(advice(way("pay_now", 100_000))) contact.options
    2026-03-08 contact.attempted A1 \(advice(way("pay_now", 0), way("plan", 100_000))) money.positive
    2026-03-08 contact.attempted A1 \(advice(way("pay_now", 1, ",\"advised\":true"), way("plan", 1, ",\"advised\":true"))) contact.options-advised
    2026-03-08 contact.attempted A1 \(advice(way("pay_now", 1), way("plan", 1, ",\"until\":\"2026-03-07\""))) contact.options-schedule
    2026-03-08 contact.attempted A1 \(advice(way("pay_now", 1), way("plan", 1, ",\"instalments\":0"))) contact.options-schedule
    2026-03-08 dispute.resolved A1 {"dispute":"X1","outcome":"rejected"} -
    2026-03-08 dispute.resolved A1 {"dispute":"X1","outcome":"upheld"} dispute.credit-stated
    2026-03-08 dispute.resolved A1 {"dispute":"X1","outcome":"upheld","amount_credited":{"minor":0,"currency":"INR"}} -
    2026-03-08 dispute.resolved A1 {"dispute":"X2","outcome":"withdrawn"} dispute.open
    2026-03-08 dispute.resolved A1 {"dispute":"X9","outcome":"withdrawn"} dispute.unknown
    2026-03-08 dispute.resolved A1 {"dispute":"X4","outcome":"rejected"} -
    2026-03-08@asha dispute.resolved A1 {"dispute":"X4","outcome":"rejected"} dispute.own
    2026-03-08@asha dispute.resolved A1 {"dispute":"X1","outcome":"rejected"} -
    2026-03-08 complaint.resolved A1 {"complaint":"K1","outcome":"upheld"} -
    2026-03-08@asha complaint.resolved A1 {"complaint":"K1","outcome":"rejected"} complaint.own
    2026-03-08 complaint.resolved A1 {"complaint":"K2","outcome":"upheld"} complaint.open
    2026-03-08 complaint.resolved A1 {"complaint":"K9","outcome":"upheld"} complaint.unknown
    2026-01-31 complaint.resolved A1 {"complaint":"K1","outcome":"upheld"} complaint.unknown
    2026-03-08 complaint.resolved A9 {"complaint":"K1","outcome":"upheld"} account.unknown
    2026-03-08 dispute.raised A1 {"dispute":"X3","category":"amount","form":"written","reopens":"X2"} -
    2026-03-08 dispute.raised A1 {"dispute":"X3","category":"amount","form":"written","reopens":"X1"} dispute.decided
    2026-03-08 dispute.raised A1 {"dispute":"X3","category":"amount","form":"written","reopens":"X9"} dispute.unknown
    2026-03-08 dispute.raised A1 {"dispute":"X1","category":"amount","form":"written"} dispute.exists
    2026-03-08 dispute.raised A1 {"dispute":"X3","category":"amount","form":"written"} -
    2026-03-08 dispute.raised A9 {"dispute":"X3","category":"amount","form":"written"} account.unknown
    """

  private static func vow(
    _ id: String, _ due: String, _ minor: Int, supersedes: String? = nil, total: Int? = nil,
    by: String = "P1", grace: Int = 0
  ) -> String {
    func sum(_ minor: Int) -> String { "{\"minor\":\(minor),\"currency\":\"INR\"}" }
    return
      "{\"promise\":\"\(id)\",\"party\":\"\(by)\",\"items\":[{\"due_on\":\"\(due)\",\"amount\":"
      + "\(sum(minor))}],\"total\":\(sum(total ?? minor)),"
      + "\"terms\":{\"grace_days\":\(grace),\"tolerance_bp\":0,\"counting\":\"all_receipts\"}"
      + (supersedes.map { ",\"supersedes\":\"\($0)\"" } ?? "") + "}"
  }

  private static func way(_ kind: String, _ minor: Int, _ rest: String = "") -> String {
    "{\"kind\":\"\(kind)\",\"total\":{\"minor\":\(minor),\"currency\":\"INR\"}\(rest)}"
  }

  private static func advice(_ ways: String...) -> String {
    "{\"channel\":\"call\",\"direction\":\"inbound\",\"purpose\":\"advice\","
      + "\"options\":[\(ways.joined(separator: ","))]}"
  }

  // The line without its rule; the rule; whether it holds for commands only.
  private static func parts(_ line: Substring) -> (line: Substring, rule: String, only: Bool) {
    let last = line.split(separator: " ").last.map(String.init) ?? ""
    let only = last.hasPrefix("!")
    return (line.dropLast(last.utf8.count + 1), only ? String(last.dropFirst()) : last, only)
  }

  @Test func `a command is refused by the rule of the table`() throws {
    let told = try Told()
    for text in Self.tries.split(separator: "\n") {
      let (line, rule, _) = Self.parts(text)
      #expect(try told.journal.refusal(of: try Told.make(line)) == rule, "\(line)")
    }
  }

  @Test func `history is stored, and flagged by the same rule`() throws {
    for text in Self.tries.split(separator: "\n") {
      let (line, rule, only) = Self.parts(text)
      let flags = try Told().flags(line)
      #expect(flags == (rule == "-" || only ? [] : [rule]), "\(line)")
    }
  }

  @Test func `a disposition that no list has is kept and flagged`() throws {
    let line: Substring =
      #"2026-03-08 contact.attempted A1 {"channel":"call","direction":"outbound","result":"ours"}"#
    #expect(try Told().flags(line) == ["code.unknown"])
  }
}

/// A ledger that has heard of one account.
private struct Told {
  let ledger: TemporaryLedger
  let journal: Journal

  init() throws {
    ledger = try TemporaryLedger()
    ledger.turn(to: Moment(rawValue: 1_772_951_400_000_000))
    journal = try ledger.open()
    let drafts = try `What may happen to promises, contacts and disputes`.house
      .split(separator: "\n").map { try Told.make($0) }
    try journal.write { (batch: inout Batch) throws(JournalError) in
      for draft in drafts { try batch.append(draft) }
    }
  }

  /// Rules that flag a line once it is stored.
  func flags(_ line: Substring) throws -> [String] { try journal.flags(of: try Told.make(line)) }

  // DAY[@ACTOR] EVENT ACCOUNT BODY; it happens at ten in the morning.
  static func make(_ text: Substring) throws -> Draft {
    let words = text.split(separator: " " as Character, maxSplits: 3).map(String.init)
    let type = try #require(Register.event(words[1]))
    let (date, who) = (words[0].prefix(10), words[0].dropFirst(11))
    let occurred = try #require(ClockTime("\(date)T10:00:00+05:30"))
    var day = occurred.day
    if words[1] == "due.raised" { day = try #require(Day("2026-01-05")) }
    if words[1] == "account.opened" { day = try #require(Day("2025-04-01")) }
    var draft = Draft(
      type: type.code, subject: Reference(kind: "account", id: words[2]), occurred: occurred,
      day: day, actor: Actor(id: who.isEmpty ? "tester" : String(who)),
      body: try BodyCodec.encode(Array(words[3].utf8), as: type))
    if words[1] == "due.raised" || words[1] == "account.opened" {
      draft.amount = Money(minor: 100_000, currency: Currency(rawValue: 356))
    }
    return draft
  }
}
