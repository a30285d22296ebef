import Ledger

/// A formula made ready to run: its kind is known, its names are places.
struct Compiled {
  /// Works it out for the row in the frame.
  typealias Step = (Frame) throws(Objection) -> Value

  /// What it gives, when it gives anything.
  var kind: Kind
  /// Its value, when it is the same for every row.
  var constant: Value?
  /// Works it out.
  var run: Step

  /// A step of a kind.
  init(_ kind: Kind, _ run: @escaping Step) {
    self.kind = kind
    self.run = run
  }

  /// A value that never changes.
  init(_ kind: Kind, constant value: Value) {
    self.kind = kind
    constant = value
    run = { _ throws(Objection) in value }
  }

  /// A literal zero can stand for a sum of any currency.
  var isZero: Bool {
    if case .integer(0) = constant { return true }
    return false
  }

  /// The same as a sum of money, for a literal zero.
  var asMoney: Compiled { isZero ? Compiled(.money, constant: .money(0, .none)) : self }
}

/// What a column of the file holds, as the mapping declares it.
enum ColumnType: Hashable, Sendable {
  /// Text as it stands, a bank's reference in the form that is compared, digits, a sum, RFC 3339
  /// with an offset.
  case text, reference, integer, money, instant
  /// A date of a declared form.
  case date(DateFormat)
  /// A time of a declared form on the clock of the mapping's zone.
  case local(DateFormat)

  /// The kind of its values.
  var kind: Kind {
    switch self {
    case .text, .reference: .text
    case .integer: .integer
    case .money: .money
    case .date: .date
    case .instant, .local: .time
    }
  }

  /// Reads a declaration such as `date DD/MM/YYYY`; nil when there is no such type or format.
  init?(_ text: String) {
    let words = text.split(separator: " ", maxSplits: 1).map(String.init)
    switch (words.first, words.count) {
    case ("text", 1): self = .text
    case ("reference", 1): self = .reference
    case ("integer", 1): self = .integer
    case ("money", 1): self = .money
    case ("instant", 1): self = .instant
    case ("date", 2):
      guard let format = DateFormat(words[1]), !format.hasTime else { return nil }
      self = .date(format)
    case ("time", 2):
      guard let format = DateFormat(words[1]), format.hasTime else { return nil }
      self = .local(format)
    default: return nil
    }
  }

  /// The types there are, for a remedy.
  static let known =
    "text, reference, integer, money, instant, date DD-MM-YYYY or time DD-MM-YYYY HH:mm "
    + "(made of YYYY, MM, M, MMM, DD, D, HH, H, mm, ss and .SSS)"
}

/// Adds, multiplies and compares; what does not fit 64 bits is an objection, never a trap.
enum Arithmetic {
  /// What does not fit 64 bits.
  static let overflow = Objection(
    "number.range", "the result is beyond 64 bits", remedy: "check the amounts of this row")

  /// The currency of two sums; one without a currency is zero and takes the other.
  static func currency(_ a: Currency, _ b: Currency) throws(Objection) -> Currency {
    if a == b || b == .none { return a }
    if a == .none { return b }
    throw Objection(
      "money.currency", "sums in \(a.code) and \(b.code) cannot be put together",
      remedy: "keep currencies apart in the mapping")
  }

  /// The sum, or with a sign of -1 the difference.
  static func add(_ a: Value, _ b: Value, sign: Int64) throws(Objection) -> Value {
    switch (a, b) {
    case (.money(let x, let first), .money(let y, let second)):
      let code = try currency(first, second)
      let (sum, over) =
        sign > 0 ? x.addingReportingOverflow(y) : x.subtractingReportingOverflow(y)
      if over { throw overflow }
      return .money(sum, code)
    case (.integer(let x), .integer(let y)):
      let (sum, over) =
        sign > 0 ? x.addingReportingOverflow(y) : x.subtractingReportingOverflow(y)
      if over { throw overflow }
      return .integer(sum)
    case (.date(let x), .date(let y)): return .integer(Int64(x - y))
    default: throw missing
    }
  }

  /// The product of two integers, or of a sum and an integer.
  static func multiply(_ a: Value, _ b: Value) throws(Objection) -> Value {
    switch (a, b) {
    case (.money(let x, let code), .integer(let y)), (.integer(let y), .money(let x, let code)):
      let (product, over) = x.multipliedReportingOverflow(by: y)
      if over { throw overflow }
      return .money(product, code)
    case (.integer(let x), .integer(let y)):
      let (product, over) = x.multipliedReportingOverflow(by: y)
      if over { throw overflow }
      return .integer(product)
    default: throw missing
    }
  }

  /// The date some days or months later.
  static func shift(_ value: Value, _ count: Value, sign: Int64, months: Bool) throws(Objection)
    -> Value
  {
    guard case .date(let day) = value, case .integer(let number) = count else { throw missing }
    // Beyond ten thousand years nothing is a date.
    guard number.magnitude < 4_000_000 else { throw overflow }
    let steps = Int(sign * number)
    let moved = months ? day.adding(months: steps) : day + steps
    guard let moved, moved.rawValue >= -719_162, moved.rawValue <= 2_932_896 else {
      throw Objection(
        "date.range", "the date would leave the years 1 to 9999",
        remedy: "check the dates of this row")
    }
    return .date(moved)
  }

  /// Nothing stands where a value is needed.
  static let missing = Objection(
    "mapping.empty", "a value is empty that the formula needs",
    remedy: "fill it in, or give a default in the mapping: default(column, 0)")

  /// Less than zero, zero or more than zero; nil when one is empty.
  static func order(_ a: Value, _ b: Value, _ frame: Frame) throws(Objection) -> Int? {
    func sign<T: Comparable>(_ x: T, _ y: T) -> Int { x < y ? -1 : x == y ? 0 : 1 }
    switch (a, b) {
    case (.integer(let x), .integer(let y)): return sign(x, y)
    case (.money(let x, let first), .money(let y, let second)):
      _ = try currency(first, second)
      return sign(x, y)
    case (.date(let x), .date(let y)): return sign(x, y)
    case (.time(let x), .time(let y)): return sign(x.moment, y.moment)
    case (.truth(let x), .truth(let y)): return sign(x ? 1 : 0, y ? 1 : 0)
    case (.empty, _), (_, .empty): return nil
    default:
      let (x, y) = (frame.bytes(a), frame.bytes(b))
      return x == y ? 0 : x.lexicographicallyPrecedes(y) ? -1 : 1
    }
  }
}
