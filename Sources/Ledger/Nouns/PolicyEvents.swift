/// House rules and law packs as data, with versions.
package enum Policy {}

// MARK: - Events

extension Policy {
  /// A policy version was drafted.
  package struct Proposed: Hashable, Sendable {
    /// Policy id.
    package var policy: String
    /// Buckets, waterfall, contact rules ...
    package var kind: String
    /// Version.
    package var version: Int64
    /// Business date.
    package var effectiveFrom: Day
    /// Digest of the body.
    package var bodyHash: [UInt8]
    /// Version it follows.
    package var supersedes: Int64?

    /// Memberwise; what the schema does not require may be left out.
    package init(
      policy: String, kind: String, version: Int64, effectiveFrom: Day, bodyHash: [UInt8],
      supersedes: Int64? = nil
    ) {
      self.policy = policy
      self.kind = kind
      self.version = version
      self.effectiveFrom = effectiveFrom
      self.bodyHash = bodyHash
      self.supersedes = supersedes
    }
  }

  /// A policy version came into force.
  package struct Adopted: Hashable, Sendable {
    /// Policy id.
    package var policy: String
    /// Kind.
    package var kind: String
    /// Version.
    package var version: Int64
    /// Business date.
    package var effectiveFrom: Day
    /// Announced, postponed, in force, draft.
    package var status: String
    /// What it touches.
    package var retroactive: String
    /// The policy itself, as data.
    package var body: [UInt8]
    /// Digest.
    package var bodyHash: [UInt8]
    /// Last day, if fixed.
    package var effectiveTo: Day?
    /// Scope.
    package var appliesTo: String?
    /// Citation.
    package var source: String?

    /// Memberwise; what the schema does not require may be left out.
    package init(
      policy: String, kind: String, version: Int64, effectiveFrom: Day, status: String,
      retroactive: String, body: [UInt8], bodyHash: [UInt8], effectiveTo: Day? = nil,
      appliesTo: String? = nil, source: String? = nil
    ) {
      self.policy = policy
      self.kind = kind
      self.version = version
      self.effectiveFrom = effectiveFrom
      self.status = status
      self.retroactive = retroactive
      self.body = body
      self.bodyHash = bodyHash
      self.effectiveTo = effectiveTo
      self.appliesTo = appliesTo
      self.source = source
    }
  }

  /// A policy stopped applying.
  package struct Retired: Hashable, Sendable {
    /// Which.
    package var policy: String
    /// Version.
    package var version: Int64
    /// Last day.
    package var effectiveTo: Day

    /// Memberwise; what the schema does not require may be left out.
    package init(policy: String, version: Int64, effectiveTo: Day) {
      self.policy = policy
      self.version = version
      self.effectiveTo = effectiveTo
    }
  }
}
