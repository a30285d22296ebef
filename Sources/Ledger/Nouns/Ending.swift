/// How an account left the book: paid, settled, sold and so on; and how it came back.
package enum Ending {}

// MARK: - Facts

extension Ending: DeskNoun {
  /// Types of events that leave a row.
  package static let reads = TypeMask([
    EventCode.accountClosed, EventCode.accountReopened, EventCode.accountTransferred,
  ])

  /// Ways to leave the book, and the way back.
  package enum Kind: UInt8, BitwiseCopyable, Sendable {
    /// Closed: paid, settled with less, paid early, written off; or for a reason the list has not.
    case paid, settled, foreclosed, writtenOff, other
    /// Sold, assigned, or moved to another servicer.
    case exited
    /// Reopened or bought back.
    case back

    fileprivate init(closedAs reason: String) {
      self =
        switch reason {
        case "paid": .paid
        case "settled": .settled
        case "foreclosed": .foreclosed
        case "written_off_closed": .writtenOff
        case "sold", "transferred": .exited
        default: .other
        }
    }
  }

  /// An account left the book or came back.
  package struct Row: DeskRow {
    /// Position of the event.
    package var seq: Position
    /// When it happened, microseconds UTC.
    package var occurred: Int64
    /// From which day it counts.
    package var day: Int32
    /// How.
    package var kind: Kind
  }

  /// A row for every closing, reopening and transfer.
  package static func note(
    _ event: borrowing EventView, _ account: UInt32, _ isSubject: Bool,
    _ column: inout Column<Row>
  ) throws(WireError) {
    guard isSubject else { return }
    let header = event.header
    var row = Row(seq: header.seq, occurred: header.occurred, day: header.day, kind: .back)
    let body = event.body
    switch header.type {
    case EventCode.accountClosed:
      row.kind = Kind(closedAs: try CBORReader.text(of: Key.AccountClosed.reason, in: body) ?? "")
    case EventCode.accountTransferred:
      let kind = try CBORReader.text(of: Key.AccountTransferred.kind, in: body)
      row.kind = kind == "bought_back" ? .back : .exited
    default: break
    }
    column.add(row, account)
  }
}

// MARK: - State

extension Ending {
  /// How an account has left the book by the end of a day, as told last; nil while it is there.
  package static func standing(_ rows: ContiguousArray<Row>, on day: Day) -> Kind? {
    var last: Row?
    for row in rows where row.day <= day.rawValue {
      if let held = last, (row.day, row.occurred, row.seq) < (held.day, held.occurred, held.seq) {
        continue
      }
      last = row
    }
    return last.flatMap { $0.kind == .back ? nil : $0.kind }
  }
}
