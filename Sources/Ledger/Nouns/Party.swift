/// A person or organisation the house deals with: debtor, guarantor, collector, agency.
package enum Party {}

// MARK: - Events

extension Party {
  /// A person or organisation was put on file.
  package struct Onboarded: Hashable, Sendable {
    /// Person or organisation.
    package var partyKind: String
    /// What they do in the house or towards it.
    package var roles: [String]
    /// Name.
    package var name: [UInt8]?
    /// Identity numbers.
    package var identity: [UInt8]?
    /// For staff and agents.
    package var employment: String?
    /// BCP 47 tags.
    package var languages: [String]?
    /// Level in the delegation matrix.
    package var authorityLevel: Int64?
    /// Group customers.
    package var relatedTo: [String]?

    /// Memberwise; what the schema does not require may be left out.
    package init(
      partyKind: String, roles: [String], name: [UInt8]? = nil, identity: [UInt8]? = nil,
      employment: String? = nil, languages: [String]? = nil, authorityLevel: Int64? = nil,
      relatedTo: [String]? = nil
    ) {
      self.partyKind = partyKind
      self.roles = roles
      self.name = name
      self.identity = identity
      self.employment = employment
      self.languages = languages
      self.authorityLevel = authorityLevel
      self.relatedTo = relatedTo
    }
  }

  /// A party took a role on an account.
  package struct Linked: Hashable, Sendable {
    /// Who.
    package var party: String
    /// Role on this account.
    package var role: String
    /// First day.
    package var from: Day
    /// Limit of the guarantee.
    package var liabilityCap: Money?

    /// Memberwise; what the schema does not require may be left out.
    package init(party: String, role: String, from: Day, liabilityCap: Money? = nil) {
      self.party = party
      self.role = role
      self.from = from
      self.liabilityCap = liabilityCap
    }
  }

  /// A party's role on an account ended.
  package struct Unlinked: Hashable, Sendable {
    /// Who.
    package var party: String
    /// Role that ended.
    package var role: String
    /// Last day.
    package var to: Day

    /// Memberwise; what the schema does not require may be left out.
    package init(party: String, role: String, to: Day) {
      self.party = party
      self.role = role
      self.to = to
    }
  }

  /// A member of staff was placed in a unit and role.
  package struct Assigned: Hashable, Sendable {
    /// Where.
    package var unit: String
    /// As what.
    package var role: String
    /// First day.
    package var from: Day
    /// Last day; the same placement again with this field ends it.
    package var to: Day?

    /// Memberwise; what the schema does not require may be left out.
    package init(unit: String, role: String, from: Day, to: Day? = nil) {
      self.unit = unit
      self.role = role
      self.from = from
      self.to = to
    }
  }

  /// Where a person lives in time and how they prefer to be dealt with was noted.
  package struct Profiled: Hashable, Sendable {
    /// Every plausible IANA zone of the person; all must pass.
    package var zones: [String]?
    /// How the zone is known.
    package var zoneSource: String?
    /// Preferred languages.
    package var languages: [String]?
    /// Preferred channels.
    package var preferredChannels: [String]?
    /// Day of month salary is paid.
    package var salaryDay: Int64?

    /// Memberwise; what the schema does not require may be left out.
    package init(
      zones: [String]? = nil, zoneSource: String? = nil, languages: [String]? = nil,
      preferredChannels: [String]? = nil, salaryDay: Int64? = nil
    ) {
      self.zones = zones
      self.zoneSource = zoneSource
      self.languages = languages
      self.preferredChannels = preferredChannels
      self.salaryDay = salaryDay
    }
  }

  /// A number, e-mail, address or handle was added to a party.
  package struct ContactPointAdded: Hashable, Sendable {
    /// Stable id that rules compare, never the address itself.
    package var contactPoint: String
    /// Phone, e-mail, address ...
    package var kind: String
    /// The number or address.
    package var address: [UInt8]
    /// Home, work, mobile.
    package var place: String?
    /// Where a postal address is; visits are measured against it.
    package var geo: [UInt8]?
    /// Customer, bureau, trace.
    package var origin: String?

    /// Memberwise; what the schema does not require may be left out.
    package init(
      contactPoint: String, kind: String, address: [UInt8], place: String? = nil,
      geo: [UInt8]? = nil, origin: String? = nil
    ) {
      self.contactPoint = contactPoint
      self.kind = kind
      self.address = address
      self.place = place
      self.geo = geo
      self.origin = origin
    }
  }

