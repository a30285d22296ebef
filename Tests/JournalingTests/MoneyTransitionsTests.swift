import Journaling
import Ledger
import LedgerTesting
import Testing

/// Each line of the table tries one event in both ways: as a command, refused by the rule at its
/// end, and as history, stored and flagged by the same rule. `-` is an event that passes. It is
/// 8 March 2026; every account owes 1,000.00 since 5 January.
@Suite struct `What may happen to money` {
  static let house =
    (["A1", "A2", "A3", "A4", "A5", "A6", "A7", "A8", "A9"].map { opened($0) }
    + [
      opened("U1", "USD"),
      "2026-02-01 payment.received account:A1 {\"payment\":\"p1\",\"amount\":\(sum(50_000)),\"mode\":\"upi\"}",
      "2026-02-01 cheque.received account:A3 \(cheque("q1", "000001", "AAAA"))",
      "2026-02-02 cheque.deposited account:A3 \(deposit("q1", 100_000))",
      "2026-02-02 payment.received account:A3 {\"payment\":\"p3\",\"amount\":\(sum(100_000)),\"mode\":\"cheque\",\"cheque\":\"q1\"}",
      "2026-02-01 cheque.received account:A3 \(cheque("q2", "000002", "AAAA"))",
      "2026-02-02 payment.received account:A4 {\"payment\":\"p4\",\"amount\":\(sum(100_000)),\"mode\":\"upi\",\"provisional\":true}",
      "2026-02-02 payment.received account:A5 {\"payment\":\"p5\",\"amount\":\(sum(100_000)),\"mode\":\"upi\",\"provisional\":true}",
      "2026-02-03 payment.credited account:A5 {\"payment\":\"p5\",\"amount\":\(sum(100_000)),\"bank_account\":\"B\"}",
      "2026-02-02 payment.received account:A6 {\"payment\":\"p6\",\"amount\":\(sum(150_000)),\"mode\":\"upi\"}",
      "2026-02-03 payment.refunded account:A6 {\"refund\":\"f1\",\"amount\":\(sum(10_000)),\"to\":\"P1\",\"reason\":\"overpaid\"}",
      "2026-02-02 account.written_off account:A7 {\"amount\":\(sum(60_000)),\"kind\":\"partial\",\"authority\":\"board\"}",
      "2026-02-02 charge.levied account:A8 {\"charge\":\"c1\",\"kind\":\"bounce\",\"amount\":\(sum(5_000))}",
      "2026-02-02 payment.received account:A9 {\"payment\":\"p9\",\"amount\":\(sum(85_000)),\"mode\":\"upi\"}",
      "2026-02-02 payment.received account:A9 {\"payment\":\"p9\",\"amount\":\(sum(100)),\"mode\":\"upi\"}",
      "2026-02-02 payment.received account:suspense {\"payment\":\"p1\",\"amount\":\(sum(50_000)),\"mode\":\"upi\"}",
      "2026-02-02 payment.received account:N9 {\"payment\":\"p1\",\"amount\":\(sum(50_000)),\"mode\":\"upi\"}",
    ]).joined(separator: "\n")

