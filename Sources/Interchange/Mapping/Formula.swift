/// A formula as written: what it says, not yet what its names mean.
indirect enum Formula: Hashable, Sendable {
  /// A text in quotes.
  case text(String)
  /// A whole number.
  case integer(Int64)
  /// A sum with a point.
  case decimal(String)
  /// True or false.
  case truth(Bool)
  /// A column, memory or named value.
  case name(String)
  /// A function and what it is given.
  case call(String, [Formula])
  /// Two formulas and what stands between them.
  case operation(Operation, Formula, Formula)
  /// The opposite of a condition.
  case not(Formula)
  /// A number with its sign turned.
  case negative(Formula)
  /// A number of days.
  case days(Formula)
  /// A number of months.
  case months(Formula)
  /// Text put together.
  case joined([Formula])

  /// What stands between two formulas.
  enum Operation: String, Sendable {
    /// Sums and products.
    case add = "+", subtract = "-", multiply = "*"
    /// Comparisons.
    case equal = "=", unequal = "!=", less = "<", atMost = "<=", more = ">", atLeast = ">="
    /// Conditions.
    case and, or
  }
}

/// Reads formulas such as `max(0, fine + expense - paid)` or `activity = "Payment" and not
/// empty(x)`.
struct FormulaParser {
  private enum Token: Hashable {
    case word(String), bracketed(String), text(String), number(String), sign(String), end
  }

  /// Words of a formula at most: it is gone through by calls in calls, and a stack has an end.
  static let longest = 1_000

  private let tokens: [Token]
  private var index = 0
  private var depth = 0

  /// Reads a whole formula.
  static func parse(_ text: String) throws(Objection) -> Formula {
    var parser = FormulaParser(tokens: try tokens(of: text))
    let formula = try parser.either()
    guard parser.tokens[parser.index] == .end else {
      throw parser.objection("has something behind its end")
    }
    return formula
  }

  /// Reads text with formulas in braces; `{{` and `}}` stand for braces. A text that is one formula
  /// and nothing else keeps the formula's kind.
  static func template(_ text: String) throws(Objection) -> Formula {
    var parts: [Formula] = []
    var plain = ""
    var inside: String?
    var characters = Array(text.unicodeScalars)[...]
    var quote: Unicode.Scalar?
    while let scalar = characters.popFirst() {
      if let open = quote {
        inside?.unicodeScalars.append(scalar)
        if scalar == open { quote = nil }
      } else if inside != nil {
        if scalar == "}" {
          parts.append(try parse(inside ?? ""))
          inside = nil
          continue
        }
        if scalar == "\"" || scalar == "'" { quote = scalar }
        inside?.unicodeScalars.append(scalar)
      } else if scalar == "{" || scalar == "}", characters.first == scalar {
        characters.removeFirst()
        plain.unicodeScalars.append(scalar)
      } else if scalar == "{" {
        if !plain.isEmpty { parts.append(.text(plain)) }
        plain = ""
        inside = ""
      } else {
        plain.unicodeScalars.append(scalar)
      }
    }
    guard inside == nil else {
      throw Objection(
        "mapping.formula", "a brace is opened and never closed in \(Objection.quote(text))",
        remedy: "close it, or write {{ for a brace that belongs to the text")
    }
    if !plain.isEmpty || parts.isEmpty { parts.append(.text(plain)) }
    return parts.count == 1 ? parts[0] : .joined(parts)
  }

  private func objection(_ what: String) -> Objection {
    Objection(
      "mapping.formula", "the formula \(what)",
      remedy: "write for example max(0, amount - paid), day(at) + 60 days or status = \"open\"")
  }

  private mutating func take(_ sign: String) -> Bool {
    guard tokens[index] == .sign(sign) || tokens[index] == .word(sign) else { return false }
    index += 1
    return true
  }

  private mutating func expect(_ sign: String) throws(Objection) {
    guard take(sign) else { throw objection("lacks a \(sign)") }
  }
}

extension FormulaParser {
  private mutating func either() throws(Objection) -> Formula {
    depth += 1
    defer { depth -= 1 }
    guard depth < 50 else { throw objection("is nested too deeply") }
    var left = try both()
    while take("or") { left = .operation(.or, left, try both()) }
    return left
  }

  private mutating func both() throws(Objection) -> Formula {
    var left = try negation()
    while take("and") { left = .operation(.and, left, try negation()) }
    return left
  }

