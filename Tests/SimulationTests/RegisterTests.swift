import Foundation
import Journaling
import Ledger
import Simulation
import Testing

/// Registers of a year in which everything happens, against models that share no rule with the
/// ledger, at random vantages: late, reversed, out of turn, by the wrong person.
@Suite(.serialized) struct `Registers and the naive models` {
  @Test func `custody, deposits and receipt books follow every note to the bank`() throws {
    let model = NaiveCash(Year.desk)
    let met = try Year.compare("cash", 8, stream: 301) { ledger, vantage, chance in
      let (asOf, known) = (vantage.asOf, vantage.knownAt)
      let from = asOf - chance.pick(0...90)
      let custody = try ledger.lines(
        [
          "holder", "opening", "collected", "taken_over", "handed_over", "deposited", "came_back",
          "in_hand", "credited", "with_bank", "oldest", "count_difference", "breach",
        ]
      ) { journal, snapshot in
        let moves = try journal.cashMoves(vantage, snapshot)
        return CashRegister(
          Cash.Custody(moves, from: from), asOf: asOf,
          terms: try journal.policies(Question(vantage: vantage), snapshot).terms(
            for: PolicySubject(product: "", account: ""), on: asOf)
        ).sheet
      }
      let deposits = try ledger.lines(
        [
          "deposit", "kind", "holder", "deposited_on", "slip", "papers", "papers_sum", "credited",
          "came_back", "answered_on", "difference", "status", "not_held", "in_another",
        ]
      ) { journal, snapshot in
        let custody = Cash.Custody(try journal.cashMoves(vantage, snapshot))
        return DepositRegister(custody, from: .none, onlyOpen: false).sheet
      }
      let books = try ledger.lines(
        [
          "book", "holder", "first", "last", "state", "given", "voided", "next", "missing", "twice",
          "outside",
        ]
      ) { journal, snapshot in
        ReceiptBookRegister(try journal.shelf(vantage, snapshot)).sheet
      }
      return [
        ("cash", custody, model.custody(from: from, asOf: asOf, knownAt: known)),
        ("deposits", deposits, model.deposits(asOf: asOf, knownAt: known)),
        ("receipt-books", books, model.books(asOf: asOf, knownAt: known)),
      ]
    }
    let never = [
      "cash too_old", "cash over_limit", "cash short_count", "deposits awaiting",
      "deposits confirmed", "deposits short", "deposits over", "deposits refused",
      "deposits no_deposit", "deposits cheques", "receipt-books handed", "receipt-books out",
    ]
    #expect(Year.never(never, met) == [])
  }

  @Test func `settlements and plans stand where their steps and their money leave them`() throws {
    let model = NaiveArrangements(Year.desk)
    let met = try Year.compare("arrangements", 12, stream: 302) { ledger, vantage, _ in
      let asOf = vantage.asOf
      let settlements = try ledger.lines(
        SettlementRegister(asOf: asOf, onlyOpen: false), vantage,
        [
          "settlement", "account", "outstanding", "offer", "waived", "haircut_bp", "proposed_on",
          "proposer", "checker", "approver", "level", "needed", "approved_on", "offered_on",
          "valid_until", "accepted_on", "payments", "paid_payments", "paid", "next_due", "stage",
          "ended_on", "alert",
        ])
      let plans = try ledger.lines(
        PlanRegister(asOf: asOf, onlyOpen: false), vantage,
        [
          "plan", "account", "asked_by", "proposed_on", "proposer", "approver", "agreed_on",
          "document", "total", "instalments", "paid_instalments", "paid", "missed", "next_due",
          "next", "days_behind", "stage", "ended_on", "reason",
        ])
      let files = model.files(asOf: asOf, knownAt: vantage.knownAt)
      return [
        ("settlements", settlements, model.settlements(files)),
        ("plans", plans, model.plans(files)),
      ]
    }
    let alerts = [
      "own_proposal", "beyond_level", "not_approved", "waived_before_clearance", "lapses_soon",
    ]
    let rare: [Settlement.Stage] = [.proposed, .returned, .rejected, .accepted]
    let stages =
      Settlement.Stage.allCases.filter { !rare.contains($0) }.map(\.rawValue)
      + alerts
    // Declined ones are few: `ArrangementTransitionsTests` has them.
    let never =
      stages.map { "settlements \($0)" } + Plan.Stage.allCases.map { "plans \($0.rawValue)" }
    #expect(Year.never(never, met) == [])
  }

