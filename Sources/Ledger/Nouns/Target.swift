/// What a unit or person is to reach in a period.
package enum Target {}

// MARK: - Events

extension Target {
  /// A target was set for a unit, party or agency.
  package struct Set: Hashable, Sendable {
    /// Unit, party or agency.
    package var scopeKind: String
    /// Whose.
    package var scope: String
    /// What is measured.
    package var metric: String
    /// Day, month, quarter, year.
    package var period: String
    /// First day.
    package var periodStart: Day
    /// Bucket label.
    package var bucket: String?
    /// Target, when it is money.
    package var valueMoney: Money?
    /// Target, when it is a count.
    package var valueCount: Int64?
    /// Target, when it is a ratio.
    package var valueBp: Int64?

    /// Memberwise; what the schema does not require may be left out.
    package init(
      scopeKind: String, scope: String, metric: String, period: String, periodStart: Day,
      bucket: String? = nil, valueMoney: Money? = nil, valueCount: Int64? = nil,
      valueBp: Int64? = nil
    ) {
      self.scopeKind = scopeKind
      self.scope = scope
      self.metric = metric
      self.period = period
      self.periodStart = periodStart
      self.bucket = bucket
      self.valueMoney = valueMoney
      self.valueCount = valueCount
      self.valueBp = valueBp
    }
  }
}

// MARK: - Facts

extension Target {
  /// How long a target runs; the raw value is the code of the register.
  package enum Period: String, CaseIterable, Comparable, BitwiseCopyable, Sendable {
    case day, month, quarter, year

    /// Its place from short to long.
    var rank: Int {
      switch self {
      case .day: 0
      case .month: 1
      case .quarter: 2
      case .year: 3
      }
    }

    /// The last day of a period that starts on a day.
    package func end(from start: Day) -> Day {
      if self == .day { return start }
      let months = self == .month ? 1 : self == .quarter ? 3 : 12
      let (year, month, _) = start.civil
      let next = year * 12 + month - 1 + months
      return (Day(year: next / 12, month: next % 12 + 1, day: 1) ?? start) - 1
    }

    /// The shorter before the longer.
    package static func < (a: Period, b: Period) -> Bool { a.rank < b.rank }
  }

  /// What tells one target from another: a later one of the same aim takes its place.
  package struct Aim: Hashable, BitwiseCopyable, Sendable {
    /// Key of the unit, person or firm.
    package var scope: TextKey
    /// Keys of the codes of its kind and of what is measured.
    package var scopeKind: TextKey, metric: TextKey
    /// Key of the bucket; `.none` for all.
    package var bucket: TextKey = .none
    /// How long it runs.
    package var period: Period
    /// First day.
    package var start: Int32
    /// ISO 4217 number; 0 for a count or ratio.
    package var currency: UInt16 = 0

    /// First and last day.
    package var days: ClosedRange<Int32> {
      start...max(start, period.end(from: Day(rawValue: start)).rawValue)
    }
  }

  /// A target told.
  package struct Row: DeskRow {
    /// Position of the event.
    package var seq: Position
    /// Of what.
    package var aim: Aim
    /// Minor units, a count, or basis points.
    package var value: Int64
    /// Local date and moment at which it was told.
    package var told: Int32, occurred: Int64
  }

  /// A target of the unit, person or firm that the body names.
  static func note(_ event: borrowing EventView, _ house: inout House) throws(WireError) {
    var reader = CBORReader(event.body)
    let target = try Set(reading: &reader)
    guard let period = Period(rawValue: target.period) else { return }
    let header = event.header
    let aim = Aim(
      scope: house.call(target.scope), scopeKind: house.call(target.scopeKind),
      metric: house.call(target.metric), bucket: target.bucket.map { house.call($0) } ?? .none,
      period: period, start: target.periodStart.rawValue,
      currency: target.valueMoney?.currency.rawValue ?? 0)
    house.targets.add(
      Row(
        seq: header.seq, aim: aim,
        value: target.valueMoney?.minor ?? target.valueCount ?? target.valueBp ?? 0,
        told: Moment(rawValue: header.occurred).day(offset: header.offset).rawValue,
        occurred: header.occurred), aim.scope)
  }

