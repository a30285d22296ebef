import Ledger

/// A body made ready to write: one step a property, in the order of the keys.
struct BodyPlan {
  /// Writes the value of a property to the frame; false when it is empty.
  typealias Write = (Frame) throws(Objection) -> Bool

  /// One property. A class, so that a row costs no copies of its parts.
  final class Item {
    /// Its CBOR key.
    let key: UInt64
    /// Where it stands, for a message.
    let path: String
    /// Whether the event needs it.
    let isRequired: Bool
    /// Whether it is about a person: an objection then does not quote what stands there.
    let isSealed: Bool
    /// Writes its value.
    let write: Write

    /// A property of all its parts.
    init(_ field: Field, path: String, write: @escaping Write) {
      (self.key, self.path, self.write) = (UInt64(field.key), path, write)
      (isRequired, isSealed) = (field.isRequired, field.isSealed)
    }
  }

  private let items: [Item]

  /// Makes the properties of a shape ready; what the schema does not have, or needs and does not
  /// get, is refused here.
  init(_ yaml: YAML?, shape: Shape, path: String, compiler: FormulaCompiler, event: EventPlanNotes)
    throws(Objection)
  {
    var items: [Item] = []
    let pairs = try yaml?.pairs(path.isEmpty ? "body" : path) ?? []
    for pair in pairs {
      guard let field = shape.field(pair.key) else {
        throw Objection(
          "mapping.field", "\(shape.name) has no field \(Objection.quote(pair.key))",
          remedy: "it has " + Objection.list(shape.fields.map(\.name))
        ).at("", pair.line)
      }
      let name = path.isEmpty ? field.name : path + "." + field.name
      items.append(
        Item(
          field, path: name, write: try BodyPlan.writer(pair.value, field, name, compiler, event)))
    }
    let given = Set(pairs.map(\.key))
    if let absent = shape.fields.first(where: { $0.isRequired && !given.contains($0.name) }) {
      throw Objection(
        "mapping.required", "\(shape.name) needs \(Objection.quote(absent.name))",
        remedy: "add \(absent.name): (\(absent.doc)) to \(path.isEmpty ? "its body" : path)"
      ).at("", yaml?.line ?? 0)
    }
    self.items = items.sorted { $0.key < $1.key }
  }

  /// Writes the map to the frame.
  func write(_ frame: Frame) throws(Objection) {
    let head = frame.out.bytes.count
    frame.out.bytes.append(0xA0)
    var count = 0
    for item in items {
      let before = frame.out.bytes.count
      frame.out.uint(item.key)
      let written: Bool
      do throws(Objection) { written = try item.write(frame) } catch {
        if item.isSealed, error.rule != "event.personal" {
          throw Objection(
            error.rule, "the value cannot be used, and is personal, so it is not quoted here",
            column: item.path, remedy: "look at the row in the file itself")
        }
        throw error.about(item.path)
      }
      if written {
        count += 1
        continue
      }
      frame.out.bytes.removeLast(frame.out.bytes.count - before)
      if item.isRequired {
        throw Objection(
          "event.required", "there is nothing to write here, and the event needs it",
          column: item.path, remedy: "fill it in, or give a default in the mapping")
      }
    }
    if count < 24 {
      frame.out.bytes[head] = 0xA0 | UInt8(count)
    } else {
      frame.out.bytes[head] = 0xB8
      frame.out.bytes.insert(UInt8(clamping: count), at: head + 1)
    }
  }

  private static func writer(
    _ yaml: YAML, _ field: Field, _ path: String, _ compiler: FormulaCompiler,
    _ event: EventPlanNotes
  ) throws(Objection) -> Write {
    do throws(Objection) {
      guard field.isList else { return try one(yaml, field, path, compiler, event) }
      var writers: [Write] = []
      for (index, item) in yaml.items.enumerated() {
        writers.append(try one(item, field, path + "[\(index)]", compiler, event))
      }
      let all = writers
      guard all.count < 24 else {
        throw Objection(
          "mapping.shape", "the list has more than 23 items", remedy: "write fewer in one event")
      }
      return { frame throws(Objection) in
        let head = frame.out.bytes.count
        frame.out.bytes.append(0x80)
        for write in all where try write(frame) { frame.out.bytes[head] += 1 }
        return frame.out.bytes[head] > 0x80
      }
    } catch {
      throw error.about(path).at("", yaml.line)
    }
  }

  private static func one(
    _ yaml: YAML, _ field: Field, _ path: String, _ compiler: FormulaCompiler,
    _ event: EventPlanNotes
  ) throws(Objection) -> Write {
    if field.kind == .part, let part = field.part {
      let plan = try BodyPlan(yaml, shape: part, path: path, compiler: compiler, event: event)
      return { frame throws(Objection) in
        try plan.write(frame)
        return true
      }
    }
    let formula = try FormulaParser.template(try yaml.text(path))
    var compiled =
      field.isSealed
      ? try compiler.scope.use.sealing { () throws(Objection) in try compiler.compile(formula) }
      : try compiler.compile(formula)
    let wanted = try FieldWriter.kind(field)
    if wanted == .money { compiled = compiled.asMoney }
    if compiled.kind != wanted, compiled.kind == .text, let text = compiled.constant {
      compiled = try Literal.compiled(text, as: wanted, currency: compiler.scope.currency)
    }
    let fits = compiled.kind == wanted || (wanted == .text && compiled.kind == .integer)
    guard fits else { throw compiler.unfit(compiled.kind, wanted.phrase) }
    let writer = try FieldWriter(field, path: path, event: event, constant: compiled.constant)
    let step = compiled.run
    return { frame throws(Objection) in
      let value = try step(frame)
      if value.isEmpty { return false }
      try writer.write(value, frame)
      return true
    }
  }
}

