/// A person's certificate to collect.
package enum Agent {}

// MARK: - Events

extension Agent {
  /// A collection agent's certificate was recorded.
  package struct Certified: Hashable, Sendable {
    /// Which certificate.
    package var certificate: String
    /// First valid day.
    package var from: Day
    /// Last valid day; empty means open.
    package var to: Day?
    /// Employer.
    package var agency: String?
    /// Copy.
    package var document: String?

    /// Memberwise; what the schema does not require may be left out.
    package init(
      certificate: String, from: Day, to: Day? = nil, agency: String? = nil, document: String? = nil
    ) {
      self.certificate = certificate
      self.from = from
      self.to = to
      self.agency = agency
      self.document = document
    }
  }
}
