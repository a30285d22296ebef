/// Other encodings as UTF-8.
enum UTF8Text {
  /// Appends one byte of windows-1252 as UTF-8; the five unassigned bytes become U+FFFD.
  static func append(windows1252 byte: UInt8, to out: inout [UInt8]) {
    let scalar: UInt16 =
      byte < 0x80 || byte > 0x9F ? UInt16(byte) : upper[Int(byte) - 0x80]
    if scalar < 0x80 {
      out.append(UInt8(scalar))
    } else if scalar < 0x800 {
      out.append(UInt8(0xC0 | scalar >> 6))
      out.append(UInt8(0x80 | scalar & 63))
    } else {
      out.append(UInt8(0xE0 | scalar >> 12))
      out.append(UInt8(0x80 | scalar >> 6 & 63))
      out.append(UInt8(0x80 | scalar & 63))
    }
  }

  private static let upper: [UInt16] = [
    0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039,
    0x0152, 0xFFFD, 0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178,
  ]
}
