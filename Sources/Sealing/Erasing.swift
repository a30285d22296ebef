package import Journaling
package import Ledger

/// Forgetting a person: the keys of what is about them are destroyed, and nothing else is touched,
/// so every figure, every event and every proof stays as it was.
extension Sealer {
  /// Destroys the keys of a person: their own, those of accounts whose debtor they are, and those
  /// of remarks about entries of theirs. Gives how many there were.
  ///
  /// The file of the key store is written anew without them, put in place of the old one, and the
  /// old one is overwritten. Whoever has a copy of the old file and the key outside can still read.
  package func destroyKeys(
    of person: String, _ belongings: Belongings, in journal: Journal, at moment: Moment
  ) throws(SealingError) -> Int {
    var owners: Set<String> = ["party:" + person]
    for account in belongings.accounts { owners.insert("account:" + account) }
    let store = try store()
    for row in try store.rows() {
      let name = String(decoding: row.key, as: UTF8.self)
      guard name.hasPrefix("event:"), !owners.contains(name) else { continue }
      let entry = Reference(kind: "event", id: String(name.dropFirst(6)))
      guard let owner = Sealer.owner(of: entry, in: journal) else { continue }
      if owners.contains(owner.kind + ":" + owner.id) { owners.insert(name) }
    }
    return try store.destroy(owners, at: moment)
  }

  // Whose the entry is that a remark is about; a remark about a remark is followed to its end.
  private static func owner(of entry: Reference, in journal: Journal) -> Reference? {
    let owner = try? journal.read { (snapshot) throws(JournalError) -> Reference? in
      guard let seq = try snapshot.position(ofEvent: entry.id),
        let last = try snapshot.entries(behind: seq).last
      else { return nil }
      return try snapshot.owner(ofEntryAt: last)
    }
    guard let owner = owner ?? nil, owner.kind != "event" else { return nil }
    return owner
  }
}

extension Snapshot {
  /// Whose an entry is, by the rule of `PersonalFields`.
  fileprivate func owner(ofEntryAt seq: Position) throws(JournalError) -> Reference? {
    let found = try event(at: seq) { (event) throws(JournalError) -> Reference? in
      guard let type = Register.event(code: event.header.type, version: event.header.version) else {
        return nil
      }
      let subject = try self.subject(of: event)
      return try? PersonalFields.owner(of: type, subject: subject, body: event.body)
    }
    return found ?? nil
  }
}

extension KeyStore {
  /// Puts tombstones in place of keys, in a file written anew; gives how many keys there were.
  func destroy(_ owners: Set<String>, at moment: Moment) throws(SealingError) -> Int {
    abandon()
    try takeAlone()
    var rows = try rows()
    var count = 0
    for index in rows.indices
    where owners.contains(String(decoding: rows[index].key, as: UTF8.self)) {
      if KeyStore.isStanding(rows[index].value) { count += 1 }
      rows[index].value = KeyStore.tombstone(moment)
    }
    // Who had no key yet must not be given one later.
    let there = Set(rows.map { String(decoding: $0.key, as: UTF8.self) })
    for name in owners where !there.contains(name) && name.hasPrefix("party:") {
      rows.append((Array(name.utf8), KeyStore.tombstone(moment)))
    }
    rows.sort { $0.key.lexicographicallyPrecedes($1.key) }
    close()
    try KeyStore.build(rows, in: folder)
    return count
  }
}
