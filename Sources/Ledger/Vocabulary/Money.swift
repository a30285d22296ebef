/// A sum of money: signed minor units of one currency. Never a float, never two currencies added.
package struct Money: Hashable, Sendable {
  /// Minor units: paise, cents, fils.
  package var minor: Int64
  /// The currency the units are of.
  package var currency: Currency

  /// A sum of `minor` units of `currency`.
  @inlinable package init(minor: Int64, currency: Currency) {
    self.minor = minor
    self.currency = currency
  }

  /// Reads a plain decimal such as `1234.50` or `-3`: no grouping, no exponent, and no more digits
  /// after the point than the currency has. Nil when the text is anything else or overflows.
  package init?(decimal text: some StringProtocol, currency: Currency) {
    guard let minor = Money.minor(utf8: text.utf8, exponent: currency.exponent) else { return nil }
    self.init(minor: minor, currency: currency)
  }

  /// Minor units of a plain decimal in UTF-8 with at most `exponent` digits after the point;
  /// trailing zeros beyond it are allowed. Nil when it is no such number or exceeds 64 bits.
  package static func minor(utf8: some Sequence<UInt8>, exponent: Int) -> Int64? {
    var negative = false
    var started = false
    var digits = 0
    var fraction = -1
    var value: Int64 = 0
    for byte in utf8 {
      switch byte {
      case UInt8(ascii: "-") where !started:
        negative = true
      case UInt8(ascii: "+") where !started:
        break
      case UInt8(ascii: ".") where fraction < 0 && digits > 0:
        fraction = 0
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        digits += 1
        if fraction >= 0 {
          fraction += 1
          if fraction > exponent {
            guard byte == UInt8(ascii: "0") else { return nil }
            continue
          }
        }
        let (scaled, overflow) = value.multipliedReportingOverflow(by: 10)
        let (next, overflow2) = scaled.subtractingReportingOverflow(Int64(byte &- 48))
        guard !overflow, !overflow2 else { return nil }
        value = next
      default:
        return nil
      }
      started = true
    }
    guard digits > 0, fraction != 0 else { return nil }
    var missing = exponent - min(max(fraction, 0), exponent)
    while missing > 0 {
      let (scaled, overflow) = value.multipliedReportingOverflow(by: 10)
      guard !overflow else { return nil }
      value = scaled
      missing -= 1
    }
    // Accumulated below zero so that the smallest integer can be read.
    if negative { return value }
    guard value != .min else { return nil }
    return -value
  }

  /// A plain decimal with the currency's digits: `1234.50`, no grouping, `-` in front when
  /// negative.
  package var decimal: String {
    let exponent = currency.exponent
    let digits = String(minor.magnitude)
    guard exponent > 0 else { return (minor < 0 ? "-" : "") + digits }
    let padded =
      digits.utf8.count > exponent
      ? digits : String(repeating: "0", count: exponent + 1 - digits.utf8.count) + digits
    let cut = padded.utf8.index(padded.utf8.endIndex, offsetBy: -exponent)
    return (minor < 0 ? "-" : "") + padded[..<cut] + "." + padded[cut...]
  }
}

extension Money: CustomStringConvertible {
  /// The decimal followed by the currency code: `1234.50 INR`.
  package var description: String { decimal + " " + currency.code }
}
