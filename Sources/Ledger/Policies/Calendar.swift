/// Days on which banks do not work.
package struct Calendar: PolicyBody, Hashable {
  /// What people call it.
  package private(set) var id: String
  // Five bits a day of the week from Monday on: its first to its fifth of a month.
  private var weekend: UInt64
  // Ascending.
  private var holidays: [Int32]

  /// Its code in `policy_kind`.
  package static let kind = "calendar"
  /// Sundays, no holidays.
  package static let standard = Calendar(id: "sundays", weekend: 0b11111 << 30, holidays: [])
  /// Fields that a body must name.
  package static let required = ["id", "weekend"]

  private init(id: String, weekend: UInt64, holidays: [Int32]) {
    (self.id, self.weekend, self.holidays) = (id, weekend, holidays)
  }

  private static let weekdays = [
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
  ]
  private static let ordinals = ["first", "second", "third", "fourth", "fifth"]

  /// Takes `id`, `weekend` or `holidays`.
  package mutating func take(_ field: String, _ body: inout CBORReader) throws(WireError) {
    switch field {
    case "id": id = try body.text()
    case "weekend":
      weekend = 0
      for _ in 0..<(try body.array()) {
        let word = try body.text()
        guard let bits = Calendar.bits(word) else {
          throw Self.misfit(
            field, "days such as sunday or second_saturday, not `\(word)`", body)
        }
        weekend |= bits
      }
    case "holidays":
      holidays = []
      for _ in 0..<(try body.array()) {
        for _ in 0..<(try body.map()) {
          switch try body.text() {
          case "day":
            let text = try body.text()
            guard let day = Day(text) else {
              throw Self.misfit(field, "dates of the form YYYY-MM-DD, not `\(text)`", body)
            }
            holidays.append(day.rawValue)
          case "name": _ = try body.text()
          case let other: throw Self.unknown(other, body)
          }
        }
      }
      holidays.sort()
    default: throw Self.unknown(field, body)
    }
  }

  private static func bits(_ word: String) -> UInt64? {
    if let day = weekdays.firstIndex(of: word) { return 0b11111 << UInt64(5 * day) }
    let parts = word.split(separator: "_")
    guard parts.count == 2, let ordinal = ordinals.firstIndex(of: String(parts[0])),
      let day = weekdays.firstIndex(of: String(parts[1]))
    else { return nil }
    return 1 << UInt64(5 * day + ordinal)
  }

  /// Some day of every week must be left.
  package var fault: String? {
    let works = (0..<7).contains { weekend >> UInt64(5 * $0) & 0b11111 == 0 }
    return works ? nil : "leaves no day of the week on which banks work"
  }

  /// Whether banks work on a day.
  package func isWorking(_ day: Day) -> Bool {
    // 1970-01-01 was a Thursday.
    let weekday = ((Int(day.rawValue) + 3) % 7 + 7) % 7
    let off = weekend >> UInt64(5 * weekday) & 0b11111
    if off == 0b11111 { return false }
    if off != 0, off >> UInt64((day.civil.day - 1) / 7) & 1 == 1 { return false }
    return !isHoliday(day.rawValue)
  }

  private func isHoliday(_ day: Int32) -> Bool {
    var (low, high) = (0, holidays.count)
    while low < high {
      let middle = low + (high - low) / 2
      if holidays[middle] < day { low = middle + 1 } else { high = middle }
    }
    return low < holidays.count && holidays[low] == day
  }

  /// The day itself if banks work on it, else the next on which they do.
  package func working(onOrAfter day: Day) -> Day {
    var day = day
    while !isWorking(day) { day = day + 1 }
    return day
  }

  /// The working day that lies so many working days before a day.
  package func working(_ count: Int, before day: Day) -> Day {
    var day = day
    for _ in 0..<count {
      repeat { day = day - 1 } while !isWorking(day)
    }
    return day
  }
}
