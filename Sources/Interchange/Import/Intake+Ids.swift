import Journaling
import Ledger

// An id may come with an event or be a natural key; either may stand in the ledger already.
extension Intake {
  /// What an event of a row is to the ledger.
  enum Novelty {
    /// Nobody told it yet.
    case new
    /// It stands there, or its row is refused.
    case known
    /// The event of this id stands there and says less: it is taken back, and this one stored.
    case fuller(than: String)
  }

  /// What an event is to the ledger; a second one with its id is counted, refused, or made to say
  /// what both say.
  mutating func novelty(of drafts: inout [Draft], _ index: Int, _ journal: Journal)
    throws(Objection) -> Novelty
  {
    guard let name = drafts[index].eventID else { return .new }
    let id = drafts[index].isKeyed ? try standing(name, journal) : name
    drafts[index].eventID = id
    let draft = drafts[index]
    let text = try EventJSON.text(of: draft, id: id)
    guard let (at, before) = try met(id, journal) else {
      pending[id] = text
      return .new
    }
    if before == text {
      report.duplicates += 1
    } else if draft.isKeyed {
      let stored = try EventJSON(before.span).draft
      if let objection = difference(draft, stored, at) {
        try refuse(objection)
        isSpoilt = true
        return .known
      }
      // What the row says further is about the event that stands there.
      for later in drafts.indices where later > index && drafts[later].subject == draft.subject {
        drafts[later].subject = stored.subject
      }
      guard let fuller = fuller(draft, stored) else {
        report.duplicates += 1
        return .known
      }
      drafts[index] = fuller
      corrected.insert(id)
      let next = try standing(name, journal)
      drafts[index].eventID = next
      pending[next] = try EventJSON.text(of: drafts[index], id: next)
      return .fuller(than: id)
    } else if let at, try isRedacted(at, journal) {
      // What else it said cannot be compared any more.
      report.duplicates += 1
    } else {
      try refuse(conflict(id, at))
    }
    return .known
  }

  private func isRedacted(_ at: Position, _ journal: Journal) throws(Objection) -> Bool {
    try placed { () throws(JournalError) in
      try journal.read { (snapshot) throws(JournalError) in
        try snapshot.event(at: at) { (e) throws(JournalError) in e.redacted != nil } ?? false
      }
    }
  }

  // The event with all that the row and what stands there say; nil when the row says nothing more.
  // The later word leads where both say something, but a row that follows only adds: so desk and
  // bank make the same event whichever comes first.
  private mutating func fuller(_ draft: Draft, _ stored: Draft) -> Draft? {
    guard let type = Register.event(code: draft.type, version: draft.version),
      let (here, there) = try? (said(draft), said(stored))
    else { return nil }
    let more = here.filter { field in
      field.isSaid && !there.contains { $0.key == field.key && $0.isSaid }
    }
    guard !more.isEmpty, draft.body.count + stored.body.count < Batch.longestEvent / 2 else {
      return nil
    }
    var event = draft.isFollowed ? stored : draft
    let (first, second) = draft.isFollowed ? (there, here) : (here, there)
    let added = second.filter { field in
      !first.contains { $0.key == field.key && ($0.isSaid || !field.isSaid) }
    }
    let kept = first.filter { field in !added.contains { $0.key == field.key } }
    let fields = (kept + added).sorted { $0.key < $1.key }
    var body = CBORWriter()
    body.map(fields.count)
    for field in fields {
      body.uint(field.key)
      body.bytes += field.value
    }
    (event.body, event.flags, event.isKeyed) = (body.bytes, draft.flags, true)
    // Money has been in the house since the day that was told first: what was paid back or closed
    // since may stand on it.
    if stored.day < event.day { (event.day, event.occurred) = (stored.day, stored.occurred) }
    (event.isFollowed, event.source) = (draft.isFollowed, draft.source)
    event.correlation = draft.correlation ?? stored.correlation
    event.refs += (draft.isFollowed ? draft : stored).refs.filter { !event.refs.contains($0) }
    report.corrected += 1
    var names = more.compactMap { field in
      type.fields.first { $0.key == Int(field.key) }?.name
    }
    if !draft.isFollowed, draft.actor.id != stored.actor.id { names.append("actor") }
    for name in names where !report.correctedFields.contains(name) {
      report.correctedFields.append(name)
    }
    return event
  }

  // A field of a body as it is encoded; a stated no says nothing.
  private typealias Said = (key: UInt64, value: [UInt8], isSaid: Bool)

  private func said(_ draft: Draft) throws(WireError) -> [Said] {
    var fields: [Said] = []
    var body = CBORReader(draft.body.span)
    for _ in 0..<(try body.map()) {
      let key = try body.uint()
      let start = body.position
      try body.skip()
      let value = body.array(start..<body.position)
      fields.append((key, value, value != Intake.no))
    }
    return fields
  }

  private static var no: [UInt8] { [0xF4] }
  private static var cash: [UInt8] { [0x64] + "cash".utf8 }

  /// The entry that takes back an event of which the ledger is told more.
  func reversal(of id: String, at now: Moment) throws(JournalError) -> Draft {
    var body = NDJSONText()
    body.add("reverses", text: id)
    body.add("reason", text: "duplicate")
    guard let type = Register.event("event.reversed") else { throw .unknownEvent(id: id) }
    let bytes: [UInt8]
    do throws(BodyError) { bytes = try BodyCodec.encode(body.line, as: type) } catch {
      throw .invalid("event.reversed does not fit its schema: \(error)")
    }
    let time = ClockTime(moment: now, offset: 0)
    var draft = Draft(
      type: type.code, subject: Reference(kind: "event", id: id), occurred: time, day: time.day,
      actor: options.actor, body: bytes)
    draft.version = type.version
    draft.imported = false
    draft.target = id
    return draft
  }

  // What was taken back is no longer the event of that name: the next one is `…~2`.
  private mutating func standing(_ id: String, _ journal: Journal) throws(Objection) -> String {
    var (name, count) = (id, 1)
    while let (at, _) = try met(name, journal) {
      if corrected.contains(name) {
        count += 1
        name = "\(id)~\(count)"
        continue
      }
      guard let at else { break }
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
    if let other = otherReceipt(draft, stored) {
      return Objection(
        "key.receipt", "\(name) stands at \(place) with another \(other)", column: "key",
        remedy: "two receipts need two keys; if it is one, take the other back with event.reversed")
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

  // What shows that two rows of one key are two receipts, by its name: another number, book or
  // cheque; cash and no cash; cash of two days.
  private func otherReceipt(_ draft: Draft, _ stored: Draft) -> String? {
    guard draft.type == EventCode.paymentReceived,
      let (here, there) = try? (said(draft), said(stored))
    else { return nil }
    typealias Name = Key.PaymentReceived
    func differs(_ key: UInt64, _ isOther: ([UInt8], [UInt8]) -> Bool = { $0 != $1 }) -> Bool {
      guard let first = here.first(where: { $0.key == key }),
        let second = there.first(where: { $0.key == key })
      else { return false }
      return isOther(first.value, second.value)
    }
    let names = [(Name.receiptNo, "receipt_no"), (Name.book, "book"), (Name.cheque, "cheque")]
    if let other = names.first(where: { differs($0.0) }) { return other.1 }
    if differs(Name.mode, { ($0 == Intake.cash) != ($1 == Intake.cash) }) { return "mode" }
    let isCash = here.contains { $0.key == Name.mode && $0.value == Intake.cash }
    return isCash && draft.day != stored.day ? "day, and is cash" : nil
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
