import Foundation
import Journaling
import Ledger
import Simulation
import Testing

/// One small simulated book for all tests of this file, and a chance to pick vantages by.
private struct Stage {
  static let accounts = 60
  static let life = Life(seed: Year.seed, accounts: accounts, from: Year.from, days: 365)
  static let restored = Result { try Restored(life) }

  var life: Life { Stage.life }
  var from: Day { Year.from }
  let ledger: Restored
  var chance: Chance

  init(stream: UInt64) throws {
    ledger = try Stage.restored.get()
    chance = Chance(seed: Year.seed, stream: stream)
  }

  mutating func question() -> Question {
    let asOf = from + chance.pick(20...380)
    return Question(
      vantage: Vantage(
        asOf: asOf, knownAt: Position(chance.pick(life.entries.count / 3...life.entries.count))))
  }

  /// A random aging.
  mutating func aging(_ asOf: Day) -> Aging {
    let groups: [Aging.Grouping] = [.bucket, .product, .currency, .account, .customer, .payer]
    return Aging(
      by: groups[chance.pick(0...groups.count - 1)],
      form: chance.pick(0...1) == 0 ? .bucketed : .slotted, asOf: asOf)
  }
}

@Suite struct `An explained figure` {
  @Test func `is the sum of its accounts, in every cell of random reports`() throws {
    var stage = try Stage(stream: 501)
    var cells = 0
    var wrong: [String] = []
    for _ in 0..<5 {
      let question = stage.question()
      let book = stage.aging(question.vantage.asOf)
      try stage.ledger.journal.reading { journal, snapshot in
        let naming = journal.naming
        let sheet = try journal.answer(book, question, snapshot).book.sheet(naming)
        let keys = sheet.keyColumns
        for row in sheet.rows.prefix(30) {
          for column in sheet.columns.indices.dropFirst(keys.count) {
            guard let value = row[column].number, value != 0 else { continue }
            let choice = CellChoice(
              sheet.columns[column].name,
              rows: keys.indices.map { .init(keys[$0].name, row[$0].plain) })
            let parts = try #require(Contributions(of: book, choice, in: sheet))
            let table = try journal.answer(parts, question, snapshot).book.sheet(naming)
            let sum = table.rows.reduce(Int128(0)) { $0 + ($1[2].number ?? 0) }
            let largest = table.rows.first?[2].number
            // Days of a group are those of its oldest account.
            let isMax = ["dpd", "past_due_days", "paused_days"].contains(choice.column)
            cells += 1
            if isMax ? largest != value : sum != value {
              wrong.append("\(sheet.title) \(choice): \(value) but \(sum)")
            }
          }
        }
      }
    }
    #expect(cells > 60)
    #expect(wrong.isEmpty, "\(wrong.prefix(10).joined(separator: "\n"))")
  }

  @Test func `is the sum of its events, in every cell of random accounts`() throws {
    var stage = try Stage(stream: 502)
    var wrong: [String] = []
    var steps = 0
    for _ in 0..<40 {
      let question = stage.question()
      let form = stage.chance.pick(0...2) == 0 ? Aging.Form.slotted : .bucketed
      let book = Aging(by: .account, form: form, asOf: question.vantage.asOf)
      let number = UInt32(stage.chance.pick(1...Stage.accounts))
      try stage.ledger.journal.reading { journal, snapshot in
        guard let id = try snapshot.name(.account, number) else { return }
        let sheet = try journal.answer(book, question, snapshot).book.sheet(journal.naming)
        guard let row = sheet.rows.first(where: { $0[0].plain == id }) else { return }
        for column in sheet.columns.indices.dropFirst(2) {
          let choice = CellChoice(
            sheet.columns[column].name, rows: [.init("currency", row[1].plain)])
          let found = try journal.explain(book, account: id, choice, question, snapshot)
          guard case .explanation(let explanation) = found else {
            wrong.append("\(id) \(choice): not explained")
            continue
          }
          steps += explanation.steps.count
          if explanation.cell != row[column] {
            wrong.append("\(id) \(choice): \(explanation.cell) instead of \(row[column])")
          }
          if let value = row[column].number, explanation.sum != value {
            wrong.append("\(id) \(choice): steps sum to \(explanation.sum), not \(value)")
          }
          for (a, b) in zip(explanation.steps, explanation.steps.dropFirst())
          where a.after != b.before {
            wrong.append("\(id) \(choice): seq \(b.seq) does not start where \(a.seq) ends")
          }
          if let last = explanation.steps.last, last.after != explanation.cell,
            explanation.cell.isSomething
          {
            wrong.append("\(id) \(choice): ends at \(last.after)")
          }
        }
      }
    }
    #expect(steps > 2000)
    #expect(wrong.isEmpty, "\(wrong.prefix(10).joined(separator: "\n"))")
  }

