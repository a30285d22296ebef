import Ledger

extension Rule {
  static let intLegalCaseFollowUp = Rule(
    "int.legal.case-followup", "Pending case has news and its hearings have outcomes", .medium,
    .policy, by: CaseWatched.self, defaults: ["days": 45, "hearing_days": 3],
    statement:
      "Of each open case there is news at least every so many days, and every hearing date has an outcome within three days.",
    citation: "House policy.")
}

/// Gaps between what is heard of a case, and hearings of which nothing was heard.
struct CaseWatched: Judge {
  static var selectedBy: String { "day of the gap or hearing" }
  static var judges: [UInt16] { [EventCode.legalCaseFiled, EventCode.legalHearingListed] }
  static var reads: [UInt16] {
    [EventCode.legalUpdateReceived, EventCode.legalHearingHeld, EventCode.legalCaseEnded]
  }
  static var parameters: [Parameter] {
    [
      Parameter("days", .int, "Most days without news."),
      Parameter("hearing_days", .int, "Days after a hearing in which its outcome is recorded."),
    ]
  }

  private let days: Int, hearing: Int

  init(_ values: Values) throws(PackError) {
    (days, hearing) = (try values.int("days"), try values.int("hearing_days"))
  }

  static func judge(_ one: Case, _ laws: Laws<Self>, _ report: inout Report) {
    for filed in one[EventCode.legalCaseFiled] {
      let news = one.all(
        EventCode.legalUpdateReceived, EventCode.legalHearingHeld, EventCode.legalCaseEnded
      ).filter { $0[.case] == filed[.case] && filed.precedes($0) }
      let end = news.first { $0.type == EventCode.legalCaseEnded }
      var last = filed
      for act in news where end.map({ !$0.precedes(act) }) ?? true {
        stale(last, act.day, one, laws, &report)
        last = act
      }
      if end == nil { stale(last, one.today, one, laws, &report) }
    }
    for listed in one[EventCode.legalHearingListed] {
      guard let on = listed.day(.on), let law = laws.on(on, one) else { continue }
      let due = on + law.terms.hearing
      let isHeard = one[EventCode.legalHearingHeld].contains {
        $0[.case] == listed[.case] && $0.day(.on) == on && $0.day <= due
      }
      if !isHeard, one.today > due {
        report.find(
          "hearing-outcome-missing", listed, law, one, on: due + 1, [("due", .day(due))])
      }
    }
  }

  private static func stale(
    _ last: Act, _ next: Day, _ one: Case, _ laws: Laws<Self>, _ report: inout Report
  ) {
    guard let law = laws.on(last.day, one) else { return }
    let due = last.day + law.terms.days
    if next > due { report.find("case-stale", last, law, one, on: due + 1, [("due", .day(due))]) }
  }
}
