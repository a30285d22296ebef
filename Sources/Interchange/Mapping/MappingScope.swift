import Ledger

extension MappingReader {
  /// Everything the mapping says, ready to run.
  mutating func program(zone: Zone, currency: Currency) throws(Objection) -> Program {
    let clock = try readClock(zone)
    try readNumbers()
    let money = try readCurrency(currency)
    scope.currency = money.fixed
    try readColumns()
    try readLookups()
    let start = try readMemory()
    try readValues()
    guard let named = root["case"] else {
      throw Objection(
        "mapping.required", "the mapping does not say which account a row is about",
        remedy: "add case: with the name of a column; there are \(Objection.list(scope.header))")
    }
    let name = try named.text("case")
    let subject =
      name.contains("{") ? try text(named, "case") : try text(columnNamed: name, named)
    var program = Program(subject: subject, subjectName: name, clock: clock)
    program.numbers = scope.numbers
    for (index, type) in scope.columns.values { program.types[index] = type }
    program.currencyColumn = money.column
    program.fixedCurrency = money.fixed
    program.start = start
    program.valueCount = scope.values.count
    program.sort = try readSort()
    // Other types take different texts for the same: 7 and 007 are one number and two cases.
    program.casesAreTogether =
      program.sort.first.map { $0.name == name && $0.type == .text } ?? false
    if let otherwise = root["otherwise"] {
      guard try otherwise.text("otherwise") == "skip" else {
        throw otherwise.objection(
          "mapping.shape", "otherwise can only be skip", "leave it out to refuse such rows")
      }
      program.skipsOthers = true
    }
    program.rules = try readRules()
    if let column = money.column { scope.use.note(column) }
    for key in program.sort { scope.use.note(key.column) }
    program.isPersonal = scope.use.isPersonal
    program.openColumns = scope.use.open
    return program
  }

  private func text(columnNamed name: String, _ yaml: YAML) throws(Objection) -> Compiled {
    let index = try column(name, yaml)
    scope.use.note(index)
    return ColumnReader(name: name, index: index, numbers: scope.numbers).compiled(.text)
  }

  private func readClock(_ ledger: Zone) throws(Objection) -> LocalClock {
    var zone = ledger
    if let given = root["zone"] {
      guard let named = Zone(try given.text("zone")) else {
        throw given.objection(
          "mapping.zone", "this is no time zone", "use an IANA name such as Europe/Rome")
      }
      zone = named
    }
    var clock = LocalClock(zone: zone)
    func choice(_ key: String, _ allowed: [LocalClock.Choice]) throws(Objection)
      -> LocalClock.Choice
    {
      guard let given = root[key] else { return .refuse }
      let text = try given.text(key)
      guard let choice = allowed.first(where: { $0.rawValue == text }) else {
        throw given.objection(
          "mapping.zone", "\(key) cannot be \(Objection.quote(text))",
          "use " + Objection.list(allowed.map(\.rawValue)))
      }
      return choice
    }
    clock.ambiguous = try choice("ambiguous", [.refuse, .earlier, .later])
    clock.missing = try choice("missing", [.refuse, .later])
    return clock
  }

  private mutating func readNumbers() throws(Objection) {
    func sign(_ key: String, _ allowed: [String: UInt8]) throws(Objection) -> UInt8? {
      guard let given = root[key] else { return nil }
      guard let byte = allowed[try given.text(key)] else {
        throw given.objection(
          "mapping.numbers", "this is no sign for \(key):",
          "use " + Objection.list(allowed.keys.sorted()))
      }
      return byte
    }
    let signs: [String: UInt8] = [
      ".": 46, ",": 44, "point": 46, "comma": 44, " ": 32, "blank": 32, "'": 39,
    ]
    if let point = try sign("decimal", signs.filter { $0.value == 46 || $0.value == 44 }) {
      scope.numbers.point = point
    }
    scope.numbers.grouping = try sign("grouping", signs)
    if let given = root["grouping"], scope.numbers.grouping == scope.numbers.point {
      throw given.objection(
        "mapping.numbers", "decimal: and grouping: are the same sign", "declare decimal: as well")
    }
  }

