/// Hundredths of a percent, the form of every rate.
package enum BasisPoints {
  /// A part of a whole, rounded half up; nil when the whole is zero.
  package static func ratio(_ part: Int128, _ whole: Int128) -> Int64? {
    guard whole != 0 else { return nil }
    let (top, bottom) = whole < 0 ? (-part, -whole) : (part, whole)
    let doubled = top * 20_000 + bottom
    let (quotient, rest) = doubled.quotientAndRemainder(dividingBy: 2 * bottom)
    return Int64(clamping: rest < 0 ? quotient - 1 : quotient)
  }

  /// The rate as a percentage with two digits: `52.94`.
  package static func percent(_ points: Int64) -> String {
    let digits = String(points.magnitude % 100)
    return (points < 0 ? "-" : "") + String(points.magnitude / 100) + "."
      + (digits.utf8.count < 2 ? "0" : "") + digits
  }
}
