import Ledger

extension Rule {
  static let inSARFAESI133A = Rule(
    "in.sarfaesi.13-3a", "Reply to the borrower's representation within 15 days", .high,
    .confirmed, by: RepresentationAnswered.self,
    versions: [
      Version("2004-11-11", "2013-01-14", ["reply_days": 7]),
      Version("2013-01-15", nil, ["reply_days": 15]),
    ],
    statement:
      "Reasons for rejecting a representation go out within 15 days of its receipt, and no measure is taken while it is unanswered.",
    citation: "SARFAESI Act 2002 s.13(3A); one week before 2013-01-15 (from memory).")
}

/// A representation is answered in time, and before any measure.
struct RepresentationAnswered: Judge {
  static var selectedBy: String { "day on which the representation was received" }
  static var judges: [UInt16] { [EventCode.legalReplyReceived] }
  static var reads: [UInt16] { [EventCode.legalNoticeSent, EventCode.securityPossessionTaken] }
  static var parameters: [Parameter] {
    [Parameter("reply_days", .int, "Days after the day of receipt.")]
  }

  private let days: Int

  init(_ values: Values) throws(PackError) { days = try values.int("reply_days") }

  static func judge(_ one: Case, _ laws: Laws<Self>, _ report: inout Report) {
    for received in one[EventCode.legalReplyReceived] where received[.kind] == "representation" {
      guard let law = laws.on(received.day, one) else { continue }
      let due = LegalClocks.last(received.day, days: law.terms.days)
      let answer = one[EventCode.legalNoticeSent].first {
        $0[.kind] == "sarfaesi_13_3a_reply" && $0[.answers] == received[.reply]
      }
      if let answer {
        if answer.day > due {
          report.find("reply-late", answer, law, one, [("due", .day(due))], because: [received])
        }
      } else if one.today > due {
        report.find("reply-missed", received, law, one, on: due + 1, [("due", .day(due))])
      }
      for measure in one[EventCode.securityPossessionTaken]
      where measure[.under] == "sarfaesi_13_4" && received.precedes(measure)
        && (answer.map { measure.precedes($0) } ?? true)
      {
        report.find("measure-while-unanswered", measure, law, one, because: [received])
      }
    }
  }
}
