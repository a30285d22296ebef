/// What the ledger has heard about accounts apart from their money: one column a noun.
///
/// A noun that a book of accounts looks at has here a column, a bit of `Reads`, and its line in
/// `mask`, `note` and the three walks over all columns. The same type holds the rows of many
/// accounts while they are collected, and of one account when a book or a decision looks at it.
package struct Desk: Sendable {
  /// Promises to pay, an item a row, and their withdrawals.
  package var promises = Column<Promise.Row>()
  /// Cheques from hand to fate.
  package var cheques = Column<Cheque.Row>()
  /// Mandates, presentations and their returns.
  package var mandates = Column<Mandate.Row>()
  /// Receipts that cheques and presentations carried, and charges for returns.
  package var paper = Column<Paper.Row>()
  /// Who the account was given to and taken back from.
  package var allocations = Column<Allocation.Row>()
  /// Complaints and their ends.
  package var complaints = Column<Complaint.Row>()
  /// Money that is tagged or provisional, and clearings.
  package var tenders = Column<Payment.Tender>()
  /// Attempts to reach somebody.
  package var contacts = Column<Contact.Row>()
  /// Disputes and their decisions.
  package var disputes = Column<Dispute.Row>()
  /// Who took a role on the account, and who gave one up.
  package var links = Column<Link.Row>()

  /// No rows.
  package init() {}

  /// Columns a book asks for.
  package struct Reads: OptionSet, Hashable, Sendable {
    /// One bit a column.
    package let rawValue: UInt32
    /// The set with these bits.
    package init(rawValue: UInt32) { self.rawValue = rawValue }
    /// `promises`.
    package static let promises = Reads(rawValue: 1 << 0)
    /// `cheques`.
    package static let cheques = Reads(rawValue: 1 << 8)
    /// `mandates`.
    package static let mandates = Reads(rawValue: 1 << 9)
    /// `paper`.
    package static let paper = Reads(rawValue: 1 << 10)
    /// `tenders`.
    package static let tenders = Reads(rawValue: 1 << 1)
    /// `contacts`.
    package static let contacts = Reads(rawValue: 1 << 2)
    /// `disputes`.
    package static let disputes = Reads(rawValue: 1 << 3)
    /// `allocations`.
    package static let allocations = Reads(rawValue: 1 << 16)
    /// `complaints`.
    package static let complaints = Reads(rawValue: 1 << 17)
    /// `links`.
    package static let links = Reads(rawValue: 1 << 24)
    /// The money facts themselves, in `AccountView.money`; no column of the desk.
    package static let money = Reads(rawValue: 1 << 31)
    /// Every column.
    package static let all = Reads(rawValue: .max)

    /// Types of events that may leave a row in these columns.
    package var mask: TypeMask {
      var mask = TypeMask()
      if contains(.promises) { mask = mask.union(Promise.reads) }
      if contains(.cheques) { mask = mask.union(Cheque.reads) }
      if contains(.mandates) { mask = mask.union(Mandate.reads) }
      if contains(.paper) { mask = mask.union(Paper.reads) }
      if contains(.allocations) { mask = mask.union(Allocation.reads) }
      if contains(.complaints) { mask = mask.union(Complaint.reads) }
      if contains(.tenders) { mask = mask.union(Payment.tenders) }
      if contains(.contacts) { mask = mask.union(Contact.reads) }
      if contains(.disputes) { mask = mask.union(Dispute.reads) }
      if contains(.links) { mask = mask.union(Link.reads) }
      return mask
    }
  }

  /// Notes what an event says about `account`, in whose trail it stands: as its subject, or because
  /// it names it.
  package mutating func note(
    _ event: borrowing EventView, account: UInt32, isSubject: Bool, _ reads: Reads
  ) throws(WireError) {
    let type = event.header.type
    if reads.contains(.promises), Promise.reads.contains(type) {
      try Promise.note(event, account, isSubject, &promises)
    }
    if reads.contains(.cheques), Cheque.reads.contains(type) {
      try Cheque.note(event, account, isSubject, &cheques)
    }
    if reads.contains(.mandates), Mandate.reads.contains(type) {
      try Mandate.note(event, account, isSubject, &mandates)
    }
    if reads.contains(.paper), Paper.reads.contains(type) {
      try Paper.note(event, account, isSubject, &paper)
    }
    if reads.contains(.allocations), Allocation.reads.contains(type) {
      try Allocation.note(event, account, isSubject, &allocations)
    }
    if reads.contains(.complaints), Complaint.reads.contains(type) {
      try Complaint.note(event, account, isSubject, &complaints)
    }
    if reads.contains(.tenders), Payment.tenders.contains(type) {
      try Payment.noteTender(event, account, isSubject, &tenders)
    }
    if reads.contains(.contacts), Contact.reads.contains(type) {
      try Contact.note(event, account, isSubject, &contacts)
    }
    if reads.contains(.disputes), Dispute.reads.contains(type) {
      try Dispute.note(event, account, isSubject, &disputes)
    }
    if reads.contains(.links), Link.reads.contains(type) {
      try Link.note(event, account, isSubject, &links)
    }
  }

  /// Forgets the rows, keeps the room.
  package mutating func removeAll() {
    promises.removeAll()
    cheques.removeAll()
    mandates.removeAll()
    paper.removeAll()
    allocations.removeAll()
    complaints.removeAll()
    tenders.removeAll()
    contacts.removeAll()
    disputes.removeAll()
    links.removeAll()
  }

  /// Sorts every column by account.
  mutating func group(_ range: Range<UInt32>) {
    promises.group(range)
    cheques.group(range)
    mandates.group(range)
    paper.group(range)
    allocations.group(range)
    complaints.group(range)
    tenders.group(range)
    contacts.group(range)
    disputes.group(range)
    links.group(range)
  }

  /// Whether the account in a slot of the grouped range left a row in one of these columns.
  func hasRows(_ slot: Int, _ reads: Reads) -> Bool {
    reads.contains(.promises) && promises.count(slot) > 0
      || reads.contains(.links) && links.count(slot) > 0
      || reads.contains(.tenders) && tenders.count(slot) > 0
      || reads.contains(.contacts) && contacts.count(slot) > 0
      || reads.contains(.disputes) && disputes.count(slot) > 0
      || reads.contains(.allocations) && allocations.count(slot) > 0
      || reads.contains(.complaints) && complaints.count(slot) > 0
      || reads.contains(.cheques) && cheques.count(slot) > 0
      || reads.contains(.mandates) && mandates.count(slot) > 0
      || reads.contains(.paper) && paper.count(slot) > 0
  }

  /// Gives another desk the rows of one account, but for entries that were taken back.
  func lend(_ slot: Int, to other: inout Desk, without dead: Dead) {
    promises.lend(slot, to: &other.promises, without: dead)
    cheques.lend(slot, to: &other.cheques, without: dead)
    mandates.lend(slot, to: &other.mandates, without: dead)
    paper.lend(slot, to: &other.paper, without: dead)
    allocations.lend(slot, to: &other.allocations, without: dead)
    complaints.lend(slot, to: &other.complaints, without: dead)
    tenders.lend(slot, to: &other.tenders, without: dead)
    contacts.lend(slot, to: &other.contacts, without: dead)
    disputes.lend(slot, to: &other.disputes, without: dead)
    links.lend(slot, to: &other.links, without: dead)
  }

  /// Drops the rows of entries that were taken back.
  mutating func bury(_ dead: Dead) {
    promises.bury(dead)
    cheques.bury(dead)
    mandates.bury(dead)
    paper.bury(dead)
    allocations.bury(dead)
    complaints.bury(dead)
    tenders.bury(dead)
    contacts.bury(dead)
    disputes.bury(dead)
    links.bury(dead)
  }
}
