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
    /// Last day, if fixed.
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
    /// Last day it counted.
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
