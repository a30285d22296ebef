import Journaling
import Ledger
import LedgerTesting
import Testing

/// Each line tries one event in both ways, as a command, refused by the rule at its end, and as
/// history, stored and flagged by the same rule. `-` is an event that passes; a `+` in front of a
/// rule is a fact, which is stored and flagged when it is recorded too.
@Suite struct `What may happen to cash and deposits` {
  static let house = """
    2026-01-01 account.opened account:A1 {"account_no":"1","product":"personal","principal":\(sum(100_000)),"opened_on":"2025-04-01","debtor":"P1","time_zone":"Asia/Kolkata"}
    2026-03-01 payment.received account:A1 {"payment":"p1","amount":\(sum(12_000)),"mode":"cash","receipt_no":"R1","collector":"asha"}
    2026-03-01 payment.received account:A1 {"payment":"p2","amount":\(sum(18_500)),"mode":"cash","receipt_no":"R2","collector":"asha"}
    2026-03-02 payment.received account:A1 {"payment":"p3","amount":\(sum(9_500)),"mode":"cash","collector":"asha"}
    2026-03-02 payment.received account:A1 {"payment":"p4","amount":\(sum(7_000)),"mode":"upi","receipt_no":"R4","collector":"asha"}
    2026-03-03 cash.deposited party:asha {"deposit":"D1","holder":"asha","amount":\(sum(25_000)),"receipts":["R1","R2"]}
    2026-03-03 payment.received account:A1 {"payment":"p5","amount":\(sum(1_000)),"mode":"cash","receipt_no":"R5","collector":"ravi"}
    2026-03-03 payment.received account:A1 {"payment":"p6","amount":\(sum(2_000)),"mode":"cash","receipt_no":"R6","collector":"ravi"}
    2026-03-04 cash.deposited party:ravi {"deposit":"D2","holder":"ravi","amount":\(sum(1_000)),"receipts":["R5"]}
    2026-03-05 cash.deposit_confirmed party:ravi {"deposit":"D2","accepted":false,"amount":\(sum(0))}
    2026-03-05 cash.handed_over party:ravi {"from":"ravi","to":"desk","amount":\(sum(2_000)),"receipts":["R6"]}
    """

