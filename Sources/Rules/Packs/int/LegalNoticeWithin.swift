import Ledger

extension Rule {
  static let intLegalNoticeWithin = Rule(
    "int.legal.notice-within", "Legal notice within days of its trigger", .high, .policy,
    by: NoticeAfterTrigger.self,
    defaults: [
      "trigger": "bucket_entered", "bucket": "91-120", "days": 10, "notice": "loan_recall",
    ],
    statement:
      "A notice of a kind goes out within so many days of entering a bucket; a cure or a dispute stops the clock. Statutory clocks are other rules and do not pause.",
    citation: "House policy.")
}

/// A notice follows the entry into a bucket, or the return of a cheque, in time.
struct NoticeAfterTrigger: Judge {
  static var selectedBy: String { "day of the trigger" }
  static var judges: [UInt16] { [EventCode.legalNoticeSent] }
  static var reads: [UInt16] {
    [EventCode.disputeRaised, EventCode.disputeResolved, EventCode.chequeBounced]
  }
  static var derives: Set<Derived> { [.bucketEntered, .arrearsCleared] }
  static var parameters: [Parameter] {
    [
      Parameter("trigger", .code, "bucket_entered or cheque_bounced."),
      Parameter("bucket", .code, "The bucket that starts the clock."),
      Parameter("days", .int, "Days after the day of the trigger."),
      Parameter("notice", .code, "Kind of notice."),
    ]
  }

  private let isCheque: Bool
  private let bucket: TextKey, notice: TextKey
  private let days: Int

  init(_ values: Values) throws(PackError) {
    isCheque = values.text("trigger") == "cheque_bounced"
    bucket = TextKey(values.text("bucket"))
    notice = TextKey(values.text("notice"))
    days = try values.int("days")
  }

  static func judge(_ one: Case, _ laws: Laws<Self>, _ report: inout Report) {
    for trigger in one[.bucketEntered] + one[EventCode.chequeBounced] {
      let isCheque = trigger.type == EventCode.chequeBounced
      guard let law = laws.on(trigger.day, one), law.terms.isCheque == isCheque,
        isCheque || trigger[.bucket] == law.terms.bucket
      else { continue }
      let due = trigger.day + law.terms.days
      let shown: [Finding.Extra] = [("due", .day(due))]
      let notice = one[EventCode.legalNoticeSent].first {
        $0[.kind] == law.terms.notice && trigger.precedes($0)
      }
      let isStopped =
        one[.arrearsCleared].contains { trigger.precedes($0) && $0.day <= due }
        || one.bars.contains {
          $0.kind == "dispute" && $0.account == trigger.account && $0.act.day <= due
            && $0.until > trigger.header.occurred
        }
      if isStopped { continue }
      if let notice {
        if notice.day > due { report.find("notice-late", notice, law, one, shown) }
      } else if one.today > due {
        report.find(
          "notice-missed", trigger, law, one, on: due + 1, shown, part: .day(trigger.day))
      }
    }
  }
}
