import Ledger

extension Value {
  /// The whole number, if it is one.
  var number: Int64? { if case .number(let value) = self { value } else { nil } }

  /// A whole number of an object, or a sentence that it is missing.
  func whole(_ name: String) throws -> Int64 {
    guard let number = self[name]?.number else { throw Inexpressible("the input lacks `\(name)`") }
    return number
  }

  /// A ratio in basis points; null without a denominator.
  static func points(_ ratio: Ratio) -> Value { ratio.basisPoints.map(Value.number) ?? .null }
  /// A ratio in tenths.
  static func tenths(_ ratio: Ratio) -> Value { ratio.scaled(by: 10).map(Value.number) ?? .null }
}

/// `ratio`: one sum over another.
enum RatioFormula: FormulaCheck {
  static let name = "ratio"
  static func output(_ input: Value) throws -> [String: Value] {
    ["bp": .points(Ratio(try input.whole("num"), of: try input.whole("den")))]
  }
}

/// `dso`: days sales outstanding, the best possible, and the difference.
enum DSOFormula: FormulaCheck {
  static let name = "dso"
  static func output(_ input: Value) throws -> [String: Value] {
    let (sales, days) = (try input.whole("sales"), try input.whole("days"))
    let all = Receivables.daysSalesOutstanding(
      try input.whole("receivables"), sales: sales, days: days)
    let best = Receivables.bestPossible(
      current: try input.whole("current"), sales: sales, days: days)
    return [
      "dso_tenths": .tenths(all), "best_possible_tenths": .tenths(best),
      "add_tenths": .tenths(Ratio(all.part - best.part, of: all.whole)),
    ]
  }
}

/// `countback_dso`: whole months back.
enum CountbackFormula: FormulaCheck {
  static let name = "countback_dso"
  static func output(_ input: Value) throws -> [String: Value] {
    let receivables = try input.whole("receivables")
    let months = (input["months"]?.items ?? []).map {
      (sales: $0.items?[0].number ?? 0, days: $0.items?[1].number ?? 0)
    }
    let simple = Receivables.daysSalesOutstanding(
      receivables, sales: months.map(\.sales).reduce(0, +), days: months.map(\.days).reduce(0, +))
    return [
      "countback_tenths": Receivables.countback(receivables, months: months).map(Value.number)
        ?? .null,
      "simple_tenths": .tenths(simple),
    ]
  }
}

/// `weighted_days_late`.
enum DaysLateFormula: FormulaCheck {
  static let name = "weighted_days_late"
  static func output(_ input: Value) throws -> [String: Value] {
    var late = Receivables.DaysLate()
    for item in input["paid"]?.items ?? [] {
      late.take(item.items?[0].number ?? 0, days: item.items?[1].number ?? 0)
    }
    return [
      "late_tenths": .tenths(late.weighted), "net_tenths": .tenths(late.netOfEarly),
      "late_only_tenths": .tenths(late.lateOnly),
    ]
  }
}

/// `cei`: both variants in print.
enum EffectivenessFormula: FormulaCheck {
  static let name = "cei"
  static func output(_ input: Value) throws -> [String: Value] {
    func index(_ months: Int64) throws -> Value {
      .points(
        Receivables.effectiveness(
          opening: try input.whole("opening"), sales: try input.whole("sales_total"),
          months: months, closing: try input.whole("closing"),
          closingCurrent: try input.whole("closing_current")))
    }
    return [
      "average_sales_bp": try index(try input.whole("months")), "total_sales_bp": try index(1),
    ]
  }
}

/// `targets`: people, areas, zones, and the pace of the zone.
enum TargetsFormula: FormulaCheck {
  static let name = "targets"
  static func output(_ input: Value) throws -> [String: Value] {
    var reached: [String: Achievement] = [:]
    for row in input["rows"]?.items ?? [] {
      guard let row = row.items, row.count == 5, let target = row[3].number,
        let sum = row[4].number
      else { throw Inexpressible("a row is not zone, area, person, target, sum") }
      for name in row[..<3].compactMap(\.text) {
        reached[name, default: Achievement()].merge(
          Achievement(target: Int128(target), reached: Int128(sum)))
      }
    }
    var output: [String: Value] = [:]
    for (name, achievement) in reached { output[name + "_bp"] = .points(achievement.ratio) }
    let (day, days) = (try input.whole("day"), try input.whole("days"))
    guard let zone = input["rows"]?.items?.first?.items?.first?.text, let whole = reached[zone]
    else { return output }
    output["prorata_minor"] =
      whole.proRata(day: day, of: days).scaled(by: 100).map(Value.number) ?? .null
    output["pace_bp"] = .points(whole.pace(day: day, of: days))
    return output
  }
}

/// `vintage`: a curve.
enum VintageFormula: FormulaCheck {
  static let name = "vintage"
  static func output(_ input: Value) throws -> [String: Value] {
    var vintage = Vintage()
    vintage.pool = Int128(try input.whole("pool"))
    vintage.beyond = (input["ever_over_30"]?.items ?? []).map { Int128($0.number ?? 0) }
    return ["bp": .list(vintage.curve.map(Value.points))]
  }
}

/// `priority`: the score of one account.
enum PriorityFormula: FormulaCheck {
  static let name = "priority"
  static func output(_ input: Value) throws -> [String: Value] {
    let signs = Priority.Signs(
      overdue: try input.whole("overdue"), cap: try input.whole("cap"),
      daysToRoll: Int(try input.whole("days_to_roll")),
      bucketWeight: try input.whole("bucket_weight_bp"),
      isPromiseDue: try input.whole("promise_today") > 0, broken: try input.whole("broken"),
      daysSinceContact: try input.whole("days_since_contact"))
    return ["score_hundredths": .number(Priority().score(signs))]
  }
}
