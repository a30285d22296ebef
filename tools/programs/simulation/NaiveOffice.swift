package import Ledger

/// A second model of the house's own work: tasks and reports read in the order of the world,
/// targets with every receipt laid beside every one of them. It shares no rule with the ledger.
package struct NaiveOffice: Sendable {
  let desk: NaiveDesk
  private let period: NaivePeriod

  /// A model of a life.
  package init(_ desk: NaiveDesk) {
    self.desk = desk
    period = NaivePeriod(desk)
  }

  private typealias Word = (told: NaiveDesk.Told, saying: Saying)

  // What was said of these nouns, in the order of the world.
  private func words(_ nouns: [String], _ asOf: Day, _ knownAt: UInt64) -> [Word] {
    desk.heard(knownAt).filter { told in
      guard told.on <= asOf, let type = told.said?.type else { return false }
      return nouns.contains { type.hasPrefix($0 + ".") }
    }.sorted { $0.precedes($1) }.compactMap { one in one.said.map { (one, $0) } }
  }

  /// `task,unit,kind,assignee,given_on,due_on,stage,ended_on,outcome,days_late,replaces,
  /// replaced_by`.
  package func tasks(asOf: Day, knownAt: UInt64) -> [String] {
    let words = words(["task"], asOf, knownAt)
    let given = words.filter { $0.saying.type == "task.assigned" }
    let ends = Dictionary(
      words.filter { $0.saying.type == "task.completed" }.map { ($0.saying.text("task"), $0) },
      uniquingKeysWith: { first, _ in first })
    let heirs = Dictionary(
      given.map { ($0.saying.text("replaces"), $0) }, uniquingKeysWith: { _, last in last })
    return given.map { one in
      let id = one.saying.text("task")
      let (end, heir) = (ends[id], heirs[id])
      let due = one.saying.day("due_at")
      var stage = due.map { $0 <= asOf } ?? false ? "overdue" : "open"
      if heir != nil { stage = "replaced" }
      if end != nil { stage = "done" }
      var late = ""
      if stage != "replaced", let due, (end?.told.on ?? asOf) > due {
        late = "\((end?.told.on ?? asOf) - due)"
      }
      return [
        id, one.saying.stream?.id ?? "", one.saying.text("kind"), one.saying.text("assignee"),
        "\(one.told.on)", due.map { "\($0)" } ?? "", stage, end.map { "\($0.told.on)" } ?? "",
        end?.saying.text("outcome") ?? "", late, one.saying.text("replaces"),
        heir?.saying.text("task") ?? "",
      ].joined(separator: ",")
    }.sorted()
  }

  /// `on,collector,report,stage,times,collected,reviewer,reviewed_on,approver,decided_on`.
  package func reports(asOf: Day, knownAt: UInt64) -> [String] {
    var piles: [String: [Word]] = [:]
    for word in words(["report", "approval"], asOf, knownAt) {
      let id = word.saying.type.hasPrefix("approval.") ? "proposal" : "report"
      let isOne =
        word.saying.text("action") == "collector_report"
        || ["report.submitted", "report.reviewed"].contains(word.saying.type)
      if isOne { piles[word.saying.text(id), default: []].append(word) }
    }
    return piles.compactMap { id, pile -> String? in
      var (stage, times) = ("", 0)
      var (came, review, decision): (Word?, Word?, Word?)
      for word in pile {
        switch (word.saying.type, stage) {
        case ("report.submitted", ""), ("report.submitted", "returned"),
          ("report.submitted", "declined"):
          (stage, times, came) = ("submitted", times + 1, word)
        case ("report.reviewed", "submitted"):
          stage = word.saying.text("outcome") == "returned" ? "returned" : "reviewed"
          review = word
        case ("approval.granted", "reviewed"): (stage, decision) = ("approved", word)
        case ("approval.declined", "reviewed"): (stage, decision) = ("declined", word)
        default: break
        }
      }
      guard let came else { return nil }
      return [
        came.saying.day("on").map { "\($0)" } ?? "", came.saying.stream?.id ?? "", id, stage,
        "\(times)", "\(came.saying.sum("collected"))", review?.saying.text("reviewer") ?? "",
        review.map { "\($0.told.on)" } ?? "", decision?.saying.text("approver") ?? "",
        decision.map { "\($0.told.on)" } ?? "",
      ].joined(separator: ",")
    }.sorted()
  }
}

// MARK: - Targets

extension NaiveOffice {
  fileprivate struct Aim {
    var period: String, kind: String, scope: String, metric: String, bucket: String
    var isMoney: Bool
    var from: Day, to: Day
    var value: Int64
    var isMeasured: Bool { isMoney && metric == "collected_amount" }
    /// What it is for, without how much.
    var name: String { "\(period),\(kind),\(scope),\(metric),\(bucket),\(from),\(isMoney)" }
  }

