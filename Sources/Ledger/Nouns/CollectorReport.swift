/// What collectors report, what is published, and reviews held.
package enum CollectorReport {}

// MARK: - Events

extension CollectorReport {
  /// A collector handed in the daily report.
  package struct Submitted: Hashable, Sendable {
    /// Report id.
    package var report: String
    /// Day.
    package var on: Day
    /// Sum claimed.
    package var collected: Money?
    /// Receipts.
    package var receipts: [String]?
    /// Deposits.
    package var deposits: [String]?
    /// Papers.
    package var documents: [String]?

    /// Memberwise; what the schema does not require may be left out.
    package init(
      report: String, on: Day, collected: Money? = nil, receipts: [String]? = nil,
      deposits: [String]? = nil, documents: [String]? = nil
    ) {
      self.report = report
      self.on = on
      self.collected = collected
      self.receipts = receipts
      self.deposits = deposits
      self.documents = documents
    }
  }

  /// A reviewer looked at a collector's report.
  package struct Reviewed: Hashable, Sendable {
    /// Which.
    package var report: String
    /// Who.
    package var reviewer: String
    /// Passed or returned.
    package var outcome: String

    /// Memberwise; what the schema does not require may be left out.
    package init(report: String, reviewer: String, outcome: String) {
      self.report = report
      self.reviewer = reviewer
      self.outcome = outcome
    }
  }

  /// A report was published, frozen as issued.
  package struct Published: Hashable, Sendable {
    /// Report id.
    package var report: String
    /// Aging, MIS, PAR ...
    package var kind: String
    /// Business date.
    package var asOf: Day
    /// Journal position read.
    package var knownAt: Int64
    /// Policy set.
    package var rules: String
    /// Digest.
    package var sha256: [UInt8]
    /// Headline figures.
    package var totals: [Parts.Total]?
    /// Report it replaces.
    package var supersedes: String?
    /// It withdraws the other without replacing it.
    package var withdraws: Bool?

    /// Memberwise; what the schema does not require may be left out.
    package init(
      report: String, kind: String, asOf: Day, knownAt: Int64, rules: String, sha256: [UInt8],
      totals: [Parts.Total]? = nil, supersedes: String? = nil, withdraws: Bool? = nil
    ) {
      self.report = report
      self.kind = kind
      self.asOf = asOf
      self.knownAt = knownAt
      self.rules = rules
      self.sha256 = sha256
      self.totals = totals
      self.supersedes = supersedes
      self.withdraws = withdraws
    }
  }

  /// A list or report was reviewed in a meeting.
  package struct ReviewHeld: Hashable, Sendable {
    /// Delinquent list, receivable report, agency.
    package var kind: String
    /// Who.
    package var attendees: [String]
    /// Digest of what was reviewed.
    package var listHash: [UInt8]
    /// Digest of the minutes.
    package var minutesHash: [UInt8]?

    /// Memberwise; what the schema does not require may be left out.
    package init(kind: String, attendees: [String], listHash: [UInt8], minutesHash: [UInt8]? = nil)
    {
      self.kind = kind
      self.attendees = attendees
      self.listHash = listHash
      self.minutesHash = minutesHash
    }
  }
}
