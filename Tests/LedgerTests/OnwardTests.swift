import Testing

@testable import Ledger

/// The figures after each entry, reckoned on from the ones before, against each reckoned anew.
@Suite struct `An account reckoned on from entry to entry` {
  private struct Dice {
    var state: UInt64
    mutating func roll(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % limit
    }
  }

  // Dues and money of three years, told up to `late` days late; every fiftieth entry reaches back.
  private static func facts(_ count: Int, seed: UInt64, late: Int) -> (Facts, [Day]) {
    var dice = Dice(state: seed)
    var facts = Facts { _ in .none }
    var told: [Day] = []
    let first = Day("2022-01-01") ?? .none
    var payments: [(id: TextKey, amount: Int64)] = []
    for number in 0..<count {
      let today = first + number * 1000 / count
      var header = Header()
      header.seq = UInt64(number + 1)
      header.currency = 356
      header.amount = Int64(100 + dice.roll(900))
      let day = today - dice.roll(late + 1)
      header.day = day.rawValue
      header.occurred = Int64(day.rawValue) * 86_400_000_000 + Int64(dice.roll(86_400)) * 1_000_000
      let id = TextKey("\(number)")
      var fact: Fact
      switch dice.roll(50) {
      case 0 where !payments.isEmpty:
        let paid = payments.remove(at: dice.roll(payments.count))
        header.amount = paid.amount
        fact = Fact(.reversal, header)
        fact.id = paid.id
        fact.mark = UInt8(dice.roll(2))
      case 1:
        fact = Fact(.waiver, header)
        fact.mark = 255
      case 2, 3:
        fact = Fact(.charge, header)
        fact.mark = 2
        fact.link = dice.roll(2) == 0 ? 0 : TextKey("\(max(0, number - dice.roll(40)))").rawValue
      case 4..<26:
        fact = Fact(.due, header)
        fact.day += Int32(dice.roll(40))
      default:
        fact = Fact(.payment, header)
        payments.append((id, header.amount))
      }
      if fact.id == .none { fact.id = id }
      facts.add(fact, 0)
      told.append(today)
    }
    return (facts, told)
  }

  @Test(arguments: [(11, 0), (12, 3), (13, 40), (14, 400)] as [(UInt64, Int)])
  func `has after every entry what it has when all is reckoned anew`(seed: UInt64, late: Int) {
    let (facts, told) = Self.facts(700, seed: seed, late: late)
    var onward = OnwardReckoner(facts)
    var anew = Reckoner()
    let terms = Terms()
    var different = 0
    for index in facts.rows.indices {
      let count = index + 1
      let ours = onward.figures(count, currency: 356, asOf: told[index], terms: terms)
      let theirs = anew.reckon(
        facts.rows.span.extracting(..<count), parts: facts.parts.span, currency: 356,
        asOf: told[index], terms: terms)
      if "\(ours)" != "\(theirs)" { different += 1 }
    }
    #expect(different == 0, "\(different) of \(facts.rows.count) entries")
  }
}
