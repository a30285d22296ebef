/// What a log's key signs of a redaction: that these bytes are what is left of that entry.
///
/// The tree holds of such an entry nothing but the hash of what was destroyed, so it does not bind
/// what is left; the record of the redaction does, and whoever may write a log could write such a
/// record. This note is signed with the key that stands outside:
///
/// ```
/// example.com/book
/// redacted 4711
/// leaf BASE64
/// remains BASE64
/// ```
///
/// Its second line is no size, so it never passes for a checkpoint.
package struct RedactionNote: Hashable, Sendable {
  /// Which log.
  package var origin: String
  /// Position of the entry.
  package var seq: UInt64
  /// Its leaf hash, as it was recorded.
  package var leaf: TreeHash
  /// SHA-256 of the bytes that stand in its place; they name the position of the record.
  package var remains: TreeHash

  /// A note.
  package init(origin: String, seq: UInt64, leaf: TreeHash, remains: TreeHash) {
    (self.origin, self.seq) = (origin, seq)
    (self.leaf, self.remains) = (leaf, remains)
  }

  /// The text that is signed.
  package var text: String {
    "\(origin)\nredacted \(seq)\nleaf \(leaf.base64)\nremains \(remains.base64)\n"
  }

  /// Whether a line of a signed note, without its end, is the signature of the log's key.
  package func isSigned(by key: NoteKey, _ line: String) -> Bool {
    guard let signature = SignedNote.Signature(line: line), origin == key.name,
      signature.name == key.name, signature.id == key.id
    else { return false }
    return key.isSigned(text, signature.bytes)
  }
}
