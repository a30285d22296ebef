/// Where a member of staff works and as what, from when to when: what `party.assigned` says.
package struct Placement: DeskRow {
  /// Position of the event.
  package var seq: Position
  /// Key of the unit.
  package var unit: TextKey
  /// Key of the code of the role.
  package var role: TextKey
  /// First and last day.
  package var from: Int32, to: Int32 = .max

  /// A placement of the person `key`.
  static func note(
    _ event: borrowing EventView, _ key: TextKey, _ house: inout House
  ) throws(WireError) {
    var reader = CBORReader(event.body)
    let placed = try Party.Assigned(reading: &reader)
    house.placements.add(
      Placement(
        seq: event.header.seq, unit: house.call(placed.unit), role: TextKey(placed.role),
        from: placed.from.rawValue, to: placed.to?.rawValue ?? .max), key)
  }

  /// Whether it is the other one told again: same unit, role and first day.
  func isSame(_ other: Placement) -> Bool {
    (unit, role, from) == (other.unit, other.role, other.from)
  }
}

// MARK: - State

extension House {
  /// A person's placements as last told, in log order.
  package func placements(of person: TextKey) -> ContiguousArray<Placement> {
    var found: ContiguousArray<Placement> = []
    for row in placements[person] where stands(row.seq) {
      found.removeAll { $0.isSame(row) }
      found.append(row)
    }
    return found
  }

  /// Where a person works on a day. Of several places (only an import can bring that) the one that
  /// began last counts, then the one told last.
  package func placement(of person: TextKey, on day: Day) -> Placement? {
    var best: Placement?
    for row in placements(of: person) where row.from <= day.rawValue && day.rawValue <= row.to {
      if let held = best, (held.from, held.seq) > (row.from, row.seq) { continue }
      best = row
    }
    return best
  }
}

// MARK: - Decisions

extension Party.Assigned: Decided {
  /// Refused when it ends before it starts, the unit is not in force, or the person works in
  /// another unit on one of these days.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    try scene.require(from: from, to: to, "placement")
    try scene.require(unit: unit, on: from)
    let me = Placement(
      seq: 0, unit: TextKey(unit), role: TextKey(role), from: from.rawValue,
      to: to?.rawValue ?? .max)
    let person = scene.account.id
    for other in scene.house.placements(of: TextKey(person))
    where other.unit != me.unit && other.from <= me.to && me.from <= other.to {
      let name = scene.house.name(other.unit) ?? "?"
      let since = Day(rawValue: other.from)
      throw Refusal(
        rule: "placement.overlap", "\(person) works in \(name) since \(since), on days of these.",
        remedy: "End that placement first: the same unit, role and first day again, with `to`.")
    }
  }
}
