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
    guard let given = drafts[index].eventID else { return .new }
    let name = drafts[index].isKeyed ? try called(given, journal) : given
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
  // The first word leads. Of a payment the later one does where both say something, but a row that
  // follows only adds: so desk and bank make the same event whichever comes first.
  private mutating func fuller(_ draft: Draft, _ stored: Draft) -> Draft? {
    guard let type = Register.event(code: draft.type, version: draft.version),
      let (told, there) = try? (said(draft), said(stored))
    else { return nil }
    // A text stays as it was written first: other events may name it.
    let here = told.map { field in
      there.first {
        $0.key == field.key && Intake.plain($0.value) == Intake.plain(field.value)
      } ?? field
    }
    let leads = draft.type == EventCode.paymentReceived && !draft.isFollowed
    let more = here.filter { field in
      field.isSaid && !there.contains { $0.key == field.key && $0.isSaid }
    }
    guard !more.isEmpty, draft.body.count + stored.body.count < Batch.longestEvent / 2 else {
      return nil
    }
    var event = leads ? draft : stored
    let (first, second) = leads ? (here, there) : (there, here)
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
    event.refs += (leads ? stored : draft).refs.filter { !event.refs.contains($0) }
    report.corrected += 1
    var names = more.compactMap { field in
      type.fields.first { $0.key == Int(field.key) }?.name
    }
    if leads, draft.actor.id != stored.actor.id { names.append("actor") }
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

  // Several ways of writing a name are one name. A ledger of old has it as it was written.
  private func called(_ given: String, _ journal: Journal) throws(Objection) -> String {
    let normal = NaturalKey.normal(given)
    guard normal != given, try met(normal, journal) == nil, try met(given, journal) != nil else {
      return normal
    }
    return given
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
    guard !draft.isFollowed else { return nil }
    guard draft.subject == stored.subject else {
      return Objection(
        "key.elsewhere",
        "\(name) stands at \(place) for \(stored.subject.kind) "
          + "\(Objection.quote(stored.subject.id)), and here for "
          + "\(Objection.quote(draft.subject.id))",
        column: "key", remedy: move(stored, to: draft.subject.id))
    }
    guard let (here, there) = otherWords(draft, stored) else { return nil }
    return Objection(
      "key.differs", "\(name) stands at \(place) with \(there), and here with \(here)",
      column: "key",
      remedy: "the first word stands; if this one is right, take the other back with "
        + "event.reversed and import the row again")
  }

  // What to do with money of another account, or of nobody.
  private func move(_ stored: Draft, to account: String) -> String {
    guard stored.type == EventCode.paymentReceived, let sum = stored.amount,
      let payment = try? CBORReader.text(of: Key.PaymentReceived.payment, in: stored.body.span)
    else { return "correct the row, or take the other back with event.reversed" }
    let from = stored.subject.id
    let reason = from == Payment.suspense ? "identified" : "wrong_account"
    return "correct the row, or move the money: `arrears record payment.transferred "
      + "account=\(from) payment=\(payment) from=\(from) to=\(account) amount=\(sum.decimal) "
      + "reason=\(reason) value_date=\(stored.day)`; then the row needs no import"
  }

  // Of what is no payment: fields of which both say something else, as each says it. Ways of
  // writing one text are no difference, and what is sealed cannot be compared.
  private func otherWords(_ draft: Draft, _ stored: Draft) -> (here: String, there: String)? {
    guard let type = Register.event(code: draft.type, version: draft.version),
      !["payment", "receipt"].contains(type.noun),
      let (here, there) = try? (said(draft), said(stored))
    else { return nil }
    var others: [(here: Said, there: Said)] = []
    for one in here where one.isSaid {
      guard let other = there.first(where: { $0.key == one.key && $0.isSaid }),
        one.value != other.value, Intake.plain(one.value) != Intake.plain(other.value),
        let field = type.fields.first(where: { $0.key == Int(one.key) }), !field.isSealed,
        field.part?.fields.contains(where: \.isSealed) != true
      else { continue }
      others.append((one, other))
    }
    if others.isEmpty {
      return draft.day == stored.day ? nil : ("the day \(draft.day)", "the day \(stored.day)")
    }
    func words(_ fields: [Said]) -> String {
      var body = CBORWriter()
      body.map(fields.count)
      for field in fields {
        body.uint(field.key)
        body.bytes += field.value
      }
      return Summary.line(body.bytes.span, as: type)
    }
    return (words(others.map(\.here)), words(others.map(\.there)))
  }

  // A text as it is compared; other values as they are encoded.
  private static func plain(_ value: [UInt8]) -> [UInt8] {
    var reader = CBORReader(value.span)
    guard let text = try? reader.text() else { return value }
    return NaturalKey.reference(text.utf8)
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
