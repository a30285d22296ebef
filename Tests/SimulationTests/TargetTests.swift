import Journaling
import Ledger
import Simulation
import Testing

/// Targets set and revised over a simulated year of reorganisations, moves, bounces and late
/// allocations: what is reached of each equals the credit of the naive model.
@Suite struct `Targets and the naive model` {
  // A target as the plainest reading has it: the last one told of the same aim counts.
  private struct Aim: Hashable {
    var kind: String, scope: String, grouping: String, period: String
    var start: Day
    var end: Day {
      let months = period == "month" ? 1 : period == "quarter" ? 3 : 12
      var (year, month, _) = start.civil
      for _ in 0..<months {
        month += 1
        if month == 13 { (year, month) = (year + 1, 1) }
      }
      return (Day(year: year, month: month, day: 1) ?? start) - 1
    }
  }

  private struct Told {
    var aim: Aim
    var value: Int64
    var on: Day
    var seq: Position = 0
  }

  private static let scopes = [
    ("party", "collector-1", "collector"), ("party", "collector-3", "collector"),
    ("party", "collector-7", "collector"), ("agency", "agency-1", "agency"),
    ("agency", "agency-2", "agency"), ("unit", "zone-1", "zone"), ("unit", "zone-2", "zone"),
  ]

  private func tell(_ chance: inout Chance) throws -> [Told] {
    var told: [Told] = []
    for _ in 0..<140 {
      let (kind, scope, grouping) = Self.scopes[chance.pick(0...Self.scopes.count - 1)]
      let period = ["month", "month", "quarter", "year"][chance.pick(0...3)]
      let month = 3 + (period == "month" ? chance.pick(0...11) : 3 * chance.pick(0...3))
      let year = period == "year" ? 2025 : 2025 + month / 12
      let start = try #require(
        Day(year: year, month: period == "year" ? 4 : month % 12 + 1, day: 1))
      let aim = Aim(kind: kind, scope: scope, grouping: grouping, period: period, start: start)
      told.append(
        Told(aim: aim, value: Int64(chance.pick(1000...900_000)), on: start + chance.pick(-20...25))
      )
    }
    return told
  }

  @Test func `what is reached of a target equals the naive model at random vantages`() throws {
    let from = try #require(Day("2025-04-01"))
    let life = Life(seed: 2026, accounts: 90, from: from, days: 365, chapters: .organisation)
    let model = NaiveModel(life.told)
    let ledger = try Restored(life)
    var chance = Chance(seed: 2026, stream: 91)
    var told = try tell(&chance)
    let rupee = try #require(Currency(code: "INR"))
    let drafts = told.map { one in
      let body = Target.Set(
        scopeKind: one.aim.kind, scope: one.aim.scope, metric: "collected_amount",
        period: one.aim.period, periodStart: one.aim.start,
        valueMoney: Money(minor: one.value, currency: rupee))
      let ten = Moment(rawValue: Int64(one.on.rawValue) * 86_400_000_000 + 16_200_000_000)
      return Draft(
        type: EventCode.targetSet, subject: Reference(kind: "unit", id: "zone-1"),
        occurred: ClockTime(moment: ten, offset: 330), day: one.aim.start,
        actor: Actor(id: "head"), body: body.encoded)
    }
    let seqs = try ledger.journal.write { (batch: inout Batch) throws(JournalError) in
      var seqs: [Position] = []
      for draft in drafts { seqs.append(try batch.append(draft)) }
      return seqs
    }
    for index in told.indices { told[index].seq = seqs[index] }
    var (differences, reached, revised) = ([String](), 0, 0)
    for _ in 0..<25 {
      let asOf = from + chance.pick(0...364)
      let known = seqs[chance.pick(0...seqs.count - 1)]
      var standing: [Aim: Told] = [:]
      for one in told where one.seq <= known && one.on <= asOf {
        guard one.aim.start <= asOf, asOf <= one.aim.end else { continue }
        if let old = standing[one.aim] {
          revised += 1
          if (old.on, old.seq) > (one.on, one.seq) { continue }
        }
        standing[one.aim] = one
      }
      let foretold = standing.values.map { one in
        let lines = model.collected(
          by: one.aim.grouping, from: one.aim.start, to: one.aim.end, asOf: asOf, knownAt: known)
        let sums = lines.map { $0.split(separator: ",") }.first { $0[0] == one.aim.scope }
        let credit = sums.map { (Int64($0[2]) ?? 0) - (Int64($0[3]) ?? 0) } ?? 0
        if credit != 0 { reached += 1 }
        return "\(one.aim.period),\(one.aim.scope),\(one.aim.start),\(one.value),\(credit)"
      }
      let question = Question(vantage: Vantage(asOf: asOf, knownAt: known))
      let sheet = try ledger.journal.read { (snapshot) throws(JournalError) in
        try ledger.journal.answer(TargetBook(asOf: asOf), question, snapshot).book
          .sheet(ledger.journal.naming)
      }
      let answered = sheet.rows.filter { $0[5] == .text("set") }.map { row in
        func minor(_ cell: Sheet.Cell) -> String {
          if case .money(let minor, _) = cell { String(minor) } else { "?" }
        }
        return "\(row[0].plain),\(row[2].plain),\(row[7].plain),\(minor(row[9])),\(minor(row[10]))"
      }
      for line in Set(answered).symmetricDifference(foretold).sorted() {
        differences.append("\(asOf) \(foretold.contains(line) ? "naive " : "ledger") \(line)")
      }
    }
    #expect(differences.isEmpty, "\(differences.prefix(20).joined(separator: "\n"))")
    #expect(reached > 40, "only \(reached) targets had any credit")
    #expect(revised > 5, "only \(revised) targets were revised")
  }
}
