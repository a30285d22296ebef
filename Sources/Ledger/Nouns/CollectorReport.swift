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
    /// The words that ask for the book again, its name first.
    package var words: [String]?

    /// Memberwise; what the schema does not require may be left out.
    package init(
      report: String, kind: String, asOf: Day, knownAt: Int64, rules: String, sha256: [UInt8],
      totals: [Parts.Total]? = nil, supersedes: String? = nil, withdraws: Bool? = nil,
      words: [String]? = nil
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
      self.words = words
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

// MARK: - State

extension CollectorReport {
  /// Where a collector's report stands.
  package enum Stage: String, Sendable {
    case submitted, returned, reviewed, approved, declined

    /// Whether it went back to the collector, who may hand it in again.
    package var isBack: Bool { self == .returned || self == .declined }
  }

  /// A report and what became of it.
  package struct Case: Sendable {
    /// How it was handed in, last time if it was returned and came again.
    package var handedIn: Office.Told<Submitted>
    /// How often it was handed in.
    package var times = 1
    /// The last review of it.
    package var review: Office.Told<Reviewed>?
    /// Who approved or declined it, when, and where it stands.
    package var approver: String?, decidedOn: Day?
    /// Where it stands.
    package var stage = Stage.submitted

    /// The collector, on whose stream it stands.
    package var collector: String { handedIn.place }
  }
}

// MARK: - Decisions

extension CollectorReport.Submitted: Decided {
  /// Refused for a day ahead, and when the collector's report of the day is in and was not
  /// returned, or the id is another report's.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    try scene.requirePast("report")
    let collector = scene.account.id
    if let mine = scene.office.report(of: collector, on: on), !mine.stage.isBack {
      throw Refusal(
        rule: "report.exists",
        "The report of \(collector) for \(on) is in: \(mine.handedIn.body.report), "
          + "\(mine.stage.rawValue).",
        remedy: "A report is handed in again after it was returned.")
    }
    if let same = scene.office.report(report),
      same.collector != collector || same.handedIn.body.on != on
    {
      throw Refusal(
        rule: "report.id",
        "\(report) is the report of \(same.collector) for \(same.handedIn.body.on).",
        remedy: "Choose another id.")
    }
  }
}

extension CollectorReport.Reviewed: Decided {
  /// Refused when there is no such report, it waits for no review, or the reviewer is the one who
  /// handed it in.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    guard let found = scene.office.report(report) else {
      throw Refusal(
        rule: "report.unknown", "No report \(report) was handed in.",
        remedy: "`arrears show reports` lists them.")
    }
    guard reviewer != found.collector else {
      throw Refusal(
        rule: "report.own", "\(reviewer) cannot review a report of his or her own.",
        remedy: "Let somebody else review it.")
    }
    guard found.stage == .submitted else {
      throw Refusal(
        rule: "report.reviewed", "Report \(report) waits for no review: \(found.stage.rawValue).",
        remedy: "A report that was returned is handed in again first.")
    }
  }
}

extension CollectorReport.ReviewHeld: Decided {
  /// Refused when nobody attended.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    guard !attendees.isEmpty else {
      throw Refusal(
        rule: "review.attendees", "A review that nobody attended was not held.",
        remedy: "Name the attendees.")
    }
  }
}
