import Ledger

/// What the names of a mapping stand for, and how its numbers are written.
struct Scope {
  /// A table of codes.
  struct Lookup {
    /// What stands for what.
    var pairs: [[UInt8]: Value]
    /// For what the table does not have; nil refuses the row.
    var otherwise: Value?
    /// The codes there are, for a message.
    var known: [String]
  }

  /// The columns by name: index and type.
  var columns: [String: (index: Int, type: ColumnType)] = [:]
  /// All columns in the order of the file.
  var header: [String] = []
  /// What is remembered of a case: place and kind.
  var memory: [String: (slot: Int, kind: Kind)] = [:]
  /// Named values of a row: place and formula.
  var values: [String: (slot: Int, formula: Compiled)] = [:]
  /// Tables of codes.
  var lookups: [String: Lookup] = [:]
  /// How numbers are written.
  var numbers = NumberFormat()
  /// The currency of literal sums.
  var currency: Currency?
  /// Which columns are read for what.
  let use = ColumnUse()

  /// Names for a remedy.
  var names: String {
    "there are the columns " + Objection.list(header)
      + (memory.isEmpty ? "" : ", the memory " + Objection.list(memory.keys.sorted()))
      + (values.isEmpty ? "" : ", the values " + Objection.list(values.keys.sorted()))
  }
}

/// Turns formulas into steps, and refuses what can never fit before the first row.
struct FormulaCompiler {
  /// What names stand for.
  let scope: Scope

  /// Makes a formula ready to run.
  func compile(_ formula: Formula) throws(Objection) -> Compiled {
    switch formula {
    case .text(let text): return Compiled(.text, constant: .text(Array(text.utf8)))
    case .integer(let number): return Compiled(.integer, constant: .integer(number))
    case .decimal(let digits): return try literal(digits)
    case .truth(let truth): return Compiled(.truth, constant: .truth(truth))
    case .name(let name): return try named(name)
    case .call(let name, let arguments): return try call(name, arguments)
    case .operation(let operation, let left, let right):
      return try operate(operation, left, right)
    case .not(let inner):
      let truth = try compile(inner, as: .truth)
      return Compiled(.truth) { frame throws(Objection) in
        .truth(!(try FormulaCompiler.truth(truth, frame)))
      }
    case .negative(let inner):
      let zero = try compile(inner)
      guard zero.kind == .money || zero.kind == .integer else { throw unfit(zero.kind, "a number") }
      let start: Value = zero.kind == .money ? .money(0, .none) : .integer(0)
      return Compiled(zero.kind) { frame throws(Objection) in
        try Arithmetic.add(start, try zero.run(frame), sign: -1)
      }
    case .days(let inner), .months(let inner):
      let count = try compile(inner, as: .integer)
      if case .days = formula { return Compiled(.days, count.run) }
      return Compiled(.months, count.run)
    case .joined(let parts):
      var compiled: [Compiled] = []
      for part in parts { compiled.append(try compile(part)) }
      return put(compiled)
    }
  }

  /// Makes a formula of one kind ready to run.
  func compile(_ formula: Formula, as kind: Kind) throws(Objection) -> Compiled {
    let compiled = try compile(formula)
    if kind == .money, compiled.isZero { return compiled.asMoney }
    guard compiled.kind == kind else { throw unfit(compiled.kind, kind.phrase) }
    return compiled
  }

  /// Says that one kind stands where another is needed, and what may help.
  func unfit(_ kind: Kind, _ wanted: String) -> Objection {
    let hint =
      kind == .text
      ? "; declare the column under columns: (\(ColumnType.known))"
      : kind == .time && wanted == Kind.date.phrase ? "; take the day of it with day(…)" : ""
    return Objection(
      "mapping.kind", "\(kind.phrase) stands where \(wanted) is needed",
      remedy: "use something that is \(wanted)" + hint)
  }

  /// What a condition says; nothing is false.
  static func truth(_ compiled: Compiled, _ frame: Frame) throws(Objection) -> Bool {
    if case .truth(let truth) = try compiled.run(frame) { return truth }
    return false
  }

  private func literal(_ digits: String) throws(Objection) -> Compiled {
    guard let currency = scope.currency else {
      throw Objection(
        "mapping.currency", "the sum \(digits) has no currency",
        remedy: "give the mapping one currency, or use a column")
    }
    guard let money = Money(decimal: digits, currency: currency) else {
      throw Objection(
        "mapping.formula", "\(digits) is no sum in \(currency.code)",
        remedy: "write it with a point and at most \(currency.exponent) digits behind it")
    }
    return Compiled(.money, constant: .money(money.minor, currency))
  }

  // Texts one behind the other.
  private func put(_ parts: [Compiled]) -> Compiled {
    Compiled(.text) { frame throws(Objection) in
      var bytes: [UInt8] = []
      for part in parts {
        let value = try part.run(frame)
        if value.isEmpty { throw Arithmetic.missing }
        frame.append(value, to: &bytes)
      }
      return .text(bytes)
    }
  }

