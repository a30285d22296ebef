/// Why a published figure is another one now: which kind of later knowledge moved it.
package enum Cause: String, CaseIterable, Sendable {
  /// Money that had come, and was told later.
  case lateReceipt = "late_receipt"
  /// Money that was counted, and came back.
  case bounce
  /// An entry that was wrong, with what was told anew in its place, or a due that was withdrawn.
  case correction
  /// A rule that was adopted, retired or taken back later.
  case policy
  /// A change of who holds the account.
  case allocation
  /// A due, charge, waiver, hold or claim that was told later.
  case lateEntry = "late_entry"
  /// Facts that accounts share: units, firms, certificates.
  case organisation

  /// The cause of an event's effect, by its type.
  package init(of type: UInt16) {
    switch type {
    case EventCode.paymentReceived, EventCode.paymentTransferred, EventCode.paymentCredited,
      EventCode.paymentPosted, EventCode.chequeReceived, EventCode.chequeCleared:
      self = .lateReceipt
    case EventCode.paymentReversed, EventCode.paymentRefunded, EventCode.chequeBounced,
      EventCode.mandateBounced:
      self = .bounce
    case EventCode.eventReversed, EventCode.dueCancelled: self = .correction
    case EventCode.policyAdopted, EventCode.policyRetired: self = .policy
    case EventCode.accountAllocated, EventCode.accountDeallocated, EventCode.accountTransferred:
      self = .allocation
    default: self = .lateEntry
    }
  }
}
