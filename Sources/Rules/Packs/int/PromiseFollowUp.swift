import Ledger

extension Rule {
  static let intPromiseFollowUp = Rule(
    "int.ptp.follow-up", "Broken promise chased within days", .medium, .policy,
    by: PromiseChased.self,
    defaults: ["grace_days": 0, "follow_up_days": 2, "suspended_by": Rule.suspending],
    statement:
      "When a promised sum has not come by its day and grace, somebody reaches out within so many days after it; a reminder on or before the day is no follow-up.",
    citation: "House policy.")
}

/// An outbound contact follows each item of a promise that was not kept. Receipts count once, first
/// to the item due first.
struct PromiseChased: Judge {
  static var selectedBy: String { "day on which the item fell due" }
  static var judges: [UInt16] { [EventCode.promiseMade] }
  static var reads: [UInt16] {
    [
      EventCode.promiseWithdrawn, EventCode.paymentReceived, EventCode.paymentReversed,
      EventCode.contactAttempted,
    ]
  }
  static var ordersContact: Bool { true }
  static var parameters: [Parameter] {
    [
      Parameter("grace_days", .int, "Days after the day in which money still keeps it."),
      Parameter("follow_up_days", .int, "Days after the day in which somebody reaches out."),
      Rule.suspendedBy,
    ]
  }

  private let grace: Int, days: Int
  private let suspending: [TextKey]

  init(_ values: Values) throws(PackError) {
    (grace, days) = (try values.int("grace_days"), try values.int("follow_up_days"))
    suspending = values.codes("suspended_by")
  }

  static func judge(_ one: Case, _ laws: Laws<Self>, _ report: inout Report) {
    let promises = one[EventCode.promiseMade]
    if promises.isEmpty { return }
    let receipts = one.receipts(on: one.account)
    for promise in promises {
      var owed: Int64 = 0
      for (number, item) in one.items(promise).enumerated() {
        owed += item.amount.minor
        guard let law = laws.on(item.dueOn, one), one.today > item.dueOn + law.terms.days,
          !isOver(promise, by: item.dueOn, one)
        else { continue }
        let last = item.dueOn + law.terms.grace
        let paid = receipts.reduce(Int64(0)) {
          $1.act.counts >= promise.day && $1.stands(on: last) ? $0 + $1.act.amount : $0
        }
        if paid >= owed { continue }
        let due = item.dueOn + law.terms.days
        let isChased = one.contacts.contains {
          $0.isOutbound && item.dueOn < $0.day && $0.day <= due
        }
        let start = one.midnight(item.dueOn + 1, promise)
        let end = one.midnight(due + 1, promise)
        if isChased
          || one.isHeld(law.terms.suspending, from: start, to: end, account: promise.account)
        {
          continue
        }
        report.find(
          "ptp-not-followed-up", promise, law, one, on: due + 1, [("due", .day(due))],
          part: number == 0 ? .none : .number(Int64(number + 1)))
      }
    }
  }

  // Withdrawn, or replaced by another promise, before the day.
  private static func isOver(_ promise: Act, by day: Day, _ one: Case) -> Bool {
    one[EventCode.promiseWithdrawn].contains {
      $0[.promise] == promise[.promise] && $0.day <= day
    }
      || one[EventCode.promiseMade].contains {
        $0[.supersedes] != nil && $0[.supersedes] == promise[.promise] && $0.day <= day
      }
  }
}