  @Test func `a restated report is the published one and its causes, cell by cell`() throws {
    var stage = try Stage(stream: 503)
    var wrong: [String] = []
    var met: Set<Cause> = []
    for _ in 0..<12 {
      var question = stage.question()
      let last = Position(stage.life.entries.count)
      question.vantage.knownAt = Position(stage.chance.pick(Int(last) / 2...Int(last)))
      let now = Position(stage.chance.pick(Int(question.vantage.knownAt)...Int(last)))
      let groups: [Aging.Grouping] = [.bucket, .product, .account]
      let book = Aging(
        by: groups[stage.chance.pick(0...2)], form: .bucketed, asOf: question.vantage.asOf)
      try stage.ledger.journal.reading { journal, snapshot in
        let found = try journal.restate(book, question, knownNow: now, snapshot)
        for item in found.differences {
          met.formUnion(item.causes.keys)
          if item.column == "dpd", book.sheet(Naming { _ in "" }).columns[0].name == "product" {
            continue
          }
          if item.unexplained != 0 {
            wrong.append("\(item.row) \(item.column): \(item.unexplained) unexplained")
          }
        }
      }
    }
    #expect(met.isSuperset(of: [.lateReceipt, .bounce, .correction, .policy, .lateEntry]))
    #expect(wrong.isEmpty, "\(wrong.prefix(10).joined(separator: "\n"))")
  }

  @Test func `a restated ratio has no causes, its part and whole have all of theirs`() throws {
    let stage = try Stage(stream: 505)
    let last = Position(stage.life.entries.count)
    let asOf = stage.from + 200
    let question = Question(vantage: Vantage(asOf: asOf, knownAt: last / 2))
    let book = Self.management(asOf)
    try stage.ledger.journal.reading { journal, snapshot in
      let found = try journal.restate(book, question, knownNow: last, snapshot)
      let ratios = found.differences.filter { $0.column == "bp" }
      let sums = found.differences.filter { $0.column != "bp" }
      #expect(ratios.count > 2 && sums.count > 4)
      #expect(ratios.allSatisfy { $0.causes.isEmpty })
      #expect(sums.allSatisfy { $0.unexplained == 0 })
      for sheet in [found.byCause(), found.byEvent()] {
        #expect(sheet.notes.contains { $0.hasPrefix("bp is a ratio") }, "\(sheet.notes)")
      }
    }
  }

  @Test func `a ratio is the sum of its accounts' parts over that of their wholes`() throws {
    let stage = try Stage(stream: 506)
    let asOf = stage.from + 200
    let question = Question(
      vantage: Vantage(asOf: asOf, knownAt: Position(stage.life.entries.count)))
    let book = Self.management(asOf)
    var ratios = 0
    try stage.ledger.journal.reading { journal, snapshot in
      let sheet = try journal.answer(book, question, snapshot).book.sheet(journal.naming)
      for row in sheet.rows {
        guard let points = row.last?.number else { continue }
        let choice = CellChoice(
          "bp", rows: [.init("currency", row[0].plain), .init("metric", row[1].plain)])
        let parts = try #require(Contributions(of: book, choice, in: sheet))
        let table = try journal.answer(parts, question, snapshot).book.sheet(journal.naming)
        #expect(table.columns.map(\.name) == ["account", "currency", "part", "whole"])
        let sums = table.rows.reduce(into: (Int128(0), Int128(0))) { sums, row in
          sums = (sums.0 + (row[2].number ?? 0), sums.1 + (row[3].number ?? 0))
        }
        #expect(Ratio(sums.0, of: sums.1).basisPoints.map { Int128($0) } == points, "\(choice)")
        ratios += 1
      }
    }
    #expect(ratios > 2)
  }

  @Test func `a movement by bucket is the sum of its accounts, in every cell`() throws {
    let stage = try Stage(stream: 507)
    let asOf = stage.from + 200
    let question = Question(
      vantage: Vantage(asOf: asOf, knownAt: Position(stage.life.entries.count)))
    let book = ManagementReport(by: .bucket, form: .roll, opening: asOf - 60, closing: asOf)
    var cells = 0
    try stage.ledger.journal.reading { journal, snapshot in
      let sheet = try journal.answer(book, question, snapshot).book.sheet(journal.naming)
      for row in sheet.rows {
        for column in sheet.columns.indices.dropFirst(2) {
          guard let value = row[column].number, value != 0 else { continue }
          let choice = CellChoice(
            sheet.columns[column].name,
            rows: [.init("bucket", row[0].plain), .init("currency", row[1].plain)])
          let parts = try #require(Contributions(of: book, choice, in: sheet))
          let table = try journal.answer(parts, question, snapshot).book.sheet(journal.naming)
          #expect(table.rows.reduce(0) { $0 + ($1[2].number ?? 0) } == value, "\(choice)")
          cells += 1
        }
      }
    }
    #expect(cells > 6)
  }

