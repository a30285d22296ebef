import Ledger

/// A declared way of writing dates and times, such as `DD/MM/YYYY HH:mm`.
package struct DateFormat: Hashable, Sendable {
  /// One piece of the format.
  enum Piece: Hashable, Sendable {
    /// Parts of the date.
    case year, month, shortMonth, monthName, day, shortDay
    /// Parts of the time.
    case hour, shortHour, minute, second, fraction
    /// A character that stands there as it is.
    case literal(UInt8)
  }

  /// The format as written.
  package let text: String
  /// Its pieces in order.
  let pieces: [Piece]
  /// Whether it tells a time of day.
  package let hasTime: Bool

  /// Reads a format; nil when it is not made of the known pieces or has no whole date.
  package init?(_ text: String) {
    let known: [(String, Piece)] = [
      ("YYYY", .year), ("MMM", .monthName), ("MM", .month), ("M", .shortMonth), ("DD", .day),
      ("D", .shortDay), ("HH", .hour), ("H", .shortHour), ("mm", .minute), ("ss", .second),
      (".SSS", .fraction),
    ]
    var rest = Substring(text)
    var pieces: [Piece] = []
    while let first = rest.utf8.first {
      if let (name, piece) = known.first(where: { rest.hasPrefix($0.0) }) {
        pieces.append(piece)
        rest = rest.dropFirst(name.count)
      } else {
        let isLetter = (65...90).contains(first) || (97...122).contains(first)
        guard first < 128, !isLetter || first == UInt8(ascii: "T") else { return nil }
        pieces.append(.literal(first))
        rest = rest.dropFirst()
      }
    }
    func count(_ some: Piece...) -> Int { pieces.count { some.contains($0) } }
    let times = count(.hour, .shortHour)
    guard count(.year) == 1, count(.month, .shortMonth, .monthName) == 1,
      count(.day, .shortDay) == 1, times <= 1, count(.minute) == times,
      count(.second) <= times, count(.fraction) <= count(.second)
    else { return nil }
    self.text = text
    self.pieces = pieces
    hasTime = times == 1
  }

  /// The day and the microseconds since its midnight; nil when the bytes are not of this format or
  /// the calendar has no such day.
  func read(_ bytes: some RandomAccessCollection<UInt8>) -> (day: Day, micros: Int64)? {
    var index = bytes.startIndex
    var year = 0
    var month = 0
    var day = 0
    var micros: Int64 = 0
    func digits(_ least: Int, _ most: Int) -> Int? {
      var value = 0
      var count = 0
      while count < most, index < bytes.endIndex, case let digit = bytes[index] &- 48, digit < 10 {
        value = value * 10 + Int(digit)
        count += 1
        index = bytes.index(after: index)
      }
      return count >= least ? value : nil
    }
    for piece in pieces {
      switch piece {
      case .literal(let byte):
        guard index < bytes.endIndex, bytes[index] == byte else { return nil }
        index = bytes.index(after: index)
      case .year:
        guard let number = digits(4, 4) else { return nil }
        year = number
      case .month, .shortMonth:
        guard let number = digits(piece == .month ? 2 : 1, 2) else { return nil }
        month = number
      case .day, .shortDay:
        guard let number = digits(piece == .day ? 2 : 1, 2) else { return nil }
        day = number
      case .monthName:
        guard let number = DateFormat.monthName(bytes[index...].prefix(3)) else { return nil }
        month = number
        index = bytes.index(index, offsetBy: 3)
      case .hour, .shortHour:
        guard let number = digits(piece == .hour ? 2 : 1, 2), number < 24 else { return nil }
        micros += Int64(number) * 3_600_000_000
      case .minute, .second:
        guard let number = digits(2, 2), number < 60 else { return nil }
        micros += Int64(number) * (piece == .minute ? 60_000_000 : 1_000_000)
      case .fraction:
        guard index < bytes.endIndex, bytes[index] == UInt8(ascii: ".") else { return nil }
        index = bytes.index(after: index)
        let first = index
        guard var number = digits(1, 6) else { return nil }
        for _ in bytes.distance(from: first, to: index)..<6 { number *= 10 }
        micros += Int64(number)
      }
    }
    guard index == bytes.endIndex, let found = Day(year: year, month: month, day: day) else {
      return nil
    }
    return (found, micros)
  }

  private static func monthName(_ bytes: some Collection<UInt8>) -> Int? {
    let names = "janfebmaraprmayjunjulaugsepoctnovdec".utf8
    let lower = bytes.map { $0 | 32 }
    guard lower.count == 3 else { return nil }
    for month in 0..<12 where names.dropFirst(month * 3).prefix(3).elementsEqual(lower) {
      return month + 1
    }
    return nil
  }
}

/// A declared way of writing numbers: `1,234.50` or `1.234,50`.
package struct NumberFormat: Hashable, Sendable {
  /// What stands before the fraction.
  package var point: UInt8 = UInt8(ascii: ".")
  /// What may stand between groups of digits; nil when nothing may.
  package var grouping: UInt8?

  /// Minor units of a sum with `exponent` digits after the point; nil when the bytes are no such
  /// sum or too large. A group has two or three digits, the last one three.
  package func minor(_ bytes: ArraySlice<UInt8>, exponent: Int) -> Int64? {
    var index = bytes.startIndex
    let end = bytes.endIndex
    var negative = false
    if index < end, bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "+") {
      negative = bytes[index] == UInt8(ascii: "-")
      index += 1
    }
    var value: Int64 = 0
    var digits = 0
    var group = -1
    var fraction = -1
    while index < end {
      let byte = bytes[index]
      index += 1
      if byte == point, fraction < 0, digits > 0 {
        fraction = 0
        continue
      }
      if let grouping, byte == grouping, fraction < 0, digits > 0 {
        guard group < 0 ? digits <= 3 : group == 2 || group == 3 else { return nil }
        group = 0
        continue
      }
      let digit = byte &- 48
      guard digit < 10 else { return nil }
      digits += 1
      if fraction >= 0 {
        fraction += 1
        if fraction > exponent {
          guard digit == 0 else { return nil }
          continue
        }
      } else if group >= 0 {
        group += 1
      }
      let (tenfold, over) = value.multipliedReportingOverflow(by: 10)
      let (next, past) = tenfold.subtractingReportingOverflow(Int64(digit))
      guard !over, !past else { return nil }
      value = next
    }
    guard digits > 0, fraction != 0, group < 0 || group == 3 else { return nil }
    for _ in max(0, min(fraction, exponent))..<max(exponent, 0) {
      let (tenfold, over) = value.multipliedReportingOverflow(by: 10)
      guard !over else { return nil }
      value = tenfold
    }
    if negative { return value }
    return value == .min ? nil : -value
  }
}
