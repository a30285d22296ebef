package import Journaling
package import Ledger
internal import Sealing

/// Writes stored events in their JSON form, in the order of `schemas/envelope.v1.json`.
package struct EventWriter {
  private var names: [NameKind: [UInt32: String]] = [:]
  private var actors: [UInt32: Actor] = [:]
  private var fileDigests: [UInt32: String] = [:]
  /// Opens what is personal; without one it stays sealed.
  var sealer: Sealer?
  /// Which properties it opens.
  var mayOpen: (Field) -> Bool = { _ in true }

  /// A writer for one ledger; it remembers names between events.
  package init() {}

  /// A writer that knows the files that imports came from.
  package init(_ imports: [ImportRow]) {
    for row in imports { fileDigests[row.number] = ImportDetail(row.detail)?.fileSHA256 }
  }

  /// Appends an event; with `given` false only what a client would have sent: no seq, no
  /// recorded_at, no source, no flags.
  package mutating func write(
    _ event: borrowing EventView, in snapshot: borrowing Snapshot, given: Bool = true,
    into out: inout JSONWriter
  ) throws(JournalError) {
    let header = event.header
    let envelope: Envelope
    do { envelope = try Envelope(reading: event.envelope) } catch {
      throw .wire(error, at: header.seq)
    }
    guard let type = Register.event(code: header.type, version: header.version) else {
      throw .invalid(
        "The event at \(header.seq) has type \(header.type) version \(header.version), which this "
          + "version of Arrears does not know; use a newer one.")
    }
    var subject = Reference(kind: "account", id: "")
    if let target = envelope.subject {
      subject = try reference(target, snapshot)
    } else {
      subject.id = try name(.account, header.account, snapshot)
    }
    var first = true
    out.raw("{")
    out.name("event_id", &first)
    out.text(try snapshot.eventID(of: event))
    out.name("type", &first)
    out.text(type.name)
    out.name("v", &first)
    out.int(Int64(type.version))
    out.name("subject", &first)
    out.reference(subject)
    if !envelope.refs.isEmpty {
      out.name("refs", &first)
      try out.list(envelope.refs) { target, out throws(JournalError) in
        out.reference(try reference(target, snapshot))
      }
    }
    out.name("occurred_at", &first)
    let occurred = Moment(rawValue: header.occurred)
    out.instant(ClockTime(moment: occurred, offset: header.offset))
    if header.flags.contains(.valueDateGiven) {
      out.name("value_date", &first)
      out.date(envelope.valueDate ?? Day(rawValue: header.day))
    }
    if given {
      out.name("seq", &first)
      out.int(Int64(header.seq))
      out.name("recorded_at", &first)
      out.text(Moment(rawValue: header.recorded).description)
    }
    out.name("actor", &first)
    out.actor(try actor(header.actor, snapshot))
    if let number = envelope.recordedBy {
      out.name("recorded_by", &first)
      out.actor(try actor(number, snapshot))
    }
    try writeRest(event, envelope, type, given: given, snapshot, &out)
    out.name("body", &first)
    try writeBody(event, type, subject, &out)
    out.raw("}")
  }

  private mutating func writeBody(
    _ event: borrowing EventView, _ type: EventType, _ subject: Reference, _ out: inout JSONWriter
  ) throws(JournalError) {
    do {
      if let sealer, type.isPersonal,
        let open = try sealer.open(event.body, of: type, subject: subject, may: mayOpen)
      {
        try BodyCodec.writeJSON(open.span, as: type, into: &out)
      } else {
        try BodyCodec.writeJSON(event.body, as: type, into: &out)
      }
    } catch let error as SealingError { throw .invalid("\(error)") } catch {
      throw .corrupt("the body of event \(event.header.seq)", "\(error)")
    }
  }

  private mutating func writeRest(
    _ event: borrowing EventView, _ envelope: Envelope, _ type: EventType, given: Bool,
    _ snapshot: borrowing Snapshot, _ out: inout JSONWriter
  ) throws(JournalError) {
    var first = false
    let imported = event.header.flags.contains(.imported)
    var kind = "import"
    if let source = envelope.source {
      kind = Envelope.Provenance.kinds[min(Int(source.kind), Envelope.Provenance.kinds.count - 1)]
      if given {
        out.name("source", &first)
        try write(source, kind, snapshot, &out)
      }
    }
    if let causation = envelope.causation {
      out.name("causation", &first)
      out.text(causation)
    }
    if let correlation = envelope.correlation {
      out.name("correlation", &first)
      out.text(correlation)
    }
    if !envelope.evidence.isEmpty {
      out.name("evidence", &first)
      try out.list(envelope.evidence) { digest, out throws(JournalError) in out.hex(digest.span) }
    }
    var flags = envelope.flags
    if imported != (type.isImported && kind == "import") {
      flags.append(imported ? EventJSON.importedFlag : EventJSON.decidedFlag)
    }
    if given, !flags.isEmpty {
      out.name("flags", &first)
      try out.list(flags) { flag, out throws(JournalError) in out.text(flag) }
    }
    guard given, let redacted = envelope.redacted else { return }
    out.name("redacted", &first)
    var isFirst = true
    out.raw("{")
    out.name("leaf", &isFirst)
    out.hex(redacted.leaf.span)
    out.name("by", &isFirst)
    out.int(Int64(clamping: redacted.act))
    out.raw("}")
  }

  private mutating func write(
    _ source: Envelope.Provenance, _ kind: String, _ snapshot: borrowing Snapshot,
    _ out: inout JSONWriter
  ) throws(JournalError) {
    var first = true
    out.raw("{")
    out.name("kind", &first)
    out.text(kind)
    if source.importNumber > 0 {
      out.name("import", &first)
      out.text(try name(.import, source.importNumber, snapshot))
      if let digest = fileDigests[source.importNumber] {
        out.name("file_sha256", &first)
        out.text(digest)
      }
    }
    if source.line > 0 {
      out.name("line", &first)
      out.int(Int64(clamping: source.line))
    }
    if let device = source.device {
      out.name("device", &first)
      out.text(device)
    }
    out.raw("}")
  }

  private mutating func name(_ kind: NameKind, _ number: UInt32, _ snapshot: borrowing Snapshot)
    throws(JournalError) -> String
  {
    if let known = names[kind]?[number] { return known }
    guard let name = try snapshot.name(kind, number) else {
      throw .corrupt("the names", "there is no \(kind.name) number \(number)")
    }
    names[kind, default: [:]][number] = name
    return name
  }

  private mutating func actor(_ number: UInt32, _ snapshot: borrowing Snapshot)
    throws(JournalError) -> Actor
  {
    if let known = actors[number] { return known }
    let actor = Actor(name: try name(.actor, number, snapshot))
    actors[number] = actor
    return actor
  }

  private mutating func reference(_ target: Envelope.Target, _ snapshot: borrowing Snapshot)
    throws(JournalError) -> Reference
  {
    switch target {
    case .account(let number, _):
      Reference(kind: "account", id: try name(.account, number, snapshot))
    case .numbered(let kind, let number):
      Reference(kind: kind.name, id: try name(kind, number, snapshot))
    case .other(let reference): reference
    }
  }
}

extension JSONWriter {
  /// A name and its colon; a comma in front unless it is the first.
  mutating func name(_ name: StaticString, _ first: inout Bool) {
    if !first { raw(",") }
    first = false
    raw("\"")
    raw(name)
    raw("\":")
  }

  /// `{kind, id}`.
  mutating func reference(_ reference: Reference) {
    raw("{\"kind\":")
    text(reference.kind)
    raw(",\"id\":")
    text(reference.id)
    raw("}")
  }

  /// `{id, role?, employment?, agency?}`.
  mutating func actor(_ actor: Actor) {
    raw("{\"id\":")
    text(actor.id)
    if let role = actor.role {
      raw(",\"role\":")
      text(role)
    }
    if let employment = actor.employment {
      raw(",\"employment\":")
      text(employment)
    }
    if let agency = actor.agency {
      raw(",\"agency\":")
      text(agency)
    }
    raw("}")
  }

  /// A list, item by item.
  mutating func list<T>(_ items: [T], _ each: (T, inout JSONWriter) throws(JournalError) -> Void)
    throws(JournalError)
  {
    raw("[")
    for (index, item) in items.enumerated() {
      if index > 0 { raw(",") }
      try each(item, &self)
    }
    raw("]")
  }
}
