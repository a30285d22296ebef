// MARK: - State

extension Mandate {
  /// A mandate as it stands at the end of a day.
  package struct Life: Sendable {
    /// Key of its id, and the event that registered it.
    package var mandate: TextKey, registered: Position
    /// Highest debit, minor units, and its currency.
    package var limit: Int64, currency: UInt16
    /// First and last day.
    package var from: Day, to: Day
    /// The day on which it was ended, if it was.
    package var ended: Day?

    /// Whether a debit may be presented on a day.
    package func isInForce(on day: Day) -> Bool {
      from <= day && day <= to && ended.map { day < $0 } ?? true
    }

    /// What a report says of it on a day.
    package func state(on day: Day) -> String {
      if let ended, ended <= day { return "ended" }
      return day < from ? "not yet" : day > to ? "expired" : "in force"
    }
  }

  /// A presentation as it stands at the end of a day.
  package struct Presentation: Sendable {
    /// Key of its id, of its due, and the event that presented it.
    package var id: TextKey, due: TextKey, presented: Position
    /// Sum asked, minor units, and its currency.
    package var amount: Int64, currency: UInt16
    /// The day, and which attempt it says it is.
    package var day: Day, attempt: Int32
    /// The event that brought it back, and its day.
    package var bounce: Position = 0, bounced = Day.none
    /// Why it came back, and whether that was called technical.
    package var reason = ReturnReason.unknown, isTechnical = false
    /// Whether a payment that stands was carried by it.
    package var isHonoured = false

    /// Whether it came back.
    package var isBounced: Bool { bounce != 0 }
    /// Whether nothing is known of its fate.
    package var isOpen: Bool { !isBounced && !isHonoured }
    /// What a report says of it.
    package var state: String { isBounced ? "bounced" : isHonoured ? "honoured" : "presented" }
  }

  /// Follows the mandates and presentations of one account in the order of the world: by day, then
  /// occurrence, then position.
  package struct Lives: Sendable {
    /// Mandates in the order in which they were first heard of in the world.
    package private(set) var mandates: ContiguousArray<Life> = []
    /// Presentations in that order.
    package private(set) var presentations: ContiguousArray<Presentation> = []
    private var order: ContiguousArray<Row> = []

    /// Room for any number of accounts, one after another.
    package init() {}

    /// Follows what was heard up to the end of a day. A registration counts from when it was heard,
    /// since it may lie ahead; a presentation is honoured while reversals left something of a
    /// payment that it carried.
    package mutating func follow(
      _ column: borrowing Column<Row>, _ paper: borrowing Column<Paper.Row>, until asOf: Day
    ) {
      mandates.removeAll(keepingCapacity: true)
      presentations.removeAll(keepingCapacity: true)
      order.removeAll(keepingCapacity: true)
      for row in column.rows where row.kind == .registered || row.day <= asOf.rawValue {
        order.append(row)
        var at = order.count - 1
        while at > 0, Lives.precedes(row, order[at - 1]) {
          order.swapAt(at, at - 1)
          at -= 1
        }
      }
      for row in order { take(row) }
      for row in paper.rows
      where row.kind == .byPresentation && row.day <= asOf.rawValue {
        guard paper.left(of: row, until: asOf) > 0 else { continue }
        for index in presentations.indices where presentations[index].id == row.paper {
          presentations[index].isHonoured = true
        }
      }
    }

    /// The mandate of an id.
    package func mandate(_ id: String) -> Life? {
      let key = TextKey(id)
      return mandates.first { $0.mandate == key }
    }

    /// The presentation of an id.
    package func presentation(_ id: String) -> Presentation? {
      let key = TextKey(id)
      return presentations.first { $0.id == key }
    }

    private static func precedes(_ a: Row, _ b: Row) -> Bool {
      if a.day != b.day { return a.day < b.day }
      return a.occurred != b.occurred ? a.occurred < b.occurred : a.seq < b.seq
    }

    private mutating func take(_ row: Row) {
      switch row.kind {
      case .registered:
        let life = Life(
          mandate: row.id, registered: row.seq, limit: row.amount, currency: row.currency,
          from: Day(rawValue: row.day), to: row.last == .max ? .undated : Day(rawValue: row.last))
        if let at = mandates.firstIndex(where: { $0.mandate == row.id }) {
          mandates[at] = life
        } else {
          mandates.append(life)
        }
      case .ended:
        for at in mandates.indices where mandates[at].mandate == row.id {
          mandates[at].ended = Day(rawValue: row.day)
        }
      case .presented:
        var one = Presentation(
          id: row.id, due: row.due, presented: row.seq, amount: row.amount,
          currency: row.currency, day: Day(rawValue: row.day), attempt: row.attempt)
        // A return of the same day may be dated some hours before what it returns.
        guard let at = presentations.lastIndex(where: { $0.id == row.id && $0.presented == 0 })
        else {
          presentations.append(one)
          return
        }
        (one.bounce, one.bounced) = (presentations[at].bounce, presentations[at].bounced)
        (one.reason, one.isTechnical) = (presentations[at].reason, presentations[at].isTechnical)
        presentations[at] = one
      case .bounced: bounce(row)
      }
    }

    // A return of a presentation nobody told of is one all the same.
    private mutating func bounce(_ row: Row) {
      var at = presentations.count - 1
      while at >= 0, presentations[at].id != row.id { at -= 1 }
      if at < 0 {
        presentations.append(
          Presentation(
            id: row.id, due: row.due, presented: 0, amount: row.amount, currency: row.currency,
            day: Day(rawValue: row.day), attempt: 0))
        at = presentations.count - 1
      }
      presentations[at].bounce = row.seq
      presentations[at].bounced = Day(rawValue: row.day)
      (presentations[at].reason, presentations[at].isTechnical) = (row.reason, row.isTechnical)
    }
  }
}

