/// One whole number over another, kept as both until it is printed.
///
/// Sums of ratios are never means of ratios: add the parts, then ask. Without a denominator a ratio
/// is nothing, not zero.
package struct Ratio: Hashable, Sendable {
  /// What is counted.
  package var part: Int128
  /// Out of what.
  package var whole: Int128

  /// `part` of `whole`.
  package init(_ part: some BinaryInteger, of whole: some BinaryInteger) {
    self.part = Int128(part)
    self.whole = Int128(whole)
  }

  /// The ratio in units of one over `scale`, rounded half up (away from zero); nil without a
  /// denominator, or beyond 64 bits.
  package func scaled(by scale: Int64) -> Int64? {
    guard whole != 0 else { return nil }
    let (product, over) = part.multipliedReportingOverflow(by: Int128(scale))
    guard !over else { return nil }
    let magnitude = product.magnitude
    let divisor = whole.magnitude
    let (quotient, rest) = magnitude.quotientAndRemainder(dividingBy: divisor)
    let rounded = rest >= divisor - rest ? quotient + 1 : quotient
    guard let value = Int64(exactly: rounded) else { return nil }
    return (product < 0) != (whole < 0) ? -value : value
  }

  /// The product of ratios in parts of 10^9, rounded half up at each step; nothing when there are
  /// none, or one of them has no denominator.
  package static func product(_ ratios: [Ratio]) -> Ratio {
    let unit: Int64 = 1_000_000_000
    var product = Int128(ratios.isEmpty ? 0 : unit)
    for ratio in ratios {
      guard let factor = ratio.scaled(by: unit),
        let next = Ratio(product * Int128(factor), of: unit).scaled(by: 1)
      else { return Ratio(0, of: 0) }
      product = Int128(next)
    }
    return Ratio(product, of: ratios.isEmpty ? 0 : unit)
  }

  /// The ratio in basis points: 10,000 is the whole.
  package var basisPoints: Int64? { scaled(by: 10_000) }

  /// The ratio as a percentage with two decimals; `n/a` without a denominator.
  package var percent: String {
    guard let points = basisPoints else { return "n/a" }
    let fraction = points.magnitude % 100
    return (points < 0 ? "-" : "") + "\(points.magnitude / 100)."
      + (fraction < 10 ? "0" : "") + "\(fraction)"
  }
}
