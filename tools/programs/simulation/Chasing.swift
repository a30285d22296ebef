import Ledger

/// What a house does about arrears, and what else happens to an account.
extension Borrowing {
  /// Attempts to reach the debtor, and charges, while a due stays unpaid.
  mutating func chase(since due: Day, until paid: Day, _ scribe: inout Scribe) {
    var day = due + chance.pick(2...6)
    for _ in 0..<chance.pick(Rates.attempts) where day <= paid {
      let reached = chance.happens(Rates.reached)
      scribe.note(
        .attempted(
          channel: chance.pick(0...Line.channels.count - 1),
          result: reached ? chance.pick(4...Line.results.count - 1) : chance.pick(0...3),
          debtor: debtor, seconds: reached ? chance.pick(40...600) : 0),
        of: account, by: agent, on: day, at: chance.pick(29_000...68_000),
        recorded: chance.happens(600) ? day + chance.pick(1...4) : nil)
      day = day + chance.pick(3...9)
    }
    guard let oldest = unpaid.first else { return }
    if chance.happens(Rates.latePayment.chance) {
      let named = chance.happens(Rates.latePayment.named) ? oldest.due : 0
      let on = due + chance.pick(4...8)
      charge(
        .latePayment, Int64(chance.pick(250...590)) * 100, on: on,
        recorded: on + chance.pick(Rates.latePayment.recorded), due: named, &scribe)
    }
    if chance.happens(Rates.penal.chance) {
      let named = chance.happens(Rates.penal.named) ? oldest.due : 0
      charge(.penal, instalment / 50, on: due + 20, recorded: due + 21, due: named, &scribe)
    }
  }

  /// Puts a charge on the account; a few are mistakes, a few are given up.
  mutating func charge(
    _ kind: ChargeKind, _ amount: Int64, on day: Day, recorded: Day, due: Int,
    _ scribe: inout Scribe
  ) {
    charges += 1
    let number = charges
    let entry = scribe.note(
      .charged(number, kind: kind, amount: amount, due: due), of: account, by: .system, on: day,
      at: 79_200, recorded: recorded, valueDate: day)
    guard entry != nil else { return }
    if chance.happens(Rates.wrongCharge) {
      mistake(entry, on: recorded + chance.pick(1...10), again: 1000, &scribe)
      return
    }
    unpaid.append((due, day, amount))
    if chance.happens(Rates.waived.chance) {
      let on = recorded + chance.pick(Rates.waived.days)
      let named = chance.happens(Rates.waived.named)
      scribe.note(
        .waived(
          charge: named ? number : 0, penal: kind == .penal,
          amount: chance.happens(7000) ? amount : amount / 2, owed: amount),
        of: account, by: Doer(role: .supervisor, number: 2), on: on, at: 54_000, valueDate: on)
    }
  }

  /// New terms: the last dues are withdrawn, sometimes as of an earlier day, and fresh ones raised.
  mutating func restructure(_ on: Day, _ scribe: inout Scribe) {
    guard dues > 1 else { return raise(on: on, &scribe) }
    let ahead = chance.happens(4000)
    if ahead { raise(on: on, &scribe) }
    let act = ahead ? on - 3 : on + 3
    let first = max(1, dues - chance.pick(0...1))
    scribe.note(
      .cancelled(
        dues: first...dues, from: act - chance.pick(Rates.restructure.backdated)),
      of: account, by: Doer(role: .supervisor, number: 3), on: act, at: 50_000)
    unpaid.removeAll { $0.due >= first }
    version += 1
    instalment = instalment * 85 / 100
    raise(on: on + 15, recorded: act, &scribe)
    pay(instalment, on: on + 15 + chance.pick(0...20), &scribe)
  }

  /// Once in the story: pauses, flags, interest.
  mutating func suffer(from start: Day, _ scribe: inout Scribe) {
    let room = max(1, scribe.last - start - 10)
    if chance.happens(Rates.hold.chance) {
      let act = start + chance.pick(1...room)
      hold(act, &scribe)
      if chance.happens(Rates.hold.again) { hold(act + chance.pick(3...25), &scribe) }
    }
    if chance.happens(Rates.flagged) {
      let day = start + chance.pick(1...room)
      let flag = chance.pick(0...Line.flags.count - 1)
      let boss = Doer(role: .supervisor, number: 4)
      scribe.note(.flagged(flag, raised: true), of: account, by: boss, on: day, at: 40_000)
      if chance.happens(Rates.unflagged) {
        scribe.note(.flagged(flag, raised: false), of: account, by: boss, on: day + 30, at: 40_000)
      }
    }
    if chance.happens(Rates.interest) {
      let day = (start + chance.pick(1...room)).endOfMonth
      scribe.note(
        .interest(amount: instalment / 20, base: instalment * 6, from: day - 29, to: day),
        of: account, by: .system, on: day, at: 84_000, recorded: day + chance.pick(0...4),
        valueDate: day)
    }
  }

  private mutating func hold(_ act: Day, _ scribe: inout Scribe) {
    holds += 1
    let from = act - chance.pick(Rates.hold.backdated)
    let to = from + chance.pick(Rates.hold.days)
    let endless = chance.happens(Rates.hold.open)
    let boss = Doer(role: .supervisor, number: 5)
    let placed = scribe.note(
      .held(holds, kind: chance.pick(Rates.holds), from: from, to: endless ? nil : to),
      of: account, by: boss, on: act, at: 45_000)
    guard placed != nil else { return }
    if endless || chance.happens(2000) {
      // Noticed a little after the day on which it ended.
      let lifted = max(act + 1, to - 5)
      scribe.note(
        .lifted(holds, to: lifted), of: account, by: boss, on: lifted + chance.pick(0...6),
        at: 46_000)
    } else if chance.happens(400) {
      mistake(placed, on: act + 4, &scribe)
    }
  }
}
