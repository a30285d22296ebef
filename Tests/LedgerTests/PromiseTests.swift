import LedgerTesting
import Testing

@testable import Ledger

private func day(_ text: String) -> Day { Day(text) ?? .none }

/// The verdicts of a story's promises at day-ends, one a line: `PR1/1 kept 92.00`.
private func verdicts(
  _ story: Story, _ asOf: String, knownOn: String? = nil, terms: Terms = Terms()
) -> String {
  var state = story.state(knownOn: knownOn.map(day))
  let names = (0...9).map { (TextKey("PR\($0)"), "PR\($0)") }
  return state.promises(asOf: day(asOf), terms: terms).0.items.map { item in
    let name = names.first { $0.0 == item.row.promise }?.1 ?? "?"
    return "\(name)/\(item.row.item) \(item.verdict.code) \(item.paid.percent)"
  }.joined(separator: ", ")
}

@Suite struct `The verdict on a promise` {
  /// `domain.md` V14: tolerance and grace, a late receipt, and a bounce that takes money back.
  let v14 = Story(
    """
    due d1 20000.00 2026-04-05 | recorded 2026-04-01
    promise PR1 2026-04-05 2026-04-10=10000.00 grace=3 tolerance=1000 | recorded 2026-04-05
    paid R1 8500.00 2026-04-11 | recorded 2026-04-11
    paid R2 700.00 2026-04-13 | recorded 2026-04-15
    reversed R1 8500.00 original 2026-04-11 | recorded 2026-04-20
    """)

  @Test func `92 of 100 within grace keep a promise with a tenth of tolerance, until a bounce`() {
    var table = ""
    for known in ["2026-04-10", "2026-04-14", "2026-04-15", "2026-04-20"] {
      for asOf in [
        "2026-04-04", "2026-04-09", "2026-04-10", "2026-04-12", "2026-04-13", "2026-06-30",
      ] {
        table += "\(asOf) known \(known): \(verdicts(v14, asOf, knownOn: known))\n"
      }
    }
    #expect(
      table == """
        2026-04-04 known 2026-04-10: 
        2026-04-09 known 2026-04-10: PR1/1 open 0.00
        2026-04-10 known 2026-04-10: PR1/1 due_today 0.00
        2026-04-12 known 2026-04-10: PR1/1 in_grace 0.00
        2026-04-13 known 2026-04-10: PR1/1 broken 0.00
        2026-06-30 known 2026-04-10: PR1/1 broken 0.00
        2026-04-04 known 2026-04-14: 
        2026-04-09 known 2026-04-14: PR1/1 open 0.00
        2026-04-10 known 2026-04-14: PR1/1 due_today 0.00
        2026-04-12 known 2026-04-14: PR1/1 in_grace 85.00
        2026-04-13 known 2026-04-14: PR1/1 partial 85.00
        2026-06-30 known 2026-04-14: PR1/1 partial 85.00
        2026-04-04 known 2026-04-15: 
        2026-04-09 known 2026-04-15: PR1/1 open 0.00
        2026-04-10 known 2026-04-15: PR1/1 due_today 0.00
        2026-04-12 known 2026-04-15: PR1/1 in_grace 85.00
        2026-04-13 known 2026-04-15: PR1/1 kept 92.00
        2026-06-30 known 2026-04-15: PR1/1 kept 92.00
        2026-04-04 known 2026-04-20: 
        2026-04-09 known 2026-04-20: PR1/1 open 0.00
        2026-04-10 known 2026-04-20: PR1/1 due_today 0.00
        2026-04-12 known 2026-04-20: PR1/1 in_grace 0.00
        2026-04-13 known 2026-04-20: PR1/1 partial 7.00
        2026-06-30 known 2026-04-20: PR1/1 partial 7.00

        """)
  }

  @Test func `a receipt counts once: first to the item due first, then to the promise made first`()
  {
    let story = Story(
      """
      promise PR1 2026-04-01 2026-04-20=100.00 | recorded 2026-04-01
      promise PR2 2026-04-02 2026-04-10=100.00 2026-04-20=100.00 | recorded 2026-04-02
      paid R1 150.00 2026-04-05 | recorded 2026-04-05
      paid R2 120.00 2026-04-11 | recorded 2026-04-11
      paid R3 500.00 2026-04-21 | recorded 2026-04-21
      """)
    #expect(verdicts(story, "2026-04-09") == "PR2/1 kept 100.00, PR1/1 open 50.00, PR2/2 open 0.00")
    #expect(
      verdicts(story, "2026-04-25") == "PR2/1 kept 100.00, PR1/1 kept 100.00, PR2/2 partial 70.00")
  }

  @Test func `money of the day before the promise, or of the day after grace, counts for nothing`()
  {
    let story = Story(
      """
      promise PR1 2026-04-05 2026-04-10=100.00 grace=2 | recorded 2026-04-05
      paid R1 30.00 2026-04-04 | recorded 2026-04-06
      paid R2 40.00 2026-04-12 | recorded 2026-04-12
      paid R3 30.00 2026-04-13 | recorded 2026-04-13
      """)
    #expect(verdicts(story, "2026-04-30") == "PR1/1 partial 40.00")
  }

  @Test func `when only tagged receipts count, all others pass the promise by`() {
    let story = Story(
      """
      promise PR1 2026-04-05 2026-04-10=100.00 tagged | recorded 2026-04-05
      promise PR2 2026-04-05 2026-04-11=100.00 | recorded 2026-04-05
      paid R1 100.00 2026-04-06 | recorded 2026-04-06
      paid R2 60.00 2026-04-07 tag=PR1 | recorded 2026-04-07
      """)
    #expect(verdicts(story, "2026-04-30") == "PR1/1 partial 60.00, PR2/1 kept 100.00")
  }

  @Test func `a provisional receipt counts from the day it clears, or at once if policy says so`() {
    let story = Story(
      """
      promise PR1 2026-04-05 2026-04-10=100.00 | recorded 2026-04-05
      paid R1 100.00 2026-04-08 provisional cheque=C1 | recorded 2026-04-08
      promise PR2 2026-04-05 2026-04-11=50.00 | recorded 2026-04-08
      paid R2 50.00 2026-04-09 provisional | recorded 2026-04-09
      cleared C1 100.00 2026-04-12 | recorded 2026-04-12
      credited R2 50.00 2026-04-14 | recorded 2026-04-14
      """)
    var generous = Terms()
    generous.promises.provisionalCounts = true
    #expect(verdicts(story, "2026-04-11") == "PR1/1 broken 0.00, PR2/1 broken 0.00")
    #expect(verdicts(story, "2026-04-12") == "PR1/1 kept 100.00, PR2/1 broken 0.00")
    #expect(verdicts(story, "2026-04-14") == "PR1/1 kept 100.00, PR2/1 kept 100.00")
    #expect(
      verdicts(story, "2026-04-11", terms: generous) == "PR1/1 kept 100.00, PR2/1 kept 100.00")
  }

  @Test func `what is withdrawn or put off up to its day is ended, afterwards the verdict stands`()
  {
    let story = Story(
      """
      promise PR1 2026-04-01 2026-04-10=100.00 2026-04-20=100.00 grace=5 | recorded 2026-04-01
      withdrawn PR1 2026-04-11 | recorded 2026-04-11
      promise PR2 2026-04-01 2026-04-12=100.00 | recorded 2026-04-01
      promise PR3 2026-04-12 2026-04-18=100.00 supersedes=PR2 | recorded 2026-04-12
      promise PR4 2026-04-18 2026-04-25=100.00 supersedes=PR3 | recorded 2026-04-18
      withdrawn PR4 2026-04-25 superseded | recorded 2026-04-25
      """)
    #expect(
      verdicts(story, "2026-04-30")
        == "PR1/1 broken 0.00, PR2/1 superseded 0.00, PR3/1 superseded 0.00, PR1/2 withdrawn 0.00, "
        + "PR4/1 superseded 0.00")
    #expect(
      verdicts(story, "2026-04-12")
        == "PR1/1 in_grace 0.00, PR2/1 superseded 0.00, PR3/1 open 0.00, PR1/2 withdrawn 0.00")
  }

  @Test func `a promise taken back as an entry leaves nothing, and its money goes to the next`() {
    let story = Story(
      """
      promise PR1 2026-04-01 2026-04-10=100.00 | recorded 2026-04-01
      promise PR2 2026-04-01 2026-04-11=100.00 | recorded 2026-04-01
      paid R1 100.00 2026-04-05 | recorded 2026-04-05
      wrong 1 2026-04-06 | recorded 2026-04-06
      """)
    #expect(
      verdicts(story, "2026-04-12", knownOn: "2026-04-05")
        == "PR1/1 kept 100.00, PR2/1 broken 0.00")
    #expect(verdicts(story, "2026-04-12") == "PR2/1 kept 100.00")
  }
}