  @Test func `queries, complaints, bookings, letters are what was said`() throws {
    let model = NaiveCustomers(Year.desk)
    let met = try Year.compare("customers", 6, stream: 303) { ledger, vantage, chance in
      let (asOf, known) = (vantage.asOf, vantage.knownAt)
      let queries = try ledger.lines(
        QueryRegister(asOf: asOf, onlyOpen: false), vantage,
        [
          "query", "account", "category", "opened_on", "taken_by", "age", "stage", "answered_on",
          "answered_by", "reopens",
        ])
      let complaints = try ledger.lines(
        ComplaintRegister(asOf: asOf, onlyOpen: false), vantage,
        [
          "complaint", "account", "category", "against", "received_on", "taken_by", "age", "stage",
          "resolved_on", "resolved_by",
        ])
      let bookings = try ledger.lines(
        [
          "booking", "customer", "booked_on", "amount", "accounts", "overdue", "dpd",
          "told", "told_on", "stage", "decided_on", "decided_by", "minutes",
        ]
      ) { journal, snapshot in
        let book = BookingAlerts(try journal.bookings(vantage, snapshot), all: true)
        return try journal.answer(book, Question(vantage: vantage), snapshot).book.sheet(
          journal.naming)
      }
      var pairs: [Year.Pair] = [
        ("queries", queries, model.queries(asOf: asOf, knownAt: known)),
        ("complaints", complaints, model.complaints(asOf: asOf, knownAt: known)),
        ("bookings", bookings, model.bookings(asOf: asOf, knownAt: known)),
      ]
      for _ in 0..<10 {
        let account = UInt32(chance.pick(1...Year.accounts))
        let file = try ledger.lines(
          ["day", "way", "event", "kind", "ref", "state", "seq"]
        ) { journal, snapshot in
          try journal.answer(
            Correspondence(from: .none, asOf: asOf, kind: nil), account: Life.name(account),
            Question(vantage: vantage), snapshot)?.book.sheet(journal.naming)
            ?? Sheet(title: "", columns: [])
        }
        let foretold = model.correspondence(of: account, asOf: asOf, knownAt: known)
        pairs.append(("correspondence", file, foretold))
      }
      return pairs
    }
    let never = [
      "queries open", "queries answered", "queries reopened", "complaints open", "bookings clear",
      "bookings unacknowledged", "bookings allow", "bookings block", "correspondence destroyed",
      "correspondence replaced", "correspondence legal.notice_sent",
      "correspondence statement.issued", "correspondence in",
    ]
    #expect(Year.never(never, met) == [])
  }

  @Test func `collateral is held, sold and given back as its file says`() throws {
    let model = NaiveCollateral(Year.desk)
    let met = try Year.compare("security", 6, stream: 304) { ledger, vantage, _ in
      let register = try ledger.lines(
        SecurityRegister(asOf: vantage.asOf, onlyHeld: false), vantage,
        [
          "account", "stage", "taken_on", "under", "police", "value", "valued_on",
          "sale_notice_on", "sale_from", "auctions", "last_auction", "reserve", "best_bid",
          "ended_on", "price", "owed", "surplus", "shortfall", "alert", "papers",
        ])
      let foretold = model.register(asOf: vantage.asOf, knownAt: vantage.knownAt)
      return [("security", register, foretold)]
    }
    let never = [
      "symbolic", "physical", "surrendered", "valued", "auctioned", "sold", "released",
      "sold_before_notice_ran", "stated_surplus_differs", "not_valued", "lost", "back",
    ]
    #expect(Year.never(never.map { "security \($0)" }, met) == [])
  }

