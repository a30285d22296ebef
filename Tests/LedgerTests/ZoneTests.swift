import Foundation
import Testing

@testable import Ledger

@Suite struct `Zones` {
  private func wall(_ zone: String, _ day: String, _ hour: Int, _ minute: Int) -> LocalTime {
    Zone(zone)!.moment(of: Day(day)!, hour: hour, minute: minute)
  }

  private func end(_ zone: String, _ day: String) -> String {
    Zone(zone)!.endOfDay(Day(day)!).description
  }

  private func offset(_ zone: String, _ moment: String) -> Int16 {
    Zone(zone)!.offset(at: ClockTime(moment)!.moment)
  }

  @Test func `a name makes a zone only as IANA writes it`() {
    let names = Zone.names
    #expect(names == names.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) })
    for name in ["Asia/Kolkata", "Europe/Rome", "Asia/Dubai", "UTC", "Asia/Calcutta"] {
      #expect(names.contains(name))
    }
    #expect(names.allSatisfy { Zone($0)?.name == $0 })
    for no in [
      "", " ", "\n", "=", "asia/kolkata", "Asia", "Asia/", "Asia/Kolkat", "Asia/Kolkata ",
      "Asia/Kolkata 330", "UTC=", "UTC=Etc/UTC", "IST", "+05:30", "Zulu\n", "zzz", "\u{0}", "É",
    ] {
      #expect(Zone(no) == nil, "\(no)")
    }
    #expect(Zone("Asia/Calcutta") != Zone("Asia/Kolkata"))
    #expect(Zone.dataVersion == "2026f")
  }

  @Test func `a fixed offset is the same for ever`() {
    #expect(offset("Asia/Kolkata", "2026-01-05T10:00:00Z") == 330)
    #expect(offset("Asia/Calcutta", "1990-07-01T00:00:00Z") == 330)
    #expect(offset("Asia/Dubai", "2026-07-01T00:00:00Z") == 240)
    #expect(offset("UTC", "2026-07-01T00:00:00Z") == 0)
    #expect(offset("Africa/Monrovia", "1971-07-01T00:00:00Z") == -44)
    #expect(offset("Africa/Monrovia", "1973-07-01T00:00:00Z") == 0)
  }

  @Test func `after the last transition the yearly rule goes on, on both hemispheres`() {
    #expect(offset("America/New_York", "2050-03-13T06:59:59Z") == -300)
    #expect(offset("America/New_York", "2050-03-13T07:00:00Z") == -240)
    #expect(offset("America/New_York", "2050-11-06T05:59:59Z") == -240)
    #expect(offset("America/New_York", "2050-11-06T06:00:00Z") == -300)
    #expect(offset("Australia/Sydney", "2061-01-01T00:00:00Z") == 660)
    #expect(offset("Australia/Sydney", "2061-07-01T00:00:00Z") == 600)
    #expect(offset("Europe/Dublin", "9999-07-01T00:00:00Z") == 60)
    #expect(offset("Asia/Gaza", "2046-08-15T00:00:00Z") == 120)
  }

  @Test func `Morocco turns its clock back for Ramadan`() {
    #expect(offset("Africa/Casablanca", "2025-02-22T12:00:00Z") == 60)
    #expect(offset("Africa/Casablanca", "2025-03-01T12:00:00Z") == 0)
    #expect(offset("Africa/Casablanca", "2025-04-07T12:00:00Z") == 60)
  }

