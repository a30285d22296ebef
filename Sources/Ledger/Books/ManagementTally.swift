/// What the accounts of one line of the management report came to between two day-ends.
package struct ManagementTally: Sendable {
  /// Accounts of a kind at the opening, and those of them that closed current or closed.
  package struct Cure: Hashable, Sendable {
    /// Accounts, and their opening balance.
    package var all: Int64 = 0, sum: Int128 = 0
    /// Of these, the cured.
    package var cured: Int64 = 0, curedSum: Int128 = 0
    /// Where three month-ends were looked at: all.
    package var observed: Int64 = 0, observedSum: Int128 = 0
    /// Of those, the ones current or closed at all three.
    package var stayed: Int64 = 0, stayedSum: Int128 = 0

    mutating func merge(_ other: Cure) {
      all += other.all
      sum += other.sum
      cured += other.cured
      curedSum += other.curedSum
      observed += other.observed
      observedSum += other.observedSum
      stayed += other.stayed
      stayedSum += other.stayedSum
    }
  }

  /// How the cohort moved.
  package var movement = Movement.Row()
  /// Closing balance in the next bucket; only for a line that is a bucket.
  package var next: Int128?
  /// Net flow and tracked roll of each bucket from this one to the first that is npa; none for a
  /// line that is no bucket, or stands behind it.
  package var netToNPA: [Ratio] = [], trackedToNPA: [Ratio] = []
  /// Net flow of each bucket from this one to written off; none for a line that is no bucket.
  package var netToWriteOff: [Ratio] = []
  /// Accounts on the book at the closing.
  package var closingAccounts: Int64 = 0
  /// Normalised accounts that were in arrears, and those of them with one right-party contact.
  package var resolved: Int64 = 0, resolvedAtOnce: Int64 = 0
  /// Collected of the cohort, but for what was written off at the opening.
  package var liquidated: Int128 = 0
  /// Overdue at both ends.
  package var openingOverdue: Int128 = 0, closingOverdue: Int128 = 0
  /// Delinquent at the opening: all, beyond 30 days, beyond 60.
  package var cures = [Cure](repeating: Cure(), count: 3)
  /// Days beyond which each of `cures` counts.
  package static let floors = [0, 30, 60]
  /// What was asked for and what was collected, of accounts not written off by the opening.
  package var efficiency = Efficiency()
  /// Portfolio at risk at both ends.
  package var openingRisk = PortfolioAtRisk(), closingRisk = PortfolioAtRisk()
  /// The same at the closing, accounts under a plan beyond every limit.
  package var restructuredRisk = PortfolioAtRisk()
  /// Contacts; `allocated` are accounts somebody held at the opening.
  package var contacts = ContactTally()
  /// Of the allocated: attempts, and those attempted.
  package var allocatedAttempts: Int64 = 0, allocatedAttempted: Int64 = 0
  /// Of the allocated: those with a right-party contact.
  package var allocatedReached: Int64 = 0
  /// Promised sums that were due in the period.
  package var promises = PromiseBook.Tally()
  /// First presentations.
  package var bounces = BounceRates.Tally()
  /// Balance of accounts written off by the opening, and what was collected of them.
  package var pool: Int128 = 0, recovered: Int128 = 0
  /// All money collected, recoveries too; legal fees; agreed commissions, in ten-thousandths.
  package var received: Int128 = 0, fees: Int128 = 0, commissionPoints: Int128 = 0

  /// Agreed commissions, half up.
  package var commission: Int128 {
    Ratio(commissionPoints, of: 10_000).scaled(by: 1).map { Int128($0) } ?? 0
  }

  /// Nothing yet.
  package init() { contacts.allocated = 0 }

  // `stayed` says whether it was current or closed at both month-ends before the closing; nil where
  // the period is too short to say.
  mutating func takeOpening(_ passage: Passage, stayed: Bool?) {
    let (opening, closing) = (passage.opening, passage.closing)
    let collected = closing.received - opening.received
    received += Int128(collected)
    if opening.writtenOff {
      pool += Int128(opening.outstanding)
      recovered += Int128(collected)
    } else {
      efficiency.take(
        demand: max(0, closing.demanded - opening.demanded), overdueAtOpening: opening.overdue,
        collected: max(0, collected))
    }
    guard passage.from != nil, let move = passage.move else { return }
    movement.take(move, balance: opening.outstanding)
    if passage.from.map({ passage.to == .bucket($0 + 1) }) ?? false {
      movement.tracked += Int128(opening.outstanding)
    }
    if !opening.writtenOff { liquidated += Int128(collected) }
    openingOverdue += Int128(opening.overdue)
    openingRisk.take(
      balance: opening.outstanding, days: opening.dpd, isWrittenOff: opening.writtenOff)
    guard passage.from ?? 0 > 0, !opening.writtenOff, move != .exited else { return }
    for index in cures.indices where opening.dpd > ManagementTally.floors[index] {
      let sum = Int128(opening.outstanding)
      let isCured = move == .normalised
      var cure = Cure(all: 1, sum: sum, cured: isCured ? 1 : 0, curedSum: isCured ? sum : 0)
      if let stayed {
        (cure.observed, cure.observedSum) = (1, sum)
        if isCured, stayed { (cure.stayed, cure.stayedSum) = (1, sum) }
      }
      cures[index].merge(cure)
    }
  }

  // `isRestructured` says whether a plan is in force.
  mutating func takeClosing(_ passage: Passage, isRestructured: Bool) {
    guard passage.isOpen else { return }
    let closing = passage.closing
    closingAccounts += 1
    movement.closing += Int128(closing.outstanding)
    closingOverdue += Int128(closing.overdue)
    closingRisk.take(
      balance: closing.outstanding, days: closing.dpd, isWrittenOff: closing.writtenOff)
    restructuredRisk.take(
      balance: closing.outstanding, days: isRestructured ? .max : closing.dpd,
      isWrittenOff: closing.writtenOff)
  }

  mutating func takeContacts(_ more: ContactTally, isAllocated: Bool, isResolved: Bool) {
    contacts.add(more)
    if isResolved {
      resolved += 1
      if more.rightParty == 1 { resolvedAtOnce += 1 }
    }
    guard isAllocated else { return }
    contacts.allocated = (contacts.allocated ?? 0) + 1
    allocatedAttempts += more.attempts
    allocatedAttempted += more.accounts
    allocatedReached += more.accountsReached
  }

  mutating func merge(_ other: ManagementTally) {
    movement.merge(other.movement)
    closingAccounts += other.closingAccounts
    resolved += other.resolved
    resolvedAtOnce += other.resolvedAtOnce
    liquidated += other.liquidated
    openingOverdue += other.openingOverdue
    closingOverdue += other.closingOverdue
    for index in cures.indices { cures[index].merge(other.cures[index]) }
    efficiency.merge(other.efficiency)
    openingRisk.merge(other.openingRisk)
    closingRisk.merge(other.closingRisk)
    restructuredRisk.merge(other.restructuredRisk)
    contacts.add(other.contacts)
    allocatedAttempts += other.allocatedAttempts
    allocatedAttempted += other.allocatedAttempted
    allocatedReached += other.allocatedReached
    promises.add(other.promises)
    bounces.add(other.bounces)
    pool += other.pool
    recovered += other.recovered
    received += other.received
    fees += other.fees
    commissionPoints += other.commissionPoints
  }
}