  /// A contact point was verified or found invalid.
  package struct ContactPointChecked: Hashable, Sendable {
    /// Which.
    package var contactPoint: String
    /// Verified or what is wrong with it.
    package var outcome: String

    /// Memberwise; what the schema does not require may be left out.
    package init(contactPoint: String, outcome: String) {
      self.contactPoint = contactPoint
      self.outcome = outcome
    }
  }

  /// What the person earns, owes and owns was noted.
  package struct FinancialStatusRecorded: Hashable, Sendable {
    /// Day of the figures.
    package var asOn: Day
    /// Monthly income.
    package var income: Money?
    /// Monthly obligations.
    package var obligations: Money?
    /// Dependants.
    package var dependants: [UInt8]?
    /// Work.
    package var employment: String?
    /// Assets.
    package var assets: [UInt8]?
    /// How checked.
    package var verifiedBy: String?

    /// Memberwise; what the schema does not require may be left out.
    package init(
      asOn: Day, income: Money? = nil, obligations: Money? = nil, dependants: [UInt8]? = nil,
      employment: String? = nil, assets: [UInt8]? = nil, verifiedBy: String? = nil
    ) {
      self.asOn = asOn
      self.income = income
      self.obligations = obligations
      self.dependants = dependants
      self.employment = employment
      self.assets = assets
      self.verifiedBy = verifiedBy
    }
  }

  /// A vulnerability was noted, or found to be over.
  package struct VulnerabilityRecorded: Hashable, Sendable {
    /// Active or cleared.
    package var status: String
    /// What kind; capacity holds collection.
    package var kind: String
    /// Health or other special detail.
    package var detail: [UInt8]?
    /// When to look again.
    package var reviewOn: Day?

    /// Memberwise; what the schema does not require may be left out.
    package init(status: String, kind: String, detail: [UInt8]? = nil, reviewOn: Day? = nil) {
      self.status = status
      self.kind = kind
      self.detail = detail
      self.reviewOn = reviewOn
    }
  }

  /// A death was claimed, verified or retracted.
  package struct DeathRecorded: Hashable, Sendable {
    /// Claimed, verified, retracted.
    package var status: String
    /// Day of death, if known.
    package var diedOn: Day?
    /// Certificate or claim.
    package var evidenceKind: String?
    /// Paper.
    package var document: String?

    /// Memberwise; what the schema does not require may be left out.
    package init(
      status: String, diedOn: Day? = nil, evidenceKind: String? = nil, document: String? = nil
    ) {
      self.status = status
      self.diedOn = diedOn
      self.evidenceKind = evidenceKind
      self.document = document
    }
  }

  /// Insolvency of a party began or ended.
  package struct InsolvencyRecorded: Hashable, Sendable {
    /// Started, discharged, dismissed.
    package var status: String
    /// Which procedure.
    package var kind: String
    /// Day it takes effect.
    package var from: Day
    /// Court number.
    package var caseNo: String?

    /// Memberwise; what the schema does not require may be left out.
    package init(status: String, kind: String, from: Day, caseNo: String? = nil) {
      self.status = status
      self.kind = kind
      self.from = from
      self.caseNo = caseNo
    }
  }

  /// The key to a party's sealed data was destroyed.
  package struct DataErased: Hashable, Sendable {
    /// All or part.
    package var scope: String
    /// Why.
    package var reason: String
    /// Who ordered it.
    package var authority: String

    /// Memberwise; what the schema does not require may be left out.
    package init(scope: String, reason: String, authority: String) {
      self.scope = scope
      self.reason = reason
      self.authority = authority
    }
  }
}
