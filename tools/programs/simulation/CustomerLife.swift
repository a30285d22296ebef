import Ledger

/// What customers ask and are written: queries that come again, bookings while something is
/// overdue, complaints, letters and statements, papers filed, replaced and destroyed, meetings,
/// messages that do not arrive. Its chance is its own.
struct CustomerLife {
  private let account: UInt32
  private var teller: Teller
  private let agent: Doer
  private let boss = Doer(role: .supervisor, number: 5)
  private var queries = 0, bookings = 0, papers = 0, letters = 0, complaints = 0

  init(_ account: UInt32, seed: UInt64) {
    self.account = account
    teller = Teller(Chance(seed: seed ^ 0xC057, stream: UInt64(account)))
    agent = Doer(role: .collector, number: UInt16(account % 37 + 1))
  }

  /// Lives through the whole story.
  mutating func live(_ scribe: inout Scribe) {
    let days = max(2, scribe.last - scribe.first - 2)
    func times(_ most: Int, _ chance: inout Chance) -> [Day] {
      (0..<chance.pick(0...most)).map { _ in scribe.first + chance.pick(1...days) }
    }
    for day in times(1, &teller.chance) { ask(on: day, again: nil, &scribe) }
    for day in times(1, &teller.chance) { book(on: day, &scribe) }
    for day in times(2, &teller.chance) { write(on: day, &scribe) }
    for day in times(2, &teller.chance) { file(on: day, replacing: nil, &scribe) }
    if teller.chance.happens(1500) {
      complain(on: scribe.first + teller.chance.pick(1...days), &scribe)
    }
    for day in times(1, &teller.chance) { touch(on: day, &scribe) }
  }

  private mutating func tell(
    _ saying: Saying, by doer: Doer, on day: Day, value: Day? = nil, _ scribe: inout Scribe
  ) {
    teller.tell(saying, of: account, by: doer, on: day, value: value, &scribe)
  }

  private mutating func ask(on day: Day, again: String?, _ scribe: inout Scribe) {
    queries += 1
    let id = "QY\(account)-\(queries)"
    let topic = teller.chance.pick(["balance", "schedule", "charge", "statement", "clearance"])
    tell(
      Saying(
        "query.opened",
        ["query": .text(id), "category": .text(topic), "reopens": again.map { .text($0) }]),
      by: agent, on: day, &scribe)
    var last = day
    for _ in 0..<teller.chance.pick([0, 1, 1, 1, 2]) {
      last = last + teller.chance.pick(0...12)
      tell(
        Saying(
          "query.answered",
          [
            "query": .text(id), "answer_hash": teller.hash(),
            "figures_hash": teller.chance.happens(5000) ? teller.hash() : nil,
          ]), by: boss, on: last, &scribe)
    }
    if queries < 4, teller.chance.happens(2500) {
      ask(on: last + teller.chance.pick(1...20), again: id, &scribe)
    }
  }

  // MARK: - Bookings

  private mutating func book(on day: Day, _ scribe: inout Scribe) {
    bookings += 1
    let id: Word = .text("BK\(account)-\(bookings)")
    let customer = NaiveDesk.debtor(account)
    let stream = Saying.Stream.party(customer)
    let sales = Doer(role: .agent, number: 900)
    teller.tell(
      Saying(
        "booking.recorded", on: stream,
        [
          "booking": id, "customer": .text(customer), "product": "car",
          "amount": teller.chance.happens(9000)
            ? .sum(Int64(teller.chance.pick(3...9)) << 24) : nil,
          "sales_ref": .text("SO-\(account)"),
        ]), by: sales, on: day, &scribe)
    var step = day
    for _ in 0..<teller.chance.pick([0, 1, 1, 2]) {
      step = step + teller.chance.pick(0...2)
      let to = teller.chance.pick(["management", "credit_head", "supervisor"])
      teller.tell(
        Saying("booking.intimated", on: stream, ["booking": id, "to": .text(to)]), by: .system,
        on: step, &scribe)
    }
    for _ in 0..<teller.chance.pick([0, 1, 1, 1, 2]) {
      step = step + teller.chance.pick(0...9)
      let word = teller.chance.pick(["allow", "block", "allow_with_prepayment"])
      teller.tell(
        Saying("booking.acknowledged", on: stream, ["booking": id, "decision": .text(word)]),
        by: boss, on: step, &scribe)
    }
  }

  // MARK: - Papers

