import Testing

@testable import Ledger

/// The worked examples of the metrics, as tables one can check with a pencil.
@Suite struct `Metrics of a month` {
  // Account, opening bucket, closing bucket, balance, overdue, demand, collected, closing balance.
  private static let month = """
    A01 current current     100  0 10 10  92
    A02 current 1-30        120  0 12  0 120
    A03 current current      80  0  8  8  74
    A04 1-30    current      90  9  9 18  76
    A05 1-30    1-30         60  6  6  6  55
    A06 1-30    31-60       110 11 11  0 110
    A07 31-60   1-30         70 14  7 14  59
    A08 31-60   61-90        50 10  5  0  50
    A09 61-90   current      40 12  4 16  27
    A10 61-90   91-120       30  9  3  0  30
    A11 91-120  91-120       20  8  2  2  19
    A12 180+    written_off  25 25  0  0   0
    """
  private static let labels = [
    "current", "1-30", "31-60", "61-90", "91-120", "180+", "written_off",
  ]

  private static var rows: [[Substring]] {
    month.split(separator: "\n").map { $0.split(separator: " ") }
  }

  private static func bucket(_ label: Substring) -> Int {
    labels.firstIndex(of: String(label)) ?? 0
  }

  private static var movement: Movement {
    var movement = Movement(buckets: labels.count)
    for row in rows {
      movement.take(
        from: bucket(row[1]), balance: Int64(row[3]) ?? 0, to: .bucket(bucket(row[2])),
        closingBalance: Int64(row[7]) ?? 0)
    }
    return movement
  }

  @Test func `every opening balance is normalised, rolled back, stabilised or rolled forward`() {
    let shown = zip(Self.labels, Self.movement.rows).filter { $0.1.count > 0 }.map { label, row in
      "\(label) \(row.count) \(row.sum) | \(row.sum(.normalised)) \(row.sum(.rolledBack)) "
        + "\(row.sum(.stabilised)) \(row.sum(.rolledForward)) | \(row.resolutionByCount.percent) "
        + "\(row.resolution.percent) \(row.rollForward.percent) \(row.improved.percent)"
    }
    #expect(
      shown.joined(separator: "\n") == """
        current 3 300 | 0 0 180 120 | 66.67 60.00 40.00 0.00
        1-30 3 260 | 90 0 60 110 | 66.67 57.69 42.31 34.62
        31-60 2 120 | 0 70 0 50 | 50.00 58.33 41.67 58.33
        61-90 2 70 | 40 0 0 30 | 50.00 57.14 42.86 57.14
        91-120 1 20 | 0 0 20 0 | 100.00 100.00 0.00 0.00
        180+ 1 25 | 0 0 0 25 | 0.00 0.00 100.00 0.00
        """)
  }

  @Test func `net flow counts what sits in the next bucket, tracked roll only what moved there`() {
    let movement = Self.movement
    let shown = (0..<4).map {
      "\(Self.labels[$0]) -> \(Self.labels[$0 + 1]): \(movement.netFlow(from: $0).percent) "
        + "\(movement.trackedRoll(from: $0).percent)"
    }
    #expect(
      shown.joined(separator: "\n") == """
        current -> 1-30: 78.00 40.00
        1-30 -> 31-60: 42.31 42.31
        31-60 -> 61-90: 41.67 41.67
        61-90 -> 91-120: 70.00 42.86
        """)
  }

  @Test func `the flow to npa is the product of the flows of the buckets on the way`() {
    let movement = Self.movement
    let net = Ratio.product((0..<4).map { movement.netFlow(from: $0) })
    let tracked = Ratio.product((0..<4).map { movement.trackedRoll(from: $0) })
    #expect("\(net.percent) \(tracked.percent)" == "9.63 3.02")
    #expect(Ratio.product([]).basisPoints == nil)
    #expect(Ratio.product([Ratio(1, of: 2), Ratio(1, of: 0)]).basisPoints == nil)
  }

  @Test func `portfolio at risk at the opening was 29.56, 14.47 and 5.66 percent`() {
    var risk = PortfolioAtRisk()
    for row in Self.rows {
      let first = row[1].prefix { $0.isNumber }
      risk.take(balance: Int64(row[3]) ?? 0, days: Int(first) ?? 0, isWrittenOff: false)
    }
    #expect([0, 1, 2].map { risk.ratio($0).percent } == ["29.56", "14.47", "5.66"])
  }

  @Test func `two of nine delinquent accounts were cured, one of six beyond thirty days`() {
    let all = Self.movement.cure(from: 1)
    #expect(all.count.percent == "22.22")
    #expect(all.sum.percent == "26.26")
    #expect(Self.movement.cure(from: 2).count.percent == "16.67")
  }

  @Test func `collection efficiency has four names and four figures`() {
    var efficiency = Efficiency()
    for row in Self.rows {
      efficiency.take(
        demand: Int64(row[5]) ?? 0, overdueAtOpening: Int64(row[4]) ?? 0,
        collected: Int64(row[6]) ?? 0)
    }
    #expect(efficiency.currentDemandFirst.percent == "59.74")
    #expect(efficiency.currentOldestFirst.percent == "40.26")
    #expect(efficiency.total.percent == "96.10")
    #expect(efficiency.withArrears.percent == "40.88")
  }

  @Test func `portfolio at risk is the whole balance of late accounts, written off left out`() {
    var risk = PortfolioAtRisk()
    for row in Self.rows {
      risk.take(
        balance: Int64(row[7]) ?? 0, days: Int(row[2].prefix { $0.isNumber }) ?? 0,
        isWrittenOff: row[2] == "written_off")
    }
    #expect([0, 1, 2].map { risk.ratio($0).percent } == ["29.35", "13.90", "6.88"])
  }

  @Test func `a movement of parts is the movement of the whole, in any order`() {
    let rows = Self.rows
    for cut in 0...rows.count {
      var parts = [Movement(buckets: 7), Movement(buckets: 7)]
      for (index, row) in rows.enumerated() {
        parts[index < cut ? 0 : 1].take(
          from: Self.bucket(row[1]), balance: Int64(row[3]) ?? 0,
          to: .bucket(Self.bucket(row[2])), closingBalance: Int64(row[7]) ?? 0)
      }
      var backward = parts[1]
      backward.merge(parts[0])
      parts[0].merge(parts[1])
      #expect(parts[0] == Self.movement)
      #expect(backward == Self.movement)
    }
  }
}

