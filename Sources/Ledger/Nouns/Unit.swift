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
