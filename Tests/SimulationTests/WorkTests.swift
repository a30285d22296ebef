import Foundation
import Journaling
import Ledger
import Rules
import Simulation
import Testing

/// The day's work of a collector and the lists of the house, against models that share no rule with
/// the ledger.
@Suite struct `The day's work and the naive model` {
  @Test func `the queue ranks each account, or leaves it alone for the same reason`() throws {
    let model = NaiveWork(Year.desk)
    let met = try Year.compare("queue", 20, stream: 320) { ledger, vantage, chance in
      let asOf = vantage.asOf
      let collector = chance.happens(7000) ? nil : "collector-\(chance.pick(1...24))"
      let law = chance.happens(2000) ? nil : chance.pick(NaiveWork.Law.allCases)
      var book = WorkQueue(asOf: asOf, collector: collector)
      book.limits = try ledger.limits(law, vantage)
      let queue = try ledger.lines(
        book, vantage,
        [
          "account", "rank", "customer", "bucket", "dpd", "days_to_roll", "overdue",
          "outstanding", "last_rpc", "last_outcome", "promise_due", "pdc_due", "badges", "score",
          "action", "why", "channels",
        ])
      let due = try ledger.lines(
        FollowUps(asOf: asOf, collector: collector), vantage,
        [
          "account", "due_on", "days_late", "what", "promise", "customer", "amount", "overdue",
          "holder", "last_contact", "last_outcome", "leave", "ref",
        ])
      let files = model.files(asOf: asOf, knownAt: vantage.knownAt)
      return [
        ("queue", queue, model.queue(of: collector, law, files)),
        ("followups", due, model.followUps(of: collector, files)),
      ]
    }
    let never =
      [
        "dispute", "promise", "next", "settlement", "visit", "call", "trace", "deposit", "rolls",
        "broken:", "kept", "08:00-19:00", "09:00-18:00", "08:00-21:00", "letter;", "left;", "sms;",
      ].map { "queue \($0)" }
      + [
        "promise", "broken", "partial", "in_grace", "call", "dispute",
      ].map { "followups \($0)" }
    #expect(Year.never(never, met) == [])
  }

  @Test func `reasons, advice and stopped credit are what was said and what is owed`() throws {
    let model = NaiveWork(Year.desk)
    let met = try Year.compare("counsel", 8, stream: 321) { ledger, vantage, chance in
      let asOf = vantage.asOf
      let from = asOf - chance.pick(0...200)
      let by = chance.pick([PeriodGrouping.total, .bucket, .zone, .collector])
      let reasons = try ledger.lines(
        DelayReasons(by: by, from: from, asOf: asOf), vantage,
        (by == .total ? [] : [by.rawValue]) + [
          "reason", "told", "accounts", "last_accounts", "overdue_accounts", "overdue",
          "overdue_bp",
        ])
      let advice = try ledger.lines(
        AdviceRegister(from: from, asOf: asOf), vantage,
        [
          "day", "account", "customer", "option", "adviser", "outstanding", "total", "saved",
          "instalments", "each", "until", "days", "advised", "taken_up",
        ])
      let credit = try ledger.lines(
        CreditWatch(asOf: asOf, all: true), vantage,
        [
          "customer", "stage", "accounts", "exposure", "overdue", "dpd", "stopped_since", "order",
        ])
      let files = model.files(asOf: asOf, knownAt: vantage.knownAt)
      return [
        ("reasons", reasons, model.reasons(by: by.rawValue, from: from, files)),
        ("advice", advice, model.advice(from: from, files)),
        ("credit", credit, model.credit(files)),
      ]
    }
    let never = [
      "reasons none_told", "reasons job_loss", "reasons reason_of_ours", "advice pay_now",
      "advice plan", "advice settlement", "advice yes", "credit within", "credit to_stop",
      "credit stopped", "credit to_review",
    ]
    #expect(Year.never(never, met) == [])
  }

