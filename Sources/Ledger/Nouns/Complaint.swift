/// A complaint about the house, and its answer.
package enum Complaint {}

// MARK: - Events

extension Complaint {
  /// A complaint was lodged.
  package struct Received: Hashable, Sendable {
    /// Complaint id.
    package var complaint: String
    /// About what.
    package var category: String
    /// Internal, ombudsman, police, court.
    package var forum: String
    /// Person complained of.
    package var against: String?
    /// Words.
    package var text: [UInt8]?

    /// Memberwise; what the schema does not require may be left out.
    package init(
      complaint: String, category: String, forum: String, against: String? = nil,
      text: [UInt8]? = nil
    ) {
      self.complaint = complaint
      self.category = category
      self.forum = forum
      self.against = against
      self.text = text
    }
  }

  /// A complaint was disposed of.
  package struct Resolved: Hashable, Sendable {
    /// Which.
    package var complaint: String
    /// How.
    package var outcome: String
    /// When the reply left.
    package var replyAt: ClockTime?

    /// Memberwise; what the schema does not require may be left out.
    package init(complaint: String, outcome: String, replyAt: ClockTime? = nil) {
      self.complaint = complaint
      self.outcome = outcome
      self.replyAt = replyAt
    }
  }
}
