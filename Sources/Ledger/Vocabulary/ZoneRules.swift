/// When the clock of one zone changes: its record in `ZoneData.table`, read.
struct ZoneRules: Sendable {
  /// Seconds from `start` up to but not including `end` with one offset, in minutes.
  struct Span {
    /// The first second; `Int64.min` when the offset held since ever.
    var start: Int64
    /// The first second after; `Int64.max` when the offset holds for ever.
    var end: Int64
    /// Minutes the clock is ahead of UTC.
    var offset: Int16
  }

  /// A change that comes every year: on the `week`-th `weekday` of `month`, `minutes` after 00:00
  /// UTC, to `offset`.
  private struct Change {
    var month: Int64
    var week: Int64
    var weekday: Int64
    var minutes: Int64
    var offset: Int16

    /// The second at which the change comes in a year of the Gregorian calendar.
    func second(year: Int64) -> Int64 {
      let first = ZoneRules.day(year: year, month: month)
      let length = ZoneRules.day(year: year, month: month + 1) - first
      // The first day of 1970 was a Thursday.
      let firstWeekday = ZoneRules.modulo(first + 4, 7)
      var day = ZoneRules.modulo(weekday - firstWeekday, 7) + (week - 1) * 7
      if day >= length { day -= 7 }
      return (first + day) * 86_400 + minutes * 60
    }
  }

  private var first: Int16 = 0
  private var seconds: [Int64] = []
  private var offsets: [Int16] = []
  private var changes: (Change, Change)?

  /// The span that a second is in.
  func span(at second: Int64) -> Span {
    // The number of transitions that have taken place.
    var low = 0
    var high = seconds.count
    while low < high {
      let middle = (low + high) / 2
      if seconds[middle] <= second { low = middle + 1 } else { high = middle }
    }
    if low == seconds.count, low > 0, let changes {
      return span(at: second, after: seconds[low - 1], changes)
    }
    return Span(
      start: low > 0 ? seconds[low - 1] : .min, end: low < seconds.count ? seconds[low] : .max,
      offset: low > 0 ? offsets[low - 1] : first)
  }

  private func span(at second: Int64, after last: Int64, _ changes: (Change, Change)) -> Span {
    let (one, two) = changes
    let year = ZoneRules.year(of: second)
    let spring = one.second(year: year)
    let autumn = two.second(year: year)
    let span =
      if second < spring {
        Span(start: two.second(year: year - 1), end: spring, offset: two.offset)
      } else if second < autumn {
        Span(start: spring, end: autumn, offset: one.offset)
      } else {
        Span(start: autumn, end: one.second(year: year + 1), offset: two.offset)
      }
    return Span(start: max(last, span.start), end: span.end, offset: span.offset)
  }

  /// The spans, in order, that a clock showing `local` seconds can be in: no clock is further than
  /// 15 hours from UTC. Mostly one.
  func spans(around local: Int64) -> [Span] {
    let reach: Int64 = 16 * 3600
    var spans = [span(at: local - reach)]
    while let last = spans.last, last.end <= local + reach { spans.append(span(at: last.end)) }
    return spans
  }

  /// The day number of the first of a month; month 13 is the next January.
  ///
  /// Days from civil after Howard Hinnant, as in `Day`, for any year.
  private static func day(year: Int64, month: Int64) -> Int64 {
    let y = month <= 2 ? year - 1 : year
    let yearOfEra = modulo(y, 400)
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5
    return (y - yearOfEra) / 400 * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100
      + dayOfYear - 719_468
  }

  private static func year(of second: Int64) -> Int64 {
    let day = (second - modulo(second, 86_400)) / 86_400
    // At most one off, as the Gregorian calendar repeats after 146 097 days.
    var year = 1970 + day * 400 / 146_097
    if ZoneRules.day(year: year, month: 1) > day { year -= 1 }
    if ZoneRules.day(year: year + 1, month: 1) <= day { year += 1 }
    return year
  }

  private static func modulo(_ value: Int64, _ divisor: Int64) -> Int64 {
    let rest = value % divisor
    return rest < 0 ? rest + divisor : rest
  }
}

// MARK: Reading the table

