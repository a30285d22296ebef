/// The score by which a work queue is sorted (domain 3.7, V15). The weights are house policy; these
/// are the stated defaults.
package struct Priority: Hashable, Sendable {
  /// Weight of the overdue sum against the cap.
  package var overdueWeight: Int64 = 40
  /// Weight of the days until the account rolls into the next bucket.
  package var rollWeight: Int64 = 25
  /// Weight of the bucket's own weight.
  package var bucketWeight: Int64 = 15
  /// Weight of a promise that is due today.
  package var promiseWeight: Int64 = 10
  /// Weight of broken promises, two or more counting in full.
  package var brokenWeight: Int64 = 5
  /// Weight of the days since a right-party contact, ten or more counting in full.
  package var silenceWeight: Int64 = 5

  /// The stated defaults.
  package init() {}

  /// What is known of an account.
  package struct Signs: Hashable, Sendable {
    /// Overdue sum, minor units.
    package var overdue: Int64
    /// Sum from which more counts no more, minor units.
    package var cap: Int64
    /// Days until it rolls into the next bucket.
    package var daysToRoll: Int
    /// Weight of its bucket, basis points.
    package var bucketWeight: Int64
    /// Whether a promise is due today.
    package var isPromiseDue: Bool
    /// Promises broken.
    package var broken: Int64
    /// Days since somebody reached the right party.
    package var daysSinceContact: Int64

    /// What is known.
    package init(
      overdue: Int64, cap: Int64, daysToRoll: Int, bucketWeight: Int64, isPromiseDue: Bool,
      broken: Int64, daysSinceContact: Int64
    ) {
      self.overdue = overdue
      self.cap = cap
      self.daysToRoll = daysToRoll
      self.bucketWeight = bucketWeight
      self.isPromiseDue = isPromiseDue
      self.broken = broken
      self.daysSinceContact = daysSinceContact
    }
  }

  /// The score in hundredths, 0 to 10,000 with the stated weights.
  package func score(_ signs: Signs) -> Int64 {
    let overdue = Ratio(max(0, min(signs.overdue, signs.cap)), of: max(1, signs.cap))
    let roll: Int64 = signs.daysToRoll <= 3 ? 100 : signs.daysToRoll <= 7 ? 60 : 20
    var score = overdue.scaled(by: overdueWeight * 100) ?? 0
    score += rollWeight * roll
    score += Ratio(bucketWeight * 100 * signs.bucketWeight, of: 10_000).scaled(by: 1) ?? 0
    if signs.isPromiseDue { score += promiseWeight * 100 }
    score += brokenWeight * 50 * max(0, min(signs.broken, 2))
    score += silenceWeight * 10 * max(0, min(signs.daysSinceContact, 10))
    return score
  }
}
