// MARK: - Facts

extension Legal: DeskNoun {
  /// Types of events that leave a row.
  package static let reads = TypeMask(layouts.map(\.type))

  /// What one event said of one notice, case or order.
  package struct Row: DeskRow {
    /// Kinds of events.
    package enum Kind: UInt8, BitwiseCopyable, Sendable {
      case sent, served, replied, filed, news, listed, held, ordered, ended, fee, limitation
    }

    /// Position of the event.
    package var seq: Position
    /// When it happened, microseconds UTC.
    package var occurred: Int64
    /// The sum demanded, claimed, ordered or incurred, minor units.
    package var amount: Int64
    /// Key of the notice, reply, case or order.
    package var id: TextKey = .none
    /// Sent and filed: key of the cheque. Replied: of the notice. Ordered and fee: of the case.
    package var of: TextKey = .none
    /// Key of the code that says what it is: kind of notice, reply or order, outcome of a service
    /// or case, proceeding, stage.
    package var code: TextKey = .none
    /// Sent: key of the reply it answers. Held: of the outcome. Ordered: of the effect.
    package var other: TextKey = .none
    /// The day from which it counts.
    package var day: Int32
    /// Sent: day of the auction. Filed, listed and held: day of the next hearing. Ordered: last day
    /// to obey. Limitation: last day to sue.
    package var on: Int32 = .min
    /// Currency of `amount`; 0 without one.
    package var currency: UInt16
    /// What kind of event.
    package var kind: Kind

    /// Whether it comes before another in the world.
    func precedes(_ other: Row) -> Bool {
      if day != other.day { return day < other.day }
      return occurred != other.occurred ? occurred < other.occurred : seq < other.seq
    }
  }

  // Which properties of an event go into which place of a row.
  private struct Layout: Sendable {
    var type: UInt16
    var kind: Row.Kind
    var id = UInt64.max, of = UInt64.max, code = UInt64.max, other = UInt64.max, on = UInt64.max
  }

  private static let layouts = [
    Layout(
      type: EventCode.legalNoticeSent, kind: .sent, id: Key.LegalNoticeSent.notice,
      of: Key.LegalNoticeSent.cheque, code: Key.LegalNoticeSent.kind,
      other: Key.LegalNoticeSent.answers, on: Key.LegalNoticeSent.auctionOn),
    Layout(
      type: EventCode.legalNoticeServed, kind: .served, id: Key.LegalNoticeServed.notice,
      code: Key.LegalNoticeServed.outcome),
    Layout(
      type: EventCode.legalReplyReceived, kind: .replied, id: Key.LegalReplyReceived.reply,
      of: Key.LegalReplyReceived.notice, code: Key.LegalReplyReceived.kind),
    Layout(
      type: EventCode.legalCaseFiled, kind: .filed, id: Key.LegalCaseFiled.case,
      of: Key.LegalCaseFiled.cheque, code: Key.LegalCaseFiled.proceeding,
      on: Key.LegalCaseFiled.firstHearingOn),
    Layout(
      type: EventCode.legalUpdateReceived, kind: .news, id: Key.LegalUpdateReceived.case),
    Layout(
      type: EventCode.legalHearingListed, kind: .listed, id: Key.LegalHearingListed.case,
      code: Key.LegalHearingListed.stage, on: Key.LegalHearingListed.on),
    Layout(
      type: EventCode.legalHearingHeld, kind: .held, id: Key.LegalHearingHeld.case,
      code: Key.LegalHearingHeld.stage, other: Key.LegalHearingHeld.outcome,
      on: Key.LegalHearingHeld.nextOn),
    Layout(
      type: EventCode.legalOrderPassed, kind: .ordered, id: Key.LegalOrderPassed.order,
      of: Key.LegalOrderPassed.case, code: Key.LegalOrderPassed.kind,
      other: Key.LegalOrderPassed.effect, on: Key.LegalOrderPassed.complyBy),
    Layout(
      type: EventCode.legalCaseEnded, kind: .ended, id: Key.LegalCaseEnded.case,
      code: Key.LegalCaseEnded.outcome),
    Layout(type: EventCode.legalFeeIncurred, kind: .fee, of: Key.LegalFeeIncurred.case),
    Layout(
      type: EventCode.legalLimitationRecorded, kind: .limitation,
      on: Key.LegalLimitationRecorded.expiresOn),
  ]

  /// A row for each event.
  package static func note(
    _ event: borrowing EventView, _ account: UInt32, _ isSubject: Bool,
    _ column: inout Column<Row>
  ) throws(WireError) {
    let header = event.header
    guard isSubject, let layout = layouts.first(where: { $0.type == header.type }) else { return }
    var row = Row(
      seq: header.seq, occurred: header.occurred, amount: header.amount, day: header.day,
      currency: header.currency, kind: layout.kind)
    var body = CBORReader(event.body)
    for _ in 0..<(try body.map()) {
      switch try body.uint() {
      case layout.id: row.id = try body.textKey()
      case layout.of: row.of = try body.textKey()
      case layout.code: row.code = try body.textKey()
      case layout.other: row.other = try body.textKey()
      case layout.on: row.on = Int32(clamping: try body.int())
      default: try body.skip()
      }
    }
    column.add(row, account)
  }
}

// MARK: - State

