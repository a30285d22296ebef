import Ledger
import Simulation
import Testing

/// Days of a story: `"2026-01-05"`.
private func day(_ text: String) -> Day { Day(text) ?? .none }

/// A history told by hand, one event a line, each recorded on the day given first.
private struct Tale {
  var events: [NaiveEvent] = []
  var recorded: [Day] = []

  mutating func tell(
    _ known: String, on happened: String? = nil, value: String? = nil, of account: String = "A1",
    _ what: NaiveEvent.What
  ) {
    let on = day(happened ?? known)
    events.append(
      NaiveEvent(
        id: "e\(events.count + 1)", seq: UInt64(events.count + 1), account: account,
        occurred: Int64(on.rawValue) * 86_400 + 16_200, on: on, valueDate: value.map(day), what))
    recorded.append(day(known))
  }

  mutating func due(_ id: String, _ on: String, _ sum: Int64, known: String? = nil) {
    tell(
      known ?? on, on: known ?? on, .due(id, on: day(on), parts: [NaivePart(.principal, sum * 100)])
    )
  }

  mutating func paid(_ id: String, _ value: String, _ sum: Int64, known: String? = nil) {
    tell(known ?? value, on: value, value: value, .received(id, sum * 100, wishes: []))
  }

  func row(_ asOf: String, known: String = "9999-12-30", _ drafts: [NaiveRule] = []) -> NaiveRow {
    let seq = UInt64(recorded.filter { $0 <= day(known) }.count)
    let rows = NaiveModel(events).aging(asOf: day(asOf), knownAt: seq, drafts: drafts)
    return rows.first { $0.account == "A1" } ?? NaiveRow(account: "A1", currency: "INR")
  }
}

/// A text table: words of a row, padded.
private func line(_ cells: [String]) -> String {
  var text = ""
  for (index, cell) in cells.enumerated() {
    let pad = String(repeating: " ", count: max(0, 11 - cell.utf8.count))
    text += index == cells.count - 1 ? cell : cell + pad
  }
  return text + "\n"
}

