import Foundation
import Journaling
import Ledger
import Simulation
import Testing

/// History that a command would have refused, against a model that shares no rule with the ledger.
@Suite struct `Anomalies and the naive model` {
  /// Nouns whose steps are held by tables of transitions instead.
  private static let inTables = [
    "account.allocated", "account.deallocated", "agency", "agent", "approval", "booking", "cash",
    "ledger", "legal", "party", "plan", "policy", "promise", "receipt", "report", "restriction",
    "security", "settlement", "target", "task", "unit",
  ]

  @Test func `what was wrong with an entry when it came is what both say of it`() throws {
    let model = NaiveAnomalies(Year.desk, Year.life)
    var elsewhere: Set<String> = []
    let met = try Year.compare("anomalies", 3, stream: 332) { ledger, vantage, _ in
      let told = try ledger.anomalies(vantage)
      let mine = told.filter { line in
        let cells = line.split(separator: ",").map(String.init)
        let isMine =
          cells[3] == "code.unknown"
          ? cells[1].hasPrefix("LN-") : NaiveAnomalies.judged.contains(cells[2])
        if !isMine { elsewhere.insert(cells[2]) }
        return isMine
      }
      return [("anomalies", mine, model.rows(knownAt: vantage.knownAt))]
    }
    let strangers = elsewhere.filter { event in
      !Self.inTables.contains { event == $0 || event.hasPrefix($0 + ".") }
    }
    #expect(strangers.isEmpty, "neither foretold nor in a table: \(strangers.sorted())")
    let never = [
      "code.unknown", "contact.reason-missing", "contact.visit-where", "cheque.credit-kept",
      "cheque.not-deposited", "cheque.attempt", "cheque.on-hold", "query.open", "document.kept",
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
