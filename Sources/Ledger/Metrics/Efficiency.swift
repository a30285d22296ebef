/// Collection efficiency, in the four definitions that are in use (domain 3.3). A figure without
/// the name of its definition says nothing.
package struct Efficiency: Hashable, Sendable {
  /// What fell due in the period.
  package var demand: Int128 = 0
  /// What was overdue at its opening.
  package var opening: Int128 = 0
  /// What was collected in it.
  package var collected: Int128 = 0
  /// Of that, what counts against the demand when money pays the current demand first.
  package var currentFirst: Int128 = 0
  /// Of that, what counts against the demand when money pays arrears first.
  package var oldestFirst: Int128 = 0

  /// Nothing yet.
  package init() {}

  /// Takes one account, in minor units.
  package mutating func take(demand: Int64, overdueAtOpening: Int64, collected: Int64) {
    self.demand += Int128(demand)
    opening += Int128(overdueAtOpening)
    self.collected += Int128(collected)
    currentFirst += Int128(min(collected, demand))
    oldestFirst += Int128(max(0, min(demand, collected - overdueAtOpening)))
  }

  /// Joins other accounts.
  package mutating func merge(_ other: Efficiency) {
    demand += other.demand
    opening += other.opening
    collected += other.collected
    currentFirst += other.currentFirst
    oldestFirst += other.oldestFirst
  }

  /// Σ min(collected, demand) over demand.
  package var currentDemandFirst: Ratio { Ratio(currentFirst, of: demand) }
  /// Σ max(0, min(demand, collected - overdue)) over demand.
  package var currentOldestFirst: Ratio { Ratio(oldestFirst, of: demand) }
  /// Collected over demand; arrears collected may take it above the whole.
  package var total: Ratio { Ratio(collected, of: demand) }
  /// Collected over demand and opening arrears.
  package var withArrears: Ratio { Ratio(collected, of: demand + opening) }
}

/// Portfolio at risk: the whole balance of accounts more than so many days past due, over the
/// balance of all accounts that are not written off (CGAP Microfinance Consensus Guidelines, 2003).
package struct PortfolioAtRisk: Hashable, Sendable {
  /// Limits in days, ascending.
  package let limits: [Int]
  /// Balance beyond each limit.
  package private(set) var beyond: [Int128]
  /// Balance of all accounts that are not written off.
  package private(set) var gross: Int128 = 0
  /// Balance written off: printed beside the ratios, since writing off makes them smaller.
  package private(set) var writtenOff: Int128 = 0

  /// Nothing yet.
  package init(limits: [Int] = [30, 60, 90]) {
    self.limits = limits
    beyond = [Int128](repeating: 0, count: limits.count)
  }

  /// Takes one account.
  package mutating func take(balance: Int64, days: Int, isWrittenOff: Bool) {
    if isWrittenOff {
      writtenOff += Int128(balance)
      return
    }
    gross += Int128(balance)
    for index in limits.indices where days > limits[index] { beyond[index] += Int128(balance) }
  }

  /// Joins other accounts.
  package mutating func merge(_ other: PortfolioAtRisk) {
    gross += other.gross
    writtenOff += other.writtenOff
    for index in limits.indices { beyond[index] += other.beyond[index] }
  }

  /// The ratio beyond limit `index`.
  package func ratio(_ index: Int) -> Ratio { Ratio(beyond[index], of: gross) }
}
