/// A node of the organisation: zone, area, branch, team; and the shifts worked in it.
package enum Unit {}

// MARK: - Events

extension Unit {
  /// A unit was created, moved or given an end.
  package struct Defined: Hashable, Sendable {
    /// Zone, state, region, area, branch, team.
    package var kind: String
    /// First day.
    package var from: Day
    /// Unit above.
    package var parent: String?
    /// Display name.
    package var name: String?
    /// Last day, when it is retired.
    package var to: Day?

    /// Memberwise; what the schema does not require may be left out.
    package init(
      kind: String, from: Day, parent: String? = nil, name: String? = nil, to: Day? = nil
    ) {
      self.kind = kind
      self.from = from
      self.parent = parent
      self.name = name
      self.to = to
    }
  }

  /// A member of staff was present for a shift.
  package struct ShiftWorked: Hashable, Sendable {
    /// Local day.
    package var on: Day
    /// Length.
    package var minutes: Int64?
    /// Part-day leave.
    package var leave: String?
    /// Where.
    package var unit: String?

    /// Memberwise; what the schema does not require may be left out.
    package init(on: Day, minutes: Int64? = nil, leave: String? = nil, unit: String? = nil) {
      self.on = on
      self.minutes = minutes
      self.leave = leave
      self.unit = unit
    }
  }
}

// MARK: - Facts

extension Unit {
  /// One version of a unit.
  package struct Row: DeskRow {
    /// Position of the event.
    package var seq: Position
    /// Key of the code of its kind.
    package var kind: TextKey = .none
    /// Key of the unit above; `.none` at the top.
    package var parent: TextKey = .none
    /// Key of its display name; `.none` when it has none.
    package var name: TextKey = .none
    /// First and last day.
    package var from: Int32, to: Int32 = .max
  }

  /// A version of the unit `key`.
  static func note(
    _ event: borrowing EventView, _ key: TextKey, _ house: inout House
  ) throws(WireError) {
    var reader = CBORReader(event.body)
    let unit = try Defined(reading: &reader)
    house.units.add(
      Row(
        seq: event.header.seq, kind: TextKey(unit.kind),
        parent: unit.parent.map { house.call($0) } ?? .none,
        name: unit.name.map { TextKey($0) } ?? .none, from: unit.from.rawValue,
        to: unit.to?.rawValue ?? .max), key)
  }
}

// MARK: - State

extension House {
  /// The version of a unit that holds on a day: of those that began by then the last to begin, and
  /// of two of one day the later told. Nil when there is none, or it has ended.
  package func unit(_ key: TextKey, on day: Day) -> Unit.Row? {
    var best: Unit.Row?
    for row in units[key] where row.from <= day.rawValue && stands(row.seq) {
      if let held = best, (held.from, held.seq) > (row.from, row.seq) { continue }
      best = row
    }
    return best.flatMap { $0.to >= day.rawValue ? $0 : nil }
  }

  /// A unit and those above it, from below, as the tree stood on a day. It ends behind a unit that
  /// nobody knows, and where the way up would run in a circle (only an import can bring one).
  func way(up key: TextKey, on day: Day) -> [(key: TextKey, unit: Unit.Row?)] {
    var way: [(key: TextKey, unit: Unit.Row?)] = []
    var at = key
    while at != .none, !way.contains(where: { $0.key == at }) {
      let row = unit(at, on: day)
      way.append((at, row))
      at = row?.parent ?? .none
    }
    return way
  }

  /// The nearest unit of a kind on the way up from `key`, itself included, as the tree stood on a
  /// day. Nil when there is none.
  package func ancestor(of key: TextKey, kind: TextKey, on day: Day) -> TextKey? {
    way(up: key, on: day).first { $0.unit?.kind == kind }?.key
  }

  /// Whether `key` stands on the way up from `other` on a day.
  func isAbove(_ key: TextKey, _ other: TextKey, on day: Day) -> Bool {
    way(up: other, on: day).contains { $0.key == key }
  }

  /// Days from `day` on at which the tree may change.
  func changes(from day: Day) -> [Day] {
    var days: Set<Int32> = [day.rawValue]
    for key in units.keys {
      for row in units[key] where row.from > day.rawValue && stands(row.seq) {
        days.insert(row.from)
      }
    }
    return days.sorted().map { Day(rawValue: $0) }
  }
}

// MARK: - Decisions

extension Scene {
  /// A unit must be in force on a day.
  func require(unit: String, on day: Day) throws(Refusal) {
    guard house.unit(TextKey(unit), on: day) != nil else {
      throw Refusal(
        rule: "unit.in-force", "Unit \(unit) is not in force on \(day).",
        remedy: "Record unit.defined for it first, or choose another day.")
    }
  }

  /// A stretch of days must not end before it starts.
  func require(from: Day, to: Day?, _ what: String) throws(Refusal) {
    if let to, to < from {
      throw Refusal(
        rule: "days.ends-after-start", "The \(what) ends on \(to), before it starts on \(from).",
        remedy: "Exchange the days, or leave the end out.")
    }
  }
}

extension Unit.Defined: Decided {
  /// Refused when it ends before it starts, its days are partly those of a version with an end of
  /// its own, another unit of the kind has its name and place on some of its days, the unit above
  /// is not in force on its first day, or on any later day the unit would stand above itself.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    try scene.require(from: from, to: to, "unit")
    try requireOwnDays(scene)
    try requireOwnPlace(scene)
    guard let parent else { return }
    let me = TextKey(scene.account.id)
    let above = TextKey(parent)
    if above != me { try scene.require(unit: parent, on: from) }
    for day in scene.house.changes(from: from) where to.map({ day <= $0 }) ?? true {
      guard !scene.house.isAbove(me, above, on: day) else {
        throw Refusal(
          rule: "unit.own-ancestor",
          "Under \(parent), unit \(scene.account.id) would stand above itself on \(day).",
          remedy: "Move \(parent) out of \(scene.account.id) first.")
      }
    }
  }

  // A version without an end is followed by the next; one with an end holds until then. The same
  // first day again is the same version, told better.
  private func requireOwnDays(_ scene: Scene) throws(Refusal) {
    let (first, last) = (from.rawValue, to?.rawValue ?? .max)
    for row in scene.house.units[TextKey(scene.account.id)]
    where scene.house.stands(row.seq) && row.from != first {
      let isInside =
        row.from < first ? row.to < .max && first <= row.to : last < .max && row.from <= last
      guard isInside else { continue }
      let end = row.to == .max ? "on" : "to \(Day(rawValue: row.to))"
      throw Refusal(
        rule: "unit.overlap",
        "Unit \(scene.account.id) is defined from \(Day(rawValue: row.from)) \(end), on days of these.",
        remedy: "Give that version another end first: the same first day again, with `to`.")
    }
  }

  private func requireOwnPlace(_ scene: Scene) throws(Refusal) {
    guard let name else { return }
    let (mine, above) = (TextKey(scene.account.id), parent.map { TextKey($0) } ?? .none)
    for day in scene.house.changes(from: from) where to.map({ day <= $0 }) ?? true {
      for key in scene.house.units.keys where key != mine {
        guard let row = scene.house.unit(key, on: day), row.kind == TextKey(kind),
          row.name == TextKey(name), row.parent == above
        else { continue }
        throw Refusal(
          rule: "unit.same-place",
          "The \(kind) \(name) is unit \(scene.house.name(key) ?? "") already on \(day).",
          remedy: "Use that unit, end it first, or give another name.")
      }
    }
  }
}
