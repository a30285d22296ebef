/// An instant: microseconds since 1970-01-01T00:00:00Z.
package struct Moment: RawRepresentable, Hashable, Comparable, Sendable {
  /// Microseconds since the epoch, UTC, without leap seconds.
  package let rawValue: Int64

  /// Wraps microseconds.
  @inlinable package init(rawValue: Int64) { self.rawValue = rawValue }

  /// Chronological order.
  @inlinable package static func < (a: Moment, b: Moment) -> Bool { a.rawValue < b.rawValue }

  /// The civil date on a clock that is `minutes` ahead of UTC.
  @inlinable package func day(offset minutes: Int16) -> Day {
    let local = rawValue &+ Int64(minutes) &* 60_000_000
    let day = local / 86_400_000_000
    return Day(rawValue: Int32(truncatingIfNeeded: local % 86_400_000_000 < 0 ? day - 1 : day))
  }
}

/// An instant with the offset of the clock it was read from: `occurred_at`.
package struct ClockTime: Hashable, Sendable {
  /// The instant.
  package var moment: Moment
  /// Minutes the local clock was ahead of UTC.
  package var offset: Int16

  /// An instant as read from a clock `offset` minutes ahead of UTC.
  @inlinable package init(moment: Moment, offset: Int16) {
    self.moment = moment
    self.offset = offset
  }

  /// The civil date on that clock.
  @inlinable package var day: Day { moment.day(offset: offset) }

  /// Reads RFC 3339 with an offset: `2026-01-05T10:00:00+05:30`, fraction up to six digits, `Z`.
  /// Nil when there is no offset or the date does not exist; leap seconds are refused.
  package init?(_ text: some StringProtocol) { self.init(utf8: Array(text.utf8)[...]) }

  /// Reads RFC 3339 with an offset from UTF-8.
  package init?(utf8 bytes: ArraySlice<UInt8>) {
    let at = bytes.startIndex
    guard bytes.count >= 20, bytes[at + 10] == UInt8(ascii: "T") || bytes[at + 10] == 32,
      let day = Day(utf8: bytes[at..<at + 10]),
      bytes[at + 13] == UInt8(ascii: ":"), bytes[at + 16] == UInt8(ascii: ":")
    else { return nil }
    func two(_ index: Int) -> Int? {
      guard index + 1 < bytes.endIndex, bytes[index] >= 48, bytes[index] <= 57,
        bytes[index + 1] >= 48, bytes[index + 1] <= 57
      else { return nil }
      return Int(bytes[index] - 48) * 10 + Int(bytes[index + 1] - 48)
    }
    guard let hour = two(at + 11), let minute = two(at + 14), let second = two(at + 17),
      hour < 24, minute < 60, second < 60
    else { return nil }
    var index = at + 19
    var micro: Int64 = 0
    if bytes[index] == UInt8(ascii: ".") {
      index += 1
      var scale: Int64 = 100_000
      let first = index
      while index < bytes.endIndex, bytes[index] >= 48, bytes[index] <= 57 {
        micro += Int64(bytes[index] - 48) * scale
        scale /= 10
        index += 1
      }
      guard index > first, index - first <= 6 else { return nil }
    }
    guard index < bytes.endIndex else { return nil }
    var offset = 0
    switch bytes[index] {
    case UInt8(ascii: "Z"):
      guard index + 1 == bytes.endIndex else { return nil }
    case UInt8(ascii: "+"), UInt8(ascii: "-"):
      guard index + 6 == bytes.endIndex, bytes[index + 3] == UInt8(ascii: ":"),
        let hours = two(index + 1), let minutes = two(index + 4), hours < 24, minutes < 60
      else { return nil }
      offset = (hours * 60 + minutes) * (bytes[index] == UInt8(ascii: "-") ? -1 : 1)
    default:
      return nil
    }
    let seconds = Int64(day.rawValue) * 86_400 + Int64(hour * 3600 + minute * 60 + second)
    self.init(
      moment: Moment(rawValue: (seconds - Int64(offset) * 60) * 1_000_000 + micro),
      offset: Int16(offset))
  }
}

extension ClockTime: CustomStringConvertible {
  /// RFC 3339 with this clock's offset; a fraction only when there is one, without trailing zeros;
  /// `+00:00` for an offset of zero (an instant in UTC is written by `Moment`).
  package var description: String {
    let local = moment.rawValue + Int64(offset) * 60_000_000
    let minutes = Int(offset.magnitude)
    return Moment.civil(local) + (offset < 0 ? "-" : "+") + Moment.two(minutes / 60) + ":"
      + Moment.two(minutes % 60)
  }
}

extension Moment: CustomStringConvertible {
  /// RFC 3339 in UTC with `Z`.
  package var description: String { Moment.civil(rawValue) + "Z" }

  fileprivate static func two(_ value: Int) -> String { (value < 10 ? "0" : "") + String(value) }

  fileprivate static func civil(_ micros: Int64) -> String {
    let day = Moment(rawValue: micros).day(offset: 0)
    let rest = micros - Int64(day.rawValue) * 86_400_000_000
    let seconds = Int(rest / 1_000_000)
    let micro = Int(rest % 1_000_000)
    var text =
      day.description + "T" + two(seconds / 3600) + ":" + two(seconds / 60 % 60) + ":"
      + two(seconds % 60)
    if micro > 0 {
      var fraction = String(micro)
      fraction = String(repeating: "0", count: 6 - fraction.utf8.count) + fraction
      while fraction.utf8.last == 48 { fraction.removeLast() }
      text += "." + fraction
    }
    return text
  }
}
