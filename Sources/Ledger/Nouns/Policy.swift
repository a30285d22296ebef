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

// MARK: - Facts

extension PolicyVersion {
  /// What a `policy.adopted` says; nil when its scope is written in no known grammar.
  init?(adopted event: borrowing EventView, inForce: inout Bool) throws(WireError) {
    var body = CBORReader(event.body)
    let adopted = try Policy.Adopted(reading: &body)
    guard let scope = PolicyScope(adopted.appliesTo) else { return nil }
    inForce = adopted.status == "in_force"
    self.init(
      policy: adopted.policy, version: adopted.version, kind: adopted.kind,
      from: Day(rawValue: event.header.day), to: adopted.effectiveTo ?? .undated,
      retroactive: adopted.retroactive != "none", scope: scope, seq: event.header.seq,
      body: adopted.body)
  }
}

// MARK: - Decisions

extension Policy.Adopted: Decided {
  /// Refused unless it is the next version, its scope can be read, its body fits its kind, and it
  /// says something that the version before does not.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    let next = (scene.lastVersions[policy] ?? 0) + 1
    guard version == next else {
      throw Refusal(
        rule: "policy.next-version", "Version \(version) of \(policy) is not the next one.",
        remedy: "Adopt it as version \(next).")
    }
    guard PolicyScope(appliesTo) != nil else {
      throw Refusal(
        rule: "policy.scope", "`\(appliesTo ?? "")` says nothing about whom the policy applies to.",
        remedy: "Write all, product:NAME, portfolio:NAME or account:ID, separated by commas.")
    }
    if let effectiveTo, effectiveTo < effectiveFrom {
      throw Refusal(
        rule: "policy.ends-after-start",
        "The policy ends on \(effectiveTo), before it starts on \(effectiveFrom).",
        remedy: "Exchange the days, or leave the end out.")
    }
    if status == "in_force", let scope = PolicyScope(appliesTo),
      let same = scene.policies.twin(
        of: PolicyVersion(
          policy: policy, version: version, kind: kind, from: effectiveFrom,
          to: effectiveTo ?? .undated, retroactive: retroactive != "none", scope: scope,
          seq: .max, body: body))
    {
      throw Refusal(
        rule: "policy.same",
        "\(same.label) says the same from \(same.from) on for \(same.scope).",
        remedy: "Nothing needs to be done.")
    }
    do throws(WireError) {
      try PolicyKind.check(kind, body.span)
    } catch {
      throw Refusal(
        rule: "policy.body", "The body does not fit: \(error.what).",
        remedy: "`arrears schema policy \(kind)` shows what it may say.")
    }
  }
}

extension Policy.Retired: Decided {
  /// Refused unless the version is in force.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    guard
      scene.policies.versions.contains(where: {
        $0.policy == policy && $0.version == version && $0.to > effectiveTo
      })
    else {
      throw Refusal(
        rule: "policy.in-force", "Version \(version) of \(policy) is not in force.",
        remedy: "`arrears policy list` shows what is.")
    }
  }
}
