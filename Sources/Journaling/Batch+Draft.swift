internal import Crypto
internal import LMDB
package import Ledger

extension Batch {
  /// Appends a draft: looks up or gives numbers to its names, resolves its target, and builds
  /// header and envelope. Everything that can be refused is refused before anything is stored.
  ///
  /// With a target the event stands in the trail of the target's account.
  @discardableResult
  package mutating func append(_ draft: Draft) throws(JournalError) -> Position {
    guard !draft.isPlain else {
      throw .invalid("A personal value is not sealed; seal the draft before it is appended.")
    }
    var header = Header()
    var envelope = Envelope()
    header.type = draft.type
    header.version = draft.version
    if draft.imported { header.flags.insert(.imported) }
    header.occurred = draft.occurred.moment.rawValue
    header.offset = draft.occurred.offset
    header.day = draft.day.rawValue
    header.amount = draft.amount?.minor ?? 0
    header.currency = draft.amount?.currency.rawValue ?? 0
    if let day = draft.valueDate {
      header.flags.insert(.valueDateGiven)
      if day != draft.day { envelope.valueDate = day }
    }
    try resolve(draft, &header, &envelope)
    envelope.causation = draft.causation
    envelope.correlation = draft.correlation
    envelope.evidence = draft.evidence
    envelope.flags = draft.flags
    if let redacted = draft.redacted {
      header.flags.insert(.redacted)
      envelope.redacted = redacted
    }
    return try append(
      header, envelope: envelope, body: draft.body.span, recorded: draft.recorded)
  }

  // Ids and numbers; whatever fails here fails before the event is placed.
  private mutating func resolve(
    _ draft: Draft, _ header: inout Header, _ envelope: inout Envelope
  ) throws(JournalError) {
    if let id = draft.eventID {
      if let at = try position(ofEvent: id) { throw .duplicate(id: id, at: at) }
      envelope.eventID = id
    }
    if let id = draft.target {
      guard let at = try position(ofEvent: id) else { throw .unknownEvent(id: id) }
      envelope.target = at
    }
    let source = try provenance(draft.source)
    // Numbers are given last: a refused draft leaves none behind.
    if draft.subject.kind == NameKind.account.name {
      header.account = try number(.account, draft.subject.id)
    } else {
      envelope.subject = try target(draft.subject)
    }
    header.actor = try number(.actor, draft.actor.name)
    for ref in draft.refs { envelope.refs.append(try target(ref)) }
    for id in draft.concerns {
      envelope.refs.append(.account(try number(.account, id), previous: 0))
    }
    if let at = envelope.target { try follow(at, &header, &envelope) }
    if let keyed = draft.recordedBy { envelope.recordedBy = try number(.actor, keyed.name) }
    guard var source else { return }
    if let id = draft.source?.importID { source.importNumber = try number(.import, id) }
    envelope.source = source
  }

  // A reversal or remark stands wherever the entry stands that it is about.
  private func follow(_ at: Position, _ header: inout Header, _ envelope: inout Envelope)
    throws(JournalError)
  {
    var (own, accounts): (UInt32, [UInt32]) = (0, [])
    _ = try event(at: at) { (event) throws(JournalError) in
      own = event.header.account
      if own != 0 { accounts.append(own) }
      guard event.header.flags.contains(.concernsOthers) else { return }
      do throws(WireError) {
        try Envelope.accounts(of: event.envelope) { accounts.append($0) }
      } catch { throw .wire(error, at: at) }
    }
    // Of an entry that only names accounts it has none of its own either.
    if header.account == 0 { header.account = own }
    for account in accounts where account != header.account {
      let isNamed = envelope.refs.contains {
        if case .account(account, _) = $0 { return true }
        return false
      }
      if !isNamed { envelope.refs.append(.account(account, previous: 0)) }
    }
  }

  private func provenance(_ source: Source?) throws(JournalError) -> Envelope.Provenance? {
    guard let source else { return nil }
    guard let kind = Envelope.Provenance.kinds.firstIndex(of: source.kind) else {
      throw .invalid(
        "A source of kind \(source.kind) is unknown; use one of "
          + Envelope.Provenance.kinds.joined(separator: ", ") + ".")
    }
    var provenance = Envelope.Provenance(kind: UInt8(kind))
    provenance.line = source.line ?? 0
    provenance.ordinal = source.ordinal
    provenance.device = source.device
    return provenance
  }

  private mutating func target(_ reference: Reference) throws(JournalError) -> Envelope.Target {
    guard let kind = NameKind(name: reference.kind), kind != .actor, kind != .import else {
      return .other(reference)
    }
    let number = try number(kind, reference.id)
    return kind == .account ? .account(number, previous: 0) : .numbered(kind, number)
  }
}

extension Draft {
  /// The draft as bytes of which equal drafts have equal ones; for the digest of a command.
  func fingerprint(to out: inout CBORWriter) {
    out.array(20)
    out.uint(UInt64(type))
    out.uint(UInt64(version))
    out.bool(imported)
    Draft.write([subject], to: &out)
    Draft.write(refs, to: &out)
    out.array(concerns.count)
    for id in concerns { out.text(id) }
    out.int(occurred.moment.rawValue)
    out.int(Int64(occurred.offset))
    out.int(Int64(valueDate?.rawValue ?? .min))
    out.int(Int64(day.rawValue))
    out.int(amount?.minor ?? .min)
    out.uint(UInt64(amount?.currency.rawValue ?? 0))
    out.text(actor.name)
    Draft.write([recordedBy?.name, eventID, causation, correlation, target], to: &out)
    out.array(6)
    Draft.write([source?.kind, source?.importID, source?.fileSHA256, source?.device], to: &out)
    out.uint(source?.line ?? 0)
    out.uint(source?.ordinal ?? 0)
    out.array(evidence.count)
    for digest in evidence { out.data(digest) }
    out.array(flags.count)
    for flag in flags { out.text(flag) }
    out.int(recorded?.rawValue ?? .min)
    out.data(body)
  }

  private static func write(_ references: [Reference], to out: inout CBORWriter) {
    out.array(references.count * 2)
    for reference in references {
      out.text(reference.kind)
      out.text(reference.id)
    }
  }

  private static func write(_ texts: [String?], to out: inout CBORWriter) {
    out.array(texts.count)
    for text in texts { if let text { out.text(text) } else { out.null() } }
  }

  /// SHA-256 over these drafts.
  static func digest(_ drafts: [Draft]) -> [UInt8] {
    var out = CBORWriter(capacity: 512)
    out.array(drafts.count)
    for draft in drafts { draft.fingerprint(to: &out) }
    return Array(SHA256.hash(data: out.bytes))
  }
}
