/// A checkpoint (C2SP tlog-checkpoint): how many entries a log has, and the root over them.
///
/// The text has two extension lines. `heads BASE64` is the root of a second tree, over the last
/// position of every account's trail. Anyone who has the entries computes it anew; with it, that
/// the end of one trail is its end can be shown without the rest of the log. `ledger BASE64` is the
/// leaf hash of the line that says which ledger it is, in which zone it counts days and in which
/// currency it counts: no event says so, and figures depend on it.
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

  /// A checkpoint.
  package init(
    origin: String, size: UInt64, root: TreeHash, heads: TreeHash? = nil, ledger: TreeHash? = nil
  ) {
    (self.origin, self.size, self.root) = (origin, size, root)
    (self.heads, self.ledger) = (heads, ledger)
  }

  /// The text that is signed.
  package var text: String {
    "\(origin)\n\(size)\n\(root.base64)\n" + (heads.map { "heads \($0.base64)\n" } ?? "")
      + (ledger.map { "ledger \($0.base64)\n" } ?? "")
  }

  /// Reads a text; unknown extension lines are passed over.
  package init(text: String) throws(NoteError) {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.popLast() == "", lines.count >= 3 else {
      throw NoteError("it has fewer than three lines")
    }
    guard lines.allSatisfy({ !$0.isEmpty }) else { throw NoteError("one of its lines is empty") }
    origin = String(lines[0])
    guard let size = UInt64(lines[1]), String(size) == lines[1] else {
      throw NoteError("its second line is no size")
    }
    guard let root = TreeHash(base64: lines[2]) else {
      throw NoteError("its third line is no root of 32 bytes in base64")
    }
    (self.size, self.root) = (size, root)
    heads = try Checkpoint.hash("heads", in: lines[3...])
    ledger = try Checkpoint.hash("ledger", in: lines[3...])
  }

  private static func hash(_ name: String, in lines: ArraySlice<Substring>) throws(NoteError)
    -> TreeHash?
  {
    guard let line = lines.last(where: { $0.hasPrefix(name + " ") }) else { return nil }
    guard let hash = TreeHash(base64: line.dropFirst(name.utf8.count + 1)) else {
      throw NoteError("its line of \(name) is no hash of 32 bytes in base64")
    }
    return hash
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
