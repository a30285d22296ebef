import Testing

@testable import Ledger

@Suite struct `Money and days` {
  @Test func `a decimal is read to the minor unit and written back`() {
    let inr = Currency(code: "INR")!
    #expect(Money(decimal: "1234.5", currency: inr)?.minor == 123_450)
    #expect(Money(decimal: "-0.05", currency: inr)?.description == "-0.05 INR")
    #expect(Money(decimal: "1.234", currency: inr) == nil)
    #expect(Money(decimal: "92233720368547758.08", currency: inr) == nil)
    #expect(Money(decimal: "1.234", currency: Currency(code: "KWD")!)?.minor == 1234)
    #expect(Money(decimal: "7", currency: Currency(code: "JPY")!)?.decimal == "7")
  }

  @Test func `a day that the calendar does not have is no day`() {
    #expect(Day("2026-02-29") == nil)
    #expect(Day("2024-02-29")?.description == "2024-02-29")
    #expect(Day("9999-12-31") == .undated)
    #expect(Day("2026-01-31")?.adding(months: 1)?.description == "2026-02-28")
  }

  @Test func `an instant keeps the offset it was read with`() {
    let text = "2026-01-05T10:00:00.25+05:30"
    #expect(ClockTime(text)?.description == text)
    #expect(ClockTime(text)?.moment.description == "2026-01-05T04:30:00.25Z")
    #expect(ClockTime("2007-03-20T00:00:00+01:00")?.day.description == "2007-03-20")
    #expect(ClockTime("2026-01-05T10:00:00") == nil)
  }
}
