import Foundation
import Interchange
import Journaling
import Ledger
import LedgerTesting
import Testing

/// Real files again: what was contested, paid late, collected month by month, and sent to
/// collection, against figures that somebody else computed.
@Suite struct `Real files of a desk` {
  static func receivables() throws -> (RealLedger, [String: Any])? {
    guard let ledger = try RealLedger("ar/invoices.csv.gz", "receivables.yaml", "UTC", "USD"),
      let truth = try RealLedger.json("ar/ground-truth-2012-12-31.json")
    else { return nil }
    return (ledger, truth)
  }

  @Test func `receivables: what was contested, and what of it was open on a day`() throws {
    guard let (ledger, truth) = try Self.receivables() else { return }
    let all = (truth["disputed"] as? [String: [String: Any]])?["Yes"] ?? [:]
    let days = truth["as_of"] as? [String: [String: Any]] ?? [:]
    let open = days["2012-12-31"]?["disputed_open"] as? [String: Any] ?? [:]
    let asOf = try #require(Day("2012-12-31"))
    var raised: [String: (amount: Int64, on: Day)] = [:]
    var resolved: [String: Day] = [:]
    try ledger.forEachEvent { event, header in
      let on = Day(rawValue: header.day)
      switch event {
      case .disputeRaised(let dispute):
        raised[dispute.dispute] = (dispute.disputedAmount?.minor ?? 0, on)
      case .disputeResolved(let dispute): resolved[dispute.dispute] = on
      default: break
      }
    }
    #expect(raised.count == all["n"] as? Int)
    #expect(raised.values.reduce(0) { $0 + $1.amount } == ledger.minor(all["sum"] as? String))
    // Open at the end of the day: raised by then, and settled after it.
    let stand = raised.filter { $0.value.on <= asOf && (resolved[$0.key] ?? .undated) > asOf }
    #expect(stand.count == open["n"] as? Int)
    #expect(
      stand.values.reduce(0) { $0 + $1.amount } == ledger.minor(open["sum"] as? String))
    // The dispute register says the same.
    let register = try ledger.sheet(DisputeRegister(asOf: asOf, onlyOpen: true), asOf)
    #expect(register.count == open["n"] as? Int)
    #expect(
      register.reduce(0) { $0 + ledger.minor($1["amount"]) }
        == ledger.minor(open["sum"] as? String))
  }

  @Test func `receivables: days late, by the splits of every settlement`() throws {
    guard let (ledger, truth) = try Self.receivables() else { return }
    let late = truth["late"] as? [String: Any] ?? [:]
    // Late days of each sum that paid a due, and the sum.
    var paid: [(days: Int, amount: Int64)] = []
    try ledger.forEachSplit { paid.append((max(0, $0), $1)) }
    let total = paid.reduce(0) { $0 + $1.amount }
    #expect(total == ledger.minor(truth["total_invoiced"] as? String))
    #expect(paid.count == truth["rows"] as? Int)
    let those = paid.filter { $0.days > 0 }
    #expect(those.count == late["n"] as? Int)
    #expect(those.reduce(0) { $0 + $1.amount } == ledger.minor(late["sum"] as? String))
    #expect(those.map(\.days).max() == late["max_days_late"] as? Int)
    let weighted = paid.reduce(Int64(0)) { $0 + $1.amount * Int64($1.days) }
    let mean = Double(paid.reduce(0) { $0 + $1.days })
    #expect(Self.digits(Double(weighted) / Double(total), 4) == late["amount_weighted_days_late"])
    #expect(Self.digits(mean / Double(paid.count), 6) == late["mean_days_late_all"])
    #expect(Self.digits(mean / Double(those.count), 5) == late["mean_days_late_if_late"])
  }

  private struct Digits: Equatable {
    var text: String
    static func == (a: Digits, b: Any?) -> Bool {
      guard let number = b as? Double, let wanted = Double(a.text) else { return false }
      return abs(number - wanted) < 1e-9
    }
  }

  private static func digits(_ value: Double, _ count: Int) -> Digits {
    Digits(text: String(format: "%.\(count)f", value))
  }

  @Test func `receivables: what was collected month by month`() throws {
    guard let (ledger, truth) = try Self.receivables(),
      let months = truth["collections_by_month"] as? [String: String]
    else { return }
    let last = try #require(Day("2014-12-31"))
    for (month, sum) in months.sorted(by: { $0.key < $1.key }) {
      let first = try #require(Day(month + "-01"))
      let book = Collected(by: .collector, from: first, to: first.endOfMonth, asOf: last)
      let rows = try ledger.sheet(book, last)
      #expect(rows.count == 1 && rows.first?["collector"] == "unallocated", "\(month)")
      #expect(rows.first?["collected"] == sum, "\(month)")
    }
  }

  @Test func `payday loans: who is in collection, what is owed there, and who is credited`() throws
  {
    guard
      let ledger = try RealLedger(
        "payday-loans/loan_payments.csv.gz", "payday-loans.yaml", "UTC", "USD"),
      let truth = try RealLedger.json("payday-loans/ground-truth.json"),
      let status = truth["status"] as? [String: [String: Any]]
    else { return }
    func count(_ name: String) -> String { "\(status[name]?["n"] as? Int ?? -1)" }
    func principal(_ name: String) -> String { "\(status[name]?["principal"] as? Int ?? -1).00" }
    #expect(ledger.report.rejected == 0)
    // The day on which the source looked at its unpaid loans.
    let asOf = try #require(Day("2016-12-08"))
    let held = try ledger.sheet(Aging(by: .agency, form: .bucketed, asOf: asOf), asOf)
    #expect(held.map { $0["agency"] } == ["collections", "unallocated"])
    #expect(held[0]["accounts"] == count("COLLECTION"))
    #expect(held[0]["overdue"] == principal("COLLECTION"))
    #expect(held[1]["outstanding"] == "0.00")
    let worst = (status["COLLECTION"]?["past_due_days_min_max"] as? [Double])?.last
    #expect(held[0]["dpd"] == worst.map { String(Int($0)) })
    // Of one unpaid loan the source does not state the days.
    let rows = try ledger.accounts(asOf).filter {
      $0["overdue"] != "0.00" && $0["account"] != "xqd20160301"
    }
    let days = rows.reduce(0) { $0 + (Int($1["dpd"] ?? "") ?? 0) }
    #expect(Double(days) == status["COLLECTION"]?["past_due_sum"] as? Double)
    let first = try #require(Day("2016-09-01"))
    let book = Collected(by: .agency, from: first, to: asOf, asOf: asOf)
    let credited = try ledger.sheet(book, asOf)
    #expect(credited.map { $0["agency"] } == ["collections", "unallocated"])
    #expect(credited[0]["receipts"] == count("COLLECTION_PAIDOFF"))
    #expect(credited[0]["collected"] == principal("COLLECTION_PAIDOFF"))
    #expect(credited[1]["receipts"] == count("PAIDOFF"))
    #expect(credited[1]["collected"] == principal("PAIDOFF"))
    // Nobody who was not in collection was ever held by anyone.
    let register = try ledger.sheet(Allocations(asOf: asOf, onlyHeld: false), asOf)
    #expect(register.count == 200)
    #expect(register.filter { $0["to"] == "" }.count == 100)
  }
}

