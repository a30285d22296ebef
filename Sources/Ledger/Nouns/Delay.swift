/// Why a debt is unpaid, as the person told whoever reached them.
package enum Delay: DeskNoun {
  /// Types of events that leave a row.
  package static let reads = TypeMask([EventCode.contactAttempted])

  /// A reason told with an attempt.
  package struct Row: DeskRow {
    /// Position of the event.
    package var seq: Position
    /// When it was told, microseconds UTC.
    package var occurred: Int64
    /// Key of the code of the reason.
    package var reason: TextKey
    /// Local date on which it was told.
    package var day: Int32

    /// Words count in order of (occurrence, position).
    func precedes(_ other: Row) -> Bool { (occurred, seq) < (other.occurred, other.seq) }
  }

  /// A row for an attempt that has a reason.
  package static func note(
    _ event: borrowing EventView, _ account: UInt32, _ isSubject: Bool,
    _ column: inout Column<Row>
  ) throws(WireError) {
    guard isSubject else { return }
    let header = event.header
    var body = CBORReader(event.body)
    for _ in 0..<(try body.map()) {
      let key = try body.uint()
      // Keys ascend: what follows the one wanted is not read.
      if key > Key.ContactAttempted.reasonForDelay { return }
      guard key == Key.ContactAttempted.reasonForDelay else {
        try body.skip()
        continue
      }
      let reason = try body.textKey()
      column.add(
        Row(
          seq: header.seq, occurred: header.occurred, reason: reason,
          day: Moment(rawValue: header.occurred).day(offset: header.offset).rawValue), account)
      return
    }
  }
}
