/// What the ledger has heard about accounts apart from their money: one column a noun.
///
/// A noun that a book of accounts looks at has here a column, a bit of `Reads` and its line in
/// `note` and in both forms of `walk`; all else goes through these. The same type holds the rows of
/// many accounts while they are collected, and of one account when a book or a decision looks at
/// it.
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
  /// Reasons told for a delay.
  package var delays = Column<Delay.Row>()
  /// Ways to repay that were compared.
  package var advice = Column<Advice.Row>()
  /// Disputes and their decisions.
  package var disputes = Column<Dispute.Row>()
  /// Who took a role on the account, and who gave one up.
  package var links = Column<Link.Row>()
  /// Legal notices, cases, hearings and orders.
  package var legal = Column<Legal.Row>()
  /// What happened to collateral.
  package var security = Column<Security.Row>()
  /// How the account left the book, and how it came back.
  package var endings = Column<Ending.Row>()
  /// Settlements, step by step, and who sanctioned the credit.
  package var settlements = Column<Settlement.Row>()
  /// Repayment plans.
  package var plans = Column<Plan.Row>()
  /// What somebody with authority said about plans and settlements.
  package var approvals = Column<Approval.Row>()
  /// Questions and their answers.
  package var queries = Column<Query.Row>()
  /// What went out, came in and was filed.
  package var papers = Column<Document.Row>()

  // Columns in which each account of the grouped range has rows.
  private var present: ContiguousArray<Reads> = []

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
    /// `legal`.
    package static let legal = Reads(rawValue: 1 << 11)
    /// `security`.
    package static let security = Reads(rawValue: 1 << 12)
    /// `settlements`.
    package static let settlements = Reads(rawValue: 1 << 4)
    /// `plans`.
    package static let plans = Reads(rawValue: 1 << 5)
    /// `approvals`.
    package static let approvals = Reads(rawValue: 1 << 6)
    /// `queries`.
    package static let queries = Reads(rawValue: 1 << 13)
    /// `papers`.
    package static let papers = Reads(rawValue: 1 << 14)
    /// `allocations`.
    package static let allocations = Reads(rawValue: 1 << 16)
    /// `complaints`.
    package static let complaints = Reads(rawValue: 1 << 17)
    /// `delays`.
    package static let delays = Reads(rawValue: 1 << 20)
    /// `advice`.
    package static let advice = Reads(rawValue: 1 << 21)
    /// `links`.
    package static let links = Reads(rawValue: 1 << 24)
    /// `endings`.
    package static let endings = Reads(rawValue: 1 << 28)
    /// The money facts themselves, in `AccountView.money`; no column of the desk.
    package static let money = Reads(rawValue: 1 << 31)
    /// Every column.
    package static let all = Reads(rawValue: .max)

    /// Types of events that may leave a row in these columns.
    package var mask: TypeMask {
      var walk = Masking()
      var desk = Desk()
      desk.walk(&walk, self)
      return walk.mask
    }
  }

  /// Notes what an event says about `account`, in whose trail it stands: as its subject, or because
  /// it names it.
  package mutating func note(
    _ event: borrowing EventView, account: UInt32, isSubject: Bool, _ reads: Reads
  ) throws(WireError) {
    let from = Hearing(event.header, account, isSubject, reads)
    try from.hear(Promise.self, .promises, event, &promises)
    try from.hear(Cheque.self, .cheques, event, &cheques)
    try from.hear(Mandate.self, .mandates, event, &mandates)
    try from.hear(Paper.self, .paper, event, &paper)
    try from.hear(Allocation.self, .allocations, event, &allocations)
    try from.hear(Complaint.self, .complaints, event, &complaints)
    try from.hear(Payment.self, .tenders, event, &tenders)
    try from.hear(Contact.self, .contacts, event, &contacts)
    try from.hear(Delay.self, .delays, event, &delays)
    try from.hear(Advice.self, .advice, event, &advice)
    try from.hear(Dispute.self, .disputes, event, &disputes)
    try from.hear(Link.self, .links, event, &links)
    try from.hear(Legal.self, .legal, event, &legal)
    try from.hear(Security.self, .security, event, &security)
    try from.hear(Ending.self, .endings, event, &endings)
    try from.hear(Settlement.self, .settlements, event, &settlements)
    try from.hear(Plan.self, .plans, event, &plans)
    try from.hear(Approval.self, .approvals, event, &approvals)
    try from.hear(Query.self, .queries, event, &queries)
    try from.hear(Document.self, .papers, event, &papers)
  }

  /// Visits the columns among these. Inlined where it is used, so that a walk costs what it does
  /// and not the asking of which column is which.
  @inline(__always)
  package mutating func walk<W: DeskWalk>(_ walk: inout W, _ reads: Reads = .all) {
    if reads.contains(.promises) { walk.visit(Promise.self, .promises, &promises) }
    if reads.contains(.cheques) { walk.visit(Cheque.self, .cheques, &cheques) }
    if reads.contains(.mandates) { walk.visit(Mandate.self, .mandates, &mandates) }
    if reads.contains(.paper) { walk.visit(Paper.self, .paper, &paper) }
    if reads.contains(.allocations) { walk.visit(Allocation.self, .allocations, &allocations) }
    if reads.contains(.complaints) { walk.visit(Complaint.self, .complaints, &complaints) }
    if reads.contains(.tenders) { walk.visit(Payment.self, .tenders, &tenders) }
    if reads.contains(.contacts) { walk.visit(Contact.self, .contacts, &contacts) }
    if reads.contains(.delays) { walk.visit(Delay.self, .delays, &delays) }
    if reads.contains(.advice) { walk.visit(Advice.self, .advice, &advice) }
    if reads.contains(.disputes) { walk.visit(Dispute.self, .disputes, &disputes) }
    if reads.contains(.links) { walk.visit(Link.self, .links, &links) }
    if reads.contains(.legal) { walk.visit(Legal.self, .legal, &legal) }
    if reads.contains(.security) { walk.visit(Security.self, .security, &security) }
    if reads.contains(.endings) { walk.visit(Ending.self, .endings, &endings) }
    if reads.contains(.settlements) { walk.visit(Settlement.self, .settlements, &settlements) }
    if reads.contains(.plans) { walk.visit(Plan.self, .plans, &plans) }
    if reads.contains(.approvals) { walk.visit(Approval.self, .approvals, &approvals) }
    if reads.contains(.queries) { walk.visit(Query.self, .queries, &queries) }
    if reads.contains(.papers) { walk.visit(Document.self, .papers, &papers) }
  }

  /// Visits every column together with the same column of another desk.
  @inline(__always)
  func walk<W: DeskPairs>(with other: inout Desk, _ walk: W) {
    walk.visit(promises, &other.promises)
    walk.visit(cheques, &other.cheques)
    walk.visit(mandates, &other.mandates)
    walk.visit(paper, &other.paper)
    walk.visit(allocations, &other.allocations)
    walk.visit(complaints, &other.complaints)
    walk.visit(tenders, &other.tenders)
    walk.visit(contacts, &other.contacts)
    walk.visit(delays, &other.delays)
    walk.visit(advice, &other.advice)
    walk.visit(disputes, &other.disputes)
    walk.visit(links, &other.links)
    walk.visit(legal, &other.legal)
    walk.visit(security, &other.security)
    walk.visit(endings, &other.endings)
    walk.visit(settlements, &other.settlements)
    walk.visit(plans, &other.plans)
    walk.visit(approvals, &other.approvals)
    walk.visit(queries, &other.queries)
    walk.visit(papers, &other.papers)
  }
}