/// Which properties of an event stand in its header.
struct EventPlanNotes {
  /// Path of the sum.
  var amount: String?
  /// Path of the day.
  var day: String?
}

/// Writes a value as the CBOR that the schema's kind has.
struct FieldWriter {
  private let field: Field
  private let path: String
  private let list: CodeList?
  private let isAmount: Bool
  private let isDay: Bool
  private let isAccount: Bool

  /// A writer of one property; a constant is checked now.
  init(_ field: Field, path: String, event: EventPlanNotes, constant: Value?) throws(Objection) {
    self.field = field
    self.path = path
    list = field.kind == .code && !field.list.isEmpty ? Register.codes[field.list] : nil
    isAmount = event.amount == path
    isDay = event.day == path
    isAccount = field.kind == .id && (field.of == "account" || field.name == "account")
    if case .text(let bytes) = constant { try check(bytes[...]) }
  }

  /// The kind of formula that fits a property.
  static func kind(_ field: Field) throws(Objection) -> Kind {
    switch field.kind {
    case .text, .id, .code, .hash, .sealed, .geo: return .text
    case .int, .bp: return .integer
    case .bool: return .truth
    case .money: return .money
    case .date: return .date
    case .instant: return .time
    case .json, .time, .part:
      throw Objection(
        "mapping.field", "a mapping cannot fill a field of type \(field.typeName)",
        remedy: "leave it out, or import the event as NDJSON")
    }
  }

  /// Writes a value that is not empty.
  func write(_ value: Value, _ frame: Frame) throws(Objection) {
    switch value {
    case .slice(let start, let end):
      try text(frame.row.bytes[start..<end], frame)
    case .text(let bytes): try text(bytes[...], frame)
    case .integer(let number):
      if field.kind == .int || field.kind == .bp {
        frame.out.int(number)
      } else {
        try text(Array(String(number).utf8)[...], frame)
      }
    case .money(let minor, let currency):
      let code = currency == .none ? frame.currency : currency
      frame.out.array(2)
      frame.out.int(minor)
      frame.out.uint(UInt64(code.rawValue))
      if isAmount { frame.amount = Money(minor: minor, currency: code) }
    case .date(let day):
      frame.out.int(Int64(day.rawValue))
      if isDay { frame.day = day }
    case .time(let time):
      frame.out.array(2)
      frame.out.int(time.moment.rawValue)
      frame.out.int(Int64(time.offset))
    case .truth(let truth): frame.out.bool(truth)
    case .empty: break
    }
  }

  private func text(_ bytes: ArraySlice<UInt8>, _ frame: Frame) throws(Objection) {
    try check(bytes)
    if field.kind == .hash {
      frame.out.data(Hex.bytes(bytes) ?? [])
      return
    }
    if let list, !list.contains(TextKey(bytes.span)) {
      frame.flags.append("unknown-code:" + path)
    }
    if field.isSealed { frame.isPlain = true }
    if isAccount { frame.concerns.append(String(decoding: bytes, as: UTF8.self)) }
    frame.out.head(3, UInt64(bytes.count))
    frame.out.bytes.append(contentsOf: bytes)
  }

  private func check(_ bytes: ArraySlice<UInt8>) throws(Objection) {
    switch field.kind {
    case .id: try FieldWriter.checkID(bytes)
    case .text: if let loss = NaturalKey.loss(in: bytes) { throw loss }
    case .code:
      guard bytes.allSatisfy({ $0 > 32 && $0 < 127 }) else {
        throw Objection(
          "event.code", "\(Objection.quote(bytes)) is no code",
          remedy: "use a code without blanks, or turn it into one with lookup(table, column)")
      }
    case .hash:
      guard bytes.count == 64, Hex.bytes(bytes) != nil else {
        throw Objection(
          "event.hash", "\(Objection.quote(bytes)) is no SHA-256",
          remedy: "write 64 lower-case hexadecimal digits")
      }
    case .sealed, .geo:
      guard bytes.count <= PersonalFields.longest else {
        throw Objection(
          "event.personal", "the value has \(bytes.count) bytes",
          remedy: "a personal value has \(PersonalFields.longest) bytes at most; shorten it")
      }
    default: break
    }
  }

  /// An id has at least one character and no control characters, and all its digits.
  static func checkID(_ bytes: some Collection<UInt8>) throws(Objection) {
    guard !bytes.isEmpty, bytes.allSatisfy({ $0 >= 32 && $0 != 127 }) else {
      throw Objection(
        "event.id", "\(Objection.quote(bytes)) is no id",
        remedy: "an id has at least one character and no control characters")
    }
    if let loss = NaturalKey.loss(in: bytes) { throw loss }
  }
}
