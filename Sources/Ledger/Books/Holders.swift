/// Whom accounts and money are added up to: units of a kind, or holders of a kind.
package enum HolderGrouping: String, CaseIterable, Sendable {
  case zone, state, region, area, branch, team
  case collector, agency, legal

  // Set for kinds of holder; the others are kinds of unit.
  fileprivate var kind: Allocation.Kind? {
    switch self {
    case .collector: .collector
    case .agency: .agency
    case .legal: .legal
    default: nil
    }
  }
}

/// A line of a book that adds up by holders.
package struct Holder: Hashable, Sendable {
  /// What kind of line, in the order in which they are printed: a unit or holder with an id; those
  /// of another kind; those whose unit nobody knows; what nobody holds.
  package enum Line: UInt8, Sendable { case named, otherKind, noUnit, unallocated }
  /// What kind of line.
  package var line: Line
  /// The unit or holder; of another kind of holder the key of its code.
  package var key: TextKey

  /// What nobody holds.
  package static let nobody = Holder(line: .unallocated, key: .none)
}

/// Finds the line of each account, and remembers whom it met.
package struct Holders: Sendable {
  private struct Asked: Hashable, Sendable {
    var holder, unit: TextKey
    var kind: Allocation.Kind
    var day: Int32
  }

  /// By what is added up.
  package let grouping: HolderGrouping
  private let unitKind: TextKey
  private var found: [Asked: Holder] = [:]
  private var names: [TextKey: String] = [:]
  // Of a holder the house never heard of, the first allocation that names it.
  private var named: [TextKey: Position] = [:]

  /// Nobody met yet.
  package init(by grouping: HolderGrouping) {
    self.grouping = grouping
    unitKind = TextKey(grouping.rawValue)
  }

  /// The line of an allocation; units as the tree stood on the day.
  package mutating func line(
    of row: Allocation.Row?, on day: Day, _ house: borrowing House
  ) -> Holder {
    guard let row else { return .nobody }
    let asked = Asked(holder: row.holder, unit: row.unit, kind: row.kind, day: day.rawValue)
    if let holder = found[asked] { return holder }
    var holder = Holder(line: .otherKind, key: TextKey(row.kind.code))
    if let kind = grouping.kind {
      if row.kind == kind { holder = Holder(line: .named, key: row.holder) }
    } else {
      let unit = house.unit(of: row, on: day)
      let above = house.ancestor(of: unit, kind: unitKind, on: day)
      holder = above.map { Holder(line: .named, key: $0) } ?? Holder(line: .noUnit, key: .none)
    }
    switch holder.line {
    case .named:
      if let name = house.name(holder.key) {
        names[holder.key] = name
      } else {
        named[holder.key] = min(row.seq, named[holder.key] ?? .max)
        return holder
      }
    case .otherKind: names[holder.key] = "held by \(row.kind.code)"
    default: break
    }
    found[asked] = holder
    return holder
  }

  /// Joins whom two folds met.
  package mutating func merge(_ other: Holders) {
    for (key, name) in other.names { names[key] = name }
    for (key, seq) in other.named { named[key] = min(seq, named[key] ?? .max) }
  }

  /// What a line is called.
  package func name(_ holder: Holder, _ naming: Naming) -> String {
    switch holder.line {
    case .noUnit: return "no \(grouping.rawValue)"
    case .unallocated: return "unallocated"
    case .named, .otherKind: break
    }
    if let name = names[holder.key] { return name }
    return named[holder.key].map { naming.text($0, Key.AccountAllocated.to) } ?? ""
  }
}
