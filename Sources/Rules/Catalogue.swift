/// Every rule this program knows, one a file under `Packs`.
package enum Catalogue {
  /// The packs, in the order of the catalogue.
  package static let packs: [String] = rules.reduce(into: []) {
    if !$0.contains($1.pack) { $0.append($1.pack) }
  }

  /// The rules, in the order in which a run asks them.
  package static let rules: [Rule] = india + indianLaw + unitedStates + europe + gulf + house

  /// The rule of an id.
  package static func rule(_ id: String) -> Rule? { byID[id] }

  private static let byID: [String: Rule] = Dictionary(
    uniqueKeysWithValues: rules.map { ($0.id, $0) })

  private static let india: [Rule] = [
    .inRBIContactHours, .inRBIMicrofinanceContactHours, .inRBIMicrofinancePlace,
    .inRBIPersistentCalls, .inRBIThirdPartyContact, .inRBIAgentIntimation,
    .inRBIAgentNumberNotified, .inRBIGrievanceNoAgent, .inRBIAgentConduct, .inRBICallRecording,
    .inRBIDraft2026Occasions, .inRBICashSameDay, .inCashLimit, .inRBIGrievance30Days,
    .inRBIDocumentsRelease, .inRBIClassification, .inRBINPAUpgrade, .inRBIBorrowerWise,
    .inRBIPenalCharges, .inRBISettlementFramework,
  ]

  private static let indianLaw: [Rule] = [
    .inNI138Presentation, .inNI138Notice, .inNI138Complaint, .inNI138InterimCompensation,
    .inSARFAESI132, .inSARFAESI133A, .inLimitationSuit, .inNACHRepresentation,
    .inEmandatePrenotice, .inDPDPErasure,
  ]

  private static let unitedStates: [Rule] = [
    .usRegFCallFrequency, .usRegFContactHours, .usRegFCease, .usRegFAttorney, .usRegFWorkplace,
    .usRegFElectronicOptout, .usRegFValidationNotice, .usRegFDisputeHold, .usRegFTimeBarred,
    .usRegFRetention, .usRegFSocialMedia, .usRegFDisputedAllocation, .usTCPARevocation,
    .usMAContactFrequency, .usDCCallFrequency, .usNYCContactFrequency,
  ]

  private static let europe: [Rule] = [
    .ukContactHours, .ukDisputeSuspend, .ukAdviceHold, .ukMentalCapacity, .ukBreathingSpace,
    .ukPreAction, .ukLatePayment, .euLatePayment, .euTransferNotice, .euForbearance,
  ]

  private static let gulf: [Rule] = [
    .saCallAttempts, .saRecording, .saChannels, .saObjectionHold, .saDefaultNotice, .saDeduction,
    .aeContactHours, .aeChequePresentation, .aeExecutionAmount,
  ]

  private static let house: [Rule] = [
    .intMinimumContacts, .intDailyContacts, .intVisitRequired, .intCashDeposit, .intCashInHand,
    .intReceiptSequence, .intPromiseFollowUp, .intSettlementAuthority, .intWaiverAuthority,
    .intPDCPresentation, .intPDCValidity, .intLegalNoticeWithin, .intLegalCaseFollowUp,
    .intStatementUnresponsive, .intDisputeNoContact, .intBookingIntimation,
    .intAllocationEmpanelled, .intAgentCertified, .intDocumentsFiled, .intTrailComplete,
    .intReportApproval, .intPaymentPosting, .intDeathNoContact,
  ]
}
