/// Where one stands when one asks: the day in the world and how much of the ledger was known.
///
/// There is no way to read a book without it, so "now" is always written down.
package struct Vantage: Hashable, Sendable {
  /// The day-end asked about.
  package var asOf: Day
  /// The last position of the ledger that counts as known; knowledge is a prefix of the log.
  package var knownAt: Position

  /// A vantage of a day-end, from a prefix of the ledger.
  @inlinable package init(asOf: Day, knownAt: Position) {
    self.asOf = asOf
    self.knownAt = knownAt
  }
}

/// A position in the ledger: the sequence number of an event, from 1; 0 is before the first.
public typealias Position = UInt64