@Suite struct `Ratios of receivables` {
  @Test func `receivables of 15,000 on sales of 10,000 are 45 days, 12 at best, so 33 delinquent`()
  {
    let all = Receivables.daysSalesOutstanding(15_000, sales: 10_000, days: 30)
    let best = Receivables.bestPossible(current: 4_000, sales: 10_000, days: 30)
    #expect(all.scaled(by: 10) == 450)
    #expect(best.scaled(by: 10) == 120)
    #expect(Ratio(all.part - best.part, of: all.whole).scaled(by: 10) == 330)
  }

  @Test func `receivables turned over are sales over the mean of opening and closing`() {
    let turnover = Receivables.turnover(sales: 1_200, opening: 100, closing: 300)
    #expect(turnover.scaled(by: 10) == 60)
  }

  @Test func `a simple ninety-day DSO of the counted-back receivables is 72.0`() {
    let simple = Receivables.daysSalesOutstanding(12_000, sales: 15_000, days: 90)
    #expect(simple.scaled(by: 10) == 720)
  }

  @Test func `counted back by whole months the same receivables are 71.4 days`() {
    let months: [(sales: Int64, days: Int64)] = [(6_000, 31), (4_000, 28), (5_000, 31)]
    #expect(Receivables.countback(12_000, months: months) == 714)
    #expect(Receivables.countback(15_000, months: months) == 900)
    #expect(Receivables.countback(15_001, months: months) == nil)
    #expect(Receivables.countback(0, months: [(0, 31), (5_000, 28)]) == 0)
    #expect(Receivables.countback(2_500, months: [(0, 31), (5_000, 28)]) == 450)
  }

  @Test func `days late are weighted by what was paid, early payment named apart`() {
    var late = Receivables.DaysLate()
    for (paid, days) in [(1_000, 0), (500, 12), (1_500, 4), (2_000, -3)] as [(Int64, Int64)] {
      late.take(paid, days: days)
    }
    #expect(late.weighted.scaled(by: 10) == 24)
    #expect(late.netOfEarly.scaled(by: 10) == 12)
    #expect(late.lateOnly.scaled(by: 10) == 60)
  }

  @Test func `collection effectiveness depends on whose sales are meant`() {
    func index(_ months: Int64) -> String {
      Receivables.effectiveness(
        opening: 6_200, sales: 10_890, months: months, closing: 6_340, closingCurrent: 3_590
      ).percent
    }
    #expect(index(3) == "55.93")
    #expect(index(1) == "79.63")
    let check = Receivables.effectiveness(
      opening: 100_000, sales: 1_000_000, months: 1, closing: 120_000, closingCurrent: 100_000)
    #expect(check.percent == "98.00")
  }

  @Test func `a ratio without a denominator is nothing, not zero`() {
    #expect(Ratio(5, of: 0).basisPoints == nil)
    #expect(Ratio(5, of: 0).percent == "n/a")
    #expect(Ratio(-1, of: 3).percent == "-33.33")
    #expect(Ratio(1, of: 8).scaled(by: 100) == 13)
  }
}

