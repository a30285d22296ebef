import Ledger

extension FormulaCompiler {
  /// The functions there are, for a remedy.
  static let functions =
    "max(a, b), min(a, b), abs(a), day(time), default(a, b), if(condition, a, b), empty(a), "
    + "lookup(table, a), lower(text), upper(text), trim(text), text(a) and integer(text)"

  /// Makes a function ready to run.
  func call(_ name: String, _ arguments: [Formula]) throws(Objection) -> Compiled {
    let counts = [
      "max": 2, "min": 2, "abs": 1, "day": 1, "default": 2, "if": 3, "empty": 1, "lookup": 2,
      "lower": 1, "upper": 1, "trim": 1, "text": 1,
      "integer": 1,
    ]
    guard let count = counts[name] else {
      throw Objection(
        "mapping.function", "there is no function \(Objection.quote(name))",
        remedy: "use " + FormulaCompiler.functions)
    }
    guard arguments.count == count else {
      throw Objection(
        "mapping.function", "\(name) takes \(count) and is given \(arguments.count)",
        remedy: "use " + FormulaCompiler.functions)
    }
    switch name {
    case "max", "min": return try extreme(arguments, sign: name == "max" ? 1 : -1)
    case "default": return try fallback(arguments)
    case "if": return try choice(arguments)
    case "lookup": return try lookup(arguments)
    default: return try single(name, arguments[0])
    }
  }

  private func single(_ name: String, _ argument: Formula) throws(Objection) -> Compiled {
    let inner = try compile(argument)
    switch name {
    case "empty":
      return Compiled(.truth) { frame throws(Objection) in .truth(try inner.run(frame).isEmpty) }
    case "day":
      if inner.kind == .text, let text = inner.constant {
        return try Literal.compiled(text, as: .date, currency: nil)
      }
      guard inner.kind == .time || inner.kind == .date else { throw unfit(inner.kind, "a time") }
      return Compiled(.date) { frame throws(Objection) in
        let value = try inner.run(frame)
        if case .time(let time) = value { return .date(time.day) }
        return value
      }
    case "abs":
      guard inner.kind == .money || inner.kind == .integer else {
        throw unfit(inner.kind, "a number")
      }
      return Compiled(inner.kind) { frame throws(Objection) in
        let value = try inner.run(frame)
        switch value {
        case .money(let minor, let code) where minor < 0:
          return try Arithmetic.add(.money(0, code), value, sign: -1)
        case .integer(let number) where number < 0:
          return try Arithmetic.add(.integer(0), value, sign: -1)
        default: return value
        }
      }
    case "text":
      return Compiled(.text) { frame throws(Objection) in
        let value = try inner.run(frame)
        return value.isEmpty ? .empty : .text(frame.bytes(value))
      }
    case "integer":
      guard inner.kind == .text else { throw unfit(inner.kind, "a text") }
      return Compiled(.integer) { frame throws(Objection) in
        let bytes = frame.bytes(try inner.run(frame))
        return Literal.value(bytes, as: .integer, currency: nil) ?? .empty
      }
    default:
      guard inner.kind == .text else { throw unfit(inner.kind, "a text") }
      return Compiled(.text) { frame throws(Objection) in
        let bytes = frame.bytes(try inner.run(frame))
        return .text(FormulaCompiler.changed(bytes, by: name))
      }
    }
  }

  /// ASCII letters change their case; blanks at both ends go.
  private static func changed(_ bytes: [UInt8], by name: String) -> [UInt8] {
    switch name {
    case "lower": return bytes.map { $0 >= 65 && $0 <= 90 ? $0 + 32 : $0 }
    case "upper": return bytes.map { $0 >= 97 && $0 <= 122 ? $0 - 32 : $0 }
    default:
      let from = bytes.firstIndex { $0 != 32 && $0 != 9 } ?? bytes.endIndex
      let to = bytes.lastIndex { $0 != 32 && $0 != 9 }.map { $0 + 1 } ?? from
      return Array(bytes[from..<to])
    }
  }

  private func extreme(_ arguments: [Formula], sign: Int) throws(Objection) -> Compiled {
    let (left, right) = try agreed(arguments[0], arguments[1])
    guard [.money, .integer, .date, .time].contains(left.kind) else {
      throw unfit(left.kind, "a number or a date")
    }
    return Compiled(left.kind) { frame throws(Objection) in
      let (a, b) = (try left.run(frame), try right.run(frame))
      guard let order = try Arithmetic.order(a, b, frame) else { throw Arithmetic.missing }
      return order * sign >= 0 ? a : b
    }
  }

  private func fallback(_ arguments: [Formula]) throws(Objection) -> Compiled {
    let (left, right) = try agreed(arguments[0], arguments[1])
    return Compiled(left.kind) { frame throws(Objection) in
      let value = try left.run(frame)
      return value.isEmpty ? try right.run(frame) : value
    }
  }

  private func choice(_ arguments: [Formula]) throws(Objection) -> Compiled {
    let condition = try compile(arguments[0], as: .truth)
    let (yes, no) = try agreed(arguments[1], arguments[2])
    return Compiled(yes.kind) { frame throws(Objection) in
      try FormulaCompiler.truth(condition, frame) ? try yes.run(frame) : try no.run(frame)
    }
  }

  private func lookup(_ arguments: [Formula]) throws(Objection) -> Compiled {
    guard case .name(let name) = arguments[0], let table = scope.lookups[name] else {
      throw Objection(
        "mapping.lookup", "there is no such table under lookups:",
        remedy: "there are " + Objection.list(scope.lookups.keys.sorted()))
    }
    let key = try compile(arguments[1])
    return Compiled(.text) { frame throws(Objection) in
      let bytes = frame.bytes(try key.run(frame))
      if let found = table.pairs[bytes] { return found }
      if let otherwise = table.otherwise { return otherwise }
      throw Objection(
        "mapping.lookup", "the table \(name) does not have \(Objection.quote(bytes))",
        remedy: "add it or an otherwise: to the table, which has \(Objection.list(table.known))")
    }
  }
}

/// Reads constants that stand in a mapping as text: plain decimals, ISO dates, RFC 3339 times.
enum Literal {
  /// A constant of a kind, or an objection.
  static func compiled(_ text: Value, as kind: Kind, currency: Currency?) throws(Objection)
    -> Compiled
  {
    guard case .text(let bytes) = text else { throw Arithmetic.missing }
    if let value = value(bytes, as: kind, currency: currency) {
      return Compiled(kind, constant: value)
    }
    throw Objection(
      "mapping.constant", "\(Objection.quote(bytes)) is not \(kind.phrase)",
      remedy: "write dates as YYYY-MM-DD, sums as 12.50 and times as 2026-01-05T10:00:00+05:30")
  }

  /// The value of a kind that a text stands for, or nil.
  static func value(_ bytes: [UInt8], as kind: Kind, currency: Currency?) -> Value? {
    let text = String(decoding: bytes, as: UTF8.self)
    switch kind {
    case .text: return .text(bytes)
    case .integer: return Int64(text).map { .integer($0) }
    case .money:
      guard let currency else { return nil }
      return Money(decimal: text, currency: currency).map { .money($0.minor, currency) }
    case .date: return Day(text).map { .date($0) }
    case .time: return ClockTime(text).map { .time($0) }
    case .truth: return text == "true" ? .truth(true) : text == "false" ? .truth(false) : nil
    case .days, .months: return nil
    }
  }
}
