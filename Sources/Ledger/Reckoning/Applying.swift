/// The waterfall: one payment over the obligations that are due.
extension Reckoner {
  /// Applies what is left of a receipt: the payer's instructions first, then the policy's order.
  mutating func apply(
    _ receipt: Int, _ day: Int32, _ parts: Span<Piece>,
    _ terms: borrowing Terms
  ) {
    for index in receipts[receipt].parts where receipts[receipt].rest > 0 {
      obey(parts[index], receipt, terms)
    }
    pour(receipt, day, terms)
  }

  /// Applies money that waits to what has fallen due since.
  mutating func applyWaiting(_ day: Int32, _ terms: borrowing Terms) {
    while idle < received, receipts[idle].rest <= 0 { idle += 1 }
    for index in idle..<received where receipts[index].rest > 0 { pour(index, day, terms) }
  }

  // An instruction reaches any due it names, due or not yet; one without a due, what is due.
  private mutating func obey(_ part: Piece, _ receipt: Int, _ terms: borrowing Terms) {
    let asked = min(part.amount, receipts[receipt].rest)
    var left = asked
    let order = terms.waterfall(on: receipts[receipt].day).order
    for obligation in obligations.indices where left > 0 {
      let named = part.due != .none
      guard named ? obligations[obligation].id == part.due : obligation < active else { continue }
      for component in order where left > 0 {
        if part.component != Piece.anyComponent, part.component != component.rawValue { continue }
        pay(obligation, component, receipt, &left)
      }
    }
    spend(asked - left, of: receipt)
  }

  private mutating func pour(_ receipt: Int, _ day: Int32, _ terms: borrowing Terms) {
    // Where nothing due is unpaid, money waits.
    if due == 0, !irregular, !advances { return }
    let rule = terms.waterfall(on: receipts[receipt].day)
    if due == 0, !irregular, !rule.advanceAtOnce { return }
    let order = ofPresent(rule.order)
    let all = receipts[receipt].rest
    var left = all
    while settled < active, unpaid(settled) <= 0 { settled += 1 }
    if rule.horizontal {
      for component in order where left > 0 {
        for obligation in settled..<max(settled, active) where left > 0 {
          pay(obligation, component, receipt, &left)
        }
      }
    } else {
      var obligation = settled
      while left > 0, obligation < active {
        payAll(obligation, order, receipt, &left)
        obligation += 1
      }
    }
    if rule.advanceAtOnce {
      for obligation in active..<max(active, obligations.count)
      where left > 0 && obligations[obligation].seen <= day {
        payAll(obligation, order, receipt, &left)
      }
    }
    spend(all - left, of: receipt)
  }

  // Components that no obligation has are not asked for money; accounts of one kind follow each
  // other with the same ones.
  private mutating func ofPresent(_ order: Waterfall.Order) -> Waterfall.Order {
    if narrowed.from != order || narrowed.present != present {
      narrowed = (order, present, order.keeping(present))
    }
    return narrowed.order
  }

  private mutating func payAll(
    _ obligation: Int, _ order: Waterfall.Order, _ receipt: Int, _ left: inout Int64
  ) {
    if !irregular, obligations[obligation].open == 0 { return }
    if keepsSplits {
      for component in order where left > 0 { pay(obligation, component, receipt, &left) }
      return
    }
    let before = left
    do {
      var owed = owed.mutableSpan
      let first = obligation * Component.count
      for component in order where left > 0 {
        let place = first + Int(component.rawValue)
        let amount = min(left, owed[place])
        guard amount > 0 else { continue }
        owed[place] -= amount
        left -= amount
      }
    }
    obligations[obligation].open -= before - left
    if obligation < active { due -= before - left }
  }

  private mutating func pay(
    _ obligation: Int, _ component: Component, _ receipt: Int, _ left: inout Int64
  ) {
    let amount = min(left, unpaid(obligation, Int(component.rawValue)))
    guard amount > 0 else { return }
    lower(amount, obligation, Int(component.rawValue))
    left -= amount
    if keepsSplits {
      splits.append(
        Split(
          payment: receipts[receipt].seq, obligation: obligation, component: component,
          amount: amount))
    }
  }

  private mutating func spend(_ amount: Int64, of receipt: Int) {
    receipts[receipt].rest -= amount
    waiting -= amount
  }
}
