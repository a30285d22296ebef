/// Which events a command may bring today: those whose noun can decide.
package enum Decisions {
  /// The bodies that decide, by noun. A `decided` event of the register that is not here waits for
  /// its noun; until then it comes in as history.
  package static let bodies: [any Decided.Type] = [
    Account.Opened.self, Account.WrittenOff.self, Account.Closed.self, Account.Reopened.self,
    Due.Raised.self, Due.Cancelled.self, Charge.Levied.self, Charge.Waived.self,
    Interest.Applied.self, Payment.Received.self, Payment.Reversed.self, Payment.Transferred.self,
    Payment.Refunded.self, Hold.Placed.self, Hold.Lifted.self, Policy.Adopted.self,
    Policy.Retired.self, LedgerFact.PeriodClosed.self, LedgerFact.FindingReviewed.self,
    Correction.Reversed.self,
    Cheque.Received.self, Cheque.Moved.self, Cheque.Deposited.self, Cheque.Cleared.self,
    Cheque.Bounced.self, Cheque.PartPaid.self, Cheque.Held.self, Cheque.Withdrawn.self,
    Mandate.Registered.self, Mandate.Ended.self, Mandate.Presented.self, Mandate.Bounced.self,
    ReceiptBook.BookIssued.self, ReceiptBook.Issued.self, ReceiptBook.Voided.self,
    ReceiptBook.BookClosed.self,
    Account.Allocated.self, Account.Deallocated.self, Unit.Defined.self, Party.Assigned.self,
    Agency.Empanelled.self, Agency.Suspended.self, Agency.Reinstated.self, Agent.Certified.self,
    Promise.Made.self, Promise.Withdrawn.self, Contact.Attempted.self, Dispute.Raised.self,
    Dispute.Resolved.self, Complaint.Resolved.self,
    Correction.Annotated.self, Party.Onboarded.self, Party.Linked.self, Party.Unlinked.self,
    Party.Profiled.self, Party.ContactPointAdded.self, Party.ContactPointChecked.self,
    Party.FinancialStatusRecorded.self, Party.DeathRecorded.self, Party.InsolvencyRecorded.self,
    Party.VulnerabilityRecorded.self, Target.Set.self, Duty.Assigned.self, Duty.Completed.self,
    CollectorReport.Submitted.self, CollectorReport.Reviewed.self, CollectorReport.ReviewHeld.self,
    Cash.HandedOver.self, Cash.Deposited.self, Cash.Counted.self, Settlement.Proposed.self,
    Settlement.Validated.self, Settlement.Approved.self, Settlement.Offered.self,
    Settlement.Accepted.self, Settlement.LapseDeclared.self, Settlement.Executed.self,
    Approval.Granted.self, Plan.Proposed.self, Plan.Agreed.self, Plan.Cancelled.self,
    Legal.NoticeSent.self, Legal.NoticeServed.self, Legal.ReplyReceived.self, Legal.CaseFiled.self,
    Legal.UpdateReceived.self, Legal.HearingListed.self, Legal.HearingHeld.self,
    Legal.OrderPassed.self, Legal.CaseEnded.self, Legal.FeeIncurred.self,
    Legal.LimitationRecorded.self, Security.PossessionTaken.self, Security.Released.self,
    Security.Valued.self, Security.AuctionHeld.self, Security.Sold.self,
    Security.DocumentsReleased.self, Security.DocumentsLost.self, Booking.Recorded.self,
    Booking.Intimated.self, Booking.Acknowledged.self, Query.Opened.self, Query.Answered.self,
    Document.Filed.self, Document.Purged.self, Statement.Issued.self, Restriction.Lifted.self,
  ]

  /// Judges an event as its noun does. Where no noun decides, one of an account must be of an
  /// account that somebody opened, or whose opening figures it brings itself, or of money in
  /// suspense.
  package static func judge(_ event: Event, about subject: String?, in scene: inout Scene)
    throws(Refusal)
  {
    if let decided = event.body as? any Decided { return try decided.decide(&scene) }
    switch event {
    case .accountImported: return
    case .paymentCredited, .paymentPosted:
      if scene.account.id == Payment.suspense { return }
    default: break
    }
    if subject == "account" { try scene.requireKnown() }
  }

  /// Whether a command may bring the event of this number.
  package static func contains(_ code: UInt16) -> Bool { bodies.contains { $0.code == code } }

  /// Whether the event of a type is a fact that anybody may note: it happened elsewhere, so that
  /// nobody here can refuse it. What is wrong with it is flagged.
  package static func isFact(_ type: EventType) -> Bool {
    !type.isDecided && type.isImported && !contains(type.code)
  }
}
