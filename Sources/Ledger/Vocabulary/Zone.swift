/// A time zone of the IANA database, in the version that this program carries.
///
/// Nothing is read from the machine: the same day ends at the same microsecond everywhere. Making a
/// zone reads its record and no other, so make it once and keep it. No input traps: days and
/// moments beyond what a `Moment` can say become the first or the last one it can.
package struct Zone: Sendable {
  /// The name it was asked for by, which may be a link such as `Asia/Calcutta`.
  package let name: String

  private let rules: ZoneRules

  /// The zone of an IANA name such as `Asia/Kolkata`, case and all; nil when there is none.
  package init?(_ name: some StringProtocol) {
    guard let rules = ZoneRules(name: Array(name.utf8)) else { return nil }
    self.name = String(name)
    self.rules = rules
  }

  /// The version of the IANA database, such as `2026f`.
  package static var dataVersion: String { ZoneData.version }

  /// Every name that makes a zone, links included, sorted; read anew at each call.
  package static var names: [String] { ZoneRules.names() }
}

extension Zone: Hashable {
  /// Zones are the same when their names are: `Asia/Calcutta` is not `Asia/Kolkata`, although their
  /// clocks agree.
  package static func == (a: Zone, b: Zone) -> Bool { a.name == b.name }

  /// Hashes the name.
  package func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

extension Zone: CustomStringConvertible {
  /// The name.
  package var description: String { name }
}

/// What a date and a time on a wall clock mean in a zone.
package enum LocalTime: Hashable, Sendable {
  /// One instant, as nearly always.
  case one(ClockTime)
  /// The clock was put back and showed this time twice.
  case ambiguous(earlier: ClockTime, later: ClockTime)
  /// The clock was put forward and never showed this time. Both are the instant of the jump: as the
  /// clock would have shown it, and as it did (02:00+01:00 and 03:00+02:00).
  case missing(from: ClockTime, to: ClockTime)
}

extension Zone {
  /// A stretch of time during which the clock keeps one offset. A caller with many moments keeps
  /// the last one and asks the zone only when a moment is not in it.
  package struct Stretch: Hashable, Sendable {
    /// The moments it covers, both ends included.
    package let moments: ClosedRange<Moment>
    /// Minutes the clock is ahead of UTC.
    package let offset: Int16
  }

  /// Minutes that the clock is ahead of UTC at a moment; -44 for the -00:44:30 that Africa/Monrovia
  /// kept until 1972, the only one with seconds. Before 1970 it is what it was when 1970 began.
  package func offset(at moment: Moment) -> Int16 { rules.span(at: moment.second).offset }

  /// The longest stretch around a moment during which the offset is known not to change.
  package func stretch(at moment: Moment) -> Stretch {
    let span = rules.span(at: moment.second)
    let first = Moment(second: span.start)
    let last = span.end == .max ? Moment(rawValue: .max) : Moment(second: span.end, micro: -1)
    return Stretch(moments: first...max(first, last), offset: span.offset)
  }

  /// The civil date on the zone's clock.
  package func day(of moment: Moment) -> Day {
    let local = moment.second + Int64(offset(at: moment)) * 60
    return Day(rawValue: Int32(clamping: floor(local, by: 86_400)))
  }

  /// The last microsecond at which the clock shows this day.
  ///
  /// When the clock is put back over midnight, that is the second time it gets there. A day that
  /// the clock skips (2011-12-30 in Pacific/Apia) ends with the day before it.
  package func endOfDay(_ day: Day) -> Moment {
    let midnight = (Int64(day.rawValue) + 1) * 86_400
    var end: Int64?
    for span in rules.spans(around: midnight) {
      let reached = min(span.end, midnight - Int64(span.offset) * 60)
      if reached > span.start { end = reached }
    }
    return Moment(second: end ?? midnight, micro: -1)
  }

  /// The instant at which the clock shows a time of a day, if there is just one.
  ///
  /// Hours, minutes and so on beyond the clock's run on: hour 24 is the next midnight.
  package func moment(
    of day: Day, hour: Int, minute: Int, second: Int = 0, microsecond: Int = 0
  ) -> LocalTime {
    func limit(_ value: Int) -> Int64 { Int64(Int32(clamping: value)) }
    let carried = floor(limit(microsecond), by: 1_000_000)
    let micro = limit(microsecond) - carried * 1_000_000
    let local =
      Int64(day.rawValue) * 86_400 + limit(hour) * 3600 + limit(minute) * 60 + limit(second)
      + carried
    func clock(_ second: Int64, _ offset: Int16, micro: Int64 = 0) -> ClockTime {
      ClockTime(moment: Moment(second: second, micro: micro), offset: offset)
    }
    var found: ClockTime?
    var before: ZoneRules.Span?
    var gap: (from: ClockTime, to: ClockTime)?
    for span in rules.spans(around: local) {
      let instant = local - Int64(span.offset) * 60
      if instant >= span.start, instant < span.end {
        let here = clock(instant, span.offset, micro: micro)
        if let found { return .ambiguous(earlier: found, later: here) }
        found = here
      } else if let before, instant < span.start, local - Int64(before.offset) * 60 >= before.end {
        gap = gap ?? (clock(span.start, before.offset), clock(span.start, span.offset))
      }
      before = span
    }
    if let found { return .one(found) }
    if let gap { return .missing(from: gap.from, to: gap.to) }
    // Spans follow on each other without holes, so a time is in one or between two.
    return .one(clock(local, 0, micro: micro))
  }
}

extension Moment {
  /// The whole second it is in, counted from the epoch and rounded down.
  fileprivate var second: Int64 { floor(rawValue, by: 1_000_000) }

  /// A second since the epoch, and microseconds; the nearest there is when 64 bits do not suffice.
  fileprivate init(second: Int64, micro: Int64 = 0) {
    let (whole, overflow) = second.multipliedReportingOverflow(by: 1_000_000)
    let (sum, overflow2) = whole.addingReportingOverflow(micro)
    self.init(rawValue: overflow || overflow2 ? (second < 0 ? .min : .max) : sum)
  }
}

/// The quotient rounded down.
private func floor(_ value: Int64, by divisor: Int64) -> Int64 {
  value / divisor - (value % divisor < 0 ? 1 : 0)
}
