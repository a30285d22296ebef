/// What the reckoning of one account left behind: figures, terms, obligations and who paid them.
package struct Observation: Sendable {
  /// One step of a waterfall, by the entry that raised what was paid.
  package struct Payment: Hashable, Sendable {
    /// Position of the payment.
    package var payment: Position
    /// Position and key of the obligation.
    package var raised: Position, id: TextKey
    /// When the obligation fell due.
    package var due: Day
    /// What was paid of it.
    package var component: Component
    /// Minor units.
    package var amount: Int64
  }

  /// An obligation with what is left of it.
  package struct Owed: Sendable {
    /// The due or charge.
    package var obligation: Obligation
    /// What was raised and what is unpaid, minor units.
    package var raised: Int64, unpaid: Int64
  }

  /// The figures.
  package var reckoning = Reckoning()
  /// The terms that judged.
  package var terms = Terms()
  /// The currency reckoned.
  package var currency = Currency.none
  /// Its bucket and class.
  package var bucket = "", assetClass = ""
  /// The debtor with whom it is classed, who has an account that is npa; nil for one of its own.
  package var classedWith: String?
  /// Which money paid what, in order.
  package var payments: [Payment] = []
  /// What is owed, in the order in which it fell due.
  package var owed: [Owed] = []

  /// Nothing seen.
  package init() {}

  /// Figures that were reckoned, under the terms that judged.
  package init(_ reckoning: Reckoning, _ terms: Terms, _ currency: Currency) {
    (self.reckoning, self.terms, self.currency) = (reckoning, terms, currency)
    bucket = terms.buckets.labels[terms.bucketIndex(of: reckoning)]
    assetClass = terms.classification.assetClass(
      days: reckoning.dpd, npa: reckoning.npaSince != nil)
  }

  mutating func take(_ view: borrowing AccountView) {
    // Of an account with several currencies the first is observed: the one of its terms.
    if currency != .none { return }
    reckoning = view.reckoning
    terms = view.terms
    currency = view.currency
    (bucket, assetClass) = (view.bucket, view.assetClass)
    classedWith = view.isNPAByBorrower ? view.debtor : nil
    payments = view.reckoner.splits.map { split in
      let obligation = view.reckoner.obligations[split.obligation]
      return Payment(
        payment: split.payment, raised: obligation.seq, id: obligation.id,
        due: Day(rawValue: obligation.due), component: split.component, amount: split.amount)
    }
    for index in view.reckoner.obligations.indices {
      var raised: Int64 = 0
      for at in index * Component.count..<(index + 1) * Component.count {
        raised += view.reckoner.raised[at]
      }
      owed.append(
        Owed(
          obligation: view.reckoner.obligations[index], raised: raised,
          unpaid: view.reckoner.unpaid(index)))
    }
  }

  /// What a payment paid, in order; what it paid of the same component of the same due is one sum.
  func paid(by seq: Position) -> [Payment] {
    var out: [Payment] = []
    for payment in payments where payment.payment == seq {
      if let at = out.firstIndex(where: {
        $0.raised == payment.raised && $0.id == payment.id && $0.component == payment.component
      }) {
        out[at].amount += payment.amount
      } else {
        out.append(payment)
      }
    }
    return out
  }

  /// Sums by payment, obligation and component that are more here than there.
  func gained(over before: Observation) -> [Payment] {
    var left: [Payment: Int64] = [:]
    func key(_ payment: Payment) -> Payment {
      var key = payment
      key.amount = 0
      return key
    }
    for payment in before.payments { left[key(payment), default: 0] += payment.amount }
    var order: [Payment] = []
    var sums: [Payment: Int64] = [:]
    for payment in payments {
      if sums[key(payment)] == nil { order.append(key(payment)) }
      sums[key(payment), default: 0] += payment.amount
    }
    return order.compactMap { item in
      let more = (sums[item] ?? 0) - (left[item] ?? 0)
      guard more > 0 else { return nil }
      var gain = item
      gain.amount = more
      return gain
    }
  }
}