  static let tries = """
    2026-03-08 payment.transferred account:A1 \(move("A1", "A2", 50_000)) -
    2026-03-08 payment.transferred account:A1 \(move("A1", "A1", 50_000)) transfer.two-accounts
    2026-03-08 payment.transferred account:A1 \(move("A2", "A3", 50_000)) transfer.stream
    2026-03-08 payment.transferred account:A1 \(move("A2", "A1", 50_000)) transfer.stream
    2026-03-08 payment.transferred account:A1 \(move("A1", "A2", 50_001)) payment.stands
    2026-03-08 payment.transferred account:A1 \(move("A1", "A99", 50_000)) account.unknown
    2026-03-08 payment.transferred account:A1 \(move("A1", "U1", 50_000)) money.currency
    2026-03-08 payment.transferred account:suspense \(move("suspense", "A2", 50_000)) -
    2026-03-08 payment.transferred account:suspense \(move("suspense", "A2", 50_001)) payment.stands
    2026-03-08 payment.transferred account:A1 \(move("A1", "suspense", 50_000)) -
    2026-03-08 payment.transferred account:N9 \(move("N9", "A2", 50_000)) -
    2026-03-08 payment.transferred account:N8 \(move("N8", "A2", 50_000)) account.unknown
    2026-03-08 payment.received account:suspense {"payment":"p2","amount":\(sum(700)),"mode":"upi"} -
    2026-03-08 payment.received account:N9 {"payment":"p2","amount":\(sum(700)),"mode":"upi"} account.unknown
    2026-03-08 payment.credited account:suspense {"payment":"p1","amount":\(sum(50_000)),"bank_account":"B"} -
    2026-03-08 payment.refunded account:suspense {"refund":"f2","amount":\(sum(50_000)),"to":"P1","reason":"overpaid"} -
    2026-03-08 payment.refunded account:suspense {"refund":"f2","amount":\(sum(50_001)),"to":"P1","reason":"overpaid"} refund.more-than-credit
    2026-03-08 charge.levied account:suspense {"charge":"c1","kind":"bounce","amount":\(sum(700))} account.unknown
    2026-03-08 payment.refunded account:A6 {"refund":"f2","amount":\(sum(40_000)),"to":"P1","reason":"overpaid"} -
    2026-03-08 payment.refunded account:A6 {"refund":"f2","amount":\(sum(40_001)),"to":"P1","reason":"overpaid"} refund.more-than-credit
    2026-03-08 payment.refunded account:A6 {"refund":"f1","amount":\(sum(10_000)),"to":"P1","reason":"overpaid"} refund.exists
    2026-03-08 payment.reversed account:A9 {"payment":"p9","reason":"dishonour","effective":"from_original_value_date","amount":\(sum(85_100))} -
    2026-03-08 payment.reversed account:A9 {"payment":"p9","reason":"dishonour","effective":"from_original_value_date","amount":\(sum(85_101))} payment.more-than-left
    2026-03-08 account.closed account:A1 {"reason":"paid"} account.balance-remains
    2026-03-08 account.closed account:A3 {"reason":"paid"} account.not-cleared
    2026-03-08 account.closed account:A4 {"reason":"foreclosed"} account.not-cleared
    2026-03-08 account.closed account:A4 {"reason":"settled"} -
    2026-03-08 account.closed account:A5 {"reason":"paid"} -
    2026-03-08 account.written_off account:A2 {"amount":\(sum(100_000)),"kind":"full","authority":"board"} -
    2026-03-08 account.written_off account:A2 {"amount":\(sum(100_001)),"kind":"full","authority":"board"} account.more-than-outstanding
    2026-03-08 account.written_off account:A7 {"amount":\(sum(40_000)),"kind":"full","authority":"board"} -
    2026-03-08 account.written_off account:A7 {"amount":\(sum(40_001)),"kind":"full","authority":"board"} account.more-than-outstanding
    2026-03-08 account.written_off account:A6 {"amount":\(sum(1)),"kind":"full","authority":"board"} account.nothing-outstanding
    2026-03-08 charge.waived account:A8 \(waiver(5_000, owed: 5_000)) -
    2026-03-08 charge.waived account:A8 \(waiver(1_000, owed: 5_000)) -
    2026-03-08 charge.waived account:A8 \(waiver(5_001, owed: 5_001)) waiver.more-than-owed
    2026-03-08 charge.waived account:A8 \(waiver(1_000, owed: 777_700)) waiver.outstanding
    2026-03-08 charge.waived account:A8 \(waiver(1_000, owed: 5_000, by: "tester")) waiver.own-proposal
    2026-03-08 cheque.received account:A3 \(cheque("q9", "000002", "BBBB")) cheque.in-custody
    2026-03-08 cheque.received account:A3 \(cheque("q9", "000002", "BBBB", drawer: "P2")) -
    2026-03-08 cheque.deposited account:A3 \(deposit("q2", 100_000)) -
    2026-03-08 cheque.deposited account:A3 \(deposit("q2", 90_000)) cheque.amount
    2026-03-08 cheque.bounced account:A3 \(bounce("q1", 100_000)) -
    2026-03-08 cheque.bounced account:A3 \(bounce("q1", 70_000)) cheque.amount
    """

