/// A question about an account, and its answer.
package enum Query {}

// MARK: - Events

extension Query {
  /// A customer asked something.
  package struct Opened: Hashable, Sendable {
    /// Query id.
    package var query: String
    /// About what.
    package var category: String
    /// Words.
    package var text: [UInt8]?
    /// Query it reopens.
    package var reopens: String?

    /// Memberwise; what the schema does not require may be left out.
    package init(query: String, category: String, text: [UInt8]? = nil, reopens: String? = nil) {
      self.query = query
      self.category = category
      self.text = text
      self.reopens = reopens
    }
  }

  /// A query was answered.
  package struct Answered: Hashable, Sendable {
    /// Which.
    package var query: String
    /// Digest of the reply.
    package var answerHash: [UInt8]
    /// Digest of the figures shown.
    package var figuresHash: [UInt8]?

    /// Memberwise; what the schema does not require may be left out.
    package init(query: String, answerHash: [UInt8], figuresHash: [UInt8]? = nil) {
      self.query = query
      self.answerHash = answerHash
      self.figuresHash = figuresHash
    }
  }
}
