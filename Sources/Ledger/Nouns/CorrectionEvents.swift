/// Facts about earlier events: reversal and remark.
package enum Correction {}

// MARK: - Events

extension Correction {
  /// An entry was taken back because it was wrong.
  package struct Reversed: Hashable, Sendable {
    /// Entry taken back.
    package var reverses: String
    /// Why it was wrong.
    package var reason: String
    /// Second person.
    package var authorisedBy: String?

    /// Memberwise; what the schema does not require may be left out.
    package init(reverses: String, reason: String, authorisedBy: String? = nil) {
      self.reverses = reverses
      self.reason = reason
      self.authorisedBy = authorisedBy
    }
  }

  /// A remark was added; no fold changes.
  package struct Annotated: Hashable, Sendable {
    /// Entry.
    package var about: String
    /// Words.
    package var remark: [UInt8]

    /// Memberwise; what the schema does not require may be left out.
    package init(about: String, remark: [UInt8]) {
      self.about = about
      self.remark = remark
    }
  }
}
