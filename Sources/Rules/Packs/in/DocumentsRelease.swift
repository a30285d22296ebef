import Ledger

extension Rule {
  static let inRBIDocumentsRelease = Rule(
    "in.rbi.documents-release", "Property documents back within 30 days", .high, .confirmed,
    by: DocumentsReleased.self, selectedBy: "day on which the release falls due",
    defaults: [
      "days": 30, "lost_extra_days": 30, "per_day": .money(5_000_00, "INR"),
      "due_on_or_after": "2023-12-01",
    ],
    statement:
      "All original property documents are released within 30 days of full repayment or settlement, 30 days more where papers were lost; Rs 5,000 a day of delay that is the lender's.",
    citation:
      "RBI/2023-24/60 DoR.MCS.REC.38/01.01.001/2023-24, 13 Sep 2023; for releases that fall due from 2023-12-01."
  )
}

/// After an account is closed as paid or settled its documents go back in time.
struct DocumentsReleased: Judge {
  static var judges: [UInt16] { [EventCode.accountClosed] }
  static var reads: [UInt16] {
    [
      EventCode.accountOpened, EventCode.securityDocumentsLost,
      EventCode.securityDocumentsReleased,
    ]
  }
  static var parameters: [Parameter] {
    [
      Parameter("days", .int, "Days after the day of closure."),
      Parameter("lost_extra_days", .int, "Days more where papers were lost."),
      Parameter("per_day", .money, "Compensation a day of delay."),
      Parameter("due_on_or_after", .day, "Releases that fell due before are not judged."),
    ]
  }

  private let days: Int, extra: Int
  private let perDay: Int64
  private let first: Day

  init(_ values: Values) throws(PackError) {
    (days, extra) = (try values.int("days"), try values.int("lost_extra_days"))
    perDay = try values.money("per_day")
    first = values.day("due_on_or_after") ?? Rule.Version.always
  }

  static func judge(_ one: Case, _ laws: Laws<Self>, _ report: inout Report) {
    for closed in one[EventCode.accountClosed]
    where closed[.reason] == "paid" || closed[.reason] == "settled" {
      let lost = one[EventCode.securityDocumentsLost].first
      let released = one[EventCode.securityDocumentsReleased].first { closed.precedes($0) }
      guard let law = laws.on(closed.day, one) else { continue }
      let isLost = lost.map { lost in released.map { lost.precedes($0) } ?? true } ?? false
      let due = closed.day + law.terms.days + (isLost ? law.terms.extra : 0)
      guard due >= law.terms.first else { continue }
      if let released {
        guard released.day > due, released[.delayBy].map({ $0 == "lender" }) ?? true else {
          continue
        }
        let sum = Int64(released.day - due) * law.terms.perDay
        report.find(
          "documents-late", released, law, one,
          [("due", .day(due)), ("compensation", closed.shown(sum))], because: [closed])
      } else if one.today > due, one[EventCode.accountOpened].first?[.secured] == "secured" {
        report.find("documents-not-released", closed, law, one, on: due + 1, [("due", .day(due))])
      }
    }
  }
}