  @Test func `tasks, reports and targets are what the house set itself and did`() throws {
    let model = NaiveOffice(Year.desk)
    let met = try Year.compare("office", 6, stream: 305) { ledger, vantage, chance in
      let (asOf, known) = (vantage.asOf, vantage.knownAt)
      let from = asOf - chance.pick(0...120)
      let tasks = try ledger.lines(
        [
          "task", "unit", "kind", "assignee", "given_on", "due_on", "stage", "ended_on", "outcome",
          "days_late", "replaces", "replaced_by",
        ]
      ) { journal, snapshot in
        TaskRegister(try journal.office(vantage, snapshot), asOf: asOf, onlyOpen: false).sheet
      }
      let reports = try ledger.lines(
        [
          "on", "collector", "report", "stage", "times", "collected", "reviewer", "reviewed_on",
          "approver", "decided_on",
        ]
      ) { journal, snapshot in
        ReportRegister(try journal.office(vantage, snapshot)).sheet
      }
      let targets = try ledger.lines(
        TargetBook(asOf: asOf), vantage,
        [
          "period", "kind", "scope", "metric", "bucket", "basis", "from", "to", "target",
          "achieved", "achieved_bp", "working_day", "working_days", "sum_of_months",
        ])
      let productivity = try ledger.lines(
        [
          "collector", "currency", "days_present", "hours", "attempts_per_day", "visits_per_day",
          "right_party_per_hour", "promises_per_day", "receipts", "receipts_per_day", "collected",
          "collected_per_day", "collected_per_right_party",
        ]
      ) { journal, snapshot in
        let there = try journal.attendance(vantage, snapshot)
        return try journal.answer(
          Productivity(from: from, asOf: asOf, there), Question(vantage: vantage), snapshot
        ).book.sheet(journal.naming)
      }
      return [
        (
          "productivity", productivity,
          model.productivity(from: from, asOf: asOf, knownAt: known)
        ),
        ("tasks", tasks, model.tasks(asOf: asOf, knownAt: known)),
        ("reports", reports, model.reports(asOf: asOf, knownAt: known)),
        ("targets", targets, model.targets(asOf: asOf, knownAt: known)),
      ]
    }
    let never = [
      "tasks overdue", "tasks done", "tasks replaced", "reports submitted",
      "reports returned", "reports reviewed", "reports approved", "reports declined", "targets day",
      "targets month", "targets quarter", "targets year", "targets unit", "targets agency",
      "productivity INR", "productivity collector-0001", "targets sum", "targets set",
      "targets npa_recovery", "targets 1-30",
    ]
    #expect(Year.never(never, met) == [])
  }

  @Test func `ratios of receivables and vintages are those of accounts lived through`() throws {
    let model = NaiveReceivables(Year.desk)
    let met = try Year.compare("receivables", 3, stream: 306) { ledger, vantage, chance in
      let (asOf, known) = (vantage.asOf, vantage.knownAt)
      let opening = asOf - chance.pick(1...120)
      let ratios = try ledger.lines(
        ReceivablesReport(opening: opening, closing: asOf), vantage, ["metric", "part", "whole"]
      ).filter { !$0.hasPrefix("dso_countback") }
      let (isEver, over) = (chance.happens(5000), chance.pick([0, 30, 60]))
      let first = asOf - chance.pick(30...200)
      let vintage = try ledger.lines(
        VintageBook(isEver ? .ever : .current, over: over, from: first, asOf: asOf), vantage,
        ["cohort", "month_on_book", "month_end", "accounts", "pool", "beyond"])
      return [
        ("receivables", ratios, model.ratios(opening: opening, closing: asOf, knownAt: known)),
        (
          "vintage", vintage,
          model.vintage(isEver: isEver, over: over, from: first, asOf: asOf, knownAt: known)
        ),
      ]
    }
    #expect(Year.never(["receivables sales", "vintage 0"], met) == [])
  }
}