  private func readCurrency(_ ledger: Currency) throws(Objection) -> (
    fixed: Currency?, column: Int?
  ) {
    guard let given = root["currency"] else { return (ledger, nil) }
    let text = try given.text("currency")
    if text.utf8.first == UInt8(ascii: "{"), text.utf8.last == UInt8(ascii: "}") {
      var name = String(text.dropFirst().dropLast())
      if name.hasPrefix("["), name.hasSuffix("]") { name = String(name.dropFirst().dropLast()) }
      return (nil, try column(name, given))
    }
    guard let currency = Currency(code: text) else {
      throw given.objection(
        "money.currency", "\(Objection.quote(text)) is no currency of ISO 4217",
        "use a three-letter code such as INR, or a column: \"{currency}\"")
    }
    return (currency, nil)
  }

  private mutating func readColumns() throws(Objection) {
    guard let given = root["columns"] else { return }
    for pair in try given.pairs("columns") {
      let index = try column(pair.key, .scalar("", line: pair.line))
      let text = try pair.value.text(pair.key)
      guard let type = ColumnType(text) else {
        throw pair.value.objection(
          "mapping.columns", "\(Objection.quote(text)) is no type of a column",
          "use " + ColumnType.known)
      }
      scope.columns[pair.key] = (index, type)
    }
  }

  private mutating func readLookups() throws(Objection) {
    guard let given = root["lookups"] else { return }
    for table in try given.pairs("lookups") {
      var lookup = Scope.Lookup(pairs: [:], otherwise: nil, known: [])
      for pair in try table.value.pairs("lookups: \(table.key)") {
        let value = Value.text(Array(try pair.value.text(pair.key).utf8))
        if pair.key == "otherwise" {
          lookup.otherwise = value
        } else {
          lookup.pairs[Array(pair.key.utf8)] = value
          lookup.known.append(pair.key)
        }
      }
      scope.lookups[table.key] = lookup
    }
  }

  private func claim(_ pair: YAML.Pair) throws(Objection) {
    guard scope.columns[pair.key] == nil, scope.memory[pair.key] == nil,
      scope.values[pair.key] == nil
    else {
      throw Objection(
        "mapping.name", "the name \(Objection.quote(pair.key)) is taken by a column or a value",
        remedy: "choose another name"
      ).at("", pair.line)
    }
  }

  private mutating func readMemory() throws(Objection) -> [Value] {
    guard let given = root["memory"] else { return [] }
    var start: [Value] = []
    for pair in try given.pairs("memory") {
      try claim(pair)
      let text = try pair.value.text(pair.key)
      let kind: Kind
      switch text {
      case "text": (kind, _) = (.text, start.append(.empty))
      case "integer": (kind, _) = (.integer, start.append(.integer(0)))
      case "money": (kind, _) = (.money, start.append(.money(0, .none)))
      case "date": (kind, _) = (.date, start.append(.empty))
      case "time": (kind, _) = (.time, start.append(.empty))
      case "truth": (kind, _) = (.truth, start.append(.truth(false)))
      default:
        throw pair.value.objection(
          "mapping.memory", "\(Objection.quote(text)) is no kind of memory",
          "use text, integer, money, date, time or truth")
      }
      scope.memory[pair.key] = (start.count - 1, kind)
    }
    return start
  }

  private mutating func readValues() throws(Objection) {
    guard let given = root["values"] else { return }
    for pair in try given.pairs("values") {
      try claim(pair)
      let formula = try MappingReader.at(pair.value) { () throws(Objection) in
        try scope.use.keeping(pair.key) { () throws(Objection) in
          try compiler.compile(try FormulaParser.parse(try pair.value.text(pair.key)))
        }
      }
      guard scope.use.depth(of: pair.key) < 30 else {
        throw pair.value.objection(
          "mapping.values", "the value rests on thirty others, each on the next",
          "say it in fewer steps")
      }
      scope.values[pair.key] = (scope.values.count, formula)
    }
  }

  private func readSort() throws(Objection) -> [SortKey] {
    guard let given = root["sort"] else { return [] }
    var keys: [SortKey] = []
    for item in given.items {
      let text = try item.text("sort")
      let descends = text.hasSuffix(" descending")
      let name = descends ? String(text.dropLast(11)) : text
      let index = try column(name, item)
      keys.append(
        SortKey(
          column: index, name: name, type: scope.columns[name]?.type ?? .text, descends: descends))
    }
    return keys
  }
}
