import Foundation
import Journaling
import Ledger
import Testing

/// The counts and sums of the fines that no aging shows: what was paid, when and how often, what
/// was dismissed, appealed and sent on, all of it from the events of the book.
@Suite struct `Fines, counted from their events` {
  private struct Told {
    var opened: [UInt32: (day: Day, minor: Int64)] = [:]
    var paid: [UInt32: [(day: Day, minor: Int64)]] = [:]
    var dismissals: [UInt32: String] = [:]
    var expenses: Int64 = 0
    var counts: [String: Int] = [:]
  }

  private func told(_ ledger: RealLedger, by last: Day) throws -> Told {
    var told = Told()
    try ledger.journal.read { (snapshot) throws(JournalError) in
      try snapshot.bundles { (bundle) throws(JournalError) in
        for index in 0..<bundle.count where bundle.header(index).occurredOn <= last {
          let header = bundle.header(index)
          do throws(WireError) {
            note(try Event(reading: bundle.event(index)), header, &told)
          } catch {
            throw .wire(error, at: header.seq)
          }
        }
      }
    }
    return told
  }

  private func note(_ event: Event, _ header: Header, _ told: inout Told) {
    let account = header.account
    switch event {
    case .accountOpened(let body):
      told.opened[account] = (header.occurredOn, body.principal.minor)
    case .paymentReceived(let body) where body.mode != "adjustment":
      told.paid[account, default: []].append((header.occurredOn, body.amount.minor))
    case .chargeLevied(let body) where body.charge.hasSuffix("-expense"):
      told.expenses += body.amount.minor
    case .chargeLevied: told.counts["penalties", default: 0] += 1
    case .paymentReceived: told.counts["penalties", default: 0] += 1
    case .accountFlagged(let body):
      told.dismissals[account] = body.raised ? body.authority : nil
    case .disputeRaised: told.counts["prefecture_date_inserted", default: 0] += 1
    case .disputeResolved: told.counts["prefecture_result_received", default: 0] += 1
    case .legalCaseFiled: told.counts["judge", default: 0] += 1
    case .noticeSent(let body):
      let kind = body.notice.split(separator: "-").last ?? ""
      let name = kind == "papers" ? "sent" : kind == "result" ? "result_notified" : String(kind)
      told.counts["prefecture_" + name, default: 0] += 1
    default: break
    }
  }

  private func at(_ truth: Any?, _ path: String) -> Any? {
    path.split(separator: "/").reduce(truth) { ($0 as? [String: Any])?[String($1)] }
  }