@Suite struct `Contacts, promises and recoveries` {
  // V5: 200 allocated, 160 attempted 480 times, 192 connected, 48 third and 120 right parties.
  private static var tally: ContactTally {
    var tally = ContactTally()
    (tally.attempts, tally.connected, tally.rightParty, tally.thirdParty) = (480, 192, 120, 48)
    (tally.accounts, tally.accountsReached, tally.allocated) = (160, 90, 200)
    tally.promises = 60
    return tally
  }

  @Test func `of 200 accounts 160 were tried three times each, and 90 reached`() {
    let tally = Self.tally
    let rates = [
      tally.coverage, tally.connect, tally.contact, tally.rightPartyRate,
      tally.contactabilityOfAllocated, tally.contactability, tally.promiseRate,
    ]
    #expect(
      rates.map(\.percent).joined(separator: " ") == "80.00 40.00 35.00 25.00 45.00 56.25 50.00")
    #expect(tally.intensity.scaled(by: 10) == 30)
    #expect(tally.intensityOfAllocated.scaled(by: 10) == 24)
  }

  @Test func `27 of 51 matured promises were kept, open and withdrawn ones left out`() {
    var tally = PromiseBook.Tally()
    func set(_ verdict: Promise.Verdict, _ items: Int64, _ promised: Int128, _ counted: Int128) {
      let index = Int(verdict.rawValue)
      (tally.items[index], tally.promised[index], tally.counted[index]) = (items, promised, counted)
    }
    set(.kept, 27, 270_000, 270_000)
    set(.partial, 6, 90_000, 74_250)
    set(.broken, 18, 150_000, 0)
    set(.open, 7, 70_000, 0)
    set(.withdrawn, 2, 20_000, 0)
    #expect(tally.kept.percent == "52.94")
    #expect(tally.broken.percent == "35.29")
    #expect(tally.maturedPromised == 510_000)
    #expect(tally.keptValue.percent == "67.50")
  }

  @Test func `of a pool of 4.5 million 180,000 came back, and 360,000 in three periods`() {
    func recovery(_ sum: Int128) -> String? {
      var tally = ManagementTally()
      (tally.pool, tally.recovered) = (4_500_000, sum)
      return ManagementReport.metrics.first { $0.name == "recovery_write_off" }?.value(tally)
        .percent
    }
    #expect(recovery(180_000) == "4.00")
    #expect(recovery(360_000) == "8.00")
  }

  @Test func `collecting 1.5 million for 45,000 costs three percent`() {
    var tally = ManagementTally()
    (tally.received, tally.fees, tally.commissionPoints) = (1_500_000, 30_000, 150_000_000)
    let cost = ManagementReport.metrics.first { $0.name == "cost_of_collection" }?.value(tally)
    #expect(tally.commission == 15_000)
    #expect(cost?.percent == "3.00")
  }

  @Test func `of nine accounts resolved three took one call`() {
    var tally = ManagementTally()
    (tally.resolved, tally.resolvedAtOnce) = (9, 3)
    let first = ManagementReport.metrics.first { $0.name == "first_call_resolution" }?.value(tally)
    #expect(first?.percent == "33.33")
  }

  @Test func `of a pool of 1,000 the ever-late part grows to 4.60 percent in five months`() {
    var first = Vintage()
    (first.pool, first.beyond) = (1_000, [0, 8, 19, 31, 40, 46])
    #expect(
      first.curve.map(\.percent).joined(separator: " ") == "0.00 0.80 1.90 3.10 4.00 4.60")
    var second = Vintage()
    (second.pool, second.beyond) = (1_200, [0, 6, 13, 22])
    #expect(second.curve.map(\.percent).joined(separator: " ") == "0.00 0.50 1.08 1.83")
    first.merge(second)
    #expect(first.curve[1].percent == "0.64")
  }
}

@Suite struct `Targets and queues` {
  @Test func `an area's achievement is that of its sums, not the mean of its people`() {
    var area = Achievement(target: 500_000, reached: 450_000)
    area.merge(Achievement(target: 400_000, reached: 440_000))
    #expect(area.ratio.percent == "98.89")
    var zone = area
    zone.merge(Achievement(target: 600_000, reached: 390_000))
    #expect(zone.ratio.percent == "85.33")
    #expect(zone.proRata(day: 18, of: 26).scaled(by: 100) == 103_846_154)
    #expect(zone.pace(day: 18, of: 26).percent == "123.26")
  }

  @Test func `an account two days from rolling comes before one with more money and time`() {
    let first = Priority.Signs(
      overdue: 30_000, cap: 60_000, daysToRoll: 2, bucketWeight: 10_000, isPromiseDue: false,
      broken: 1, daysSinceContact: 6)
    let second = Priority.Signs(
      overdue: 60_000, cap: 60_000, daysToRoll: 20, bucketWeight: 5_000, isPromiseDue: true,
      broken: 0, daysSinceContact: 1)
    #expect(Priority().score(first) == 6_550)
    #expect(Priority().score(second) == 6_300)
  }
}
