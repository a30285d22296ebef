// generated
package enum EventCode {
  package static let accountOpened: UInt16 = 1
  package static let accountImported: UInt16 = 2
  package static let accountAllocated: UInt16 = 3
  package static let accountDeallocated: UInt16 = 4
  package static let accountClassified: UInt16 = 5
  package static let accountDebtAcknowledged: UInt16 = 6
  package static let accountFlagged: UInt16 = 7
  package static let accountWrittenOff: UInt16 = 8
  package static let accountTransferred: UInt16 = 9
  package static let accountClosed: UInt16 = 10
  package static let accountReopened: UInt16 = 11
  package static let dueRaised: UInt16 = 12
  package static let dueCancelled: UInt16 = 13
  package static let chargeLevied: UInt16 = 14
  package static let chargeWaived: UInt16 = 15
  package static let interestApplied: UInt16 = 16
  package static let paymentReceived: UInt16 = 17
  package static let paymentCredited: UInt16 = 18
  package static let paymentPosted: UInt16 = 19
  package static let paymentReversed: UInt16 = 20
  package static let paymentTransferred: UInt16 = 21
  package static let paymentRefunded: UInt16 = 22
  package static let holdPlaced: UInt16 = 23
  package static let holdLifted: UInt16 = 24
  package static let policyProposed: UInt16 = 25
  package static let policyAdopted: UInt16 = 26
  package static let policyRetired: UInt16 = 27
  package static let ledgerImportCompleted: UInt16 = 28
  package static let ledgerPeriodClosed: UInt16 = 29
  package static let ledgerCheckpointPublished: UInt16 = 30
  package static let ledgerFindingReviewed: UInt16 = 31
  package static let eventReversed: UInt16 = 32
  package static let eventAnnotated: UInt16 = 33
  package static let partyOnboarded: UInt16 = 34
  package static let partyLinked: UInt16 = 35
  package static let partyUnlinked: UInt16 = 36
  package static let partyAssigned: UInt16 = 37
  package static let partyProfiled: UInt16 = 38
  package static let partyContactPointAdded: UInt16 = 39
  package static let partyContactPointChecked: UInt16 = 40
  package static let partyFinancialStatusRecorded: UInt16 = 41
  package static let partyVulnerabilityRecorded: UInt16 = 42
  package static let partyDeathRecorded: UInt16 = 43
  package static let partyInsolvencyRecorded: UInt16 = 44
  package static let partyDataErased: UInt16 = 45
  package static let unitDefined: UInt16 = 46
  package static let unitShiftWorked: UInt16 = 47
  package static let targetSet: UInt16 = 48
  package static let taskAssigned: UInt16 = 49
  package static let taskCompleted: UInt16 = 50
  package static let agencyEmpanelled: UInt16 = 51
  package static let agencySuspended: UInt16 = 52
  package static let agencyReinstated: UInt16 = 53
  package static let agentCertified: UInt16 = 54
  package static let contactAttempted: UInt16 = 55
  package static let contactDeliveryReported: UInt16 = 56
  package static let contactMeetingHeld: UInt16 = 57
  package static let contactConductFlagged: UInt16 = 58
  package static let noticeSent: UInt16 = 59
  package static let consentGiven: UInt16 = 60
  package static let consentWithdrawn: UInt16 = 61
  package static let restrictionPlaced: UInt16 = 62
  package static let restrictionLifted: UInt16 = 63
  package static let complaintReceived: UInt16 = 64
  package static let complaintResolved: UInt16 = 65
  package static let disputeRaised: UInt16 = 66
  package static let disputeResolved: UInt16 = 67
  package static let queryOpened: UInt16 = 68
  package static let queryAnswered: UInt16 = 69
  package static let promiseMade: UInt16 = 70
  package static let promiseWithdrawn: UInt16 = 71
  package static let planProposed: UInt16 = 72
  package static let planAgreed: UInt16 = 73
  package static let planCancelled: UInt16 = 74
  package static let settlementProposed: UInt16 = 75
  package static let settlementValidated: UInt16 = 76
  package static let settlementApproved: UInt16 = 77
  package static let settlementOffered: UInt16 = 78
  package static let settlementAccepted: UInt16 = 79
  package static let settlementLapseDeclared: UInt16 = 80
  package static let settlementExecuted: UInt16 = 81
  package static let approvalGranted: UInt16 = 82
  package static let approvalDeclined: UInt16 = 83
  package static let receiptIssued: UInt16 = 84
  package static let receiptVoided: UInt16 = 85
  package static let receiptBookIssued: UInt16 = 86
  package static let receiptBookClosed: UInt16 = 87
  package static let mandateRegistered: UInt16 = 88
  package static let mandateEnded: UInt16 = 89
  package static let mandatePresented: UInt16 = 90
  package static let mandateBounced: UInt16 = 91
  package static let chequeReceived: UInt16 = 92
  package static let chequeMoved: UInt16 = 93
  package static let chequeDeposited: UInt16 = 94
  package static let chequeCleared: UInt16 = 95
  package static let chequeBounced: UInt16 = 96
  package static let chequePartPaid: UInt16 = 97
  package static let chequeHeld: UInt16 = 98
  package static let chequeWithdrawn: UInt16 = 99
  package static let cashHandedOver: UInt16 = 100
  package static let cashDeposited: UInt16 = 101
  package static let cashDepositConfirmed: UInt16 = 102
  package static let cashCounted: UInt16 = 103
  package static let legalNoticeSent: UInt16 = 104
  package static let legalNoticeServed: UInt16 = 105
  package static let legalReplyReceived: UInt16 = 106
  package static let legalCaseFiled: UInt16 = 107
  package static let legalUpdateReceived: UInt16 = 108
  package static let legalHearingListed: UInt16 = 109
  package static let legalHearingHeld: UInt16 = 110
  package static let legalOrderPassed: UInt16 = 111
  package static let legalCaseEnded: UInt16 = 112
  package static let legalFeeIncurred: UInt16 = 113
  package static let legalLimitationRecorded: UInt16 = 114
  package static let securityPossessionTaken: UInt16 = 115
  package static let securityReleased: UInt16 = 116
  package static let securityValued: UInt16 = 117
  package static let securityAuctionHeld: UInt16 = 118
  package static let securitySold: UInt16 = 119
  package static let securityDocumentsReleased: UInt16 = 120
  package static let securityDocumentsLost: UInt16 = 121
  package static let bookingRecorded: UInt16 = 122
  package static let bookingIntimated: UInt16 = 123
  package static let bookingAcknowledged: UInt16 = 124
  package static let documentFiled: UInt16 = 125
  package static let documentPurged: UInt16 = 126
  package static let statementIssued: UInt16 = 127
  package static let reportSubmitted: UInt16 = 128
  package static let reportReviewed: UInt16 = 129
  package static let reportPublished: UInt16 = 130
  package static let reportReviewHeld: UInt16 = 131
}

