/// An attempt to reach somebody, and what became of it.
package enum Contact {}

// MARK: - Events

extension Contact {
  /// Someone tried to reach, or was reached by, a person about the debt.
  package struct Attempted: Hashable, Sendable {
    /// By what means.
    package var channel: String
    /// Outbound or inbound.
    package var direction: String
    /// Person meant.
    package var party: String?
    /// Their role on the account.
    package var partyRole: String?
    /// Who actually answered.
    package var answeredBy: String?
    /// Nobody, third party, right party.
    package var reached: String?
    /// What came of it.
    package var result: String?
    /// Why; absent means collect.
    package var purpose: String?
    /// Why unpaid, as told.
    package var reasonForDelay: String?
    /// Kind of place or line used; a work e-mail is work.
    package var place: String?
    /// Which line or address; compared by rules.
    package var contactPoint: String?
    /// Literal address when it is not on file.
    package var addressUsed: [UInt8]?
    /// Caller line or sender shown to the person.
    package var fromLine: String?
    /// Length; the end is start plus this.
    package var durationS: Int64?
    /// What next.
    package var nextAction: String?
    /// When.
    package var nextActionOn: Day?
    /// Whom a visit met.
    package var metPerson: [UInt8]?
    /// Where the visit was.
    package var geo: [UInt8]?
    /// Why there is no position.
    package var geoMissingReason: String?
    /// Recording.
    package var recordingRef: String?
    /// Its digest.
    package var recordingHash: [UInt8]?
    /// Recording was announced.
    package var recordingNotice: Bool?
    /// BCP 47 tag.
    package var language: String?
    /// Message template.
    package var template: String?
    /// Digest of the text sent.
    package var bodyHash: [UInt8]?
    /// Bulk campaign.
    package var campaign: String?
    /// Placed by a machine.
    package var automated: Bool?
    /// Joint visit.
    package var participants: [String]?
    /// Collector said who they are.
    package var identityDisclosed: Bool?
    /// Visit card shown.
    package var authorisationShown: Bool?
    /// Message said how to opt out.
    package var optoutNotice: Bool?
    /// Only the limited-content voicemail.
    package var limitedContent: Bool?
    /// It spoke of the debt.
    package var conveysDebtInfo: Bool?
    /// It carried the validation information.
    package var validationIncluded: Bool?
    /// For social media.
    package var visibility: String?
    /// For social media requests.
    package var disclosesCollector: Bool?
    /// Owner or servicer spoken for.
    package var onBehalfOf: String?
    /// The person complained.
    package var complaintRaised: Bool?
    /// Ways to repay that were compared.
    package var options: [Parts.Option]?

    /// Memberwise; what the schema does not require may be left out.
    package init(
      channel: String, direction: String, party: String? = nil, partyRole: String? = nil,
      answeredBy: String? = nil, reached: String? = nil, result: String? = nil,
      purpose: String? = nil, reasonForDelay: String? = nil, place: String? = nil,
      contactPoint: String? = nil, addressUsed: [UInt8]? = nil, fromLine: String? = nil,
      durationS: Int64? = nil, nextAction: String? = nil, nextActionOn: Day? = nil,
      metPerson: [UInt8]? = nil, geo: [UInt8]? = nil, geoMissingReason: String? = nil,
      recordingRef: String? = nil, recordingHash: [UInt8]? = nil, recordingNotice: Bool? = nil,
      language: String? = nil, template: String? = nil, bodyHash: [UInt8]? = nil,
      campaign: String? = nil, automated: Bool? = nil, participants: [String]? = nil,
      identityDisclosed: Bool? = nil, authorisationShown: Bool? = nil, optoutNotice: Bool? = nil,
      limitedContent: Bool? = nil, conveysDebtInfo: Bool? = nil, validationIncluded: Bool? = nil,
      visibility: String? = nil, disclosesCollector: Bool? = nil, onBehalfOf: String? = nil,
      complaintRaised: Bool? = nil, options: [Parts.Option]? = nil
    ) {
      self.channel = channel
      self.direction = direction
      self.party = party
      self.partyRole = partyRole
      self.answeredBy = answeredBy
      self.reached = reached
      self.result = result
      self.purpose = purpose
      self.reasonForDelay = reasonForDelay
      self.place = place
      self.contactPoint = contactPoint
      self.addressUsed = addressUsed
      self.fromLine = fromLine
      self.durationS = durationS
      self.nextAction = nextAction
      self.nextActionOn = nextActionOn
      self.metPerson = metPerson
      self.geo = geo
      self.geoMissingReason = geoMissingReason
      self.recordingRef = recordingRef
      self.recordingHash = recordingHash
      self.recordingNotice = recordingNotice
      self.language = language
      self.template = template
      self.bodyHash = bodyHash
      self.campaign = campaign
      self.automated = automated
      self.participants = participants
      self.identityDisclosed = identityDisclosed
      self.authorisationShown = authorisationShown
      self.optoutNotice = optoutNotice
      self.limitedContent = limitedContent
      self.conveysDebtInfo = conveysDebtInfo
      self.validationIncluded = validationIncluded
      self.visibility = visibility
      self.disclosesCollector = disclosesCollector
      self.onBehalfOf = onBehalfOf
      self.complaintRaised = complaintRaised
      self.options = options
    }
  }

  /// A carrier reported the fate of a message or letter.
  package struct DeliveryReported: Hashable, Sendable {
    /// The attempt or notice reported on.
    package var attempt: String
    /// Delivered, failed, refused ...
    package var outcome: String

    /// Memberwise; what the schema does not require may be left out.
    package init(attempt: String, outcome: String) {
      self.attempt = attempt
      self.outcome = outcome
    }
  }

  /// A centre meeting with the borrower was due and was attended or missed.
  package struct MeetingHeld: Hashable, Sendable {
    /// Where.
    package var place: String
    /// Borrower came.
    package var attended: Bool

    /// Memberwise; what the schema does not require may be left out.
    package init(place: String, attended: Bool) {
      self.place = place
      self.attended = attended
    }
  }

  /// Conduct on a contact was alleged, upheld or rejected.
  package struct ConductFlagged: Hashable, Sendable {
    /// Contact in question; it fixes the law applied.
    package var attempt: String
    /// What was done.
    package var code: String
    /// Complaint, quality check, recording.
    package var foundBy: String
    /// Alleged, upheld, rejected.
    package var status: String

    /// Memberwise; what the schema does not require may be left out.
    package init(attempt: String, code: String, foundBy: String, status: String) {
      self.attempt = attempt
      self.code = code
      self.foundBy = foundBy
      self.status = status
    }
  }
}
