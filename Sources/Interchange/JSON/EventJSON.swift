import Journaling
package import Ledger

/// One event in its JSON form (`schemas/envelope.v1.json`), read from a line and made a draft.
///
/// It is the form of NDJSON imports, exports, case files and of `record`. Properties are written in
/// the order of the schema; a body goes through the register both ways.
package struct EventJSON: Sendable {
  /// The event, complete but for what the ledger gives.
  package var draft: Draft
  /// `event_id` as given; nil when there was none.
  package var id: String?
  /// Position in the ledger it was exported from.
  package var seq: Position?
  /// When another ledger recorded it.
  package var recorded: Moment?
  /// `source.file_sha256` as given.
  package var fileSHA256: String?
  /// What another ledger keeps of an entry whose content was destroyed there.
  package var redacted: Envelope.Redacted?

  /// Reads an event from JSON. Nothing of the ledger is looked up.
  package init(_ line: Span<UInt8>) throws(Objection) {
    var fields = EventFields()
    do throws(BodyError) { try fields.read(line) } catch {
      if error.path.hasPrefix("body."), !error.what.hasPrefix("not JSON"),
        let type = fields.type.flatMap({ Register.event($0) })
      {
        throw EventJSON.objection(error, type)
      }
      throw Objection(
        "event.json", error.what, column: error.path.isEmpty ? nil : error.path,
        remedy: "compare the line with schemas/envelope.v1.json")
    }
    try self.init(fields, line)
  }

  /// Reads an event from JSON text.
  package init(_ text: String) throws(Objection) { try self.init(Array(text.utf8).span) }

  private init(_ fields: EventFields, _ line: Span<UInt8>) throws(Objection) {
    func need<T>(_ value: T?, _ name: String) throws(Objection) -> T {
      if let value { return value }
      throw Objection(
        "event.required", "the event lacks \(name)", column: name, remedy: "add it to the line")
    }
    let name = try need(fields.type, "type")
    guard let type = Register.event(name, version: fields.version) else {
      throw EventJSON.unknown(name, fields.version)
    }
    let subject = try need(fields.subject, "subject")
    guard subject.kind == type.subject else {
      throw Objection(
        "event.subject", "\(name) belongs to a stream of kind \(type.subject), not \(subject.kind)",
        column: "subject.kind", remedy: "write \(type.subject)")
    }
    let body = try EventJSON.body(fields, line, type, at: try need(fields.body, "body"))
    let occurred = try need(fields.occurred, "occurred_at")
    draft = Draft(
      type: type.code, subject: subject, occurred: occurred, day: occurred.day,
      actor: try need(fields.actor, "actor"), body: body)
    draft.version = type.version
    draft.refs = fields.refs
    draft.valueDate = fields.valueDate
    draft.recordedBy = fields.recordedBy
    draft.source = fields.source
    draft.causation = fields.causation
    draft.correlation = fields.correlation
    draft.evidence = fields.evidence
    draft.imported = type.isImported && (fields.source?.kind ?? "import") == "import"
    for flag in fields.flags {
      switch flag {
      case EventJSON.importedFlag: draft.imported = true
      case EventJSON.decidedFlag: draft.imported = false
      default: draft.flags.append(flag)
      }
    }
    (id, seq, recorded) = (fields.id, fields.seq, fields.recorded)
    (fileSHA256, redacted) = (fields.source?.fileSHA256, fields.redacted)
    draft.eventID = fields.id
    try DraftFacts.complete(&draft, type)
  }

  /// The body in CBOR; read again when the version came behind it.
  private static func body(
    _ fields: EventFields, _ line: Span<UInt8>, _ type: EventType, at place: Range<Int>
  ) throws(Objection) -> [UInt8] {
    if let encoded = fields.encoded, encoded.type === type { return encoded.bytes }
    do throws(BodyError) { return try BodyCodec.encode(line.extracting(place), as: type) } catch {
      throw objection(error.inside("body"), type)
    }
  }

  private static func unknown(_ name: String, _ version: UInt8?) -> Objection {
    if let version, Register.event(name) != nil {
      let known = Register.events.filter { $0.name == name }.map { "\($0.version)" }
      return Objection(
        "event.version", "version \(version) of \(name) is not known here", column: "v",
        remedy: "this Arrears reads version " + Objection.list(known))
    }
    let near = Register.events.filter { $0.noun == name.prefix { $0 != "." } }.map(\.name)
    return Objection(
      "event.type", "there is no event \(Objection.quote(name))", column: "type",
      remedy: near.isEmpty
        ? "the nouns are " + Objection.list(Register.nouns) : "there are " + Objection.list(near))
  }

  private static func objection(_ error: BodyError, _ type: EventType) -> Objection {
    let file = "\(type.noun)/\(type.name.dropFirst(type.noun.utf8.count + 1)).v\(type.version).json"
    return Objection(
      "event.body", error.what, column: error.path, remedy: "compare it with schemas/\(file)")
  }

  /// Whether events of its type have properties that are about a person.
  package var isPersonal: Bool {
    Register.event(code: draft.type, version: draft.version)?.isPersonal ?? true
  }

  /// Flags the codes of the body that their list does not have; for events that are new here.
  package mutating func flagUnknownCodes() {
    guard let type = Register.event(code: draft.type, version: draft.version),
      let codes = try? BodyCodec.unknownCodes(draft.body.span, as: type)
    else { return }
    for code in codes {
      let flag = "unknown-code:" + code.path
      if !draft.flags.contains(flag) { draft.flags.append(flag) }
    }
  }

  /// Says that an event is history although its source does not tell.
  static let importedFlag = "imported"
  /// Says that an event was decided although its source does not tell.
  static let decidedFlag = "decided"
}

