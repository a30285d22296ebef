/// Movement between buckets from an opening to a closing day-end (domain 3.3).
///
/// The cohort is what was open at the opening day-end. At the closing an account is normalised
/// (from arrears to current, or closed), rolled back (a lower bucket, not current), stabilised (the
/// same bucket), rolled forward (a higher bucket, or written off) or exited (sold or transferred,
/// in neither count). No public standard defines these words: they are the working terms of Indian
/// retail collections, so every table that shows them prints this definition.
package struct Movement: Hashable, Sendable {
  /// Where an account stands at the closing day-end.
  package enum Closing: Hashable, Sendable {
    /// In a bucket: 0 is current, higher is older, the last is written off.
    case bucket(Int)
    /// Closed or foreclosed.
    case closed
    /// Sold or transferred.
    case exited
  }

  /// How an account moved.
  package enum Move: Int, CaseIterable, Sendable {
    case normalised, rolledBack, stabilised, rolledForward, exited
  }

  /// Accounts and sums by how they moved.
  package struct Row: Hashable, Sendable {
    /// Accounts of the cohort, by `Move`.
    package var counts = [Int64](repeating: 0, count: Move.allCases.count)
    /// Opening balance of the cohort, by `Move`.
    package var sums = [Int128](repeating: 0, count: Move.allCases.count)
    /// Closing balance of everything that closes in this bucket, from wherever it came.
    package var closing: Int128 = 0
    /// Opening balance of those that moved from here to the next bucket exactly.
    package var tracked: Int128 = 0

    /// Nothing yet.
    package init() {}

    /// Takes an account of the cohort with its opening balance.
    package mutating func take(_ move: Move, balance: Int64) {
      counts[move.rawValue] += 1
      sums[move.rawValue] += Int128(balance)
    }

    /// Joins other accounts.
    package mutating func merge(_ other: Row) {
      for move in Move.allCases.map(\.rawValue) {
        counts[move] += other.counts[move]
        sums[move] += other.sums[move]
      }
      closing += other.closing
      tracked += other.tracked
    }

    /// Accounts that stayed on the book or normalised; the denominator of counts.
    package var count: Int64 { counts.reduce(0, +) - counts[Move.exited.rawValue] }
    /// Their opening balance; the denominator of sums.
    package var sum: Int128 { sums.reduce(0, +) - sums[Move.exited.rawValue] }

    /// Accounts that moved so.
    package func count(_ move: Move) -> Int64 { counts[move.rawValue] }
    /// Opening balance that moved so.
    package func sum(_ move: Move) -> Int128 { sums[move.rawValue] }

    /// Normalised, rolled back and stabilised, by count.
    package var resolutionByCount: Ratio {
      Ratio(count - self.count(.rolledForward), of: count)
    }
    /// Normalised, rolled back and stabilised, by balance.
    package var resolution: Ratio { Ratio(sum - self.sum(.rolledForward), of: sum) }
    /// Normalised and rolled back, by balance: what some houses call resolution for npa.
    package var improved: Ratio { Ratio(sum(.normalised) + sum(.rolledBack), of: sum) }
    /// Rolled forward, by balance.
    package var rollForward: Ratio { Ratio(sum(.rolledForward), of: sum) }
    /// Rolled back, by balance.
    package var rollBack: Ratio { Ratio(sum(.rolledBack), of: sum) }
    /// Normalised, by balance.
    package var normalisation: Ratio { Ratio(sum(.normalised), of: sum) }
    /// Stabilised, by balance.
    package var stabilisation: Ratio { Ratio(sum(.stabilised), of: sum) }
  }

  /// One row a bucket, 0 current to the last, written off.
  package private(set) var rows: [Row]

  /// Nothing moved yet, between this many buckets with current and written off.
  package init(buckets: Int) { rows = [Row](repeating: Row(), count: buckets) }

  /// How something moved from a bucket to where it closed.
  package static func move(from opening: Int, to closing: Closing) -> Move {
    switch closing {
    case .exited: .exited
    case .closed: .normalised
    case .bucket(let closing):
      if closing == opening {
        .stabilised
      } else if closing > opening {
        .rolledForward
      } else {
        closing == 0 ? .normalised : .rolledBack
      }
    }
  }

  /// Takes one account: its bucket and balance at the opening, where it closes and with what.
  /// `opening` is nil for an account that was not open then: it belongs to no cohort.
  package mutating func take(
    from opening: Int?, balance: Int64, to closing: Closing, closingBalance: Int64
  ) {
    if let opening {
      let move = Movement.move(from: opening, to: closing)
      rows[opening].take(move, balance: balance)
      if closing == .bucket(opening + 1) { rows[opening].tracked += Int128(balance) }
    }
    if case .bucket(let closing) = closing { rows[closing].closing += Int128(closingBalance) }
  }

  /// Joins the movement of other accounts.
  package mutating func merge(_ other: Movement) {
    for index in rows.indices { rows[index].merge(other.rows[index]) }
  }

  /// Net flow rate from a bucket to the next: closing balance there over opening balance here (the
  /// roll-rate table of the OCC Comptroller's Handbook, Retail Lending).
  package func netFlow(from bucket: Int) -> Ratio {
    Ratio(rows[bucket + 1].closing, of: rows[bucket].sum)
  }

  /// Tracked roll rate: balance of the same accounts that moved to the next bucket over opening
  /// balance. Net flow also counts what came down or stayed there.
  package func trackedRoll(from bucket: Int) -> Ratio {
    Ratio(rows[bucket].tracked, of: rows[bucket].sum)
  }

  /// Cure rate: of the accounts in `floor` or an older bucket, those that close current or closed.
  /// By count and by opening balance. Written-off accounts are in no denominator but their own.
  package func cure(from floor: Int) -> (count: Ratio, sum: Ratio) {
    var (cured, all): (Int64, Int64) = (0, 0)
    var (curedSum, allSum): (Int128, Int128) = (0, 0)
    for row in rows[floor...] {
      cured += row.count(.normalised)
      all += row.count
      curedSum += row.sum(.normalised)
      allSum += row.sum
    }
    return (Ratio(cured, of: all), Ratio(curedSum, of: allSum))
  }
}
