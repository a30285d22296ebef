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

extension Promise: DeskNoun {
  /// Types of events that leave a row.
  package static let reads = TypeMask([EventCode.promiseMade, EventCode.promiseWithdrawn])

  /// One item of a promise with the terms it was made on, or a withdrawal.
  package struct Row: DeskRow {
    /// What a row says.
    package enum Kind: UInt8, BitwiseCopyable, Sendable {
      /// A sum on a day; the promise was taken back; it was taken back for another one
      case item, withdrawn, replaced
    }

    /// Position of the event.
    package var seq: Position
    /// Key of the promise.
    package var promise: TextKey = .none
    /// Key of the promise it replaces.
    package var supersedes: TextKey = .none
    /// When it was said, microseconds UTC.
    package var occurred: Int64
    /// Sum promised, minor units.
    package var amount: Int64 = 0
    /// Local date on which it was said.
    package var made: Int32
    /// Promised day.
    package var due: Int32 = .min
    /// Last day whose money keeps the item: the promised day and the grace of its own terms.
    package var last: Int32 = .min
    /// Number of the actor who took it down.
    package var actor: UInt32
    /// ISO 4217 number of the sum.
    package var currency: UInt16 = 0
    /// Share of the sum that may be missing, in basis points.
    package var tolerance: UInt16 = 0
    /// Number of the item in its promise, from 1.
    package var item: UInt16 = 0
    /// Whether only receipts tagged with the promise count.
    package var taggedOnly = false
    /// What the row says.
    package var kind: Kind

    /// A row of an event, with what its header says.
    package init(_ kind: Kind, _ header: Header) {
      self.kind = kind
      seq = header.seq
      occurred = header.occurred
      made = header.occurredOn.rawValue
      actor = header.actor
    }
  }

  /// A row for each item of a promise; one for a withdrawal.
  package static func note(
    _ event: borrowing EventView, _ account: UInt32, _ isSubject: Bool,
    _ column: inout Column<Row>
  ) throws(WireError) {
    guard isSubject else { return }
    if event.header.type == EventCode.promiseMade {
      try noteItems(event, account, &column)
      return
    }
    var row = Row(.withdrawn, event.header)
    var body = CBORReader(event.body)
    for _ in 0..<(try body.map()) {
      switch try body.uint() {
      case Key.PromiseWithdrawn.promise: row.promise = try body.textKey()
      case Key.PromiseWithdrawn.reason:
        if try body.textKey() == superseded { row.kind = .replaced }
      default: try body.skip()
      }
    }
    column.add(row, account)
  }

  // The terms stand behind the items: these are passed over first and read last.
  private static func noteItems(
    _ event: borrowing EventView, _ account: UInt32, _ column: inout Column<Row>
  ) throws(WireError) {
    var row = Row(.item, event.header)
    var grace: Int64 = 0
    var items: Int?
    var body = CBORReader(event.body)
    for _ in 0..<(try body.map()) {
      switch try body.uint() {
      case Key.PromiseMade.promise: row.promise = try body.textKey()
      case Key.PromiseMade.items:
        items = body.position
        try body.skip()
      case Key.PromiseMade.terms: grace = try noteTerms(&body, &row)
      case Key.PromiseMade.supersedes: row.supersedes = try body.textKey()
      default: try body.skip()
      }
    }
    guard let items else { return }
    body.position = items
    for _ in 0..<(try body.array()) {
      row.item &+= 1
      for _ in 0..<(try body.map()) {
        switch try body.uint() {
        case Key.Item.dueOn: row.due = Int32(clamping: try body.int())
        case Key.Item.amount:
          let sum = try body.money()
          (row.amount, row.currency) = (sum.minor, sum.currency.rawValue)
        default: try body.skip()
        }
      }
      row.last = Int32(clamping: Int64(row.due) + grace)
      column.add(row, account)
    }
  }

  private static func noteTerms(_ body: inout CBORReader, _ row: inout Row) throws(WireError)
    -> Int64
  {
    var grace: Int64 = 0
    for _ in 0..<(try body.map()) {
      switch try body.uint() {
      case Key.PromiseTerms.graceDays: grace = min(max(0, try body.int()), 36_600)
      case Key.PromiseTerms.toleranceBp:
        row.tolerance = UInt16(min(max(0, try body.int()), 10_000))
      case Key.PromiseTerms.counting: row.taggedOnly = try body.textKey() == taggedOnly
      default: try body.skip()
      }
    }
    return grace
  }

  private static let superseded = TextKey("superseded")
  private static let taggedOnly = TextKey("tagged_only")
}
