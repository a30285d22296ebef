import Ledger

extension Rule {
  static let inRBIClassification = Rule(
    "in.rbi.irac.classification", "Day-end SMA/NPA status is right", .critical, .confirmed,
    by: DayEndClass.self, versions: [Version("2021-11-12")],
    defaults: [
      "npa_days": [
        ["class": "bank", "from": "2004-03-31", "days": 90],
        ["class": "nbfc_ml", "from": "2018-03-31", "days": 90],
        ["class": "nbfc_ul", "from": "2018-03-31", "days": 90],
        ["class": "nbfc_bl", "from": "2014-11-10", "days": 180],
        ["class": "nbfc_bl", "from": "2024-03-31", "days": 150],
        ["class": "nbfc_bl", "from": "2025-03-31", "days": 120],
        ["class": "nbfc_bl", "from": "2026-03-31", "days": 90],
      ], "day_end": "23:59:59",
    ],
    statement:
      "What is unpaid on its due date is overdue at that day's end: SMA-0 to 30 days, SMA-1 to 60, SMA-2 to 90, NPA beyond the norm of the lender's class, until all arrears are paid.",
    citation:
      "RBI DOR.STR.REC.68/21.04.048/2021-22, 12 Nov 2021 and 15 Feb 2022; the steps of the base layer's glide path are from memory."
  )
}

/// A class recorded for a day is the one that dues and receipts give at that day's end.
///
/// Counting is inclusive: a due unpaid at the end of its due date has one day. NPA sticks until
/// nothing is overdue. Days of a moratorium, a court stay or a disaster do not count.
struct DayEndClass: Judge {
  static var selectedBy: String { "date for which the class was recorded" }
  static var judges: [UInt16] { [EventCode.accountClassified] }
  static var reads: [UInt16] {
    [
      EventCode.accountOpened, EventCode.dueRaised, EventCode.dueCancelled,
      EventCode.paymentReceived, EventCode.paymentReversed, EventCode.holdPlaced,
      EventCode.holdLifted,
    ]
  }
  static var parameters: [Parameter] {
    [
      Parameter("npa_days", .list, "Norms: `class` of lender, `from` which day, `days`."),
      Parameter("day_end", .time, "When the day ends; receipts are taken by their value date."),
    ]
  }

  private let norms: [(lender: TextKey, from: Day, days: Int)]

  init(_ values: Values) throws(PackError) {
    norms = (values.value("npa_days")?.items ?? []).compactMap { norm in
      guard let lender = norm["class"]?.text, let days = norm["days"]?.int,
        let from = norm["from"]?.text.flatMap({ Day($0) })
      else { return nil }
      return (TextKey(lender), from, Int(clamping: days))
    }
  }

  private func norm(_ lender: TextKey, on day: Day) -> Int? {
    norms.filter { $0.lender == lender && $0.from <= day }.max { $0.from < $1.from }?.days
  }

  static func judge(_ one: Case, _ laws: Laws<Self>, _ report: inout Report) {
    let recorded = one[EventCode.accountClassified]
    guard let last = recorded.compactMap({ $0.day(.forDate) }).max() else { return }
    let opened = one[EventCode.accountOpened].first
    let arrears = Arrears(one, one.account)
    guard let lender = opened?[.lenderClass], let first = arrears.dues.first?.on else { return }
    let turns = arrears.turns(until: last)
    var isNPA = false
    var states: [Day: (dpd: Int, isNPA: Bool)] = [:]
    var oldest: Day?
    var turn = 0
    var day = first
    while day <= last {
      while turn < turns.count, turns[turn] <= day {
        oldest = arrears.unpaid(on: day).oldest
        turn += 1
      }
      guard let law = laws.on(day, one) ?? laws.on(last, one) else { return }
      let dpd = oldest.map { day - $0 + 1 - paused(one, $0, day) } ?? 0
      if let norm = law.terms.norm(lender, on: day), dpd > norm { isNPA = true }
      if oldest == nil { isNPA = false }
      states[day] = (dpd, isNPA)
      day = day + 1
    }
    for claim in recorded {
      guard let day = claim.day(.forDate), let law = laws.on(day, one),
        law.terms.norm(lender, on: day) != nil
      else { continue }
      let state = states[day] ?? (0, false)
      let expected = state.isNPA ? "npa" : DayEndClass.standing(state.dpd)
      if claim[.class] != TextKey(expected) {
        report.find(
          "classification-mismatch", claim, law, one, on: day,
          [("expected", .text(expected)), ("dpd", .number(Int64(state.dpd)))])
      }
    }
  }

  private static func paused(_ one: Case, _ from: Day, _ day: Day) -> Int {
    one.bars.reduce(0) { sum, bar in
      guard ["loan_moratorium", "court_stay", "disaster"].contains(bar.kind) else { return sum }
      let start = max(bar.act.counts, from)
      let end =
        bar.until == .max ? day + 1 : min(Moment(rawValue: bar.until).day(offset: 0), day + 1)
      return sum + max(0, end - start)
    }
  }

  private static func standing(_ dpd: Int) -> String {
    dpd <= 0 ? "standard" : dpd <= 30 ? "sma_0" : dpd <= 60 ? "sma_1" : "sma_2"
  }
}
