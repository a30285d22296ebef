import Ledger

extension Rule {
  static let inLimitationSuit = Rule(
    "in.limitation.suit", "Suit, arbitration, DRT claim within limitation", .high, .memory,
    by: WithinLimitation.self,
    defaults: ["years": 3, "tolls": [["from": "2020-03-15", "to": "2022-02-28"]]],
    statement:
      "A money claim is brought within three years of default; a signed written acknowledgement or a part payment in signed writing within the time starts it anew. Each due has its own clock.",
    citation:
      "Limitation Act ss. 18-19 and the schedule, from memory; 2020-03-15 to 2022-02-28 excluded by the Supreme Court."
  )
}

/// A claim is brought before the time of any due that it is for has run out.
struct WithinLimitation: Judge {
  static var selectedBy: String { "local date of the claim" }
  static var judges: [UInt16] { [EventCode.legalCaseFiled] }
  static var reads: [UInt16] {
    [
      EventCode.dueRaised, EventCode.dueCancelled, EventCode.paymentReceived,
      EventCode.paymentReversed, EventCode.accountDebtAcknowledged,
    ]
  }
  static var parameters: [Parameter] {
    [
      Parameter("years", .int, "Years from the due day."),
      Parameter("tolls", .list, "Days that do not count: `from`, `to`."),
    ]
  }

  private let months: Int
  private let tolls: [ClosedRange<Day>]

  init(_ values: Values) throws(PackError) {
    months = try values.int("years") * 12
    tolls = values.tolls
  }

  /// The last day of a claim whose time begins on a day; days that do not count move it on.
  func last(from start: Day) -> Day {
    var last = start.plus(months: months)
    for toll in tolls where toll.upperBound > start && toll.lowerBound <= last {
      last = last + (toll.upperBound - max(toll.lowerBound, start + 1) + 1)
    }
    return last
  }

  static func judge(_ one: Case, _ laws: Laws<Self>, _ report: inout Report) {
    let claims: [TextKey] = ["suit", "arbitration", "original_application"]
    let revivals = one.all(EventCode.accountDebtAcknowledged, EventCode.paymentReceived).filter {
      $0.type == EventCode.accountDebtAcknowledged || $0.says(.acknowledgedInWriting)
    }
    for claim in one[EventCode.legalCaseFiled]
    where claim[.proceeding].map({ claims.contains($0) }) ?? false {
      guard let law = laws.on(claim.day, one) else { continue }
      guard let oldest = Arrears(one, one.account).unpaid(on: claim.day).oldest else { continue }
      var last = law.terms.last(from: oldest)
      for revival in revivals where revival.precedes(claim) && revival.day <= last {
        last = max(last, law.terms.last(from: revival.day))
      }
      if claim.day > last {
        report.find("time-barred", claim, law, one, [("last", .day(last))])
      }
    }
  }
}
