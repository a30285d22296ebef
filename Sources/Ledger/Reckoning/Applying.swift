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
    var left = min(part.amount, receipts[receipt].rest)
    let order = terms.waterfall(on: receipts[receipt].day).order
    for obligation in obligations.indices where left > 0 {
      let named = part.due != .none
      guard named ? obligations[obligation].id == part.due : obligation < active else { continue }
      for component in order where left > 0 {
        if part.component != Piece.anyComponent, part.component != component.rawValue { continue }
        pay(obligation, component, receipt, &left)
      }
    }
  }

  private mutating func pour(_ receipt: Int, _ day: Int32, _ terms: borrowing Terms) {
    let rule = terms.waterfall(on: receipts[receipt].day)
    var left = receipts[receipt].rest
    while settled < active, unpaid(settled) <= 0 { settled += 1 }
    if rule.horizontal {
      for component in rule.order where left > 0 && has(component) {
        for obligation in settled..<max(settled, active) where left > 0 {
          pay(obligation, component, receipt, &left)
        }
      }
    } else {
      var obligation = settled
      while left > 0, obligation < active {
        payAll(obligation, rule, receipt, &left)
        obligation += 1
      }
    }
    guard rule.advanceAtOnce else { return }
    for obligation in active..<max(active, obligations.count)
    where left > 0 && obligations[obligation].seen <= day {
      payAll(obligation, rule, receipt, &left)
    }
  }

  @inline(__always) private func has(_ component: Component) -> Bool {
    present >> UInt16(component.rawValue) & 1 != 0
  }

  private mutating func payAll(
    _ obligation: Int, _ rule: Waterfall, _ receipt: Int, _ left: inout Int64
  ) {
    if !irregular, obligations[obligation].open == 0 { return }
    for component in rule.order where left > 0 && has(component) {
      pay(obligation, component, receipt, &left)
    }
  }

  private mutating func pay(
    _ obligation: Int, _ component: Component, _ receipt: Int, _ left: inout Int64
  ) {
    let amount = min(left, unpaid(obligation, Int(component.rawValue)))
    guard amount > 0 else { return }
    lower(amount, obligation, Int(component.rawValue))
    left -= amount
    receipts[receipt].rest -= amount
    waiting -= amount
    if keepsSplits {
      splits.append(
        Split(
          payment: receipts[receipt].seq, obligation: obligation, component: component,
          amount: amount))
    }
  }
}
