import Testing

@testable import Ledger

private func day(_ text: String) -> Day { Day(text) ?? .none }

@Suite struct `Days on which banks work` {
  /// Sundays, second and fourth Saturdays; written by us, with a few holidays of 2026.
  static let india = #"""
    {"id":"in-bank","weekend":["sunday","second_saturday","fourth_saturday"],"holidays":[{"day":"2026-01-26","name":"Republic Day"},{"day":"2026-04-03","name":"Good Friday"},{"day":"2026-08-15"}]}
    """#

  static func calendar(_ json: String) throws -> Calendar {
    let bytes = Array(json.utf8)
    let body = try BodyCodec.encodeJSON(bytes.span)
    return try Calendar(reading: body.span)
  }

  @Test func `a cheque goes to the bank on a working day, so many working days ahead`() throws {
    let calendar = try Self.calendar(Self.india)
    var table = ""
    for (date, lead) in [
      ("2026-01-25", 0), ("2026-01-26", 0), ("2026-01-26", 1), ("2026-04-03", 0), ("2026-04-03", 2),
      ("2026-04-11", 0), ("2026-04-18", 0), ("2026-04-25", 3),
    ] {
      var terms = ChequeTerms.standard
      terms.leadDays = lead
      table += "\(date) less \(lead): \(terms.deposit(day(date), calendar))\n"
    }
    #expect(
      table == """
        2026-01-25 less 0: 2026-01-27
        2026-01-26 less 0: 2026-01-27
        2026-01-26 less 1: 2026-01-23
        2026-04-03 less 0: 2026-04-04
        2026-04-03 less 2: 2026-04-01
        2026-04-11 less 0: 2026-04-13
        2026-04-18 less 0: 2026-04-18
        2026-04-25 less 3: 2026-04-22

        """)
  }

  @Test func `a cheque of 31 January is presentable to 30 April, notice is due in 30 days`() {
    let terms = ChequeTerms.standard
    #expect(terms.presentable(day("2026-01-31")) == day("2026-04-30"))
    #expect(terms.notice(day("2026-04-10"), skipping: []) == day("2026-05-10"))
  }

  @Test func `a calendar that cannot be is refused with a sentence`() {
    var table = ""
    for json in [
      #"{"id":"x","weekend":["caturday"]}"#,
      #"{"id":"x","weekend":["monday","tuesday","wednesday","thursday","friday","saturday","sunday"]}"#,
      #"{"id":"x","weekend":["sunday"],"holidays":[{"day":"2026-02-30"}]}"#, #"{"id":"x"}"#,
    ] {
      do {
        _ = try Self.calendar(json)
        table += "taken\n"
      } catch { table += "\((error as? WireError)?.what ?? "\(error)")\n" }
    }
    #expect(
      table == """
        `weekend` of a calendar policy is days such as sunday or second_saturday, not `caturday`
        a calendar policy leaves no day of the week on which banks work
        `holidays` of a calendar policy is dates of the form YYYY-MM-DD, not `2026-02-30`
        a calendar policy lacks `weekend`

        """)
  }
}

@Suite struct `Bounce rates` {
  @Test func `of 1,000 presented 90 bounced: 9.00 by count, 9.58 by value, 70.00 cleared`() {
    var tally = BounceRates.Tally()
    (tally.presented, tally.presentedValue) = (1000, 1_200_000_000)
    (tally.bounced, tally.bouncedValue) = (90, 115_000_000)
    (tally.technical, tally.honouredLater, tally.cleared) = (18, 35, 63)
    let rates = [tally.count, tally.value, tally.exTechnical, tally.net, tally.clearance]
    #expect(
      rates.map { $0.map(BounceRates.percent) ?? "-" }.joined(separator: " ")
        == "9.00 9.58 7.20 5.50 70.00")
  }
}
