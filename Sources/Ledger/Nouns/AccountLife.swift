// MARK: - Events: what became of an account

extension Account {
  /// The account was given to a collector, agency or legal desk.
  package struct Allocated: Hashable, Sendable {
    /// What kind of holder.
    package var toKind: String
    /// Collector, agency or advocate.
    package var to: String
    /// Why it went there.
    package var basis: String
    /// Named agent inside the agency.
    package var agent: String?
    /// Unit credited.
    package var unit: String?
    /// Bucket label at allocation, from the bucket policy.
    package var bucket: String?
    /// Allocation list it came from.
    package var listId: String?
    /// Share of the target carried.
    package var targetShareBp: Int64?
    /// Record that an open complaint is frivolous or vexatious.
    package var frivolousRecord: String?

    /// Memberwise; what the schema does not require may be left out.
    package init(
      toKind: String, to: String, basis: String, agent: String? = nil, unit: String? = nil,
      bucket: String? = nil, listId: String? = nil, targetShareBp: Int64? = nil,
      frivolousRecord: String? = nil
    ) {
      self.toKind = toKind
      self.to = to
      self.basis = basis
      self.agent = agent
      self.unit = unit
      self.bucket = bucket
      self.listId = listId
      self.targetShareBp = targetShareBp
      self.frivolousRecord = frivolousRecord
    }
  }

  /// The account was taken back from its holder.
  package struct Deallocated: Hashable, Sendable {
    /// Holder losing it.
    package var from: String
    /// Why.
    package var reason: String

    /// Memberwise; what the schema does not require may be left out.
    package init(from: String, reason: String) {
      self.from = from
      self.reason = reason
    }
  }

  /// An asset class was recorded for a day; an assertion the fold checks.
  package struct Classified: Hashable, Sendable {
    /// Day-end the class is for.
    package var forDate: Day
    /// Class asserted.
    package var `class`: String
    /// Class it replaces, when this is a move.
    package var previousClass: String?
    /// Norm applied, when the account's own is not on the book.
    package var lenderClass: String?
    /// All facilities of the borrower looked at.
    package var borrowerAccounts: [String]?
    /// Basis stated.
    package var reason: String?

    /// Memberwise; what the schema does not require may be left out.
    package init(
      forDate: Day, class: String, previousClass: String? = nil, lenderClass: String? = nil,
      borrowerAccounts: [String]? = nil, reason: String? = nil
    ) {
      self.forDate = forDate
      self.class = `class`
      self.previousClass = previousClass
      self.lenderClass = lenderClass
      self.borrowerAccounts = borrowerAccounts
      self.reason = reason
    }
  }

  /// The debtor acknowledged the debt in signed writing.
  package struct DebtAcknowledged: Hashable, Sendable {
    /// Who signed.
    package var by: String
    /// Sum acknowledged.
    package var amount: Money?
    /// The signed paper.
    package var document: String?

    /// Memberwise; what the schema does not require may be left out.
    package init(by: String, amount: Money? = nil, document: String? = nil) {
      self.by = by
      self.amount = amount
      self.document = document
    }
  }

  /// A handling flag was raised on, or removed from, the account.
  package struct Flagged: Hashable, Sendable {
    /// Which flag.
    package var flag: String
    /// True raises, false removes.
    package var raised: Bool
    /// Who decided.
    package var authority: String?

    /// Memberwise; what the schema does not require may be left out.
    package init(flag: String, raised: Bool, authority: String? = nil) {
      self.flag = flag
      self.raised = raised
      self.authority = authority
    }
  }

  /// The account was written off in the books.
  package struct WrittenOff: Hashable, Sendable {
    /// Sum written off.
    package var amount: Money
    /// Technical write-off waives nothing.
    package var kind: String
    /// Sanction reference.
    package var authority: String
    /// Split.
    package var components: [Parts.Component]?

    /// Memberwise; what the schema does not require may be left out.
    package init(
      amount: Money, kind: String, authority: String, components: [Parts.Component]? = nil
    ) {
      self.amount = amount
      self.kind = kind
      self.authority = authority
      self.components = components
    }
  }

  /// The debt was sold, assigned, bought back or moved to another servicer.
  package struct Transferred: Hashable, Sendable {
    /// What kind of transfer.
    package var kind: String
    /// New owner or servicer.
    package var to: String
    /// Previous owner or servicer.
    package var from: String?
    /// Consideration.
    package var price: Money?
    /// Collections after this day belong to the transferee.
    package var cutOff: Day?

    /// Memberwise; what the schema does not require may be left out.
    package init(
      kind: String, to: String, from: String? = nil, price: Money? = nil, cutOff: Day? = nil
    ) {
      self.kind = kind
      self.to = to
      self.from = from
      self.price = price
      self.cutOff = cutOff
    }
  }

  /// The account was closed.
  package struct Closed: Hashable, Sendable {
    /// Why it ended.
    package var reason: String
    /// No-dues certificate.
    package var clearanceDocument: String?

    /// Memberwise; what the schema does not require may be left out.
    package init(reason: String, clearanceDocument: String? = nil) {
      self.reason = reason
      self.clearanceDocument = clearanceDocument
    }
  }

  /// A closed account was opened again.
  package struct Reopened: Hashable, Sendable {
    /// Why.
    package var reason: String
    /// Event that undid the closure.
    package var causeEvent: String?

    /// Memberwise; what the schema does not require may be left out.
    package init(reason: String, causeEvent: String? = nil) {
      self.reason = reason
      self.causeEvent = causeEvent
    }
  }
}