  // The last word about each target told by the day.
  private func aims(_ asOf: Day, _ knownAt: UInt64) -> [Aim] {
    var aims: [String: Aim] = [:]
    for (_, saying) in words(["target"], asOf, knownAt) where saying.type == "target.set" {
      guard let from = saying.day("period_start") else { continue }
      let period = saying.text("period")
      let months = ["month": 1, "quarter": 3, "year": 12][period]
      let to = months.flatMap { from.adding(months: $0) }.map { $0 - 1 } ?? from
      let isMoney = saying["value_money"] != nil
      let aim = Aim(
        period: period, kind: saying.text("scope_kind"), scope: saying.text("scope"),
        metric: saying.text("metric"), bucket: saying.text("bucket"), isMoney: isMoney,
        from: from, to: to,
        value: isMoney ? saying.sum("value_money") : Int64(saying.number("value_count") ?? 0))
      aims[aim.name] = aim
    }
    return aims.values.sorted { $0.name < $1.name }
  }

  /// Targets that run on a day: `period,kind,scope,metric,bucket,basis,from,to,target,achieved,
  /// achieved_bp,working_day,working_days,sum_of_months`.
  package func targets(asOf: Day, knownAt: UInt64) -> [String] {
    let all = aims(asOf, knownAt)
    let running = all.filter { $0.from <= asOf && asOf <= $0.to }
    let holders = desk.model.holders(knownAt)
    var ways: [String: [String]] = [:]
    let credits = holders.credits(asOf: asOf).map { credit in
      let asked = "\(credit.held?.name ?? "")/\(credit.held?.unit ?? "")/\(credit.seen)"
      let units = ways[asked] ?? holders.units(of: credit.held, credit.seen)
      ways[asked] = units
      return (credit: credit, units: units)
    }
    var stood: [Day: [String: String]] = [:]
    var lines: [String] = []
    var sums: [String: (aim: Aim, value: Int64, reached: Int64)] = [:]
    for aim in running {
      var reached: Int64 = 0
      for (credit, units) in credits
      where aim.isMeasured && aim.from <= credit.day && credit.day <= aim.to {
        let isMine =
          aim.kind == "unit" ? units.contains(aim.scope) : aim.scope == credit.held?.name
        guard isMine else { continue }
        if !aim.bucket.isEmpty {
          let day = aim.from - 1
          if stood[day] == nil {
            stood[day] = period.buckets(on: day, scheme: asOf, knownAt: knownAt)
          }
          guard stood[day]?[credit.account] == aim.bucket else { continue }
        }
        reached += credit.isReceipt ? credit.amount : -credit.amount
      }
      let parts = all.filter { $0.period == "month" && aim.contains($0) }.map(\.value)
      lines.append(line(aim, "set", asOf, aim.value, reached, parts))
      guard aim.isMeasured, aim.kind != "unit" else { continue }
      let day = min(asOf, aim.to)
      for unit in holders.units(above: aim.scope, isFirm: aim.kind == "agency", day) {
        var above = aim
        (above.kind, above.scope) = ("unit", unit)
        let old = sums[above.name] ?? (above, 0, 0)
        sums[above.name] = (above, old.value + aim.value, old.reached + reached)
      }
    }
    for (name, sum) in sums where !running.contains(where: { $0.name == name }) {
      lines.append(line(sum.aim, "sum", asOf, sum.value, sum.reached, []))
    }
    return lines.sorted()
  }

  private func line(
    _ aim: Aim, _ basis: String, _ asOf: Day, _ value: Int64, _ reached: Int64, _ parts: [Int64]
  ) -> String {
    func working(_ to: Day) -> Int {
      var (day, count) = (aim.from, 0)
      while day <= to {
        if !NaiveCash.isSunday(day) { count += 1 }
        day = day + 1
      }
      return count
    }
    // Half a point up, away from nought.
    let points = (abs(reached) * 20_000 + value) / (2 * value) * (reached < 0 ? -1 : 1)
    let isMeasured = aim.isMeasured
    return [
      aim.period, aim.kind, aim.scope, aim.metric, aim.bucket, basis, "\(aim.from)", "\(aim.to)",
      "\(value)", isMeasured ? "\(reached)" : "", isMeasured ? "\(points)" : "",
      "\(working(min(asOf, aim.to)))", "\(working(aim.to))",
      parts.isEmpty ? "" : "\(parts.reduce(0, +))",
    ].joined(separator: ",")
  }
}

extension NaiveOffice.Aim {
  // Whether a month is one of a quarter or year for the same.
  fileprivate func contains(_ month: NaiveOffice.Aim) -> Bool {
    guard period == "quarter" || period == "year", from <= month.from, month.from <= to
    else { return false }
    var same = month
    (same.period, same.from) = (period, from)
    return same.name == name
  }
}
