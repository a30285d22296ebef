/// A statement as it was issued.
package enum Statement {}

// MARK: - Events

extension Statement {
  /// A statement went out, frozen as issued.
  package struct Issued: Hashable, Sendable {
    /// Statement id.
    package var statement: String
    /// Account, foreclosure, credit-department brief ...
    package var kind: String
    /// Business date.
    package var asOf: Day
    /// Journal position read.
    package var knownAt: Int64
    /// Policy set.
    package var rules: String
    /// Digest.
    package var sha256: [UInt8]
    /// Balance shown.
    package var balance: Money?
    /// To whom.
    package var addressee: String?
    /// How.
    package var channel: String?
    /// Statement it replaces.
    package var supersedes: String?

    /// Memberwise; what the schema does not require may be left out.
    package init(
      statement: String, kind: String, asOf: Day, knownAt: Int64, rules: String, sha256: [UInt8],
      balance: Money? = nil, addressee: String? = nil, channel: String? = nil,
      supersedes: String? = nil
    ) {
      self.statement = statement
      self.kind = kind
      self.asOf = asOf
      self.knownAt = knownAt
      self.rules = rules
      self.sha256 = sha256
      self.balance = balance
      self.addressee = addressee
      self.channel = channel
      self.supersedes = supersedes
    }
  }
}
