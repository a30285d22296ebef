/// Shifts worked, by who was there: the days and the hours that what collectors achieve is measured
/// by.
package struct Attendance: Chronicle {
  /// Shifts of one member of staff on one day.
  struct Presence: Hashable, Sendable {
    /// Minutes of the shifts that say how long they were.
    var minutes: Int64 = 0
    /// Whether one does not say it.
    var isOpen = false
  }

  private var told: [String: [Day: Presence]] = [:]

  /// Shifts.
  package static let reads = TypeMask([EventCode.unitShiftWorked])
  /// Nobody decides about them.
  package static let judged = TypeMask()
  /// They stand with the member of staff.
  package static let isOnAccounts = false

  /// Nobody was there.
  package init() {}

  /// Takes the next shift.
  package mutating func take(_ shift: Office.Told<Event>) {
    guard case .unitShiftWorked(let worked) = shift.body else { return }
    var presence = told[shift.place]?[worked.on] ?? Presence()
    if let minutes = worked.minutes { presence.minutes += max(0, minutes) }
    if worked.minutes == nil { presence.isOpen = true }
    told[shift.place, default: [:]][worked.on] = presence
  }

  /// Who was there on any of these days.
  func people(_ days: ClosedRange<Day>) -> [String] {
    told.filter { $0.value.keys.contains(where: days.contains) }.keys.sorted()
  }

  /// The days on which somebody was there, and the minutes; no minutes where a shift does not say
  /// them.
  func presence(of person: String, _ days: ClosedRange<Day>) -> (days: Int64, minutes: Int64?) {
    let there = (told[person] ?? [:]).filter { days.contains($0.key) }.values
    let isOpen = there.isEmpty || there.contains(where: \.isOpen)
    return (Int64(there.count), isOpen ? nil : there.reduce(0) { $0 + $1.minutes })
  }
}
