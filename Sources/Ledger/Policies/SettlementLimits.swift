/// Who may give up how much in a settlement, and how strictly its days are taken.
package struct SettlementLimits: PolicyBody, Hashable {
  /// What approvers of a level may give up.
  package struct Level: Hashable, Sendable {
    /// The level.
    package var level: Int64
    /// Share of what is outstanding, in basis points, its upper edge included; nil for all of it.
    package var uptoBP: Int64?
    /// Sum in minor units; nil for any.
    package var upto: Int64?
  }

  /// The levels, from the lowest.
  package private(set) var levels: [Level]
  /// How many levels the approver stands above the one that sanctioned the credit.
  package private(set) var levelsAbove: Int64
  /// Days after a payment's day on which it is still in time.
  package private(set) var graceDays: Int
  /// Months after the execution in which the customer gets no new credit.
  package private(set) var coolingMonths: Int
  /// The level that settles under a court's stay, or with the estate of a debtor who has died; nil
  /// for the highest.
  package private(set) var stayOrDeathLevel: Int64?

  /// Its code in `policy_kind`.
  package static let kind = "settlement_limits"
  /// The matrix of the rule `int.settlement.authority`: 10, 25, 50 percent and all, by levels 1 to
  /// 4; one level above the sanction and twelve months (RBI/2023-24/40, 8 June 2023); no grace.
  package static let standard = SettlementLimits(
    levels: [
      Level(level: 1, uptoBP: 1_000), Level(level: 2, uptoBP: 2_500),
      Level(level: 3, uptoBP: 5_000), Level(level: 4),
    ], levelsAbove: 1, graceDays: 0, coolingMonths: 12)
  /// Fields that a body must name.
  package static let required = ["levels"]

  /// Takes `levels`, `levels_above`, `grace_days`, `cooling_months` or `stay_or_death_level`.
  package mutating func take(_ field: String, _ body: inout CBORReader) throws(WireError) {
    switch field {
    case "levels":
      levels = []
      for _ in 0..<(try body.array()) { try takeLevel(&body) }
    case "levels_above": levelsAbove = try body.int()
    case "grace_days": graceDays = Int(clamping: try body.int())
    case "cooling_months": coolingMonths = Int(clamping: try body.int())
    case "stay_or_death_level": stayOrDeathLevel = try body.int()
    default: throw Self.unknown(field, body)
    }
  }

  private mutating func takeLevel(_ body: inout CBORReader) throws(WireError) {
    var level = Level(level: 0)
    for _ in 0..<(try body.map()) {
      switch try body.text() {
      case "level": level.level = try body.int()
      case "upto_bp": level.uptoBP = try body.int()
      case "upto": level.upto = try body.int()
      case let other: throw Self.unknown(other, body)
      }
    }
    levels.append(level)
  }

  /// Levels ascend from 1 and none may give up less than the one below it; numbers are of use.
  package var fault: String? {
    guard (0...100).contains(levelsAbove), (0...366).contains(graceDays),
      (0...1200).contains(coolingMonths)
    else { return "has a negative or absurd number" }
    var last = Level(level: 0, uptoBP: 0, upto: 0)
    for level in levels {
      guard level.level > last.level, level.level <= 100 else {
        return "has levels that do not ascend from 1 to at most 100"
      }
      guard level.uptoBP ?? .max >= last.uptoBP ?? .max, level.upto ?? .max >= last.upto ?? .max
      else { return "lets level \(level.level) give up less than the level below it" }
      last = level
    }
    if let wanted = stayOrDeathLevel, !levels.contains(where: { $0.level == wanted }) {
      return "wants level \(wanted) under a stay, which it does not have"
    }
    return levels.isEmpty ? "has no levels" : nil
  }

  /// The highest level there is.
  package var highest: Int64 { levels.last?.level ?? 0 }

  /// The lowest level that settles under a court's stay or after the debtor's death.
  package var levelUnderStay: Int64 { stayOrDeathLevel ?? highest }

  /// The lowest level that may give up `waived` of `outstanding`; above the highest when none may.
  package func level(_ waived: Int64, of outstanding: Int64) -> Int64 {
    let found = levels.first { level in
      waived <= level.upto ?? .max
        && (level.uptoBP.map { Int128(waived) * 10_000 <= Int128($0) * Int128(outstanding) }
          ?? true)
    }
    return found?.level ?? highest + 1
  }
}
