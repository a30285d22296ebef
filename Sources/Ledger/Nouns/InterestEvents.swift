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
