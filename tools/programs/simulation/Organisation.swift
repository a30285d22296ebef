import Ledger

/// The house of a simulated life: zones, areas and branches that are reorganised, collectors who
/// move, firms that are stopped, and accounts that are given from one to the next; some of it told
/// late, told twice, or wrong.
///
/// Its chance is its own, so that the money of a seed is the same with it and without it.
struct Organisation {
  private var chance: Chance
  private let seed: UInt64
  private let boss = Doer(role: .supervisor, number: 9)
  private var homes: [Keeper: (place: Place, from: Day)] = [:]

  static let zones = 3, areas = 6, branches = 14, collectors = 24, agencies = 5, desks = 2

  init(seed: UInt64) {
    self.seed = seed
    chance = Chance(seed: seed, stream: 0x0461_0000)
  }

  /// Lives through the whole story: first the house, then every account.
  mutating func live(_ scribe: inout Scribe, accounts: Int) {
    found(&scribe)
    let days = scribe.last - scribe.first
    for step in 0..<max(4, days / 12) {
      reorganise(on: scribe.first + chance.pick(5...max(6, days)), step, &scribe)
    }
    for account in 1...max(1, accounts) where accounts > 0 {
      var own = Chance(seed: seed ^ 0x0461, stream: UInt64(account))
      hand(UInt32(account), &own, &scribe)
    }
  }

  // Everything that stands on the first day.
  private mutating func found(_ scribe: inout Scribe) {
    let from = scribe.first - 400
    var second = 200
    func tell(_ deed: Organising, _ scribe: inout Scribe) {
      second += 1
      scribe.note(.organised(deed), of: 0, by: boss, on: scribe.first, at: second)
    }
    for number in 1...Self.zones {
      tell(.unit(Self.zone(number), kind: .zone, parent: nil, from: from, to: nil), &scribe)
    }
    for number in 1...Self.areas {
      let parent = Self.zone(1 + number % Self.zones)
      tell(.unit(Self.area(number), kind: .area, parent: parent, from: from, to: nil), &scribe)
    }
    for number in 1...Self.branches {
      let parent = Self.area(1 + number % Self.areas)
      tell(
        .unit(Self.branch(number), kind: .branch, parent: parent, from: from, to: nil), &scribe)
    }
    for number in 1...Self.collectors {
      let keeper = Keeper(kind: .collector, number: number)
      homes[keeper] = (Self.branch(1 + number % Self.branches), from)
      tell(
        .placed(keeper, in: Self.branch(1 + number % Self.branches), from: from, to: nil), &scribe)
      if number % 3 == 0 {
        tell(.certified(keeper, from: from, to: scribe.first + 60 * (number % 9)), &scribe)
      }
    }
    for number in 1...Self.desks {
      let keeper = Keeper(kind: .legal, number: number)
      tell(.placed(keeper, in: Self.zone(number), from: from, to: nil), &scribe)
    }
    for number in 1...Self.agencies {
      let territory = number % 4 == 0 ? nil : Self.zone(1 + number % Self.zones)
      tell(
        .empanelled(Keeper(kind: .agency, number: number), from: from, territory: territory),
        &scribe)
    }
  }

