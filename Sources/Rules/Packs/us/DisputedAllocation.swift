import Ledger

extension Rule {
  static let usRegFDisputedAllocation = Rule(
    "us.regf.disputed-allocation", "Payments never go to a disputed debt", .high, .memory,
    by: NotToDisputed.self, versions: [Version("1978-03-20")],
    statement:
      "With several debts a payment is applied as directed, and never to a debt that the consumer disputes.",
    citation: "FDCPA s.810; 12 CFR 1006.30(c); from memory. Only the second half is judged.")
}

/// Money of a person with several debts is not posted to one with an open dispute.
struct NotToDisputed: Judge {
  static var scope: Rule.Scope { .person }
  static var selectedBy: String { "local date of the posting" }
  static var judges: [UInt16] { [EventCode.paymentPosted] }
  static var reads: [UInt16] {
    [EventCode.accountOpened, EventCode.disputeRaised, EventCode.disputeResolved]
  }

  init(_ values: Values) throws(PackError) {}

  static func judge(_ one: Case, _ laws: Laws<Self>, _ report: inout Report) {
    guard Set(one[EventCode.accountOpened].map(\.account)).count > 1 else { return }
    for posted in one[EventCode.paymentPosted] {
      guard let law = laws.on(posted.day, one) else { continue }
      let bar = one.bars.first {
        $0.kind == "dispute" && $0.account == posted.account && $0.binds(posted)
      }
      if let bar { report.find("applied-to-disputed", posted, law, one, of: bar.act) }
    }
  }
}
