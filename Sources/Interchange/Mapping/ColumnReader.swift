import Ledger

/// Reads one column of a row as its declared type.
struct ColumnReader {
  /// The column's name, for a message.
  let name: String
  /// Its place in the row.
  let index: Int
  /// How sums are written.
  let numbers: NumberFormat

  /// A step that reads the column; an empty field is an empty value of any type.
  func compiled(_ type: ColumnType) -> Compiled {
    let (index, name) = (index, name)
    switch type {
    case .text:
      return Compiled(.text) { frame throws(Objection) in
        .slice(frame.row.starts[index], frame.row.ends[index])
      }
    case .reference:
      return Compiled(.text) { frame throws(Objection) in
        let bytes = frame.row[index]
        if let loss = NaturalKey.loss(in: bytes) { throw loss.about(name) }
        return .text(NaturalKey.reference(bytes))
      }
    case .integer:
      return field(.integer, "an integer", "digits only, such as 42") { bytes, _ in
        ColumnReader.integer(bytes).map { .integer($0) }
      }
    case .money: return money()
    case .date(let format):
      return field(.date, "a date of the form \(format.text)", "write it so, or declare its form") {
        bytes, _ in format.read(bytes).map { .date($0.day) }
      }
    case .local(let format):
      return Compiled(.time) { frame throws(Objection) in
        let bytes = frame.row[index]
        if bytes.isEmpty { return .empty }
        guard let (day, micros) = format.read(bytes) else {
          throw ColumnReader.unread(
            bytes, name, "a time of the form \(format.text)", "write it so, or declare its form")
        }
        do throws(Objection) { return .time(try frame.clock.time(day, micros: micros)) } catch {
          throw error.about(name)
        }
      }
    case .instant:
      return field(
        .time, "a time with an offset", "write for example 2026-01-05T10:00:00+05:30"
      ) { bytes, _ in ClockTime(utf8: bytes).map { .time($0) } }
    }
  }

  private func field(
    _ kind: Kind, _ phrase: String, _ remedy: String,
    _ read: @escaping (ArraySlice<UInt8>, Frame) -> Value?
  ) -> Compiled {
    let (index, name) = (index, name)
    return Compiled(kind) { frame throws(Objection) in
      let bytes = frame.row[index]
      if bytes.isEmpty { return .empty }
      if let value = read(bytes, frame) { return value }
      throw ColumnReader.unread(bytes, name, phrase, remedy)
    }
  }

  private func money() -> Compiled {
    let (index, name, numbers) = (index, name, numbers)
    return Compiled(.money) { frame throws(Objection) in
      let bytes = frame.row[index]
      if bytes.isEmpty { return .empty }
      let currency = frame.currency
      if let minor = numbers.minor(bytes, exponent: currency.exponent) {
        return .money(minor, currency)
      }
      let point = Objection.quote([numbers.point])
      throw ColumnReader.unread(
        bytes, name, "a sum in \(currency.code) that fits 64 bits",
        "write digits with \(point) and at most \(currency.exponent) digits behind it"
          + (numbers.grouping == nil ? ", or declare grouping: in the mapping" : ""))
    }
  }

  private static func unread(
    _ bytes: ArraySlice<UInt8>, _ name: String, _ phrase: String, _ remedy: String
  ) -> Objection {
    Objection(
      "mapping.value", "\(Objection.quote(bytes)) is not \(phrase)", column: name, remedy: remedy)
  }

  /// A decimal integer of 64 bits, and nothing else.
  static func integer(_ bytes: some Collection<UInt8>) -> Int64? {
    var value: Int64 = 0
    var negative = false
    var digits = 0
    for byte in bytes {
      if byte == UInt8(ascii: "-"), digits == 0, !negative {
        negative = true
        continue
      }
      let digit = byte &- 48
      guard digit < 10 else { return nil }
      let (tenfold, over) = value.multipliedReportingOverflow(by: 10)
      let (next, past) = tenfold.subtractingReportingOverflow(Int64(digit))
      guard !over, !past else { return nil }
      value = next
      digits += 1
    }
    guard digits > 0 else { return nil }
    if negative { return value }
    return value == .min ? nil : -value
  }
}
