/// Why an account owes what it owes, in sentences that a customer understands.
package struct Balance: Sendable {
  /// One sentence with the day it is about and what was owed in all after it.
  package struct Sentence: Sendable {
    /// Position of the event behind it.
    package var seq: Position
    /// The day.
    package var day: Day
    /// The sentence.
    package var text: String
    /// What was owed in all, counting everything up to this sentence.
    package var balance: Sheet.Cell
  }

  /// The account.
  package let account: String
  /// The sentences, in the order of the world.
  package private(set) var sentences: [Sentence] = []
  /// What is owed, what of it is overdue, what comes next.
  package private(set) var closing: [String] = []
  private let language: Language
  private let currency: Currency
  private var dues: [String: Due.Raised] = [:]
  private var payments: [String: (received: Payment.Received, day: Day)] = [:]
  private var byID: [String: Event] = [:]
  private var names: [Position: String] = [:]

  /// The sentences behind an explanation of the outstanding sum; `eventIDs` are the ids of the
  /// history's events, in its order.
  package init(
    _ explanation: Explanation, _ history: AccountHistory, eventIDs: [String], asOf: Day,
    language: Language
  ) throws(WireError) {
    account = history.id
    self.language = language
    currency = explanation.figures.currency
    var events: [Position: (Event, Header)] = [:]
    for index in history.events.indices {
      let event = try history.event(index) { (event) throws(WireError) in
        try Event(reading: event)
      }
      let header = history.header(index)
      events[header.seq] = (event, header)
      byID[eventIDs[index]] = event
      note(event, header)
    }
    for step in explanation.steps {
      guard let (event, header) = events[step.seq], step.change != 0 || isWorthSaying(event) else {
        continue
      }
      guard let text = sentence(event, header, explanation.figures, asOf) else { continue }
      sentences.append(
        Sentence(seq: step.seq, day: step.day, text: text, balance: step.after))
    }
    close(explanation.figures, asOf)
  }

  private mutating func note(_ event: Event, _ header: Header) {
    let day = Day(rawValue: header.day)
    switch event {
    case .dueRaised(let due):
      dues[due.due] = due
      names[header.seq] = language.say(
        "the \(language.due(due.kind).split(separator: " ").last ?? "sum") of \(language.day(day))",
        "\(language.day(day)) की \(language.due(due.kind))")
    case .chargeLevied(let charge):
      names[header.seq] = language.say(
        "the charge of \(language.day(day))",
        "\(language.day(day)) का \(language.charge(charge.kind))")
    case .interestApplied:
      names[header.seq] = language.say(
        "the interest of \(language.day(day))", "\(language.day(day)) का ब्याज")
    case .accountImported:
      names[header.seq] = language.say("the earlier balance", "पहले का बकाया")
    case .paymentReceived(let received): payments[received.payment] = (received, day)
    default: break
    }
  }

  // A payment that pays what a return takes away leaves no trace in the sum, but is asked for.
  private func isWorthSaying(_ event: Event) -> Bool {
    switch event {
    case .paymentReceived, .paymentReversed: true
    default: false
    }
  }

  private func close(of figures: Observation, _ asOf: Day) -> [String] {
    let result = figures.reckoning
    let day = language.day(asOf)
    let owed = language.sum(result.outstanding, currency)
    var out: [String] = []
    if result.outstanding > 0 {
      out.append(
        language.say(
          "At the end of \(day) you owe \(owed) in all.",
          "\(day) के अंत में आपका कुल बकाया \(owed) है।"))
    } else {
      out.append(
        language.say(
          "At the end of \(day) you owe nothing.", "\(day) के अंत में आप पर कुछ बकाया नहीं है।"))
    }
    if result.overdue > 0 {
      let sum = language.sum(result.overdue, currency)
      var (english, hindi) = ("\(sum) of it is overdue", "इसमें से \(sum) की तारीख निकल चुकी है")
      if let since = result.oldestUnpaid, result.dpd > 0 {
        english += ", the oldest part since \(language.day(since)): \(result.dpd) days"
        hindi += "; सबसे पुराना हिस्सा \(language.day(since)) से, यानी \(result.dpd) दिन"
      }
      out.append(language.say(english + ".", hindi + "।"))
    }
    if result.credit > 0 {
      let sum = language.sum(result.credit, currency)
      out.append(
        language.say(
          "\(sum) that you paid is kept for what falls due next.",
          "आपके चुकाए \(sum) अगली देय राशि के लिए रखे हैं।"))
    }
    if let next = figures.owed.first(where: {
      $0.unpaid > 0 && $0.obligation.due > asOf.rawValue
        && $0.obligation.due < Day.undated.rawValue
    }) {
      let due = language.day(Day(rawValue: next.obligation.due))
      let sum = language.sum(next.unpaid, currency)
      out.append(
        language.say("The next \(sum) is due on \(due).", "अगले \(sum) \(due) को देय हैं।"))
    }
    return out
  }

  private mutating func close(_ figures: Observation, _ asOf: Day) {
    closing = close(of: figures, asOf)
  }

  /// Day, sum owed in all, sentence.
  package func sheet() -> Sheet {
    var table = Sheet(
      title: language.say("Why account \(account) owes what it owes", "खाता \(account): बकाया क्यों है"),
      columns: [
        .init("seq", .integer), .init("day", .day), .init("owed", .money),
        .init("sentence", .prose),
      ])
    table.rows = sentences.map { line in
      [.integer(Int64(line.seq)), .day(line.day), line.balance, .text(line.text)]
    }
    table.notes = closing
    return table
  }
}

