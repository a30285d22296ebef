/// What is added to the debt besides scheduled dues, and what is given up.
package enum Charge {}

// MARK: - Events

extension Charge {
  /// A charge was put on the account.
  package struct Levied: Hashable, Sendable {
    /// Charge id.
    package var charge: String
    /// Late payment, bounce, visit, legal, penal ...
    package var kind: String
    /// Total with tax.
    package var amount: Money
    /// Tax inside the amount.
    package var tax: Money?
    /// Interest inside a statutory late-payment claim.
    package var interestPart: Money?
    /// Fixed sum inside a statutory late-payment claim.
    package var compensationPart: Money?
    /// What caused it.
    package var reasonEvent: String?
    /// Due it belongs to.
    package var due: String?

    /// Memberwise; what the schema does not require may be left out.
    package init(
      charge: String, kind: String, amount: Money, tax: Money? = nil, interestPart: Money? = nil,
      compensationPart: Money? = nil, reasonEvent: String? = nil, due: String? = nil
    ) {
      self.charge = charge
      self.kind = kind
      self.amount = amount
      self.tax = tax
      self.interestPart = interestPart
      self.compensationPart = compensationPart
      self.reasonEvent = reasonEvent
      self.due = due
    }
  }

  /// A charge, or interest, was given up in whole or part.
  package struct Waived: Hashable, Sendable {
    /// Charge, penal or interest.
    package var scope: String
    /// Sum given up.
    package var waived: Money
    /// Sum owed of that kind before.
    package var outstanding: Money
    /// Proposal the approval names.
    package var proposal: String
    /// Who proposed.
    package var proposer: String
    /// Which charge.
    package var charge: String?
    /// Kind, when no id is known.
    package var chargeKind: String?
    /// Why.
    package var reason: String?

    /// Memberwise; what the schema does not require may be left out.
    package init(
      scope: String, waived: Money, outstanding: Money, proposal: String, proposer: String,
      charge: String? = nil, chargeKind: String? = nil, reason: String? = nil
    ) {
      self.scope = scope
      self.waived = waived
      self.outstanding = outstanding
      self.proposal = proposal
      self.proposer = proposer
      self.charge = charge
      self.chargeKind = chargeKind
      self.reason = reason
    }
  }
}

// MARK: - Facts

extension Charge {
  /// A charge with its component and the due it belongs to; or what was given up, and of what.
  static func note(_ event: borrowing EventView, _ account: UInt32, _ facts: inout Facts)
    throws(WireError)
  {
    var body = CBORReader(event.body)
    if event.header.type == EventCode.chargeLevied {
      var fact = Fact(.charge, event.header)
      fact.mark = Component.charge.rawValue
      for _ in 0..<(try body.map()) {
        switch try body.uint() {
        case Key.ChargeLevied.charge: fact.id = try body.textKey()
        case Key.ChargeLevied.due: fact.link = try body.textKey().rawValue
        case Key.ChargeLevied.kind:
          if try body.textKey() == penal { fact.mark = Component.penal.rawValue }
        default: try body.skip()
        }
      }
      facts.add(fact, account)
    } else {
      var fact = Fact(.waiver, event.header)
      for _ in 0..<(try body.map()) {
        switch try body.uint() {
        case Key.ChargeWaived.charge: fact.id = try body.textKey()
        case Key.ChargeWaived.scope: fact.mark = Component(key: try body.textKey()).rawValue
        default: try body.skip()
        }
      }
      facts.add(fact, account)
    }
  }

  private static let penal = TextKey("penal")
}

// MARK: - Decisions

extension Charge.Levied: Decided {
  /// Refused for a second charge of an id or of a cause, for a due that nobody raised, and under a
  /// hold that freezes charges.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    try scene.requireMoney(amount, "charge")
    guard !scene.account.has(.charge, charge) else {
      throw Refusal(
        rule: "charge.exists", "Account \(scene.account.id) has a charge \(charge) already.",
        remedy: "Choose another id.")
    }
    if let due, !scene.account.has(.due, due) {
      throw Refusal(
        rule: "charge.due", "Account \(scene.account.id) has no due \(due).",
        remedy: "`arrears show card \(scene.account.id)` lists its dues.")
    }
    guard !scene.account.holds(of: Hold.freezesCharges, on: scene.day) else {
      throw Refusal(
        rule: "charge.moratorium",
        "A moratorium that freezes charges is in force on \(scene.day).",
        remedy: "Charge nothing for that time, or record the hold's end first.")
    }
    if let reasonEvent, scene.account.causes.contains(kind + " " + reasonEvent) {
      throw Refusal(
        rule: "charge.same-cause", "Event \(reasonEvent) carries a \(kind) charge already.",
        remedy: "One cause bears one charge of a kind.")
    }
  }
}

extension Charge.Waived: Decided {
  /// Refused to the proposer, beyond what is owed of it, and when what is owed is misstated.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    try scene.requireMoney(waived, "sum waived")
    guard scene.whoActs != proposer else {
      throw Refusal(
        rule: "waiver.own-proposal", "\(proposer) proposed the waiver and grants it.",
        remedy: "Let a second person grant it.")
    }
    let terms = scene.terms()
    let settled = scene.account.settlements(asOf: scene.day, terms: terms)
    let settlement = settled.first { $0.proposed.settlement == TextKey(proposal) }
    if let settlement, settlement.stage != .honoured, settlement.stage != .executed {
      throw Refusal(
        rule: "waiver.before-clearance",
        "Settlement \(proposal) is \(settlement.stage.rawValue) on \(scene.day).",
        remedy: "Nothing is given up before the last payment has cleared.")
    }
    _ = scene.account.figures(asOf: scene.judgedOn, terms: terms)
    let owed = scene.account.owed(charge: charge, component: Component(code: scope))
    guard waived.minor <= owed else {
      throw Refusal(
        rule: "waiver.more-than-owed",
        "\(waived) is to be waived, \(Money(minor: owed, currency: waived.currency)) is owed.",
        remedy: "Waive at most what is owed of it.")
    }
    guard outstanding == Money(minor: owed, currency: waived.currency) else {
      throw Refusal(
        rule: "waiver.outstanding",
        "\(outstanding) is said to be owed of it, it is "
          + "\(Money(minor: owed, currency: waived.currency)).",
        remedy: "State what is owed of it; by that the waiver's authority is judged.")
    }
  }
}
