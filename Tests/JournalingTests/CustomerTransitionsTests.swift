import Journaling
import Ledger
import LedgerTesting
import Testing

/// Each line tries one event in both ways: as a command, refused by the rule at its end, and as
/// history, stored and flagged by the same rule. `-` is an event that passes.
@Suite struct `What may happen to bookings, queries and documents` {
  private static let hash = String(repeating: "0", count: 64)

  /// It is noon of 8 March 2026 in Kolkata.
  static let house = """
    2024-01-02 account.opened account:A1 {"account_no":"1","product":"car","principal":{"minor":100000,"currency":"INR"},"opened_on":"2024-01-01","debtor":"P1","time_zone":"Asia/Kolkata"}
    2024-01-02 account.opened account:A2 {"account_no":"2","product":"car","principal":{"minor":100000,"currency":"INR"},"opened_on":"2024-01-01","debtor":"P1","time_zone":"Asia/Kolkata"}
    2024-01-02 hold.placed account:A2 {"hold":"H1","kind":"retention","from":"2024-01-02"}
    2026-02-01 booking.recorded party:P1 {"booking":"B1","customer":"P1"}
    2026-02-01 booking.recorded party:P1 {"booking":"B2","customer":"P1"}
    2026-02-01 booking.intimated party:P1 {"booking":"B2","to":"management"}
    2026-02-01 booking.recorded party:P1 {"booking":"B3","customer":"P1"}
    2026-02-01 booking.intimated party:P1 {"booking":"B3","to":"management"}
    2026-02-02 booking.acknowledged party:P1 {"booking":"B3","decision":"block"}
    2026-02-01 restriction.placed party:P5 {"restriction":"S5","kind":"credit_stop","from":"2026-02-01"}
    2026-02-01 booking.recorded party:P5 {"booking":"B5","customer":"P5"}
    2026-02-01 booking.intimated party:P5 {"booking":"B5","to":"management"}
    2026-02-01 restriction.placed party:P6 {"restriction":"S6","kind":"credit_stop","from":"2026-02-01"}
    2026-03-01 restriction.lifted party:P6 {"restriction":"S6","kind":"credit_stop","reason":"withdrawn"}
    2024-01-02 account.opened account:A3 {"account_no":"3","product":"car","principal":{"minor":100000,"currency":"INR"},"opened_on":"2024-01-01","debtor":"P1","time_zone":"Asia/Kolkata"}
    2026-02-01 hold.placed account:A3 {"hold":"H2","kind":"loan_moratorium","from":"2026-02-01","to":"2026-02-20"}
    2026-02-01 query.opened account:A1 {"query":"Q1","category":"balance"}
    2026-02-01 query.opened account:A1 {"query":"Q2","category":"charge"}
    2026-02-02 query.answered account:A1 {"query":"Q2","answer_hash":"\(hash)"}
    2026-02-01 query.opened account:A1 {"query":"Q3","category":"charge"}
    2026-02-02 query.answered account:A1 {"query":"Q3","answer_hash":"\(hash)"}
    2026-02-03 query.opened account:A1 {"query":"Q4","category":"charge","reopens":"Q3"}
    2024-02-01 document.filed account:A1 {"document":"D1","kind":"letter","sha256":"\(hash)"}
    2026-02-01 document.filed account:A1 {"document":"D2","kind":"letter","sha256":"\(hash)"}
    2024-02-01 document.filed account:A1 {"document":"D3","kind":"letter","sha256":"\(hash)"}
    2026-02-01 document.purged account:A1 {"scope":"document","document":"D3","legal_basis":"retention"}
    2024-02-01 document.filed account:A2 {"document":"D1","kind":"letter","sha256":"\(hash)"}
    2026-02-01 statement.issued account:A1 {"statement":"S1","kind":"account","as_of":"2026-01-31","known_at":1,"rules":"-","sha256":"\(hash)"}
    2026-02-02 statement.issued account:A1 {"statement":"S2","kind":"account","as_of":"2026-01-31","known_at":2,"rules":"-","sha256":"\(hash)","supersedes":"S1"}
    """