@Suite struct `Rates of the desk` {
  @Test func `27 kept of 51 matured are 52.94, not 27 of 60; value is 67.50`() {
    var tally = PromiseBook.Tally()
    func add(_ verdict: Promise.Verdict, _ count: Int, _ promised: Int64, _ counted: Int64) {
      for index in 0..<count {
        var row = Promise.Row(.item, Header())
        row.amount = promised
        var item = Promise.Item(row: row)
        (item.verdict, item.counted) = (verdict, counted)
        if index == 0 { item.supersessions = 3 }
        tally.add(item)
      }
    }
    // 510,000 promised by 51 matured items; 344,250 counted.
    add(.kept, 27, 10_000, 10_000)
    add(.partial, 6, 16_000, 12_375)
    add(.broken, 18, 8_000, 0)
    add(.open, 7, 10_000, 5_000)
    add(.withdrawn, 2, 10_000, 0)
    #expect(tally.matured == 51)
    #expect(tally.kept.basisPoints == 5294)
    #expect(tally.broken.basisPoints == 3529)
    #expect(tally.maturedPromised == 510_000)
    #expect(tally.maturedCounted == 344_250)
    #expect(tally.keptValue.basisPoints == 6750)
    #expect(tally.rolling == 5)
    #expect(PromiseBook.Tally().kept.basisPoints == nil)
  }

  @Test func `480 attempts on 160 of 200 accounts with 120 right-party contacts and 60 promises`() {
    var tally = ContactTally()
    (tally.allocated, tally.accounts, tally.attempts, tally.connected) = (200, 160, 480, 192)
    (tally.thirdParty, tally.rightParty) = (48, 120)
    (tally.accountsReached, tally.promises) = (90, 60)
    let table = """
      coverage \(tally.coverage.basisPoints ?? -1)
      intensity \(tally.intensity.basisPoints ?? -1) of attempted, \(tally.intensityOfAllocated.basisPoints ?? -1) of allocated
      connect \(tally.connect.basisPoints ?? -1)
      contact \(tally.contact.basisPoints ?? -1)
      right party \(tally.rightPartyRate.basisPoints ?? -1)
      contactability \(tally.contactabilityOfAllocated.basisPoints ?? -1) of allocated, \(tally.contactability.basisPoints ?? -1) of attempted
      promise \(tally.promiseRate.basisPoints ?? -1)
      """
    #expect(
      table == """
        coverage 8000
        intensity 30000 of attempted, 24000 of allocated
        connect 4000
        contact 3500
        right party 2500
        contactability 4500 of allocated, 5625 of attempted
        promise 5000
        """)
  }
}