  private func named(_ name: String) throws(Objection) -> Compiled {
    if let (index, type) = scope.columns[name] {
      scope.use.note(index)
      return ColumnReader(name: name, index: index, numbers: scope.numbers).compiled(type)
    }
    if let (slot, kind) = scope.memory[name] {
      return Compiled(kind) { frame throws(Objection) in frame.memory[slot] }
    }
    if let (slot, formula) = scope.values[name] {
      scope.use.note(value: name)
      return Compiled(formula.kind) { frame throws(Objection) in
        if let known = frame.values[slot] { return known }
        let value = try formula.run(frame)
        frame.values[slot] = value
        return value
      }
    }
    throw Objection(
      "mapping.name", "there is no column, memory or value named \(Objection.quote(name))",
      remedy: scope.names)
  }
}

extension FormulaCompiler {
  /// Brings two sides to one kind: a literal zero becomes money, a literal text what is beside it.
  func agreed(_ a: Formula, _ b: Formula) throws(Objection) -> (Compiled, Compiled) {
    try agreed(try compile(a), try compile(b))
  }

  private func agreed(_ a: Compiled, _ b: Compiled) throws(Objection) -> (Compiled, Compiled) {
    var (left, right) = (a, b)
    if left.kind == .money { right = right.asMoney }
    if right.kind == .money { left = left.asMoney }
    if left.kind != right.kind, left.kind == .text, let text = left.constant {
      left = try Literal.compiled(text, as: right.kind, currency: scope.currency)
    }
    if left.kind != right.kind, right.kind == .text, let text = right.constant {
      right = try Literal.compiled(text, as: left.kind, currency: scope.currency)
    }
    guard left.kind == right.kind else { throw unfit(right.kind, left.kind.phrase) }
    return (left, right)
  }

  private func operate(_ operation: Formula.Operation, _ a: Formula, _ b: Formula)
    throws(Objection) -> Compiled
  {
    switch operation {
    case .and, .or:
      let (left, right) = (try compile(a, as: .truth), try compile(b, as: .truth))
      let stop = operation == .or
      return Compiled(.truth) { frame throws(Objection) in
        if try FormulaCompiler.truth(left, frame) == stop { return .truth(stop) }
        return .truth(try FormulaCompiler.truth(right, frame))
      }
    case .equal, .unequal, .less, .atMost, .more, .atLeast: return try compare(operation, a, b)
    case .multiply:
      let (left, right) = (try compile(a), try compile(b))
      let kinds: Set = [left.kind, right.kind]
      guard kinds == [.integer] || kinds == [.integer, .money] else {
        throw unfit(right.kind, "an integer")
      }
      return Compiled(kinds == [.integer] ? .integer : .money) { frame throws(Objection) in
        try Arithmetic.multiply(try left.run(frame), try right.run(frame))
      }
    case .add, .subtract: return try add(a, b, sign: operation == .add ? 1 : -1)
    }
  }

  private func add(_ a: Formula, _ b: Formula, sign: Int64) throws(Objection) -> Compiled {
    switch b {
    case .days, .months:
      let (date, count) = (try compile(a, as: .date), try compile(b))
      let months = count.kind == .months
      return Compiled(.date) { frame throws(Objection) in
        try Arithmetic.shift(
          try date.run(frame), try count.run(frame), sign: sign, months: months)
      }
    default:
      // Each side is made ready once: what did it twice took twice as long for every term.
      let (first, second) = (try compile(a), try compile(b))
      if sign > 0, first.kind == .text || second.kind == .text { return put([first, second]) }
      let (left, right) = try agreed(first, second)
      let kind: Kind =
        left.kind == .date && sign < 0 ? .integer : left.kind
      guard kind == .integer || kind == .money else { throw unfit(left.kind, "a number") }
      return Compiled(kind) { frame throws(Objection) in
        try Arithmetic.add(try left.run(frame), try right.run(frame), sign: sign)
      }
    }
  }

  private func compare(_ operation: Formula.Operation, _ a: Formula, _ b: Formula)
    throws(Objection) -> Compiled
  {
    let (left, right) = try agreed(a, b)
    if left.kind == .text, operation == .equal || operation == .unequal {
      let wanted = operation == .equal
      return Compiled(.truth) { frame throws(Objection) in
        .truth(frame.sameText(try left.run(frame), try right.run(frame)) == wanted)
      }
    }
    return Compiled(.truth) { frame throws(Objection) in
      guard let order = try Arithmetic.order(try left.run(frame), try right.run(frame), frame)
      else { return .truth(operation == .unequal) }
      switch operation {
      case .equal: return .truth(order == 0)
      case .unequal: return .truth(order != 0)
      case .less: return .truth(order < 0)
      case .atMost: return .truth(order <= 0)
      case .more: return .truth(order > 0)
      default: return .truth(order >= 0)
      }
    }
  }
}
