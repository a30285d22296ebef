package import Ledger

/// The life of one account as text, one event a line, so that a test can be read by an auditor.
///
/// ```
/// due d1 10000.00 2026-01-05 | recorded 2026-01-05
/// payment R1 10000.00 2026-01-05 | recorded 2026-01-05
/// reversed R1 10000.00 original 2026-01-05 | recorded 2026-01-09
/// ```
/// Lines are stored in the order given; `recorded` is the civil day the ledger learned it (the
/// whole day before it is "not yet known"). The currency is INR, the offset +05:30.
package struct Story {
  /// Stored events: their bytes, in seq order.
  package private(set) var events: [[UInt8]] = []
  /// Day on which each was recorded.
  package private(set) var recorded: [Day] = []

  /// Reads a story. Traps on a line it cannot read: a test that cannot be told is no test.
  package init(_ text: String) {
    for line in text.split(separator: "\n") {
      let halves = line.split(separator: "|").map { $0.split(separator: " ").map(String.init) }
      guard let words = halves.first, !words.isEmpty, !words[0].hasPrefix("#") else { continue }
      let day = halves.count > 1 ? Day(halves[1][1]) : Day(words.last ?? "")
      guard let day else { preconditionFailure("no recorded day in: \(line)") }
      add(words, recorded: day)
    }
  }

  /// The last position recorded by the end of a day.
  package func known(on day: Day) -> Position {
    Position(recorded.prefix { $0 <= day }.count)
  }

  /// The facts known at a position.
  package func facts(knownAt: Position) -> Facts {
    var facts = Facts { _ in TextKey("A1") }
    for event in events.prefix(Int(knownAt)) { Story.note(event, &facts) }
    return facts
  }

  private static func note(_ event: [UInt8], _ facts: inout Facts) {
    let bytes = event.span
    let view = EventView(bytes)
    do throws(WireError) {
      try facts.note(view, account: 1, isSubject: true)
    } catch {
      preconditionFailure("a story's event cannot be read: \(error)")
    }
  }

  /// The account as a decision sees it, as known on a day.
  package func state(knownOn day: Day? = nil) -> AccountState {
    var state = AccountState(id: "A1")
    for event in events.prefix(Int(day.map(known) ?? Position(events.count))) {
      let view = EventView(event.span)
      do throws(WireError) { try state.evolve(view, isSubject: true) } catch {
        preconditionFailure("a story's event cannot be read: \(error)")
      }
    }
    return state
  }

  /// The account at the end of `asOf` with what was known on a day.
  package func reckon(asOf: Day, knownOn: Day? = nil, terms: Terms = Terms()) -> Reckoning {
    var reckoner = Reckoner()
    return reckon(asOf: asOf, knownOn: knownOn, terms: terms, with: &reckoner)
  }

  /// The same, leaving the reckoner for a look at obligations and splits.
  package func reckon(
    asOf: Day, knownOn: Day? = nil, terms: Terms, with reckoner: inout Reckoner
  ) -> Reckoning {
    let facts = facts(knownAt: knownOn.map(known) ?? Position(events.count))
    return reckoner.reckon(
      facts.rows.span, parts: facts.parts.span, currency: inr.rawValue, asOf: asOf, terms: terms)
  }

  private var inr: Currency { Currency(rawValue: 356) }

  private mutating func add(_ words: [String], recorded day: Day) {
    var body = CBORWriter()
    var header = Header()
    header.account = 1
    header.actor = 1
    header.seq = Position(events.count + 1)
    header.offset = 330
    header.recorded = Int64(day.rawValue) * 86_400_000_000
    var envelope = CBORWriter()
    write(words, &header, &body, &envelope)
    header.occurred = Int64(header.day) * 86_400_000_000 + 36_000_000_000 - 19_800_000_000
    if words[0] == "due" { header.occurred = min(header.occurred, header.recorded) }
    header.envelope = UInt16(envelope.bytes.count)
    var bytes: [UInt8] = []
    header.write(to: &bytes)
    events.append(bytes + envelope.bytes + body.bytes)
    recorded.append(day)
  }

  private func money(_ text: String, _ header: inout Header, _ body: inout CBORWriter) {
    guard let money = Money(decimal: text, currency: inr) else {
      preconditionFailure("not a sum: \(text)")
    }
    header.amount = money.minor
    header.currency = inr.rawValue
    body.array(2)
    body.int(money.minor)
    body.uint(UInt64(inr.rawValue))
  }

  private func date(_ text: String) -> Int32 {
    guard let day = Day(text) else { preconditionFailure("not a day: \(text)") }
    return day.rawValue
  }

  // swift-format-ignore
  private func write(
    _ words: [String], _ header: inout Header, _ body: inout CBORWriter,
    _ envelope: inout CBORWriter
  ) {
    switch words[0] {
    case "due":  // due d1 10000.00 2026-01-05 [principal=7000.00 interest=…]
      header.type = EventCode.dueRaised
      header.day = date(words[3])
      body.map(words.count > 4 ? 3 : 2)
      body.uint(Key.DueRaised.due); body.text(words[1])
      body.uint(Key.DueRaised.amount); money(words[2], &header, &body)
      if words.count > 4 {
        body.uint(Key.DueRaised.components); body.array(words.count - 4)
        for item in words[4...] {
          let pair = item.split(separator: "=").map(String.init)
          var ignored = Header()
          body.map(2)
          body.uint(Key.Component.kind); body.text(pair[0])
          body.uint(Key.Component.amount); money(pair[1], &ignored, &body)
        }
      }
    case "payment":  // payment R1 10000.00 2026-01-05
      header.type = EventCode.paymentReceived
      header.day = date(words[3])
      body.map(2)
      body.uint(Key.PaymentReceived.payment); body.text(words[1])
      body.uint(Key.PaymentReceived.amount); money(words[2], &header, &body)
    case "reversed":  // reversed R1 10000.00 original|now 2026-01-05
      header.type = EventCode.paymentReversed
      header.day = date(words[4])
      body.map(3)
      body.uint(Key.PaymentReversed.payment); body.text(words[1])
      body.uint(Key.PaymentReversed.effective)
      body.text(words[3] == "now" ? "from_reversal_date" : "from_original_value_date")
      body.uint(Key.PaymentReversed.amount); money(words[2], &header, &body)
    case "charge":  // charge c1 500.00 2026-01-05 late_payment [d1]
      header.type = EventCode.chargeLevied
      header.day = date(words[3])
      body.map(words.count > 5 ? 4 : 3)
      body.uint(Key.ChargeLevied.charge); body.text(words[1])
      body.uint(Key.ChargeLevied.kind); body.text(words[4])
      body.uint(Key.ChargeLevied.amount); money(words[2], &header, &body)
      if words.count > 5 { body.uint(Key.ChargeLevied.due); body.text(words[5]) }
    default: writeRest(words, &header, &body, &envelope)
    }
  }

  // swift-format-ignore
  private func writeRest(
    _ words: [String], _ header: inout Header, _ body: inout CBORWriter,
    _ envelope: inout CBORWriter
  ) {
    switch words[0] {
    case "refund":  // refund 100.00 2026-01-05
      header.type = EventCode.paymentRefunded
      header.day = date(words[2])
      body.map(1)
      body.uint(Key.PaymentRefunded.amount); money(words[1], &header, &body)
    case "cancel":  // cancel d1 2026-01-05
      header.type = EventCode.dueCancelled
      header.day = date(words[2])
      body.map(1)
      body.uint(Key.DueCancelled.dues); body.array(1); body.text(words[1])
    case "hold":  // hold h1 loan_moratorium 2026-01-20 [2026-02-04]
      header.type = EventCode.holdPlaced
      header.day = date(words[3])
      body.map(words.count > 4 ? 3 : 2)
      body.uint(Key.HoldPlaced.hold); body.text(words[1])
      body.uint(Key.HoldPlaced.kind); body.text(words[2])
      if words.count > 4 { body.uint(Key.HoldPlaced.to); body.int(Int64(date(words[4]))) }
    case "lifted":  // lifted h1 2026-02-04
      header.type = EventCode.holdLifted
      header.day = date(words[2])
      body.map(1)
      body.uint(Key.HoldLifted.hold); body.text(words[1])
    case "wrong":  // wrong 3 2026-02-04: the entry at position 3 was wrong
      header.type = EventCode.eventReversed
      header.day = date(words[2])
      body.map(0)
      var extra = Envelope()
      extra.target = Position(words[1])
      extra.write(to: &envelope)
    default:
      guard let told = Story.desk(words) else {
        preconditionFailure("a story does not know `\(words[0])`")
      }
      (header.type, header.day, header.amount) = (told.type, told.day.rawValue, told.amount)
      header.currency = told.amount == 0 ? 0 : inr.rawValue
      body.bytes = told.body
    }
  }
}
