import LedgerTesting
import Testing

@testable import Ledger

private func day(_ text: String) -> Day { Day(text) ?? .none }

@Suite struct `The bitemporal grid` {
  /// Account A1 of `domain.md` V2: three instalments, a cheque that bounced, a cash receipt that an
  /// agent without network brought in nine days late.
  let story = Story(
    """
    due d1 10000.00 2026-01-05 | recorded 2026-01-05
    payment R1 10000.00 2026-01-05 | recorded 2026-01-05
    reversed R1 10000.00 original 2026-01-05 | recorded 2026-01-09
    due d2 10000.00 2026-02-05 | recorded 2026-02-05
    payment R2 10000.00 2026-02-03 | recorded 2026-02-12
    payment R3 10000.00 2026-02-20 | recorded 2026-02-20
    due d3 10000.00 2026-03-05 | recorded 2026-03-05
    """)

  @Test func `the same day reads differently as more becomes known, and never by itself`() {
    let columns = ["01-07", "01-09", "02-10", "02-12", "02-20", "02-28", "03-10"]
    var table = "as_of      " + columns.map { pad($0) }.joined() + "\n"
    for row in ["2026-01-07", "2026-02-10", "2026-02-28", "2026-03-10"] {
      table += row + " "
      for column in columns {
        let known = day("2026-" + column)
        guard day(row) <= known else {
          table += pad("-")
          continue
        }
        let seen = story.reckon(asOf: day(row), knownOn: known)
        table += pad("\(seen.overdue / 100),\(seen.dpd)")
      }
      table += "\n"
    }
    #expect(
      table == """
        as_of           01-07     01-09     02-10     02-12     02-20     02-28     03-10
        2026-01-07        0,0   10000,3   10000,3   10000,3   10000,3   10000,3   10000,3
        2026-02-10          -         -  20000,37   10000,6   10000,6   10000,6   10000,6
        2026-02-28          -         -         -         -         -       0,0       0,0
        2026-03-10          -         -         -         -         -         -   10000,6

        """)
  }

  private func pad(_ text: String) -> String {
    String(repeating: " ", count: max(0, 10 - text.count)) + text
  }
}

@Suite struct `A payment of which two entries tell` {
  @Test(arguments: ["original 2026-01-05", "now 2026-01-09"])
  func `is taken back as a whole, whatever each of them brought`(effective: String) {
    let story = Story(
      """
      due d1 10000.00 2026-01-05 | recorded 2026-01-05
      payment U1 8500.00 2026-01-05 | recorded 2026-01-05
      payment U1 1.00 2026-01-05 | recorded 2026-01-06
      reversed U1 8500.00 \(effective) | recorded 2026-01-09
      """)
    #expect(story.reckon(asOf: day("2026-01-09")).outstanding == 999_900)
  }
}

