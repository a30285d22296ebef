/// A complaint about the house, and its answer.
package enum Complaint {}

// MARK: - Events

extension Complaint {
  /// A complaint was lodged.
  package struct Received: Hashable, Sendable {
    /// Complaint id.
    package var complaint: String
    /// About what.
    package var category: String
    /// Internal, ombudsman, police, court.
    package var forum: String
    /// Person complained of.
    package var against: String?
    /// Words.
    package var text: [UInt8]?

    /// Memberwise; what the schema does not require may be left out.
    package init(
      complaint: String, category: String, forum: String, against: String? = nil,
      text: [UInt8]? = nil
    ) {
      self.complaint = complaint
      self.category = category
      self.forum = forum
      self.against = against
      self.text = text
    }
  }

  /// A complaint was disposed of.
  package struct Resolved: Hashable, Sendable {
    /// Which.
    package var complaint: String
    /// How.
    package var outcome: String
    /// When the reply left.
    package var replyAt: ClockTime?

    /// Memberwise; what the schema does not require may be left out.
    package init(complaint: String, outcome: String, replyAt: ClockTime? = nil) {
      self.complaint = complaint
      self.outcome = outcome
      self.replyAt = replyAt
    }
  }
}

// MARK: - Facts

extension Complaint: DeskNoun {
  /// Types of events that leave a row.
  package static let reads = TypeMask([EventCode.complaintReceived, EventCode.complaintResolved])

  /// A complaint came, or was disposed of.
  package struct Row: DeskRow {
    /// Position of the event.
    package var seq: Position
    /// Key of the complaint.
    package var complaint: TextKey = .none
    /// Received: key of the person complained of; `.none` for nobody in particular.
    package var against: TextKey = .none
    /// Local date of the occurrence.
    package var day: Int32
    /// Number of the actor who took it down, or disposed of it.
    package var actor: UInt32
    /// Whether it was disposed of.
    package var ends: Bool
  }

  /// A row for each complaint about the account, and for each end of one.
  package static func note(
    _ event: borrowing EventView, _ account: UInt32, _ isSubject: Bool,
    _ column: inout Column<Row>
  ) throws(WireError) {
    guard isSubject else { return }
    let header = event.header
    let ends = header.type == EventCode.complaintResolved
    var row = Row(seq: header.seq, day: header.day, actor: header.actor, ends: ends)
    var body = CBORReader(event.body)
    for _ in 0..<(try body.map()) {
      switch (ends, try body.uint()) {
      case (false, Key.ComplaintReceived.complaint): row.complaint = try body.textKey()
      case (false, Key.ComplaintReceived.against): row.against = try body.textKey()
      case (true, Key.ComplaintResolved.complaint): row.complaint = try body.textKey()
      default: try body.skip()
      }
    }
    column.add(row, account)
  }
}

// MARK: - State

extension Complaint {
  /// A complaint at the end of a day.
  package struct Case: BitwiseCopyable, Sendable {
    /// How it was received.
    package var received: Row
    /// How it was disposed of; nil while it is open.
    package var resolved: Row?
    /// Whether nobody has disposed of it.
    package var isOpen: Bool { resolved == nil }
  }

  /// The complaints received by the end of a day, in log order. The first end counts.
  package static func cases(_ rows: ContiguousArray<Row>, asOf: Day) -> [Case] {
    var cases: [Case] = []
    for row in rows where !row.ends && row.day <= asOf.rawValue {
      if cases.contains(where: { $0.received.complaint == row.complaint }) { continue }
      cases.append(Case(received: row))
    }
    for row in rows where row.ends && row.day <= asOf.rawValue {
      let index = cases.firstIndex { $0.received.complaint == row.complaint }
      if let index, cases[index].isOpen { cases[index].resolved = row }
    }
    return cases
  }
}

// MARK: - Decisions

extension Complaint.Resolved: Decided {
  /// Refused when there is no such complaint, it was disposed of already, and to the person
  /// complained of. A complaint itself is a fact: it is taken down as it came.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    try scene.requireKnown()
    let cases = Complaint.cases(scene.account.desk.complaints.rows, asOf: scene.occurredOn)
    guard let found = cases.first(where: { $0.received.complaint == TextKey(complaint) }) else {
      throw Refusal(
        rule: "complaint.unknown", "Account \(scene.account.id) has no complaint \(complaint).",
        remedy: "`arrears show complaints` lists them.")
    }
    guard found.isOpen else {
      throw Refusal(
        rule: "complaint.open", "Complaint \(complaint) was disposed of already.",
        remedy: "What is complained of anew is received anew, under an id of its own.")
    }
    guard !scene.isActing(found.received.against) else {
      throw Refusal(
        rule: "complaint.own",
        "Complaint \(complaint) is against \(scene.whoActs), who disposes of it.",
        remedy: "Let somebody else dispose of it.")
    }
  }
}
