/// A currency by its ISO 4217 numeric code, as it stands in an event header.
///
/// The exponent (digits after the decimal point) fixes how minor units are written and read.
package struct Currency: RawRepresentable, Hashable, Comparable, Sendable {
  /// The ISO 4217 numeric code, 1 to 999; 0 stands for "no money in this event".
  package let rawValue: UInt16

  /// Wraps a numeric code without looking it up.
  @inlinable package init(rawValue: UInt16) { self.rawValue = rawValue }

  /// No currency: the event carries no money.
  package static let none = Currency(rawValue: 0)

  /// The currency of a three-letter code such as `INR`, or nil when ISO 4217 has none of that name.
  package init?(code: some StringProtocol) {
    self.init(utf8: Array(code.utf8).span)
  }

  /// The currency of three capital letters in UTF-8.
  package init?(utf8 letters: Span<UInt8>) {
    guard letters.count == 3, let place = Currency.place(letters[0], letters[1], letters[2]) else {
      return nil
    }
    let number = Currency.byLetters[place]
    guard number != 0 else { return nil }
    self.rawValue = number
  }

  /// The three-letter code; `000` for a number ISO 4217 does not know.
  package var code: String {
    Currency.row(rawValue)?.code ?? "000"
  }

  /// Whether ISO 4217 has a currency of this number.
  package var isKnown: Bool { Currency.row(rawValue) != nil }

  /// Digits after the decimal point: 2 for most, 0 for JPY, 3 for KWD.
  package var exponent: Int {
    Currency.row(rawValue)?.exponent ?? 2
  }

  /// Order of the alphabetic codes, which is the order people expect in a report.
  package static func < (a: Currency, b: Currency) -> Bool { a.code < b.code }

  private struct Row {
    let code: String
    let number: UInt16
    let exponent: Int
  }

  private static func row(_ number: UInt16) -> Row? {
    number < 1000 ? Currency.byNumber[Int(number)] : nil
  }

  /// The place of three capital letters in `byLetters`.
  private static func place(_ a: UInt8, _ b: UInt8, _ c: UInt8) -> Int? {
    let letters = UInt8(ascii: "A")...UInt8(ascii: "Z")
    guard letters.contains(a), letters.contains(b), letters.contains(c) else { return nil }
    return (Int(a - 65) * 26 + Int(b - 65)) * 26 + Int(c - 65)
  }

  private static let byNumber: [Row?] = {
    var table = [Row?](repeating: nil, count: 1000)
    for row in rows { table[Int(row.number)] = row }
    return table
  }()

  private static let byLetters: [UInt16] = {
    var table = [UInt16](repeating: 0, count: 26 * 26 * 26)
    for row in rows {
      let utf8 = Array(row.code.utf8)
      if let at = place(utf8[0], utf8[1], utf8[2]) { table[at] = row.number }
    }
    return table
  }()

  // ISO 4217, list one, active currencies: code, number, digits.
  private static let rows: [Row] = {
    let text = """
      AED784 AFN971 ALL8 AMD51 ANG532 AOA973 ARS32 AUD36 AWG533 AZN944 BAM977 BBD52 BDT50 BGN975 \
      BHD48:3 BIF108:0 BMD60 BND96 BOB68 BRL986 BSD44 BTN64 BWP72 BYN933 BZD84 CAD124 CDF976 \
      CHF756 CLP152:0 CNY156 COP170 CRC188 CUP192 CVE132 CZK203 DJF262:0 DKK208 DOP214 DZD12 \
      EGP818 ERN232 ETB230 EUR978 FJD242 FKP238 GBP826 GEL981 GHS936 GIP292 GMD270 GNF324:0 \
      GTQ320 GYD328 HKD344 HNL340 HTG332 HUF348 IDR360 ILS376 INR356 IQD368:3 IRR364 ISK352:0 \
      JMD388 JOD400:3 JPY392:0 KES404 KGS417 KHR116 KMF174:0 KPW408 KRW410:0 KWD414:3 KYD136 \
      KZT398 LAK418 LBP422 LKR144 LRD430 LSL426 LYD434:3 MAD504 MDL498 MGA969 MKD807 MMK104 \
      MNT496 MOP446 MRU929 MUR480 MVR462 MWK454 MXN484 MYR458 MZN943 NAD516 NGN566 NIO558 NOK578 \
      NPR524 NZD554 OMR512:3 PAB590 PEN604 PGK598 PHP608 PKR586 PLN985 PYG600:0 QAR634 RON946 \
      RSD941 RUB643 RWF646:0 SAR682 SBD90 SCR690 SDG938 SEK752 SGD702 SHP654 SLE925 SOS706 SRD968 \
      SSP728 STN930 SVC222 SYP760 SZL748 THB764 TJS972 TMT934 TND788:3 TOP776 TRY949 TTD780 \
      TWD901 TZS834 UAH980 UGX800:0 USD840 UYU858 UZS860 VES928 VND704:0 VUV548:0 WST882 XAF950:0 \
      XCD951 XOF952:0 XPF953:0 YER886 ZAR710 ZMW967 ZWG924
      """
    return text.split(separator: " ").map { item in
      let parts = item.dropFirst(3).split(separator: ":")
      return Row(
        code: String(item.prefix(3)), number: UInt16(parts[0]) ?? 0,
        exponent: parts.count > 1 ? Int(parts[1]) ?? 2 : 2)
    }
  }()
}
