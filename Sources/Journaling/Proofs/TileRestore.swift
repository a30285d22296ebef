internal import Glibc
internal import LMDB
package import Ledger
package import Proof

extension TileFolder {
  /// What the ledger of the folder says of itself; refuses a folder that is no export.
  package func identity() throws(JournalError) -> Identity {
    guard let line = Files.read(path + "/ledger", limit: 1000), let found = Identity(line: line)
    else {
      throw .invalid(
        "\(path) is no folder that `arrears export --tiles` or `arrears ship` wrote: its file "
          + "`ledger` is missing or not readable.")
    }
    return found
  }

  /// Stores every event of the folder in an empty ledger, byte for byte, and compares the root with
  /// the checkpoint's, and records of redactions with what is left. With a public key the
  /// signatures of both are required. The checkpoint and the access log come along.
  package func restore(
    into journal: Journal, key: NoteKey?, progress: (UInt64, UInt64) -> Void = { _, _ in }
  ) throws(JournalError) -> Position {
    let (note, point) = try signed(key)
    if let ledger = point.ledger, ledger != journal.identity.hash {
      throw .invalid("\(path)/ledger is not what its checkpoint says: it was changed.")
    }
    let rows = Files.read(path + "/kept", limit: 1 << 30).flatMap { Kept.read($0) }
    guard let rows else { throw .invalid("\(path)/kept is missing or damaged.") }
    let read = AccessLines(Files.read(path + "/access", limit: .max) ?? [])
    if let objection = point.access.flatMap({ read.objection(to: $0, of: "its checkpoint") }) {
      throw .invalid("\(path)/access: \(objection)")
    }
    let first = try journal.read { (snapshot) throws(JournalError) in snapshot.head }
    guard first == 0 else {
      throw .invalid(
        "The ledger holds \(first) events; only an empty one can be restored into, make a new one.")
    }
    try journal.write { (batch: inout Batch) throws(JournalError) in
      var index: UInt64 = 0
      while index * 256 < point.size {
        let width = Int(min(256, point.size - index * 256))
        try store(TilePath(level: nil, index: index, width: width), &batch)
        index += 1
        if index % 256 == 0 { try batch.checkpoint() }
        progress(min(index * 256, point.size), point.size)
      }
      guard batch.head == point.size else { throw .invalid("The folder holds fewer events.") }
      try batch.put(rows)
    }
    let root = try journal.read { (s) throws(JournalError) in try s.root(of: point.size) }
    guard root == point.root else {
      throw .invalid(
        "What \(path) holds does not hash to its checkpoint: it was changed or is damaged. Take "
          + "another copy.")
    }
    if let damage = try journal.strayRedactions(RedactionKey(key, [point])).first {
      throw .invalid(
        "What \(path) holds hashes to its checkpoint, and a redaction of it is forged or damaged. "
          + "\(damage) Take another copy.")
    }
    // What the key signed last: what is redacted here must be signed by it as well.
    try Files.replace(journal.folder.checkpoint, note)
    if let end = point.access { try AccessLog(journal.folder).begin(with: read.first(end.lines)) }
    return point.size
  }

  /// The folder's checkpoint, signed by `key` if there is one to ask.
  package func require(_ key: NoteKey?) throws(JournalError) -> Checkpoint {
    try signed(key).point
  }

  // The same with the bytes that say it.
  private func signed(_ key: NoteKey?) throws(JournalError) -> (note: [UInt8], point: Checkpoint) {
    guard let bytes = Files.read(path + "/checkpoint", limit: 1 << 20) else {
      throw .invalid("\(path) holds no checkpoint; it is no export, or shipping never ended.")
    }
    do throws(NoteError) {
      let note = try SignedNote(bytes)
      if let key { return (bytes, try Checkpoint(note, signedBy: key)) }
      return (bytes, try Checkpoint(text: note.text))
    } catch { throw .invalid("\(path)/checkpoint is not to be trusted: \(error).") }
  }

  /// The entries of a bundle, from the full file if the partial one was superseded.
  func entries(_ tile: TilePath) throws(JournalError) -> [[UInt8]] {
    for (path, width) in [(tile, tile.width), (tile.whole, 256)] {
      let file = self.path + "/" + path.text
      guard let bytes = Files.read(file, limit: 256 * 65_537 + 1) else { continue }
      guard let places = EntryBundle.entries(bytes.span, count: width) else {
        throw .corrupt(file, "it does not hold \(width) entries; it was cut short")
      }
      return places.prefix(tile.width).map { Array(bytes[$0]) }
    }
    throw .invalid("\(path)/\(tile.text) is missing; copy the folder whole.")
  }

  private func store(_ tile: TilePath, _ batch: inout Batch) throws(JournalError) {
    for entry in try entries(tile) { try batch.append(stored: entry) }
  }
}