@Suite struct `Days past due` {
  @Test func `the due date unpaid is day one in one school and day nought in the other`() {
    let story = Story("due d1 10000.00 2021-03-31 | recorded 2021-03-30")
    var elapsed = Terms()
    elapsed.counting.inclusive = false
    var table = ""
    for asOf in [
      "2021-03-30", "2021-03-31", "2021-04-29", "2021-04-30", "2021-05-29", "2021-05-30",
      "2021-06-28", "2021-06-29",
    ] {
      let a = story.reckon(asOf: day(asOf))
      let b = story.reckon(asOf: day(asOf), terms: elapsed)
      func name(_ r: Reckoning) -> String {
        Classification.standard.assetClass(days: r.dpd, npa: r.npaSince != nil)
      }
      table += "\(asOf) \(a.dpd) \(name(a)) \(b.dpd) \(name(b))\n"
    }
    #expect(
      table == """
        2021-03-30 0 standard 0 standard
        2021-03-31 1 sma_0 0 standard
        2021-04-29 30 sma_0 29 sma_0
        2021-04-30 31 sma_1 30 sma_0
        2021-05-29 60 sma_1 59 sma_1
        2021-05-30 61 sma_2 60 sma_1
        2021-06-28 90 sma_2 89 sma_2
        2021-06-29 91 npa 90 sma_2

        """)
  }

  @Test func `a pause is not counted, its last day is`() {
    let story = Story(
      """
      due d1 10000.00 2026-01-05 | recorded 2026-01-05
      hold h1 loan_moratorium 2026-01-20 2026-02-04 | recorded 2026-01-20
      """)
    var terms = Terms()
    terms.counting.inclusive = false
    let seen = story.reckon(asOf: day("2026-02-14"), terms: terms)
    #expect(seen.pastDueDays == 40)
    #expect(seen.pausedDays == 15)
    #expect(seen.dpd == 25)
  }

  @Test func `pauses that overlap are counted once, and the days between two are not paused`() {
    let story = Story(
      """
      due d1 10000.00 2026-01-05 | recorded 2026-01-05
      hold h1 loan_moratorium 2026-01-20 2026-02-04 | recorded 2026-01-20
      hold h2 loan_moratorium 2026-01-30 2026-02-09 | recorded 2026-01-30
      hold h3 loan_moratorium 2026-02-12 2026-02-14 | recorded 2026-02-12
      """)
    var terms = Terms()
    terms.counting.inclusive = false
    let seen = story.reckon(asOf: day("2026-02-14"), terms: terms)
    #expect("\(seen.pastDueDays) \(seen.pausedDays) \(seen.dpd)" == "40 22 18")
  }

  @Test func `npa lasts until nothing is overdue, and a late receipt can undo it`() {
    let story = Story(
      """
      due d1 5000.00 2026-01-05 | recorded 2026-01-05
      due d2 5000.00 2026-02-05 | recorded 2026-02-05
      due d3 5000.00 2026-03-05 | recorded 2026-03-05
      due d4 5000.00 2026-04-05 | recorded 2026-04-05
      payment R1 15000.00 2026-04-20 | recorded 2026-04-20
      payment R2 5000.00 2026-04-28 | recorded 2026-04-28
      payment R3 5000.00 2026-02-10 | recorded 2026-05-02
      """)
    var table = ""
    for (asOf, known) in [
      ("2026-04-04", "2026-05-01"), ("2026-04-05", "2026-05-01"), ("2026-04-20", "2026-05-01"),
      ("2026-04-27", "2026-05-01"), ("2026-04-28", "2026-05-01"), ("2026-04-05", "2026-05-02"),
      ("2026-04-19", "2026-05-02"), ("2026-04-20", "2026-05-02"),
    ] {
      let seen = story.reckon(asOf: day(asOf), knownOn: day(known))
      let name = Classification.standard.assetClass(days: seen.dpd, npa: seen.npaSince != nil)
      table += "\(asOf) known \(known): \(seen.dpd) \(name)\n"
    }
    #expect(
      table == """
        2026-04-04 known 2026-05-01: 90 sma_2
        2026-04-05 known 2026-05-01: 91 npa
        2026-04-20 known 2026-05-01: 16 npa
        2026-04-27 known 2026-05-01: 23 npa
        2026-04-28 known 2026-05-01: 0 standard
        2026-04-05 known 2026-05-02: 60 sma_1
        2026-04-19 known 2026-05-02: 74 sma_2
        2026-04-20 known 2026-05-02: 0 standard

        """)
  }
}

@Suite struct `A waterfall` {
  let story = Story(
    """
    due jan 10700.00 2026-01-05 principal=7000 interest=3000 charge=500 penal=200 | recorded 2026-01-05
    due feb 10600.00 2026-02-05 principal=7100 interest=2900 charge=500 penal=100 | recorded 2026-02-05
    payment R1 12000.00 2026-02-28 | recorded 2026-02-28
    """)