  private static func sum(_ minor: Int, _ code: String = "INR") -> String {
    "{\"minor\":\(minor),\"currency\":\"\(code)\"}"
  }
  private static func opened(_ id: String, _ code: String = "INR") -> String {
    """
    2026-01-01 account.opened account:\(id) {"account_no":"1","product":"personal","principal":\(sum(100_000, code)),"opened_on":"2025-04-01","debtor":"P1","time_zone":"Asia/Kolkata"}
    2026-01-01 due.raised account:\(id) {"due":"d1","kind":"instalment","due_date":"2026-01-05","amount":\(sum(100_000, code))}
    """
  }
  private static func move(_ from: String, _ to: String, _ minor: Int) -> String {
    "{\"payment\":\"p1\",\"from\":\"\(from)\",\"to\":\"\(to)\",\"amount\":\(sum(minor)),"
      + "\"reason\":\"wrong_account\"}"
  }
  private static func waiver(_ minor: Int, owed: Int, by proposer: String = "asha") -> String {
    "{\"scope\":\"charge\",\"charge\":\"c1\",\"waived\":\(sum(minor)),"
      + "\"outstanding\":\(sum(owed)),\"proposal\":\"w1\",\"proposer\":\"\(proposer)\"}"
  }
  private static func cheque(
    _ id: String, _ number: String, _ sealed: String, drawer: String = "P1"
  ) -> String {
    "{\"cheque\":\"\(id)\",\"cheque_date\":\"2026-02-02\",\"amount\":\(sum(100_000)),"
      + "\"kind\":\"post_dated\",\"number\":\"\(number)\",\"bank\":\"HDFC0001\","
      + "\"drawer\":\"\(drawer)\",\"drawer_account\":{\"sealed\":\"\(sealed)\"}}"
  }
  private static func deposit(_ cheque: String, _ minor: Int) -> String {
    "{\"cheque\":\"\(cheque)\",\"deposit\":\"D1\",\"amount\":\(sum(minor)),\"attempt_no\":1}"
  }
  private static func bounce(_ cheque: String, _ minor: Int) -> String {
    "{\"cheque\":\"\(cheque)\",\"amount\":\(sum(minor)),\"reason\":\"insufficient_funds\","
      + "\"memo_date\":\"2026-03-08\",\"memo_received_at\":\"2026-03-08T11:00:00+05:30\"}"
  }

  // A cheque counts from the date on it, whatever else its event says.
  private static func draft(_ line: some StringProtocol) throws -> Draft {
    try `What may happen to cash and deposits`.draft(line)
  }

  private static func told() throws -> Journal {
    let told = try HouseTold("")
    let drafts = try house.split(separator: "\n").map { try draft($0) }
    try told.journal.write { (batch: inout Batch) throws(JournalError) in
      for draft in drafts { try batch.append(draft) }
    }
    return told.journal
  }

  private static func parts(_ line: Substring) throws -> (draft: Draft, rule: String) {
    let rule = line.split(separator: " ").last.map(String.init) ?? ""
    return (try draft(line.dropLast(rule.utf8.count + 1)), rule)
  }

  @Test func `a command is refused by the rule of the table`() throws {
    let journal = try Self.told()
    for line in Self.tries.split(separator: "\n") {
      let (draft, rule) = try Self.parts(line)
      #expect(try journal.refusal(of: draft) == rule, "\(line)")
    }
  }

  @Test func `history is stored, and flagged by the same rule of the table`() throws {
    for line in Self.tries.split(separator: "\n") {
      let (draft, rule) = try Self.parts(line)
      // A return whose money is still credited is listed besides; its reversal follows it.
      let flags = try Self.told().flags(of: draft).filter { $0 != "cheque.credit-kept" }
      #expect(flags == (rule == "-" ? [] : [rule]), "\(line)")
    }
  }

  // Two entries of which the second spends what the first brought: by which rule each is refused to
  // be taken back, the first, the second, and the first once the second is gone.
  private static func undoing(_ first: String, _ second: String, concerns: [String]) throws
    -> [String]
  {
    let journal = try told()
    let ids = (1...3).map { "0198e1ba-4c20-7d11-a6b4-00000000000\($0)" }
    var drafts = [try draft(first), try draft(second)]
    (drafts[0].eventID, drafts[1].eventID, drafts[1].concerns) = (ids[0], ids[1], concerns)
    try journal.write { (batch: inout Batch) throws(JournalError) in
      for draft in drafts { try batch.append(draft) }
    }
    return try [ids[0], ids[1], ids[0]].map { id in
      var back = try HouseTold.draft(
        "2026-03-08 event.reversed event:\(id) {\"reverses\":\"\(id)\",\"reason\":\"duplicate\"}")
      (back.target, back.eventID) = (id, ids[2])
      let rule = try journal.refusal(of: back)
      if id == ids[1] {
        try journal.write { (batch: inout Batch) throws(JournalError) in
          _ = try batch.append(back)
        }
      }
      return rule
    }
  }