  // One change of the house; a few are told late, and one in a while makes no sense.
  private mutating func reorganise(on day: Day, _ step: Int, _ scribe: inout Scribe) {
    let late = chance.happens(3000) ? chance.pick(1...30) : 0
    func tell(_ deed: Organising, _ second: Int, _ scribe: inout Scribe) -> Int? {
      scribe.note(
        .organised(deed), of: 0, by: boss, on: day, at: second, recorded: day + late)
    }
    let from = day + chance.pick(-20...15)
    switch chance.pick(0...9) {
    case 0...2:
      let branch = Self.branch(chance.pick(1...Self.branches))
      let area = Self.area(chance.pick(1...Self.areas))
      let end = chance.happens(1000) ? from + chance.pick(10...90) : nil
      let entry = tell(
        .unit(branch, kind: .branch, parent: area, from: from, to: end), 30_000 + step, &scribe)
      if let entry, chance.happens(1500) {
        scribe.note(
          .mistaken(entry), of: 0, by: boss, on: day + late + 3, at: 40_000 + step)
      }
    case 3:
      // Sometimes under one of its own branches: a circle, which only history can have.
      let area = Self.area(chance.pick(1...Self.areas))
      let parent =
        chance.happens(2000)
        ? Self.branch(chance.pick(1...Self.branches)) : Self.zone(chance.pick(1...Self.zones))
      _ = tell(
        .unit(area, kind: .area, parent: parent, from: from, to: nil), 30_000 + step, &scribe)
    case 4...7:
      let keeper = Keeper(kind: .collector, number: chance.pick(1...Self.collectors))
      guard let home = homes[keeper] else { return }
      if chance.happens(8000) {
        _ = tell(
          .placed(keeper, in: home.place, from: home.from, to: from - 1), 30_000 + step, &scribe)
      }
      let place = Self.branch(chance.pick(1...Self.branches))
      homes[keeper] = (place, from)
      _ = tell(.placed(keeper, in: place, from: from, to: nil), 30_500 + step, &scribe)
    default:
      let keeper = Keeper(kind: .agency, number: chance.pick(1...Self.agencies))
      if chance.happens(5000) {
        _ = tell(.suspended(keeper, permanent: chance.happens(1000)), 30_000 + step, &scribe)
      } else if chance.happens(5000) {
        _ = tell(.reinstated(keeper), 30_000 + step, &scribe)
      } else {
        let zone = Self.zone(chance.pick(1...Self.zones))
        _ = tell(.empanelled(keeper, from: from, territory: zone), 30_000 + step, &scribe)
      }
    }
  }

  // The account goes from one holder to the next.
  private func hand(_ account: UInt32, _ chance: inout Chance, _ scribe: inout Scribe) {
    if chance.happens(800) { return }
    var day = scribe.first + chance.pick(0...120)
    var held: Keeper?
    while day < scribe.last {
      let late = chance.happens(1500) ? chance.pick(1...25) : 0
      let second = chance.pick(30_000...70_000)
      if let keeper = held, chance.happens(9000) {
        let named = chance.happens(300) ? Self.keeper(&chance) : keeper
        scribe.note(
          .organised(.deallocated(named)), of: account, by: boss, on: day, at: second,
          recorded: day + late)
      }
      if chance.happens(9000) {
        let keeper = Self.keeper(&chance)
        let unit = chance.happens(700) ? Self.branch(chance.pick(1...Self.branches)) : nil
        let gap = chance.happens(7000) ? 0 : chance.pick(0...9)
        let entry = scribe.note(
          .organised(.allocated(keeper, unit: unit)), of: account, by: boss, on: day + gap,
          at: second + 1, recorded: day + gap + (chance.happens(8000) ? late : 0))
        held = keeper
        if let entry, chance.happens(300) {
          scribe.note(.mistaken(entry), of: account, by: boss, on: day + gap + 26, at: 50_000)
        }
      }
      day = day + chance.pick(15...90)
    }
  }

  private static func keeper(_ chance: inout Chance) -> Keeper {
    switch chance.pick(0...9) {
    case 0...6: Keeper(kind: .collector, number: chance.pick(1...collectors))
    case 7...8: Keeper(kind: .agency, number: chance.pick(1...agencies))
    default: Keeper(kind: .legal, number: chance.pick(1...desks))
    }
  }

  private static func zone(_ number: Int) -> Place { Place(kind: .zone, number: number) }
  private static func area(_ number: Int) -> Place { Place(kind: .area, number: number) }
  private static func branch(_ number: Int) -> Place { Place(kind: .branch, number: number) }
}