  static let tries = """
    2026-03-08 booking.recorded party:P1 {"booking":"B9","customer":"P1","amount":{"minor":100,"currency":"INR"}} -
    2026-03-08 booking.recorded party:P1 {"booking":"B9","customer":"P1","amount":{"minor":0,"currency":"INR"}} money.positive
    2026-03-08 booking.recorded party:P1 {"booking":"B1","customer":"P1"} booking.exists
    2026-03-08 booking.recorded party:P2 {"booking":"B1","customer":"P2"} booking.exists
    2026-03-08 booking.intimated party:P1 {"booking":"B1","to":"management"} -
    2026-03-08 booking.intimated party:P1 {"booking":"B9","to":"management"} booking.unknown
    2026-03-08 booking.acknowledged party:P1 {"booking":"B2","decision":"allow"} -
    2026-03-08 booking.acknowledged party:P1 {"booking":"B9","decision":"allow"} booking.unknown
    2026-03-08 booking.acknowledged party:P1 {"booking":"B1","decision":"allow"} booking.not-intimated
    2026-03-08 booking.acknowledged party:P1 {"booking":"B3","decision":"allow"} booking.decided
    2026-03-08 booking.acknowledged party:P5 {"booking":"B5","decision":"allow"} credit.stopped
    2026-03-08 booking.acknowledged party:P5 {"booking":"B5","decision":"allow_with_prepayment"} -
    2026-01-31 account.opened account:N1 \(opened("P5", "2026-01-31")) -
    2026-03-08 account.opened account:N1 \(opened("P5", "2026-03-08")) credit.stopped
    2026-03-08 account.opened account:N1 \(opened("P6", "2026-02-28")) credit.stopped
    2026-03-08 account.opened account:N1 \(opened("P6", "2026-03-08")) -
    2026-03-08 hold.placed account:A3 {"hold":"H3","kind":"loan_moratorium","from":"2026-02-10","to":"2026-03-01"} -
    2026-03-08 hold.placed account:A3 {"hold":"H2","kind":"loan_moratorium","from":"2026-03-01"} hold.exists
    2026-03-08 hold.placed account:A3 {"hold":"H3","kind":"loan_moratorium","from":"2026-03-01","to":"2026-02-01"} hold.ends-after-start
    2026-03-08 hold.lifted account:A3 {"hold":"H2","to":"2026-02-10","reason":"expired"} -
    2026-03-08 hold.lifted account:A3 {"hold":"H9","to":"2026-02-10","reason":"expired"} hold.in-force
    2026-03-08 restriction.lifted party:P5 {"restriction":"S5","kind":"credit_stop","reason":"withdrawn"} -
    2026-03-08 restriction.lifted party:P5 {"restriction":"S9","kind":"credit_stop","reason":"withdrawn"} restriction.in-force
    2026-03-08 restriction.lifted party:P5 {"restriction":"S5","kind":"cease","reason":"withdrawn"} restriction.in-force
    2026-03-08 restriction.lifted party:P6 {"restriction":"S6","kind":"credit_stop","reason":"withdrawn"} restriction.in-force
    2026-03-08 query.opened account:A1 {"query":"Q9","category":"other"} -
    2026-03-08 query.opened account:A9 {"query":"Q9","category":"other"} account.unknown
    2026-03-08 query.opened account:A1 {"query":"Q1","category":"other"} query.exists
    2026-03-08 query.opened account:A1 {"query":"Q9","category":"other","reopens":"Q2"} -
    2026-03-08 query.opened account:A1 {"query":"Q9","category":"other","reopens":"Q1"} query.answered
    2026-03-08 query.opened account:A1 {"query":"Q9","category":"other","reopens":"Q3"} query.answered
    2026-03-08 query.opened account:A1 {"query":"Q9","category":"other","reopens":"Q8"} query.unknown
    2026-03-08 query.answered account:A1 {"query":"Q1","answer_hash":"\(hash)"} -
    2026-03-08 query.answered account:A1 {"query":"Q4","answer_hash":"\(hash)"} -
    2026-03-08 query.answered account:A1 {"query":"Q2","answer_hash":"\(hash)"} query.open
    2026-03-08 query.answered account:A1 {"query":"Q9","answer_hash":"\(hash)"} query.unknown
    2026-03-08 document.filed account:A1 {"document":"D9","kind":"letter","sha256":"\(hash)"} -
    2026-03-08 document.filed account:A1 {"document":"D1","kind":"letter","sha256":"\(hash)"} document.exists
    2026-03-08 document.filed account:A1 {"document":"D9","kind":"letter","sha256":"\(hash)","supersedes":"D1"} -
    2026-03-08 document.filed account:A1 {"document":"D9","kind":"letter","sha256":"\(hash)","supersedes":"D8"} document.unknown
    2026-03-08 document.purged account:A1 {"scope":"document","document":"D1","legal_basis":"retention"} -
    2026-03-08 document.purged account:A1 {"scope":"document","document":"D2","legal_basis":"retention"} document.kept
    2026-03-08 document.purged account:A1 {"scope":"document","document":"D3","legal_basis":"retention"} document.unknown
    2026-03-08 document.purged account:A1 {"scope":"document","legal_basis":"retention"} document.unknown
    2026-03-08 document.purged account:A2 {"scope":"document","document":"D1","legal_basis":"retention"} document.on-hold
    2026-03-08 document.purged account:A1 {"scope":"account_records","legal_basis":"retention"} -
    2026-03-08 statement.issued account:A1 {"statement":"S9","kind":"account","as_of":"2026-03-08","known_at":9,"rules":"-","sha256":"\(hash)","supersedes":"S2","from":"2026-03-01","language":"hi"} -
    2026-03-08 statement.issued account:A9 {"statement":"S9","kind":"account","as_of":"2026-03-08","known_at":9,"rules":"-","sha256":"\(hash)"} account.unknown
    2026-03-08 statement.issued account:A1 {"statement":"S2","kind":"account","as_of":"2026-03-08","known_at":9,"rules":"-","sha256":"\(hash)"} statement.exists
    2026-03-08 statement.issued account:A1 {"statement":"S9","kind":"account","as_of":"2026-03-08","known_at":9,"rules":"-","sha256":"\(hash)","supersedes":"S8"} statement.unknown
    2026-03-08 statement.issued account:A1 {"statement":"S9","kind":"account","as_of":"2026-03-08","known_at":9,"rules":"-","sha256":"\(hash)","supersedes":"S1"} statement.superseded
    2026-03-08 statement.issued account:A1 {"statement":"S9","kind":"account","as_of":"2026-03-09","known_at":9,"rules":"-","sha256":"\(hash)"} statement.future
    2026-03-08 statement.issued account:A1 {"statement":"S9","kind":"account","as_of":"2026-03-08","known_at":9,"rules":"-","sha256":"\(hash)","from":"2026-03-09"} statement.period
    """

