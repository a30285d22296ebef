/// A body with a hand-written Swift struct. `tools/register.py` writes the conformance, so a
/// property that is missing or of another type than its schema says does not compile.
package protocol EventBody: Hashable, Sendable {
  /// Number of the type in the register.
  static var code: UInt16 { get }
  /// Version of the schema.
  static var version: UInt8 { get }
  /// Reads it from CBOR; a key the schema does not have is an error.
  init(reading reader: inout CBORReader) throws(WireError)
  /// Writes it as deterministic CBOR.
  func write(to writer: inout CBORWriter)
}

/// A struct that bodies are made of.
package protocol Part: Hashable, Sendable {
  /// Reads it from CBOR.
  init(reading reader: inout CBORReader) throws(WireError)
  /// Writes it as deterministic CBOR.
  func write(to writer: inout CBORWriter)
}

extension EventBody {
  /// The body as it is stored.
  package var encoded: [UInt8] {
    var writer = CBORWriter()
    write(to: &writer)
    return writer.bytes
  }
}

extension CBORReader {
  /// A sum: an array of minor units and the numeric currency code.
  package mutating func money() throws(WireError) -> Money {
    let at = position
    guard try array() == 2 else { throw WireError("expected money: two items", at: at) }
    let minor = try int()
    let number = try uint()
    guard number <= 999 else { throw WireError("no currency has this number", at: at) }
    return Money(minor: minor, currency: Currency(rawValue: UInt16(number)))
  }

  /// A civil date: days since 1970-01-01.
  package mutating func date() throws(WireError) -> Day {
    let at = position
    let value = try int()
    guard Day.written.contains(value) else {
      throw WireError("no day of the years 1 to 9999", at: at)
    }
    return Day(rawValue: Int32(value))
  }

  /// An instant with its offset: an array of microseconds and minutes.
  package mutating func instant() throws(WireError) -> ClockTime {
    let at = position
    guard try array() == 2 else { throw WireError("expected an instant: two items", at: at) }
    let micros = try int()
    let offset = try int()
    guard Moment.written.contains(micros), (-1439...1439).contains(offset) else {
      throw WireError("no instant of the years 1 to 9999", at: at)
    }
    return ClockTime(moment: Moment(rawValue: micros), offset: Int16(offset))
  }

  /// Canonical JSON, as the bytes of its CBOR map.
  package mutating func json() throws(WireError) -> [UInt8] {
    let start = position
    guard try peekMajor() == 5 else { throw WireError("expected a map", at: start) }
    try skip()
    return array(start..<position)
  }
}

extension CBORWriter {
  /// A sum: an array of minor units and the numeric currency code.
  package mutating func money(_ value: Money) {
    array(2)
    int(value.minor)
    uint(UInt64(value.currency.rawValue))
  }

  /// A civil date: days since 1970-01-01.
  package mutating func date(_ value: Day) { int(Int64(value.rawValue)) }

  /// An instant with its offset: an array of microseconds and minutes.
  package mutating func instant(_ value: ClockTime) {
    array(2)
    int(value.moment.rawValue)
    int(Int64(value.offset))
  }

  /// Canonical JSON that is CBOR already.
  package mutating func json(_ value: [UInt8]) { bytes.append(contentsOf: value) }
}

extension Day {
  /// Day numbers that can be written as YYYY-MM-DD: 0001-01-01 to 9999-12-31.
  package static var written: ClosedRange<Int64> { -719_162...2_932_896 }
}

extension Moment {
  /// Microseconds whose local date has four digits on any clock.
  package static var written: ClosedRange<Int64> {
    (-719_162 * 86_400_000_000 - 86_340_000_000)...(2_932_897 * 86_400_000_000 + 86_340_000_000 - 1)
  }
}