  static let party = TextKey("party"), agency = TextKey("agency"), unit = TextKey("unit")
  static let collected = TextKey("collected_amount")
  static let visits = TextKey("visits"), contacts = TextKey("contacts")
  static let resolution = TextKey("resolution_pct"), rollBack = TextKey("rollback_pct")
}

// MARK: - State

extension House {
  /// The targets told by a day, each aim once, as told last; in order of first mention.
  package func targets(toldBy day: Day) -> [Target.Row] {
    var found: [Target.Row] = []
    for key in targets.keys {
      let first = found.count
      for row in targets[key] where row.told <= day.rawValue && stands(row.seq) {
        guard let held = found[first...].firstIndex(where: { $0.aim == row.aim }) else {
          found.append(row)
          continue
        }
        let old = found[held]
        if (old.occurred, old.seq) < (row.occurred, row.seq) { found[held] = row }
      }
    }
    return found
  }
}

// MARK: - Decisions

extension Target.Set: Decided {
  /// Refused without exactly one value of the metric's kind above zero; for a period that starts
  /// inside a month or was over when it was told; and for a scope that does not exist in it.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    try requireValue()
    guard let length = Target.Period(rawValue: period) else { return }
    guard length == .day || periodStart.civil.day == 1 else {
      throw Refusal(
        rule: "target.period-start", "A \(period) does not start on \(periodStart).",
        remedy: "Give the first day of its first month.")
    }
    let end = length.end(from: periodStart)
    let told = scene.isHistory ? scene.occurredOn : scene.today
    guard told <= end else {
      throw Refusal(
        rule: "target.period-over",
        "The \(period) from \(periodStart) to \(end) was over on \(told).",
        remedy: "A target is set or revised while its period runs; hindsight sets none.")
    }
    try requireScope(scene, end)
  }

  private func requireValue() throws(Refusal) {
    let given = [valueMoney?.minor, valueCount, valueBp].compactMap(\.self)
    guard given.count == 1, let value = given.first else {
      throw Refusal(
        rule: "target.one-value", "A target has one value; \(given.count) are given.",
        remedy: "Give one of value_money, value_count and value_bp.")
    }
    guard value > 0 else {
      throw Refusal(
        rule: "target.positive", "The target is \(value); it must be above zero.",
        remedy: "Leave out what nobody is to reach.")
    }
    let wanted: String
    let fits: Bool
    switch metric {
    case "visits", "contacts": (wanted, fits) = ("value_count", valueCount != nil)
    case "resolution_pct", "rollback_pct": (wanted, fits) = ("value_bp", valueBp != nil)
    default: (wanted, fits) = ("value_money", valueMoney != nil)
    }
    guard fits else {
      throw Refusal(
        rule: "target.value-kind", "A target of \(metric) is given as \(wanted).",
        remedy: "Give \(wanted), or choose another metric.")
    }
  }

  private func requireScope(_ scene: Scene, _ end: Day) throws(Refusal) {
    let key = TextKey(scope)
    let isKnown =
      switch scopeKind {
      case "unit": scene.house.unit(key, on: periodStart) != nil
      case "agency": scene.house.agency(key, on: periodStart).standing == .active
      default:
        scene.house.placements(of: key).contains {
          $0.from <= end.rawValue && periodStart.rawValue <= $0.to
        }
      }
    guard isKnown else {
      throw Refusal(
        rule: "target.scope", "There is no \(scopeKind) \(scope) in force from \(periodStart).",
        remedy: "Record unit.defined, party.assigned or agency.empanelled for it first.")
    }
  }
}
