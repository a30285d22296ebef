import Ledger

/// Money in, and its undoing.
extension Borrowing {
  /// A receipt with all that may become of it; whether the money stayed.
  @discardableResult mutating func pay(_ sum: Int64, on day: Day, _ scribe: inout Scribe) -> Bool {
    guard day <= scribe.last, sum > 0 else { return false }
    let mode = chance.pick(Rates.modes)
    let second = chance.pick(32_400...68_400)
    var known = day
    switch mode {
    case .cash where chance.happens(Rates.offline.chance):
      known = day + chance.pick(Rates.offline.days)
    case .nach, .neft: known = day + 1
    default: break
    }
    var right = sum
    if chance.happens(Rates.wrongPayment.chance) {
      let typed = chance.happens(5000) ? sum * 10 : sum + 90_000
      let wrong = receive(typed, mode, day, second, known, &scribe)
      let seen = known + chance.pick(Rates.wrongPayment.days)
      let stays = !mistake(wrong, on: seen, again: Rates.wrongPayment.again, &scribe)
      if stays {
        settle(typed)
        return true
      }
      known = seen
      right = sum
    }
    guard receive(right, mode, day, second, known, &scribe) != nil else { return false }
    let beyond = settle(right)
    witness(right, mode, day, known, &scribe)
    refund(beyond, known, &scribe)
    return keep(right, mode, day, known, &scribe)
  }

  private mutating func receive(
    _ sum: Int64, _ mode: Mode, _ day: Day, _ second: Int, _ known: Day, _ scribe: inout Scribe
  ) -> Int? {
    payments += 1
    let named = chance.happens(Rates.instructed) ? unpaid.last?.due ?? 0 : 0
    let actor = mode == .cash ? agent : .system
    return scribe.note(
      .received(payments, amount: sum, mode: mode, due: named), of: account, by: actor, on: day,
      at: second, recorded: known, valueDate: day)
  }

  // The rough idea of what is owed: oldest first.
  @discardableResult private mutating func settle(_ sum: Int64) -> Int64 {
    var left = sum
    while left > 0, !unpaid.isEmpty {
      let part = min(left, unpaid[0].left)
      unpaid[0].left -= part
      left -= part
      if unpaid[0].left == 0 { unpaid.removeFirst() }
    }
    return left
  }

  // The bank's word, and the customer's account.
  private mutating func witness(
    _ sum: Int64, _ mode: Mode, _ day: Day, _ known: Day, _ scribe: inout Scribe
  ) {
    if mode != .cash, chance.happens(Rates.credited) {
      scribe.note(
        .credited(payments, amount: sum), of: account, by: .system, on: known + 1, at: 25_200,
        valueDate: day)
    }
    if chance.happens(Rates.posted) {
      scribe.note(.posted(payments), of: account, by: .system, on: known + 1, at: 28_800)
    }
  }

  // What may happen to money that is in; whether it stays.
  private mutating func keep(
    _ sum: Int64, _ mode: Mode, _ day: Day, _ known: Day, _ scribe: inout Scribe
  ) -> Bool {
    let number = payments
    if chance.happens(Rates.bounce[mode] ?? 0) {
      let memo = known + chance.pick(Rates.bounceMemo)
      give(back: sum, number, day, memo, fromOriginal: true, &scribe)
      if chance.happens(Rates.bounceCharge.chance) {
        let due = chance.happens(Rates.bounceCharge.named) ? unpaid.last?.due ?? 0 : 0
        charge(.bounce, 59_000, on: memo, recorded: memo, due: due, &scribe)
      }
      return chance.happens(Rates.paysAgain)
        ? pay(sum, on: memo + chance.pick(1...12), &scribe) : false
    }
    if mode == .upi, chance.happens(Rates.chargeback.chance) {
      let taken = known + chance.pick(Rates.chargeback.days)
      give(back: sum, number, taken, taken, fromOriginal: false, &scribe)
      return true
    }
    if chance.happens(Rates.transfer.chance), accounts > 1 {
      let other = (account + UInt32(chance.pick(0...Int(accounts) - 2))) % accounts + 1
      let moved = known + chance.pick(Rates.transfer.days)
      scribe.note(
        .transferred(number, amount: sum, to: other), of: account, by: cashier, on: moved,
        at: 61_200, valueDate: moved)
      unpaid.insert((dues, day, sum), at: 0)
      return false
    }
    return true
  }

  // Money that nothing was due for, paid back in part.
  private mutating func refund(_ beyond: Int64, _ known: Day, _ scribe: inout Scribe) {
    guard beyond >= instalment / 2, chance.happens(Rates.overpaid.refund) else { return }
    refunds += 1
    let back = known + chance.pick(Rates.overpaid.days)
    scribe.note(
      .refunded(refunds, amount: beyond / 2, debtor: debtor), of: account, by: cashier, on: back,
      at: 57_600, valueDate: back)
  }

  private var cashier: Doer { Doer(role: .cashier, number: UInt16(account % 29 + 1)) }

  private mutating func give(
    back sum: Int64, _ number: Int, _ valueDate: Day, _ memo: Day, fromOriginal: Bool,
    _ scribe: inout Scribe
  ) {
    let entry = scribe.note(
      .returned(number, amount: sum, fromOriginal: fromOriginal), of: account, by: .system,
      on: memo, at: 64_000 + chance.pick(0...3600), valueDate: valueDate)
    if entry != nil, chance.happens(Rates.wrongPayment.chance) {
      mistake(entry, on: memo + chance.pick(Rates.wrongPayment.days), &scribe)
    } else {
      unpaid.insert((dues, valueDate, sum), at: 0)
    }
  }

  /// Pays what was lent and ends; sometimes the money comes back and the account with it.
  mutating func foreclose(_ day: Day, _ scribe: inout Scribe) {
    ended = true
    if arrears > 0 { pay(arrears, on: day - 2, &scribe) }
    dues += 1
    let rest = instalment * 3
    scribe.note(
      .due(
        dues, instalment: dues, on: day, principal: rest, interest: instalment / 10,
        version: version),
      of: account, by: .system, on: day - 3, at: 36_000)
    payments += 1
    let sum = rest + instalment / 10
    scribe.note(
      .received(payments, amount: sum, mode: .cheque, due: 0), of: account, by: .system, on: day,
      at: 43_200, valueDate: day)
    scribe.note(
      .closed(foreclosed: true), of: account, by: cashier, on: day + 1, at: 43_200)
    guard chance.happens(Rates.reopened) else { return }
    give(back: sum, payments, day, day + chance.pick(3...9), fromOriginal: true, &scribe)
    scribe.note(.reopened, of: account, by: cashier, on: day + 12, at: 43_200)
  }
}
