import Ledger

/// Writes down what happens, with the clock of the place.
struct Scribe {
  private(set) var entries: [Entry] = []
  let first: Day
  let last: Day
  private let zone: Zone
  private var stretch: Zone.Stretch

  init(first: Day, last: Day, zone: Zone, capacity: Int) {
    self.first = first
    self.last = last
    self.zone = zone
    stretch = zone.stretch(at: Moment(rawValue: Int64(first.rawValue) * 86_400_000_000))
    entries.reserveCapacity(capacity)
  }

  /// Minutes the clock is ahead of UTC at a second.
  mutating func offset(at second: Int64) -> Int16 {
    let moment = Moment(rawValue: second * 1_000_000)
    if !stretch.moments.contains(moment) { stretch = zone.stretch(at: moment) }
    return stretch.offset
  }

  /// The instant at which the clock shows a second of a day, near enough in the hour of a change.
  mutating func instant(_ day: Day, _ second: Int) -> Int64 {
    let local = Int64(day.rawValue) * 86_400 + Int64(second)
    let guess = local - Int64(offset(at: local)) * 60
    return local - Int64(offset(at: guess)) * 60
  }

  /// Notes something that happened on a day and was recorded on a day, not before the ledger began
  /// and not after the life's last day. Returns its number in order of making; nil if it came too
  /// late to be known.
  @discardableResult mutating func note(
    _ deed: Deed, of account: UInt32, by actor: Doer, on day: Day, at second: Int,
    recorded: Day? = nil, recordedAt: Int? = nil, valueDate: Day? = nil
  ) -> Int? {
    let occurred = instant(day, second)
    var known = occurred + 2
    let learned = max(recorded ?? day, first)
    if learned > day {
      known = instant(learned, recordedAt ?? (second * 7 + 21_600) % 43_200 + 21_600)
    }
    guard learned <= last else { return nil }
    // Nobody takes back what is not on the book yet.
    if case .mistaken(let target) = deed { known = max(known, entries[target].recorded + 1) }
    entries.append(
      Entry(
        recorded: max(known, occurred), occurred: occurred, account: account, valueDate: valueDate,
        actor: actor, deed: deed))
    return entries.count - 1
  }
}