@Suite struct `The naive model on the worked examples` {
  @Test func `V1: both schools of counting`() {
    var tale = Tale()
    tale.due("d1", "2021-03-31", 10_000, known: "2021-03-01")
    var table = line(["as_of", "rbi", "", "difference"])
    for asOf in [
      "2021-03-30", "2021-03-31", "2021-04-29", "2021-04-30", "2021-05-29", "2021-05-30",
      "2021-06-28", "2021-06-29",
    ] {
      let rbi = tale.row(asOf)
      let difference = tale.row(asOf, [.counting(inclusive: false)])
      table += line([
        asOf, "\(rbi.dpd)", rbi.assetClass, "\(difference.dpd)", difference.assetClass,
      ])
    }
    #expect(
      table == """
        as_of      rbi                   difference
        2021-03-30 0          standard   0          standard
        2021-03-31 1          sma_0      0          standard
        2021-04-29 30         sma_0      29         sma_0
        2021-04-30 31         sma_1      30         sma_0
        2021-05-29 60         sma_1      59         sma_1
        2021-05-30 61         sma_2      60         sma_1
        2021-06-28 90         sma_2      89         sma_2
        2021-06-29 91         npa        90         sma_2

        """)
  }

  @Test func `V2: the bitemporal grid`() {
    var tale = Tale()
    tale.due("d1", "2026-01-05", 10_000)
    tale.paid("R1", "2026-01-05", 10_000)
    tale.tell(
      "2026-01-09", value: "2026-01-05", .returned("R1", 1_000_000, fromOriginal: true))
    tale.due("d2", "2026-02-05", 10_000)
    tale.paid("R2", "2026-02-03", 10_000, known: "2026-02-12")
    tale.paid("R3", "2026-02-20", 10_000)
    tale.due("d3", "2026-03-05", 10_000)
    let columns = ["01-07", "01-09", "02-10", "02-12", "02-20", "02-28", "03-10"]
    var table = line(["as_of"] + columns)
    for asOf in ["2026-01-07", "2026-02-10", "2026-02-28", "2026-03-10"] {
      table += line(
        [asOf]
          + columns.map { column in
            if day("2026-" + column) < day(asOf) { return "-" }
            let row = tale.row(asOf, known: "2026-" + column)
            return "\(row.overdue / 100),\(row.dpd)"
          })
    }
    #expect(tale.row("2026-02-10", known: "2026-02-10").bucket == "31-60")
    #expect(tale.row("2026-02-10", known: "2026-02-12").bucket == "1-30")
    #expect(
      table == """
        as_of      01-07      01-09      02-10      02-12      02-20      02-28      03-10
        2026-01-07 0,0        10000,3    10000,3    10000,3    10000,3    10000,3    10000,3
        2026-02-10 -          -          20000,37   10000,6    10000,6    10000,6    10000,6
        2026-02-28 -          -          -          -          -          0,0        0,0
        2026-03-10 -          -          -          -          -          -          10000,6

        """)
  }

  /// Two dues with charges inside, as V3 has them, and one receipt.
  private func waterfallTale(_ sum: Int64) -> Tale {
    var tale = Tale()
    func parts(_ p: Int64, _ i: Int64, _ c: Int64, _ n: Int64) -> [NaivePart] {
      [
        NaivePart(.principal, p * 100), NaivePart(.interest, i * 100),
        NaivePart(.charge, c * 100), NaivePart(.penal, n * 100),
      ]
    }
    tale.tell(
      "2026-01-05", .due("jan", on: day("2026-01-05"), parts: parts(7000, 3000, 500, 200)))
    tale.tell(
      "2026-02-05", .due("feb", on: day("2026-02-05"), parts: parts(7100, 2900, 500, 100)))
    tale.paid("R1", "2026-02-28", sum)
    return tale
  }

  @Test func `V3 and V3b: the waterfall decides the days`() {
    let pcin: [NaivePart.Kind] = [.principal, .interest, .charge, .penal]
    let ncip: [NaivePart.Kind] = [.penal, .charge, .interest, .principal]
    let ipcn: [NaivePart.Kind] = [.interest, .principal, .charge, .penal]
    func dpd(_ sum: Int64, _ rules: NaiveRule...) -> String {
      "\(waterfallTale(sum).row("2026-02-28", rules).dpd)"
    }
    func vertical(_ order: [NaivePart.Kind]) -> NaiveRule { .waterfall(.init(order: order)) }
    func horizontal(_ order: [NaivePart.Kind]) -> NaiveRule {
      .waterfall(.init(horizontal: true, order: order))
    }
    let only = NaiveRule.components(principalAndInterestOnly: true)
    let table =
      line(["12000", "vertical", "PICN", dpd(12_000, vertical(pcin))])
      + line(["12000", "vertical", "NCIP", dpd(12_000, vertical(ncip))])
      + line(["12000", "horizontal", "IPCN", dpd(12_000, horizontal(ipcn))])
      + line(["12000", "horizontal", "PICN", dpd(12_000, horizontal(pcin))])
      + line(["10000", "any", "PICN", dpd(10_000, vertical(pcin))])
      + line(["10000", "P+I only", "PICN", dpd(10_000, vertical(pcin), only)])
      + line(["10000", "any", "NCIP", dpd(10_000, vertical(ncip))])
      + line(["10000", "P+I only", "NCIP", dpd(10_000, vertical(ncip), only)])
    #expect(
      table == """
        12000      vertical   PICN       24
        12000      vertical   NCIP       24
        12000      horizontal IPCN       55
        12000      horizontal PICN       55
        10000      any        PICN       55
        10000      P+I only   PICN       24
        10000      any        NCIP       55
        10000      P+I only   NCIP       55

        """)
  }

  @Test func `V4a: npa sticks until nothing is overdue`() {
    var tale = Tale()
    for month in 1...4 { tale.due("d\(month)", "2026-0\(month)-05", 5000) }
    tale.paid("R1", "2026-04-20", 15_000)
    tale.paid("R2", "2026-04-28", 5000)
    tale.paid("R0", "2026-02-10", 5000, known: "2026-05-02")
    var table = line(["as_of", "05-01", "", "05-02"])
    for asOf in [
      "2026-04-04", "2026-04-05", "2026-04-19", "2026-04-20", "2026-04-27", "2026-04-28",
    ] {
      let before = tale.row(asOf, known: "2026-05-01")
      let after = tale.row(asOf, known: "2026-05-02")
      table += line([
        asOf, "\(before.dpd)", before.assetClass, "\(after.dpd)", after.assetClass,
      ])
    }
    #expect(
      table == """
        as_of      05-01                 05-02
        2026-04-04 90         sma_2      59         sma_1
        2026-04-05 91         npa        60         sma_1
        2026-04-19 105        npa        74         sma_2
        2026-04-20 16         npa        0          standard
        2026-04-27 23         npa        0          standard
        2026-04-28 0          standard   0          standard

        """)
  }

  @Test func `V4b: a pause is half open`() {
    var tale = Tale()
    tale.due("d1", "2026-01-05", 10_000)
    tale.tell(
      "2026-01-20",
      .held("h1", kind: "loan_moratorium", from: day("2026-01-20"), to: day("2026-02-04")))
    let row = tale.row("2026-02-14", [.counting(inclusive: false)])
    #expect([row.pastDueDays, row.pausedDays, row.dpd] == [40, 15, 25])
  }
}
