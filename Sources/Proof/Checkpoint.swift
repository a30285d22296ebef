/// A checkpoint (C2SP tlog-checkpoint): how many entries a log has, and the root over them.
///
/// The text has extension lines. `heads BASE64` is the root of a second tree, over the last
/// position of every account's trail. Anyone who has the entries computes it anew; with it, that
/// the end of one trail is its end can be shown without the rest of the log. `ledger BASE64` is the
/// leaf hash of the line that says which ledger it is, in which zone it counts days and in which
/// currency it counts: no event says so, and figures depend on it. `redactions N` is how many
/// entries there were when the log's key signed for the first time: records of redactions behind
/// them carry its signature. `access N BASE64` is how many lines the log of who read what had, and
/// the digest that the last of them ends with.
package struct Checkpoint: Hashable, Sendable {
  /// Which log.
  package var origin: String
  /// Entries.
  package var size: UInt64
  /// Root over them.
  package var root: TreeHash
  /// Root of the heads of all accounts; nil when the checkpoint does not say it.
  package var heads: TreeHash?
  /// Hash of what the ledger says of itself; nil when the checkpoint does not say it.
  package var ledger: TreeHash?

  /// Behind which entry a record of a redaction carries the key's signature; nil when the
  /// checkpoint does not say it.
  package var redactions: UInt64?
  /// Where the access log ended; nil when there was none, or the checkpoint does not say it.
  package var access: Access?

  /// The end of an access log.
  package struct Access: Hashable, Sendable {
    /// Its lines.
    package var lines: UInt64
    /// The digest of the last one.
    package var hash: TreeHash

    /// An end.
    package init(lines: UInt64, hash: TreeHash) { (self.lines, self.hash) = (lines, hash) }
  }

  /// A checkpoint.
  package init(
    origin: String, size: UInt64, root: TreeHash, heads: TreeHash? = nil, ledger: TreeHash? = nil,
    redactions: UInt64? = nil, access: Access? = nil
  ) {
    (self.origin, self.size, self.root) = (origin, size, root)
    (self.heads, self.ledger) = (heads, ledger)
    (self.redactions, self.access) = (redactions, access)
  }

  /// The text that is signed.
  package var text: String {
    "\(origin)\n\(size)\n\(root.base64)\n" + (heads.map { "heads \($0.base64)\n" } ?? "")
      + (ledger.map { "ledger \($0.base64)\n" } ?? "")
      + (redactions.map { "redactions \($0)\n" } ?? "")
      + (access.map { "access \($0.lines) \($0.hash.base64)\n" } ?? "")
  }

  /// Reads a text; unknown extension lines are passed over.
  package init(text: String) throws(NoteError) {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.popLast() == "", lines.count >= 3 else {
      throw NoteError("it has fewer than three lines")
    }
    guard lines.allSatisfy({ !$0.isEmpty }) else { throw NoteError("one of its lines is empty") }
    origin = String(lines[0])
    guard let size = Checkpoint.size(lines[1]) else {
      throw NoteError("its second line is no size")
    }
    guard let root = TreeHash(base64: lines[2]) else {
      throw NoteError("its third line is no root of 32 bytes in base64")
    }
    (self.size, self.root) = (size, root)
    heads = try Checkpoint.value("heads", in: lines[3...], a: "hash of 32 bytes in base64") {
      TreeHash(base64: $0)
    }
    ledger = try Checkpoint.value("ledger", in: lines[3...], a: "hash of 32 bytes in base64") {
      TreeHash(base64: $0)
    }
    redactions = try Checkpoint.value("redactions", in: lines[3...], a: "size") {
      Checkpoint.size($0)
    }
    access = try Checkpoint.value("access", in: lines[3...], a: "size and hash") { words in
      let words = words.split(separator: " ", omittingEmptySubsequences: false)
      guard words.count == 2, let lines = Checkpoint.size(words[0]), lines > 0,
        let hash = TreeHash(base64: words[1])
      else { return nil }
      return Access(lines: lines, hash: hash)
    }
  }

  private static func size(_ text: Substring) -> UInt64? {
    guard let size = UInt64(text), String(size) == text else { return nil }
    return size
  }

  // What stands behind a word; nil when no line begins with it.
  private static func value<V>(
    _ name: String, in lines: ArraySlice<Substring>, a kind: String, _ read: (Substring) -> V?
  ) throws(NoteError) -> V? {
    guard let line = lines.last(where: { $0.hasPrefix(name + " ") }) else { return nil }
    guard let value = read(line.dropFirst(name.utf8.count + 1)) else {
      throw NoteError("its line of \(name) is no \(kind)")
    }
    return value
  }

  /// Reads a signed checkpoint, and requires the signature of `key` and its origin to be the key's
  /// name.
  package init(_ note: SignedNote, signedBy key: NoteKey) throws(NoteError) {
    try note.require(key)
    try self.init(text: note.text)
    guard origin == key.name else {
      throw NoteError("it is of another log, \(origin), not of \(key.name)")
    }
  }
}