/// What is done to every column of a desk.
package protocol DeskWalk {
  /// Does it to the column of a noun.
  mutating func visit<Noun: DeskNoun>(
    _ noun: Noun.Type, _ bit: Desk.Reads, _ column: inout Column<Noun.Row>)
}

/// What is done between the columns of two desks.
protocol DeskPairs {
  /// Does it from one column to the other.
  func visit<Row: DeskRow>(_ column: borrowing Column<Row>, _ other: inout Column<Row>)
}

// MARK: - Walks

extension Desk {
  /// Forgets the rows, keeps the room.
  package mutating func removeAll() {
    var walk = Emptying()
    self.walk(&walk)
    present.removeAll(keepingCapacity: true)
  }

  /// Sorts every column by account.
  mutating func group(_ range: Range<UInt32>) {
    present.removeAll(keepingCapacity: true)
    present.append(contentsOf: repeatElement([], count: range.count))
    var walk = Grouping(range: range, present: present)
    present = []
    self.walk(&walk)
    present = walk.present
  }

  /// Takes note of the accounts in some places of a stretch that have rows among those laid in; the
  /// first account of the stretch stands in `slot`; of the columns among `reads`. Call after
  /// `group`.
  package mutating func noteLaid(
    _ reads: Reads, _ slots: ContiguousArray<Int>, from slot: Int
  ) {
    var walk = Noting(slots: slots, slot: slot, present: present)
    present = []
    self.walk(&walk, reads)
    present = walk.present
  }