  @Test func `what was paid, by year and by case, what was raised, dismissed, appealed`() throws {
    guard
      let ledger = try RealLedger("fines/events-dev.csv.gz", "fines.yaml", "Europe/Rome", "EUR"),
      let truth = try RealLedger.json("fines/ground-truth-dev.json")
    else { return }
    let told = try told(ledger, by: .undated)
    func sum(_ sums: some Sequence<Int64>) -> String {
      Money(minor: sums.reduce(0, +), currency: ledger.currency).decimal
    }
    let payments = told.paid.values.flatMap(\.self)
    #expect(payments.count == at(truth, "payments/count") as? Int)
    #expect(told.paid.count == at(truth, "payments/cases_with_payment") as? Int)
    #expect(sum(payments.map(\.minor)) == at(truth, "payments/total") as? String)
    #expect(
      payments.count { $0.minor == 0 } == at(truth, "payments/zero_amount_payments") as? Int)
    #expect(sum([payments.map(\.minor).max() ?? 0]) == at(truth, "payments/max_single") as? String)
    for (year, figure) in at(truth, "payments/by_year") as? [String: Any] ?? [:] {
      let mine = payments.filter { "\($0.day)".hasPrefix(year) }
      #expect(mine.count == at(figure, "count") as? Int, "\(year)")
      #expect(sum(mine.map(\.minor)) == at(figure, "total") as? String, "\(year)")
    }
    for (number, cases) in at(truth, "payments/cases_by_number_of_payments") as? [String: Int]
      ?? [:]
    {
      #expect(told.paid.values.count { "\($0.count)" == number } == cases, "\(number) payments")
    }
    #expect(told.opened.count == truth["cases"] as? Int)
    #expect(
      sum(told.opened.values.map(\.minor)) == at(truth, "charges/original_fines_total") as? String)
    #expect(sum([told.expenses]) == at(truth, "charges/expenses_total") as? String)
    #expect(told.counts["penalties"] == at(truth, "charges/cases_with_penalty") as? Int)
    for name in ["date_inserted", "sent", "result_received", "result_notified"] {
      #expect(
        told.counts["prefecture_" + name] == at(truth, "appeals/prefecture_" + name) as? Int,
        "\(name)")
    }
    #expect(told.counts["judge"] == at(truth, "appeals/judge") as? Int)
    let waits = told.paid.compactMap { account, paid in
      paid.map(\.day).min().flatMap { first in told.opened[account].map { first - $0.day } }
    }.sorted()
    #expect(waits.count == at(truth, "days_create_to_first_payment/n") as? Int)
    #expect(waits.count { $0 == 0 } == at(truth, "days_create_to_first_payment/same_day") as? Int)
    #expect(
      Double(waits[waits.count / 2]) == at(truth, "days_create_to_first_payment/median") as? Double)
  }

  @Test func `what stands open, paid in part, never paid, dismissed and sent on, on three days`()
    throws
  {
    guard
      let ledger = try RealLedger("fines/events-dev.csv.gz", "fines.yaml", "Europe/Rome", "EUR"),
      let truth = try RealLedger.json("fines/ground-truth-dev.json")
    else { return }
    let days = [
      ("2008-12-31", "as_of/2008-12-31/summary"), ("2012-12-31", "as_of/2012-12-31/summary"),
      ("2013-12-31", "at_end_of_log"),
    ]
    for (day, place) in days {
      let asOf = try #require(Day(day))
      let told = try told(ledger, by: asOf)
      func figure(_ path: String) -> Any? { at(truth, place + "/" + path) }
      let rows = try ledger.accounts(asOf)
      let paid = Set(told.paid.keys.map { ledger.journal.naming.account($0) })
      let open = rows.filter { ledger.minor($0["outstanding"]) > 0 }
      let over = rows.filter { ledger.minor($0["credit"]) > 0 }
      let part = ledger.sum(open.filter { paid.contains($0["account"] ?? "") }, "outstanding")
      let never = ledger.sum(open.filter { !paid.contains($0["account"] ?? "") }, "outstanding")
      #expect(rows.count - open.count - over.count == figure("exactly_zero/cases") as? Int)
      #expect(over.count == figure("overpaid_negative/cases") as? Int)
      #expect(
        rows.count { ledger.minor($0["outstanding"]) <= 0 && paid.contains($0["account"] ?? "") }
          == figure("fully_paid_or_overpaid_with_payment") as? Int)
      #expect(part.count == figure("partly_paid_open/cases") as? Int)
      #expect(part.text == figure("partly_paid_open/sum_balance") as? String)
      #expect(never.count == figure("never_paid_open/cases") as? Int)
      #expect(never.text == figure("never_paid_open/sum_balance") as? String)

      let dismissed = try ledger.sheet(Aging(by: .account, form: .bucketed, asOf: asOf), asOf) {
        $0.withFlag = "dismissed"
      }
      #expect(dismissed.count == figure("dismissed/cases") as? Int)
      #expect(
        ledger.sum(dismissed, "outstanding").text == figure("dismissed/gross_balance_gt_0_sum")
          as? String)
      for (code, cases) in figure("dismissed/by_code") as? [String: Int] ?? [:] {
        #expect(told.dismissals.values.count { $0 == code } == cases, "\(day): \(code)")
      }
      let net = try ledger.sheet(Aging(by: .account, form: .bucketed, asOf: asOf), asOf) {
        $0.withoutFlag = "dismissed"
      }
      #expect(ledger.sum(net, "outstanding").count == figure("net_open_positive/cases") as? Int)
      #expect(ledger.sum(net, "outstanding").text == figure("net_open_positive/sum") as? String)

      let held = try ledger.sheet(Aging(by: .agency, form: .bucketed, asOf: asOf), asOf)
        .first { $0["agency"] == "credit-collection" }
      #expect(held?["accounts"] == "\(figure("sent_for_credit_collection/cases") as? Int ?? -1)")
      #expect(
        held?["outstanding"] == figure("sent_for_credit_collection/with_balance_gt_0/sum")
          as? String)
    }
    let last = try #require(Day("2013-12-31"))
    let classes = try ledger.sheet(Aging(by: .product, form: .bucketed, asOf: last), last)
    for (name, figure) in truth["open_at_end_by_vehicleClass"] as? [String: Any] ?? [:] {
      let row = classes.first { $0["product"] == name }
      #expect(row?["owing"] == "\(at(figure, "cases") as? Int ?? -1)")
      #expect(row?["outstanding"] == at(figure, "sum") as? String)
    }
    let rows = try ledger.accounts(last)
    for (name, figure) in truth["spot_cases"] as? [String: Any] ?? [:] {
      let row = try #require(rows.first { $0["account"] == name })
      let balance = ledger.minor(row["outstanding"]) - ledger.minor(row["credit"])
      #expect(balance == ledger.minor(at(figure, "balance") as? String), "\(name)")
    }
  }
}