  // asha has 5,500 of R2, which is in D1, and p3; ravi has R5 again; the desk has R6.
  static let tries = """
    2026-03-08 cash.handed_over party:asha {"from":"asha","to":"desk","amount":\(sum(15_000))} -
    2026-03-08 cash.handed_over party:asha {"from":"asha","to":"desk","amount":\(sum(5_500)),"receipts":["R2"]} -
    2026-03-08 cash.handed_over party:asha {"from":"asha","to":"desk","amount":\(sum(15_001))} cash.more-than-held
    2026-03-08 cash.handed_over party:asha {"from":"asha","to":"desk","amount":{"minor":1,"currency":"USD"}} cash.more-than-held
    2026-03-08 cash.handed_over party:meena {"from":"meena","to":"desk","amount":\(sum(1))} cash.more-than-held
    2026-03-08 cash.handed_over party:ravi {"from":"ravi","to":"desk","amount":\(sum(500)),"receipts":["R6"]} cash.not-held
    2026-03-08 cash.handed_over party:asha {"from":"asha","to":"desk","amount":\(sum(500)),"receipts":["R4"]} cash.not-held
    2026-03-08 cash.handed_over party:asha {"from":"asha","to":"desk","amount":\(sum(500)),"receipts":["R1"]} cash.not-held
    2026-03-08 cash.handed_over party:asha {"from":"asha","to":"asha","amount":\(sum(1))} cash.two-holders
    2026-03-08 cash.handed_over party:desk {"from":"asha","to":"desk","amount":\(sum(1))} cash.stream
    2026-03-08 cash.handed_over party:asha {"from":"asha","to":"desk","amount":\(sum(0))} money.positive
    2026-03-09 cash.handed_over party:asha {"from":"asha","to":"desk","amount":\(sum(1))} day.future
    2026-03-08 cash.deposited party:asha {"deposit":"D9","holder":"asha","amount":\(sum(15_000)),"receipts":["p3"]} -
    2026-03-08 cash.deposited party:asha {"deposit":"D9","holder":"asha","amount":\(sum(15_001)),"receipts":["p3"]} cash.more-than-held
    2026-03-08 cash.deposited party:asha {"deposit":"D9","holder":"asha","amount":\(sum(5_500)),"receipts":["R2"]} cash.two-deposits
    2026-03-08 cash.deposited party:asha {"deposit":"D9","holder":"asha","amount":\(sum(5_500)),"receipts":["R1"]} cash.two-deposits
    2026-03-08 cash.deposited party:ravi {"deposit":"D9","holder":"ravi","amount":\(sum(1_000)),"receipts":["R5"]} -
    2026-03-08 cash.deposited party:ravi {"deposit":"D9","holder":"ravi","amount":\(sum(1_000)),"receipts":["R6"]} cash.not-held
    2026-03-08 cash.deposited party:desk {"deposit":"D9","holder":"desk","amount":\(sum(2_000)),"receipts":["R6"]} -
    2026-03-08 cash.deposited party:desk {"deposit":"D1","holder":"desk","amount":\(sum(2_000)),"receipts":["R6"]} cash.deposit-exists
    2026-03-08 cash.deposited party:asha {"deposit":"D9","holder":"desk","amount":\(sum(2_000)),"receipts":["R6"]} cash.stream
    2026-03-08 cash.deposited party:desk {"deposit":"D9","holder":"desk","amount":\(sum(-1)),"receipts":[]} money.positive
    2026-03-08 cash.counted party:asha {"holder":"asha","counted":\(sum(14_000)),"expected":\(sum(15_000)),"counted_by":"meena"} -
    2026-03-08 cash.counted party:asha {"holder":"asha","counted":\(sum(15_000)),"expected":\(sum(15_000)),"counted_by":"asha"} cash.own-count
    2026-03-08 cash.counted party:asha {"holder":"asha","counted":\(sum(-1)),"expected":\(sum(0)),"counted_by":"meena"} money.positive
    2026-03-08 cash.deposit_confirmed party:asha {"deposit":"D1","accepted":true,"amount":\(sum(25_000))} +-
    2026-03-08 cash.deposit_confirmed party:asha {"deposit":"D1","accepted":true,"amount":\(sum(24_500))} +-
    2026-03-08 cash.deposit_confirmed party:asha {"deposit":"D1","accepted":true,"amount":\(sum(25_001))} +cash.more-than-slip
    2026-03-08 cash.deposit_confirmed party:ravi {"deposit":"D2","accepted":true,"amount":\(sum(1_000))} +cash.answered
    2026-03-08 cash.deposit_confirmed party:ravi {"deposit":"D9","accepted":true,"amount":\(sum(1_000))} +cash.deposit-unknown
    """

  static let lateID = "0198e1ba-4c20-7d11-a6b4-000014c01ea6"

  private static func sum(_ minor: Int) -> String { "{\"minor\":\(minor),\"currency\":\"INR\"}" }

  // The drafts of this file carry their sums, as receipts are counted by their headers.
  static func draft(_ line: some StringProtocol) throws -> Draft {
    var draft = try HouseTold.draft(line)
    let text = String(line)
    guard let sum = text.firstRange(of: "\"amount\":{\"minor\":") else { return draft }
    let minor = Int64(text[sum.upperBound...].prefix { "-0123456789".contains($0) }) ?? 0
    let currency = Currency(code: text.contains("USD") ? "USD" : "INR") ?? .none
    draft.amount = Money(minor: minor, currency: currency)
    return draft
  }

