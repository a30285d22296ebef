/// What a person asked, or a law says, about how they may be contacted.
package enum Restriction {}

// MARK: - Events

extension Restriction {
  /// A limit on contact came into being.
  package struct Placed: Hashable, Sendable {
    /// Restriction id.
    package var restriction: String
    /// Cease, attorney, workplace, opt-out, time ...
    package var kind: String
    /// Written or oral.
    package var form: String?
    /// When we got it, if later than it was made.
    package var receivedAt: ClockTime?
    /// Debts covered; empty means all.
    package var accounts: [String]?
    /// Medium barred.
    package var channel: String?
    /// Line or address barred.
    package var contactPoint: String?
    /// Local times barred.
    package var windows: [Parts.Window]?
    /// First day.
    package var from: Day?
    /// Last day.
    package var to: Day?
    /// Representing lawyer.
    package var attorney: String?
    /// Bereavement, wedding, festival ...
    package var occasion: String?

    /// Memberwise; what the schema does not require may be left out.
    package init(
      restriction: String, kind: String, form: String? = nil, receivedAt: ClockTime? = nil,
      accounts: [String]? = nil, channel: String? = nil, contactPoint: String? = nil,
      windows: [Parts.Window]? = nil, from: Day? = nil, to: Day? = nil, attorney: String? = nil,
      occasion: String? = nil
    ) {
      self.restriction = restriction
      self.kind = kind
      self.form = form
      self.receivedAt = receivedAt
      self.accounts = accounts
      self.channel = channel
      self.contactPoint = contactPoint
      self.windows = windows
      self.from = from
      self.to = to
      self.attorney = attorney
      self.occasion = occasion
    }
  }

  /// A limit on contact ended.
  package struct Lifted: Hashable, Sendable {
    /// Which.
    package var restriction: String
    /// Its kind.
    package var kind: String
    /// Why.
    package var reason: String

    /// Memberwise; what the schema does not require may be left out.
    package init(restriction: String, kind: String, reason: String) {
      self.restriction = restriction
      self.kind = kind
      self.reason = reason
    }
  }
}
