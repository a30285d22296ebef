import Ledger

/// Statements of SWIFT's form MT940, one or several in a file: `:61:` is a movement, `:86:` what
/// was written beside it, `:60F:` and `:62F:` the balances that must agree with the movements.
enum MT940 {
  /// Lays the movements out as rows of the template `bank-statement`.
  static func layout(_ file: ByteFile, _ mapping: Mapping, _ currency: Currency)
    throws(Objection) -> Layout
  {
    guard file.size <= 256 << 20 else {
      throw Objection("mt940.size", "the file is larger than 256 MB", remedy: "split it")
        .at(file.name, 0)
    }
    var reading = Reading(StatementText(currency), currency)
    do throws(Objection) {
      for field in fields(try file.bytes(0..<file.size)) { try reading.take(field) }
      try reading.end()
    } catch { throw error.at(file.name, 0) }
    guard reading.statements > 0 else {
      throw Objection(
        "mt940.form", "the file has no statement, which begins with :20: and has :60F: and :62F:",
        remedy: "ask the bank for MT940, or use the template of the form it is in"
      ).at(file.name, 0)
    }
    return try Layout(of: file, reading.text.text, mapping.dialect)
  }

  /// A tag with its lines.
  private struct Field {
    var line: Int
    var tag: String
    var value: String
  }

  // A field begins with `:tag:` and goes on to the next; what stands around statements is passed
  // over.
  private static func fields(_ bytes: [UInt8]) -> [Field] {
    var fields: [Field] = []
    let text = String(decoding: bytes, as: UTF8.self)
    var number = 0
    // Swift takes CR LF, which SWIFT writes, for one character.
    let isEnd = { (sign: Character) in sign == "\n" || sign == "\r\n" }
    for line in text.split(omittingEmptySubsequences: false, whereSeparator: isEnd) {
      number += 1
      if line.first == ":", let end = line.dropFirst().firstIndex(of: ":") {
        let tag = String(line[line.index(after: line.startIndex)..<end])
        fields.append(
          Field(line: number, tag: tag, value: String(line[line.index(after: end)...])))
      } else if line == "-" || line.hasPrefix("-}") || line.hasPrefix("{") {
        continue
      } else if !fields.isEmpty, !line.isEmpty {
        fields[fields.count - 1].value += "\n" + line
      }
    }
    return fields
  }

  /// One statement after another.
  private struct Reading {
    var text: StatementText
    var statements = 0
    private let currency: Currency
    private var account = ""
    private var opening: Int128?
    private var moved: Int128 = 0
    private var pending: StatementText.Movement?

    init(_ text: StatementText, _ currency: Currency) {
      (self.text, self.currency) = (text, currency)
    }

    mutating func take(_ field: Field) throws(Objection) {
      switch field.tag {
      case "25": account = field.value.filter { !$0.isNewline }
      case "60F", "60M":
        try end()
        statements += 1
        (opening, moved) = (try balance(field), 0)
      case "61":
        try end()
        pending = try movement(field)
      case "86": pending?.narration = field.value
      case "62F", "62M":
        try end()
        try StatementText.check(
          "mt940", opening: opening, moved: moved, closing: try balance(field), currency,
          line: field.line)
        opening = nil
      default: try end()
      }
    }

    mutating func end() throws(Objection) {
      guard let movement = pending else { return }
      text.add(movement, of: account)
      pending = nil
    }

    // `C260401INR1000,00`
    private func balance(_ field: Field) throws(Objection) -> Int128 {
      let value = field.value
      guard let mark = value.first, mark == "C" || mark == "D", value.utf8.count > 10,
        let code = Currency(code: String(value.dropFirst(7).prefix(3))),
        let sum = MT940.sum(String(value.dropFirst(10)), currency)
      else { throw unread(field, "a balance such as C260401INR1000,00") }
      guard code == currency else {
        throw Objection(
          "mt940.currency", "the statement is in \(code.code) and the ledger in \(currency.code)",
          remedy: "import it into a ledger of that currency"
        ).at("", field.line)
      }
      return mark == "C" ? Int128(sum) : -Int128(sum)
    }

    // `2604010401CR2500,00NTRFUTR123//BANK1`: value date, entry date, mark, funds code, sum, type,
    // the payer's reference, the bank's.
    private mutating func movement(_ field: Field) throws(Objection) -> StatementText.Movement {
      var rest = field.value.prefix { !$0.isNewline }[...]
      var movement = StatementText.Movement(line: field.line)
      let form = "a movement such as 2604010401C2500,00NTRFUTR123//BANK1"
      let date = rest.prefix(6)
      movement.valueDate = DateFormat("YYYYMMDD")?.read(Array("20\(date)".utf8))?.day
      guard date.count == 6, movement.valueDate != nil else { throw unread(field, form) }
      rest = rest.dropFirst(6)
      if rest.prefix(4).allSatisfy(\.isNumber) { rest = rest.dropFirst(4) }
      let isReversal = rest.first == "R"
      if isReversal { rest = rest.dropFirst() }
      guard let mark = rest.first, mark == "C" || mark == "D" else { throw unread(field, form) }
      movement.isCredit = mark == "C"
      rest = rest.dropFirst()
      if rest.first?.isLetter == true { rest = rest.dropFirst() }
      let digits = rest.prefix { $0.isNumber || $0 == "," }
      guard let amount = MT940.sum(String(digits), currency) else { throw unread(field, form) }
      movement.amount = amount
      rest = rest.dropFirst(digits.count)
      // What kind it is stands in a letter and three signs.
      guard rest.count >= 4, rest.first?.isLetter == true else { throw unread(field, form) }
      rest = rest.dropFirst(4)
      let names = rest.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
      let own = String(names.first ?? "")
      let bank = names.count > 1 ? String(names[1].drop { $0 == "/" }) : ""
      movement.reference = own.isEmpty || own == "NONREF" ? bank : own
      // A reversed credit is a debit, and the other way round.
      moved += (movement.isCredit != isReversal ? 1 : -1) * Int128(amount)
      if isReversal {
        movement.fault = Objection(
          "bank.reversal", "the bank takes a movement back",
          remedy: "record payment.reversed for the payment that it was")
      }
      return movement
    }

    private func unread(_ field: Field, _ form: String) -> Objection {
      Objection(
        "mt940.form", ":\(field.tag): has \(Objection.quote(field.value)) and not \(form)",
        remedy: "ask the bank for the file again"
      ).at("", field.line)
    }
  }

  // The fraction stands behind a comma, which is there even without one.
  private static func sum(_ text: String, _ currency: Currency) -> Int64? {
    var numbers = NumberFormat()
    numbers.point = UInt8(ascii: ",")
    let bytes = Array((text.hasSuffix(",") ? text.dropLast() : text[...]).utf8)
    return numbers.minor(bytes[...], exponent: currency.exponent)
  }
}