extension RealLedger {
  func forEachEvent(_ body: (Event, Header) -> Void) throws {
    try journal.read { (snapshot) throws(JournalError) in
      try snapshot.bundles { (bundle) throws(JournalError) in
        for index in 0..<bundle.count {
          do throws(WireError) {
            body(try Event(reading: bundle.event(index)), bundle.header(index))
          } catch { throw .wire(error, at: bundle.first + Position(index)) }
        }
      }
    }
  }

  /// Days from the due date to the value date, and the sum, of everything that paid a due.
  func forEachSplit(_ body: (Int, Int64) -> Void) throws {
    let end = try #require(Day("2099-12-31"))
    try journal.read { (snapshot) throws(JournalError) in
      var reckoner = Reckoner()
      reckoner.keepsSplits = true
      let count = UInt32(try snapshot.count(of: .account))
      for number in 1...count {
        var state = AccountState(id: try snapshot.name(.account, number) ?? "")
        try snapshot.trail(of: number) { (event) throws(JournalError) in
          do throws(WireError) { try state.evolve(event, isSubject: true) } catch {
            throw .wire(error, at: event.header.seq)
          }
        }
        let facts = state.facts.rows
        _ = reckoner.reckon(
          facts.span, parts: state.facts.parts.span, currency: currency.rawValue, asOf: end,
          terms: Terms())
        for split in reckoner.splits {
          guard let payment = facts.first(where: { $0.seq == split.payment }) else { continue }
          body(Int(payment.day - reckoner.obligations[split.obligation].due), split.amount)
        }
      }
    }
  }
}
