/// Facts about the book itself: imports, periods, checkpoints, judgements on findings.
package enum LedgerFact {}

// MARK: - Events

extension LedgerFact {
  /// An import ended.
  package struct ImportCompleted: Hashable, Sendable {
    /// Import id.
    package var `import`: String
    /// Digest of the file.
    package var fileSha256: [UInt8]
    /// Rows.
    package var rows: Int64
    /// Stored.
    package var accepted: Int64
    /// Stored and flagged.
    package var flagged: Int64
    /// Already there.
    package var duplicates: Int64
    /// Unreadable.
    package var rejected: Int64

    /// Memberwise; what the schema does not require may be left out.
    package init(
      import: String, fileSha256: [UInt8], rows: Int64, accepted: Int64, flagged: Int64,
      duplicates: Int64, rejected: Int64
    ) {
      self.import = `import`
      self.fileSha256 = fileSha256
      self.rows = rows
      self.accepted = accepted
      self.flagged = flagged
      self.duplicates = duplicates
      self.rejected = rejected
    }
  }

  /// A period was closed; late events still come, but published means this.
  package struct PeriodClosed: Hashable, Sendable {
    /// First day.
    package var from: Day
    /// Last day.
    package var to: Day
    /// Journal position.
    package var knownAt: Int64
    /// Earlier closing it replaces.
    package var supersedes: String?

    /// Memberwise; what the schema does not require may be left out.
    package init(from: Day, to: Day, knownAt: Int64, supersedes: String? = nil) {
      self.from = from
      self.to = to
      self.knownAt = knownAt
      self.supersedes = supersedes
    }
  }

  /// The tree head was published.
  package struct CheckpointPublished: Hashable, Sendable {
    /// Entries.
    package var size: Int64
    /// Tree root.
    package var rootHash: [UInt8]
    /// Where.
    package var place: String
    /// Signature.
    package var signature: String?

    /// Memberwise; what the schema does not require may be left out.
    package init(size: Int64, rootHash: [UInt8], place: String, signature: String? = nil) {
      self.size = size
      self.rootHash = rootHash
      self.place = place
      self.signature = signature
    }
  }

  /// A person judged a finding.
  package struct FindingReviewed: Hashable, Sendable {
    /// Deterministic finding id.
    package var finding: String
    /// Upheld, excused, false alarm.
    package var verdict: String
    /// Why.
    package var reason: String?

    /// Memberwise; what the schema does not require may be left out.
    package init(finding: String, verdict: String, reason: String? = nil) {
      self.finding = finding
      self.verdict = verdict
      self.reason = reason
    }
  }
}

// MARK: - Decisions

extension LedgerFact.PeriodClosed: Decided {
  /// Refused when the days are closed already by a period it does not name.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    guard from <= to else {
      throw Refusal(
        rule: "period.ends-after-start", "The period ends on \(to), before it starts on \(from).",
        remedy: "Exchange the days.")
    }
    for period in scene.periods where period.event != supersedes {
      guard from <= period.to, period.from <= to else { continue }
      throw Refusal(
        rule: "period.overlaps",
        "The days from \(period.from) to \(period.to) are closed already.",
        remedy: "Name that closing in `supersedes`, or choose other days.")
    }
  }
}

extension LedgerFact.FindingReviewed: Decided {
  /// Never refused: whether there is such a finding is a verdict, and verdicts are not stored. A
  /// review of a finding that nobody makes is told in a note under `comply`.
  package func decide(_ scene: inout Scene) throws(Refusal) {}
}