  static func told() throws -> HouseTold {
    let told = try HouseTold("")
    let drafts = try house.split(separator: "\n").map { try draft($0) }
    try told.journal.write { (batch: inout Batch) throws(JournalError) in
      for draft in drafts { try batch.append(draft) }
    }
    return told
  }

  static func parts(_ line: Substring) throws -> (draft: Draft, rule: String, isFact: Bool) {
    let last = line.split(separator: " ").last.map(String.init) ?? ""
    let isFact = last.hasPrefix("+")
    return (
      try draft(line.dropLast(last.utf8.count + 1)), isFact ? String(last.dropFirst()) : last,
      isFact
    )
  }

  @Test func `a command is refused by the rule of the table, and a fact flagged by it`() throws {
    let told = try Self.told()
    for line in Self.tries.split(separator: "\n") {
      let (draft, rule, isFact) = try Self.parts(line)
      guard isFact else {
        #expect(try told.journal.refusal(of: draft) == rule, "\(line)")
        continue
      }
      let flags = try told.journal.rehearse(draft, zone: try told.journal.zone()).flags
      #expect(flags.first?.rule ?? "-" == rule, "\(line)")
    }
  }

  @Test func `history is stored, and flagged by the same rule of the table`() throws {
    for line in Self.tries.split(separator: "\n") {
      let (draft, rule, _) = try Self.parts(line)
      let flags = try Self.told().journal.flags(of: draft)
      #expect(flags == (rule == "-" ? [] : [rule]), "\(line)")
    }
  }

  @Test func `a deposit stands in the trail of each account whose cash it brings`() throws {
    let journal = try Self.told().journal
    let draft = try Self.draft(
      #"2026-03-08 cash.deposited party:ravi {"deposit":"D9","holder":"ravi","amount":\#(Self.sum(1_000)),"receipts":["R5"]}"#
    )
    let receipt = try journal.record(draft, said: [], zone: try journal.zone())
    let heard = try journal.read { (snapshot) throws(JournalError) in
      var heard: [Position] = []
      guard let number = try snapshot.number(.account, "A1") else { return heard }
      try snapshot.trail(of: number) { (event) throws(JournalError) in
        heard.append(event.header.seq)
      }
      return heard
    }
    #expect(heard.last == receipt.first)
  }

  @Test func `cash heard of late was in hand already, and a receipt taken back never was`() throws {
    let told = try Self.told()
    func inHand(_ who: String, _ known: Position?) throws -> Int128? {
      let day = try #require(Day("2026-03-08"))
      return try told.journal.read { (snapshot) throws(JournalError) in
        let vantage = Vantage(asOf: day, knownAt: known ?? snapshot.head)
        let custody = Cash.Custody(try told.journal.cashMoves(vantage, snapshot))
        return custody.holder(who, Currency(rawValue: 356))?.inHand
      }
    }
    var late = try Self.draft(
      #"2026-03-02 payment.received account:A1 {"payment":"p9","amount":\#(Self.sum(4_000)),"mode":"cash","receipt_no":"R9","collector":"asha"}"#
    )
    late.eventID = Self.lateID
    let seq = try told.journal.write { (batch: inout Batch) throws(JournalError) in
      try batch.append(late)
    }
    #expect(try inHand("asha", seq - 1) == 15_000)
    #expect(try inHand("asha", nil) == 19_000)
    #expect(try inHand("ravi", nil) == 1_000)
    #expect(try inHand("desk", nil) == 2_000)
    #expect(try inHand("meena", nil) == nil)
    var back = try HouseTold.draft(
      #"2026-03-08 event.reversed account:A1 {"reverses":"\#(Self.lateID)","reason":"duplicate"}"#)
    back.target = Self.lateID
    try told.journal.write { (batch: inout Batch) throws(JournalError) in
      _ = try batch.append(back)
    }
    #expect(try inHand("asha", nil) == 15_000)
  }
}