package enum Key {
  package enum AccountAllocated {
    package static let `toKind`: UInt64 = 0
    package static let `to`: UInt64 = 1
    package static let `basis`: UInt64 = 2
    package static let `agent`: UInt64 = 3
    package static let `unit`: UInt64 = 4
    package static let `bucket`: UInt64 = 5
    package static let `listId`: UInt64 = 6
    package static let `targetShareBp`: UInt64 = 7
    package static let `frivolousRecord`: UInt64 = 8
  }
  package enum AccountClassified {
    package static let `forDate`: UInt64 = 0
    package static let `class`: UInt64 = 1
    package static let `previousClass`: UInt64 = 2
    package static let `lenderClass`: UInt64 = 3
    package static let `borrowerAccounts`: UInt64 = 4
    package static let `reason`: UInt64 = 5
  }
  package enum AccountClosed {
    package static let `reason`: UInt64 = 0
    package static let `clearanceDocument`: UInt64 = 1
  }
  package enum AccountDeallocated {
    package static let `from`: UInt64 = 0
    package static let `reason`: UInt64 = 1
  }
  package enum AccountDebtAcknowledged {
    package static let `by`: UInt64 = 0
    package static let `amount`: UInt64 = 1
    package static let `document`: UInt64 = 2
  }
  package enum AccountFlagged {
    package static let `flag`: UInt64 = 0
    package static let `raised`: UInt64 = 1
    package static let `authority`: UInt64 = 2
  }
  package enum AccountImported {
    package static let `asOn`: UInt64 = 0
    package static let `outstanding`: UInt64 = 1
    package static let `sourceSystem`: UInt64 = 2
    package static let `components`: UInt64 = 3
    package static let `oldestDueDate`: UInt64 = 4
    package static let `dpdClaimed`: UInt64 = 5
    package static let `statementHash`: UInt64 = 6
  }
  package enum AccountOpened {
    package static let `accountNo`: UInt64 = 0
    package static let `product`: UInt64 = 1
    package static let `principal`: UInt64 = 2
    package static let `openedOn`: UInt64 = 3
    package static let `debtor`: UInt64 = 4
    package static let `timeZone`: UInt64 = 5
    package static let `lender`: UInt64 = 6
    package static let `lenderClass`: UInt64 = 7
    package static let `calendar`: UInt64 = 8
    package static let `secured`: UInt64 = 9
    package static let `securityKind`: UInt64 = 10
    package static let `securityDetails`: UInt64 = 11
    package static let `tenorMonths`: UInt64 = 12
    package static let `rateBp`: UInt64 = 13
    package static let `sanctionedOn`: UInt64 = 14
    package static let `sanctionLevel`: UInt64 = 15
    package static let `sanctionedBy`: UInt64 = 16
    package static let `reviewOn`: UInt64 = 17
    package static let `debtGroup`: UInt64 = 18
    package static let `dealer`: UInt64 = 19
    package static let `branch`: UInt64 = 20
    package static let `externalIds`: UInt64 = 21
  }
  package enum AccountReopened {
    package static let `reason`: UInt64 = 0
    package static let `causeEvent`: UInt64 = 1
  }
  package enum AccountTransferred {
    package static let `kind`: UInt64 = 0
    package static let `to`: UInt64 = 1
    package static let `from`: UInt64 = 2
    package static let `price`: UInt64 = 3
    package static let `cutOff`: UInt64 = 4
  }
  package enum AccountWrittenOff {
    package static let `amount`: UInt64 = 0
    package static let `kind`: UInt64 = 1
    package static let `authority`: UInt64 = 2
    package static let `components`: UInt64 = 3
  }
  package enum AgencyEmpanelled {
    package static let `kind`: UInt64 = 0
    package static let `from`: UInt64 = 1
    package static let `to`: UInt64 = 2
    package static let `territory`: UInt64 = 3
    package static let `agreementDocument`: UInt64 = 4
    package static let `barNo`: UInt64 = 5
    package static let `courts`: UInt64 = 6
    package static let `commissionBp`: UInt64 = 7
  }
  package enum AgencyReinstated {
    package static let `authority`: UInt64 = 0
  }
  package enum AgencySuspended {
    package static let `permanent`: UInt64 = 0
    package static let `reason`: UInt64 = 1
  }
  package enum AgentCertified {
    package static let `certificate`: UInt64 = 0
    package static let `from`: UInt64 = 1
    package static let `to`: UInt64 = 2
    package static let `agency`: UInt64 = 3
    package static let `document`: UInt64 = 4
  }
  package enum ApprovalDeclined {
    package static let `action`: UInt64 = 0
    package static let `proposal`: UInt64 = 1
    package static let `approver`: UInt64 = 2
    package static let `returned`: UInt64 = 3
    package static let `reason`: UInt64 = 4
  }
  package enum ApprovalGranted {
    package static let `action`: UInt64 = 0
    package static let `proposal`: UInt64 = 1
    package static let `approver`: UInt64 = 2
    package static let `approverLevel`: UInt64 = 3
    package static let `amount`: UInt64 = 4
    package static let `until`: UInt64 = 5
  }
  package enum BookingAcknowledged {
    package static let `booking`: UInt64 = 0
    package static let `decision`: UInt64 = 1
  }
  package enum BookingIntimated {
    package static let `booking`: UInt64 = 0
    package static let `to`: UInt64 = 1
  }
  package enum BookingRecorded {
    package static let `booking`: UInt64 = 0
    package static let `customer`: UInt64 = 1
    package static let `product`: UInt64 = 2
    package static let `amount`: UInt64 = 3
    package static let `salesRef`: UInt64 = 4
  }
  package enum CashCounted {
    package static let `holder`: UInt64 = 0
    package static let `counted`: UInt64 = 1
    package static let `expected`: UInt64 = 2
    package static let `countedBy`: UInt64 = 3
  }
  package enum CashDepositConfirmed {
    package static let `deposit`: UInt64 = 0
    package static let `accepted`: UInt64 = 1
    package static let `amount`: UInt64 = 2
    package static let `bankRef`: UInt64 = 3
  }
  package enum CashDeposited {
    package static let `deposit`: UInt64 = 0
    package static let `holder`: UInt64 = 1
    package static let `amount`: UInt64 = 2
    package static let `receipts`: UInt64 = 3
    package static let `bankAccount`: UInt64 = 4
    package static let `slipNo`: UInt64 = 5
    package static let `slipHash`: UInt64 = 6
  }
  package enum CashHandedOver {
    package static let `from`: UInt64 = 0
    package static let `to`: UInt64 = 1
    package static let `amount`: UInt64 = 2
    package static let `receipts`: UInt64 = 3
  }
  package enum ChargeLevied {
    package static let `charge`: UInt64 = 0
    package static let `kind`: UInt64 = 1
    package static let `amount`: UInt64 = 2
    package static let `tax`: UInt64 = 3
    package static let `interestPart`: UInt64 = 4
    package static let `compensationPart`: UInt64 = 5
    package static let `reasonEvent`: UInt64 = 6
    package static let `due`: UInt64 = 7
  }
  package enum ChargeWaived {
    package static let `scope`: UInt64 = 0
    package static let `waived`: UInt64 = 1
    package static let `outstanding`: UInt64 = 2
    package static let `proposal`: UInt64 = 3
    package static let `proposer`: UInt64 = 4
    package static let `charge`: UInt64 = 5
    package static let `chargeKind`: UInt64 = 6
    package static let `reason`: UInt64 = 7
  }
  package enum ChequeBounced {
    package static let `cheque`: UInt64 = 0
    package static let `amount`: UInt64 = 1
    package static let `reason`: UInt64 = 2
    package static let `memoDate`: UInt64 = 3
    package static let `memoReceivedAt`: UInt64 = 4
    package static let `returnCode`: UInt64 = 5
  }
  package enum ChequeCleared {
    package static let `cheque`: UInt64 = 0
    package static let `amount`: UInt64 = 1
    package static let `bankRef`: UInt64 = 2
  }
  package enum ChequeDeposited {
    package static let `cheque`: UInt64 = 0
    package static let `deposit`: UInt64 = 1
    package static let `amount`: UInt64 = 2
    package static let `attemptNo`: UInt64 = 3
    package static let `bankAccount`: UInt64 = 4
    package static let `slipNo`: UInt64 = 5
  }
  package enum ChequeHeld {
    package static let `cheque`: UInt64 = 0
    package static let `until`: UInt64 = 1
    package static let `approver`: UInt64 = 2
    package static let `reason`: UInt64 = 3
  }
  package enum ChequeMoved {
    package static let `cheque`: UInt64 = 0
    package static let `from`: UInt64 = 1
    package static let `to`: UInt64 = 2
  }
  package enum ChequePartPaid {
    package static let `cheque`: UInt64 = 0
    package static let `amount`: UInt64 = 1
    package static let `certificate`: UInt64 = 2
  }
  package enum ChequeReceived {
    package static let `cheque`: UInt64 = 0
    package static let `chequeDate`: UInt64 = 1
    package static let `amount`: UInt64 = 2
    package static let `kind`: UInt64 = 3
    package static let `number`: UInt64 = 4
    package static let `bank`: UInt64 = 5
    package static let `drawer`: UInt64 = 6
    package static let `drawerAccount`: UInt64 = 7
    package static let `dues`: UInt64 = 8
    package static let `custodian`: UInt64 = 9
  }
  package enum ChequeWithdrawn {
    package static let `cheque`: UInt64 = 0
    package static let `reason`: UInt64 = 1
    package static let `replacedBy`: UInt64 = 2
  }
  package enum ComplaintReceived {
    package static let `complaint`: UInt64 = 0
    package static let `category`: UInt64 = 1
    package static let `forum`: UInt64 = 2
    package static let `against`: UInt64 = 3
    package static let `text`: UInt64 = 4
  }
  package enum ComplaintResolved {
    package static let `complaint`: UInt64 = 0
    package static let `outcome`: UInt64 = 1
    package static let `replyAt`: UInt64 = 2
  }
  package enum ConsentGiven {
    package static let `consent`: UInt64 = 0
    package static let `purpose`: UInt64 = 1
    package static let `channel`: UInt64 = 2
    package static let `contactPoint`: UInt64 = 3
    package static let `accounts`: UInt64 = 4
    package static let `until`: UInt64 = 5
    package static let `means`: UInt64 = 6
  }
  package enum ConsentWithdrawn {
    package static let `purpose`: UInt64 = 0
    package static let `consent`: UInt64 = 1
    package static let `contactPoint`: UInt64 = 2
    package static let `means`: UInt64 = 3
  }
  package enum ContactAttempted {
    package static let `channel`: UInt64 = 0
    package static let `direction`: UInt64 = 1
    package static let `party`: UInt64 = 2
    package static let `partyRole`: UInt64 = 3
    package static let `answeredBy`: UInt64 = 4
    package static let `reached`: UInt64 = 5
    package static let `result`: UInt64 = 6
    package static let `purpose`: UInt64 = 7
    package static let `reasonForDelay`: UInt64 = 8
    package static let `place`: UInt64 = 9
    package static let `contactPoint`: UInt64 = 10
    package static let `addressUsed`: UInt64 = 11
    package static let `fromLine`: UInt64 = 12
    package static let `durationS`: UInt64 = 13
    package static let `nextAction`: UInt64 = 14
    package static let `nextActionOn`: UInt64 = 15
    package static let `metPerson`: UInt64 = 16
    package static let `geo`: UInt64 = 17
    package static let `geoMissingReason`: UInt64 = 18
    package static let `recordingRef`: UInt64 = 19
    package static let `recordingHash`: UInt64 = 20
    package static let `recordingNotice`: UInt64 = 21
    package static let `language`: UInt64 = 22
    package static let `template`: UInt64 = 23
    package static let `bodyHash`: UInt64 = 24
    package static let `campaign`: UInt64 = 25
    package static let `automated`: UInt64 = 26
    package static let `participants`: UInt64 = 27
    package static let `identityDisclosed`: UInt64 = 28
    package static let `authorisationShown`: UInt64 = 29
    package static let `optoutNotice`: UInt64 = 30
    package static let `limitedContent`: UInt64 = 31
    package static let `conveysDebtInfo`: UInt64 = 32
    package static let `validationIncluded`: UInt64 = 33
    package static let `visibility`: UInt64 = 34
    package static let `disclosesCollector`: UInt64 = 35
    package static let `onBehalfOf`: UInt64 = 36
    package static let `complaintRaised`: UInt64 = 37
  }
  package enum ContactConductFlagged {
    package static let `attempt`: UInt64 = 0
    package static let `code`: UInt64 = 1
    package static let `foundBy`: UInt64 = 2
    package static let `status`: UInt64 = 3
  }
  package enum ContactDeliveryReported {
    package static let `attempt`: UInt64 = 0
    package static let `outcome`: UInt64 = 1
  }
  package enum ContactMeetingHeld {
    package static let `place`: UInt64 = 0
    package static let `attended`: UInt64 = 1
  }
  package enum DisputeRaised {
    package static let `dispute`: UInt64 = 0
    package static let `category`: UInt64 = 1
    package static let `form`: UInt64 = 2
    package static let `disputedAmount`: UInt64 = 3
    package static let `dues`: UInt64 = 4
    package static let `by`: UInt64 = 5
    package static let `channel`: UInt64 = 6
    package static let `reopens`: UInt64 = 7
  }
  package enum DisputeResolved {
    package static let `dispute`: UInt64 = 0
    package static let `outcome`: UInt64 = 1
    package static let `amountCredited`: UInt64 = 2
    package static let `creditEvent`: UInt64 = 3
  }
  package enum DocumentFiled {
    package static let `document`: UInt64 = 0
    package static let `kind`: UInt64 = 1
    package static let `sha256`: UInt64 = 2
    package static let `mime`: UInt64 = 3
    package static let `bytes`: UInt64 = 4
    package static let `receivedFrom`: UInt64 = 5
    package static let `location`: UInt64 = 6
    package static let `supersedes`: UInt64 = 7
  }
  package enum DocumentPurged {
    package static let `scope`: UInt64 = 0
    package static let `legalBasis`: UInt64 = 1
    package static let `document`: UInt64 = 2
  }
  package enum DueCancelled {
    package static let `dues`: UInt64 = 0
    package static let `reason`: UInt64 = 1
    package static let `from`: UInt64 = 2
    package static let `authority`: UInt64 = 3
  }
  package enum DueRaised {
    package static let `due`: UInt64 = 0
    package static let `kind`: UInt64 = 1
    package static let `dueDate`: UInt64 = 2
    package static let `amount`: UInt64 = 3
    package static let `components`: UInt64 = 4
    package static let `instalmentNo`: UInt64 = 5
    package static let `invoiceDate`: UInt64 = 6
    package static let `payer`: UInt64 = 7
    package static let `scheduleVersion`: UInt64 = 8
  }
  package enum EventAnnotated {
    package static let `about`: UInt64 = 0
    package static let `remark`: UInt64 = 1
  }
  package enum EventReversed {
    package static let `reverses`: UInt64 = 0
    package static let `reason`: UInt64 = 1
    package static let `authorisedBy`: UInt64 = 2
  }
  package enum HoldLifted {
    package static let `hold`: UInt64 = 0
    package static let `to`: UInt64 = 1
    package static let `reason`: UInt64 = 2
  }
  package enum HoldPlaced {
    package static let `hold`: UInt64 = 0
    package static let `kind`: UInt64 = 1
    package static let `from`: UInt64 = 2
    package static let `to`: UInt64 = 3
    package static let `notifiedAt`: UInt64 = 4
    package static let `grantedBy`: UInt64 = 5
    package static let `accounts`: UInt64 = 6
  }
  package enum InterestApplied {
    package static let `amount`: UInt64 = 0
    package static let `basePrincipal`: UInt64 = 1
    package static let `baseInterest`: UInt64 = 2
    package static let `basePenal`: UInt64 = 3
    package static let `from`: UInt64 = 4
    package static let `to`: UInt64 = 5
    package static let `rateBp`: UInt64 = 6
    package static let `rateAddonBp`: UInt64 = 7
    package static let `basis`: UInt64 = 8
  }
  package enum LedgerCheckpointPublished {
    package static let `size`: UInt64 = 0
    package static let `rootHash`: UInt64 = 1
    package static let `place`: UInt64 = 2
    package static let `signature`: UInt64 = 3
  }
  package enum LedgerFindingReviewed {
    package static let `finding`: UInt64 = 0
    package static let `verdict`: UInt64 = 1
    package static let `reason`: UInt64 = 2
  }
  package enum LedgerImportCompleted {
    package static let `import`: UInt64 = 0
    package static let `fileSha256`: UInt64 = 1
    package static let `rows`: UInt64 = 2
    package static let `accepted`: UInt64 = 3
    package static let `flagged`: UInt64 = 4
    package static let `duplicates`: UInt64 = 5
    package static let `rejected`: UInt64 = 6
  }
  package enum LedgerPeriodClosed {
    package static let `from`: UInt64 = 0
    package static let `to`: UInt64 = 1
    package static let `knownAt`: UInt64 = 2
    package static let `supersedes`: UInt64 = 3
  }
  package enum LegalCaseEnded {
    package static let `case`: UInt64 = 0
    package static let `on`: UInt64 = 1
    package static let `outcome`: UInt64 = 2
  }
  package enum LegalCaseFiled {
    package static let `case`: UInt64 = 0
    package static let `forum`: UInt64 = 1
    package static let `proceeding`: UInt64 = 2
    package static let `court`: UInt64 = 3
    package static let `number`: UInt64 = 4
    package static let `claim`: UInt64 = 5
    package static let `cheque`: UInt64 = 6
    package static let `advocate`: UInt64 = 7
    package static let `appealFrom`: UInt64 = 8
    package static let `firstHearingOn`: UInt64 = 9
  }
  package enum LegalFeeIncurred {
    package static let `payee`: UInt64 = 0
    package static let `amount`: UInt64 = 1
    package static let `charged`: UInt64 = 2
    package static let `case`: UInt64 = 3
  }
  package enum LegalHearingHeld {
    package static let `case`: UInt64 = 0
    package static let `on`: UInt64 = 1
    package static let `outcome`: UInt64 = 2
    package static let `nextOn`: UInt64 = 3
    package static let `stage`: UInt64 = 4
  }
  package enum LegalHearingListed {
    package static let `case`: UInt64 = 0
    package static let `on`: UInt64 = 1
    package static let `stage`: UInt64 = 2
  }
  package enum LegalLimitationRecorded {
    package static let `expiresOn`: UInt64 = 0
    package static let `law`: UInt64 = 1
    package static let `basisHash`: UInt64 = 2
  }
  package enum LegalNoticeSent {
    package static let `notice`: UInt64 = 0
    package static let `kind`: UInt64 = 1
    package static let `to`: UInt64 = 2
    package static let `mode`: UInt64 = 3
    package static let `amount`: UInt64 = 4
    package static let `cheque`: UInt64 = 5
    package static let `answers`: UInt64 = 6
    package static let `statedClass`: UInt64 = 7
    package static let `auctionOn`: UInt64 = 8
    package static let `trackingNo`: UInt64 = 9
    package static let `textHash`: UInt64 = 10
  }
  package enum LegalNoticeServed {
    package static let `notice`: UInt64 = 0
    package static let `outcome`: UInt64 = 1
    package static let `proofHash`: UInt64 = 2
  }
  package enum LegalOrderPassed {
    package static let `order`: UInt64 = 0
    package static let `case`: UInt64 = 1
    package static let `kind`: UInt64 = 2
    package static let `on`: UInt64 = 3
    package static let `amount`: UInt64 = 4
    package static let `complyBy`: UInt64 = 5
    package static let `extends`: UInt64 = 6
    package static let `effect`: UInt64 = 7
  }
  package enum LegalReplyReceived {
    package static let `reply`: UInt64 = 0
    package static let `kind`: UInt64 = 1
    package static let `notice`: UInt64 = 2
    package static let `textHash`: UInt64 = 3
  }
  package enum LegalUpdateReceived {
    package static let `case`: UInt64 = 0
    package static let `advocate`: UInt64 = 1
    package static let `textHash`: UInt64 = 2
  }
  package enum MandateBounced {
    package static let `presentation`: UInt64 = 0
    package static let `due`: UInt64 = 1
    package static let `reason`: UInt64 = 2
    package static let `technical`: UInt64 = 3
    package static let `amount`: UInt64 = 4
    package static let `returnCode`: UInt64 = 5
  }
  package enum MandateEnded {
    package static let `mandate`: UInt64 = 0
    package static let `reason`: UInt64 = 1
  }
  package enum MandatePresented {
    package static let `presentation`: UInt64 = 0
    package static let `rail`: UInt64 = 1
    package static let `due`: UInt64 = 2
    package static let `amount`: UInt64 = 3
    package static let `attemptNo`: UInt64 = 4
    package static let `mandate`: UInt64 = 5
    package static let `confirmation`: UInt64 = 6
    package static let `consent`: UInt64 = 7
    package static let `order`: UInt64 = 8
    package static let `batchHash`: UInt64 = 9
  }
  package enum MandateRegistered {
    package static let `mandate`: UInt64 = 0
    package static let `rail`: UInt64 = 1
    package static let `limit`: UInt64 = 2
    package static let `from`: UInt64 = 3
    package static let `reference`: UInt64 = 4
    package static let `to`: UInt64 = 5
  }
  package enum NoticeSent {
    package static let `notice`: UInt64 = 0
    package static let `kind`: UInt64 = 1
    package static let `to`: UInt64 = 2
    package static let `channel`: UInt64 = 3
    package static let `agency`: UInt64 = 4
    package static let `agent`: UInt64 = 5
    package static let `lines`: UInt64 = 6
    package static let `due`: UInt64 = 7
    package static let `answers`: UInt64 = 8
    package static let `amount`: UInt64 = 9
    package static let `showsPenal`: UInt64 = 10
    package static let `assetClass`: UInt64 = 11
    package static let `verdict`: UInt64 = 12
    package static let `textHash`: UInt64 = 13
  }
  package enum PartyAssigned {
    package static let `unit`: UInt64 = 0
    package static let `role`: UInt64 = 1
    package static let `from`: UInt64 = 2
    package static let `to`: UInt64 = 3
  }
  package enum PartyContactPointAdded {
    package static let `contactPoint`: UInt64 = 0
    package static let `kind`: UInt64 = 1
    package static let `address`: UInt64 = 2
    package static let `place`: UInt64 = 3
    package static let `geo`: UInt64 = 4
    package static let `origin`: UInt64 = 5
  }
  package enum PartyContactPointChecked {
    package static let `contactPoint`: UInt64 = 0
    package static let `outcome`: UInt64 = 1
  }
  package enum PartyDataErased {
    package static let `scope`: UInt64 = 0
    package static let `reason`: UInt64 = 1
    package static let `authority`: UInt64 = 2
  }
  package enum PartyDeathRecorded {
    package static let `status`: UInt64 = 0
    package static let `diedOn`: UInt64 = 1
    package static let `evidenceKind`: UInt64 = 2
    package static let `document`: UInt64 = 3
  }
  package enum PartyFinancialStatusRecorded {
    package static let `asOn`: UInt64 = 0
    package static let `income`: UInt64 = 1
    package static let `obligations`: UInt64 = 2
    package static let `dependants`: UInt64 = 3
    package static let `employment`: UInt64 = 4
    package static let `assets`: UInt64 = 5
    package static let `verifiedBy`: UInt64 = 6
  }
  package enum PartyInsolvencyRecorded {
    package static let `status`: UInt64 = 0
    package static let `kind`: UInt64 = 1
    package static let `from`: UInt64 = 2
    package static let `caseNo`: UInt64 = 3
  }
  package enum PartyLinked {
    package static let `party`: UInt64 = 0
    package static let `role`: UInt64 = 1
    package static let `from`: UInt64 = 2
    package static let `liabilityCap`: UInt64 = 3
  }
  package enum PartyOnboarded {
    package static let `partyKind`: UInt64 = 0
    package static let `roles`: UInt64 = 1
    package static let `name`: UInt64 = 2
    package static let `identity`: UInt64 = 3
    package static let `employment`: UInt64 = 4
    package static let `languages`: UInt64 = 5
    package static let `authorityLevel`: UInt64 = 6
    package static let `relatedTo`: UInt64 = 7
  }
  package enum PartyProfiled {
    package static let `zones`: UInt64 = 0
    package static let `zoneSource`: UInt64 = 1
    package static let `languages`: UInt64 = 2
    package static let `preferredChannels`: UInt64 = 3
    package static let `salaryDay`: UInt64 = 4
  }
  package enum PartyUnlinked {
    package static let `party`: UInt64 = 0
    package static let `role`: UInt64 = 1
    package static let `to`: UInt64 = 2
  }
  package enum PartyVulnerabilityRecorded {
    package static let `status`: UInt64 = 0
    package static let `kind`: UInt64 = 1
    package static let `detail`: UInt64 = 2
    package static let `reviewOn`: UInt64 = 3
  }
  package enum PaymentCredited {
    package static let `payment`: UInt64 = 0
    package static let `amount`: UInt64 = 1
    package static let `bankAccount`: UInt64 = 2
    package static let `bankRef`: UInt64 = 3
  }
  package enum PaymentPosted {
    package static let `payment`: UInt64 = 0
    package static let `splits`: UInt64 = 1
    package static let `waterfall`: UInt64 = 2
  }
  package enum PaymentReceived {
    package static let `payment`: UInt64 = 0
    package static let `amount`: UInt64 = 1
    package static let `mode`: UInt64 = 2
    package static let `payer`: UInt64 = 3
    package static let `receiptNo`: UInt64 = 4
    package static let `book`: UInt64 = 5
    package static let `collector`: UInt64 = 6
    package static let `instrumentRef`: UInt64 = 7
    package static let `cheque`: UInt64 = 8
    package static let `presentation`: UInt64 = 9
    package static let `transactionRef`: UInt64 = 10
    package static let `instructions`: UInt64 = 11
    package static let `promise`: UInt64 = 12
    package static let `provisional`: UInt64 = 13
    package static let `inFull`: UInt64 = 14
    package static let `acknowledgedInWriting`: UInt64 = 15
    package static let `order`: UInt64 = 16
    package static let `thirdPartyKind`: UInt64 = 17
  }
  package enum PaymentRefunded {
    package static let `refund`: UInt64 = 0
    package static let `amount`: UInt64 = 1
    package static let `to`: UInt64 = 2
    package static let `reason`: UInt64 = 3
  }
  package enum PaymentReversed {
    package static let `payment`: UInt64 = 0
    package static let `reason`: UInt64 = 1
    package static let `effective`: UInt64 = 2
    package static let `amount`: UInt64 = 3
  }
  package enum PaymentTransferred {
    package static let `payment`: UInt64 = 0
    package static let `from`: UInt64 = 1
    package static let `to`: UInt64 = 2
    package static let `amount`: UInt64 = 3
    package static let `reason`: UInt64 = 4
  }
  package enum PlanAgreed {
    package static let `plan`: UInt64 = 0
    package static let `acceptance`: UInt64 = 1
    package static let `document`: UInt64 = 2
  }
  package enum PlanCancelled {
    package static let `plan`: UInt64 = 0
    package static let `reason`: UInt64 = 1
  }
  package enum PlanProposed {
    package static let `plan`: UInt64 = 0
    package static let `kind`: UInt64 = 1
    package static let `proposedBy`: UInt64 = 2
    package static let `items`: UInt64 = 3
    package static let `total`: UInt64 = 4
    package static let `affordabilityBp`: UInt64 = 5
    package static let `interestTreatment`: UInt64 = 6
    package static let `counters`: UInt64 = 7
    package static let `hardship`: UInt64 = 8
  }
  package enum PolicyAdopted {
    package static let `policy`: UInt64 = 0
    package static let `kind`: UInt64 = 1
    package static let `version`: UInt64 = 2
    package static let `effectiveFrom`: UInt64 = 3
    package static let `status`: UInt64 = 4
    package static let `retroactive`: UInt64 = 5
    package static let `body`: UInt64 = 6
    package static let `bodyHash`: UInt64 = 7
    package static let `effectiveTo`: UInt64 = 8
    package static let `appliesTo`: UInt64 = 9
    package static let `source`: UInt64 = 10
  }
  package enum PolicyProposed {
    package static let `policy`: UInt64 = 0
    package static let `kind`: UInt64 = 1
    package static let `version`: UInt64 = 2
    package static let `effectiveFrom`: UInt64 = 3
    package static let `bodyHash`: UInt64 = 4
    package static let `supersedes`: UInt64 = 5
  }
  package enum PolicyRetired {
    package static let `policy`: UInt64 = 0
    package static let `version`: UInt64 = 1
    package static let `effectiveTo`: UInt64 = 2
  }
  package enum PromiseMade {
    package static let `promise`: UInt64 = 0
    package static let `party`: UInt64 = 1
    package static let `items`: UInt64 = 2
    package static let `total`: UInt64 = 3
    package static let `terms`: UInt64 = 4
    package static let `mode`: UInt64 = 5
    package static let `contactEvent`: UInt64 = 6
    package static let `supersedes`: UInt64 = 7
  }
  package enum PromiseWithdrawn {
    package static let `promise`: UInt64 = 0
    package static let `reason`: UInt64 = 1
  }
  package enum QueryAnswered {
    package static let `query`: UInt64 = 0
    package static let `answerHash`: UInt64 = 1
    package static let `figuresHash`: UInt64 = 2
  }
  package enum QueryOpened {
    package static let `query`: UInt64 = 0
    package static let `category`: UInt64 = 1
    package static let `text`: UInt64 = 2
    package static let `reopens`: UInt64 = 3
  }
  package enum ReceiptBookClosed {
    package static let `book`: UInt64 = 0
    package static let `lastUsed`: UInt64 = 1
  }
  package enum ReceiptBookIssued {
    package static let `book`: UInt64 = 0
    package static let `first`: UInt64 = 1
    package static let `last`: UInt64 = 2
  }
  package enum ReceiptIssued {
    package static let `book`: UInt64 = 0
    package static let `number`: UInt64 = 1
    package static let `payment`: UInt64 = 2
    package static let `amount`: UInt64 = 3
  }
  package enum ReceiptVoided {
    package static let `book`: UInt64 = 0
    package static let `number`: UInt64 = 1
    package static let `reason`: UInt64 = 2
    package static let `originalHash`: UInt64 = 3
  }
  package enum ReportPublished {
    package static let `report`: UInt64 = 0
    package static let `kind`: UInt64 = 1
    package static let `asOf`: UInt64 = 2
    package static let `knownAt`: UInt64 = 3
    package static let `rules`: UInt64 = 4
    package static let `sha256`: UInt64 = 5
    package static let `totals`: UInt64 = 6
    package static let `supersedes`: UInt64 = 7
    package static let `withdraws`: UInt64 = 8
  }
  package enum ReportReviewHeld {
    package static let `kind`: UInt64 = 0
    package static let `attendees`: UInt64 = 1
    package static let `listHash`: UInt64 = 2
    package static let `minutesHash`: UInt64 = 3
  }
  package enum ReportReviewed {
    package static let `report`: UInt64 = 0
    package static let `reviewer`: UInt64 = 1
    package static let `outcome`: UInt64 = 2
  }
  package enum ReportSubmitted {
    package static let `report`: UInt64 = 0
    package static let `on`: UInt64 = 1
    package static let `collected`: UInt64 = 2
    package static let `receipts`: UInt64 = 3
    package static let `deposits`: UInt64 = 4
    package static let `documents`: UInt64 = 5
  }
  package enum RestrictionLifted {
    package static let `restriction`: UInt64 = 0
    package static let `kind`: UInt64 = 1
    package static let `reason`: UInt64 = 2
  }
  package enum RestrictionPlaced {
    package static let `restriction`: UInt64 = 0
    package static let `kind`: UInt64 = 1
    package static let `form`: UInt64 = 2
    package static let `receivedAt`: UInt64 = 3
    package static let `accounts`: UInt64 = 4
    package static let `channel`: UInt64 = 5
    package static let `contactPoint`: UInt64 = 6
    package static let `windows`: UInt64 = 7
    package static let `from`: UInt64 = 8
    package static let `to`: UInt64 = 9
    package static let `attorney`: UInt64 = 10
    package static let `occasion`: UInt64 = 11
  }
  package enum SecurityAuctionHeld {
    package static let `on`: UInt64 = 0
    package static let `reserve`: UInt64 = 1
    package static let `outcome`: UInt64 = 2
    package static let `highestBid`: UInt64 = 3
  }
  package enum SecurityDocumentsLost {
    package static let `documents`: UInt64 = 0
  }
  package enum SecurityDocumentsReleased {
    package static let `to`: UInt64 = 0
    package static let `chargeSatisfiedOn`: UInt64 = 1
    package static let `delayBy`: UInt64 = 2
  }
  package enum SecurityPossessionTaken {
    package static let `kind`: UInt64 = 0
    package static let `under`: UInt64 = 1
    package static let `agency`: UInt64 = 2
    package static let `policeBefore`: UInt64 = 3
    package static let `policeAfter`: UInt64 = 4
    package static let `inventoryHash`: UInt64 = 5
    package static let `yard`: UInt64 = 6
  }
  package enum SecurityReleased {
    package static let `to`: UInt64 = 0
    package static let `reason`: UInt64 = 1
  }
  package enum SecuritySold {
    package static let `price`: UInt64 = 0
    package static let `buyer`: UInt64 = 1
    package static let `method`: UInt64 = 2
    package static let `surplus`: UInt64 = 3
  }
  package enum SecurityValued {
    package static let `valuer`: UInt64 = 0
    package static let `amount`: UInt64 = 1
    package static let `on`: UInt64 = 2
    package static let `reportHash`: UInt64 = 3
  }
  package enum SettlementAccepted {
    package static let `settlement`: UInt64 = 0
    package static let `acceptance`: UInt64 = 1
    package static let `document`: UInt64 = 2
  }
  package enum SettlementApproved {
    package static let `settlement`: UInt64 = 0
    package static let `approver`: UInt64 = 1
    package static let `approverLevel`: UInt64 = 2
    package static let `waived`: UInt64 = 3
    package static let `finalPaymentOn`: UInt64 = 4
  }
  package enum SettlementExecuted {
    package static let `settlement`: UInt64 = 0
    package static let `waived`: UInt64 = 1
    package static let `outstanding`: UInt64 = 2
  }
  package enum SettlementLapseDeclared {
    package static let `settlement`: UInt64 = 0
    package static let `causeEvent`: UInt64 = 1
  }
  package enum SettlementOffered {
    package static let `settlement`: UInt64 = 0
    package static let `letterHash`: UInt64 = 1
  }
  package enum SettlementProposed {
    package static let `settlement`: UInt64 = 0
    package static let `offer`: UInt64 = 1
    package static let `outstanding`: UInt64 = 2
    package static let `waived`: UInt64 = 3
    package static let `items`: UInt64 = 4
    package static let `validUntil`: UInt64 = 5
    package static let `components`: UInt64 = 6
    package static let `reason`: UInt64 = 7
    package static let `npvBp`: UInt64 = 8
    package static let `supersedes`: UInt64 = 9
  }
  package enum SettlementValidated {
    package static let `settlement`: UInt64 = 0
    package static let `checks`: UInt64 = 1
  }
  package enum StatementIssued {
    package static let `statement`: UInt64 = 0
    package static let `kind`: UInt64 = 1
    package static let `asOf`: UInt64 = 2
    package static let `knownAt`: UInt64 = 3
    package static let `rules`: UInt64 = 4
    package static let `sha256`: UInt64 = 5
    package static let `balance`: UInt64 = 6
    package static let `addressee`: UInt64 = 7
    package static let `channel`: UInt64 = 8
    package static let `supersedes`: UInt64 = 9
  }
  package enum TargetSet {
    package static let `scopeKind`: UInt64 = 0
    package static let `scope`: UInt64 = 1
    package static let `metric`: UInt64 = 2
    package static let `period`: UInt64 = 3
    package static let `periodStart`: UInt64 = 4
    package static let `bucket`: UInt64 = 5
    package static let `valueMoney`: UInt64 = 6
    package static let `valueCount`: UInt64 = 7
    package static let `valueBp`: UInt64 = 8
  }
  package enum TaskAssigned {
    package static let `task`: UInt64 = 0
    package static let `kind`: UInt64 = 1
    package static let `assignee`: UInt64 = 2
    package static let `department`: UInt64 = 3
    package static let `dueAt`: UInt64 = 4
    package static let `textHash`: UInt64 = 5
    package static let `replaces`: UInt64 = 6
  }
  package enum TaskCompleted {
    package static let `task`: UInt64 = 0
    package static let `outcome`: UInt64 = 1
  }
  package enum UnitDefined {
    package static let `kind`: UInt64 = 0
    package static let `from`: UInt64 = 1
    package static let `parent`: UInt64 = 2
    package static let `name`: UInt64 = 3
    package static let `to`: UInt64 = 4
  }
  package enum UnitShiftWorked {
    package static let `on`: UInt64 = 0
    package static let `minutes`: UInt64 = 1
    package static let `leave`: UInt64 = 2
    package static let `unit`: UInt64 = 3
  }
  package enum Component {
    package static let `kind`: UInt64 = 0
    package static let `amount`: UInt64 = 1
  }
  package enum Item {
    package static let `dueOn`: UInt64 = 0
    package static let `amount`: UInt64 = 1
  }
  package enum PromiseTerms {
    package static let `graceDays`: UInt64 = 0
    package static let `toleranceBp`: UInt64 = 1
    package static let `counting`: UInt64 = 2
  }
  package enum Window {
    package static let `start`: UInt64 = 0
    package static let `end`: UInt64 = 1
  }
  package enum Check {
    package static let `name`: UInt64 = 0
    package static let `result`: UInt64 = 1
  }
  package enum Instruction {
    package static let `amount`: UInt64 = 0
    package static let `account`: UInt64 = 1
    package static let `due`: UInt64 = 2
    package static let `component`: UInt64 = 3
  }
  package enum Split {
    package static let `component`: UInt64 = 0
    package static let `amount`: UInt64 = 1
    package static let `account`: UInt64 = 2
    package static let `due`: UInt64 = 3
  }
  package enum Total {
    package static let `name`: UInt64 = 0
    package static let `amount`: UInt64 = 1
    package static let `count`: UInt64 = 2
  }
}
