import Journaling
import Ledger
import Testing

/// Two accounts of P1, one of them 92 days late, and one of P2, two days late on 8 March 2026.
@Suite struct `Borrowers classed as one` {
  private static let house = """
    2025-10-01 account.opened account:A1 \(opened("P1"))
    2025-10-01 account.opened account:A2 \(opened("P1"))
    2025-10-01 account.opened account:A3 \(opened("P2"))
    2025-10-01 due.raised account:A1 \(due("2025-12-06"))
    2025-10-01 due.raised account:A2 \(due("2026-03-06"))
    2025-10-01 due.raised account:A3 \(due("2026-03-06"))
    """

  private static let paid = """
    2026-03-08 payment.received account:A1 {"payment":"p1","amount":\(sum),"mode":"upi"}
    """

  private static let sum = "{\"minor\":100000,\"currency\":\"INR\"}"
  private static func opened(_ debtor: String) -> String {
    "{\"account_no\":\"1\",\"product\":\"personal\",\"principal\":\(sum),"
      + "\"opened_on\":\"2025-10-01\",\"debtor\":\"\(debtor)\",\"time_zone\":\"Asia/Kolkata\"}"
  }
  private static func due(_ day: String) -> String {
    "{\"due\":\"d1\",\"kind\":\"instalment\",\"due_date\":\"\(day)\",\"amount\":\(sum)}"
  }

  private func classes(_ journal: Journal, borrowerWise: Bool) throws -> [String] {
    try journal.read { (snapshot) throws(JournalError) in
      let asOf = Day("2026-03-08") ?? .none
      var question = Question(vantage: Vantage(asOf: asOf, knownAt: snapshot.head))
      if borrowerWise {
        let text = Array(#"{"npa_over":90,"sticky":true,"borrower_wise":true}"#.utf8)
        if let body = try? BodyCodec.encodeJSON(text.span) {
          question.drafts.append((kind: Classification.kind, body: body))
        }
      }
      let book = Aging(by: .account, form: .bucketed, asOf: asOf)
      let whole = try journal.answer(book, question, snapshot).book.sheet(journal.naming)
      let at = whole.columns.firstIndex { $0.name == "class" } ?? 0
      let one = try journal.answer(book, account: "A2", question, snapshot)?.book
        .sheet(journal.naming)
      return (whole.rows + (one?.rows ?? [])).map { $0[at].plain }
    }
  }

  @Test func `all accounts of a debtor are npa as long as one is, where policy says so`() throws {
    let told = try HouseTold(Self.house)
    #expect(try classes(told.journal, borrowerWise: false) == ["npa", "sma_0", "sma_0", "sma_0"])
    #expect(try classes(told.journal, borrowerWise: true) == ["npa", "npa", "sma_0", "npa"])
    let payment = try HouseTold.draft(Self.paid)
    try told.journal.write { (batch: inout Batch) throws(JournalError) in
      _ = try batch.append(payment)
    }
    #expect(
      try classes(told.journal, borrowerWise: true) == ["standard", "sma_0", "sma_0", "sma_0"])
  }

  @Test func `a trial of such a policy classes every account with its debtor`() throws {
    let told = try HouseTold(Self.house)
    let text = Array(#"{"npa_over":90,"sticky":true,"borrower_wise":true}"#.utf8)
    let days = ["2026-02-28", "2026-03-08"].compactMap { Day($0) }
    let draft = PolicyVersion(
      policy: "classification", version: 1, kind: Classification.kind, from: days[0].startOfMonth,
      to: .undated, retroactive: false, scope: PolicyScope(terms: [.all]), seq: .max,
      body: try BodyCodec.encodeJSON(text.span))
    let head = try told.journal.read { (snapshot) throws(JournalError) in snapshot.head }
    for threads in 1...2 {
      let trial = try told.journal.trial([draft], days: days, knownAt: head, threads: threads)
      let naming = told.journal.naming
      // On 28 February nobody is npa; on 8 March A1 is, by itself.
      let classes = trial.sheet(.assetClass, naming).rows.map { row in
        row.prefix(5).map(\.plain).joined(separator: " ")
      }
      #expect(
        classes == [
          "2026-02-28 standard INR 2 2", "2026-02-28 sma_2 INR 1 1",
          "2026-03-08 sma_0 INR 2 1", "2026-03-08 npa INR 1 2",
        ])
      let moved = trial.sheet(.account, naming)
      let at = moved.columns.firstIndex { $0.name == "class" } ?? 0
      #expect(
        moved.rows.map { [$0[0].plain, $0[at].plain, $0[at + 1].plain] } == [
          ["A2", "sma_0", "npa"]
        ])
    }
  }

  @Test func `the class of such an account explains itself by its debtor`() throws {
    let told = try HouseTold(Self.house)
    let words = try told.journal.read { (snapshot) throws(JournalError) -> String in
      let asOf = Day("2026-03-08") ?? .none
      var question = Question(vantage: Vantage(asOf: asOf, knownAt: snapshot.head))
      let text = Array(#"{"npa_over":90,"sticky":true,"borrower_wise":true}"#.utf8)
      if let body = try? BodyCodec.encodeJSON(text.span) {
        question.drafts.append((kind: Classification.kind, body: body))
      }
      let book = Aging(by: .account, form: .bucketed, asOf: asOf)
      let found = try told.journal.explain(
        book, account: "A2", CellChoice("class"), question, snapshot)
      return "\(found)"
    }
    #expect(words.contains("P1 has an account that is npa, and borrowers are classed as one."))
  }
}