  @Test func `a receipt whose money was moved on is not taken back before the move is`() throws {
    let rules = try Self.undoing(
      "2026-02-01 payment.received account:A2 {\"payment\":\"m\",\"amount\":\(Self.sum(300)),\"mode\":\"upi\"}",
      "2026-02-01 payment.transferred account:A2 {\"payment\":\"m\",\"from\":\"A2\",\"to\":\"A1\",\"amount\":\(Self.sum(300)),\"reason\":\"wrong_account\"}",
      concerns: ["A1"])
    #expect(rules == ["reversal.money-moved", "-", "-"])
  }

  @Test func `a receipt that was paid back in part is not taken back before its refund`() throws {
    let rules = try Self.undoing(
      "2026-02-01 payment.received account:A2 {\"payment\":\"m\",\"amount\":\(Self.sum(100_300)),\"mode\":\"upi\"}",
      "2026-02-01 payment.refunded account:A2 {\"refund\":\"r\",\"amount\":\(Self.sum(300)),\"to\":\"P1\",\"reason\":\"overpaid\"}",
      concerns: [])
    #expect(rules == ["reversal.money-moved", "-", "-"])
  }

  @Test func `a receipt that was told anew does not stand twice by undoing its reversal`() throws {
    let journal = try Self.told()
    let ids = (1...4).map { "0198e1ba-4c20-7d11-a6b4-00000000000\($0)" }
    let paid =
      "payment.received account:A2 {\"payment\":\"m\",\"amount\":\(Self.sum(300)),\"mode\":\"upi\"}"
    func back(_ day: String, _ target: String, _ id: String) throws -> Draft {
      var draft = try HouseTold.draft(
        "\(day) event.reversed event:\(target) {\"reverses\":\"\(target)\",\"reason\":\"duplicate\"}"
      )
      (draft.target, draft.eventID) = (target, id)
      return draft
    }
    var (first, second) = (
      try Self.draft("2026-02-01 \(paid)"), try Self.draft("2026-02-02 \(paid)")
    )
    (first.eventID, second.eventID) = (ids[0], ids[2])
    for draft in [first, try back("2026-03-08", ids[0], ids[1])] {
      try journal.write { (batch: inout Batch) throws(JournalError) in _ = try batch.append(draft) }
    }
    let undo = try back("2026-03-09", ids[1], ids[3])
    #expect(try journal.refusal(of: undo) == "-")
    try journal.write { (batch: inout Batch) throws(JournalError) in _ = try batch.append(second) }
    #expect(try journal.refusal(of: undo) == "reversal.told-anew")
  }

  @Test func `what was raised after a write-off may be written off, whatever came in`() throws {
    let journal = try Self.told()
    let told = [
      "2026-02-01 account.written_off account:A2 {\"amount\":\(Self.sum(100_000)),\"kind\":\"full\",\"authority\":\"board\"}",
      "2026-02-02 payment.received account:A2 {\"payment\":\"m\",\"amount\":\(Self.sum(50_000)),\"mode\":\"upi\"}",
      "2026-02-03 charge.levied account:A2 {\"charge\":\"c\",\"kind\":\"legal\",\"amount\":\(Self.sum(30_000))}",
    ]
    let drafts = try told.map { try Self.draft($0) }
    try journal.write { (batch: inout Batch) throws(JournalError) in
      for draft in drafts { try batch.append(draft) }
    }
    let rules = try [30_000, 30_001].map { sum in
      try journal.refusal(
        of: try Self.draft(
          "2026-03-08 account.written_off account:A2 {\"amount\":\(Self.sum(sum)),\"kind\":\"full\",\"authority\":\"board\"}"
        ))
    }
    #expect(rules == ["-", "account.more-than-outstanding"])
  }

  @Test func `a code that no list has is stored, said and listed, whoever brings it`() throws {
    let journal = try Self.told()
    let draft = try Self.draft(
      "2026-03-08 payment.received account:A2 {\"payment\":\"x\",\"amount\":\(Self.sum(300)),\"mode\":\"barter\"}"
    )
    let receipt = try journal.record(draft, said: [], zone: try journal.zone())
    #expect(receipt.flags.map(\.rule) == ["code.unknown"])
    let rows = try journal.flagged().filter { $0.seq == receipt.first }
    #expect(rows.map(\.what) == ["mode is `barter`, which is not in the list payment_mode."])
  }
}
