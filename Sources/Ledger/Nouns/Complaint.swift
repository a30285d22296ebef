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
    /// Local date of the occurrence.
    package var day: Int32
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
    var row = Row(seq: header.seq, day: header.day, ends: ends)
    let wanted = ends ? Key.ComplaintResolved.complaint : Key.ComplaintReceived.complaint
    var body = CBORReader(event.body)
    for _ in 0..<(try body.map()) {
      if try body.uint() == wanted { row.complaint = try body.textKey() } else { try body.skip() }
    }
    column.add(row, account)
  }
}

// MARK: - State

extension Complaint {
  /// How many complaints are open at the end of a day.
  package static func open(_ rows: ContiguousArray<Row>, on day: Day) -> Int {
    rows.count { row in
      !row.ends && row.day <= day.rawValue
        && !rows.contains { $0.ends && $0.complaint == row.complaint && $0.day <= day.rawValue }
    }
  }
}
