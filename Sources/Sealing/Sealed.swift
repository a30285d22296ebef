package import Journaling
internal import Ledger

extension Journal {
  /// Whether a sealed value stands in the log: then a key store was begun before. Looks at every
  /// event of a type that has personal properties, until it finds one.
  package func holdsSealed() throws(SealingError) -> Bool {
    let wanted = TypeMask(Register.events.filter(\.isPersonal).map(\.code))
    var found = false
    do throws(JournalError) {
      try read { (snapshot) throws(JournalError) in
        try snapshot.bundles(wanted: wanted) { (bundle) throws(JournalError) in
          for index in 0..<bundle.count where !found {
            guard wanted.contains(bundle.header(index).type) else { continue }
            found = try Journal.isSealed(bundle.event(index))
          }
        }
      }
    } catch { throw .journal(error) }
    return found
  }

  private static func isSealed(_ event: borrowing EventView) throws(JournalError) -> Bool {
    let header = event.header
    // Of a version that is still to come nobody can say.
    guard let type = Register.event(code: header.type, version: header.version) else { return true }
    var found = false
    do throws(WireError) {
      _ = try PersonalFields.replacing(in: event.body, of: type) { _, value in
        if case .sealed(let bytes) = value, Redaction.isMark(bytes) { return value }
        found = true
        return value
      }
    } catch { throw .wire(error, at: header.seq) }
    return found
  }
}
