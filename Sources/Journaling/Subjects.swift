package import Ledger

extension Snapshot {
  /// The stream that an event belongs to.
  package func subject(of event: borrowing EventView) throws(JournalError) -> Reference {
    let envelope: Envelope
    do throws(WireError) { envelope = try Envelope(reading: event.envelope) } catch {
      throw .wire(error, at: event.header.seq)
    }
    switch envelope.subject {
    case .other(let reference)?: return reference
    case .numbered(let kind, let number)?:
      return Reference(kind: kind.name, id: try name(kind, number) ?? "?")
    case .account(let number, _)?:
      return Reference(kind: NameKind.account.name, id: try name(.account, number) ?? "?")
    case nil:
      let id = try name(.account, event.header.account) ?? "?"
      return Reference(kind: NameKind.account.name, id: id)
    }
  }

  /// An entry and, when it is a remark, the one that it is about, and so on to the end.
  package func entries(behind seq: Position) throws(JournalError) -> [Position] {
    var found = [seq]
    while found.count < 16, let last = found.last {
      let about = try event(at: last) { (event) throws(JournalError) in try subject(of: event) }
      guard let about, about.kind == "event", let next = try position(ofEvent: about.id) else {
        break
      }
      found.append(next)
    }
    return found
  }
}
