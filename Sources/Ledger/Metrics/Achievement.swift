/// What was reached of a target (domain 3.6). A unit's achievement is that of its sums, never the
/// mean of its people.
package struct Achievement: Hashable, Sendable {
  /// What was to be reached.
  package var target: Int128
  /// What was.
  package var reached: Int128

  /// A target and what was reached of it.
  package init(target: Int128 = 0, reached: Int128 = 0) {
    self.target = target
    self.reached = reached
  }

  /// Joins another's.
  package mutating func merge(_ other: Achievement) {
    target += other.target
    reached += other.reached
  }

  /// Reached over target.
  package var ratio: Ratio { Ratio(reached, of: target) }

  /// The part of the target that the days gone make: target times day over days.
  package func proRata(day: Int64, of days: Int64) -> Ratio {
    Ratio(target * Int128(day), of: Int128(days))
  }

  /// Reached over the part of the target that the days gone make.
  package func pace(day: Int64, of days: Int64) -> Ratio {
    Ratio(reached * Int128(days), of: target * Int128(day))
  }
}

/// One cohort of accounts by months on book (domain 3.6): what was ever, or is, beyond a number of
/// days past due, over what was opened.
package struct Vintage: Hashable, Sendable {
  /// Sum opened in the cohort's month.
  package var pool: Int128 = 0
  /// Balance beyond the limit, by month on book from 0.
  package var beyond: [Int128] = []

  /// An empty cohort.
  package init() {}

  /// Joins other accounts of the cohort.
  package mutating func merge(_ other: Vintage) {
    pool += other.pool
    for (month, sum) in other.beyond.enumerated() {
      if month == beyond.count { beyond.append(0) }
      beyond[month] += sum
    }
  }

  /// The curve, a point a month on book.
  package var curve: [Ratio] { beyond.map { Ratio($0, of: pool) } }
}
