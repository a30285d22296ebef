import Ledger

/// What happens on one day: first to what is owed, then to money.
extension NaiveAccount {
  /// Charges, interest, waivers and cancellations.
  mutating func owe(_ event: NaiveEvent) {
    switch event.what {
    case .charged(let id, let part, let due): charge(event, id, part, on: due)
    case .interest(let amount): charge(event, "", NaivePart(.interest, amount), on: nil)
    case .waived(let charge, let part): waive(charge, part)
    case .forgiven(let amount): forgive(amount)
    case .cancelled(let ids, _):
      // A cancelled due keeps what was paid of it and loses the rest.
      for index in owed.indices where ids.contains(owed[index].id) && !owed[index].cancelled {
        owed[index].raised = owed[index].paid
        owed[index].cancelled = true
      }
    default: break
    }
  }

  // On the due it names, if that is there; else it is owed by itself, due on its own day.
  private mutating func charge(
    _ event: NaiveEvent, _ id: String, _ part: NaivePart, on due: String?
  ) {
    let kind = NaiveAccount.index(part.kind)
    var at = owed.firstIndex { due != nil && $0.id == due && !$0.cancelled }
    if at == nil {
      let alone = Owed(
        id: id, due: event.day, shown: event.day,
        order: (1, UInt64(event.occurred) << 24 + event.seq))
      add(alone)
      at = owed.firstIndex { $0.order == alone.order }
    }
    guard let at else { return }
    owed[at].raised[kind] += part.amount
    charges.append((id, owed[at].id, owed[at].order, kind, part.amount))
  }

  // What is unpaid of the charge named; of its component, oldest first, when none is named.
  private mutating func waive(_ charge: String?, _ part: NaivePart) {
    var left = part.amount
    if let at = charges.firstIndex(where: { charge != nil && $0.id == charge }),
      let item = owed.firstIndex(where: { $0.order == charges[at].order })
    {
      let given = max(0, min(left, charges[at].left, owed[item].left(charges[at].kind)))
      owed[item].raised[charges[at].kind] -= given
      charges[at].left -= given
      return
    }
    let kind = NaiveAccount.index(part.kind)
    for item in owed.indices {
      let given = max(0, min(left, owed[item].left(kind)))
      owed[item].raised[kind] -= given
      left -= given
    }
  }

  // Of everything that is owed, oldest first.
  private mutating func forgive(_ amount: Int64) {
    var left = amount
    for item in owed.indices {
      for kind in owed[item].raised.indices {
        let given = max(0, min(left, owed[item].left(kind)))
        owed[item].raised[kind] -= given
        left -= given
      }
    }
  }

  /// Receipts and all that takes money away.
  mutating func move(_ event: NaiveEvent) {
    switch event.what {
    case .received(let id, let amount, let wishes):
      receive(event, id, amount, wishes)
    case .transferred(let id, let amount, let from, let to) where from != to:
      if to == account { receive(event, id, amount, []) }
      if from == account { takeBack(id, amount, event.day) }
    case .returned(let id, let amount, fromOriginal: false): takeBack(id, amount, event.day)
    case .refunded(let amount): refund(amount, event.day)
    default: break
    }
  }

  private mutating func receive(
    _ event: NaiveEvent, _ id: String, _ amount: Int64, _ wishes: [NaiveWish]
  ) {
    // A reversal from the original value date: as if it had never come.
    var stays = amount
    for other in told {
      if case .returned(id, let gone, fromOriginal: true) = other.what { stays -= gone }
    }
    guard stays > 0 else { return }
    money.append(Money(event: event, id: id, wishes: wishes, left: stays, waits: stays))
    apply(money.count - 1, event.day)
  }

  // From that day on: the money of one payment goes, and what is left is applied again.
  private mutating func takeBack(_ id: String, _ amount: Int64, _ day: Day) {
    guard let index = money.lastIndex(where: { $0.id == id && $0.left > 0 }) else { return }
    let gone = min(amount, money[index].left)
    let idle = min(gone, money[index].waits)
    money[index].left -= gone
    money[index].waits -= idle
    if idle < gone { applyAgain(day) }
  }

  // Money that waits goes first, then the latest payments.
  private mutating func refund(_ amount: Int64, _ day: Day) {
    var left = amount
    for index in money.indices.reversed() {
      let idle = min(left, money[index].waits)
      money[index].waits -= idle
      money[index].left -= idle
      left -= idle
    }
    if left == 0 { return }
    for index in money.indices.reversed() {
      let gone = min(left, money[index].left)
      money[index].left -= gone
      left -= gone
    }
    applyAgain(day)
  }

  private mutating func applyAgain(_ day: Day) {
    for index in owed.indices {
      for kind in owed[index].paid.indices { owed[index].paid[kind] = 0 }
    }
    splits = []
    for index in money.indices {
      money[index].waits = money[index].left
    }
    for index in money.indices { apply(index, day) }
  }

  // The payer's instructions first, then the waterfall.
  private mutating func apply(_ index: Int, _ day: Day) {
    let order = terms.waterfall(money[index].event.day).whole
    for wish in money[index].wishes {
      var left = min(wish.amount, money[index].waits)
      for item in owed.indices {
        let meant = wish.due.map { $0 == owed[item].id } ?? owed[item].isDue(day)
        if !meant { continue }
        for kind in order where wish.kind == nil || wish.kind == kind {
          pay(index, item, kind, &left)
        }
      }
    }
    pour(index, day)
  }

  /// What waits of one payment, over what is due by the day.
  mutating func pour(_ index: Int, _ day: Day) {
    let rule = terms.waterfall(money[index].event.day)
    var left = money[index].waits
    let open = owed.indices.filter { owed[$0].left > 0 }
    let due = open.filter { owed[$0].isDue(day) }
    if due.isEmpty, !rule.atOnce { return }
    let order = rule.whole
    if rule.horizontal {
      for kind in order { for item in due { pay(index, item, kind, &left) } }
    } else {
      for item in due { for kind in order { pay(index, item, kind, &left) } }
    }
    guard rule.atOnce else { return }
    for item in open where !owed[item].isDue(day) && owed[item].shown <= day {
      for kind in order { pay(index, item, kind, &left) }
    }
  }

  private mutating func pay(
    _ index: Int, _ item: Int, _ kind: NaivePart.Kind, _ left: inout Int64
  ) {
    let at = NaiveAccount.index(kind)
    let sum = max(0, min(left, owed[item].left(at)))
    owed[item].paid[at] += sum
    money[index].waits -= sum
    left -= sum
    if sum > 0 { splits.append((money[index].event.day, owed[item].due, sum)) }
  }
}
