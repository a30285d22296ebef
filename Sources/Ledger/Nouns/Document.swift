/// A paper on file, known by the digest of its bytes.
package enum Document {}

// MARK: - Events

extension Document {
  /// A document was filed.
  package struct Filed: Hashable, Sendable {
    /// Document id.
    package var document: String
    /// What it is.
    package var kind: String
    /// Digest.
    package var sha256: [UInt8]
    /// Type.
    package var mime: String?
    /// Size.
    package var bytes: Int64?
    /// Source.
    package var receivedFrom: String?
    /// Shelf, if on paper.
    package var location: String?
    /// Document it replaces.
    package var supersedes: String?

    /// Memberwise; what the schema does not require may be left out.
    package init(
      document: String, kind: String, sha256: [UInt8], mime: String? = nil, bytes: Int64? = nil,
      receivedFrom: String? = nil, location: String? = nil, supersedes: String? = nil
    ) {
      self.document = document
      self.kind = kind
      self.sha256 = sha256
      self.mime = mime
      self.bytes = bytes
      self.receivedFrom = receivedFrom
      self.location = location
      self.supersedes = supersedes
    }
  }

  /// Records were destroyed under a rule.
  package struct Purged: Hashable, Sendable {
    /// Account records, recording, document.
    package var scope: String
    /// Rule relied on.
    package var legalBasis: String
    /// Which one.
    package var document: String?

    /// Memberwise; what the schema does not require may be left out.
    package init(scope: String, legalBasis: String, document: String? = nil) {
      self.scope = scope
      self.legalBasis = legalBasis
      self.document = document
    }
  }
}

// MARK: - Facts

extension Document: DeskNoun {
  /// Types of events that leave a row.
  package static let reads = TypeMask([
    EventCode.documentFiled, EventCode.documentPurged, EventCode.noticeSent,
    EventCode.legalNoticeSent, EventCode.legalNoticeServed, EventCode.legalReplyReceived,
    EventCode.statementIssued, EventCode.contactAttempted,
  ])

  /// Something written that went out, came in, was filed or destroyed.
  package struct Row: DeskRow {
    /// Position of the event.
    package var seq: Position
    /// When it happened, microseconds UTC.
    package var occurred: Int64
    /// Filed, purged and issued: key of the document or statement, and of the one it replaces.
    package var id: TextKey = .none, supersedes: TextKey = .none
    /// Local date on which it happened.
    package var day: Int32
    /// Number of the event's type.
    package var type: UInt16
  }

  /// A row for each event; of attempts to reach somebody only for those in writing.
  package static func note(
    _ event: borrowing EventView, _ account: UInt32, _ isSubject: Bool,
    _ column: inout Column<Row>
  ) throws(WireError) {
    guard isSubject else { return }
    let header = event.header
    var row = Row(
      seq: header.seq, occurred: header.occurred,
      day: Moment(rawValue: header.occurred).day(offset: header.offset).rawValue,
      type: header.type)
    var isWritten = header.type != EventCode.contactAttempted
    var body = CBORReader(event.body)
    for _ in 0..<(try body.map()) {
      switch (header.type, try body.uint()) {
      case (EventCode.documentFiled, Key.DocumentFiled.document): row.id = try body.textKey()
      case (EventCode.documentFiled, Key.DocumentFiled.supersedes):
        row.supersedes = try body.textKey()
      case (EventCode.statementIssued, Key.StatementIssued.statement): row.id = try body.textKey()
      case (EventCode.statementIssued, Key.StatementIssued.supersedes):
        row.supersedes = try body.textKey()
      case (EventCode.documentPurged, Key.DocumentPurged.document): row.id = try body.textKey()
      case (EventCode.contactAttempted, Key.ContactAttempted.channel):
        isWritten = written.contains(try body.textKey())
      default: try body.skip()
      }
    }
    if isWritten { column.add(row, account) }
  }

  private static let written = [
    "sms", "whatsapp", "email", "letter", "registered_mail", "national_address", "app", "portal",
    "social", "court_notice",
  ].map { TextKey($0) }
}

// MARK: - State

extension Document {
  /// What became of the documents of an account by the end of a day.
  package struct Shelf: Sendable {
    private let rows: [Row]

    /// The shelf that rows make.
    package init(_ rows: ContiguousArray<Row>, asOf: Day) {
      self.rows = rows.filter { $0.day <= asOf.rawValue }
    }

    /// How a document was filed.
    package func filed(_ key: TextKey) -> Row? {
      rows.first { $0.type == EventCode.documentFiled && $0.id == key }
    }
    /// The document that took its place.
    package func successor(of key: TextKey) -> Row? {
      rows.first { $0.type == EventCode.documentFiled && $0.supersedes == key }
    }
    /// How a statement was issued.
    package func issued(_ key: TextKey) -> Row? {
      rows.first { $0.type == EventCode.statementIssued && $0.id == key }
    }
    /// The statement that took its place.
    package func reissue(of key: TextKey) -> Row? {
      rows.first { $0.type == EventCode.statementIssued && $0.supersedes == key && $0.id != key }
    }
    /// How it was destroyed.
    package func purge(of key: TextKey) -> Row? {
      rows.first { $0.type == EventCode.documentPurged && $0.id == key }
    }
  }
}

// MARK: - Decisions

extension Document.Filed: Decided {
  /// Refused for an id taken twice, and when it replaces what nobody filed.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    try scene.requireKnown()
    let shelf = Document.Shelf(scene.account.desk.papers.rows, asOf: .undated)
    guard shelf.filed(TextKey(document)) == nil else {
      throw Refusal(
        rule: "document.exists", "Account \(scene.account.id) has a document \(document) already.",
        remedy: "Choose another id; a document that replaces another names it in `supersedes`.")
    }
    if let supersedes, shelf.filed(TextKey(supersedes)) == nil {
      throw Refusal(
        rule: "document.unknown",
        "Account \(scene.account.id) has no document \(supersedes) to replace.",
        remedy: "Leave `supersedes` out, or check the id.")
    }
  }
}

extension Document.Purged: Decided {
  /// Refused while a hold forbids it, before the time for which it is kept has passed, and for a
  /// document that nobody filed or that was destroyed already.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    try scene.requireKnown()
    let terms = scene.terms().retention
    guard !scene.account.holds(of: terms.holds, on: scene.day) else {
      throw Refusal(
        rule: "document.on-hold",
        "A hold on account \(scene.account.id) forbids to destroy its records.",
        remedy: "Record hold.lifted first.")
    }
    var last = scene.account.facts.rows.map(\.seen).max() ?? .min
    if scope == "document" {
      let shelf = Document.Shelf(scene.account.desk.papers.rows, asOf: .undated)
      guard let key = document.map({ TextKey($0) }), let filed = shelf.filed(key),
        shelf.purge(of: key) == nil
      else {
        throw Refusal(
          rule: "document.unknown",
          "Account \(scene.account.id) has no document \(document ?? "of no name") to destroy.",
          remedy: "`arrears show correspondence \(scene.account.id)` lists what is filed.")
      }
      last = filed.day
    }
    let until = Day(rawValue: last) + terms.keepDays
    guard scene.day > until else {
      throw Refusal(
        rule: "document.kept", "It is kept until \(until).",
        remedy: "Wait, or adopt another `retention`.")
    }
  }
}
