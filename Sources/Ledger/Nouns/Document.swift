/// A paper on file, known by the digest of its bytes.
package enum Document {}

// MARK: - Events

extension Document {
  /// A document was filed.
  package struct Filed: Hashable, Sendable {
    /// Document id.
    package var document: String
    /// What it is.
    package var kind: String
    /// Digest.
    package var sha256: [UInt8]
    /// Type.
    package var mime: String?
    /// Size.
    package var bytes: Int64?
    /// Source.
    package var receivedFrom: String?
    /// Shelf, if on paper.
    package var location: String?
    /// Document it replaces.
    package var supersedes: String?

    /// Memberwise; what the schema does not require may be left out.
    package init(
      document: String, kind: String, sha256: [UInt8], mime: String? = nil, bytes: Int64? = nil,
      receivedFrom: String? = nil, location: String? = nil, supersedes: String? = nil
    ) {
      self.document = document
      self.kind = kind
      self.sha256 = sha256
      self.mime = mime
      self.bytes = bytes
      self.receivedFrom = receivedFrom
      self.location = location
      self.supersedes = supersedes
    }
  }

  /// Records were destroyed under a rule.
  package struct Purged: Hashable, Sendable {
    /// Account records, recording, document.
    package var scope: String
    /// Rule relied on.
    package var legalBasis: String
    /// Which one.
    package var document: String?

    /// Memberwise; what the schema does not require may be left out.
    package init(scope: String, legalBasis: String, document: String? = nil) {
      self.scope = scope
      self.legalBasis = legalBasis
      self.document = document
    }
  }
}
