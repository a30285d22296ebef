package import Ledger

/// What kind of thing a formula gives; known before the first row.
package enum Kind: String, Hashable, Sendable, CaseIterable {
  /// What a value, or a step towards one, can be.
  case text, integer, money, date, time, truth, days, months

  /// The kind as a message says it.
  package var phrase: String {
    switch self {
    case .text: "a text"
    case .integer: "an integer"
    case .money: "a sum of money"
    case .date: "a date"
    case .time: "a time"
    case .truth: "true or false"
    case .days: "a number of days"
    case .months: "a number of months"
    }
  }
}

/// What a formula gives for one row. Text of the row is a range of its bytes and is not copied.
package enum Value: Sendable {
  /// Nothing.
  case empty
  /// Text of the row: where it starts and ends.
  case slice(Int, Int)
  /// Text of its own.
  case text([UInt8])
  /// A whole number.
  case integer(Int64)
  /// Minor units and their currency.
  case money(Int64, Currency)
  /// A civil date.
  case date(Day)
  /// An instant.
  case time(ClockTime)
  /// True or false.
  case truth(Bool)

  /// Whether there is nothing, or a text without a byte.
  var isEmpty: Bool {
    switch self {
    case .empty: true
    case .slice(let start, let end): start == end
    case .text(let bytes): bytes.isEmpty
    default: false
    }
  }
}

/// What the formulas of a mapping see while a row is mapped.
final class Frame {
  /// The row.
  var row = CSVRow()
  /// What is remembered of the row's case.
  var memory: [Value] = []
  /// The named values of this row, worked out when first asked for.
  var values: [Value?] = []
  /// The currency of the row's money.
  var currency: Currency
  /// Writes the body of the event being made.
  var out = CBORWriter(capacity: 512)
  /// Codes that their list does not have, of the event being made.
  var flags: [String] = []
  /// Accounts that the body names.
  var concerns: [String] = []
  /// The sum for the header.
  var amount: Money?
  /// The day of the body for the header.
  var day: Day?
  /// Whether the body has personal values, still to be sealed.
  var isPlain = false
  /// Turns local times into instants.
  var clock: LocalClock

  /// A frame before the first row.
  init(currency: Currency, clock: LocalClock, memory: [Value], values: Int) {
    self.currency = currency
    self.clock = clock
    self.memory = memory
    self.values = Array(repeating: nil, count: values)
  }

  /// The bytes of a text; of other values the text they are written as.
  func bytes(_ value: Value) -> [UInt8] {
    switch value {
    case .slice(let start, let end): Array(row.bytes[start..<end])
    case .text(let bytes): bytes
    default: Array(string(value).utf8)
    }
  }

  /// A value as text.
  func string(_ value: Value) -> String {
    switch value {
    case .empty: ""
    case .slice(let start, let end): String(decoding: row.bytes[start..<end], as: UTF8.self)
    case .text(let bytes): String(decoding: bytes, as: UTF8.self)
    case .integer(let number): String(number)
    case .money(let minor, let currency): Money(minor: minor, currency: currency).decimal
    case .date(let day): day.description
    case .time(let time): time.description
    case .truth(let truth): truth ? "true" : "false"
    }
  }

  /// Appends a value as text.
  func append(_ value: Value, to out: inout [UInt8]) {
    switch value {
    case .slice(let start, let end): out.append(contentsOf: row.bytes[start..<end])
    case .text(let bytes): out.append(contentsOf: bytes)
    default: out.append(contentsOf: string(value).utf8)
    }
  }

  /// The value in a form that outlives the row.
  func kept(_ value: Value) -> Value {
    if case .slice = value { return .text(bytes(value)) }
    return value
  }

  /// Whether two texts have the same bytes; anything else is compared by `Arithmetic.order`.
  func sameText(_ a: Value, _ b: Value) -> Bool {
    switch (a, b) {
    case (.slice(let start, let end), .text(let bytes)),
      (.text(let bytes), .slice(let start, let end)):
      guard end - start == bytes.count else { return false }
      for index in 0..<bytes.count where row.bytes[start + index] != bytes[index] { return false }
      return true
    default:
      return bytes(a) == bytes(b)
    }
  }
}

/// Turns what a clock on the wall showed into an instant, by the rule the mapping declares.
struct LocalClock: Sendable {
  /// What to do with a time that the clock showed twice, or never.
  enum Choice: String, CaseIterable, Sendable {
    /// Refuse the row, or take one of the two.
    case refuse, earlier, later
  }

  /// The zone of local times.
  let zone: Zone
  /// For a time shown twice.
  var ambiguous = Choice.refuse
  /// For a time never shown; `earlier` is no answer to that.
  var missing = Choice.refuse
  private var stretch: Zone.Stretch?

  /// A clock that refuses what is not certain.
  init(zone: Zone) { self.zone = zone }

  /// The instant of a local date and time of day in microseconds.
  mutating func time(_ day: Day, micros: Int64) throws(Objection) -> ClockTime {
    let local = Int64(day.rawValue) * 86_400_000_000 + micros
    if let stretch {
      // A day away from both ends of a stretch no other offset can show the same time.
      let moment = local - Int64(stretch.offset) * 60_000_000
      if stretch.moments.lowerBound.rawValue < moment - 86_400_000_000,
        stretch.moments.upperBound.rawValue > moment + 86_400_000_000
      {
        return ClockTime(moment: Moment(rawValue: moment), offset: stretch.offset)
      }
    }
    let seconds = Int(micros / 1_000_000)
    let found = zone.moment(
      of: day, hour: seconds / 3600, minute: seconds / 60 % 60, second: seconds % 60,
      microsecond: Int(micros % 1_000_000))
    switch found {
    case .one(let time):
      stretch = zone.stretch(at: time.moment)
      return time
    case .ambiguous(let earlier, let later):
      if ambiguous == .earlier { return earlier }
      if ambiguous == .later { return later }
      throw Objection(
        "time.ambiguous",
        "the clock of \(zone.name) showed this time twice, as \(earlier) and as \(later)",
        remedy: "say ambiguous: earlier or ambiguous: later in the mapping, or write the offset")
    case .missing(_, let to):
      if missing == .later { return to }
      throw Objection(
        "time.missing", "the clock of \(zone.name) never showed this time; it went on to \(to)",
        remedy: "correct the row, or say missing: later in the mapping")
    }
  }
}
