/// A firm empanelled to collect, repossess, value or sell.
package enum Agency {}

// MARK: - Events

extension Agency {
  /// An agency or advocate was put on the panel.
  package struct Empanelled: Hashable, Sendable {
    /// Collection, repossession, valuation, advocate ...
    package var kind: String
    /// First day.
    package var from: Day
    /// Last day, inclusive.
    package var to: Day?
    /// Where it may act.
    package var territory: [String]?
    /// Contract.
    package var agreementDocument: String?
    /// For advocates.
    package var barNo: String?
    /// For advocates.
    package var courts: [String]?
    /// Commission rate.
    package var commissionBp: Int64?

    /// Memberwise; what the schema does not require may be left out.
    package init(
      kind: String, from: Day, to: Day? = nil, territory: [String]? = nil,
      agreementDocument: String? = nil, barNo: String? = nil, courts: [String]? = nil,
      commissionBp: Int64? = nil
    ) {
      self.kind = kind
      self.from = from
      self.to = to
      self.territory = territory
      self.agreementDocument = agreementDocument
      self.barNo = barNo
      self.courts = courts
      self.commissionBp = commissionBp
    }
  }

  /// An agency or advocate was suspended or removed.
  package struct Suspended: Hashable, Sendable {
    /// True removes it for good.
    package var permanent: Bool
    /// Why.
    package var reason: String

    /// Memberwise; what the schema does not require may be left out.
    package init(permanent: Bool, reason: String) {
      self.permanent = permanent
      self.reason = reason
    }
  }

  /// A suspended agency was allowed to act again.
  package struct Reinstated: Hashable, Sendable {
    /// Who decided.
    package var authority: String

    /// Memberwise; what the schema does not require may be left out.
    package init(authority: String) {
      self.authority = authority
    }
  }
}