// MARK: - Sentences

extension Balance {
  private func sentence(_ event: Event, _ header: Header, _ seen: Observation, _ asOf: Day)
    -> String?
  {
    let day = language.day(Day(rawValue: header.day))
    let sum = language.sum(header.amount, currency)
    switch event {
    case .dueRaised(let due):
      let what = language.due(due.kind)
      if header.day > asOf.rawValue {
        return language.say(
          "\(what.capitalizedFirst) of \(sum) is due on \(day).", "\(sum) की \(what) \(day) को देय है।")
      }
      return language.say(
        "On \(day) \(what) of \(sum) fell due.", "\(day) को \(sum) की \(what) देय हुई।")
    case .chargeLevied(let charge):
      let cause = because(charge)
      return language.say(
        "On \(day) \(language.charge(charge.kind)) of \(sum) was added\(cause).",
        "\(day) को \(sum) का \(language.charge(charge.kind)) जोड़ा गया\(cause)।")
    case .interestApplied:
      return language.say(
        "On \(day) interest of \(sum) was added.", "\(day) को \(sum) का ब्याज जोड़ा गया।")
    case .paymentReceived(let paid): return received(paid, header, seen)
    case .paymentReversed(let back): return returned(back, header)
    case .paymentRefunded:
      return language.say("On \(day) \(sum) was paid back to you.", "\(day) को आपको \(sum) लौटाए गए।")
    case .paymentTransferred(let moved):
      return moved.to == account
        ? language.say(
          "\(sum) that you had paid elsewhere was brought to this account, as of \(day).",
          "\(day) से आपके दूसरी जगह चुकाए \(sum) इस खाते में लाए गए।")
        : language.say(
          "\(sum) was moved from this account to \(moved.to), as of \(day).",
          "\(day) से \(sum) इस खाते से \(moved.to) में भेजे गए।")
    case .chargeWaived(let waived):
      let what = language.component(Component(code: waived.scope))
      return language.say(
        "On \(day) \(sum) of \(what) was waived.", "\(day) को \(what) में से \(sum) माफ़ किए गए।")
    case .settlementExecuted:
      return language.say(
        "On \(day) \(sum) was waived, since the settlement was honoured.",
        "समझौता पूरा होने पर \(day) को \(sum) माफ़ किए गए।")
    case .dueCancelled(let cancelled):
      let days = cancelled.dues.compactMap { dues[$0].map { language.day($0.dueDate) } }
      let list =
        days.isEmpty ? cancelled.dues.joined(separator: ", ") : days.joined(separator: ", ")
      return language.say(
        "On \(day) what was due on \(list) was cancelled.", "\(day) को \(list) की देय राशि रद्द की गई।")
    case .accountImported:
      return language.say(
        "By the earlier books \(sum) was owed on \(day).", "पहले के खाते के अनुसार \(day) को \(sum) बकाया थे।")
    case .eventReversed:
      return language.say(
        "An entry had been made by mistake; it was taken back.",
        "एक प्रविष्टि भूल से हुई थी; वह वापस ली गई।")
    default: return nil
    }
  }

