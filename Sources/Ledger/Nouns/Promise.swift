/// A person's promise to pay sums on days.
package enum Promise {}

// MARK: - Events

extension Promise {
  /// A person promised to pay.
  package struct Made: Hashable, Sendable {
    /// Promise id.
    package var promise: String
    /// Who promised.
    package var party: String
    /// Sums and days; each is judged alone.
    package var items: [Parts.Item]
    /// Sum of the items.
    package var total: Money
    /// Grace, tolerance and counting, copied from policy.
    package var terms: Parts.PromiseTerms
    /// How they will pay.
    package var mode: String?
    /// Contact it was made in.
    package var contactEvent: String?
    /// Promise it replaces; stays visible.
    package var supersedes: String?

    /// Memberwise; what the schema does not require may be left out.
    package init(
      promise: String, party: String, items: [Parts.Item], total: Money, terms: Parts.PromiseTerms,
      mode: String? = nil, contactEvent: String? = nil, supersedes: String? = nil
    ) {
      self.promise = promise
      self.party = party
      self.items = items
      self.total = total
      self.terms = terms
      self.mode = mode
      self.contactEvent = contactEvent
      self.supersedes = supersedes
    }
  }

  /// A promise was taken back before its first verdict day.
  package struct Withdrawn: Hashable, Sendable {
    /// Which.
    package var promise: String
    /// Why.
    package var reason: String

    /// Memberwise; what the schema does not require may be left out.
    package init(promise: String, reason: String) {
      self.promise = promise
      self.reason = reason
    }
  }
}

// MARK: - Facts

extension Promise {
  /// Types of events that leave a row.
  package static let reads = TypeMask([EventCode.promiseMade, EventCode.promiseWithdrawn])

  /// One item of a promise with the terms it was made on, or a withdrawal.
  package struct Row: DeskRow {
    /// Position of the event.
    package var seq: Position
    /// Key of the promise.
    package var promise: TextKey = .none
    /// When it was said, microseconds UTC.
    package var occurred: Int64
  }

  /// A row for each item of a promise; one for a withdrawal.
  static func note(
    _ event: borrowing EventView, _ account: UInt32, _ isSubject: Bool,
    _ column: inout Column<Row>
  ) throws(WireError) {
    guard isSubject else { return }
    column.add(Row(seq: event.header.seq, occurred: event.header.occurred), account)
  }
}
