import Foundation
import Journaling
import Ledger
import Simulation
import Testing

/// History that a command would have refused, against a model that shares no rule with the ledger.
@Suite struct `Anomalies and the naive model` {
  @Test func `what was wrong with an entry when it came is what both say of it`() throws {
    let model = NaiveAnomalies(Year.desk, Year.life)
    let met = try Year.compare("anomalies", 3, stream: 332) { ledger, vantage, _ in
      let told = try ledger.anomalies(vantage)
      let mine = told.filter { line in
        let cells = line.split(separator: ",").map(String.init)
        return cells[3] == "code.unknown"
          ? cells[1].hasPrefix("LN-") : NaiveAnomalies.judges(cells[2])
      }
      return [("anomalies", mine, model.rows(knownAt: vantage.knownAt))]
    }
    let never = [
      "code.unknown", "contact.reason-missing", "contact.visit-where", "cheque.credit-kept",
      "cheque.not-deposited", "cheque.attempt", "cheque.on-hold", "query.open", "document.kept",
      "promise.third-party", "promise.more-than-outstanding", "promise.past-day",
      "promise.horizon", "promise.same-day", "promise.judged", "settlement.outstanding",
      "settlement.stage", "settlement.authority", "settlement.not-cleared", "plan.evidence",
      "plan.not-approved", "approval.proposal", "task.over", "task.unknown", "report.exists",
      "report.reviewed", "booking.decided", "booking.not-intimated", "receipt.book",
      "receipt.used", "cash.not-held", "cash.more-than-held", "cash.two-deposits",
      "cash.deposit-unknown", "placement.overlap", "party.unknown", "agency.active",
      "allocation.one-holder", "allocation.held", "allocation.holder-certified",
      "allocation.open-complaint", "target.period-over", "target.scope", "legal.no-bounce",
      "legal.notice-unknown", "legal.not-npa", "legal.no-representation", "legal.complaint-late",
      "legal.complaint-early", "legal.paid-in-time", "security.demand-runs",
      "security.unanswered", "security.sale-notice", "security.no-auction",
    ]
    #expect(Year.never(never.map { "anomalies \($0)" }, met) == [])
  }
}

extension Restored {
  /// `show anomalies`: `seq,account,event,rule`.
  fileprivate func anomalies(_ vantage: Vantage) throws -> [String] {
    try lines(["seq", "account", "event", "rule"]) { journal, snapshot in
      try journal.anomalies(Question(vantage: vantage), snapshot).sheet()
    }
  }
}
