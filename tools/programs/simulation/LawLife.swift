package import Ledger

/// What the law sees of an account, in numbers. Cheques, notices and cases are numbered inside
/// their account; 0 is none.
package enum LawDeed: Sendable {
  case received(Int, date: Day, amount: Int64)
  case deposited(Int, attempt: Int, amount: Int64)
  case cleared(Int, amount: Int64)
  case returned(Int, amount: Int64, reason: String, memo: Day, came: Day)
  case demanded(notice: Int, cheque: Int, amount: Int64)
  case served(notice: Int, outcome: String)
  case paid(payment: Int, amount: Int64, cheque: Int)
  case filed(Int, cheque: Int, first: Day?)
  case listed(Int, on: Day)
  case heard(Int, on: Day, next: Day?)
  case ended(Int, on: Day)
}

/// Cheques that came back and what follows in law: demands in time and late, services that fail,
/// money in time and money taken back, complaints early, in time and late, hearings nobody tells
/// of. It draws from a source of its own.
struct LawLife {
  private let account: UInt32
  private var chance: Chance
  private var cheques = 0, notices = 0, cases = 0, payments = 8000
  private let desk: Doer

  init(_ account: UInt32, seed: UInt64) {
    self.account = account
    chance = Chance(seed: seed ^ 0x1A3_0138, stream: UInt64(account))
    desk = Doer(role: .supervisor, number: UInt16(account % 7 + 1))
  }

  mutating func live(_ scribe: inout Scribe) {
    guard chance.happens(6000) else { return }
    for _ in 0..<chance.pick(1...3) { dishonour(&scribe) }
    if chance.happens(2000) { sue(0, on: scribe.first + chance.pick(60...250), &scribe) }
  }

  @discardableResult private mutating func note(
    _ deed: LawDeed, on day: Day, value: Day? = nil, _ scribe: inout Scribe
  ) -> Int? {
    let delay = chance.happens(1500) ? chance.pick(1...20) : 0
    let made = scribe.note(
      .law(deed), of: account, by: desk, on: day, at: chance.pick(30_000...70_000),
      recorded: day + delay, valueDate: value)
    if let made, chance.happens(200) {
      scribe.note(
        .mistaken(made), of: account, by: desk, on: day + delay + chance.pick(1...9), at: 50_000)
    }
    return made
  }

  private mutating func dishonour(_ scribe: inout Scribe) {
    cheques += 1
    let (cheque, amount) = (cheques, Int64(chance.pick(2000...9000)) * 100)
    let date = scribe.first + chance.pick(0...220)
    note(.received(cheque, date: date, amount: amount), on: date, &scribe)
    var came = bounce(cheque, 1, amount, date + chance.pick(1...6), &scribe)
    if chance.happens(2000) {
      let again = came + chance.pick(2...9)
      if chance.happens(4000) {
        note(.deposited(cheque, attempt: 2, amount: amount), on: again, value: again, &scribe)
        note(.cleared(cheque, amount: amount), on: again + 2, value: again + 2, &scribe)
      } else {
        came = bounce(cheque, 2, amount, again, &scribe)
      }
    }
    if chance.happens(8000) { demand(cheque, amount, came, &scribe) }
  }

  private mutating func bounce(
    _ cheque: Int, _ attempt: Int, _ amount: Int64, _ day: Day, _ scribe: inout Scribe
  ) -> Day {
    note(.deposited(cheque, attempt: attempt, amount: amount), on: day, value: day, &scribe)
    let memo = day + chance.pick(1...3)
    let came = memo + chance.pick(0...6)
    let reason = chance.happens(8500) ? "insufficient_funds" : "signature_differs"
    note(
      .returned(cheque, amount: amount, reason: reason, memo: memo, came: came), on: came, &scribe)
    return came
  }

  private mutating func demand(
    _ cheque: Int, _ amount: Int64, _ came: Day, _ scribe: inout Scribe
  ) {
    notices += 1
    let notice = notices
    let day = came + chance.pick(1...38)
    note(.demanded(notice: notice, cheque: cheque, amount: amount), on: day, &scribe)
    if chance.happens(3500) { pay(cheque, amount, day + chance.pick(2...40), &scribe) }
    guard chance.happens(8500) else { return }
    var served = day + chance.pick(2...12)
    var outcome = chance.pick(["delivered", "delivered", "refused", "unclaimed", "left"])
    note(.served(notice: notice, outcome: outcome), on: served, &scribe)
    if outcome == "left" {
      guard chance.happens(6000) else { return }
      outcome = "deemed"
      served = served + chance.pick(5...15)
      note(.served(notice: notice, outcome: outcome), on: served, &scribe)
    }
    if chance.happens(6500) { sue(cheque, on: served + chance.pick(10...70), &scribe) }
  }

  private mutating func pay(
    _ cheque: Int, _ amount: Int64, _ day: Day, _ scribe: inout Scribe
  ) {
    payments += 1
    let sum = chance.happens(7000) ? amount : amount / 2
    note(
      .paid(payment: payments, amount: sum, cheque: cheque), on: day, value: day, &scribe)
    guard chance.happens(2000) else { return }
    let back = day + chance.pick(1...20)
    let fromOriginal = chance.happens(5000)
    scribe.note(
      .returned(payments, amount: sum, fromOriginal: fromOriginal), of: account, by: .system,
      on: back, at: 72_000, valueDate: fromOriginal ? day : back)
  }

  private mutating func sue(_ cheque: Int, on day: Day, _ scribe: inout Scribe) {
    cases += 1
    let number = cases
    var hearing = day + chance.pick(15...40)
    let isFixed = chance.happens(6000)
    note(.filed(number, cheque: cheque, first: isFixed ? hearing : nil), on: day, &scribe)
    if !isFixed { note(.listed(number, on: hearing), on: day + chance.pick(1...9), &scribe) }
    for _ in 0..<chance.pick(0...4) {
      let next = hearing + chance.pick(15...45)
      let isAnnounced = chance.happens(7500)
      note(.heard(number, on: hearing, next: isAnnounced ? next : nil), on: hearing, &scribe)
      if !isAnnounced { note(.listed(number, on: next), on: hearing + chance.pick(1...9), &scribe) }
      hearing = next
    }
    if chance.happens(3000) {
      let end = hearing + chance.pick(-5...20)
      note(.ended(number, on: end), on: end, &scribe)
    }
  }
}
