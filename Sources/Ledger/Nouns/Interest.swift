/// Interest put on a stated base.
package enum Interest {}

// MARK: - Events

extension Interest {
  /// Interest was computed on a base and put on the account.
  package struct Applied: Hashable, Sendable {
    /// Interest.
    package var amount: Money
    /// Principal inside the base.
    package var basePrincipal: Money
    /// Contract interest inside the base.
    package var baseInterest: Money
    /// Penal charges inside the base; must be nil.
    package var basePenal: Money
    /// First day.
    package var from: Day?
    /// Last day.
    package var to: Day?
    /// Rate per year.
    package var rateBp: Int64?
    /// Penal addition to the rate; must be nil.
    package var rateAddonBp: Int64?
    /// Day count.
    package var basis: String?

    /// Memberwise; what the schema does not require may be left out.
    package init(
      amount: Money, basePrincipal: Money, baseInterest: Money, basePenal: Money, from: Day? = nil,
      to: Day? = nil, rateBp: Int64? = nil, rateAddonBp: Int64? = nil, basis: String? = nil
    ) {
      self.amount = amount
      self.basePrincipal = basePrincipal
      self.baseInterest = baseInterest
      self.basePenal = basePenal
      self.from = from
      self.to = to
      self.rateBp = rateBp
      self.rateAddonBp = rateAddonBp
      self.basis = basis
    }
  }
}

// MARK: - Facts

extension Interest {
  /// Interest put on the account on its value date.
  static func note(_ event: borrowing EventView, _ account: UInt32, _ facts: inout Facts)
    throws(WireError)
  {
    facts.add(Fact(.interest, event.header), account)
  }
}

// MARK: - Decisions

extension Interest.Applied: Decided {
  /// Refused on penal charges, and under a hold that freezes interest.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    try scene.requireOpen()
    try scene.require(amount, "interest")
    try scene.requireMoneyDay()
    // RBI, 18 August 2023: penal charges are not capitalised and carry no interest.
    guard basePenal.minor == 0, (rateAddonBp ?? 0) == 0 else {
      throw Refusal(
        rule: "interest.no-penal-base",
        "Penal charges of \(basePenal) or a penal addition of \(rateAddonBp ?? 0) bp are in it.",
        remedy: "Compute interest on principal and contract interest alone.")
    }
    guard !scene.account.holds(of: Hold.freezesCharges, on: scene.day) else {
      throw Refusal(
        rule: "interest.moratorium",
        "A moratorium that freezes interest is in force on \(scene.day).",
        remedy: "Apply nothing for that time, or record the hold's end first.")
    }
  }
}