  @Test func `who had an account, who is on the panel and what the book holds`() throws {
    let model = NaiveRolls(Year.desk)
    let met = try Year.compare("rolls", 16, stream: 322) { ledger, vantage, chance in
      let (asOf, known) = (vantage.asOf, vantage.knownAt)
      let onlyHeld = chance.happens(3000)
      let allocations = try ledger.lines(
        Allocations(asOf: asOf, onlyHeld: onlyHeld), vantage,
        ["account", "holder", "kind", "unit", "from", "to", "basis", "seq"])
      let panel = try ledger.lines(
        [
          "kind", "id", "certificate", "employer", "standing", "since", "until", "days_left",
          "alert", "reason", "territory", "bar_no", "courts", "commission_bp",
        ]
      ) { journal, snapshot in
        let (_, house) = try journal.rules(Question(vantage: vantage), at: known, snapshot)
        return EmpanelmentRegister(house, asOf: asOf, within: 30).sheet
      }
      let control = try ledger.control(vantage)
      var events: [String: (stand: Int64, gone: Int64)] = [:]
      for row in control.rows where row[0].plain == "event" {
        if case .integer(let count) = row[3] {
          events[row[1].plain, default: (0, 0)].stand += count
        }
        if case .integer(let count) = row[5] { events[row[1].plain, default: (0, 0)].gone += count }
      }
      let totals = control.lines(["section", "item", "count", "amount"]).filter {
        ["credit", "outstanding", "overdue", "received"].map { "total,\($0)," }
          .contains(where: $0.hasPrefix)
      }
      return [
        (
          "allocations", allocations,
          model.allocations(onlyHeld: onlyHeld, asOf: asOf, knownAt: known)
        ),
        ("empanelment", panel, model.panel(asOf: asOf, within: 30, knownAt: known)),
        (
          "control", events.map { "\($0.key),\($0.value.stand),\($0.value.gone)" },
          model.events(knownAt: known)
        ),
        (
          "control", totals.map { String($0.dropFirst(6)) },
          model.totals(asOf: asOf, knownAt: known)
        ),
      ]
    }
    let never = [
      "active", "ended", "suspended", "removed", "valid", "expired", "expires_soon", "employer",
      "advocate", "Nagpur",
    ]
    #expect(Year.never(never.map { "empanelment \($0)" }, met) == [])
  }

  @Test func `a cheque that nobody received, or that went stale, goes to no bank`() throws {
    let ledger = try Restored(Life(seed: 3, accounts: 1, from: Year.from, days: 9), cuts: [])
    let sum = #""amount":{"minor":900000,"currency":"INR"}"#
    _ = try ledger.append(
      "due.raised", on: "2025-04-02",
      #"{"due":"Z1","kind":"instalment","due_date":"2025-04-02",\#(sum)}"#)
    func chequeBy(_ day: String) throws -> [String] {
      let head = try ledger.journal.read { (snapshot) throws(JournalError) in snapshot.head }
      let vantage = Vantage(asOf: try #require(Day(day)), knownAt: head)
      return try ledger.lines(
        WorkQueue(asOf: vantage.asOf, collector: nil), vantage, ["pdc_due", "action"])
    }
    _ = try ledger.append(
      "cheque.held", on: "2025-04-03",
      #"{"cheque":"Q1","until":"2025-04-05","approver":"boss","reason":"customer_request"}"#)
    #expect(try chequeBy("2025-04-10") == [",call"])
    _ = try ledger.append(
      "cheque.received", on: "2025-04-04",
      #"{"cheque":"Q2","cheque_date":"2025-04-07","kind":"post_dated","number":"7",\#(sum)}"#)
    #expect(try chequeBy("2025-04-10") == ["2025-04-07,deposit cheque"])
    #expect(try chequeBy("2025-07-07") == ["2025-04-07,deposit cheque"])
    #expect(try chequeBy("2025-07-08") == [",visit"])
  }
}

extension Restored {
  /// What the rules of a pack, and consent taken back, leave of contacts.
  fileprivate func limits(_ law: NaiveWork.Law?, _ vantage: Vantage) throws -> ContactLimits {
    let packs = try law.map { law in
      [try Self.draft(law.rawValue, #"{"pack":"\#(law.rawValue)"}"#)]
    }
    let rules = try Rules.Rulebook(
      .draft((packs ?? []).map { ($0.kind, $0.body) }), PolicyBook(), asOf: vantage.asOf)
    var limits = rules.contactLimits
    try journal.reading { journal, snapshot in
      limits.withdrawn = try journal.withdrawals(vantage, snapshot)
    }
    return limits
  }

  /// `show control`, without its anomalies.
  fileprivate func control(_ vantage: Vantage) throws -> Sheet {
    try journal.read { (snapshot) throws(JournalError) in
      let control = try snapshot.control(to: vantage.knownAt)
      return try journal.answer(control, Question(vantage: vantage), snapshot).book.sheet(
        journal.naming)
    }
  }
}