  @Test func `a time that the clock skipped is missing, with the jump that skipped it`() {
    let jump = ClockTime("2007-03-25T01:00:00Z")!.moment
    #expect(
      wall("Europe/Rome", "2007-03-25", 2, 30)
        == .missing(
          from: ClockTime(moment: jump, offset: 60), to: ClockTime(moment: jump, offset: 120)))
    #expect(
      wall("Europe/Rome", "2007-03-25", 3, 0) == .one(ClockTime("2007-03-25T03:00:00+02:00")!))
    guard case .missing(let from, let to) = wall("Pacific/Apia", "2011-12-30", 12, 0) else {
      Issue.record("Samoa had no such day")
      return
    }
    #expect(from.description == "2011-12-30T00:00:00-10:00")
    #expect(to.description == "2011-12-31T00:00:00+14:00")
  }

  @Test func `a time that the clock showed twice is ambiguous`() {
    #expect(
      wall("Europe/Rome", "2007-10-28", 2, 30)
        == .ambiguous(
          earlier: ClockTime("2007-10-28T02:30:00+02:00")!,
          later: ClockTime("2007-10-28T02:30:00+01:00")!))
    #expect(
      wall("Europe/Rome", "2007-10-28", 3, 0) == .one(ClockTime("2007-10-28T03:00:00+01:00")!))
    #expect(
      wall("Asia/Kolkata", "2026-01-05", 24, 0) == .one(ClockTime("2026-01-06T00:00:00+05:30")!))
    #expect(
      Zone("Asia/Kolkata")!
        .moment(of: Day("2026-01-05")!, hour: 9, minute: 0, second: 1, microsecond: 20)
        == .one(ClockTime("2026-01-05T09:00:01.00002+05:30")!))
  }

  @Test func `a day ends where the clock leaves it, also when the clock is changed at midnight`() {
    #expect(end("Asia/Kolkata", "2026-01-05") == "2026-01-05T18:29:59.999999Z")
    // Forward at 00:00: the next day begins at 01:00.
    #expect(end("America/Sao_Paulo", "2018-11-03") == "2018-11-04T02:59:59.999999Z")
    #expect(end("Asia/Beirut", "2021-03-27") == "2021-03-27T21:59:59.999999Z")
    #expect(end("Asia/Beirut", "2021-03-28") == "2021-03-28T20:59:59.999999Z")
    // Back at 00:00: the day's last hour comes twice.
    #expect(end("America/Sao_Paulo", "2018-02-17") == "2018-02-18T02:59:59.999999Z")
    #expect(end("Asia/Beirut", "2021-10-30") == "2021-10-30T21:59:59.999999Z")
    // Back at 00:01: the next day begins, stops after a minute, and begins again.
    #expect(end("America/St_Johns", "2010-11-06") == "2010-11-07T03:29:59.999999Z")
    // The day that Samoa did not have ends with the day before it.
    #expect(end("Pacific/Apia", "2011-12-29") == end("Pacific/Apia", "2011-12-30"))
  }

  @Test(arguments: [
    "America/Sao_Paulo", "Asia/Beirut", "America/St_Johns", "Pacific/Apia", "Africa/Cairo",
    "Asia/Gaza", "Australia/Lord_Howe", "Atlantic/Azores", "Asia/Kathmandu", "Antarctica/Troll",
  ])
  func `the end of every day is the last of it`(name: String) {
    let zone = Zone(name)!
    var before = zone.endOfDay(Day("1969-12-31")!)
    for number in Int32(0)..<30_000 {
      let day = Day(rawValue: number)
      let end = zone.endOfDay(day)
      if end != before {
        #expect(zone.day(of: end) == day)
      }
      #expect(zone.day(of: Moment(rawValue: end.rawValue + 1)) > day)
      #expect(end >= before)
      before = end
    }
  }

  @Test func `a stretch holds its offset, and the next one begins where it ends`() {
    let zone = Zone("Europe/Rome")!
    let summer = zone.stretch(at: ClockTime("2026-08-01T00:00:00Z")!.moment)
    #expect(summer.offset == 120)
    #expect(summer.moments.lowerBound.description == "2026-03-29T01:00:00Z")
    #expect(summer.moments.upperBound.description == "2026-10-25T00:59:59.999999Z")
    let always = Zone("Asia/Dubai")!.stretch(at: Moment(rawValue: 0))
    #expect(always.moments == Moment(rawValue: .min)...Moment(rawValue: .max))
  }

  @Test func `no moment and no day is too far`() {
    for name in ["Europe/Rome", "Asia/Kolkata", "Asia/Gaza", "Australia/Sydney", "Pacific/Apia"] {
      let zone = Zone(name)!
      for micros in [Int64.min, .min + 1, -1, 0, 1, .max - 1, .max] {
        let moment = Moment(rawValue: micros)
        let stretch = zone.stretch(at: moment)
        #expect(stretch.moments.contains(moment))
        #expect(stretch.offset == zone.offset(at: moment))
        #expect(abs(zone.day(of: moment) - moment.day(offset: 0)) <= 1)
      }
      for number in [Int32.min, Int32.min + 1, -106_751_992, 106_751_991, .max - 1, .max] {
        let day = Day(rawValue: number)
        let end = zone.endOfDay(day).rawValue
        #expect(number < 0 ? end < 0 : end > 0)
        for value in [Int.min, -1, 0, 1, .max] {
          _ = zone.moment(of: day, hour: value, minute: value, second: value, microsecond: value)
        }
      }
    }
  }
}
