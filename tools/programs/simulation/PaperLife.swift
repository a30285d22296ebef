package import Ledger

/// What happens to cheques and mandates, in numbers. Cheques, mandates, presentations and dues are
/// numbered inside their account.
package enum PaperDeed: Sendable {
  case received(cheque: Int, number: Int, bank: Int, date: Day, amount: Int64, security: Bool)
  case moved(Int, from: Int, to: Int)
  case deposited(Int, attempt: Int, amount: Int64)
  case cleared(Int, amount: Int64)
  case bounced(Int, amount: Int64, reason: String, memo: Day, came: Day)
  case partPaid(Int, amount: Int64)
  case held(Int, until: Day)
  case withdrawn(Int, reason: String, by: Int)
  case noticed(Int, amount: Int64)
  case registered(mandate: Int, limit: Int64, from: Day)
  case ended(Int)
  case presented(Int, due: Int, attempt: Int, amount: Int64, mandate: Int)
  case returned(Int, due: Int, reason: String, technical: Bool, amount: Int64)
  case paid(payment: Int, amount: Int64, cheque: Int, presentation: Int)
}

/// The paper of one account: post-dated cheques and a mandate, and what becomes of them. It draws
/// from a source of its own, so that a life with paper has the same money as one without, and the
/// money of the paper besides.
struct PaperLife {
  let account: UInt32
  private var chance: Chance
  private var cheques = 0, payments = 5000, presentations = 0

  private static let reasons = [
    "insufficient_funds", "exceeds_arrangement", "payment_stopped", "signature_differs",
    "image_unclear", "account_closed", "refer_to_drawer",
  ]
  private static let ends = [
    "returned_to_drawer", "replaced", "lost", "cancelled", "paid_otherwise",
  ]
  private let desk: Doer

  init(_ account: UInt32, seed: UInt64) {
    self.account = account
    chance = Chance(seed: seed ^ 0x9A9E_1200, stream: UInt64(account))
    desk = Doer(role: .cashier, number: UInt16(account % 13 + 1))
  }

  mutating func live(_ scribe: inout Scribe) {
    if chance.happens(3500) { giveCheques(&scribe) }
    if chance.happens(4500) { giveMandate(&scribe) }
  }

  @discardableResult private mutating func note(
    _ deed: PaperDeed, on day: Day, value: Day? = nil, late: Int = 0, _ scribe: inout Scribe
  ) -> Int? {
    let delay = late > 0 ? late : chance.happens(1000) ? chance.pick(1...15) : 0
    let made = scribe.note(
      .paper(deed), of: account, by: desk, on: day, at: chance.pick(30_000...70_000),
      recorded: day + delay, valueDate: value)
    if let made, chance.happens(150) {
      scribe.note(
        .mistaken(made), of: account, by: desk, on: day + delay + chance.pick(1...9), at: 50_000)
    }
    return made
  }

  // MARK: - Cheques

  private mutating func giveCheques(_ scribe: inout Scribe) {
    let start = scribe.first + chance.pick(-20...90)
    let amount = Int64(chance.pick(2000...9000)) * 100
    for month in 0..<chance.pick(2...8) {
      guard let date = start.adding(months: month) else { return }
      let got = scribe.first + chance.pick(0...20)
      receive(date + chance.pick(-3...3), amount, on: got, &scribe)
      become(amount, got, date, &scribe)
    }
  }

  private mutating func receive(_ date: Day, _ amount: Int64, on day: Day, _ scribe: inout Scribe) {
    cheques += 1
    let number = chance.happens(300) ? cheques - 1 : cheques
    note(
      .received(
        cheque: cheques, number: Int(account) * 100 + number, bank: chance.pick(1...3), date: date,
        amount: amount, security: chance.happens(500)), on: day, &scribe)
  }

  private mutating func become(
    _ amount: Int64, _ got: Day, _ date: Day, _ scribe: inout Scribe
  ) {
    let cheque = cheques
    if chance.happens(2000) {
      note(.moved(cheque, from: 0, to: chance.pick(1...4)), on: got + chance.pick(1...9), &scribe)
    }
    var free = max(date + 3, got)
    if chance.happens(1400) {
      let asked = max(got, date - chance.pick(1...10))
      let until = date + chance.pick(2...25)
      note(.held(cheque, until: until), on: asked, &scribe)
      if chance.happens(3000) {
        note(.held(cheque, until: asked + 1), on: asked + chance.pick(2...6), &scribe)
      } else if chance.happens(8500) {
        free = max(free, until + 1)
      }
    }
    if chance.happens(800) {
      let by = cheque + 1
      note(
        .withdrawn(cheque, reason: chance.pick(PaperLife.ends), by: by),
        on: max(got, date - chance.pick(-20...20)), &scribe)
      return
    }
    if chance.happens(700) { return }
    present(cheque, amount, 1, on: free + chance.pick(-4...5), &scribe)
  }