/// What a draft takes from its body: sum, day, target and the accounts it names.
enum DraftFacts {
  /// Fills in the header's facts.
  static func complete(_ draft: inout Draft, _ type: EventType) throws(Objection) {
    do throws(WireError) {
      var visitor = BodyVisitor(type)
      try visitor.visit(draft.body.span)
      draft.amount = visitor.amount
      draft.isPlain = visitor.isPlain
      let local = draft.occurred.day
      switch type.day {
      case .occurred: draft.day = local
      case .valueDate: draft.day = draft.valueDate ?? local
      case .property: draft.day = visitor.day ?? local
      }
      if type.subject == "event" { draft.target = visitor.target }
      for id in visitor.accounts {
        let named = Reference(kind: "account", id: id)
        if named != draft.subject, !draft.refs.contains(named), !draft.concerns.contains(id) {
          draft.concerns.append(id)
        }
      }
    } catch {
      throw Objection(
        "event.body", "\(error)", column: "body", remedy: "compare it with its schema")
    }
    try check(draft)
  }

  /// Ids that the ledger keeps a number for take 500 bytes at most.
  static func check(_ draft: Draft) throws(Objection) {
    func fits(_ id: String, _ column: String) throws(Objection) {
      guard id.utf8.count > 500 else { return }
      throw Objection(
        "event.id", "an id of \(id.utf8.count) bytes is too long", column: column,
        remedy: "an id has at most 500 bytes")
    }
    try fits(draft.subject.id, "subject")
    try fits(draft.actor.name, "actor")
    for ref in draft.refs { try fits(ref.id, "refs") }
    for id in draft.concerns { try fits(id, "body") }
    if let id = draft.eventID { try fits(id, "event_id") }
    guard draft.body.count <= Batch.longestEvent - Header.size else {
      throw Objection(
        "event.length", "the body has \(draft.body.count) bytes", column: "body",
        remedy: "an event has at most \(Batch.longestEvent); shorten it")
    }
  }
}

/// Walks through a stored body and picks up what stands in the header.
struct BodyVisitor {
  private let type: EventType
  /// The sum that stands in the header.
  private(set) var amount: Money?
  /// The day that stands in the header.
  private(set) var day: Day?
  /// The event that the body is about.
  private(set) var target: String?
  /// Accounts that the body names.
  private(set) var accounts: [String] = []
  /// Whether a personal value stands there as text, still to be sealed.
  private(set) var isPlain = false

  /// A visitor of bodies of a type.
  init(_ type: EventType) { self.type = type }

  /// Walks through a body.
  mutating func visit(_ body: Span<UInt8>) throws(WireError) {
    var reader = CBORReader(body)
    try object(&reader, type.shape, isTop: true)
  }

  private mutating func object(_ reader: inout CBORReader, _ shape: Shape, isTop: Bool)
    throws(WireError)
  {
    for _ in 0..<(try reader.map()) {
      let key = try reader.uint()
      guard key < UInt64(shape.fields.count) else {
        throw WireError("\(shape.name) has no such key", at: reader.position)
      }
      let field = shape.fields[Int(key)]
      let count = field.isList ? try reader.array() : 1
      for _ in 0..<count { try value(&reader, field, isTop: isTop && !field.isList) }
    }
  }

  private mutating func value(_ reader: inout CBORReader, _ field: Field, isTop: Bool)
    throws(WireError)
  {
    if let part = field.part { return try object(&reader, part, isTop: false) }
    if isTop, field.kind == .money, field.key == type.amount?.key {
      amount = try reader.money()
    } else if isTop, case .property(let wanted) = type.day, wanted.key == field.key,
      field.kind == .date
    {
      day = try reader.date()
    } else if isTop, field.kind == .id, field.of == "event", target == nil {
      target = try reader.text()
    } else if field.kind == .id, field.of == "account" || field.name == "account" {
      accounts.append(try reader.text())
    } else {
      if field.isSealed, try reader.peekMajor() == 3 { isPlain = true }
      try reader.skip()
    }
  }
}
