/// A question about an account, and its answer.
package enum Query {}

// MARK: - Events

extension Query {
  /// A customer asked something.
  package struct Opened: Hashable, Sendable {
    /// Query id.
    package var query: String
    /// About what.
    package var category: String
    /// Words.
    package var text: [UInt8]?
    /// Query it reopens.
    package var reopens: String?

    /// Memberwise; what the schema does not require may be left out.
    package init(query: String, category: String, text: [UInt8]? = nil, reopens: String? = nil) {
      self.query = query
      self.category = category
      self.text = text
      self.reopens = reopens
    }
  }

  /// A query was answered.
  package struct Answered: Hashable, Sendable {
    /// Which.
    package var query: String
    /// Digest of the reply.
    package var answerHash: [UInt8]
    /// Digest of the figures shown.
    package var figuresHash: [UInt8]?

    /// Memberwise; what the schema does not require may be left out.
    package init(query: String, answerHash: [UInt8], figuresHash: [UInt8]? = nil) {
      self.query = query
      self.answerHash = answerHash
      self.figuresHash = figuresHash
    }
  }
}

// MARK: - Facts

extension Query: DeskNoun {
  /// Types of events that leave a row.
  package static let reads = TypeMask([EventCode.queryOpened, EventCode.queryAnswered])

  /// A question, or its answer.
  package struct Row: DeskRow {
    /// Position of the event.
    package var seq: Position
    /// Key of the query, and of the one it reopens.
    package var query: TextKey = .none, reopens: TextKey = .none
    /// Local date on which it was said.
    package var day: Int32
    /// Number of the actor who took it down.
    package var actor: UInt32
    /// Whether it is the answer.
    package var isAnswer: Bool
  }

  /// A row for each event.
  package static func note(
    _ event: borrowing EventView, _ account: UInt32, _ isSubject: Bool,
    _ column: inout Column<Row>
  ) throws(WireError) {
    guard isSubject else { return }
    let header = event.header
    var row = Row(
      seq: header.seq, day: header.day, actor: header.actor,
      isAnswer: header.type == EventCode.queryAnswered)
    var body = CBORReader(event.body)
    for _ in 0..<(try body.map()) {
      switch (row.isAnswer, try body.uint()) {
      case (false, Key.QueryOpened.query): row.query = try body.textKey()
      case (false, Key.QueryOpened.reopens): row.reopens = try body.textKey()
      case (true, Key.QueryAnswered.query): row.query = try body.textKey()
      default: try body.skip()
      }
    }
    column.add(row, account)
  }
}

// MARK: - State

extension Query {
  /// A question at the end of a day. That it is closed is nobody's event: it was answered, and not
  /// asked again.
  package struct Case: BitwiseCopyable, Sendable {
    /// How it was asked.
    package var opened: Row
    /// How it was answered; nil while it is not.
    package var answer: Row?
    /// Whether it was asked again.
    package var isReopened = false

    /// Where it stands: open, answered, or reopened as another one.
    package var stage: String {
      isReopened ? "reopened" : answer == nil ? "open" : "answered"
    }
  }

  /// The questions asked by the end of a day, in the order of the world, heard first first within a
  /// day. The first answer counts.
  package static func cases(_ told: ContiguousArray<Row>, asOf: Day) -> [Case] {
    var cases: [Case] = []
    let rows = told.sorted { ($0.day, $0.seq) < ($1.day, $1.seq) }
    for row in rows where !row.isAnswer && row.day <= asOf.rawValue {
      if cases.contains(where: { $0.opened.query == row.query }) { continue }
      cases.append(Case(opened: row))
    }
    for row in rows where row.isAnswer && row.day <= asOf.rawValue {
      let index = cases.firstIndex { $0.opened.query == row.query }
      if let index, cases[index].answer == nil { cases[index].answer = row }
    }
    for row in rows where row.reopens != .none && row.day <= asOf.rawValue {
      let index = cases.firstIndex { $0.opened.query == row.reopens }
      if let index { cases[index].isReopened = true }
    }
    return cases
  }
}

// MARK: - Decisions

extension Query.Opened: Decided {
  /// Refused for an id taken twice, and for asking again what is unknown or not answered yet. A
  /// question stops nothing and is never refused for what it asks.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    try scene.requireKnown()
    let cases = Query.cases(scene.account.desk.queries.rows, asOf: scene.occurredOn)
    guard !cases.contains(where: { $0.opened.query == TextKey(query) }) else {
      throw Refusal(
        rule: "query.exists", "Account \(scene.account.id) has a query \(query) already.",
        remedy: "Choose another id; a question asked again names the old one in `reopens`.")
    }
    guard let reopens else { return }
    guard let old = cases.first(where: { $0.opened.query == TextKey(reopens) }) else {
      throw Refusal(
        rule: "query.unknown", "Account \(scene.account.id) has no query \(reopens) to reopen.",
        remedy: "Leave `reopens` out.")
    }
    guard old.stage == "answered" else {
      throw Refusal(
        rule: "query.answered", "Query \(reopens) is \(old.stage); an answered one is reopened.",
        remedy: "Leave `reopens` out, or answer the query first.")
    }
  }
}

extension Query.Answered: Decided {
  /// Refused when there is no such query, or it was answered already.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    try scene.requireKnown()
    let cases = Query.cases(scene.account.desk.queries.rows, asOf: scene.occurredOn)
    guard let open = cases.first(where: { $0.opened.query == TextKey(query) }) else {
      throw Refusal(
        rule: "query.unknown", "Account \(scene.account.id) has no query \(query).",
        remedy: "`arrears show queries` lists them.")
    }
    guard open.answer == nil else {
      throw Refusal(
        rule: "query.open", "Query \(query) was answered already.",
        remedy: "What is asked anew is opened anew, with `reopens`.")
    }
  }
}