  private mutating func negation() throws(Objection) -> Formula {
    var turns = 0
    while take("not") { turns += 1 }
    let formula = try comparison()
    return turns % 2 == 0 ? formula : .not(formula)
  }

  private mutating func comparison() throws(Objection) -> Formula {
    let left = try sum()
    for sign in ["!=", "<=", ">=", "==", "=", "<", ">"] where take(sign) {
      guard let operation = Formula.Operation(rawValue: sign == "==" ? "=" : sign) else { continue }
      return .operation(operation, left, try sum())
    }
    return left
  }

  private mutating func sum() throws(Objection) -> Formula {
    var left = try product()
    while true {
      if take("+") {
        left = .operation(.add, left, try product())
      } else if take("-") {
        left = .operation(.subtract, left, try product())
      } else {
        return left
      }
    }
  }

  private mutating func product() throws(Objection) -> Formula {
    var left = try unary()
    while take("*") { left = .operation(.multiply, left, try unary()) }
    return left
  }

  private mutating func unary() throws(Objection) -> Formula {
    var turns = 0
    while take("-") { turns += 1 }
    var formula = try primary()
    if take("days") || take("day") {
      formula = .days(formula)
    } else if take("months") || take("month") {
      formula = .months(formula)
    }
    return turns % 2 == 0 ? formula : .negative(formula)
  }

  private mutating func primary() throws(Objection) -> Formula {
    let token = tokens[index]
    index += token == .end ? 0 : 1
    switch token {
    case .text(let text): return .text(text)
    case .bracketed(let name): return .name(name)
    case .number(let digits):
      if let number = Int64(digits) { return .integer(number) }
      guard digits.contains(".") else { throw objection("has a number beyond 64 bits") }
      return .decimal(digits)
    case .sign("("):
      let inner = try either()
      try expect(")")
      return inner
    case .word("true"): return .truth(true)
    case .word("false"): return .truth(false)
    case .word(let name):
      guard take("(") else { return .name(name) }
      var arguments: [Formula] = []
      if !take(")") {
        repeat { arguments.append(try either()) } while take(",")
        try expect(")")
      }
      return .call(name, arguments)
    case .sign, .end: throw objection(token == .end ? "ends too early" : "has a sign out of place")
    }
  }

  private static func tokens(of text: String) throws(Objection) -> [Token] {
    var tokens: [Token] = []
    var rest = Array(text.unicodeScalars)[...]
    func isWord(_ scalar: Unicode.Scalar) -> Bool {
      scalar.properties.isAlphabetic || scalar == "_"
    }
    func isDigit(_ scalar: Unicode.Scalar) -> Bool { (48...57).contains(scalar.value) }
    func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
      String(String.UnicodeScalarView(scalars))
    }
    while let first = rest.first {
      if first.properties.isWhitespace {
        rest.removeFirst()
      } else if isWord(first) {
        let word = rest.prefix { isWord($0) || isDigit($0) }
        tokens.append(.word(string(word)))
        rest = rest.dropFirst(word.count)
      } else if isDigit(first) {
        let number = rest.prefix { isDigit($0) || $0 == "." }
        tokens.append(.number(string(number)))
        rest = rest.dropFirst(number.count)
      } else if first == "\"" || first == "'" || first == "[" {
        let close: Unicode.Scalar = first == "[" ? "]" : first
        let inner = rest.dropFirst().prefix { $0 != close }
        guard inner.count + 1 < rest.count else {
          throw Objection(
            "mapping.formula", "\(first) is opened and never closed in \(Objection.quote(text))",
            remedy: "close it with \(close)")
        }
        tokens.append(first == "[" ? .bracketed(string(inner)) : .text(string(inner)))
        rest = rest.dropFirst(inner.count + 2)
      } else {
        let two = string(rest.prefix(2))
        let sign = ["!=", "<=", ">=", "=="].contains(two) ? two : String(Character(first))
        guard "!=<=>===+-*(),".contains(sign) else {
          throw Objection(
            "mapping.formula", "\(Objection.quote(sign)) has no meaning in a formula",
            remedy: "enclose a column name with signs or blanks in brackets: [Invoice No.]")
        }
        tokens.append(.sign(sign))
        rest = rest.dropFirst(sign.unicodeScalars.count)
      }
    }
    guard tokens.count <= longest else {
      throw Objection(
        "mapping.formula", "the formula has more than a thousand words",
        remedy: "use values: or lookups:")
    }
    tokens.append(.end)
    return tokens
  }
}
