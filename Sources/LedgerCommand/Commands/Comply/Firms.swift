import Journaling
import Ledger
import Rules

/// Tells which agency stands behind a finding of somebody who works for none that is known: the one
/// that the event names, or gives the account to; else the one that held the account on the day.
///
/// Only findings pay for it: an account's trail is read once, when the first finding on it asks.
struct Firms {
  let journal: Journal
  /// What was known.
  let knownAt: Position
  private var allocations: [UInt32: ContiguousArray<Allocation.Row>] = [:]
  private var names: [TextKey: String] = [:]

  init(journal: Journal, knownAt: Position) {
    (self.journal, self.knownAt) = (journal, knownAt)
  }

  /// The agency's id; empty when there is none.
  mutating func firm(of finding: Finding, _ snapshot: borrowing Snapshot) throws(JournalError)
    -> String
  {
    if let named = try named(by: finding.anchor, snapshot) { return named }
    if finding.account == 0 { return "" }
    let rows = try allocations(of: finding.account, snapshot)
    guard let held = Allocation.holder(rows, on: finding.on), held.kind == .agency else {
      return ""
    }
    if let name = names[held.holder] { return name }
    let name = journal.naming.text(held.seq, Key.AccountAllocated.to)
    names[held.holder] = name
    return name
  }

  // The agency that an event is about, names, or gives its account to.
  private func named(by seq: Position, _ snapshot: borrowing Snapshot) throws(JournalError)
    -> String?
  {
    if seq == 0 { return nil }
    return try snapshot.event(at: seq) { (event) throws(JournalError) -> String? in
      do throws(WireError) {
        if event.header.type == EventCode.accountAllocated {
          var body = CBORReader(event.body)
          let given = try Account.Allocated(reading: &body)
          return given.toKind == Allocation.Kind.agency.code ? given.to : nil
        }
        let fields = Register.event(code: event.header.type, version: event.header.version)?.fields
        if let field = fields?.first(where: { $0.of == "agency" && !$0.isList }),
          let id = try CBORReader.text(of: UInt64(field.key), in: event.body)
        {
          return id
        }
        guard case .numbered(.agency, let number) = try Envelope(reading: event.envelope).subject
        else { return nil }
        return try? snapshot.name(.agency, number)
      } catch { throw .wire(error, at: seq) }
    } ?? nil
  }

  // Who had an account when, without what was taken back: from the last reversal to the first, so
  // that one that was itself taken back takes nothing back.
  private mutating func allocations(of account: UInt32, _ snapshot: borrowing Snapshot)
    throws(JournalError) -> ContiguousArray<Allocation.Row>
  {
    if let found = allocations[account] { return found }
    var column = Column<Allocation.Row>()
    var reversals: [(seq: Position, target: Position)] = []
    try snapshot.trail(of: account, to: knownAt) { (event) throws(JournalError) in
      let header = event.header
      do throws(WireError) {
        if Allocation.reads.contains(header.type) {
          try Allocation.note(event, account, header.account == account, &column)
        } else if header.type == EventCode.eventReversed {
          let target = try Envelope(reading: event.envelope).target
          if let target { reversals.append((header.seq, target)) }
        }
      } catch { throw .wire(error, at: header.seq) }
    }
    var dead: Set<Position> = []
    for item in reversals.reversed() where !dead.contains(item.seq) { dead.insert(item.target) }
    let rows = ContiguousArray(column.rows.filter { !dead.contains($0.seq) })
    allocations[account] = rows
    return rows
  }
}
