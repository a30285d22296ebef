import Journaling
import Ledger

// An id may come with an event or be a natural key; either may stand in the ledger already.
extension Intake {
  /// Whether an event is not in the ledger yet; a second one with its id is counted or refused.
  mutating func isNew(_ drafts: inout [Draft], _ index: Int, _ journal: Journal)
    throws(Objection) -> Bool
  {
    guard var id = drafts[index].eventID else { return true }
    if drafts[index].isKeyed { id = try standing(id, journal) }
    drafts[index].eventID = id
    let draft = drafts[index]
    let text = try EventJSON.text(of: draft, id: id)
    guard let (at, before) = try met(id, journal) else {
      pending[id] = text
      return true
    }
    if before == text {
      report.duplicates += 1
    } else if draft.isKeyed {
      let stored = try EventJSON(before.span).draft
      if let objection = difference(draft, stored, at) {
        try refuse(objection)
        isSpoilt = true
      } else {
        report.duplicates += 1
        noteUnstored(draft, stored)
        // What the row says further is about the event that stands there.
        for later in drafts.indices where later > index && drafts[later].subject == draft.subject {
          drafts[later].subject = stored.subject
        }
      }
    } else {
      try refuse(conflict(id, at))
    }
    return false
  }

  // A bank row of a receipt that the desk has stood first: what only the desk knew is not stored.
  private mutating func noteUnstored(_ draft: Draft, _ stored: Draft) {
    guard let type = Register.event(code: draft.type, version: draft.version) else { return }
    let there = said(stored, type)
    var names = said(draft, type).filter { !there.contains($0) }
    guard !names.isEmpty else { return }
    if draft.actor.id != stored.actor.id { names.append("actor") }
    report.unstored += 1
    for name in names where !report.unstoredFields.contains(name) {
      report.unstoredFields.append(name)
    }
  }

  // Names of the fields that a body states; a stated no says nothing.
  private func said(_ draft: Draft, _ type: EventType) -> [String] {
    var names: [String] = []
    var body = CBORReader(draft.body.span)
    do throws(WireError) {
      for _ in 0..<(try body.map()) {
        let key = try body.uint()
        guard let field = type.fields.first(where: { $0.key == Int(key) }) else { return names }
        if field.kind == .bool, !field.isList {
          if try body.bool() { names.append(field.name) }
        } else {
          try body.skip()
          names.append(field.name)
        }
      }
    } catch { return names }
    return names
  }

  // What was taken back is no longer the event of that name: the next one is `…~2`.
  private mutating func standing(_ id: String, _ journal: Journal) throws(Objection) -> String {
    var (name, count) = (id, 1)
    while let (at, _) = try met(name, journal), let at {
      if takenBack == nil {
        takenBack = try placed { () throws(JournalError) in
          try journal.read { (snapshot) throws(JournalError) in
            try snapshot.takenBack(to: snapshot.head, onAccounts: true)
          }
        }
      }
      guard takenBack?.contains(at) == true else { break }
      count += 1
      name = "\(id)~\(count)"
    }
    return name
  }

  // The same name in the world must mean the same sum of the same account.
  private func difference(_ draft: Draft, _ stored: Draft, _ at: Position?) -> Objection? {
    let place = at.map { "position \($0) of the ledger" } ?? "an earlier line"
    let name = Objection.quote(draft.eventID ?? "")
    if draft.amount != stored.amount {
      func sum(_ draft: Draft) -> String { draft.amount.map { "\($0)" } ?? "no sum" }
      return Objection(
        "key.sum", "\(name) stands at \(place) with \(sum(stored)) and here with \(sum(draft))",
        column: "key",
        remedy:
          "find out which is right; take the other back with event.reversed, or correct the row")
    }
    guard draft.subject != stored.subject, !draft.isFollowed else { return nil }
    return Objection(
      "key.elsewhere",
      "\(name) stands at \(place) for \(stored.subject.kind) "
        + "\(Objection.quote(stored.subject.id)), and here for \(Objection.quote(draft.subject.id))",
      column: "key",
      remedy:
        "money that waited in suspense is moved with payment.transferred; otherwise correct the row"
    )
  }

  /// Turns what the log says into an objection at this row.
  private func placed<T>(_ body: () throws(JournalError) -> T) throws(Objection) -> T {
    do throws(JournalError) { return try body() } catch {
      throw Objection(error, rule: "ledger").at(file.name, row.line)
    }
  }

  private func conflict(_ id: String, _ at: Position?) -> Objection {
    let place = at.map { "position \($0) of the ledger" } ?? "an earlier line"
    return Objection(
      "event.conflict", "the id \(Objection.quote(id)) belongs to another event, at \(place)",
      column: "event_id", remedy: "give this event an id of its own")
  }

  /// What stands in the ledger, or stood before in this file, under an id, as a client would have
  /// sent it.
  private func met(_ id: String, _ journal: Journal) throws(Objection) -> (
    at: Position?, text: [UInt8]
  )? {
    if let text = pending[id] { return (nil, text) }
    return try placed { () throws(JournalError) in
      try journal.read { (snapshot) throws(JournalError) in
        guard let at = try snapshot.position(ofEvent: id) else { return nil }
        var out = JSONWriter()
        var writer = EventWriter()
        _ = try snapshot.event(at: at) { (event) throws(JournalError) in
          try writer.write(event, in: snapshot, given: false, into: &out)
        }
        return (at, out.bytes)
      }
    }
  }
}
