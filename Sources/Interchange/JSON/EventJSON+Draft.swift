package import Ledger

extension EventJSON {
  /// A draft in JSON as a client would have sent it: what `EventWriter` writes of the stored event
  /// with `given` false. Equal drafts have equal text, so two lines with one id can be compared.
  package static func text(of draft: Draft, id: String) throws(Objection) -> [UInt8] {
    guard let type = Register.event(code: draft.type, version: draft.version) else {
      throw Objection(
        "event.type", "there is no event \(draft.type)", remedy: "use a newer version")
    }
    var out = JSONWriter()
    var first = true
    out.raw("{")
    out.name("event_id", &first)
    out.text(id)
    out.name("type", &first)
    out.text(type.name)
    out.name("v", &first)
    out.int(Int64(type.version))
    out.name("subject", &first)
    out.reference(draft.subject)
    let refs = draft.refs + draft.concerns.map { Reference(kind: "account", id: $0) }
    if !refs.isEmpty {
      out.name("refs", &first)
      out.raw("[")
      for (index, ref) in refs.enumerated() {
        if index > 0 { out.raw(",") }
        out.reference(ref)
      }
      out.raw("]")
    }
    out.name("occurred_at", &first)
    out.instant(draft.occurred)
    if let day = draft.valueDate {
      out.name("value_date", &first)
      out.date(day)
    }
    out.name("actor", &first)
    out.actor(draft.actor)
    if let keyed = draft.recordedBy {
      out.name("recorded_by", &first)
      out.actor(keyed)
    }
    if let causation = draft.causation {
      out.name("causation", &first)
      out.text(causation)
    }
    if let correlation = draft.correlation {
      out.name("correlation", &first)
      out.text(correlation)
    }
    if !draft.evidence.isEmpty {
      out.name("evidence", &first)
      out.raw("[")
      for (index, digest) in draft.evidence.enumerated() {
        if index > 0 { out.raw(",") }
        out.hex(digest.span)
      }
      out.raw("]")
    }
    out.name("body", &first)
    do throws(BodyError) {
      try BodyCodec.writeJSON(draft.body.span, as: type, into: &out)
    } catch {
      throw Objection("event.body", "\(error)", remedy: "compare it with its schema")
    }
    out.raw("}")
    return out.bytes
  }
}