  /// Forgets the rows that were laid into the columns among these.
  package mutating func clearLaid(_ reads: Reads) {
    var walk = Clearing()
    self.walk(&walk, reads)
  }

  /// Whether the account in a slot of the grouped range left a row in one of these columns.
  func hasRows(_ slot: Int, _ reads: Reads) -> Bool {
    present.indices.contains(slot) && !present[slot].isDisjoint(with: reads)
  }

  /// Gives another desk the rows of one account, but for entries that were taken back.
  func lend(_ slot: Int, to other: inout Desk, without dead: Dead) {
    walk(with: &other, Lending(slot: slot, dead: dead))
  }

  /// Drops the rows of entries that were taken back.
  mutating func bury(_ dead: Dead) {
    var walk = Burying(dead: dead)
    self.walk(&walk)
  }
}

private struct Hearing {
  let header: Header
  let account: UInt32
  let isSubject: Bool
  let reads: Desk.Reads

  init(_ header: Header, _ account: UInt32, _ isSubject: Bool, _ reads: Desk.Reads) {
    (self.header, self.account, self.isSubject, self.reads) = (header, account, isSubject, reads)
  }

  @inline(__always)
  func hear<Noun: DeskNoun>(
    _ noun: Noun.Type, _ bit: Desk.Reads, _ event: borrowing EventView,
    _ column: inout Column<Noun.Row>
  ) throws(WireError) {
    guard reads.contains(bit), Noun.reads.contains(header.type) else { return }
    try Noun.note(event, account, isSubject, &column)
  }
}

private struct Masking: DeskWalk {
  var mask = TypeMask()

  mutating func visit<Noun: DeskNoun>(
    _ noun: Noun.Type, _ bit: Desk.Reads, _ column: inout Column<Noun.Row>
  ) { mask = mask.union(Noun.reads) }
}

private struct Emptying: DeskWalk {
  func visit<Noun: DeskNoun>(
    _ noun: Noun.Type, _ bit: Desk.Reads, _ column: inout Column<Noun.Row>
  ) { column.removeAll() }
}

private struct Clearing: DeskWalk {
  func visit<Noun: DeskNoun>(
    _ noun: Noun.Type, _ bit: Desk.Reads, _ column: inout Column<Noun.Row>
  ) { column.clearLaid() }
}

private struct Grouping: DeskWalk {
  let range: Range<UInt32>
  var present: ContiguousArray<Desk.Reads>

  mutating func visit<Noun: DeskNoun>(
    _ noun: Noun.Type, _ bit: Desk.Reads, _ column: inout Column<Noun.Row>
  ) {
    if column.rows.isEmpty { return }
    column.group(range)
    for slot in present.indices where !column.range(slot).isEmpty { present[slot].insert(bit) }
  }
}

private struct Noting: DeskWalk {
  let slots: ContiguousArray<Int>
  let slot: Int
  var present: ContiguousArray<Desk.Reads>

  mutating func visit<Noun: DeskNoun>(
    _ noun: Noun.Type, _ bit: Desk.Reads, _ column: inout Column<Noun.Row>
  ) {
    if column.laid.isEmpty { return }
    for at in slots where present.indices.contains(slot + at) && column.hasLaid(slot + at) {
      present[slot + at].insert(bit)
    }
  }
}

private struct Burying: DeskWalk {
  let dead: Dead

  func visit<Noun: DeskNoun>(
    _ noun: Noun.Type, _ bit: Desk.Reads, _ column: inout Column<Noun.Row>
  ) { column.bury(dead) }
}

private struct Lending: DeskPairs {
  let slot: Int
  let dead: Dead

  @inline(__always)
  func visit<Row: DeskRow>(_ column: borrowing Column<Row>, _ other: inout Column<Row>) {
    column.lend(slot, to: &other, without: dead)
  }
}
