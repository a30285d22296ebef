/// The table of targets.
extension TargetBook {
  // A line: a target as set, or the sum of those below a unit.
  private struct Line {
    var kind: String
    var aim: Target.Aim
    var isSum: Bool
    var achievement: Achievement
    var parts: Int128?
  }

  private var lines: [Line] {
    var lines: [Line] = []
    var sums: [Target.Aim: Achievement] = [:]
    for plan in plans {
      let aim = plan.row.aim
      let mine = Achievement(target: Int128(plan.row.value), reached: attained(aim) ?? 0)
      lines.append(
        Line(
          kind: names[aim.scopeKind] ?? "", aim: aim, isSum: false, achievement: mine,
          parts: plan.parts))
      // Percents of several people do not add up.
      guard let measure = aim.measure, !measure.isMove else { continue }
      for unit in plan.units {
        var above = aim
        (above.scope, above.scopeKind) = (unit, Target.unit)
        sums[above, default: Achievement()].merge(mine)
      }
    }
    for (aim, sum) in sums where !plans.contains(where: { $0.row.aim == aim }) {
      lines.append(Line(kind: "unit", aim: aim, isSum: true, achievement: sum, parts: nil))
    }
    return lines.sorted { key($0) < key($1) }
  }

  // What was reached: of a percent basis points, nil where nobody held anything.
  private func attained(_ aim: Target.Aim) -> Int128? {
    guard let measure = aim.measure else { return nil }
    guard measure.isMove else { return reached[aim] ?? 0 }
    let row = moved[aim] ?? Movement.Row()
    let ratio =
      measure == .resolution
      ? row.resolutionByCount : Ratio(row.count(.rolledBack), of: row.count)
    return ratio.basisPoints.map { Int128($0) }
  }

  // Units above persons and firms, each by name.
  private func key(_ line: Line) -> (Int, String, String, String, Int32, UInt16) {
    let aim = line.aim
    let level = aim.scopeKind == Target.unit ? 0 : aim.scopeKind == Target.party ? 1 : 2
    let what = (names[aim.metric] ?? "") + " " + (names[aim.bucket] ?? "")
    return (
      aim.period.rank * 3 + level, names[aim.scope] ?? "", what, line.kind, aim.start,
      aim.currency
    )
  }

  /// Targets by period, units before persons and firms: target, achieved, both percents in basis
  /// points, and beside a quarter or year the sum of its months.
  package func sheet(_ naming: Naming) -> Sheet {
    var table = Sheet(
      title: "Targets that run on \(asOf), and what was reached of them by its end",
      columns: [
        .init("period"), .init("kind"), .init("scope"), .init("metric"), .init("bucket"),
        .init("basis"), .init("currency"), .init("from", .day), .init("to", .day),
        .init("target", .money), .init("achieved", .money),
        .init("achieved_bp", .integer, ratio: ["achieved", "target"]),
        .init("working_day", .integer), .init("working_days", .integer),
        .init("pro_rata", .money), .init("pace_bp", .integer, ratio: ["achieved", "pro_rata"]),
        .init("sum_of_months", .money), .init("variance", .money),
      ])
    let lines = lines
    for line in lines { table.rows.append(cells(line)) }
    let unmeasured = lines.filter { !$0.aim.isMeasured }.count
    table.notes.append(
      "A receipt counts for who held the account when it came. The percent of a unit is that of its "
        + "sums; basis `sum` adds up its people and firms.")
    if lines.contains(where: { $0.aim.isMeasured && $0.aim.bucket != .none }) {
      table.notes.append(
        "A target of a bucket counts accounts that stood in it at the end of the day before the "
          + "period.")
    }
    table.definitions = TargetBook.definitions.filter { item in
      lines.contains { names[$0.aim.metric] == item.0 }
    }
    if unmeasured > 0 {
      table.notes.append(
        "\(unmeasured) targets are not measured here: "
          + "\(TargetBook.definitions.map(\.0).joined(separator: ", ")) are.")
    }
    return table
  }

  private static let definitions = [
    ("collected_amount", "money with value dates in the period, less what was taken back of it"),
    ("visits", "outbound visits on accounts, credited to whoever held the account then"),
    (
      "contacts",
      "outbound attempts that reached the right or a third party, credited to whoever held it then"
    ),
    (
      "resolution_pct",
      "basis points of the accounts held and open before the period that are normalised, rolled back "
        + "or stabilised by now, by count"
    ),
    (
      "rollback_pct",
      "basis points of the accounts held and open before the period that are in a lower bucket by now "
        + "and not current, by count"
    ),
  ]

  private func cells(_ line: Line) -> [Sheet.Cell] {
    let (aim, achievement) = (line.aim, line.achievement)
    let currency = Currency(rawValue: aim.currency)
    let (from, to) = (Day(rawValue: aim.days.lowerBound), Day(rawValue: aim.days.upperBound))
    let days = working(from, to)
    let gone = working(from, min(asOf, to))
    func value(_ value: Int128?) -> Sheet.Cell {
      guard let value else { return .none }
      return aim.currency == 0 ? .integer(Int64(clamping: value)) : .money(value, currency)
    }
    func points(_ ratio: Ratio) -> Sheet.Cell { ratio.basisPoints.map { .integer($0) } ?? .none }
    let isMove = aim.measure?.isMove ?? false
    let attained = line.isSum ? achievement.reached : attained(aim)
    let isMeasured = attained != nil
    let proRata = achievement.proRata(day: gone, of: days).scaled(by: 1).map { Int128($0) }
    return [
      .text(aim.period.rawValue), .text(line.kind), .text(names[aim.scope] ?? ""),
      .text(names[aim.metric] ?? ""), .text(names[aim.bucket] ?? ""),
      .text(line.isSum ? "sum" : "set"), .text(aim.currency == 0 ? "" : currency.code),
      .day(from), .day(to), value(achievement.target),
      value(attained),
      isMeasured ? points(achievement.ratio) : .none, .integer(gone), .integer(days),
      isMove ? .none : value(proRata),
      isMeasured && !isMove ? points(achievement.pace(day: gone, of: days)) : .none,
      value(line.parts), value(line.parts.map { achievement.target - $0 }),
    ]
  }

  // Working days from one day to another, both included.
  private func working(_ from: Day, _ to: Day) -> Int64 {
    guard let calendar = calendar?.days, from <= to else { return 0 }
    var count: Int64 = 0
    for raw in from.rawValue...to.rawValue where calendar.isWorking(Day(rawValue: raw)) {
      count += 1
    }
    return count
  }
}