  @Test(arguments: [
    (
      false, [Component.principal, .interest, .charge, .penal],
      "jan principal 7000, jan interest 3000, jan charge 500, jan penal 200, feb principal 1300", 24
    ),
    (
      false, [.penal, .charge, .interest, .principal],
      "jan penal 200, jan charge 500, jan interest 3000, jan principal 7000, feb penal 100, feb charge 500, feb interest 700",
      24
    ),
    (
      true, [.interest, .principal, .charge, .penal],
      "jan interest 3000, feb interest 2900, jan principal 6100", 55
    ),
    (
      true, [.principal, .interest, .charge, .penal],
      "jan principal 7000, feb principal 5000", 55
    ),
  ]) func `pays in the order its policy says`(
    horizontal: Bool, order: [Component], splits: String, dpd: Int
  ) {
    var terms = Terms()
    let rest = Component.allCases.filter { !order.contains($0) }
    terms.waterfalls = [
      (
        .min,
        Waterfall(
          horizontal: horizontal, order: Waterfall.Order(order + rest), advanceAtOnce: false)
      )
    ]
    var reckoner = Reckoner()
    reckoner.keepsSplits = true
    let seen = story.reckon(asOf: day("2026-02-28"), terms: terms, with: &reckoner)
    let text = reckoner.splits.map { split in
      let name = split.obligation == 0 ? "jan" : "feb"
      return "\(name) \(split.component.code) \(split.amount / 100)"
    }
    #expect(text.joined(separator: ", ") == splits)
    #expect(seen.dpd == dpd)
  }

  @Test func `money beyond what is due waits for the next due`() {
    let story = Story(
      """
      due d1 100.00 2026-01-05 | recorded 2026-01-01
      payment R1 150.00 2026-01-05 | recorded 2026-01-05
      due d2 100.00 2026-02-05 | recorded 2026-02-01
      """)
    let before = story.reckon(asOf: day("2026-01-31"))
    #expect(before.credit == 5000)
    let after = story.reckon(asOf: day("2026-02-05"))
    #expect((after.overdue, after.credit) == (5000, 0))
  }

  @Test func `a chargeback takes the money away from its own day on`() {
    let story = Story(
      """
      due d1 100.00 2026-01-05 | recorded 2026-01-01
      due d2 100.00 2026-02-05 | recorded 2026-02-01
      payment R1 100.00 2026-01-05 | recorded 2026-01-05
      payment R2 100.00 2026-02-05 | recorded 2026-02-05
      reversed R1 100.00 now 2026-03-10 | recorded 2026-03-10
      """)
    #expect(story.reckon(asOf: day("2026-03-09")).overdue == 0)
    let after = story.reckon(asOf: day("2026-03-10"))
    #expect(after.overdue == 10000)
    #expect(after.oldestUnpaid == day("2026-02-05"))
  }

  @Test func `a payment that was told after its dishonour is as if never paid all the same`() {
    let story = Story(
      """
      due d1 100.00 2026-01-05 | recorded 2026-01-01
      reversed R1 100.00 original 2026-01-05 | recorded 2026-01-09
      payment R1 100.00 2026-01-05 | recorded 2026-01-12
      payment R1 100.00 2026-01-20 | recorded 2026-01-20
      """)
    let (asOf, inr) = (day("2026-01-31"), UInt16(356))
    var onward = OnwardReckoner(story.facts(knownAt: 4))
    for (known, overdue) in [("2026-01-09", 10000), ("2026-01-12", 10000), ("2026-01-20", 0)] {
      let count = Int(story.known(on: day(known)))
      let figures = onward.figures(count, currency: inr, asOf: asOf, terms: Terms())
      #expect(story.reckon(asOf: asOf, knownOn: day(known)).overdue == Int64(overdue))
      #expect(figures.overdue == Int64(overdue), "onward, \(count) facts")
    }
  }