extension Legal {
  /// A notice as it stands at the end of a day.
  package struct Notice: BitwiseCopyable, Sendable {
    /// How it was sent.
    package var sent: Row
    /// How it was served; refused, unclaimed and deemed count as service.
    package var service: Row?
    /// The last report that it did not reach anybody.
    package var failure: Row?

    /// Its kind.
    package var kind: TextKey { sent.code }
    /// The day on which it went out.
    package var sentOn: Day { Day(rawValue: sent.day) }
    /// The day on which it was served.
    package var servedOn: Day? { service.map { Day(rawValue: $0.day) } }
    /// The day from which waiting times run: of service where one is recorded, else of sending.
    package var start: Day { servedOn ?? sentOn }
  }

  /// A case as it stands at the end of a day.
  package struct Suit: Sendable {
    /// How it was filed.
    package var filed: Row
    /// The hearing or listing that said last for what stage it is.
    package var staged: Row?
    /// Hearing days fixed and not yet followed by a hearing on them or later.
    package var listed: [Day] = []
    /// Orders, in the order of the world.
    package var orders: [Row] = []
    /// How it ended.
    package var end: Row?
    /// What it cost so far, minor units.
    package var costs: Int64 = 0
    /// The last day on which anything was heard of it.
    package var heard: Day

    /// Its proceeding.
    package var proceeding: TextKey { filed.code }
    /// The day on which it was filed.
    package var filedOn: Day { Day(rawValue: filed.day) }
    /// The first hearing fixed for a day or later.
    package func next(from day: Day) -> Day? { listed.filter { $0 >= day }.min() }
    /// The first hearing fixed for a day before of which nobody told.
    package func unheard(before day: Day) -> Day? { listed.filter { $0 < day }.min() }
    /// Whether it stops collection: it goes on, and its last order about that says so.
    package var isStayed: Bool {
      guard end == nil else { return false }
      let last = orders.last { $0.code == Word.stay || Word.effects.contains($0.other) }
      return last.map { $0.other != Word.resumes } ?? false
    }
  }

  /// Everything legal about an account at the end of a day.
  package struct File: Sendable {
    /// Notices in the order in which they went out.
    package private(set) var notices: [Notice] = []
    /// Answers to them in the order in which they came.
    package private(set) var replies: [Row] = []
    /// Cases in the order in which they were filed.
    package private(set) var suits: [Suit] = []
    /// The last day to sue as somebody stated it last: an assertion, no source of anything.
    package private(set) var limitation: Row?

    /// Follows what was heard up to the end of a day, in the order of the world. What is about a
    /// notice or case that nobody heard of changes nothing.
    package init(_ rows: ContiguousArray<Row>, asOf: Day) {
      let told = rows.filter { $0.day <= asOf.rawValue }.sorted { $0.precedes($1) }
      for row in told { take(row) }
    }

    /// A notice by its key.
    package func notice(_ key: TextKey) -> Notice? { notices.first { $0.sent.id == key } }
    /// A case by its key.
    package func suit(_ key: TextKey) -> Suit? { suits.first { $0.filed.id == key } }
    /// An answer by its key.
    package func reply(_ key: TextKey) -> Row? { replies.first { $0.id == key } }

    /// The notice that answers a reply.
    package func answer(to reply: Row) -> Notice? {
      notices.first { $0.kind == Word.answer && $0.sent.other == reply.id }
    }

    /// Whether a court has stopped collection.
    package var isStayed: Bool { suits.contains(where: \.isStayed) }

    private mutating func take(_ row: Row) {
      switch row.kind {
      case .sent:
        if notice(row.id) == nil { notices.append(Notice(sent: row)) }
      case .served:
        guard let at = notices.firstIndex(where: { $0.sent.id == row.id }) else { return }
        if !Word.services.contains(row.code) {
          notices[at].failure = row
        } else if notices[at].service == nil {
          notices[at].service = row
        }
      case .replied: replies.append(row)
      case .filed:
        guard suit(row.id) == nil else { return }
        suits.append(Suit(filed: row, heard: Day(rawValue: row.day)))
        fix(row.on, suits.count - 1)
      case .limitation: limitation = row
      default:
        let key = row.kind == .ordered || row.kind == .fee ? row.of : row.id
        guard let at = suits.firstIndex(where: { $0.filed.id == key }) else { return }
        take(row, at)
      }
    }

    private mutating func take(_ row: Row, _ at: Int) {
      if row.kind != .fee { suits[at].heard = max(suits[at].heard, Day(rawValue: row.day)) }
      switch row.kind {
      case .listed, .held:
        if row.kind == .held { suits[at].listed.removeAll { $0.rawValue <= row.day } }
        if row.code != .none { suits[at].staged = row }
        fix(row.on, at)
      case .ordered: suits[at].orders.append(row)
      case .ended:
        if suits[at].end == nil { (suits[at].end, suits[at].listed) = (row, []) }
      case .fee: suits[at].costs &+= row.amount
      default: break
      }
    }

    private mutating func fix(_ day: Int32, _ at: Int) {
      if day != .min, suits[at].end == nil { suits[at].listed.append(Day(rawValue: day)) }
    }
  }

  /// Codes by which steps are told apart.
  enum Word {
    static let s138 = TextKey("s138"), demand13 = TextKey("sarfaesi_13_2")
    static let answer = TextKey("sarfaesi_13_3a_reply"), sale = TextKey("pre_sale")
    static let representation = TextKey("representation"), complaint = TextKey("complaint")
    static let stay = TextKey("stay"), resumes = TextKey("resumes_collection")
    static let effects = [TextKey("stops_collection"), resumes]
    static let services = ["delivered", "refused", "unclaimed", "deemed"].map { TextKey($0) }
    static let claims = ["suit", "arbitration", "original_application"].map { TextKey($0) }
    static let titles = ["decree", "award", "payment", "conviction"].map { TextKey($0) }
  }
}
