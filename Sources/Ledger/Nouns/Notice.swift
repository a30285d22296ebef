/// A written notice to a person, other than in court.
package enum Notice {}

// MARK: - Events

extension Notice {
  /// A required notice that is not a legal demand was sent.
  package struct Sent: Hashable, Sendable {
    /// Notice id.
    package var notice: String
    /// Validation, agent details, pre-debit, transfer ...
    package var kind: String
    /// Addressee.
    package var to: String?
    /// How.
    package var channel: String?
    /// Agency announced.
    package var agency: String?
    /// Named agent announced, where the rule works per agent.
    package var agent: String?
    /// Calling lines announced.
    package var lines: [String]?
    /// Due or debit it announces.
    package var due: String?
    /// Dispute or reply it answers.
    package var answers: String?
    /// Sum stated.
    package var amount: Money?
    /// Reminder states penal charges and why.
    package var showsPenal: Bool?
    /// Class told.
    package var assetClass: String?
    /// Promise verdict told.
    package var verdict: String?
    /// Digest.
    package var textHash: [UInt8]?

    /// Memberwise; what the schema does not require may be left out.
    package init(
      notice: String, kind: String, to: String? = nil, channel: String? = nil,
      agency: String? = nil, agent: String? = nil, lines: [String]? = nil, due: String? = nil,
      answers: String? = nil, amount: Money? = nil, showsPenal: Bool? = nil,
      assetClass: String? = nil, verdict: String? = nil, textHash: [UInt8]? = nil
    ) {
      self.notice = notice
      self.kind = kind
      self.to = to
      self.channel = channel
      self.agency = agency
      self.agent = agent
      self.lines = lines
      self.due = due
      self.answers = answers
      self.amount = amount
      self.showsPenal = showsPenal
      self.assetClass = assetClass
      self.verdict = verdict
      self.textHash = textHash
    }
  }
}