  @Test func `money in advance goes to a due on the day on which it is told of`() {
    let story = Story(
      """
      due d1 100.00 2026-01-05 | recorded 2026-01-01
      payment R1 200.00 2026-01-05 | recorded 2026-01-05
      due d2 100.00 2026-02-10 | recorded 2026-02-03
      cancel d2 2026-02-05 | recorded 2026-02-05
      """)
    var terms = Terms()
    #expect(story.reckon(asOf: day("2026-02-28"), terms: terms).credit == 10000)
    terms.waterfalls[0].rule.advanceAtOnce = true
    // It was paid before it was withdrawn, and keeps that.
    #expect(story.reckon(asOf: day("2026-02-28"), terms: terms).credit == 0)
  }

  @Test func `a reversal that was itself reversed takes nothing back`() {
    let story = Story(
      """
      due d1 100.00 2026-01-05 | recorded 2026-01-01
      payment R1 100.00 2026-01-05 | recorded 2026-01-05
      wrong 2 2026-01-06 | recorded 2026-01-06
      wrong 3 2026-01-07 | recorded 2026-01-07
      """)
    #expect(story.reckon(asOf: day("2026-01-31"), knownOn: day("2026-01-06")).overdue == 10000)
    #expect(story.reckon(asOf: day("2026-01-31"), knownOn: day("2026-01-07")).overdue == 0)
  }

  @Test func `a cancelled due keeps what was paid of it and loses the rest`() {
    let story = Story(
      """
      due d1 100.00 2026-01-05 | recorded 2026-01-01
      payment R1 30.00 2026-01-05 | recorded 2026-01-05
      cancel d1 2026-01-20 | recorded 2026-01-20
      due d2 70.00 2026-06-05 | recorded 2026-01-20
      """)
    let seen = story.reckon(asOf: day("2026-02-28"))
    #expect((seen.overdue, seen.outstanding, seen.credit) == (0, 7000, 0))
  }

  @Test func `dues that were told newest first are paid oldest first, and at once`() throws {
    let first = day("2020-01-01")
    func lines(_ order: some Sequence<Int>) -> String {
      order.map { index in
        let due = first + index
        return "due d\(index) \(index + 2).00 \(due) interest=1.00 | recorded 2019-12-31\n"
      }.joined() + "payment R1 100000.00 2022-01-01 | recorded 2022-01-01\n"
    }
    var (old, new) = (Reckoner(), Reckoner())
    let count = 1_500
    let ascending = Story(lines(0..<count))
    let descending = Story(lines((0..<count).reversed()))
    let asOf = day("2023-06-30")
    let expected = ascending.reckon(asOf: asOf, terms: Terms(), with: &old)
    let found = descending.reckon(asOf: asOf, terms: Terms(), with: &new)
    #expect(new.obligations.map(\.due) == old.obligations.map(\.due))
    #expect(new.obligations.map(\.open) == old.obligations.map(\.open))
    #expect(
      new.raised.prefix(count * Component.count) == old.raised.prefix(count * Component.count))
    #expect(found.overdue == expected.overdue && found.dpd == expected.dpd && found.dpd > 0)
    #expect(found.outstanding == expected.outstanding)
  }

  @Test func `a chain of reversals is followed without a stack`() {
    var reversals = Reversals()
    let length: Position = 30_000
    for seq in 2...length { reversals.note(seq, of: seq - 1) }
    #expect(reversals.stands(length) && !reversals.stands(length - 1))
    #expect(reversals.stands(2) == (length % 2 == 0))
    #expect(!reversals.stands(1, upTo: 2) && reversals.stands(1, upTo: 3))
  }

  @Test func `sums beyond 64 bits end in a flag, never in a trap`() {
    var text = ""
    for index in 0..<200 {
      text += "due d\(index) 90000000000000000.00 2026-01-05 | recorded 2026-01-01\n"
    }
    #expect(Story(text).reckon(asOf: day("2026-02-28")).overflows)
  }
}