  private mutating func write(on day: Day, _ scribe: inout Scribe) {
    letters += 1
    let kind = teller.chance.pick(["reminder", "default", "pre_debit", "transfer", "other"])
    tell(
      Saying(
        "notice.sent",
        [
          "notice": .text("NS\(account)-\(letters)"), "kind": .text(kind),
          "channel": .text(teller.chance.pick(["email", "sms", "letter"])),
          "to": teller.chance.happens(5000) ? .text("PT-\(account)") : nil,
          "text_hash": teller.chance.happens(8000) ? teller.hash() : nil,
        ]), by: agent, on: day, &scribe)
    guard teller.chance.happens(5000) else { return }
    let issued = day + teller.chance.pick(1...20)
    let what = teller.chance.pick([
      "account", "foreclosure", "due_reminder", "credit_department_brief",
    ])
    tell(
      Saying(
        "statement.issued",
        [
          "statement": .text("SA\(account)-\(letters)"), "kind": .text(what),
          "as_of": .day(issued - 1), "known_at": .number(1), "rules": "buckets@1",
          "sha256": teller.hash(), "addressee": "customer", "channel": "email",
          "supersedes": letters > 1 ? .text("SA\(account)-\(letters - 1)") : nil,
        ]), by: .system, on: issued, &scribe)
  }

  private mutating func file(on day: Day, replacing old: String?, _ scribe: inout Scribe) {
    papers += 1
    let id = "DO\(account)-\(papers)"
    let kind = teller.chance.pick(["receipt_copy", "letter", "agreement", "identity", "photo"])
    tell(
      Saying(
        "document.filed",
        [
          "document": .text(id), "kind": .text(kind), "sha256": teller.hash(),
          "location": teller.chance.happens(4000) ? "SHELF-3" : nil,
          "supersedes": old.map { .text($0) },
        ]), by: agent, on: day, &scribe)
    if papers < 5, teller.chance.happens(2000) {
      file(on: day + teller.chance.pick(1...60), replacing: id, &scribe)
    }
    if teller.chance.happens(1200) {
      tell(
        Saying(
          "document.purged",
          ["scope": "document", "legal_basis": "Retention schedule 4", "document": .text(id)]),
        by: boss, on: day + teller.chance.pick(1...90), &scribe)
    }
  }

  // MARK: - Conduct

  private mutating func complain(on day: Day, _ scribe: inout Scribe) {
    complaints += 1
    let id: Word = .text("CM\(account)-\(complaints)")
    let about = teller.chance.pick(["conduct", "amount", "service", "privacy"])
    tell(
      Saying(
        "complaint.received",
        [
          "complaint": id, "category": .text(about), "forum": "internal",
          "against": about == "conduct" ? .text(agent.id) : nil,
        ]), by: boss, on: day, &scribe)
    guard teller.chance.happens(8000) else { return }
    let outcome = teller.chance.pick(["upheld", "partly_upheld", "rejected", "withdrawn"])
    let end = day + teller.chance.pick(1...40)
    tell(
      Saying(
        "complaint.resolved",
        ["complaint": id, "outcome": .text(outcome), "reply_at": .noon(end)]), by: boss, on: end,
      &scribe)
  }

  // A message, whether it arrived, what somebody found wrong with it, and a meeting.
  private mutating func touch(on day: Day, _ scribe: inout Scribe) {
    var touch = Desking.Touch()
    touch.channel = teller.chance.pick(["sms", "email", "whatsapp", "letter"])
    touch.result = "sent"
    let sent = scribe.note(
      .desked(.contacted(touch, debtor: account)), of: account, by: agent, on: day,
      at: teller.chance.pick(33_000...64_000))
    guard let sent else { return }
    let fate = teller.chance.pick(["delivered", "read", "failed", "unclaimed", "refused"])
    tell(
      Saying("contact.delivery_reported", ["attempt": .entry(sent), "outcome": .text(fate)]),
      by: .system, on: day + 1, &scribe)
    if teller.chance.happens(1500) {
      let status = teller.chance.pick(["alleged", "upheld", "rejected"])
      tell(
        Saying(
          "contact.conduct_flagged",
          [
            "attempt": .entry(sent), "code": "threat", "found_by": "quality_check",
            "status": .text(status),
          ]), by: boss, on: day + teller.chance.pick(1...9), &scribe)
    }
    if teller.chance.happens(2000) {
      teller.tell(
        Saying(
          "event.annotated", on: Saying.Stream(kind: "event", id: ""),
          ["about": .entry(sent), "remark": .sealed]), of: account, by: boss, on: day + 1, &scribe)
    }
    if teller.chance.happens(2500) {
      tell(
        Saying(
          "contact.meeting_held",
          ["place": "branch", "attended": .flag(teller.chance.happens(7000))]), by: agent,
        on: day + teller.chance.pick(2...9), &scribe)
    }
  }
}