  private static func opened(_ debtor: String, _ day: String) -> String {
    "{\"account_no\":\"9\",\"product\":\"car\",\"principal\":{\"minor\":100,\"currency\":\"INR\"},"
      + "\"opened_on\":\"\(day)\",\"debtor\":\"\(debtor)\",\"time_zone\":\"Asia/Kolkata\"}"
  }

  @Test func `a stop of credit that names accounts is gone once it is taken back`() throws {
    let told = try HouseTold(Self.house)
    let id = "0198e1ba-4c20-7d11-a6b4-000000000001"
    var stop = try HouseTold.draft(
      "2026-02-01 restriction.placed party:P7 {\"restriction\":\"S7\",\"kind\":\"credit_stop\","
        + "\"from\":\"2026-02-01\",\"accounts\":[\"A1\",\"A2\"]}")
    (stop.eventID, stop.concerns) = (id, ["A1", "A2"])
    var back = try HouseTold.draft(
      "2026-03-08 event.reversed event:\(id) {\"reverses\":\"\(id)\",\"reason\":\"duplicate\"}")
    back.target = id
    let opening = try HouseTold.draft(
      "2026-03-08 account.opened account:N1 \(Self.opened("P7", "2026-03-08"))")
    var rules: [String] = []
    for draft in [stop, back] {
      try told.journal.write { (batch: inout Batch) throws(JournalError) in
        _ = try batch.append(draft)
      }
      rules.append(try told.journal.refusal(of: opening))
    }
    #expect(rules == ["credit.stopped", "-"])
    // Its reversal stands where the stop stands: with the person and in the trails it names.
    let types = try told.journal.read { (snapshot) throws(JournalError) in
      let number = try snapshot.number(.account, "A2") ?? 0
      var types: [UInt16] = []
      try snapshot.trail(of: number) { (event) throws(JournalError) in
        types.append(event.header.type)
      }
      return types
    }
    #expect(types.suffix(2) == [EventCode.restrictionPlaced, EventCode.eventReversed])
  }

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

  @Test func `nothing of the house is flagged`() throws {
    #expect(try HouseTold(Self.house).journal.flagged().map(\.rule) == [])
  }
}
