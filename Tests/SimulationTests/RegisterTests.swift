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
        ("books", books, model.books(asOf: asOf, knownAt: known)),
      ]
    }
    let never = [
      "cash too_old", "cash over_limit", "cash short_count", "deposits awaiting",
      "deposits confirmed", "deposits short", "deposits over", "deposits refused",
      "deposits no_deposit", "deposits cheques", "books handed", "books out",
    ]
    #expect(Year.never(never, met) == [])
  }

  @Test func `settlements and plans stand where their steps and their money leave them`() throws {
    let model = NaiveArrangements(Year.desk)
    let met = try Year.compare("arrangements", 12, stream: 302) { ledger, vantage, _ in
      let (asOf, known) = (vantage.asOf, vantage.knownAt)
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
      return [
        ("settlement", settlements, model.settlements(asOf: asOf, knownAt: known)),
        ("plan", plans, model.plans(asOf: asOf, knownAt: known)),
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
      stages.map { "settlement \($0)" } + Plan.Stage.allCases.map { "plan \($0.rawValue)" }
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
        ("query", queries, model.queries(asOf: asOf, knownAt: known)),
        ("complaint", complaints, model.complaints(asOf: asOf, knownAt: known)),
        ("booking", bookings, model.bookings(asOf: asOf, knownAt: known)),
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
        pairs.append(("letter", file, foretold))
      }
      return pairs
    }
    let never = [
      "query open", "query answered", "query reopened", "complaint open", "booking clear",
      "booking unacknowledged", "booking allow", "booking block", "letter destroyed",
      "letter replaced", "letter legal.notice_sent", "letter statement.issued", "letter in",
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
    let met = try Year.compare("office", 6, stream: 305) { ledger, vantage, _ in
      let (asOf, known) = (vantage.asOf, vantage.knownAt)
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
      return [
        ("task", tasks, model.tasks(asOf: asOf, knownAt: known)),
        ("report", reports, model.reports(asOf: asOf, knownAt: known)),
        ("target", targets, model.targets(asOf: asOf, knownAt: known)),
      ]
    }
    let never = [
      "task overdue", "task done", "task replaced", "report submitted",
      "report returned", "report reviewed", "report approved", "report declined", "target day",
      "target month", "target quarter", "target year", "target unit", "target agency",
      "target sum", "target set", "target npa_recovery", "target 1-30",
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
        ("ratios", ratios, model.ratios(opening: opening, closing: asOf, knownAt: known)),
        (
          "vintage", vintage,
          model.vintage(isEver: isEver, over: over, from: first, asOf: asOf, knownAt: known)
        ),
      ]
    }
    #expect(Year.never(["ratios sales", "vintage 0"], met) == [])
  }
}
