/// A legal or policy pause on ageing, contact, charges, enforcement or erasure.
package enum Hold {}

// MARK: - Events

extension Hold {
  /// A pause took effect.
  package struct Placed: Hashable, Sendable {
    /// Hold id.
    package var hold: String
    /// Which pause; its effects come from policy.
    package var kind: String
    /// First day; may be in the past.
    package var from: Day
    /// First day on which it counts no more, if fixed.
    package var to: Day?
    /// When the house was told.
    package var notifiedAt: ClockTime?
    /// Law, court, lender, adviser.
    package var grantedBy: String?
    /// Debts covered, if not only the subject.
    package var accounts: [String]?

    /// Memberwise; what the schema does not require may be left out.
    package init(
      hold: String, kind: String, from: Day, to: Day? = nil, notifiedAt: ClockTime? = nil,
      grantedBy: String? = nil, accounts: [String]? = nil
    ) {
      self.hold = hold
      self.kind = kind
      self.from = from
      self.to = to
      self.notifiedAt = notifiedAt
      self.grantedBy = grantedBy
      self.accounts = accounts
    }
  }

  /// A pause ended.
  package struct Lifted: Hashable, Sendable {
    /// Which.
    package var hold: String
    /// First day on which it counts no more.
    package var to: Day
    /// Why.
    package var reason: String

    /// Memberwise; what the schema does not require may be left out.
    package init(hold: String, to: Day, reason: String) {
      self.hold = hold
      self.to = to
      self.reason = reason
    }
  }
}

// MARK: - Facts

extension Hold {
  /// A pause and its kind, for its subject and for every account it names; or its end.
  static func note(
    _ event: borrowing EventView, _ account: UInt32, isSubject: Bool, _ facts: inout Facts
  ) throws(WireError) {
    let placed = event.header.type == EventCode.holdPlaced
    var fact = Fact(placed ? .hold : .holdLifted, event.header)
    var covered = isSubject
    var body = CBORReader(event.body)
    for _ in 0..<(try body.map()) {
      let key = try body.uint()
      if placed {
        switch key {
        case Key.HoldPlaced.hold: fact.id = try body.textKey()
        case Key.HoldPlaced.kind: fact.link = try body.textKey().rawValue
        case Key.HoldPlaced.to: fact.other = Int32(clamping: try body.int())
        case Key.HoldPlaced.accounts:
          let me = facts.accountKey(account)
          for _ in 0..<(try body.array()) where try body.textKey() == me { covered = true }
        default: try body.skip()
        }
      } else if key == Key.HoldLifted.hold {
        fact.id = try body.textKey()
        covered = true
      } else {
        try body.skip()
      }
    }
    if covered { facts.add(fact, account) }
  }
}

// MARK: - State

extension Hold {
  /// The day on which a hold ends, as placed or as lifted, whichever is earlier: that day is no
  /// longer held. `isDead` says which facts were taken back.
  static func end(
    of hold: Fact, among facts: Span<Fact>, isDead: (Int) -> Bool = { _ in false }
  ) -> Int32 {
    var end = hold.other == .min ? Int32.max : hold.other
    for index in facts.indices where !isDead(index) {
      if facts[index].kind == .holdLifted, facts[index].id == hold.id {
        end = min(end, facts[index].day)
      }
    }
    return end
  }
}

// MARK: - Decisions

extension Hold {
  /// Kinds of hold under which no charge and no interest may be added.
  package static let freezesCharges = [
    "loan_moratorium", "breathing_space", "mental_health_crisis",
  ]
}

extension Hold.Placed: Decided {
  /// Refused when it ends before it starts, or the id is taken.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    try scene.requireKnown()
    if let to, to < from {
      throw Refusal(
        rule: "hold.ends-after-start", "The hold ends on \(to), before it starts on \(from).",
        remedy: "Exchange the days, or leave the end out.")
    }
    guard !scene.account.has(.hold, hold) else {
      throw Refusal(
        rule: "hold.exists", "Account \(scene.account.id) has a hold \(hold) already.",
        remedy: "Choose another id; a hold that changes is lifted and placed anew.")
    }
  }
}

extension Hold.Lifted: Decided {
  /// Refused when the hold is not in force.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    try scene.requireKnown()
    guard scene.account.has(.hold, hold), !scene.account.has(.holdLifted, hold) else {
      throw Refusal(
        rule: "hold.in-force", "No hold \(hold) is in force on account \(scene.account.id).",
        remedy: "`arrears trail \(scene.account.id)` shows its holds.")
    }
  }
}
