import Foundation
import Journaling
import Ledger
import Rules
import Testing

/// The rules of section 138 and the legal diary count by the same clocks: whatever a rule calls the
/// last day, the diary calls missed from the day after it.
@Suite struct `Rules and the legal diary` {
  /// Demands served on each of sixty days, month ends and Sundays among them, and never followed by
  /// a complaint; and cheques that came back around the days that do not count, and were never
  /// followed by a demand.
  private static func garden() throws -> (lines: String, accounts: Int) {
    var garden = Garden()
    var accounts = 0
    let served = try #require(Day("2026-01-01")), told = try #require(Day("2020-01-20"))
    for turn in 0..<60 {
      let day = served + turn
      let account = PlotsIndia.loan(&garden)
      PlotsIndia.cheque(&garden, account, day - 40)
      PlotsIndia.deposited(&garden, account, day - 30)
      PlotsIndia.bounced(&garden, account, day - 20)
      PlotsIndia.notice(&garden, account, day - 10)
      garden.on(
        account, "legal.notice_served", "{'notice':'N\(account.id)','outcome':'delivered'}", day)
      accounts += 1
    }
    for turn in stride(from: 0, to: 80, by: 4) {
      let day = told + turn
      let account = PlotsIndia.loan(&garden)
      PlotsIndia.cheque(&garden, account, day - 20)
      PlotsIndia.deposited(&garden, account, day - 10)
      PlotsIndia.bounced(&garden, account, day)
      accounts += 1
    }
    return (garden.lines, accounts)
  }

  @Test func `name the same last day of a demand and of a complaint`() throws {
    let (lines, accounts) = try Self.garden()
    let ledger = try GardenLedger(lines)
    let asOf = try #require(Day("2026-11-01"))
    var result: Result<(rules: [String], diary: [String]), any Error>?
    try ledger.journal.read { (snapshot) throws(JournalError) in
      let found = Result { try Self.both(ledger.journal, asOf, snapshot) }
      result = found
    }
    let both = try #require(try result?.get())
    #expect(both.rules.count == accounts)
    #expect(both.rules == both.diary)
    // The month that ends on a Sunday is rolled, and the days that do not count are not counted.
    #expect(both.diary.count { $0.hasSuffix("complaint_by 2026-02-23") } == 2)
    #expect(both.diary.contains { $0.contains("notice_by 2022-03") })
  }

  private static func both(_ journal: Journal, _ asOf: Day, _ snapshot: borrowing Snapshot) throws
    -> (rules: [String], diary: [String])
  {
    let zone = try #require(Zone("Asia/Kolkata"))
    let pack = try BodyCodec.encodeJSON(Array(#"{"pack":"in.ni138"}"#.utf8).span)
    let rules = try Rules.Rulebook(.draft([("The pack", pack)]), PolicyBook(), asOf: asOf)
    let hearing = Hearing(
      rules, knownAt: snapshot.head, now: zone.endOfDay(asOf),
      days: Day(rawValue: -719_162)...Day.undated, zone: zone)
    let clocks = [
      "complaint-missed": ("last", "complaint_by"), "notice-missed": ("due", "notice_by"),
    ]
    var said: [String] = []
    for finding in try hearing.run(journal, snapshot).findings {
      guard let (extra, clock) = clocks[finding.code],
        case .day(let day)? = finding.extras.first(where: { $0.name == extra })?.value
      else { continue }
      said.append("\(try snapshot.name(.account, finding.account) ?? "?") \(clock) \(day)")
    }
    let question = Question(vantage: Vantage(asOf: asOf, knownAt: snapshot.head))
    let sheet = try journal.answer(LegalDiary(asOf: asOf, all: true), question, snapshot).book
      .sheet(journal.naming)
    let missed = try #require(sheet.columns.firstIndex { $0.name == "missed" })
    let told = sheet.rows.map { "\($0[0].plain) \($0[missed].plain)" }
    return (said.sorted(), told.sorted())
  }
}
