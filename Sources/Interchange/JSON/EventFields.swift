import Ledger

/// The properties of an event in JSON as they were read, before the register is asked.
struct EventFields {
  /// `event_id`.
  var id: String?
  /// `type`.
  var type: String?
  /// `v`.
  var version: UInt8?
  /// `subject`.
  var subject: Reference?
  /// `refs`.
  var refs: [Reference] = []
  /// `occurred_at`.
  var occurred: ClockTime?
  /// `value_date`.
  var valueDate: Day?
  /// `seq`.
  var seq: Position?
  /// `recorded_at`.
  var recorded: Moment?
  /// `actor`.
  var actor: Actor?
  /// `recorded_by`.
  var recordedBy: Actor?
  /// `source`.
  var source: Source?
  /// `causation`.
  var causation: String?
  /// `correlation`.
  var correlation: String?
  /// `evidence`.
  var evidence: [[UInt8]] = []
  /// `flags`.
  var flags: [String] = []
  /// `redacted`.
  var redacted: Envelope.Redacted?
  /// Where `body` stands in the line.
  var body: Range<Int>?
  /// The body in CBOR and what it was read as, when the type stood in front of it.
  var encoded: (bytes: [UInt8], type: EventType)?

  /// Reads an object of known properties.
  mutating func read(_ line: Span<UInt8>) throws(BodyError) {
    var reader = JSONReader(line)
    var seen = Names()
    try EventFields.object(&reader, "event", &seen) { name, reader throws(BodyError) in
      try property(name, &reader)
    }
    try reader.end()
    guard type != nil, let source, let id, source.kind == "import" else { return }
    // The ordinal stands nowhere but in an id that derives from import and line.
    guard let dot = id.lastIndex(of: "."), let ordinal = UInt64(id[id.index(after: dot)...]),
      id[..<dot].hasSuffix("-\(source.line ?? 0)")
    else { return }
    self.source?.ordinal = ordinal
  }

  private mutating func property(_ name: String, _ reader: inout JSONReader) throws(BodyError) {
    switch name {
    case "event_id": id = try EventFields.id(&reader)
    case "type": type = reader.string(try reader.text())
    case "v":
      guard let number = UInt8(exactly: try reader.integer()), number > 0 else {
        throw BodyError("is no version this program knows")
      }
      version = number
    case "subject": subject = try EventFields.reference(&reader)
    case "refs":
      refs = try EventFields.list(&reader) { reader throws(BodyError) in
        try EventFields.reference(&reader)
      }
    case "occurred_at": occurred = try EventFields.instant(&reader)
    case "value_date": valueDate = try EventFields.date(&reader)
    case "seq":
      guard let number = Position(exactly: try reader.integer()), number > 0 else {
        throw BodyError("positions count from 1")
      }
      seq = number
    case "recorded_at": recorded = try EventFields.instant(&reader).moment
    case "actor": actor = try EventFields.actor(&reader)
    case "recorded_by": recordedBy = try EventFields.actor(&reader)
    case "source": source = try EventFields.source(&reader)
    case "causation": causation = try EventFields.id(&reader)
    case "correlation": correlation = reader.string(try reader.text())
    case "evidence":
      evidence = try EventFields.list(&reader) { reader throws(BodyError) in
        try EventFields.hash(&reader)
      }
    case "flags":
      flags = try EventFields.list(&reader) { reader throws(BodyError) in
        reader.string(try reader.text())
      }
    case "redacted": redacted = try EventFields.redacted(&reader)
    case "body":
      try reader.expect(.object)
      let start = reader.position
      if let type, let known = Register.event(type, version: version) {
        encoded = (try BodyCodec.encode(&reader, as: known.shape), known)
      } else {
        try reader.skip()
      }
      body = start..<reader.position
    default: throw BodyError("not a property of an event")
    }
  }
}

extension EventFields {
  /// The names that an object had so far: few, so a list of their keys is quicker than a set.
  private struct Names {
    private var keys: [UInt64] = []

    /// Whether the name is new.
    mutating func insert(_ key: TextKey) -> Bool {
      if keys.contains(key.rawValue) { return false }
      keys.append(key.rawValue)
      return true
    }
  }

  private static func object(
    _ reader: inout JSONReader, _ what: String, _ seen: inout Names,
    _ each: (String, inout JSONReader) throws(BodyError) -> Void
  ) throws(BodyError) {
    try reader.object()
    var first = true
    while let name = try reader.name(&first) {
      let text = reader.string(name)
      guard seen.insert(TextKey(text)) else { throw BodyError("given twice", path: text) }
      do throws(BodyError) { try each(text, &reader) } catch { throw error.inside(text) }
    }
  }

