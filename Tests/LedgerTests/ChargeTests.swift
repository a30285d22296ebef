import LedgerTesting
import Testing

@testable import Ledger

private func day(_ text: String) -> Day { Day(text) ?? .none }

@Suite struct `A charge that names no due` {
  @Test func `charges before thousands of dues to come stand where they fall due, and at once`() {
    let opening = day("2026-01-01")
    func story(_ first: Int, _ charges: Int) -> Story {
      let dues = (0..<4000).map { "due d\($0) 10.00 \(opening + 400 + $0) | recorded 2026-01-01\n" }
      return Story(
        dues.joined()
          + (0..<charges).map {
            "charge c\($0) 5.00 \(opening + first + $0 % 300) late_payment | recorded 2026-01-01\n"
          }.joined())
    }
    func time(_ story: Story) -> (Duration, Reckoning) {
      let facts = story.facts(knownAt: Position(story.events.count))
      var reckoner = Reckoner()
      var result = Reckoning()
      let clock = ContinuousClock()
      let spent = clock.measure {
        result = reckoner.reckon(
          facts.rows.span, parts: facts.parts.span, currency: 356, asOf: opening + 9000,
          terms: Terms())
      }
      return (spent, result)
    }
    // Behind all dues nothing has to make room for them.
    let (behind, late) = time(story(5000, 1000))
    let (before, early) = time(story(0, 1000))
    #expect((early.overdue, late.overdue) == (4_500_000, 4_500_000))
    #expect(early.oldestUnpaid == opening)
    #expect(late.oldestUnpaid == opening + 400)
    #expect(before < behind * 4)
  }

  @Test func `stands behind the dues of its day, in the order of the day, and is paid there`() {
    let story = Story(
      """
      due d1 100.00 2026-01-05 | recorded 2026-01-01
      due d2 100.00 2026-02-05 | recorded 2026-01-01
      charge c1 5.00 2026-01-05 late_payment | recorded 2026-01-05
      charge c2 6.00 2026-01-05 late_payment gone | recorded 2026-01-05
      charge c3 7.00 2026-01-05 late_payment | recorded 2026-01-05
      charge c4 8.00 2026-01-20 late_payment c3 | recorded 2026-01-20
      payment R1 150.00 2026-02-05 | recorded 2026-02-05
      """)
    var reckoner = Reckoner()
    reckoner.keepsSplits = true
    _ = story.reckon(asOf: day("2026-02-05"), terms: Terms(), with: &reckoner)
    let owed = reckoner.obligations.indices.map { index in
      "\(reckoner.obligations[index].seq) \(reckoner.unpaid(index))"
    }
    // c2 names a due that is not there and stands alone; c4 joins the charge that it names.
    #expect(owed == ["1 0", "3 0", "4 0", "5 0", "2 7600"])
    let paid = reckoner.splits.map { "\(reckoner.obligations[$0.obligation].seq) \($0.amount)" }
    #expect(paid == ["1 10000", "3 500", "4 600", "5 1500", "2 2400"])
  }
}
