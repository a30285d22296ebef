/// A number as a spreadsheet keeps it, read without floating point: at most fifteen digits mean
/// something, and what a program wrote behind them is the noise of binary fractions.
package struct PlainNumber: Hashable, Sendable {
  /// The digits without zeros at either end; 0 for nothing.
  package private(set) var digits: Int64 = 0
  /// How many places the point stands left of the last digit; below zero for zeros behind it.
  package private(set) var scale = 0
  /// Whether it is below zero.
  package private(set) var isNegative = false

  /// Reads `-12.5`, `1E+17` or `33.299999999999997`; nil when it is no number.
  package init?(_ text: some StringProtocol) {
    var bytes = Array(text.utf8)[...]
    if let sign = bytes.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
      isNegative = sign == UInt8(ascii: "-")
      bytes = bytes.dropFirst()
    }
    var (kept, seen, next): (Int, Bool, UInt8?) = (0, false, nil)
    var hasPoint = false
    while let byte = bytes.first, byte != UInt8(ascii: "e"), byte != UInt8(ascii: "E") {
      bytes = bytes.dropFirst()
      if byte == UInt8(ascii: "."), !hasPoint {
        hasPoint = true
        continue
      }
      let digit = byte &- 48
      guard digit < 10 else { return nil }
      seen = true
      if kept == 0, digit == 0 {
        scale += hasPoint ? 1 : 0
      } else if kept < 15 {
        digits = digits * 10 + Int64(digit)
        kept += 1
        scale += hasPoint ? 1 : 0
      } else {
        if next == nil { next = digit }
        scale -= hasPoint ? 0 : 1
      }
    }
    guard seen else { return nil }
    if !bytes.isEmpty {
      guard let power = Int(String(decoding: bytes.dropFirst(), as: UTF8.self)), abs(power) < 400
      else { return nil }
      scale -= power
    }
    if let next, next >= 5 { digits += 1 }
    if digits == 0 { (scale, isNegative) = (0, false) }
    while digits != 0, digits % 10 == 0 {
      digits /= 10
      scale -= 1
    }
  }

  /// The number as people write it, with `point` before its fraction.
  package func text(point: Character = ".") -> String {
    var text = String(digits)
    if scale <= 0 {
      text += String(repeating: "0", count: -scale)
    } else {
      if text.count <= scale { text = String(repeating: "0", count: scale - text.count + 1) + text }
      text.insert(point, at: text.index(text.endIndex, offsetBy: -scale))
    }
    return (isNegative ? "-" : "") + text
  }

  /// Whether it has more digits before its point than a spreadsheet keeps.
  package var isCut: Bool {
    digits != 0 && String(digits).count - scale > 15
  }

  /// Whole days and the milliseconds of the day behind them; nil below zero and beyond year 9999.
  package var dayAndMilliseconds: (day: Int, milliseconds: Int)? {
    guard !isNegative, !isCut, scale <= 30 else { return nil }
    var (whole, fraction, unit): (Int128, Int128, Int128) = (Int128(digits), 0, 1)
    if scale > 0 {
      for _ in 0..<scale { unit *= 10 }
      (whole, fraction) = (Int128(digits) / unit, Int128(digits) % unit)
    } else {
      for _ in 0..<(-scale) { whole *= 10 }
    }
    guard whole < 3_000_000 else { return nil }
    let milliseconds = (fraction * 86_400_000 * 2 + unit) / (2 * unit)
    let carried = milliseconds == 86_400_000
    return (Int(whole) + (carried ? 1 : 0), carried ? 0 : Int(milliseconds))
  }
}