  private static func list<T>(
    _ reader: inout JSONReader, _ each: (inout JSONReader) throws(BodyError) -> T
  ) throws(BodyError) -> [T] {
    var items: [T] = []
    var first = true
    try reader.array()
    while try reader.item(&first) {
      do throws(BodyError) { items.append(try each(&reader)) } catch {
        throw error.inside("[\(items.count)]")
      }
    }
    return items
  }

  private static func id(_ reader: inout JSONReader) throws(BodyError) -> String {
    let text = reader.string(try reader.text())
    guard BodyCodec.isID(text.utf8Span.span) else {
      throw BodyError("an id has at least one character and no control characters")
    }
    return text
  }

  private static func instant(_ reader: inout JSONReader) throws(BodyError) -> ClockTime {
    let text = reader.string(try reader.text())
    guard let time = ClockTime(text) else {
      throw BodyError(
        "\(Objection.quote(text)) is no instant with an offset, such as 2026-01-05T10:00:00+05:30")
    }
    return time
  }

  private static func date(_ reader: inout JSONReader) throws(BodyError) -> Day {
    let text = reader.string(try reader.text())
    guard let day = Day(text) else {
      throw BodyError("\(Objection.quote(text)) is no date the calendar has, such as 2026-01-05")
    }
    return day
  }

  private static func hash(_ reader: inout JSONReader) throws(BodyError) -> [UInt8] {
    let text = reader.string(try reader.text())
    guard text.utf8.count == 64, let bytes = Hex.bytes(text.utf8) else {
      throw BodyError("a digest is 64 lower-case hexadecimal digits")
    }
    return bytes
  }

  private static func reference(_ reader: inout JSONReader) throws(BodyError) -> Reference {
    var kind: String?
    var name: String?
    var seen = Names()
    try object(&reader, "reference", &seen) { key, reader throws(BodyError) in
      switch key {
      case "kind": kind = try id(&reader)
      case "id": name = try id(&reader)
      default: throw BodyError("not a property of a reference; it has kind and id")
      }
    }
    guard let kind, let name else { throw BodyError("a reference needs kind and id") }
    return Reference(kind: kind, id: name)
  }

  private static func redacted(_ reader: inout JSONReader) throws(BodyError)
    -> Envelope.Redacted
  {
    var (leaf, act) = ([UInt8](), Position(0))
    var seen = Names()
    try object(&reader, "redaction", &seen) { key, reader throws(BodyError) in
      switch key {
      case "leaf": leaf = try hash(&reader)
      case "by": act = Position(clamping: try reader.integer())
      default: throw BodyError("not a property of a redaction; it has leaf and by")
      }
    }
    guard !leaf.isEmpty, act > 0 else { throw BodyError("a redaction needs leaf and by") }
    return Envelope.Redacted(leaf: leaf, act: act)
  }

  private static func actor(_ reader: inout JSONReader) throws(BodyError) -> Actor {
    var actor = Actor(id: "")
    var seen = Names()
    try object(&reader, "actor", &seen) { key, reader throws(BodyError) in
      switch key {
      case "id": actor.id = try id(&reader)
      case "role": actor.role = try id(&reader)
      case "employment": actor.employment = try id(&reader)
      case "agency": actor.agency = try id(&reader)
      default:
        throw BodyError("not a property of an actor; it has id, role, employment and agency")
      }
    }
    guard !actor.id.isEmpty else { throw BodyError("an actor needs an id") }
    return actor
  }

  private static func source(_ reader: inout JSONReader) throws(BodyError) -> Source {
    var source = Source(kind: "")
    var seen = Names()
    try object(&reader, "source", &seen) { key, reader throws(BodyError) in
      switch key {
      case "kind": source.kind = try id(&reader)
      case "import": source.importID = try id(&reader)
      case "file_sha256": source.fileSHA256 = Hex.text(try hash(&reader))
      case "line":
        guard let line = UInt64(exactly: try reader.integer()), line > 0 else {
          throw BodyError("lines count from 1")
        }
        source.line = line
      case "device": source.device = try id(&reader)
      default:
        throw BodyError(
          "not a property of a source; it has kind, import, file_sha256, line and device")
      }
    }
    guard Envelope.Provenance.kinds.contains(source.kind) else {
      throw BodyError("a source is one of " + Objection.list(Envelope.Provenance.kinds))
    }
    return source
  }
}