  private static func management(_ asOf: Day) -> ManagementReport {
    ManagementReport(
      by: .total, opening: asOf - 60, closing: asOf,
      only: [
        "collected", "efficiency_total", "efficiency_with_arrears", "liquidation", "cure_all_count",
      ])
  }
}

@Suite struct `A policy trial` {
  /// Drafts that change bands, counting, money, and what pauses.
  static let drafts: [(String, String, String?)] = [
    (
      "buckets",
      #"{"current":"ok","current_bounce":"back","bands":[{"label":"1-45","from":1,"to":45},{"label":"46+","from":46}],"written_off":"gone"}"#,
      nil
    ),
    ("dpd_counting", #"{"counting":"elapsed"}"#, nil),
    (
      "waterfall", #"{"method":"horizontal","order":["penal","interest"],"advance":"at_once"}"#, nil
    ),
    ("classification", #"{"npa_over":45,"sticky":false}"#, "product:personal"),
    ("hold_effects", #"{"pauses_aging":["dispute"]}"#, nil),
  ]

  @Test(arguments: drafts.indices)
  func `rolls every account to the figures of each month-end reckoned alone`(_ number: Int) throws {
    let (kind, json, scope) = Self.drafts[number]
    let stage = try Stage(stream: 504)
    let days = (0..<9).compactMap { stage.from.adding(months: $0).map(\.endOfMonth) }
    let (_, body) = try Restored.draft(kind, json)
    let draft = PolicyVersion(
      policy: kind, version: 99, kind: kind, from: stage.from, to: .undated,
      retroactive: number % 2 == 0, scope: try #require(PolicyScope(scope)), seq: .max, body: body)
    let known = Position(stage.life.entries.count)
    let journal = stage.ledger.journal
    let trial = try journal.trial([draft], days: days, knownAt: known, threads: 2)
    var expected: [String: (Int64, Int128)] = [:]
    var moved: Set<String> = []
    try journal.reading { journal, snapshot in
      let question = Question(vantage: Vantage(asOf: .none, knownAt: known))
      let (now, house) = try journal.rules(question, at: known, snapshot)
      var supposed = now
      try supposed.suppose(draft)
      for number in 1...UInt32(Stage.accounts) {
        let history = try journal.history(number: number, to: known, snapshot)
        for (index, day) in days.enumerated() {
          var question = question
          question.vantage.asOf = day
          var labels: [String] = []
          for (side, policies) in [("now", now), ("draft", supposed)] {
            let seen = try history.observe(question, policies: policies, house: house) { _ in true }
            guard seen.reckoning.exists else { continue }
            let key = "\(side) \(day) \(seen.bucket) \(seen.currency.code)"
            let held = expected[key] ?? (0, 0)
            expected[key] = (held.0 + 1, held.1 + Int128(seen.reckoning.overdue))
            labels.append(seen.bucket + seen.assetClass)
          }
          if index == days.count - 1, Set(labels).count > 1 { moved.insert(history.id) }
        }
      }
    }
    var found: [String: (Int64, Int128)] = [:]
    for row in trial.sheet(.bucket, journal.naming).rows {
      for (side, at) in [("now", 3), ("draft", 4)] {
        guard let count = row[at].number, count > 0 else { continue }
        let key = "\(side) \(row[0].plain) \(row[1].plain) \(row[2].plain)"
        found[key] = (Int64(count), row[at + 2].number ?? 0)
      }
    }
    #expect(!expected.isEmpty && Set(expected.keys) == Set(found.keys))
    for (key, value) in expected {
      #expect(found[key]?.0 == value.0 && found[key]?.1 == value.1, "\(key)")
    }
    let names = trial.sheet(.account, journal.naming).rows.map { $0[0].plain }
    #expect(Set(names) == moved)
    // Labels of both schemes stand in the order of their days.
    guard number == 0 else { return }
    let order = ["undated", "current", "ok", "back", "1-30", "1-45", "31-60", "46+", "61-90"]
    var met: Set<String> = []
    for day in days {
      let rows = trial.sheet(.bucket, journal.naming).rows.filter { $0[0] == .day(day) }
      let here = rows.compactMap { order.firstIndex(of: $0[1].plain) }
      #expect(here.sorted() == here, "\(day)")
      met.formUnion(here.map { order[$0] })
    }
    #expect(met.isSuperset(of: ["current", "ok", "1-45", "46+"]), "\(met.sorted())")
  }
}

extension Journal {
  /// Reads with errors of any kind.
  func reading(_ body: (Journal, borrowing Snapshot) throws -> Void) throws {
    var failure: (any Error)?
    try read { (snapshot) throws(JournalError) in
      do { try body(self, snapshot) } catch { failure = error }
    }
    if let failure { throw failure }
  }
}