// MARK: - Decisions

extension Scene {
  /// The account's mandates and presentations with everything heard of them.
  fileprivate var mandates: Mandate.Lives {
    var lives = Mandate.Lives()
    let desk = account.desk
    lives.follow(desk.mandates, desk.paper, until: .undated)
    return lives
  }
}

extension Mandate.Registered: Decided {
  /// Refused when the id is taken, the limit is no sum, or it ends before it starts.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    try scene.requireKnown()
    try scene.require(limit, "limit")
    guard scene.mandates.mandate(mandate) == nil else {
      throw Refusal(
        rule: "mandate.exists", "Account \(scene.account.id) has a mandate \(mandate) already.",
        remedy: "Choose another id for another mandate.")
    }
    if let to, to < from {
      throw Refusal(
        rule: "mandate.ends-after-start", "The mandate ends on \(to), before it starts on \(from).",
        remedy: "Exchange the days.")
    }
  }
}

extension Mandate.Ended: Decided {
  /// Refused when no such mandate stands on the account. One that is not yet in force may be ended.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    try scene.requireKnown()
    let life = scene.mandates.mandate(mandate)
    guard let life, life.ended == nil else {
      throw Refusal(
        rule: "mandate.in-force", "No mandate \(mandate) stands on account \(scene.account.id).",
        remedy: "Record mandate.registered first, or check the id.")
    }
  }
}

extension Mandate.Presented: Decided {
  /// Refused when the mandate is not in force or its limit is exceeded, and for a re-presentation
  /// that is out of count, beyond the limit, too soon, unconfirmed where the house wants that, or
  /// follows a return that allows none.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    try scene.requireKnown()
    try scene.require(amount, "debit")
    let lives = scene.mandates
    guard lives.presentation(presentation) == nil else {
      throw Refusal(
        rule: "presentation.exists", "There is a presentation \(presentation) already.",
        remedy: "Each presentation has an id of its own, re-presentations too.")
    }
    if let mandate { try check(lives.mandate(mandate), mandate, scene) }
    let key = TextKey(due)
    let before = lives.presentations.filter { $0.due == key }
    guard attemptNo == Int64(before.count) + 1 else {
      throw Refusal(
        rule: "presentation.attempt",
        "This is attempt \(before.count + 1) for due \(due), not \(attemptNo).",
        remedy: "Count from 1 within the due's cycle.")
    }
    if let last = before.last { try follow(last, before.count, scene) }
  }

  private func check(_ life: Mandate.Life?, _ id: String, _ scene: Scene) throws(Refusal) {
    guard let life, life.isInForce(on: scene.day) else {
      let state = life?.state(on: scene.day) ?? "never registered"
      throw Refusal(
        rule: "mandate.in-force", "Mandate \(id) is not in force on \(scene.day): \(state).",
        remedy: "Record mandate.registered, or collect in another way.")
    }
    guard amount.minor <= life.limit, amount.currency.rawValue == life.currency else {
      let limit = Money(minor: life.limit, currency: Currency(rawValue: life.currency))
      throw Refusal(
        rule: "mandate.limit", "\(amount) is presented, mandate \(id) allows \(limit).",
        remedy: "Present at most the limit; the rest needs another way or another mandate.")
    }
  }

  private func follow(_ last: Mandate.Presentation, _ count: Int, _ scene: Scene) throws(Refusal) {
    guard last.isBounced else {
      throw Refusal(
        rule: "presentation.open",
        "The presentation before for due \(due) is \(last.state), not returned.",
        remedy: "Wait for its fate; two debits of one due may both be paid.")
    }
    guard last.reason.allowsRepresentation || last.isTechnical else {
      throw Refusal(
        rule: "presentation.class",
        "The return before is of class \(last.reason.group); only financial and technical ones "
          + "may be presented again.",
        remedy: "Collect in another way, or have the mandate repaired first.")
    }
    let rules = scene.terms().representation
    guard count <= rules.most else {
      throw Refusal(
        rule: "presentation.limit",
        "Due \(due) was presented \(count) times; \(rules.most + 1) are allowed.",
        remedy: "Collect in another way.")
    }
    guard scene.day >= last.bounced + rules.gapDays else {
      throw Refusal(
        rule: "presentation.too-soon",
        "The return was on \(last.bounced); it may be presented again from "
          + "\(last.bounced + rules.gapDays).",
        remedy: "Wait until then.")
    }
    guard !rules.needsConfirmation || confirmation != nil else {
      throw Refusal(
        rule: "presentation.confirmation", "The customer has not confirmed the re-presentation.",
        remedy: "Ask, and give the reference as confirmation.")
    }
  }
}

extension Mandate.Bounced: Decided {
  /// Refused when the presentation does not exist or has a fate already.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    try scene.requireKnown()
    guard let life = scene.mandates.presentation(presentation) else {
      throw Refusal(
        rule: "presentation.unknown",
        "No presentation \(presentation) was made on account \(scene.account.id).",
        remedy: "Record mandate.presented first, or check the id.")
    }
    guard life.isOpen else {
      throw Refusal(
        rule: "presentation.fate", "Presentation \(presentation) is \(life.state) already.",
        remedy: "Money taken back after it was paid is payment.reversed.")
    }
  }
}
