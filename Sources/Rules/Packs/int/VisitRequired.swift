import Ledger

extension Rule {
  static let intVisitRequired = Rule(
    "int.field.visit-required", "Field visit mandatory in a bucket", .medium, .policy,
    by: VisitInBucket.self,
    defaults: [
      "buckets": ["61-90", "91-120", "90+"], "within_days": 7, "require_geo": true,
      "suspended_by": Rule.suspending,
    ],
    statement:
      "Within so many days of entering a bucket the customer is visited, with a location on record; a roll-back before then cancels the duty.",
    citation: "House policy.")
}

/// A visit with its location follows the entry into a bucket.
struct VisitInBucket: Judge {
  static var selectedBy: String { "day on which the bucket was entered" }
  static var judges: [UInt16] { [EventCode.contactAttempted] }
  static var derives: Set<Derived> { [.bucketEntered, .arrearsCleared] }
  static var ordersContact: Bool { true }
  static var parameters: [Parameter] {
    [
      Parameter("buckets", .codes, "Buckets that need a visit."),
      Parameter("within_days", .int, "Days after the day of entry."),
      Parameter("require_geo", .bool, "Whether only visits with a location count."),
      Rule.suspendedBy,
    ]
  }

  private let buckets: [TextKey], suspending: [TextKey]
  private let days: Int
  private let needsGeo: Bool

  init(_ values: Values) throws(PackError) {
    buckets = values.codes("buckets")
    suspending = values.codes("suspended_by")
    days = try values.int("within_days")
    needsGeo = values.value("require_geo") != .bool(false)
  }

  static func judge(_ one: Case, _ laws: Laws<Self>, _ report: inout Report) {
    for entered in one[.bucketEntered] {
      guard let law = laws.on(entered.day, one), let bucket = entered[.bucket],
        law.terms.buckets.contains(bucket)
      else { continue }
      let due = entered.day + law.terms.days
      guard one.today > due else { continue }
      let isOver =
        one[.arrearsCleared].contains { entered.precedes($0) && $0.day <= due }
        || one[.bucketEntered].contains {
          entered.precedes($0) && $0.day <= due
            && !law.terms.buckets.contains($0[.bucket] ?? .none)
        }
      let isVisited = one.contacts.contains {
        $0.isOutbound && $0[.channel] == Codes.visit && entered.day <= $0.day && $0.day <= due
          && (!law.terms.needsGeo || $0.has(.geo))
      }
      let end = one.midnight(due + 1, entered)
      if isOver || isVisited
        || one.isHeld(
          law.terms.suspending, from: entered.header.occurred, to: end, account: entered.account)
      {
        continue
      }
      report.find(
        "visit-missed", entered, law, one, on: due + 1, [("due", .day(due))],
        part: .day(entered.day))
    }
  }
}