extension ZoneRules {
  /// Reads the record of a name, or of the name it is a link to; nil when the table has none.
  init?(name: [UInt8]) {
    guard var record = ZoneRules.record(of: name) else { return nil }
    if record[name.count] == UInt8(ascii: "=") {
      guard let target = ZoneRules.record(of: Array(record[(name.count + 1)...]))
      else { return nil }
      record = target
    }
    self.init(record: record)
  }

  /// Every name in the table, in its order.
  static func names() -> [String] {
    ZoneData.table.split(separator: "\n").compactMap { line in
      line.utf8.first == UInt8(ascii: " ")
        ? nil : line.split(maxSplits: 1) { $0 == " " || $0 == "=" }.first.map(String.init)
    }
  }

  /// The bytes of the record of a name, by bisection of the table, which is sorted. The line feed
  /// at its end is not part of it.
  private static func record(of name: [UInt8]) -> [UInt8]? {
    let table = ZoneData.table
    let bytes = table.utf8Span.span
    func starts(_ at: Int) -> Bool {
      at == bytes.count
        || bytes[at - 1] == UInt8(ascii: "\n") && bytes[at] != UInt8(ascii: " ")
    }
    var low = 0
    var high = bytes.count
    while low < high {
      var start = (low + high) / 2
      while start > low, !starts(start) { start -= 1 }
      var end = (low + high) / 2 + 1
      while end < high, !starts(end) { end += 1 }
      var at = start
      var index = 0
      // Compares name by name: a name ends at a space or an equals sign.
      while index < name.count, bytes[at] == name[index], !isEnd(bytes[at]) {
        at += 1
        index += 1
      }
      if index == name.count {
        if isEnd(bytes[at]) {
          if bytes[end - 1] == UInt8(ascii: "\n") { end -= 1 }
          return (start..<end).map { bytes[$0] }
        }
        high = start
      } else if isEnd(bytes[at]) || bytes[at] < name[index] {
        low = end
      } else {
        high = start
      }
    }
    return nil
  }

  private static func isEnd(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "=") || byte == UInt8(ascii: "\n")
  }

  /// Reads `NAME OFFSETS [CHANGE CHANGE]` and the transitions below it.
  private init?(record: [UInt8]) {
    let lines = record.split(separator: UInt8(ascii: "\n"))
    guard let head = lines.first?.split(separator: UInt8(ascii: " ")), head.count >= 2
    else { return nil }
    let known = ZoneRules.numbers(head[1]).map { Int16(clamping: $0) }
    guard let first = known.first else { return nil }
    self.first = first
    let repeated = head.dropFirst(2).compactMap { text in
      let n = ZoneRules.numbers(text)
      return n.count < 5
        ? nil
        : Change(
          month: n[0], week: n[1], weekday: n[2], minutes: n[3], offset: Int16(clamping: n[4]))
    }
    if repeated.count == 2 { changes = (repeated[0], repeated[1]) }
    var second: Int64 = 0
    var delta: Int64 = 0
    for byte in lines.dropFirst().joined() {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        delta = delta &* 36 &+ Int64(byte &- UInt8(ascii: "0"))
      case UInt8(ascii: "a")...UInt8(ascii: "z"):
        delta = delta &* 36 &+ Int64(byte &- UInt8(ascii: "a")) &+ 10
      case UInt8(ascii: "A")...UInt8(ascii: "Z"):
        let letter = Int(byte &- UInt8(ascii: "A"))
        guard letter < known.count else { return nil }
        second &+= delta
        delta = 0
        seconds.append(second)
        offsets.append(known[letter])
      default:
        continue
      }
    }
  }

  /// The decimal integers in a text, whatever stands between them.
  private static func numbers(_ text: ArraySlice<UInt8>) -> [Int64] {
    text.split { $0 != UInt8(ascii: "-") && !(UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0) }
      .map { digits in
        let value = digits.reduce(into: Int64(0)) { value, byte in
          if byte != UInt8(ascii: "-") { value = value &* 10 &+ Int64(byte &- UInt8(ascii: "0")) }
        }
        return digits.first == UInt8(ascii: "-") ? -value : value
      }
  }
}
