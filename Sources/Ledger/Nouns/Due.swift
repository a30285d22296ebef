/// A sum that falls due on a date.
package enum Due {}

// MARK: - Events

extension Due {
  /// A sum fell, or will fall, due.
  package struct Raised: Hashable, Sendable {
    /// Due id.
    package var due: String
    /// Instalment, invoice, fee, call.
    package var kind: String
    /// Day it must be paid.
    package var dueDate: Day
    /// Total of the due.
    package var amount: Money
    /// Split; must add up to the amount.
    package var components: [Parts.Component]?
    /// Number in the schedule.
    package var instalmentNo: Int64?
    /// For invoice ageing.
    package var invoiceDate: Day?
    /// Third party that should pay it.
    package var payer: String?
    /// Schedule it belongs to.
    package var scheduleVersion: Int64?

    /// Memberwise; what the schema does not require may be left out.
    package init(
      due: String, kind: String, dueDate: Day, amount: Money, components: [Parts.Component]? = nil,
      instalmentNo: Int64? = nil, invoiceDate: Day? = nil, payer: String? = nil,
      scheduleVersion: Int64? = nil
    ) {
      self.due = due
      self.kind = kind
      self.dueDate = dueDate
      self.amount = amount
      self.components = components
      self.instalmentNo = instalmentNo
      self.invoiceDate = invoiceDate
      self.payer = payer
      self.scheduleVersion = scheduleVersion
    }
  }

  /// Dues were withdrawn; new ones may follow in a new schedule.
  package struct Cancelled: Hashable, Sendable {
    /// Which.
    package var dues: [String]
    /// Restructure, moratorium, court order, correction.
    package var reason: String
    /// Day the new schedule counts from.
    package var from: Day
    /// Sanction reference.
    package var authority: String

    /// Memberwise; what the schema does not require may be left out.
    package init(dues: [String], reason: String, from: Day, authority: String) {
      self.dues = dues
      self.reason = reason
      self.from = from
      self.authority = authority
    }
  }
}

// MARK: - Facts

extension Due {
  /// A due with its components, its invoice date and its payer; or one fact for each due withdrawn.
  static func note(_ event: borrowing EventView, _ account: UInt32, _ facts: inout Facts)
    throws(WireError)
  {
    var body = CBORReader(event.body)
    if event.header.type == EventCode.dueCancelled {
      for _ in 0..<(try body.map()) {
        guard try body.uint() == Key.DueCancelled.dues else {
          try body.skip()
          continue
        }
        for _ in 0..<(try body.array()) {
          var fact = Fact(.dueCancelled, event.header)
          fact.id = try body.textKey()
          facts.add(fact, account)
        }
      }
      return
    }
    var fact = Fact(.due, event.header)
    for _ in 0..<(try body.map()) {
      switch try body.uint() {
      case Key.DueRaised.due: fact.id = try body.textKey()
      case Key.DueRaised.components: try facts.noteComponents(&body, of: &fact)
      case Key.DueRaised.invoiceDate: fact.other = Int32(clamping: try body.int())
      case Key.DueRaised.payer: fact.link = UInt64(facts.texts.number(try body.text()))
      default: try body.skip()
      }
    }
    facts.add(fact, account)
  }
}

extension Facts {
  /// Reads a list of components into parts of `fact`.
  mutating func noteComponents(_ body: inout CBORReader, of fact: inout Fact) throws(WireError) {
    fact.parts = UInt32(parts.count)
    for _ in 0..<(try body.array()) {
      var part = Piece(amount: 0, component: Component.other.rawValue)
      for _ in 0..<(try body.map()) {
        switch try body.uint() {
        case Key.Component.kind: part.component = Component(key: try body.textKey()).rawValue
        case Key.Component.amount: part.amount = try body.minor()
        default: try body.skip()
        }
      }
      parts.append(part)
    }
    fact.partCount = UInt16(clamping: parts.count - Int(fact.parts))
  }
}

extension CBORReader {
  /// The minor units of a sum: `[minor, currency]`.
  mutating func minor() throws(WireError) -> Int64 {
    let at = position
    guard try array() == 2 else { throw WireError("expected a sum of money", at: at) }
    let minor = try int()
    try skip()
    return minor
  }
}

// MARK: - Decisions

extension Due.Raised: Decided {
  /// Refused for a closed account, a second due of the id, or components that do not add up.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    try scene.requireOpen()
    try scene.require(amount, "due")
    guard !scene.account.has(.due, due) else {
      throw Refusal(
        rule: "due.exists", "Account \(scene.account.id) has a due \(due) already.",
        remedy: "Choose another id; a due that changes is cancelled and raised anew.")
    }
    guard let components, !components.isEmpty else { return }
    var sum: Int64 = 0
    for component in components {
      try scene.require(component.amount, "component \(component.kind)")
      sum = sum.addingReportingOverflow(component.amount.minor).partialValue
    }
    guard sum == amount.minor else {
      throw Refusal(
        rule: "due.components-add-up",
        "The components add up to \(Money(minor: sum, currency: amount.currency)), "
          + "the due is \(amount).",
        remedy: "Make them agree, or leave the components out: the whole is principal then.")
    }
  }
}

extension Due.Cancelled: Decided {
  /// Refused when one of the dues does not stand.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    try scene.requireKnown()
    for due in dues {
      guard scene.account.stands(due: due) else {
        throw Refusal(
          rule: "due.stands",
          "There is no due \(due) on account \(scene.account.id), or it is cancelled already.",
          remedy: "`arrears show card \(scene.account.id)` lists the dues that stand.")
      }
    }
  }
}
