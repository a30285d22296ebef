/// A civil date: days since 1970-01-01, without a zone. Money counts by days.
package struct Day: RawRepresentable, Hashable, Comparable, Sendable {
  /// Days since 1970-01-01; negative before it.
  package let rawValue: Int32

  /// Wraps a day number.
  @inlinable package init(rawValue: Int32) { self.rawValue = rawValue }

  /// The day that says "no date yet": 9999-12-31. A due with it is undated and never falls due.
  package static let undated = Day(rawValue: 2_932_896)

  /// A header without a value date.
  package static let none = Day(rawValue: .min)

  /// The day of a proleptic Gregorian date, or nil when the calendar has no such day.
  ///
  /// Days from civil after Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
  package init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
      day <= Day.length(ofMonth: month, year: year)
    else { return nil }
    let y = month <= 2 ? year - 1 : year
    let era = y / 400
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    self.rawValue = Int32(era * 146_097 + dayOfEra - 719_468)
  }

  /// Reads `YYYY-MM-DD`, and nothing else.
  package init?(_ text: some StringProtocol) {
    self.init(utf8: Array(text.utf8)[...])
  }

  /// Reads `YYYY-MM-DD` from exactly ten bytes of UTF-8.
  package init?(utf8 bytes: ArraySlice<UInt8>) {
    guard bytes.count == 10 else { return nil }
    let at = bytes.startIndex
    func number(_ range: Range<Int>) -> Int? {
      var value = 0
      for index in range {
        let digit = bytes[at + index]
        guard digit >= 48, digit <= 57 else { return nil }
        value = value * 10 + Int(digit - 48)
      }
      return value
    }
    guard bytes[at + 4] == UInt8(ascii: "-"), bytes[at + 7] == UInt8(ascii: "-"),
      let year = number(0..<4), let month = number(5..<7), let day = number(8..<10)
    else { return nil }
    self.init(year: year, month: month, day: day)
  }

  /// Year, month and day of the Gregorian calendar.
  package var civil: (year: Int, month: Int, day: Int) {
    let shifted = Int(rawValue) + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let mp = (5 * dayOfYear + 2) / 153
    let month = mp < 10 ? mp + 3 : mp - 9
    return (
      yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * mp + 2) / 5 + 1
    )
  }

  /// Days in a month, leap years included.
  package static func length(ofMonth month: Int, year: Int) -> Int {
    switch month {
    case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// The day `months` later; a day the month does not have becomes its last (31 January + 1 month
  /// is 28 or 29 February).
  package func adding(months: Int) -> Day? {
    let (year, month, day) = civil
    let total = year * 12 + month - 1 + months
    let y = total / 12
    let m = total % 12 + 1
    return Day(year: y, month: m, day: min(day, Day.length(ofMonth: m, year: y)))
  }

  /// The first day of this day's month.
  package var startOfMonth: Day { self - (civil.day - 1) }

  /// The last day of this day's month.
  package var endOfMonth: Day {
    let (year, month, day) = civil
    return self + (Day.length(ofMonth: month, year: year) - day)
  }

  /// Days between two days: `b - a`.
  @inlinable package static func - (b: Day, a: Day) -> Int { Int(b.rawValue) - Int(a.rawValue) }
  /// The day `days` later.
  @inlinable package static func + (a: Day, days: Int) -> Day {
    Day(rawValue: Int32(clamping: Int(a.rawValue) + days))
  }
  /// The day `days` earlier.
  @inlinable package static func - (a: Day, days: Int) -> Day { a + -days }
  /// Calendar order.
  @inlinable package static func < (a: Day, b: Day) -> Bool { a.rawValue < b.rawValue }
}

extension Day: CustomStringConvertible {
  /// `YYYY-MM-DD`.
  package var description: String {
    let (year, month, day) = civil
    func pad(_ value: Int, _ width: Int) -> String {
      let digits = String(value)
      return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
    return pad(year, 4) + "-" + pad(month, 2) + "-" + pad(day, 2)
  }
}