  private func because(_ charge: Charge.Levied) -> String {
    guard let reason = charge.reasonEvent, let event = byID[reason] else {
      guard let due = charge.due.flatMap({ dues[$0] }) else { return "" }
      let day = language.day(due.dueDate)
      return language.say(
        ", because what was due on \(day) was not paid in time",
        ", क्योंकि \(day) की देय राशि समय पर नहीं चुकाई गई")
    }
    switch event {
    case .dueRaised(let due):
      let day = language.day(due.dueDate)
      return language.say(
        ", because what was due on \(day) was not paid in time",
        ", क्योंकि \(day) की देय राशि समय पर नहीं चुकाई गई")
    case .paymentReversed(let back):
      guard let paid = payments[back.payment] else { return "" }
      let day = language.day(paid.day)
      return language.say(
        ", because your payment of \(day) was returned", ", क्योंकि \(day) का आपका भुगतान लौट आया")
    default: return ""
    }
  }

  private func received(_ paid: Payment.Received, _ header: Header, _ seen: Observation) -> String {
    let day = language.day(Day(rawValue: header.day))
    let sum = language.sum(header.amount, currency)
    let mode = language.mode(paid.mode)
    let number = (paid.receiptNo).map { language.say(" (receipt \($0))", " (रसीद \($0))") } ?? ""
    var text = language.say(
      "On \(day) you paid \(sum)\(mode.isEmpty ? "" : " " + mode)\(number).",
      "\(day) को आपने \(mode.isEmpty ? "" : mode + " ")\(sum) चुकाए\(number)।")
    let parts = seen.paid(by: header.seq)
    guard !parts.isEmpty else { return text }
    var list: [(raised: Position, words: [String])] = []
    for part in parts {
      let words = "\(language.component(part.component)) \(language.sum(part.amount, currency))"
      if list.last?.raised == part.raised {
        list[list.count - 1].words.append(words)
      } else {
        list.append((part.raised, [words]))
      }
    }
    let said = list.map { item in
      let name = names[item.raised] ?? language.say("what was due", "देय राशि")
      return "\(name) (\(item.words.joined(separator: ", ")))"
    }.joined(separator: "; ")
    text += language.say(" It paid \(said).", " इससे चुका: \(said)।")
    return text
  }

  private func returned(_ back: Payment.Reversed, _ header: Header) -> String {
    let local = ClockTime(moment: Moment(rawValue: header.recorded), offset: header.offset).day
    let learned = language.day(local)
    let sum = language.sum(header.amount, currency)
    guard let paid = payments[back.payment] else {
      return language.say(
        "On \(learned) a payment of \(sum) was undone.", "\(learned) को \(sum) का भुगतान रद्द हुआ।")
    }
    let isCheque = paid.received.mode == "cheque"
    let what = isCheque ? language.say("cheque", "चेक") : language.say("payment", "भुगतान")
    let of = language.day(paid.day)
    return language.say(
      "On \(learned) we learned that your \(what) of \(of) over \(sum) came back; it does not count.",
      "\(learned) को पता चला कि \(of) का आपका \(sum) का \(what) लौट आया; वह नहीं गिना जाता।")
  }
}

extension String {
  fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