  private mutating func present(
    _ cheque: Int, _ amount: Int64, _ attempt: Int, on day: Day, _ scribe: inout Scribe
  ) {
    note(.deposited(cheque, attempt: attempt, amount: amount), on: day, value: day, &scribe)
    if chance.happens(150) {
      note(
        .deposited(cheque, attempt: attempt, amount: amount), on: day + 1, value: day + 1, &scribe)
    }
    var payment: Int?
    if chance.happens(6000) { payment = pay(amount, cheque: cheque, on: day, &scribe) }
    switch chance.pick(0...99) {
    case 0..<62:
      let cleared = day + chance.pick(1...3)
      note(.cleared(cheque, amount: amount), on: cleared, value: cleared, &scribe)
    case 62..<92: bounce(cheque, amount, attempt, day, payment, &scribe)
    case 92..<95:
      let paid = day + chance.pick(1...4)
      note(.partPaid(cheque, amount: amount / 3), on: paid, value: paid, &scribe)
    default: break
    }
  }

  private mutating func bounce(
    _ cheque: Int, _ amount: Int64, _ attempt: Int, _ day: Day, _ payment: Int?,
    _ scribe: inout Scribe
  ) {
    let memo = day + chance.pick(1...4)
    let came = memo + (chance.happens(1500) ? chance.pick(15...40) : chance.pick(0...5))
    let reason = chance.happens(200) ? "moon_phase" : chance.pick(PaperLife.reasons)
    note(
      .bounced(cheque, amount: amount, reason: reason, memo: memo, came: came), on: came, &scribe)
    if let payment, chance.happens(8500) {
      scribe.note(
        .returned(payment, amount: amount, fromOriginal: true), of: account, by: .system, on: came,
        at: 72_000, valueDate: day)
    }
    if chance.happens(4000) {
      note(.noticed(cheque, amount: amount), on: came + chance.pick(1...40), &scribe)
    }
    let next = came + chance.pick(1...12)
    switch chance.pick(0...9) {
    case 0..<5 where attempt < 3: present(cheque, amount, attempt + 1, on: next, &scribe)
    case 5, 6:
      receive(next + chance.pick(0...20), amount, on: next, &scribe)
      note(.withdrawn(cheque, reason: "replaced", by: cheques), on: next, &scribe)
    case 7: note(.withdrawn(cheque, reason: "returned_to_drawer", by: 0), on: next, &scribe)
    default: break
    }
  }

  private mutating func pay(
    _ amount: Int64, cheque: Int = 0, presentation: Int = 0, on day: Day, _ scribe: inout Scribe
  ) -> Int {
    payments += 1
    scribe.note(
      .paper(
        .paid(payment: payments, amount: amount, cheque: cheque, presentation: presentation)),
      of: account, by: .system, on: day, at: 71_000, valueDate: day)
    return payments
  }

  // MARK: - Mandates

  private mutating func giveMandate(_ scribe: inout Scribe) {
    let from = scribe.first + chance.pick(0...60)
    let amount = Int64(chance.pick(2000...9000)) * 100
    note(
      .registered(mandate: 1, limit: amount + 50_000, from: from), on: from - chance.pick(-2...9),
      value: from, &scribe)
    if chance.happens(1500) { note(.ended(1), on: from + chance.pick(30...250), &scribe) }
    for month in 0..<chance.pick(3...11) {
      guard let day = from.adding(months: month) else { return }
      debit(amount, month + 1, 1, on: day + chance.pick(0...3), &scribe)
    }
  }

  private mutating func debit(
    _ amount: Int64, _ due: Int, _ attempt: Int, on day: Day, _ scribe: inout Scribe
  ) {
    presentations += 1
    let one = presentations
    note(
      .presented(one, due: due, attempt: attempt, amount: amount, mandate: 1), on: day, value: day,
      &scribe)
    guard chance.happens(1800) else {
      if chance.happens(6000) {
        let paid = pay(amount, presentation: one, on: day + 1, &scribe)
        if chance.happens(300) {
          scribe.note(
            .returned(paid, amount: amount, fromOriginal: false), of: account, by: .system,
            on: day + 20, at: 72_000, valueDate: day + 20)
        }
      }
      return
    }
    let back = day + chance.pick(0...2)
    let late = chance.happens(1500) ? chance.pick(10...35) : 0
    let reason = chance.pick(PaperLife.reasons)
    note(
      .returned(
        one, due: due, reason: reason, technical: chance.happens(2000), amount: amount), on: back,
      value: back, late: late, &scribe)
    if attempt < 3, chance.happens(6000) {
      debit(amount, due, attempt + 1, on: back + late + chance.pick(2...8), &scribe)
    }
  }
}
