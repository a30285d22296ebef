import Ledger

/// A table of accounts between two month-ends, as the movement formulas take it.
private struct MovementTable {
  struct Row {
    var opening: Int
    var closing: Int
    var posOpen: Int64
    var overdueOpen: Int64
    var demand: Int64
    var collected: Int64
    var posClose: Int64
  }

  /// Buckets by age, current first, written off last.
  let labels: [String]
  var rows: [Row] = []

  init(_ input: Value) throws {
    let columns = (input["columns"]?.items ?? []).compactMap(\.text)
    let table = (input["rows"]?.items ?? []).compactMap(\.items)
    func place(_ name: String) throws -> Int {
      guard let index = columns.firstIndex(of: name) else {
        throw Inexpressible("the table has no column `\(name)`")
      }
      return index
    }
    let (opening, closing) = (try place("opening_bucket"), try place("closing_bucket"))
    // By the first number of its label; current comes before all numbers, written off after.
    func age(_ label: String) -> Int {
      label == "current" ? -1 : Int(label.prefix { $0.isNumber }) ?? .max
    }
    let met = Set(table.flatMap { [$0[opening].text ?? "", $0[closing].text ?? ""] })
    labels = met.sorted { (age($0), $0) < (age($1), $1) }
    let sums = try ["pos_open", "overdue_open", "demand", "collected", "pos_close"].map(place)
    for row in table {
      let numbers = sums.map { row[$0].number ?? 0 }
      rows.append(
        Row(
          opening: labels.firstIndex(of: row[opening].text ?? "") ?? 0,
          closing: labels.firstIndex(of: row[closing].text ?? "") ?? 0, posOpen: numbers[0],
          overdueOpen: numbers[1], demand: numbers[2], collected: numbers[3],
          posClose: numbers[4]))
    }
  }

  var movement: Movement {
    var movement = Movement(buckets: labels.count)
    for row in rows {
      movement.take(
        from: row.opening, balance: row.posOpen, to: .bucket(row.closing),
        closingBalance: row.posClose)
    }
    return movement
  }

  /// Days past due that a bucket's label says at least.
  func days(_ bucket: Int) -> Int { Int(labels[bucket].prefix { $0.isNumber }) ?? 0 }
  func isWrittenOff(_ bucket: Int) -> Bool { labels[bucket] == "written_off" }
}

/// `bucket_movement`: normalised, rolled back, stabilised, rolled forward.
enum MovementFormula: FormulaCheck {
  static let name = "bucket_movement"
  static func output(_ input: Value) throws -> [String: Value] {
    let table = try MovementTable(input)
    var output: [String: Value] = [:]
    for (index, row) in table.movement.rows.enumerated() where row.count > 0 {
      output[table.labels[index]] = .object([
        "n": .number(row.count), "pos": .number(Int64(row.sum)),
        "nm": .number(Int64(row.sum(.normalised))), "rb": .number(Int64(row.sum(.rolledBack))),
        "st": .number(Int64(row.sum(.stabilised))), "rf": .number(Int64(row.sum(.rolledForward))),
        "resolution_count_bp": .points(row.resolutionByCount),
        "resolution_pos_bp": .points(row.resolution), "roll_forward_bp": .points(row.rollForward),
        "nm_rb_bp": .points(row.improved),
      ])
    }
    return output
  }
}

/// `closing_pos_by_bucket`.
enum ClosingFormula: FormulaCheck {
  static let name = "closing_pos_by_bucket"
  static func output(_ input: Value) throws -> [String: Value] {
    let table = try MovementTable(input)
    var output: [String: Value] = [:]
    for (index, row) in table.movement.rows.enumerated() {
      output[table.labels[index]] = .number(Int64(row.closing))
    }
    return output
  }
}

/// `flow_rates`: net flow and tracked roll, which are not the same.
enum FlowFormula: FormulaCheck {
  static let name = "flow_rates"
  static func output(_ input: Value) throws -> [String: Value] {
    let table = try MovementTable(input)
    let movement = table.movement
    var output: [String: Value] = [:]
    for index in table.labels.indices.dropLast() {
      output[table.labels[index] + ">" + table.labels[index + 1]] = .object([
        "net_bp": .points(movement.netFlow(from: index)),
        "tracked_bp": .points(movement.trackedRoll(from: index)),
      ])
    }
    return output
  }
}

/// `cure_rates`, over all delinquent accounts and over those beyond 30 days.
enum CureFormula: FormulaCheck {
  static let name = "cure_rates"
  static func output(_ input: Value) throws -> [String: Value] {
    let table = try MovementTable(input)
    let all = table.movement.cure(from: 1)
    let floor = table.labels.indices.first { table.days($0) > 30 } ?? 1
    return [
      "all_count_bp": .points(all.count), "all_pos_bp": .points(all.sum),
      "over_30_count_bp": .points(table.movement.cure(from: floor).count),
    ]
  }
}

/// `collection_efficiency`, four definitions.
enum EfficiencyFormula: FormulaCheck {
  static let name = "collection_efficiency"
  static func output(_ input: Value) throws -> [String: Value] {
    var efficiency = Efficiency()
    for row in try MovementTable(input).rows {
      efficiency.take(
        demand: row.demand, overdueAtOpening: row.overdueOpen, collected: row.collected)
    }
    return [
      "demand": .number(Int64(efficiency.demand)),
      "overdue_open": .number(Int64(efficiency.opening)),
      "collected": .number(Int64(efficiency.collected)),
      "current_demand_first_bp": .points(efficiency.currentDemandFirst),
      "current_oldest_first_bp": .points(efficiency.currentOldestFirst),
      "total_bp": .points(efficiency.total), "with_arrears_bp": .points(efficiency.withArrears),
    ]
  }
}

/// `portfolio_at_risk` at both ends.
enum AtRiskFormula: FormulaCheck {
  static let name = "portfolio_at_risk"
  static func output(_ input: Value) throws -> [String: Value] {
    let table = try MovementTable(input)
    var (opening, closing) = (PortfolioAtRisk(), PortfolioAtRisk())
    for row in table.rows {
      opening.take(
        balance: row.posOpen, days: table.days(row.opening),
        isWrittenOff: table.isWrittenOff(row.opening))
      closing.take(
        balance: row.posClose, days: table.days(row.closing),
        isWrittenOff: table.isWrittenOff(row.closing))
    }
    func ratios(_ risk: PortfolioAtRisk) -> Value {
      .object([
        "par30_bp": .points(risk.ratio(0)), "par60_bp": .points(risk.ratio(1)),
        "par90_bp": .points(risk.ratio(2)),
      ])
    }
    return ["opening": ratios(opening), "closing": ratios(closing)]
  }
}
