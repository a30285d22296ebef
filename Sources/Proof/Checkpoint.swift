/// A checkpoint (C2SP tlog-checkpoint): how many entries a log has, and the root over them.
///
/// The text has one extension line, `heads BASE64`: the root of a second tree, over the last
/// position of every account's trail. Anyone who has the entries computes it anew; with it, that
/// the end of one trail is its end can be shown without the rest of the log.
package struct Checkpoint: Hashable, Sendable {
  /// Which log.
  package var origin: String
  /// Entries.
  package var size: UInt64
  /// Root over them.
  package var root: TreeHash
  /// Root of the heads of all accounts; nil when the checkpoint does not say it.
  package var heads: TreeHash?

  /// A checkpoint.
  package init(origin: String, size: UInt64, root: TreeHash, heads: TreeHash? = nil) {
    (self.origin, self.size, self.root, self.heads) = (origin, size, root, heads)
  }

  /// The text that is signed.
  package var text: String {
    "\(origin)\n\(size)\n\(root.base64)\n" + (heads.map { "heads \($0.base64)\n" } ?? "")
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
    for line in lines[3...] where line.hasPrefix("heads ") {
      guard let hash = TreeHash(base64: line.dropFirst(6)) else {
        throw NoteError("its line of heads is no hash of 32 bytes in base64")
      }
      heads = hash
    }
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
