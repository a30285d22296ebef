import Ledger

extension Rule {
  static let inRBIThirdPartyContact = Rule(
    "in.rbi.third-party-contact", "No pursuit of family, friends, referees", .high, .confirmed,
    by: OnlyParties.self, versions: [Version("2022-08-12")],
    defaults: ["allowed_parties": ["debtor", "co_debtor", "guarantor"]],
    statement:
      "Nobody but the borrower, a co-borrower or a guarantor is pursued; an enquiry for the borrower's whereabouts is not carved out.",
    citation:
      "RBI/2022-23/108, 12 Aug 2022 (acts intruding upon the privacy of family members, referees and friends)."
  )
}

/// Outbound contact only with people of some roles.
struct OnlyParties: Judge {
  static var selectedBy: String { "local date of the contact" }
  static var judges: [UInt16] { [EventCode.contactAttempted] }
  static var parameters: [Parameter] {
    [Parameter("allowed_parties", .codes, "Roles that may be contacted.")]
  }

  private let allowed: [TextKey]

  init(_ values: Values) throws(PackError) { allowed = values.codes("allowed_parties") }

  static func judge(_ one: Case, _ laws: Laws<Self>, _ report: inout Report) {
    for contact in one.contacts where contact.isOutbound {
      guard let law = laws.on(contact.day, one), !law.terms.allowed.contains(contact.role) else {
        continue
      }
      report.find("third-party", contact, law, one)
    }
  }
}
