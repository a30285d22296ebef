import Ledger

extension Rule {
  static let inNI138Notice = Rule(
    "in.ni138.notice", "Demand notice within 30 days of the bank's information", .critical,
    .confirmed, by: DemandNotice.self,
    versions: [
      Version("1989-04-01", "2003-02-05", ["notice_days": 15]),
      Version("2003-02-06", nil, ["notice_days": 30]),
    ],
    defaults: [
      "reasons": [
        "insufficient_funds", "exceeds_arrangement", "account_closed", "payment_stopped",
      ], "tolls": [["from": "2020-03-15", "to": "2022-02-28"]],
    ],
    statement:
      "A written demand for the cheque's amount is made within 30 days of the bank's information of the return; every return starts a clock of its own.",
    citation:
      "Negotiable Instruments Act s.138 proviso (b); 15 days before 2003-02-06 (that date is from memory); 2020-03-15 to 2022-02-28 excluded by the Supreme Court."
  )
}

/// A demand notice follows each return of a cheque in time; full payment of the cheque excuses it.
struct DemandNotice: Judge {
  static var selectedBy: String { "day of the bank's information" }
  static var judges: [UInt16] { [EventCode.chequeBounced] }
  static var reads: [UInt16] {
    [EventCode.legalNoticeSent, EventCode.paymentReceived, EventCode.paymentReversed]
  }
  static var parameters: [Parameter] {
    [
      Parameter("notice_days", .int, "Days after the day of information."),
      Parameter("reasons", .codes, "Reasons of return that found the section."),
      Parameter("tolls", .list, "Days that do not count: `from`, `to`."),
    ]
  }

  private let days: Int
  private let reasons: [TextKey]
  private let tolls: [ClosedRange<Day>]

  init(_ values: Values) throws(PackError) {
    days = try values.int("notice_days")
    reasons = values.codes("reasons")
    tolls = values.tolls
  }

  static func judge(_ one: Case, _ laws: Laws<Self>, _ report: inout Report) {
    for returned in one[EventCode.chequeBounced] {
      let info = one.day(of: returned.moment(.memoReceivedAt), like: returned)
      guard let law = laws.on(info, one), let reason = returned[.reason],
        law.terms.reasons.contains(reason)
      else { continue }
      let due = LegalClocks.notice(info, days: law.terms.days, skipping: law.terms.tolls)
      let notice = one[EventCode.legalNoticeSent].first {
        $0[.kind] == "s138" && $0[.cheque] == returned[.cheque] && returned.precedes($0)
      }
      let shown: [Finding.Extra] = [("due", .day(due))]
      if let notice {
        if notice.day > due {
          // One notice may answer for several returns.
          report.find("notice-late", notice, law, one, shown, of: returned)
        } else if let sum = notice.number(.amount), sum != returned.amount {
          report.find("amount-mismatch", notice, law, one, of: returned, informs: true)
        }
      } else if one.today > due, one.paid(forCheque: returned, by: due) < returned.amount {
        report.find("notice-missed", returned, law, one, on: due + 1, shown)
      }
    }
  }
}

extension Values {
  /// Stretches of days that do not count.
  var tolls: [ClosedRange<Day>] {
    (value("tolls")?.items ?? []).compactMap { toll in
      guard let from = toll["from"]?.text.flatMap({ Day($0) }),
        let to = toll["to"]?.text.flatMap({ Day($0) }), from <= to
      else { return nil }
      return from...to
    }
  }
}

extension Case {
  /// The local day of a moment on the clock of an act; that act's own day when there is none.
  func day(of moment: Moment?, like act: Act) -> Day {
    guard let moment else { return act.day }
    return Moment(rawValue: moment.rawValue + act.local - act.header.occurred).day(offset: 0)
  }

  /// What was received for a cheque and stands at the end of a day.
  func paid(forCheque act: Act, by day: Day) -> Int64 {
    receipts(on: 0).reduce(0) {
      $1.act[.cheque] != nil && $1.act[.cheque] == act[.cheque] && act.precedes($1.act)
        && $1.stands(on: day) ? $0 + $1.act.amount : $0
    }
  }
}
